"""The frame of a panel: a title in its top line and a caption in its bottom line."""

from __future__ import annotations

from typing import Any, Self

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region

from kaptui.ui.text import whole_words
from kaptui.ui.widgets.placed import PlacedContainer

AROUND = 6
"""Cells of a border line that its words cannot have: corners, a stroke and a blank on either side."""
NAME_AT_LEAST = 10
"""Cells that the name of a panel keeps beside what it is compared with; that has at most half of the line."""


class PanelFrame(PlacedContainer):
    """Words that do not fit into a border line lose whole parts, or are cut at a blank: never within a word."""

    _title = ""
    _compared = ""
    _caption = ""
    border_title_words = ""
    """The title as far as it is shown."""
    border_subtitle_words = ""
    """The caption as far as it is shown."""
    _only: tuple[Region, ...] = ()

    def set_title(self, title: str, compared: str = "") -> None:
        """What stands in the top line; `compared`, where there is any, stands behind it and gives way later."""
        self._title, self._compared = title, compared
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
        title = whole_words(self._title, room) if room > 0 else self._title
        ending = f"; {whole_words(self._compared, room // 2)}" if self._compared else ""
        if ending and room - cell_len(ending) >= NAME_AT_LEAST:
            title = whole_words(self._title, room - cell_len(ending)) + ending
        caption = whole_words(self._caption, room) if room > 0 else self._caption
        if title != self.border_title_words:
            self.border_title_words, self.border_title = title, Content(title)
        if caption != self.border_subtitle_words:
            self.border_subtitle_words, self.border_subtitle = caption, Content(caption)

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """As ever; while a caption is put, only the line it stands in."""
        return super().refresh(*(regions or self._only), **how)
