"""What stands on the Factors screen: a problem of the programme, or of one account? A claim, or a fact?"""

from __future__ import annotations

from functools import partial

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of
from kaptui.views import Notes, Table, View

MODES = {
    "weak": "Weak cells",
    "index": "Numbers",
    "change": "Change",
    "age": "Age",
    "confidence": "Confidence",
    "claim": "Claim",
}
"""The modes of the heatmap, and what they are called as tabs."""
GROUPINGS = ("", "region", "tier", "manager", "industry")
HEATMAP = ("factor_scores", "factor_accounts", "factor_groups")


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line: column or row, and what is claimed."""
    from kaptui.headlines.factors import factors_headline

    accounts, gaps = frames["factor_accounts"], frames["factor_gaps"]
    weak = accounts.filter(accounts["account_problem"]).to_dicts()
    over = gaps.filter(gaps["claim"] == "overclaimed").to_dicts()
    factors = frames["factor_summary"].iter_rows(named=True)
    serious = state.context.reds_serious
    said = factors_headline(factors, weak, over, accounts.height, state.accounts, reds_serious=serious)
    return Notes((said,), "")


def heatmap(mode: str, grouping: str, frames: Frames, state: Scope) -> Table:
    """Accounts x factors in one of its modes, grouped or not."""
    from kaptui.panels import heatmap
    from kaptui.panels.heatmap_modes import MODES as ways

    shown = next(one for one in ways if one.name == mode)
    scores, accounts, groups = (frames[question] for question in HEATMAP)
    return heatmap.heatmap(scores, accounts, groups, state.context, shown, grouping)


def bases(frames: Frames, state: Scope) -> View:
    """Each factor's mean with what it rests on."""
    from kaptui.panels.factor_summary import bases

    return bases(frames["factor_summary"], state.context)


def distribution(grouping: str, frames: Frames, state: Scope) -> View:
    """The weakest factor, group by group."""
    from kaptui.panels.factor_groups import distribution

    weakest = frames["factor_summary"].sort("weakness", "factor_id")["code"].first()
    return distribution(frames["factor_groups"], state.context, grouping, str(weakest))


def _heatmaps(grouping: str) -> tuple[Mode, ...]:
    by = f", by {grouping}" if grouping else ""
    return tuple(
        Mode(HEATMAP, f"Accounts x factors: {mode}{by}", partial(heatmap, mode, grouping), layout="heatmap", tab=tab)
        for mode, tab in MODES.items()
    )


def _distributions() -> tuple[Mode, ...]:
    asked = ("factor_groups", "factor_summary")
    names = GROUPINGS[1:]
    return tuple(
        Mode(asked, f"The weakest factor by {name}", partial(distribution, name), tab=f"By {name}") for name in names
    )


HEADLINE = headline_of(sentence, "factor_summary", "factor_accounts", "factor_gaps")
SPECS = (
    PanelSpec("heatmap", _heatmaps(""), tuple(map(_heatmaps, GROUPINGS)), short="Factors"),
    PanelSpec(
        "claims",
        (
            Mode(("factor_gaps",), "Claims against facts", tab="Claims"),
            Mode(("factor_evidence",), "Indicators", tab="Indicators"),
        ),
        short="Claims",
    ),
    PanelSpec(
        "bases",
        (
            Mode(("factor_summary",), "What the means rest on", bases, tab="Means"),
            Mode(("factor_trend",), "From review to review", tab="Trend"),
            *_distributions(),
        ),
        short="Means",
    ),
)
