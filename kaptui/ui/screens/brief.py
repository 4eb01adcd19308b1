"""The Brief screen: what do I say to the board, and what do I ask for?"""

from __future__ import annotations

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of
from kaptui.ui.screens.base import DashboardScreen
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


class BriefScreen(DashboardScreen):
    """One page: ten questions of a board, each answered in one sentence, and the decisions that are asked for."""

    tab = "screen.brief"
    CSS_PATH = "../styles/brief.tcss"
    first_panel = 0

    headline = headline_of(sentence, "brief", "brief_decisions")
    specs = (
        PanelSpec("lines", (Mode(("brief",), "Ten questions of a board", told),)),
        PanelSpec("decisions", (Mode(("brief_decisions",), "Decisions asked", asked),), short="Decide"),
    )

    @property
    def list_panel(self) -> Panel:
        """The ten lines."""
        return self.panels[0]
