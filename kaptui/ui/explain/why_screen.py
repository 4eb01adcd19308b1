"""The dialog that explains a number: its rule, what lifts it, what goes into it and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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


@dataclass(frozen=True, slots=True)
class Explained:
    """A number to explain: what it is called, and what asks for its explanation."""

    title: str
    ask: Callable[[], pl.DataFrame]


class WhyScreen(ModalScreen[None]):
    """Explains one number of a row; → and ← go to the others. What asks is run in a thread; what goes wrong is said
    inside.
    """

    CSS_PATH = "../styles/why.tcss"
    BINDINGS = bindings(
        "why.close",
        "why.next",
        "why.previous",
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

    def __init__(self, numbers: Sequence[Explained], at: int = 0) -> None:
        super().__init__()
        self._numbers, self._at = numbers, at
        self._frame: pl.DataFrame | None = None
        self._problem = WORKING

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"), VerticalScroll(can_focus=True):
            yield WhyText(id="why-text")

    def on_mount(self) -> None:
        self._explain()

    @property
    def _title(self) -> str:
        return self._numbers[self._at].title

    def _explain(self) -> None:
        """Ask why the present number is what it is."""
        self._frame, self._problem = None, WORKING
        dialog = self.query_one(".dialog")
        dialog.border_title = Content(clean(f"Why: {self._title}"))
        others = f", → ← others ({self._at + 1} of {len(self._numbers)})" if len(self._numbers) > 1 else ""
        dialog.border_subtitle = Content(f"y copies, Esc closes{others}")
        self._write()
        load = partial(self._load, self._at)
        self.run_worker(load, thread=True, exclusive=True, exit_on_error=False)

    def _load(self, at: int) -> None:
        found: pl.DataFrame | KaptuiError
        try:
            found = self._numbers[at].ask()
        except KaptuiError as error:
            found = error
        except Exception as error:  # noqa: BLE001 - the worker boundary
            found = unexpected_error(error)
        self.app.call_from_thread(self._loaded, at, found)

    def _loaded(self, at: int, found: pl.DataFrame | KaptuiError) -> None:
        if not self.is_attached or at != self._at:
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

    def action_cell(self, step: int) -> None:
        """Explain the next or previous number of the row; at the ends nothing happens."""
        to = max(0, min(self._at + step, len(self._numbers) - 1))
        if to != self._at:
            self._at = to
            self._explain()
            self._scroll.scroll_to(y=0, animate=False)

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
