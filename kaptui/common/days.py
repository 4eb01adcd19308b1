"""Days and months: as a reader types them, and counted back from another. One parser for screen and command line."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kaptui.errors import UsageError

HOW = "write 2026-06-30, 30 Jun 2026, 30.6.2026, Jun 2026 for its last day, end of June, last quarter or last year"
_EARLIEST, _LATEST = 1900, 2200

_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
_FORMS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
    r"(?:(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.)(?P<year>\d{4})",
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[a-z]{3,9})\.? (?P<year>\d{4})",
    r"(?:the )?end of (?P<month>[a-z]{3,9})\.? (?P<year>\d{4})",
)
_SLASHED = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_QUARTER = r"(?:(?:the )?end of )?q([1-4]) (\d{4})"
_MONTH_ALONE = r"(?:the )?end of ([a-z]{3,9})\.?"
_YEAR_ALONE = r"(?:the )?end of (\d{4})"


def read_day(text: str, today: date | None = None, *, before: bool = False) -> date:
    """The day that `text` means; of a month, a quarter or a year alone its last day.

    What is relative ("last year", "end of June") counts back from `today`, without which it is no day; `before`:
    strictly, so that "end of June" on 30 June is that of the year before. UsageError: no such day, no day at all, or
    two readings, which are both named.
    """
    words = " ".join(text.lower().split())
    relative = None if today is None else _relative(words, today, before)
    if relative is not None:
        return relative
    if slashed := re.fullmatch(_SLASHED, words, re.ASCII):
        return _slashed(text, *map(int, slashed.groups()))
    if quarter := re.fullmatch(_QUARTER, words, re.ASCII):
        return _day(text, int(quarter[2]), 3 * int(quarter[1]))
    if year := re.fullmatch(_YEAR_ALONE, words, re.ASCII):
        return _day(text, int(year[1]), 12)
    found = next((match for form in _FORMS if (match := re.fullmatch(form, words, re.ASCII))), None)
    month = _month(found["month"]) if found else None
    if found is None or month is None:
        raise UsageError(f"{text.strip()}: not a day", HOW)
    day = found.groupdict().get("day")
    return _day(text, int(found["year"]), month, int(day) if day else None)


def _day(text: str, year: int, month: int, day: int | None = None) -> date:
    """The day, or the last one of the month; UsageError where the calendar does not have it."""
    if year < _EARLIEST:
        raise UsageError(f"{text.strip()}: before {_EARLIEST} there are no figures", "give a later day")
    last = monthrange(year, month)[1] if year <= _LATEST and 1 <= month <= 12 else 0
    day = last if day is None else day
    if not 1 <= day <= last:
        raise UsageError(f"{text.strip()}: there is no such day", HOW)
    return date(year, month, day)


def _slashed(text: str, first: int, second: int, year: int) -> date:
    """Day and month in either order where only one of the two can be; never guessed where both can."""
    if first == second or second > 12:
        return _day(text, year, first, second)
    if first > 12:
        return _day(text, year, second, first)
    one, other = _day(text, year, second, first), _day(text, year, first, second)
    said = " or ".join(f"{day.day} {_NAMES[day.month - 1].capitalize()}" for day in (one, other))
    raise UsageError(f"{text.strip()}: {said} {year}?", f"write {one.isoformat()} or {other.isoformat()}")


def _relative(words: str, today: date, before: bool) -> date | None:
    """What counts from `today`: the last day of the year, quarter or month before this one, or of a named month."""
    quarter_start = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    known = {
        "last year": date(today.year - 1, 12, 31),
        "last quarter": month_end(quarter_start, -1),
        "last month": month_end(today, -1),
        "a year ago": months_before(today, 12),
        "a quarter ago": months_before(today, 3),
        "a month ago": months_before(today, 1),
    }
    known |= {f"end of {name}": day for name, day in known.items() if name.startswith("last")}
    if not before:
        known["today"] = today
    if words in known:
        return known[words]
    named = re.fullmatch(_MONTH_ALONE, words, re.ASCII)
    month = _month(named[1]) if named else None
    if month is None:
        return None
    ends = (date(year, month, monthrange(year, month)[1]) for year in (today.year, today.year - 1))
    return next(end for end in ends if end < today or (end == today and not before))


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return next((place for place, name in enumerate(_NAMES, 1) if name.startswith(text)), None)


def month_end(day: date, months: int) -> date:
    """The last day of the month that lies `months` after that of `day` (before, if negative)."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of that month."""
    end = month_end(day, -months)
    return end.replace(day=min(day.day, end.day))
