"""The filter bar, line 3: the filter as chips; while typing a line to type into, with completions below."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input, Static

from kaptui.errors import UsageError
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import clean, count, share
from kaptui.text.accounts import NOT_FILTERED, base_in_words
from kaptui.ui.text import HARMLESS, cut
from kaptui.ui.widgets.chips import ChipsLine
from kaptui.ui.widgets.facets import FacetBox
from kaptui.ui.widgets.filter_input import FilterInput
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from kaptui.errors import KaptuiError
    from kaptui.filter_language import Completion

PAUSE = 0.06
"""Seconds without a key after which the filter is applied while the reader types on."""
CALM = 0.15
"""Seconds without a key after which the next one is applied at once."""
STEP = 8
"""The base grows by so many cells at a time: a digit more moves nothing."""


class Base(Placed, Static):
    """What the filter leaves."""


class FilterBar(Placed, Vertical):
    """Shows the filter that holds, and never loses the last answer.

    Typing posts `Typed`: at once after a rest, in a run of keys after a short pause.
    """

    @dataclass
    class Typed(Message):
        """The filter bar holds this text now."""

        where: str

    @dataclass
    class Closed(Message):
        """The reader left the filter bar."""

    class SaveViewRequested(Message):
        """The reader wants to save what is on screen as a view."""

    state: reactive[DashboardState | None] = reactive(None, repaint=False)

    def __init__(self, where: str) -> None:
        super().__init__(id="filter")
        self._where = where
        self._former = self._opened_with = where
        self._pending: Timer | None = None
        self._typed = 0.0
        self._offers: list[Completion] = []
        self._chosen = 0
        self._problem = ""
        self._counted: DashboardState | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield Static(Content(" / "), id="filter-mark")
            yield ChipsLine()
            yield FilterInput(id="filter-input", compact=True, highlighter=HARMLESS, select_on_focus=False)
            yield Base(id="filter-base")
        yield Suggestions(id="filter-offers")
        yield FacetBox()

    def on_mount(self) -> None:
        self._write()

    def on_resize(self) -> None:
        self._write()

    def watch_state(self) -> None:
        if self.state is None:
            return
        self._problem = ""
        self._where = self.state.filters.where
        if self.is_mounted and self.query(Base):  # where the dashboard is closing, its parts go before it
            self._write()
            self._count()

    @property
    def editing(self) -> bool:
        """Whether the reader is typing a filter."""
        return self.has_class("-editing")

    def edit(self) -> None:
        """Start typing, at the end of the present filter."""
        if self.editing:
            return
        self._former = self._opened_with = self._where
        self._facets.from_the_top()
        self.add_class("-editing")
        self._fill(self._where)
        self._input.focus()

    def reject(self, error: KaptuiError) -> None:
        """Say what is wrong with the text; what is shown stays."""
        self._problem = clean(error.message if not error.hint else f"{error.message}; {error.hint}")
        self._write()
        self._suggest()

    @property
    def undecided(self) -> bool:
        """Whether what was typed is still to be applied: more may follow."""
        return self._pending is not None

    @property
    def _input(self) -> FilterInput:
        return self.query_one(FilterInput)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest()
        before, self._typed = self._typed, monotonic()
        if self._pending is not None:
            self._pending.stop()
        if self._typed - before >= CALM:
            self._apply()
        else:
            self._pending = self.set_timer(PAUSE, self._apply)

    def on_filter_input_key(self, event: FilterInput.Key) -> None:
        event.stop()
        match event.name:
            case "down" if self._chosen >= len(self._offers) - 1:
                self._show_facets(open=True)
                self._facets.focus()
            case "up" | "down":
                step = -1 if event.name == "up" else 1
                self._chosen = max(0, min(self._chosen + step, len(self._offers) - 1))
                self._show_offers()
            case "accept":
                self._accept()
            case "keep":
                self._keep()
            case "save":
                self._keep()
                self.post_message(self.SaveViewRequested())
            case "drop":
                self._drop(self._input.value, event.number)
            case "restore":
                self._restore()

    def _apply(self) -> None:
        """Apply what is typed; its last condition waits while it is only the beginning of one."""
        from kaptui.filter_language import settled

        self._pending = None
        text = self._input.value
        self._post(settled(text, self.state.account_card).strip() if self.state is not None else text.strip())

    def _keep(self) -> None:
        """Keep what is typed; a value that is only begun is the suggested one, for the text itself fits nothing."""
        from kaptui.filter_language import finished

        offer, text = self._offers[self._chosen] if self._offers else None, self._input.value
        self._post((finished(text, offer, self.state.account_card) if self.state is not None else text).strip())
        self._close()

    def _restore(self) -> None:
        """Close without what was typed; what was chosen among the facets stays. Either is said."""
        typed, kept = self._input.value.strip(), self._former.strip()
        self._post(self._former)
        self._close()
        told = [f"Dropped what was typed: {clean(typed)}."] if typed not in ("", kept) else []
        told += [f"Kept what was ticked: {clean(kept)}. x clears it."] if kept != self._opened_with.strip() else []
        if told:
            self.notify(" ".join(told), markup=False, timeout=3)

    def _drop(self, text: str, index: int) -> None:
        """The filter without its `index`-th condition; one that cannot be read says so."""
        from kaptui.filter_language import chips, without

        try:
            if index < len(chips(text)):
                self._change(without(text, index))
        except UsageError as error:
            self.reject(error)

    def _change(self, where: str) -> None:
        """Another text, at once; while the reader types it stands in the line."""
        if self.editing:
            self._fill(where)
        self._post(where)

    def _fill(self, where: str) -> None:
        line = self._input
        with line.prevent(Input.Changed):
            line.value = where + (" " if where else "")
        line.cursor_position = len(line.value)
        self._suggest()

    def on_chips_line_dropped(self, event: ChipsLine.Dropped) -> None:
        event.stop()
        self._drop(self._where, event.index)

    # Facets

    @property
    def _facets(self) -> FacetBox:
        return self.query_one(FacetBox)

    @property
    def working(self) -> set[str]:
        """The ids of the keys that work while typing, or among the facets."""
        if self._facets.has_focus:
            return {"facet.toggle", "facet.apply", "facet.back", "facet.next", "facet.previous", "row.up", "row.down"}
        return {"accept", "keep", "restore", "view.save", "choice.up", "choice.down"}

    def _show_facets(self, *, open: bool) -> None:
        self._facets.set_class(open, "-open")
        self._count()

    def _count(self) -> None:
        """Count the facets anew, in a thread: a large portfolio takes a moment."""
        state = self.state
        if state is None or state is self._counted or not self._facets.has_class("-open"):
            return
        self._counted = state
        box = self._facets

        def count() -> None:
            from kaptui.filter_language import facets

            box.post_message(FacetBox.Counted(state, facets(state.filters.where, state.account_card)))

        box.wanted = state
        self.run_worker(count, group="facets", exclusive=True, thread=True, exit_on_error=False)
        chips = "  ".join(f"{number} {clean(chip)}" for number, chip in enumerate(state.chips[:9], 1))
        box.hint = f"{chips}   Alt+number drops" if chips else "Down: into the values; Ctrl+S saves a view"

    def on_facet_box_toggled(self, event: FacetBox.Toggled) -> None:
        from kaptui.filter_language import toggled

        event.stop()
        try:
            self._change(toggled(self._input.value, event.condition))
            self._former = toggled(self._former, event.condition)  # Esc takes back what is typed, not what is chosen
        except UsageError as error:
            self.reject(error)

    def on_facet_box_applied(self, event: FacetBox.Applied) -> None:
        event.stop()
        self._keep()

    def on_facet_box_cancelled(self, event: FacetBox.Cancelled) -> None:
        event.stop()
        self._restore()

    def on_facet_box_left(self, event: FacetBox.Left) -> None:
        event.stop()
        self._input.focus()
        self._fill(self._where)
        self.screen.refresh_bindings()

    def _post(self, where: str) -> None:
        if self._pending is not None:
            self._pending.stop()
            self._pending = None
        self.post_message(self.Typed(where))

    def _close(self) -> None:
        self.remove_class("-editing")
        self._show_facets(open=False)
        self._offers = []
        self._show_offers()
        self.post_message(self.Closed())

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
        if self.state is not None and self.editing:
            line = self._input
            typing = line.value[: line.cursor_position][-1:].strip() and not self._facets.has_focus
            self._offers = complete(line.value, line.cursor_position, self.state.account_card) if typing else []
            self._show_facets(open=not typing and not self._problem)
        self._show_offers()

    def _show_offers(self) -> None:
        self.query_one(Suggestions).show_offers(self._offers, self._chosen, self._problem, self.editing)

    def _write(self) -> None:
        """Chips and their base; a text that does not hold is named even when nobody is typing."""
        base = f" {base_words(self.state)} " if self.state is not None else " "
        if self._problem:
            base = f" ! {self._problem} "
        room = self.size.width - 4
        base = cut(base, max(room // 2, room - 30) if self._problem else room)
        chips = self.state.chips if self.state is not None else tuple(self._where.split())
        base_line = self.query_one(Base)
        # where the width is another the screen is laid out again: while somebody types it does not shrink
        width = max(-(-cell_len(base) // STEP) * STEP, base_line.size.width if self.editing else 0)
        base_line.update(Content(" " * (width - cell_len(base)) + base), layout=False)
        base_line.styles.width = width
        base_line.set_class(bool(self._problem), "-refused")
        settled = self.state is not None
        self.query_one(ChipsLine).present(chips, max(0, room - cell_len(base)), droppable=settled)


def base_words(state: DashboardState) -> str:
    """What the filter leaves: "24 of 48 accounts, 61 % of revenue".

    Its base are all accounts. Where some have left, and none of the chosen, that is said: other shares are of the
    programme's revenue.
    """
    if not state.filtered:
        return NOT_FILTERED
    base = base_in_words(state.matching, state.exited, state.accounts)
    if not state.filters.where.strip():
        return base if state.exited else f"all {count('account', state.accounts)}"
    if state.revenue_share is None:
        return base
    with_exited = " incl. exited" if state.exited_in_file and not state.exited else ""
    return f"{base}, {share(state.revenue_share)} of revenue{with_exited}"
