"""The menus of a list: what it is sorted by, which columns it shows."""

from __future__ import annotations

from kaptui.text import clean
from kaptui.ui.choice import Choice
from kaptui.ui.screens.finder import Finder
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.table.table_layout import offered
from kaptui.views import Column


class SortMenu(Finder):
    """Returns the column to sort by; the present one is marked and comes first under the cursor."""

    def __init__(self, columns: tuple[Column, ...], current: tuple[str, bool] | None) -> None:
        by, falling = current or ("", False)
        choices = [
            Choice(
                _mark(column, by, falling), label(column), "turns it round" if column.name == by else "", column.name
            )
            for column in columns
        ]
        super().__init__("Sort by", choices)
        self.start = next((place for place, column in enumerate(columns) if column.name == by), 0)


def _mark(column: Column, by: str, falling: bool) -> str:
    return ("▼" if falling else "▲") if column.name == by else " "


class ColumnMenu(Finder):
    """Shows and hides columns of `table`, at once; stays open until Esc."""

    def __init__(self, table: DataTableView) -> None:
        self._table = table
        super().__init__("Columns", (), self._matching)
        self.hint = "Enter shows or hides, Esc closes"

    def _matching(self, text: str) -> list[Choice]:
        shown = {column.name for column in self._table.columns}
        without_room = self._table.without_room
        first = self._table.table.columns[0]

        def note(column: Column) -> str:
            if column.name in without_room:
                return "no room: → scrolls to it, or hide another"
            return "stays" if column is first else ""

        return [
            Choice("[x]" if column.name in shown else "[ ]", label(column), note(column), column.name)
            for column in offered(self._table.table)
            if text.lower() in label(column).lower()
        ]

    def take(self, choice: Choice | None) -> None:
        if choice is not None:
            self._table.toggle_column(choice.value)
            self.relist()


def label(column: Column) -> str:
    """The heading of a column, as a line of a menu."""
    return clean(column.label).removeprefix(" # ").strip()
