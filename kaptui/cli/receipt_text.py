"""The receipt of a load as lines: what was read, what was lost, what to compare with finance, what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kaptui.text import UNKNOWN, count, day, pad, width

if TYPE_CHECKING:
    from kaptui.loading import Receipt
    from kaptui.loading.receipt import TableReceipt

_NAMED = 5
"""So many accounts are named, the rest is counted."""
_GAP = "  "


def lines(told: Receipt) -> Iterator[str]:
    """Every part of the receipt that has something to say, a blank line between."""
    parts = (_tables(told), _accounts(told), _known(told), _years(told), _window(told), _gaps(told))
    for part in parts:
        written = list(part)
        if written:
            yield from (*written, "")


def _tables(told: Receipt) -> Iterator[str]:
    compared = told.compared
    head = ("read", "rows", *(("before", "new", "gone", "corrected") if compared else ()), "from")
    rows = [one for one in told.tables if one.rows or one.before]
    cells = []
    for one in rows:
        moved = () if not compared else _moved(one)
        cells.append((one.table, f"{one.rows:,}", *moved, one.file or "no file"))
    first, *others = _columns([head, *cells], text_last=True)
    yield first
    for one, line in zip(rows, others, strict=True):
        yield line
        if one.gone_at:
            yield f"    gone at: {_named([f'{name} {lost:,}' for name, lost in one.gone_at], one.gone_from)}"


def _moved(one: TableReceipt) -> tuple[str, ...]:
    """Against the file in place; of a table that it does not know nothing is known, which is no 0."""
    if one.before is None:
        return (UNKNOWN,) * 4
    return tuple(f"{number:,}" for number in (one.before, one.new, one.gone, one.corrected))


def _accounts(told: Receipt) -> Iterator[str]:
    """Who came and who went; one name under two ids is told first, for its past is lost."""
    for name, old, new in told.renumbered[:_NAMED]:
        yield f"{name} was {old} and is {new}: under a new id its history, scores and sponsors begin anew"
    for what, some in (("new accounts", told.joined), ("accounts gone", told.left)):
        if some:
            yield f"{what}: {_named([f'{name} ({key})' for key, name in some])}"


def _known(told: Receipt) -> Iterator[str]:
    if told.known:
        yield "people and contacts that are known"
        yield from _columns(
            [
                (
                    f"{one.table}.{one.column}",
                    _share(one.known, one.named),
                    f"{one.known:,} of {one.named:,} named",
                    f"{one.rows:,} rows",
                )
                for one in told.known
            ]
        )


def _years(told: Receipt) -> Iterator[str]:
    if not told.years:
        return
    year = "year" if told.years[0].starts.month == 1 else "fiscal year"
    yield f"revenue by {year} in {told.currency or '?'}: compare with finance"
    rows = [
        (_months(one.first_month, one.last_month), f"{one.accounts:,} accounts", f"{one.revenue:,.2f}")
        for one in told.years
    ]
    if len(rows) > 1:
        rows.append(("all", "", f"{sum(one.revenue for one in told.years):,.2f}"))
    yield from _columns(rows)
    if missing := sum(one.rows_without_rate for one in told.years):
        yield f"not in it: {count('row', missing)} in a currency without a rate"


def _window(told: Receipt) -> Iterator[str]:
    if told.booked is None:
        if told.years:
            yield f"as of {day(told.as_of)} no booked month has ended"
        return
    first, last = told.booked
    now, before = told.months
    yield f"as of {day(told.as_of)}: figures of {_months(first, last)}"
    yield f"window: 12 months to {last:%b %Y}, {now} of them in the file; a year earlier {before} of 12"


def _gaps(told: Receipt) -> Iterator[str]:
    if told.gaps:
        yield "cannot be judged"
        yield from (f"  {what} ({why})" for what, why in told.gaps)


def _months(first: date, last: date) -> str:
    return f"{first:%b %Y} to {last:%b %Y}" if first != last else f"{first:%b %Y}"


def _share(part: int, whole: int) -> str:
    """Rounded down: only all is 100 %."""
    return f"{100 * part // whole} %"


def _named(some: Sequence[str], of: int | None = None) -> str:
    """The first of them, and how many more of all (`of`) there are."""
    more = (len(some) if of is None else of) - min(len(some), _NAMED)
    return f"{', '.join(some[:_NAMED])}{f' and {more:,} more' if more else ''}"


def _columns(rows: Iterable[Sequence[str]], *, text_last: bool = False) -> list[str]:
    """The cells below each other: the first to the left, others to the right; the last too, unless `text_last`."""
    table = list(rows)
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    left = {0, len(widths) - 1} if text_last else {0}
    return [
        _GAP.join(
            pad(cell, room, right=at not in left) for at, (cell, room) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
