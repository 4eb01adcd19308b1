"""The completions below the filter bar: what the word under the cursor may become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kaptui.text import clean
from kaptui.ui.text import left
from kaptui.ui.widgets.placed import Placed

if TYPE_CHECKING:
    from kaptui.filter_language import Completion

SUGGESTIONS = 8
"""The most that are in sight."""


class Suggestions(Placed, Static):
    """What the word under the cursor may become, over what is below."""

    _offered = Size(0, 0)

    def show_offers(self, offers: Sequence[Completion], chosen: int, problem: str, editing: bool) -> None:
        """Show the offers around number `chosen`, under what is wrong with the text; nothing unless it is typed."""
        first = max(0, min(chosen - SUGGESTIONS + 1, len(offers) - SUGGESTIONS))
        shown = offers[first : first + SUGGESTIONS]
        width = min(max((cell_len(clean(offer.text)) for offer in shown), default=0), 44)
        lines = []
        for place, offer in enumerate(shown, first):
            mark = ">" if place == chosen else " "
            number = f"{offer.accounts:>5}" if offer.accounts is not None else " " * 5
            lines.append(f"{mark} {left(clean(offer.text), width)} {number} ")
        if editing and problem:
            lines.insert(0, f"! {problem} ")
        self.set_class(bool(lines) and editing, "-open")
        self.set_class(bool(problem), "-refused")
        size = Size(max(map(cell_len, lines), default=0), len(lines))
        self.update(Content("\n".join(lines)), layout=size != self._offered)
        self._offered = size
