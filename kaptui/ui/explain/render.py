"""An explanation as lines of text: the number, its rule, what lifts it, what goes into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from rich.cells import cell_len

from kaptui.text import clean, day, month
from kaptui.text.format import to_the_unit
from kaptui.ui.text import cut, left, right

if TYPE_CHECKING:
    import polars as pl

Part = Literal["head", "title", "words", "lift", "input", "source"]
"""What a line is, for the style sheet."""

Line = list[tuple[Part, str]]
_Row = Mapping[str, Any]

VALUE_WIDTH = 14
SIDE_BY_SIDE = 60
"""Columns from which an input's words stand beside its value."""


def explained(frame: pl.DataFrame, width: int) -> list[Line]:
    """The rows of an explanation in lines of at most `width` cells."""
    rows: list[_Row] = list(frame.iter_rows(named=True))
    return [*_head(rows, width), *_rule(rows, width), *_lifts(rows, width), *_inputs(rows, width)]


def as_text(line: Line) -> str:
    """A line without its styles."""
    return "".join(text for _, text in line).rstrip()


def _head(rows: list[_Row], width: int) -> Iterator[Line]:
    for row in _of(rows, "value"):
        words = f"{row['label']}: {row['words']}"
        text = words if row["kind"] == "text" else _joined(f"{row['label']}: {_number(row)}", row["words"])
        yield from (_line("head", line) for line in _fold(text, width))


def _rule(rows: list[_Row], width: int) -> Iterator[Line]:
    for title, part in (("Rule", "rule"), ("Note", "note")):
        for row in _of(rows, part):
            for place, line in enumerate(_fold(row["words"] or "", width - 6)):
                yield [("words", f"{title if place == 0 else '':<6}{line}")]


def _lifts(rows: list[_Row], width: int) -> Iterator[Line]:
    lifts = _of(rows, "lift")
    if lifts:
        yield [("title", "")]
        yield [("title", "What lifts it")]
    for row in lifts:
        amount = "" if row["value"] is None else f": {_number(row, upwards=True)}"
        if row["kind"] == "date" and day(row["on_date"]) not in (row["words"] or ""):
            amount = f": {day(row['on_date'])} or after"
        for place, line in enumerate(_fold(_joined(f"{row['label']}{amount}", row["words"]), width - 2)):
            yield [("lift", f"{'+ ' if place == 0 else '  '}{line}")]


def _inputs(rows: list[_Row], width: int) -> Iterator[Line]:
    inputs = _of(rows, "input")
    if inputs:
        yield [("title", "")]
        yield [("title", "What goes into it")]
    beside = width >= SIDE_BY_SIDE
    widest = max((cell_len(clean(row["label"])) for row in inputs), default=0)
    label = min(widest, width // 3 if beside else width - VALUE_WIDTH - 1)
    indent = label + VALUE_WIDTH + 2 if beside else 2
    for row in inputs:
        number = "" if row["kind"] == "text" else _number(row)
        start = left(clean(row["label"]), label) + right(number, VALUE_WIDTH)
        lines = _fold(row["words"] or "", width - indent)
        lines = [f"{start}  {lines[0]}" if beside else start, *(" " * indent + line for line in lines[beside:] if line)]
        yield from (_line("input", line) for line in lines[:-1])
        yield from _with_source(lines[-1], _where(row), width, indent)


def _with_source(line: str, where: str, width: int, indent: int) -> Iterator[Line]:
    """A line and where its fact stands: beside it if there is room, else below."""
    room = width - cell_len(line) - 2
    if cell_len(clean(where)) <= room:
        yield [("input", line), ("source", right(clean(where), room + 2))]
        return
    yield [("input", line)]
    yield from (_line("source", " " * indent + part) for part in _fold(where, width - indent))


def _where(row: _Row) -> str:
    """Date and source; the date only where the label does not say the month."""
    on_date = row["on_date"]
    in_label = on_date is None or month(on_date) == row["label"]
    return ", ".join(part for part in ("" if in_label else day(on_date), row["source"] or "") if part)


def _line(part: Part, text: str) -> Line:
    return [(part, text)]


def _of(rows: list[_Row], part: str) -> list[_Row]:
    return [row for row in rows if row["part"] == part]


def _joined(start: str, words: str | None) -> str:
    return f"{start}; {words}" if words else start


def _number(row: _Row, upwards: bool = False) -> str:
    return to_the_unit(row["value"], row["kind"], upwards=upwards)


def _fold(text: str, width: int) -> list[str]:
    """The text broken at blanks; a word that is too long is broken too. At least one line."""
    lines, rest = [], clean(text).strip()
    width = max(width, 8)
    while cell_len(rest) > width:
        head = cut(rest, width + 1).removesuffix("…")
        at = head.rfind(" ")
        line = head[:at] if at > 0 else head
        lines.append(line)
        rest = rest[len(line) :].strip()
    return [*lines, rest]
