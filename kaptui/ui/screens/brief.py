"""The Brief screen: what do I say to the board, and what do I ask for?"""

from __future__ import annotations

from textual.geometry import Size

from kaptui.panels.spec import Mode, PanelSpec
from kaptui.screen_specs.brief import HEADLINE, SPECS
from kaptui.screen_specs.overview import needing
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import Panel

ROOM = Size(180, 50)
"""From this size on the accounts behind the lines stand below them."""

BEHIND = PanelSpec(
    "behind",
    (
        Mode(
            ("attention", "accounts", "portfolio"),
            "Accounts behind the lines: who needs you",
            needing,
            rests_on="accounts",
            hint="■ serious  ▪ minor  · none",
        ),
    ),
)


class BriefScreen(DashboardScreen):
    """One page: ten questions of a board, each answered in one sentence, and the decisions that are asked for.

    Where there is room, the accounts behind them: who needs the director.
    """

    tab = "screen.brief"
    CSS_PATH = "../styles/brief.tcss"
    first_panel = 0

    headline = HEADLINE
    specs = (*SPECS, BEHIND)

    def _take_shape(self, size: Size) -> None:
        super()._take_shape(size)
        self.set_class(size.width >= ROOM.width and size.height >= ROOM.height, "-room")
        if self.is_mounted and self._current >= len(self.panels):
            self._go_to(0)  # the accounts are gone with the room

    @property
    def panels(self) -> list[Panel]:
        every = super().panels
        return every if self.has_class("-room") else every[:2]

    def bring_forward(self, panel: Panel) -> None:
        if panel in self.panels:
            super().bring_forward(panel)

    @property
    def list_panel(self) -> Panel:
        """The ten lines."""
        return self.panels[0]
