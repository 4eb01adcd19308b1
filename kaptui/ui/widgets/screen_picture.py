"""The widget that shows a kept picture of the whole screen over the one that still waits for its answers."""

from __future__ import annotations

from rich.errors import StyleSyntaxError
from rich.segment import Segment
from rich.style import Style
from textual.events import MouseDown, Resize
from textual.strip import Strip
from textual.widget import Widget

from kaptui.ui.first_screen import Picture
from kaptui.ui.widgets.placed import Placed


class ScreenPicture(Placed, Widget):
    """Covers the screen. A click or another size of the terminal sends it away."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(id="picture")
        self._width = picture.width
        self._lines = [_strip(line, picture.width) for line in picture.lines]

    def render_line(self, y: int) -> Strip:
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width, self.rich_style)

    def on_resize(self, event: Resize) -> None:
        if event.size != (self._width, len(self._lines)):
            self.remove()

    def on_mouse_down(self, event: MouseDown) -> None:
        self.remove()


def _strip(line: tuple[tuple[str, str], ...], width: int) -> Strip:
    return Strip([Segment(text, _style(words)) for text, words in line]).adjust_cell_length(width)


def _style(words: str) -> Style:
    try:
        return Style.parse(words)
    except StyleSyntaxError:
        return Style.null()


def picture_of(strips: list[Strip], width: int) -> Picture:
    """What `ScreenPicture` shows again."""
    lines = (strip.simplify() for strip in strips)
    return Picture(
        width, tuple(tuple((text, str(style or Style.null())) for text, style, _ in line if text) for line in lines)
    )
