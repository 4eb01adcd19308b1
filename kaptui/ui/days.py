"""Days and months: as a reader types them, and counted back from another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kaptui.errors import UsageError

HOW = "write 2026-06-30, 30 Jun 2026, or a month such as Jun 2026 for its last day"
_EARLIEST, _LATEST = 1900, 2200

_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
_FORMS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
    r"(?:(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.)(?P<year>\d{4})",
    r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[a-z]{3,9})\.? (?P<year>\d{4})",
)


def read_day(text: str) -> date:
    """The day that `text` means, of a month alone its last day. UsageError: no such day, or no day at all."""
    words = " ".join(text.lower().split())
    found = next((match for form in _FORMS if (match := re.fullmatch(form, words, re.ASCII))), None)
    month = _month(found["month"]) if found else None
    if found is None or month is None:
        raise UsageError(f"{text.strip()}: not a day", HOW)
    year = int(found["year"])
    last = monthrange(year, month)[1] if _EARLIEST <= year <= _LATEST and 1 <= month <= 12 else 0
    day = int(found["day"]) if found["day"] else last
    if not 1 <= day <= last:
        raise UsageError(f"{text.strip()}: there is no such day", HOW)
    return date(year, month, day)


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
