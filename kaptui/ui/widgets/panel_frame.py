"""The frame of a panel: a title in its top line and a caption in its bottom line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from kaptui.ui.text import whole_words
from kaptui.ui.widgets.placed import PlacedContainer

AROUND = 6
"""Cells of a border line that its words cannot have: corners, a stroke and a blank on either side."""
NAME_AT_LEAST = 10
"""Cells that the name of a panel keeps beside what it is compared with; that has at most half of the line."""

GAP, MORE, HINT = "  ", "  …", "   "
"""What stands between two tabs, where some have no room, and before what a key does there."""


class PanelFrame(PlacedContainer):
    """Words that do not fit into a border line lose whole parts, or are cut at a blank: never within a word."""

    @dataclass
    class TabClicked(Message):
        """The mouse was on tab number `at` of the frame in whose top line it stands."""

        frame: PanelFrame
        at: int

    _title = ""
    _compared = ""
    _tabs: tuple[str, ...] = ()
    _at = 0
    _hint = ""
    _edges: tuple[tuple[int, int, int], ...] = ()
    _caption = ""
    border_title_words = ""
    """The title as far as it is shown."""
    border_subtitle_words = ""
    """The caption as far as it is shown."""
    _only: tuple[Region, ...] = ()

    def set_title(self, title: str, compared: str = "") -> None:
        """What stands in the top line; `compared`, where there is any, stands behind it and gives way later."""
        self._title, self._compared, self._tabs = title, compared, ()
        self._write_border()

    def set_tabs(self, tabs: Sequence[str], at: int, title: str, hint: str = "", compared: str = "") -> None:
        """One tab beside the other in the top line, number `at` marked; `title` is its name where there is room.

        Behind them stands `hint`, where that fits too; behind all `compared`, as in `set_title`.
        """
        self._tabs, self._at, self._title, self._hint, self._compared = tuple(tabs), at, title, hint, compared
        self._write_border()

    def set_caption(self, caption: str) -> None:
        """What stands in the bottom line; nothing but this line is drawn again."""
        self._caption = caption
        below = self.outer_size.height - 1 - self.content_offset.y
        self._only = (Region(-self.content_offset.x, below, self.outer_size.width, 1),)
        self._write_border()
        self._only = ()

    @property
    def caption_room(self) -> int:
        """The cells that the bottom line has for words."""
        return self.outer_size.width - AROUND

    def on_resize(self) -> None:
        self._write_border()

    def _write_border(self) -> None:
        room = self.caption_room
        ending = f"; {whole_words(self._compared, room // 2)}" if self._compared else ""
        if ending and room - cell_len(ending) < NAME_AT_LEAST:
            ending = ""
        left, self._edges = room - cell_len(ending), ()
        if self._tabs:
            title, self._edges = tabs_line(self._tabs, self._at, self._title, self._hint, left)
        else:
            title = whole_words(self._title, left) if left > 0 else self._title
        title += ending
        caption = whole_words(self._caption, room) if room > 0 else self._caption
        if title != self.border_title_words and not self._only:
            self.border_title_words, self.border_title = title, Content(title)
        if caption != self.border_subtitle_words:
            self.border_subtitle_words, self.border_subtitle = caption, Content(caption)

    def on_click(self, event: Click) -> None:
        if event.screen_y != self.region.y or not self.styles.border_top[0]:
            return
        x = event.screen_x - self.region.x - AROUND // 2
        for at, begin, end in self._edges:
            if begin <= x < end and at != self._at:
                self.post_message(self.TabClicked(self, at))

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """As ever; while a caption is put, only the line it stands in."""
        return super().refresh(*(regions or self._only), **how)


def tabs_line(
    tabs: Sequence[str], at: int, title: str, hint: str, room: int
) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """The tabs in at most `room` cells, the present one in brackets; of each also its number, first cell and end.

    It has its whole title where all fit beside that, else its short name where all fit so. Where there is no room for
    all, those farthest behind it go.
    """
    names = list(tabs)
    long = [f"[{title}]" if place == at else name for place, name in enumerate(names)]
    short = [f"[{name}]" if place == at else name for place, name in enumerate(names)]
    shown = list(range(len(names)))
    pair = [at, (at + 1) % len(names)]
    all_fit = next((one for one in (long, short) if _wide(one, shown) <= room), None)
    words = all_fit or (long if _wide(long, pair) + len(MORE) * (len(names) > len(pair)) <= room else short)
    while len(shown) > 1 and _wide(words, shown) + (len(MORE) if len(shown) < len(names) else 0) > room > 0:
        shown.remove(max(shown, key=lambda place: (place - at) % len(names)))
    line, edges = "", []
    for place in shown:
        begin = cell_len(line) + (len(GAP) if line else 0)
        line = f"{line}{GAP if line else ''}{words[place]}"
        edges.append((place, begin, cell_len(line)))
    if len(shown) < len(names):
        line += MORE
    if hint and cell_len(line) + len(HINT) + cell_len(hint) <= room:
        line += HINT + hint
    return (whole_words(line, room) if 0 < room < cell_len(line) else line), tuple(edges)


def _wide(words: Sequence[str], shown: Sequence[int]) -> int:
    return sum(cell_len(words[place]) for place in shown) + len(GAP) * (len(shown) - 1)
