"""Plans: which plans are not alive?"""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.ui.asking import Frames, Source
from kaptui.ui.screens.board import Board
from kaptui.ui.situation import Situation
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.views import Notes


def sentence(frames: Frames, situation: Situation) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.plans import plans_headline

    return Notes((plans_headline(frames["plan_overview"].row(0, named=True), situation.accounts),), "")


class PlansScreen(Board):
    """Plans at a glance, the list of them with the worst first, who is behind, and what is overdue."""

    tab = "screen.plans"
    CSS_PATH = "../styles/plans.tcss"

    def headline_of(self) -> PanelCard:
        return PanelCard(Source(("plan_overview",), "", sentence, True), id="headline")

    def panels_of(self) -> Iterable[PanelCard]:
        yield PanelCard(Source(("plan_overview",), "Plans at a glance"), id="figures")
        plans, actions = (
            Source(("plan_health",), "Plans, the worst first"),
            Source(("plan_actions",), "Open actions, the latest first"),
        )
        yield PanelCard(plans, actions, id="plans")
        yield PanelCard(Source(("plans_by_manager",), "Not alive, by manager"), id="managers", short="Managers")
        yield PanelCard(
            Source(("actions_by_function",), "Overdue actions, by function"), id="functions", short="Overdue"
        )
