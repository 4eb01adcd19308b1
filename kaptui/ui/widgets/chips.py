"""The chips of the filter bar: one for each condition; a click drops one."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from kaptui.text import clean
from kaptui.ui.text import cut
from kaptui.ui.widgets.placed import Placed

GAP = "  "


class ChipsLine(Placed, Static):
    """The chips in one line. A click on a chip posts `Dropped`."""

    @dataclass
    class Dropped(Message):
        """Condition number `index` (0 is the first) is to go."""

        index: int

    def __init__(self) -> None:
        super().__init__(id="filter-chips")
        self._ends: list[int] = []

    def present(self, chips: tuple[str, ...], room: int, droppable: bool) -> None:
        """Show these chips in `room` cells."""
        shown = [f"[{clean(chip)}]" for chip in chips]
        text = cut(GAP.join(shown) or "no filter", room)
        self._ends = []
        if droppable:
            for chip in shown:
                start = self._ends[-1] + len(GAP) if self._ends else 0
                self._ends.append(start + cell_len(chip))
        self.tooltip = "A click drops a condition" if self._ends else None
        self.set_class(not chips, "-none")
        self.update(Content(text), layout=False)

    def on_click(self, event: Click) -> None:
        event.stop()
        for index, end in enumerate(self._ends):
            if event.x < end:
                self.post_message(self.Dropped(index))
                return
