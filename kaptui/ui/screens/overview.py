"""The Overview screen: whom do I call this week?"""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.ui.dashboard_state import DashboardState
from kaptui.ui.data_source import Frames, Source
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import Panel
from kaptui.views import Notes, View


def sentence(frames: Frames, state: DashboardState) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.overview import overview_headline

    row = frames["portfolio"].row(0, named=True)
    reasons = frames["attention_reasons"]
    serious = reasons.filter(reasons["serious"]).select("account_id", "reason", "serious").iter_rows(named=True)
    return Notes((overview_headline(row, serious, state.context, state.accounts),), "")


def needing(frames: Frames, state: DashboardState) -> View:
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

    def make_headline(self) -> Panel:
        return Panel(Source(("portfolio", "attention_reasons"), "", sentence, True), id="headline")

    def make_panels(self) -> Iterable[Panel]:
        yield Panel(Source(("portfolio",), "Key figures"), id="figures")
        asked = ("attention", "accounts", "portfolio")
        serious = Source(asked, "Needs attention", needing, rests_on="accounts")
        everyone = Source(("accounts",), "All accounts")
        yield Panel(serious, everyone, id="attention")
        yield Panel(Source(("factor_summary",), "Success factors"), id="factors", short="Factors")
        yield Panel(Source(("whale_curve",), "Profit curve"), id="curve", short="Profit")
        yield Panel(Source(("sponsorship_coverage",), "Sponsorship"), id="coverage", short="Sponsors")
