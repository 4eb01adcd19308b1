"""The widget for words instead of numbers: waiting, an empty answer, no match, a failure; and a screen's headline."""

from __future__ import annotations

import re
from bisect import bisect_right

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from kaptui.text import clean
from kaptui.ui.widgets.placed import Placed
from kaptui.views import Notes

_BLANKS = re.compile(r"\s+")
_PARTS = re.compile(r"[,;:.] ")
MUCH = 20
"""Letters that are too many to leave out for the sake of ending with a whole part."""
WORKING = "working it out ..."
"""What stands where an answer is waited for. The file is read before, once; only then it is being read."""


class NotesBox(Placed, Static, can_focus=True):
    """Shows `Notes`, wrapped; the state is a class for the style sheet.

    Where the style sheet limits its height, what needs more lines ends in `…`: after the last part that fits, between
    commas, colons and semicolons, unless much more fits of the next one; else after the last word.
    """

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.present(notes)

    def present(self, notes: Notes) -> None:
        """Show other words."""
        self.set_classes(f"-{notes.state or 'plain'}")
        self._whole = Content("\n".join(clean(line) for line in notes.lines if line))
        room = self.content_size
        same = bool(room) and self._whole.get_height({}, room.width) == room.height
        self.update(self._whole, layout=not same)  # words that need as many lines move nothing else

    def highlight_account(self, account_id: str) -> None:
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
        text = self._whole.plain
        words, part = self._last(_BLANKS, "…", width, lines), self._last(_PARTS, " …", width, lines)
        if words - part <= MUCH and part:
            return Content(_cut(text, part, " …"))
        return Content(_cut(text, words or len(text), "…"))

    def _last(self, breaks: re.Pattern[str], sign: str, width: int, lines: int) -> int:
        """Where the last of these breaks stands up to which the words fit, with this sign after them; else 0."""
        text = self._whole.plain
        ends = [found.start() for found in breaks.finditer(text)]
        fits = bisect_right(ends, lines, key=lambda end: Content(_cut(text, end, sign)).get_height({}, width))
        return ends[fits - 1] if fits else 0


def _cut(text: str, end: int, sign: str) -> str:
    return text[:end].rstrip(" ,;:.\n") + sign
