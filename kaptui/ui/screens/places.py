"""Which panels share a place on the screen, by its shape and its lines; all others have a place of their own.

One panel of a place is seen at a time, the first at start; `m` brings the next one forward after the last mode of a
panel. How large a place is says the style sheet of its screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kaptui.ui.screens.breakpoints import LINES

Place = tuple[str, ...]
"""The panels that share it, by their ids."""
Places = tuple[Place, ...]

ROOMY = 46
"""Lines from which the bridge of the Value screen has a place of its own."""


@dataclass(frozen=True, slots=True)
class At:
    """The places of a screen of this shape that has at least so many lines."""

    shape: str
    places: Places
    lines: int = 0


_OF_VALUE = ("whale", "quadrant", "bridge", "mix", "months", "lists")
_THREE = (("mix_table",), ("whale", "bridge", "months"), ("quadrant", "mix", "lists"))
_FOUR = (("mix_table",), ("whale", "months"), ("quadrant", "mix"), ("bridge",), ("lists",))

PLACES: Mapping[str, tuple[At, ...]] = {
    "screen.factors": (At("-stack", (("claims", "bases"),)),),
    "screen.value": (
        At("-stack", (("mix_table",), _OF_VALUE), LINES["-low"]),
        At("-stack", (("mix_table", *_OF_VALUE),)),
        At("-tall", (("mix_table",), ("whale", "months"), ("bridge",), ("quadrant", "mix", "lists"))),
        At("-wide", _THREE),
        At("-grid", _FOUR, ROOMY),
        At("-grid", _THREE),
    ),
    "screen.changes": (
        At("-stack", (("movers", "scores", "others", "further"),)),
        At("-wide", (("scores", "others", "further"),)),
        At("-tall", (("others", "further"),)),
        At("-grid", (("others", "further"),)),
    ),
    "screen.sponsors": (
        At("-stack", (("gaps", "leaders", "what_if"),)),
        At("-tall", (("leaders", "what_if"),)),
        At("-wide", (("gaps", "leaders", "what_if"),)),
        At("-grid", (("leaders", "what_if"),)),
    ),
}
"""The places of each screen by the id of its key; of several that fit the first counts."""


def places(screen: str, shape: str, lines: int) -> Places:
    """The places of a screen of this shape (see `breakpoint_class`) and so many lines; none where none is shared."""
    return next((at.places for at in PLACES.get(screen, ()) if at.shape == shape and lines >= at.lines), ())


def place_of(panel: str, among: Places) -> Place:
    """The place that a panel stands in; alone, where it shares none."""
    return next((place for place in among if panel in place), (panel,))
