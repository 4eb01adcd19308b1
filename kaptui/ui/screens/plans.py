"""The Plans screen: which plans are not alive?"""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.ui.dashboard_state import DashboardState
from kaptui.ui.data_source import Frames, Source
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import Panel
from kaptui.views import Notes


def sentence(frames: Frames, state: DashboardState) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.plans import plans_headline

    return Notes((plans_headline(frames["plan_overview"].row(0, named=True), state.accounts),), "")


class PlansScreen(DashboardScreen):
    """Plans at a glance, the list of them with the worst first, who is behind, and what is overdue."""

    tab = "screen.plans"
    CSS_PATH = "../styles/plans.tcss"

    def make_headline(self) -> Panel:
        return Panel(Source(("plan_overview",), "", sentence, True), id="headline")

    def make_panels(self) -> Iterable[Panel]:
        yield Panel(Source(("plan_overview",), "Plans at a glance"), id="figures")
        plans, actions = (
            Source(("plan_health",), "Plans, the worst first"),
            Source(("plan_actions",), "Open actions, the latest first"),
        )
        yield Panel(plans, actions, id="plans")
        yield Panel(Source(("plans_by_manager",), "Not alive, by manager"), id="managers", short="Managers")
        yield Panel(Source(("actions_by_function",), "Overdue actions, by function"), id="functions", short="Overdue")
