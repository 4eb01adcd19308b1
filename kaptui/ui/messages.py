"""What parts of the dashboard tell each other. State goes down, messages go up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    import polars as pl

    from kaptui.errors import KaptuiError
    from kaptui.filters import Filters, Move
    from kaptui.portfolio import Portfolio
    from kaptui.ui.dashboard_state import DashboardState
    from kaptui.ui.data_source import Source
    from kaptui.ui.sponsorship.moves import Subject
    from kaptui.ui.widgets.panel import Panel
    from kaptui.ui.widgets.table.data_table_view import DataTableView
    from kaptui.ui.widgets.table.table_layout import Layout
    from kaptui.views import Column


@dataclass
class Opened(Message):
    """The file is read (again)."""

    portfolio: Portfolio


@dataclass
class OpenFailed(Message):
    """The file cannot be read."""

    error: KaptuiError


@dataclass
class Settled(Message):
    """A filter holds."""

    situation: DashboardState


@dataclass
class Refused(Message):
    """A filter does not hold: an unknown field, an impossible date."""

    filters: Filters
    error: KaptuiError


@dataclass
class FilterTyped(Message):
    """The filter bar holds this text now."""

    where: str


@dataclass
class FilterClosed(Message):
    """The reader left the filter bar."""


@dataclass
class Narrowed(Message):
    """Something on screen stands for this filter text: keep only its accounts, or no longer if they are kept."""

    where: str


class Widened(Message):
    """One step back: the last narrowing that a panel made is to go."""


class SaveViewWanted(Message):
    """The reader wants to save what is on screen as a view."""


@dataclass
class Asked(Message):
    """A panel asks its questions."""

    card: Panel
    source: Source
    situation: DashboardState


@dataclass
class Replied(Message):
    """There are answers for panels; `whole`: nothing more is being asked."""

    whole: bool


@dataclass
class KeyClicked(Message):
    """Do what this key does: the mouse was on its name."""

    key_id: str


@dataclass
class RowReached(Message):
    """The cursor of a list moved to this row; `key` is the value of the table's key column."""

    key: str


@dataclass
class AccountChosen(Message):
    """Open account number `at` of these."""

    ids: pl.Series | list[str]
    at: int


@dataclass
class WhyWanted(Message):
    """The reader wants to know why a number is what it is.

    `measure` is `question.column`; `account_id` is empty for a number of the whole portfolio; `item` tells the
    numbers of one account apart. `label` is what stands above it on screen, `filters` what it was asked with.
    """

    measure: str
    account_id: str = ""
    item: str = ""
    label: str = ""
    filters: Filters | None = None


@dataclass
class DayChosen(Message):
    """Look back from this day: the end of a month that the reader chose."""

    day: date


@dataclass
class SortWanted(Message):
    """The reader wants a list sorted by one of `columns`; `current` is by what now, and whether it falls."""

    columns: tuple[Column, ...]
    current: tuple[str, bool] | None
    choose: Callable[[str], None]


@dataclass
class ColumnsWanted(Message):
    """The reader wants to choose the columns of this list."""

    table: DataTableView


class RoomChanged(Message):
    """A list has another room: other cells of it are cut."""


@dataclass
class LaidOut(Message):
    """The reader sorted a list or chose its columns."""

    layout: Layout


@dataclass
class PlaceLeft(Message):
    """The reader goes on from this panel to the next one that shares its place."""

    card: Panel


@dataclass
class MovesWanted(Message):
    """The reader wants to choose a move of a what-if about what is under the cursor."""

    filters: Filters
    subject: Subject
    choose: Callable[[Move], None]


@dataclass
class StopWanted(Message):
    """The reader does not want to wait for what runs."""
