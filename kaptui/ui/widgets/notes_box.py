"""Words instead of numbers: waiting, an empty answer, a filter without matches, a failure; and a screen's headline."""

from __future__ import annotations

from bisect import bisect_right

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kaptui.views import Notes
from kaptui.wording import clean

WORKING = "working it out ..."
"""What stands where an answer is waited for. The file is read before, once; only then it is being read."""


class NotesBox(Static, can_focus=True):
    """Shows `Notes`, wrapped; the state is a class for the style sheet.

    Where the style sheet limits its height, words that need more lines end in `…` after the last one that fits.
    """

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.present(notes)

    def present(self, notes: Notes) -> None:
        """Show other words."""
        self.set_classes(f"-{notes.state or 'plain'}")
        self._whole = Content("\n".join(clean(line) for line in notes.lines if line))
        self.update(self._whole)

    def mark(self, account_id: str) -> None:
        """Words say nothing about a single account."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._whole.get_height({}, width) if width else 0

    def render(self) -> Content:
        limit, width = self.styles.max_height, self.content_size.width
        if limit is None or limit.cells is None or not width:
            return self._whole
        return self._fitting(width, limit.cells)

    def _fitting(self, width: int, lines: int) -> Content:
        """The words that fit into so many lines of this width."""
        if self._whole.get_height({}, width) <= lines:
            return self._whole
        words = self._whole.plain.split(" ")

        def needs(number: int) -> int:
            return Content(_cut_after(words, number)).get_height({}, width)

        fits = bisect_right(range(1, len(words)), lines, key=needs)
        return Content(_cut_after(words, max(fits, 1)))


def _cut_after(words: list[str], number: int) -> str:
    return " ".join(words[:number]).rstrip(" ,;:.\n") + "…"
