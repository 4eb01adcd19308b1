"""The footer: the keys that work now, and what the marks behind numbers say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaptui.text.words import MARKS
from kaptui.ui.keys import Key
from kaptui.ui.widgets.placed import Placed

FOOTER_KEYS = 7
ROOMY = 100
"""Columns from which the footer may show more keys than that."""
LEGEND_FROM = 72
"""Columns from which it says what the marks are."""


class KeyBar(Placed, Widget):
    """The footer: the most useful keys that work now, as many as fit; at most seven below 100 columns.

    At its end stands what the marks of the panels say, where there is room beside the first keys.
    """

    @dataclass
    class KeyClicked(Message):
        """Do what this key does: the mouse was on its name."""

        key_id: str

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label"}

    keys: reactive[tuple[Key, ...]] = reactive(())

    def __init__(self) -> None:
        super().__init__(id="keys")

    def chosen(self) -> list[Key]:
        """The keys that fit: `?` is always among them and stands last."""
        ranked = sorted((key for key in self.keys if key.rank is not None), key=lambda key: key.rank or 0)
        if self.size.width < ROOMY:
            ranked = ranked[:FOOTER_KEYS]
        while len(ranked) > 1 and sum(self._width(key) for key in ranked) > self.size.width - 1 - self._legend:
            ranked.pop()
        return [key for key in ranked if key.rank] + [key for key in ranked if not key.rank]

    def render(self) -> RenderResult:
        key_style, label_style = self.get_visual_style("keys--key"), self.get_visual_style("keys--label")
        parts = [Content(" ")]
        for key in self.chosen():
            parts.append(Content.styled(key.shown, key_style))
            parts.append(Content.styled(f" {key.label}  ", label_style))
        if self._legend:
            parts.append(Content(" " * (self.size.width - sum(part.cell_length for part in parts) - self._legend)))
            parts.append(Content.styled(f"{MARKS} ", label_style))
        return Content("").join(parts)

    @property
    def _legend(self) -> int:
        """The cells of what the marks say; 0 where the keys need them."""
        return cell_len(MARKS) + 1 if self.size.width >= LEGEND_FROM else 0

    def on_click(self, event: Click) -> None:
        edge = 1
        for key in self.chosen():
            if edge <= event.x < edge + self._width(key) - 2:  # two blanks behind each
                self.post_message(self.KeyClicked(key.id))
            edge += self._width(key)

    @staticmethod
    def _width(key: Key) -> int:
        return cell_len(key.shown) + cell_len(key.label) + 3
