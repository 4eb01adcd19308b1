"""The Overview screen: whom do I call this week?"""

from __future__ import annotations

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of, single
from kaptui.ui.screens.base import DashboardScreen
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


class OverviewScreen(DashboardScreen):
    """Key figures, the list of who needs attention, factors, profit curve and sponsorship."""

    tab = "screen.overview"

    headline = headline_of(sentence, "portfolio", "attention_reasons")
    specs = (
        single("figures", "portfolio", "Key figures"),
        PanelSpec(
            "attention",
            (
                Mode(("attention", "accounts", "portfolio"), "Needs attention", needing, rests_on="accounts"),
                Mode(("accounts",), "All accounts"),
            ),
        ),
        single("factors", "factor_summary", "Success factors", short="Factors"),
        single("curve", "whale_curve", "Profit curve", short="Profit"),
        single("coverage", "sponsorship_coverage", "Sponsorship", short="Sponsors"),
    )
