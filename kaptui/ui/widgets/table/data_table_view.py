"""The widget for a list of any length: only the rows on screen are formatted."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kaptui.common.days import month_end
from kaptui.text import clean
from kaptui.ui.keys import bindings
from kaptui.ui.text import left, whole_parts
from kaptui.ui.textual_internals import resize_content
from kaptui.ui.widgets.table import table_layout
from kaptui.ui.widgets.table.render import LineCache, RowRenderer
from kaptui.ui.widgets.table.table_layout import MARGIN, SUBTOTAL, Layout, place_of, with_subtotal
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Column, Row, Subtotal, Table


class DataTableView(ViewWidget, ScrollView, can_focus=True):
    """Shows a `Table`: cursor row and column, first column that stays put, rows and columns as `arrangement` wants.

    Across refreshes the cursor stays on the row with the same key, at the same height on screen; it comes back to a row
    that was gone and is there again, if the reader has not moved. `columns` are those that can be seen by scrolling.
    """

    @dataclass
    class LayoutChanged(Message):
        """The reader sorted the list or chose its columns."""

        layout: Layout

    class TableResized(Message):
        """The list has another room: other cells of it are cut."""

    @dataclass
    class SortRequested(Message):
        """The reader wants the list sorted by one of `columns`; `current` is by what now, and whether it falls."""

        columns: tuple[Column, ...]
        current: tuple[str, bool] | None
        choose: Callable[[str], None]

    @dataclass
    class ColumnsRequested(Message):
        """The reader wants to choose the columns of this list."""

        table: DataTableView

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--header-at",
        "table--row",
        "table--name",
        "table--foot",
        "table--subtotal",
        "table--cursor",
        "table--cursor-away",
        "table--cell",
        "table--good",
        "table--warn",
        "table--bad",
        "table--muted",
    }
    BINDINGS = bindings(
        "open",
        "sort",
        "columns",
        "problem.next",
        "problem.previous",
        "row.up",
        "row.down",
        "column.left",
        "column.right",
        "page.up",
        "page.down",
        "row.first",
        "row.last",
    )

    cursor = reactive(0, init=False, repaint=False)
    column = reactive(0, init=False, repaint=False)

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.arrangement = Layout()
        self._table = table
        self._frame, self.columns, self._long = table.frame, table.columns, table_layout.Longest(table)
        self._fitted: tuple[int, list[int]] | None = None
        self._missed: Any = None
        self._kept: LineCache = {}

    def on_mount(self) -> None:
        self._arrange()
        if (first := self._subtotal) is not None and not first.narrow:  # Enter does nothing there
            self.set_reactive(DataTableView.cursor, 1)
        self._tell()

    def on_resize(self) -> None:
        if any(one.if_room for one in self._table.more):
            self._arrange()
        self._measure()
        self._keep_in_view()
        self.post_message(self.TableResized())

    def present(self, table: Table) -> None:
        """Show another answer, the cursor on the same row wherever it is now; another list is seen from its top."""
        key, offset = self._missed or self.key, self.cursor - round(self.scroll_y)
        nth, same = table_layout.nth(self._frame, self._table.key, self.cursor), table.key == self._table.key
        if [one.name for one in table.columns] != [one.name for one in self._table.columns]:
            nth, offset = 0, self.size.height
        self._table, self._long = table, table_layout.Longest(table)
        self._arrange()
        place = place_of(self._frame, table.key, key, nth) if same else None
        self.cursor = min(self.cursor, max(0, self._frame.height - 1)) if place is None else place
        self._missed = key if place is None and same else None
        if place is not None:
            self.scroll_to(y=with_subtotal(self._frame, max(0, place - offset)), animate=False, immediate=True)
        self._keep_in_view()
        self._tell()
        self.refresh()

    def highlight_account(self, account_id: str) -> None:
        """Move the cursor to this account, if it is in the list. Nobody is told: two lists would lead each other."""
        if self._table.key == "account_id" and self._table.follows and account_id != self.key:
            place = place_of(self._frame, "account_id", account_id)
            with self.prevent(self.RowHighlighted):
                self.cursor = self.cursor if place is None else place

    @property
    def key(self) -> Any:
        """The key of the row under the cursor; None in an empty list."""
        return self._frame[self._table.key][self.cursor] if self.cursor < self._frame.height else None

    @property
    def table(self) -> Table:
        """What is shown, in the order of the answer."""
        return self._table

    @property
    def pointed(self) -> tuple[Row, Column] | None:
        """The row and the column under the cursor; None in an empty list and on a subtotal."""
        if self.cursor >= self._frame.height or self._subtotal is not None:
            return None
        return self._frame.row(self.cursor, named=True), self.columns[self.column]

    def cut_text(self, room: int) -> str:
        """What the row under the cursor shows only in part, see `RowRenderer.cut`."""
        return self._lines(self.size.width).cut(self.pointed[0], room) if self.pointed and self._room else ""

    @property
    def _subtotal(self) -> Subtotal | None:
        within = SUBTOTAL in self._frame.columns and self.cursor < self._frame.height
        place = self._frame[SUBTOTAL][self.cursor] if within else None
        return None if place is None else self._table.subtotals[place]

    @property
    def without_room(self) -> set[str]:
        """The names of the columns that are shown but lie wholly or in part beyond the right edge, unscrolled."""
        return table_layout.beyond(self.columns, self._widths, self._room)

    def sort_by(self, name: str) -> None:
        """Sort by this column: numbers from the largest, text from A; the same column again turns it round."""
        now = self.arrangement.sort
        kind = next(column.kind for column in table_layout.offered(self._table) if column.name == name)
        falling = not now[1] if now is not None and now[0] == name else kind != "text"
        self._lay_out(replace(self.arrangement, sort=(name, falling)))

    def toggle_column(self, name: str) -> None:
        """Show a column that is hidden, hide one that is shown; the first one stays."""
        if name != self._table.columns[0].name:
            columns = table_layout.toggled(self._table, self.arrangement, name)
            self._lay_out(replace(self.arrangement, columns=columns))

    def _lay_out(self, layout: Layout) -> None:
        key, self.arrangement = self.key, layout
        self._arrange()
        self.cursor = place_of(self._frame, self._table.key, key) or 0
        self._keep_in_view()
        self.refresh()
        self.post_message(self.LayoutChanged(layout))

    def _arrange(self) -> None:
        here, room = self.columns[self.column].name if self.column < len(self.columns) else "", self._room - MARGIN
        self._frame = table_layout.lined_up(self._table, self.arrangement)
        self.columns = table_layout.with_room(self._table, self.arrangement, room, self._long)
        at = next((at for at, column in enumerate(self.columns) if column.name == here), 0)
        self.set_reactive(DataTableView.column, at)  # at once: there is no moment without a cell
        self._measure()
        self.watch_column()

    def _measure(self) -> None:
        self._fitted = None
        resize_content(self, Size(table_layout.line_width(self._widths), self._frame.height + 1 + self._pinned))

    @property
    def _widths(self) -> list[int]:
        """The width of each column in the room there is; a list is drawn before it is told of a new size."""
        if self._fitted is None or self._fitted[0] != self._room:
            self._kept.clear()
            self._fitted = self._room, table_layout.widths(self._table, self.columns, self._room - MARGIN, self._long)
        return self._fitted[1]

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        lines = self._lines(width)
        pinned, place = y - height + self._pinned, y - 1 + round(self.scroll_y)
        if height == 1 and self._widths:
            line = left(whole_parts(clean(self._table.caption), width), width)
            return Strip([Segment(line, self.get_component_rich_style("table--row"))])
        if y == 0 and self._widths:
            return lines.header(*self.arrangement.sort or ("", False))
        if pinned >= 0:
            return lines.words(self._table.foot[pinned], "table--foot")
        if place < self._frame.height and self._widths:
            return lines.line(self._table, self._frame, place, self.cursor, self.has_focus)
        return Strip.blank(width, self.rich_style)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._kept.clear()

    def _lines(self, width: int) -> RowRenderer:
        look, shift = self.get_component_rich_style, round(self.scroll_x)
        return RowRenderer(self.columns, self._widths, look, width, self._room, shift, self.column, self._kept)

    def watch_cursor(self, former: int, now: int) -> None:
        self._keep_in_view()
        self._tell()
        self._refresh_rows(former, now)

    def _refresh_rows(self, *places: int) -> None:
        """Draw only these rows again, as far as they are seen; a list that scrolled does that by itself."""
        for line in {place + 1 - round(self.scroll_y) for place in places}:
            if 0 <= line < self.size.height:
                self.refresh(Region(0, line, self.size.width, 1))

    def _keep_in_view(self) -> None:
        top = round(self.scroll_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + self._page:
            self.scroll_to(y=self.cursor - self._page + 1, animate=False, immediate=True)

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - 1 - self._pinned)

    @property
    def _pinned(self) -> int:
        """How many lines stand at the bottom: all of them, or none where the rows need the room."""
        lines = len(self._table.foot)
        return lines if self.size.height >= 2 * lines + 2 else 0

    def _tell(self) -> None:
        """Let the other panels follow; a subtotal stands for no account."""
        if self.is_attached and self._table.key == "account_id" and self.key is not None:
            self.post_message(self.RowHighlighted(str(self.key)))

    def _move(self, place: int) -> None:
        self._missed = None
        self.cursor = max(0, min(place, self._frame.height - 1))

    def action_row(self, step: int) -> None:
        self._move(self.cursor + step)

    def action_page(self, step: int) -> None:
        self._move(self.cursor + step * self._page)

    def action_edge(self, side: int) -> None:
        self._move(self._frame.height if side > 0 else 0)

    def action_column(self, step: int) -> None:
        """The cell to the left or right; the list follows. The ends hold."""
        self.column = max(0, min(self.column + step, len(self.columns) - 1))

    def watch_column(self) -> None:
        shift = table_layout.shift_to(self._widths, self.column, round(self.scroll_x), self._room)
        self.scroll_to(x=shift, animate=False, immediate=True)
        self.refresh(Region(0, 0, self.size.width, 1))
        self._refresh_rows(self.cursor)

    def action_open(self) -> None:
        subtotal = self._subtotal
        if subtotal is not None and subtotal.narrow:
            self.post_message(self.FilterToggled(subtotal.narrow))
        elif self._table.key == "month" and self.key is not None:
            self.post_message(self.DateSelected(month_end(self.key, 0)))
        elif subtotal is None and self._frame.height:
            ids = self._frame["account_id"]
            self.post_message(self.AccountSelected(ids.drop_nulls(), self.cursor - ids.head(self.cursor).null_count()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open":
            return self._table.key in ("account_id", "month")
        return action != "problem" or any(column.state is not None for column in self.columns)

    def action_sort(self) -> None:
        known = tuple(one for one in self.columns if one.name in self._frame.columns)
        self.post_message(self.SortRequested(known, self.arrangement.sort, self.sort_by))

    def action_columns(self) -> None:
        self.post_message(self.ColumnsRequested(self))

    def action_problem(self, step: int) -> None:
        """The next or previous row with a bad cell; the ends hold. Keys go on while a long list is searched."""
        self.run_worker(self._go_to_problem(step), group="problem", exclusive=True)

    async def _go_to_problem(self, step: int) -> None:
        frame, columns, cursor = self._frame, self.columns, self.cursor
        place = None
        for found in table_layout.problems(frame, columns, cursor, step):
            await sleep(0)
            if self._frame is not frame or self.cursor != cursor:
                return
            place = found
        if place is None:
            self.notify(f"No problem {'below' if step > 0 else 'above'} this row.", markup=False, timeout=2)
        else:
            self._move(place)
            self.column = table_layout.bad_column(self._frame.row(place, named=True), self.columns)

    def on_click(self, event: Click) -> None:
        if (where := event.get_content_offset(self)) is None:
            return
        column = table_layout.column_at(self._widths, where.x, round(self.scroll_x))
        if where.y == 0:
            if self.columns[column].name in self._frame.columns:
                self.sort_by(self.columns[column].name)
            return
        place = where.y - 1 + round(self.scroll_y)
        if place >= self._frame.height or where.y >= self.size.height - self._pinned:
            return
        self._move(place)
        self.column = column
        self.enter_if_second(event)
