"""What stands on the Brief screen: what do I say to the board, and what do I ask for?"""

from __future__ import annotations

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of
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


HEADLINE = headline_of(sentence, "brief", "brief_decisions")
SPECS = (
    PanelSpec("lines", (Mode(("brief",), "Ten questions of a board", told),)),
    PanelSpec("decisions", (Mode(("brief_decisions",), "Decisions asked", asked),), short="Decide"),
)
