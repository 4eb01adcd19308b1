"""The breakpoints: how the panels of a screen share the room of a terminal of this size."""

from __future__ import annotations

BREAKPOINTS = ("-one", "-stack", "-tall", "-wide", "-grid")
LINES = {"-low": 20, "-flat": 10}
"""Classes of a screen with fewer lines than these."""
SLIM, BROAD = "-slim", 160
"""The class of a grid that is less than so many cells wide."""
SIZE_CLASSES = {*BREAKPOINTS, *LINES, SLIM}


def breakpoint_class(width: int, height: int) -> str:
    """How panels share a screen of this size, as a class for the style sheets.

    one: a single panel at a time. stack: the list, the rest in one line each. tall: all below each other.
    wide: a list with a neighbour, the rest in one line. grid: all side by side.
    """
    if width < 60 or height < 16:
        return "-one"
    if width < 100:
        return "-tall" if height >= 44 else "-stack"
    return "-grid" if height >= 30 else "-wide"


def size_classes(width: int, height: int) -> set[str]:
    """All classes that say how large the screen is."""
    shape = breakpoint_class(width, height)
    slim = {SLIM} if shape == "-grid" and width < BROAD else set()
    return {shape, *slim, *(name for name, lines in LINES.items() if height < lines)}
