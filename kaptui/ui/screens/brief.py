"""The Brief screen: what do I say to the board, and what do I ask for?"""

from __future__ import annotations

from textual.geometry import Size

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.overview import needing
from kaptui.ui.widgets.panel import Panel
from kaptui.views import Notes, View


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.brief import brief_headline

    lines = frames["brief"].iter_rows(named=True)
    decisions = frames["brief_decisions"].height
    return Notes((brief_headline(lines, decisions, state.context, state.matching, state.accounts),), "")


def told(frames: Frames, state: Scope) -> View:
    """The ten lines."""
    from kaptui.panels.brief import lines

    return lines(frames["brief"], state.context)


def asked(frames: Frames, state: Scope) -> View:
    """The decisions."""
    from kaptui.panels.brief_decisions import lines

    return lines(frames["brief_decisions"], state.context)


ROOM = Size(180, 50)
"""From this size on the accounts behind the lines stand below them."""


class BriefScreen(DashboardScreen):
    """One page: ten questions of a board, each answered in one sentence, and the decisions that are asked for.

    Where there is room, the accounts behind them: who needs the director.
    """

    tab = "screen.brief"
    CSS_PATH = "../styles/brief.tcss"
    first_panel = 0

    headline = headline_of(sentence, "brief", "brief_decisions")
    specs = (
        PanelSpec("lines", (Mode(("brief",), "Ten questions of a board", told),)),
        PanelSpec("decisions", (Mode(("brief_decisions",), "Decisions asked", asked),), short="Decide"),
        PanelSpec(
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
        ),
    )

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
