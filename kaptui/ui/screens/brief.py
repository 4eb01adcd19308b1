"""The Brief screen: what do I say to the board, and what do I ask for?"""

from __future__ import annotations

from kaptui.screen_specs.brief import HEADLINE, SPECS
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import Panel


class BriefScreen(DashboardScreen):
    """One page: ten questions of a board, each answered in one sentence, and the decisions that are asked for."""

    tab = "screen.brief"
    CSS_PATH = "../styles/brief.tcss"
    first_panel = 0

    headline = HEADLINE
    specs = SPECS

    @property
    def list_panel(self) -> Panel:
        """The ten lines."""
        return self.panels[0]
