"""One question with its answers in one line: left and right choose, a click too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaptui.ui.keys import bindings

LABEL = 9


class OptionRow(Widget, can_focus=True):
    """Exactly one of `options` (value, label) is chosen; `(o)` marks it without colour."""

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

    def render(self) -> RenderResult:
        lead = "> " if self.has_focus else "  "
        parts = [Content.styled(f"{lead}{self._label:<{LABEL}}", self.get_visual_style("option--label"))]
        for place, (_, label) in enumerate(self._options):
            here = place == self.chosen
            style = self.get_visual_style("option--chosen" if here else "option--other")
            parts.append(Content.styled(f"({'o' if here else ' '}) {label}  ", style))
        return Content("").join(parts)

    def on_click(self, event: Click) -> None:
        edge = LABEL + 2
        for place, (_, label) in enumerate(self._options):
            edge += cell_len(label) + 6
            if event.x < edge:
                self.chosen = place
                return
