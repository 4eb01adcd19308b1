"""Values as text for a terminal: numbers, money, days.

Every number is rounded half up from its exact value, and rounding never makes it look like something it is
not: a tiny loss is no "-0.0m", 99.6 % is not "100 %". Unknown (None, not a number, infinite) is "n/a".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

from kaptui.text.cells import clean

if TYPE_CHECKING:
    from kaptui.views import Kind

UNKNOWN = "n/a"
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ANY_SIZE = Context(prec=400)  # the largest float has 309 digits

# Amounts below the limit are written in this unit, with so many decimals.
_STEPS = (
    (Decimal("1e3"), Decimal(1), "", 0),
    (Decimal("1e4"), Decimal("1e3"), "k", 1),
    (Decimal("1e5"), Decimal("1e3"), "k", 0),
    (Decimal("1e6"), Decimal("1e6"), "m", 2),
    (Decimal("1e9"), Decimal("1e6"), "m", 1),
    (Decimal("Infinity"), Decimal("1e9"), "bn", 1),
)

Value = int | float | Decimal
"""A number as a frame holds it."""


def _exact(value: Value | None) -> Decimal | None:
    number = None if value is None else Decimal(value)
    return number if number is not None and number.is_finite() else None


def _round(number: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding, _ANY_SIZE)


def _fixed(number: Decimal, places: int, signed: bool = False, rounding: str = ROUND_HALF_UP) -> str:
    """Rounded to `places` decimals; a zero has no sign."""
    rounded = _round(number, places, rounding)
    if rounded.is_zero():
        rounded = abs(rounded)
    plus = "+" if signed and rounded > 0 else ""
    return f"{plus}{rounded:f}"


def _short(number: Decimal, places: int, signed: bool) -> str:
    """Like `_fixed`, without trailing zeros."""
    text = _fixed(number, places, signed)
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Value | None, currency: str = "", signed: bool = False) -> str:
    """An amount in at most four digits: 843, 8.4k, 84k, 0.62m, 14.1m, 1.2bn; `signed` writes the plus."""
    number = _exact(value)
    if number is None:
        return UNKNOWN
    text = _compact(number, signed)
    return f"{currency} {text}" if currency else text


def money_apart(one: Value, other: Value) -> tuple[str, str]:
    """Two amounts as `money` writes them, in so many more digits that they differ: 1.762m and 1.763m."""
    first, second = Decimal(one), Decimal(other)
    unit, name, places = _step(max(first, second, key=abs))
    for more in range(places, places + 9):
        texts = [f"{_fixed(number / unit, more)}{name}" for number in (first, second)]
        if texts[0] != texts[1]:
            break
    return texts[0], texts[1]


def _compact(number: Decimal, signed: bool) -> str:
    unit, name, places = _step(number)
    write = _short if places == 2 else _fixed
    return f"{write(number / unit, places, signed)}{name}"


def _step(number: Decimal) -> tuple[Decimal, str, int]:
    """The unit of an amount, its letter, and how many decimals it has.

    A step holds as long as the rounded amount stays below it: 999,999 is "1.0m", not "1000k".
    """
    return next(
        (unit, name, places)
        for limit, unit, name, places in _STEPS
        if abs(_round(number / unit, places)) * unit < limit
    )


def share(value: Value | None, signed: bool = False) -> str:
    """A fraction as per cent: 0.41 is "41 %", 0.074 is "7.4 %"."""
    number = _exact(value)
    return UNKNOWN if number is None else f"{_of_hundred(number * 100, signed)} %"


def points(value: Value | None) -> str:
    """A difference of two fractions in percentage points: -0.179 is "-17.9 points"."""
    number = _exact(value)
    return UNKNOWN if number is None else f"{_fixed(number * 100, 1, signed=True)} points"


def index(value: Value | None, signed: bool = False) -> str:
    """An index of 0..100, or a change of one (`signed`), in whole points."""
    number = _exact(value)
    if number is None:
        return UNKNOWN
    return _short(number, 1, signed) if abs(number) < 1 else _whole(number, signed)


def _of_hundred(number: Decimal, signed: bool) -> str:
    if number.is_zero():
        return "0"
    return _fixed(number, 1, signed) if abs(number) < Decimal("9.95") else _whole(number, signed)


def _whole(number: Decimal, signed: bool) -> str:
    """Whole, but a 100 is only written where it is one (within the noise of adding floats)."""
    off = abs(number) - 100
    if abs(off) >= Decimal("0.5") or abs(off) < Decimal("1e-7"):
        return _fixed(number, 0, signed)
    if abs(off) < Decimal("0.05"):
        return _fixed(number, 1, signed, ROUND_DOWN if off < 0 else ROUND_UP)
    return _fixed(number, 1, signed)


def number(value: Value | None) -> str:
    """A plain number with up to two decimals."""
    exact = _exact(value)
    return UNKNOWN if exact is None else _short(exact, 2, signed=False)


def direction(change: Value | None) -> str:
    """Better or worse in words; zero is "unchanged", unknown is empty."""
    exact = _exact(change)
    if exact is None:
        return ""
    return "unchanged" if exact.is_zero() else "better" if exact > 0 else "worse"


def moved(change: Value | None) -> str:
    """A change of an index with its direction: "-4 worse", "unchanged"; unknown is empty."""
    return f"{index(change, signed=True)} {direction(change)}" if change else direction(change)


def day(value: date | None) -> str:
    """A day: "2 Oct 2026"."""
    return UNKNOWN if value is None else f"{value.day} {month(value)}"


def month(value: date) -> str:
    """A month: "Oct 2026"."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def age(days: int | None) -> str:
    """How long ago: "3 days", "today", "in 2 days"."""
    if days is None:
        return UNKNOWN
    if days == 0:
        return "today"
    return count("day", days) if days > 0 else f"in {count('day', -days)}"


def count(noun: str, n: int, plural: str = "") -> str:
    """A number with its noun: "1 account", "24 accounts"."""
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelled(n: int) -> str:
    """A small number as a word: "three"; from eleven on in digits."""
    return _SPELLED[n] if 0 <= n < len(_SPELLED) else str(n)


def of(part: int | None, whole: int | None) -> str:
    """A count with its base: "9 of 24"."""
    return UNKNOWN if part is None or whole is None else f"{part} of {whole}"


def listed(parts: Iterable[str]) -> str:
    """The parts that say something, separated by commas."""
    return ", ".join(part for part in parts if part)


def short_name(name: str) -> str:
    """A leader in a sentence: "R. Lind"."""
    first, _, last = clean(name).strip().rpartition(" ")
    return f"{first[:1]}. {last}" if first else last


def show(value: Any, kind: Kind, currency: str = "") -> str:  # noqa: PLR0911 - one line per kind
    """A value of a frame as a terminal shows it, by its column's kind. Text comes out clean."""
    if value is None:
        return UNKNOWN
    match kind:
        case "money":
            return money(value, currency)
        case "share":
            return share(value)
        case "index":
            return index(value)
        case "number":
            return number(value)
        case "integer":
            return str(value)
        case "date":
            return day(value)
        case "flag":
            return "yes" if value else "no"
        case "text":
            return clean(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def to_the_unit(value: Any, kind: Kind, *, upwards: bool = False) -> str:
    """A number of an explanation, money to the unit: whoever looks into the file must find it.

    A need (`upwards`) is never rounded down.
    """
    if value is None:
        return UNKNOWN
    if kind == "money":
        whole = Decimal(value).quantize(Decimal(1), ROUND_CEILING if upwards else ROUND_HALF_UP)
        return f"{whole if whole else abs(whole):,}"
    if kind == "integer":
        return str(int(value))
    return show(value, kind) if kind != "text" else ""
