"""The dialog that explains a number: its rule, what lifts it, what goes into it and where that stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from kaptui.errors import KaptuiError
from kaptui.text import clean
from kaptui.ui.clipboard import copy
from kaptui.ui.error_boundary import unexpected_error
from kaptui.ui.explain.render import Line, as_text, explained
from kaptui.ui.keys import bindings
from kaptui.ui.widgets.notes_box import WORKING

if TYPE_CHECKING:
    import polars as pl

AS_TEXT = 100
"""The width in which the explanation is copied."""


class WhyText(Static):
    """The lines of an explanation, as wide as there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "why--head",
        "why--title",
        "why--words",
        "why--lift",
        "why--input",
        "why--source",
    }

    def show_lines(self, lines: list[Line]) -> None:
        """Show these lines."""
        self.update(Content("\n").join(map(self._styled, lines)))

    def _styled(self, line: Line) -> Content:
        return Content.assemble(*((text, self.get_visual_style(f"why--{part}")) for part, text in line))


class WhyScreen(ModalScreen[None]):
    """Explains one number. `ask` is run in a thread; what goes wrong is said inside."""

    CSS_PATH = "../styles/why.tcss"
    BINDINGS = bindings(
        "why.close",
        "close",
        "copy",
        "row.up",
        "row.down",
        "page.up",
        "page.down",
        "row.first",
        "row.last",
        "quit",
        "interrupt",
    )

    def __init__(self, title: str, ask: Callable[[], pl.DataFrame]) -> None:
        super().__init__()
        self._title = title
        self._ask = ask
        self._frame: pl.DataFrame | None = None
        self._problem = WORKING

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(clean(f"Why: {self._title}"))
            dialog.border_subtitle = Content("y copies, Esc closes")
            with VerticalScroll(can_focus=True):
                yield WhyText(id="why-text")

    def on_mount(self) -> None:
        self._write()
        self.run_worker(self._load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self) -> None:
        found: pl.DataFrame | KaptuiError
        try:
            found = self._ask()
        except KaptuiError as error:
            found = error
        except Exception as error:  # noqa: BLE001 - the worker boundary
            found = unexpected_error(error)
        self.app.call_from_thread(self._loaded, found)

    def _loaded(self, found: pl.DataFrame | KaptuiError) -> None:
        if not self.is_attached:
            return
        if isinstance(found, KaptuiError):
            self._problem = f"{found.message}. {found.hint}"
        else:
            self._frame = found
            self._problem = "" if found.height else "Nothing is known about this number."
        self._write()

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        text = self.query_one(WhyText)
        text.show_lines(self._lines(self.query_one(VerticalScroll).scrollable_content_region.width or 76))

    def _lines(self, width: int) -> list[Line]:
        if self._frame is None or self._problem:
            return [[("words", clean(self._problem))]]
        return explained(self._frame, width)

    @property
    def plain_text(self) -> str:
        """The whole explanation for the clipboard."""
        return "\n".join([clean(f"Why: {self._title}"), *(as_text(line) for line in self._lines(AS_TEXT))])

    # Keys

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def action_row(self, step: int) -> None:
        self._scroll.scroll_relative(y=step, animate=False)

    def action_page(self, step: int) -> None:
        self._scroll.scroll_relative(y=step * max(1, self._scroll.size.height - 1), animate=False)

    def action_edge(self, side: int) -> None:
        self._scroll.scroll_to(y=0 if side < 0 else self._scroll.max_scroll_y, animate=False)

    def action_copy(self) -> None:
        copy(self, "Explanation", self.plain_text)

    def action_close(self) -> None:
        self.dismiss(None)
