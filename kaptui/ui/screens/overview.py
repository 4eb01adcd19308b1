"""Overview: whom do I call this week?"""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.ui.asking import Frames, Source
from kaptui.ui.screens.board import Board
from kaptui.ui.situation import Situation
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.views import Notes, View


def sentence(frames: Frames, situation: Situation) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.overview import overview_headline

    row = frames["portfolio"].row(0, named=True)
    reasons = frames["attention_reasons"]
    serious = reasons.filter(reasons["serious"]).select("account_id", "reason", "serious").iter_rows(named=True)
    return Notes((overview_headline(row, serious, situation.context, situation.accounts),), "")


def needing(frames: Frames, situation: Situation) -> View:
    """Who needs the director; where nobody does, all accounts, so that silence is not taken for good news."""
    from kaptui.panels import attention
    from kaptui.panels.base import named_by_basis

    if frames["attention"].height:
        return named_by_basis(attention.view(frames["attention"], situation.context), situation.context)
    portfolio = frames["portfolio"].row(0, named=True)
    return named_by_basis(attention.nobody(frames["accounts"], portfolio, situation.context), situation.context)


class OverviewScreen(Board):
    """Key figures, the list of who needs attention, factors, profit curve and sponsorship."""

    tab = "screen.overview"

    def headline_of(self) -> PanelCard:
        return PanelCard(Source(("portfolio", "attention_reasons"), "", sentence, True), id="headline")

    def panels_of(self) -> Iterable[PanelCard]:
        yield PanelCard(Source(("portfolio",), "Key figures"), id="figures")
        asked = ("attention", "accounts", "portfolio")
        serious = Source(asked, "Needs attention", needing, rests_on="accounts")
        everyone = Source(("accounts",), "All accounts")
        yield PanelCard(serious, everyone, id="attention")
        yield PanelCard(Source(("factor_summary",), "Success factors"), id="factors", short="Factors")
        yield PanelCard(Source(("whale_curve",), "Profit curve"), id="curve", short="Profit")
        yield PanelCard(Source(("sponsorship_coverage",), "Sponsorship"), id="coverage", short="Sponsors")
