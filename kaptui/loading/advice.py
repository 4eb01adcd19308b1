"""What is wrong with a cell or a name, and what to write instead: advice that is right for the column it stands in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice

from kaptui.common.did_you_mean import nearest
from kaptui.facts.schema import SchemaColumn, SchemaTable
from kaptui.loading.casting import is_dated, is_numeric, is_whole
from kaptui.loading.dictionary import between, example

Advice = tuple[str, str]
"""What is wrong, and how to mend it."""

_SERIAL = re.compile(r"\d{5}([.,]\d+)?")
_SERIAL_OF_A_DAY = range(20_000, 73_051)
"""The serial numbers of 1954 to 2099: other numbers are no days that somebody meant."""
_DAY_ZERO = date(1899, 12, 30)
_NUMBER = re.compile(r"[+-]?(?P<whole>[\d.,'’ \u00a0\u202f]*?)(?P<decimals>[.,]\d*)?(?P<power>[eE][+-]?\d+)?")
_PERCENT = re.compile(r"([+-]?\d+(?:[.,]\d+)?) ?%")
_DIGITS = {"TINYINT": 3, "INTEGER": 10, "BIGINT": 19, "DOUBLE": 17}
"""From so many digits on a number is too large for its column."""
_NAMED = 8
"""So many columns that are not read are named, the rest is counted."""


def cell_advice(table: SchemaTable, column: SchemaColumn, value: str) -> Advice:
    """About a cell that is not what its column must be."""
    text = value.strip()
    if is_dated(column):
        return _about_a_day(table, column, text)
    if is_numeric(column):
        return _about_a_number(table, column, text)
    return "is neither true nor false", "write true or false"


def range_advice(value: str, low: str, high: str) -> Advice:
    """About a number outside the range of its column."""
    fix = f"write a number from {low} to {high}"
    if (low, high) == ("0", "1") and 1 < float(value) <= 100:
        fix = f"write {float(value) / 100:g} for {float(value):g} %"
    return f"is outside {low} to {high}", fix


def _about_a_day(table: SchemaTable, column: SchemaColumn, text: str) -> Advice:
    wanted = example(table, column)
    if _SERIAL.fullmatch(text) and int(text[:5]) in _SERIAL_OF_A_DAY:
        day = _DAY_ZERO + timedelta(days=int(text[:5]))
        meant = day.replace(day=1) if wanted.endswith("-01") and column.name == "period_start" else day
        return f"is a number: in Excel it stands for {day}", f"format the column as a date in Excel, or write {meant}"
    return "is not a date between 1900 and 2199", f"write it as {wanted}"


def _about_a_number(table: SchemaTable, column: SchemaColumn, text: str) -> Advice:
    wanted, limits = example(table, column), between(table, column)
    if limits and is_whole(column):
        low, high = limits
        outside = re.fullmatch(r"[+-]?\d+", text)
        return f"is {f'outside {low} to {high}' if outside else 'not a whole number'}", f"write {_choice(low, high)}"
    if percent := _PERCENT.fullmatch(text):
        share = float(percent[1].replace(",", ".")) / 100
        return "is not a number", f"write {share:g} for {percent[1]} %" if limits else f"write it as {wanted}"
    if _is_too_large(column, text):
        return "is too large a number for this column", "check its digits and separators: one cell holds one number"
    kind = "a whole number" if is_whole(column) else "a number"
    return f"is not {kind}", f"write it as {wanted}" + ("" if is_whole(column) else ", without a unit")


def _choice(low: str, high: str) -> str:
    """1 to 3 is "1, 2 or 3"; a longer range is told by its ends."""
    numbers = [str(number) for number in range(int(low), int(high) + 1)]
    return f"{', '.join(numbers[:-1])} or {numbers[-1]}" if len(numbers) <= 5 else f"a number from {low} to {high}"


def _is_too_large(column: SchemaColumn, text: str) -> bool:
    """It is written as a number, and only its size keeps it from being read."""
    number = _NUMBER.fullmatch(text)
    if number is None or not re.search(r"\d", text):
        return False
    if number["power"] and number["power"][1:].lstrip("+") > "":
        return not number["power"][1:].startswith("-")
    digits = len(re.sub(r"\D", "", number["whole"]).lstrip("0"))
    if decimal := re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", column.type):
        return digits > int(decimal[1]) - int(decimal[2])
    return digits >= _DIGITS[column.type]


def unknown_columns(
    table: SchemaTable, names: Mapping[str, str], found: Collection[str]
) -> Sequence[tuple[str, Advice]]:
    """About columns that the table does not have: `names` maps each as the schema would spell it to its own spelling.

    Those that may be meant for a column not among `found` are told one by one, the others in one line; many are one
    line altogether.
    """
    free = [column for column in table.columns if column not in found]
    meant = {text: nearest(name, free) for name, text in islice(names.items(), _NAMED)} if free else {}
    alone = [(text, guess) for text, guess in meant.items() if guess] if len(names) <= _NAMED else []
    told = [
        (text, (f"table {table.name} has no such column, it is not read", f"did you mean {guess}?"))
        for text, guess in alone
    ]
    rest = [text for text in names.values() if text not in dict(alone)]
    if len(rest) == 1:
        words = f"table {table.name} has no such column, it is not read", f"its columns: {', '.join(table.columns)}"
        return [*told, (rest[0], words)]
    if rest:
        more = f" and {len(rest) - _NAMED:,} more" if len(rest) > _NAMED else ""
        guesses = "".join(f"; did you mean {guess} by {text}?" for text, guess in meant.items() if guess and not alone)
        words = (
            f"{len(rest):,} columns are not read, table {table.name} has none of that name: "
            f"{', '.join(rest[:_NAMED])}{more}",
            f"its columns: {', '.join(table.columns)}{guesses}",
        )
        told.append(("", words))
    return told
