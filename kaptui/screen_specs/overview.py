"""What stands on the Overview screen: whom do I call this week?"""

from __future__ import annotations

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of, single
from kaptui.views import Notes, View


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.overview import overview_headline

    row = frames["portfolio"].row(0, named=True)
    reasons = frames["attention_reasons"]
    serious = reasons.filter(reasons["serious"]).select("account_id", "reason", "serious").iter_rows(named=True)
    return Notes((overview_headline(row, serious, state.context, state.accounts),), "")


def needing(frames: Frames, state: Scope) -> View:
    """Who needs the director; where nobody does, all accounts, so that silence is not taken for good news."""
    from kaptui.panels import attention
    from kaptui.panels.base import named_by_basis

    if frames["attention"].height:
        return named_by_basis(attention.view(frames["attention"], state.context), state.context)
    portfolio = frames["portfolio"].row(0, named=True)
    return named_by_basis(attention.nobody(frames["accounts"], portfolio, state.context), state.context)


def figures(frames: Frames, state: Scope) -> View:
    """The key figures with the run of their last months."""
    from kaptui.panels.base import named_by_basis
    from kaptui.screen_specs import overview_views

    return named_by_basis(
        overview_views.figures(frames["portfolio"], frames["revenue_trend"], state.context), state.context
    )


def sponsors(frames: Frames, state: Scope) -> View:
    """Who is covered on either side, and which leader carries too much."""
    from kaptui.screen_specs import overview_views

    return overview_views.sponsorship(frames["sponsorship_coverage"], frames["sponsor_load"], state.context)


HEADLINE = headline_of(sentence, "portfolio", "attention_reasons")
SPECS = (
    single("figures", "portfolio", "Key figures", figures, also=("revenue_trend",)),
    PanelSpec(
        "attention",
        (
            Mode(
                ("attention", "accounts", "portfolio"),
                "Needs attention",
                needing,
                rests_on="accounts",
                hint="■ serious  ▪ minor  · none",
                tab="Attention",
            ),
            Mode(("accounts",), "All accounts", tab="All"),
        ),
    ),
    single("factors", "factor_summary", "Success factors", short="Factors"),
    PanelSpec(
        "coverage",
        (
            Mode(("sponsorship_coverage", "sponsor_load"), "Sponsorship: sides covered", sponsors, tab="Sides"),
            Mode(("sponsorship_coverage",), "Sponsorship: each state", tab="States"),
        ),
        short="Sponsors",
    ),
    single("curve", "whale_curve", "Profit curve", short="Profit"),
)
