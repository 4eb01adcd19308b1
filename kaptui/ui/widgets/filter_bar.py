"""Line 3: the filter as chips; while typing a line to type into, with completions below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input, Static

from kaptui.ui.keys import bindings
from kaptui.ui.messages import FilterClosed, FilterTyped
from kaptui.ui.situation import Situation
from kaptui.ui.text import cut, left
from kaptui.ui.widgets.lines import base_words
from kaptui.wording import clean

if TYPE_CHECKING:
    from kaptui.errors import KaptuiError
    from kaptui.filter_language import Completion

PAUSE = 0.06
"""Seconds without a key after which the filter is applied."""
SUGGESTIONS = 8


class FilterInput(Input):
    """The line to type into."""

    BINDINGS = bindings("accept", "keep", "restore", "choice.up", "choice.down")

    @dataclass
    class Key(Message):
        """A key that the bar acts upon."""

        name: str

    def action_accept(self) -> None:
        self.post_message(self.Key("accept"))

    def action_keep(self) -> None:
        self.post_message(self.Key("keep"))

    def action_restore(self) -> None:
        self.post_message(self.Key("restore"))

    def action_move(self, step: int) -> None:
        self.post_message(self.Key("up" if step < 0 else "down"))


class FilterBar(Vertical):
    """Shows the filter that holds; typing posts `FilterTyped` after a short pause, and never loses the last answer."""

    situation: reactive[Situation | None] = reactive(None)

    def __init__(self, where: str) -> None:
        super().__init__(id="filter")
        self._where = where
        self._former = where
        self._pending: Timer | None = None
        self._offers: list[Completion] = []
        self._chosen = 0
        self._problem = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield Static(Content(" / "), id="filter-mark")
            yield Static(id="filter-chips")
            yield FilterInput(id="filter-input", compact=True, select_on_focus=False)
            yield Static(id="filter-base")
        yield Static(id="filter-offers")

    def on_mount(self) -> None:
        self._write()

    def on_resize(self) -> None:
        self._write()

    def watch_situation(self) -> None:
        if self.situation is None:
            return
        self._problem = ""
        self._where = self.situation.filters.where
        if self.is_mounted:
            self._write()

    @property
    def editing(self) -> bool:
        """Whether the reader is typing a filter."""
        return self.has_class("-editing")

    def edit(self) -> None:
        """Start typing, at the end of the present filter."""
        if self.editing:
            return
        self._former = self._where
        self.add_class("-editing")
        line = self._input
        with line.prevent(Input.Changed):
            line.value = self._where + (" " if self._where else "")
        line.cursor_position = len(line.value)
        line.focus()
        self._suggest()

    def refuse(self, error: KaptuiError) -> None:
        """Say what is wrong with the text; what is shown stays."""
        self._problem = clean(error.message if not error.hint else f"{error.message}; {error.hint}")
        self._write()
        self._suggest()

    @property
    def _input(self) -> FilterInput:
        return self.query_one(FilterInput)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest()
        if self._pending is not None:
            self._pending.stop()
        self._pending = self.set_timer(PAUSE, self._apply)

    def on_filter_input_key(self, event: FilterInput.Key) -> None:
        event.stop()
        match event.name:
            case "up" | "down":
                step = -1 if event.name == "up" else 1
                self._chosen = max(0, min(self._chosen + step, len(self._offers) - 1))
                self._show_offers()
            case "accept":
                self._accept()
            case "keep":
                self._apply()
                self._close()
            case "restore":
                self._post(self._former)
                self._close()

    def _apply(self) -> None:
        self._post(self._input.value.strip())

    def _post(self, where: str) -> None:
        if self._pending is not None:
            self._pending.stop()
            self._pending = None
        self.post_message(FilterTyped(where))

    def _close(self) -> None:
        self.remove_class("-editing")
        self._offers = []
        self._show_offers()
        self.post_message(FilterClosed())

    def _accept(self) -> None:
        if not self._offers:
            return
        offer = self._offers[self._chosen]
        line = self._input
        end = "" if offer.accounts is None else " "
        line.value = line.value[: offer.start] + offer.text + end + line.value[offer.end :].lstrip()
        line.cursor_position = offer.start + len(offer.text) + len(end)

    def _suggest(self) -> None:
        from kaptui.filter_language import complete

        self._chosen = 0
        self._offers = []
        if self.situation is not None and self.editing:
            line = self._input
            self._offers = complete(line.value, line.cursor_position, self.situation.card)
        self._show_offers()

    def _show_offers(self) -> None:
        below = self.query_one("#filter-offers", Static)
        first = max(0, min(self._chosen - SUGGESTIONS + 1, len(self._offers) - SUGGESTIONS))
        shown = self._offers[first : first + SUGGESTIONS]
        width = min(max((cell_len(clean(offer.text)) for offer in shown), default=0), 44)
        lines = []
        for place, offer in enumerate(shown, first):
            mark = ">" if place == self._chosen else " "
            number = f"{offer.accounts:>5}" if offer.accounts is not None else " " * 5
            lines.append(f"{mark} {left(clean(offer.text), width)} {number} ")
        if self.editing and self._problem:
            lines.insert(0, f"! {self._problem} ")
        below.set_class(bool(lines) and self.editing, "-open")
        below.set_class(bool(self._problem), "-refused")
        below.update(Content("\n".join(lines)))

    def _write(self) -> None:
        """Chips and their base; a text that does not hold is named even when nobody is typing."""
        base = f" {base_words(self.situation)} " if self.situation is not None else " "
        if self._problem:
            base = f" ! {self._problem} "
        room = self.size.width - 4
        base = cut(base, max(room // 2, room - 30) if self._problem else room)
        chips = self.situation.chips if self.situation is not None else tuple(self._where.split())
        text = "  ".join(f"[{clean(chip)}]" for chip in chips) or "no filter"
        self.query_one("#filter-base", Static).update(Content(base))
        self.query_one("#filter-base").set_class(bool(self._problem), "-refused")
        chips_box = self.query_one("#filter-chips", Static)
        chips_box.set_class(not chips, "-none")
        chips_box.update(Content(cut(text, max(0, room - cell_len(base)))))
