"""A widget whose place others decide."""

from __future__ import annotations

from textual.containers import Container
from textual.geometry import Size
from textual.reactive import Reactive


class Placed:
    """A widget that is given its size by the layout, and moves nothing else by taking it; stands before its base.

    Textual lays the screen out once more whenever a widget's size has changed, for widgets whose content may then need
    scroll bars; those ask for it themselves.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)


class PlacedContainer(Placed, Container):
    """A place for widgets that none of them moves."""
