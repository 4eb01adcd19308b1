"""The receipt of a load: what came in, what was lost against the file in place, what to compare, what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TableReceipt:
    """The rows of one table; `before` and what follows are those of the file in place, None where there was none.

    `gone` rows had a key that no row has now, `new` ones one that no row had; `corrected` rows kept their key with
    another value. `gone_at` are the accounts that lost most rows, with their names and how many, out of `gone_from`
    accounts. `file` is what fed the table, empty where nothing did.
    """

    table: str
    rows: int
    file: str = ""
    before: int | None = None
    new: int = 0
    gone: int = 0
    corrected: int = 0
    gone_at: tuple[tuple[str, int], ...] = ()
    gone_from: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """How many of the `rows` of a column name somebody, and how many of these are known in table `owner`."""

    table: str
    column: str
    owner: str
    rows: int
    named: int
    known: int


@dataclass(frozen=True, slots=True)
class Year:
    """The booked months of one fiscal year, which begins at `starts`; revenue in the reporting currency.

    Rows in a currency without a rate are not in the revenue.
    """

    starts: date
    first_month: date
    last_month: date
    accounts: int
    revenue: Decimal
    rows_without_rate: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a load did. `joined` and `left` are id and name of accounts that came and went against the file in place.

    `booked` are the first booked month and the last full one; None where no full month is booked. `gaps` says what
    cannot be judged and which file or column would tell.
    """

    tables: tuple[TableReceipt, ...]
    joined: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    known: tuple[Known, ...]
    years: tuple[Year, ...]
    currency: str
    as_of: date
    booked: tuple[date, date] | None
    gaps: tuple[tuple[str, str], ...]

    @property
    def compared(self) -> bool:
        """Whether there was a file in place."""
        return any(one.before is not None for one in self.tables)

    @property
    def months(self) -> tuple[int, int]:
        """How many months of the window of twelve the booked range holds, and how many of those a year earlier."""
        if self.booked is None:
            return 0, 0
        first, last = self.booked
        booked = 12 * (last.year - first.year) + last.month - first.month + 1
        return min(booked, 12), min(max(booked - 12, 0), 12)

    @property
    def renumbered(self) -> tuple[tuple[str, str, str], ...]:
        """Accounts of one name that went under one id and came under another: name, old id, new id."""
        came = {name.casefold(): key for key, name in self.joined}
        return tuple((name, key, came[name.casefold()]) for key, name in self.left if name.casefold() in came)
