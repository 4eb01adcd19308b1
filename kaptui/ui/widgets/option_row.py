"""A row of options for one question of a dialog: left and right choose, a click too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaptui.ui.keys import bindings
from kaptui.ui.text import cut

LABEL = 9


class OptionRow(Widget, can_focus=True):
    """Exactly one of `options` (value, label) is chosen; `(o)` marks it without colour.

    Those that do not fit into one line stand below, as many lines as it takes.
    """

    BINDINGS = bindings("column.left", "column.right")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"option--label", "option--chosen", "option--other"}

    chosen: reactive[int] = reactive(0, init=False)

    @dataclass
    class Changed(Message):
        """Another option is chosen."""

        row: OptionRow

    def __init__(self, label: str, options: Sequence[tuple[str, str]], chosen: str = "", *, id: str) -> None:
        super().__init__(id=id)
        self._label = label
        self._options = tuple(options)
        values = [value for value, _ in options]
        self.set_reactive(OptionRow.chosen, values.index(chosen) if chosen in values else 0)

    @property
    def value(self) -> str:
        """The chosen option's value."""
        return self._options[self.chosen][0]

    def choose(self, value: str) -> None:
        """Choose this option."""
        self.chosen = [one for one, _ in self._options].index(value)

    def watch_chosen(self) -> None:
        self.post_message(self.Changed(self))

    def action_column(self, step: int) -> None:
        self.chosen = (self.chosen + step) % len(self._options)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[int]]:
        """Which options stand in which line; each is whole where it fits into one at all."""
        lines: list[list[int]] = [[]]
        room = width - LABEL - 2
        for place, (_, label) in enumerate(self._options):
            cells = cell_len(label) + 4
            if lines[-1] and cells > room:
                lines.append([])
                room = width - LABEL - 2
            lines[-1].append(place)
            room -= cells + 2
        return lines

    def render(self) -> RenderResult:
        lead = "> " if self.has_focus else "  "
        room = max(1, self.size.width - LABEL - 6)
        rows: list[Content] = []
        for row, places in enumerate(self._lines(self.size.width)):
            head = "" if row else f"{lead}{self._label}"
            parts = [Content.styled(f"{head:<{LABEL + 2}}", self.get_visual_style("option--label"))]
            for place in places:
                here = place == self.chosen
                style = self.get_visual_style("option--chosen" if here else "option--other")
                parts.append(Content.styled(f"({'o' if here else ' '}) {cut(self._options[place][1], room)}  ", style))
            rows.append(Content("").join(parts))
        return Content("\n").join(rows)

    def on_click(self, event: Click) -> None:
        lines, edge = self._lines(self.size.width), LABEL + 2
        for place in lines[event.y] if event.y < len(lines) else ():
            edge += cell_len(self._options[place][1]) + 6
            if event.x < edge:
                self.chosen = place
                return
