"""A workbook for reading: sheets with headings, number formats, widths and colours, and one that says about what.

It knows cells and nothing of questions; `sheets` says what stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Literal

from kaptui.errors import KaptuiError
from kaptui.text import clean, width
from kaptui.views import Kind, State

if TYPE_CHECKING:
    import polars as pl
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format as Style
    from xlsxwriter.worksheet import Worksheet

CellKind = Kind | Literal["points", "change", "month"]
"""How a column is meant. points: a difference of fractions, written as points; change: a difference of an index."""

ABOUT = "About"
ROWS = 1_048_576
LETTERS = 32_767

Draw = Callable[["Workbook", "Worksheet", "Styles"], None]
"""What draws a sheet of its own, with charts, into a workbook."""

NUMBERS: Mapping[CellKind, str] = {
    "money": "#,##0",
    "share": "0.0%",
    "index": "0.0",
    "integer": "0",
    "points": "+0.0;-0.0;0.0",
    "change": "+0.0;-0.0;0.0",
    "date": "d mmm yyyy",
    "month": "mmm yyyy",
}
INKS: Mapping[State, tuple[str, str]] = {
    "good": ("#1B5E20", "#E3F1E4"),
    "warn": ("#7A4F00", "#FFF0CC"),
    "bad": ("#9C0006", "#FBDDDD"),
    "muted": ("#767676", ""),
}
"""Ink and ground of a state; what it says stands in the cell as a number or a word as well."""

_FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was; earlier days are written as text
_NARROW, _WIDE = 9, 60
_MEASURED = 2_000  # rows that the width of a column is measured over
_USUAL = 0.95  # of the texts in a column
_NAME = 31
_NO_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet: the column of its frame, its heading, how it is meant, its text in words.

    `states` says for each row what its colour would say; empty for a column without. `amounts` are the amounts of money
    that a column of texts tells in some rows: there the cell holds the number.
    """

    name: str
    heading: str
    kind: CellKind
    words: Callable[[str], str] | None = None
    states: Sequence[State] = ()
    amounts: Sequence[float | None] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One sheet: rows under their headings; the first `fixed` columns stay put when scrolling."""

    title: str
    rows: pl.DataFrame
    columns: tuple[SheetColumn, ...]
    fixed: int = 1


def workbook(
    sheets: Sequence[Sheet],
    about: Sequence[Sequence[object]],
    *,
    opening: Sequence[tuple[str, Draw]] = (),
    closing: Sequence[tuple[str, Draw]] = (),
) -> bytes:
    """The sheets in their order, then "About" with `about` as its lines; an empty line before a line makes it a head.

    `opening` and `closing` are drawn before and after the sheets, each under its name. Texts are texts, whatever they
    begin with. Equal sheets are equal bytes. KaptuiError: Excel cannot hold them.
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # else the clock would be in the bytes
        styles = Styles(book)
        titles = [title for title, _ in opening] + [sheet.title for sheet in sheets] + [title for title, _ in closing]
        draws: list[Draw] = [draw for _, draw in opening]
        draws += [partial(_draw_sheet, sheet) for sheet in sheets]
        draws += [draw for _, draw in closing]
        for name, draw in zip(sheet_names(titles), draws, strict=True):
            draw(book, book.add_worksheet(name), styles)
        _write_about(book.add_worksheet(ABOUT), about, styles)
    return buffer.getvalue()


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Names that Excel takes: short, without the signs of a reference, none twice in any case."""
    names: list[str] = []
    given = {ABOUT.casefold(), "history"}  # the second Excel keeps for itself
    for title in titles:
        base = _NO_NAME.sub(" ", clean(title)).strip("' ") or "Sheet"
        name, number = _cut(base, _NAME), 1
        while name.casefold() in given:
            number += 1
            name = f"{_cut(base, _NAME - 1 - len(str(number)))} {number}"
        given.add(name.casefold())
        names.append(name)
    return names


def _cut(name: str, room: int) -> str:
    """The name in as many UTF-16 units: Excel counts those."""
    return name.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore").strip("' ")


class Styles:
    """The cell styles of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Style] = {}

    def of(self, **wanted: Any) -> Style:
        """The style with these properties, at the top of its cell."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **wanted})
        return self._made[key]

    def cell(self, number: str, state: State = "", wrap: bool = False) -> Style:
        """The style of a cell: its number format, the colours of its state."""
        wanted: dict[str, Any] = {"num_format": number} if number else {}
        if state:
            ink, ground = INKS[state]
            wanted |= {"font_color": ink, **({"bg_color": ground} if ground else {})}
        return self.of(**wanted, **({"text_wrap": True} if wrap else {}))


def _draw_sheet(given: Sheet, _: Workbook, sheet: Worksheet, styles: Styles) -> None:
    rows = given.rows.height
    if rows >= ROWS:
        raise KaptuiError(f"{rows} rows: an Excel sheet holds {ROWS - 1}", "export csv or parquet")
    for place, column in enumerate(given.columns):
        _write_column(sheet, place, column, given.rows[column.name].to_list(), styles)
    sheet.freeze_panes(1, given.fixed)
    if given.columns:
        sheet.autofilter(0, 0, rows, len(given.columns) - 1)
    for_paper(sheet)
    sheet.repeat_rows(0)


def _write_column(sheet: Worksheet, place: int, column: SheetColumn, values: Sequence[Any], styles: Styles) -> None:
    head = styles.of(bold=True, text_wrap=True, bottom=1, bg_color="#EEF1F4", align=_side(column.kind))
    write_cell(sheet, 0, place, column.heading, head)
    number = _number_format(column.kind, values)
    shown = [_shown(value, column) for value in values]
    room = _room(column, shown)
    style = cache(partial(styles.cell, number))
    for row, value in enumerate(shown):
        state: State = column.states[row] if column.states else ""
        amount = column.amounts[row] if column.amounts else None
        if amount is not None:
            write_cell(sheet, row + 1, place, amount, styles.cell(NUMBERS["money"], state))
            continue
        if value is None and not state:
            continue
        wrap = isinstance(value, str) and (len(value) > room or "\n" in value)
        write_cell(sheet, row + 1, place, value, style(state, wrap))
    sheet.set_column(place, place, room)


def _side(kind: CellKind) -> str:
    return "left" if kind in ("text", "date", "month", "flag") else "right"


def _number_format(kind: CellKind, values: Sequence[Any]) -> str:
    """How Excel writes the numbers of a column: whole where all are, money with cents where it is small."""
    numbers = [value for value in values if isinstance(value, float | int) and not isinstance(value, bool)]
    if kind == "number":
        return "0" if all(value == int(value) for value in numbers) else "0.0#"
    if kind == "money" and numbers and max(map(abs, numbers)) < 100:
        return "#,##0.00"
    if kind == "date" and any(isinstance(value, datetime) for value in values):
        return "d mmm yyyy hh:mm"
    return NUMBERS.get(kind, "")


def _shown(value: Any, column: SheetColumn) -> Any:
    """What is written into a cell: the value, a difference of shares as points, a code in words."""
    match value:
        case str() if column.words is not None:
            return column.words(value)
        case bool() | str() | None:
            return value
        case float() | int() if column.kind == "points":
            return round(value * 100, 10)
        case date() if (value.date() if isinstance(value, datetime) else value) < _FIRST_DAY:
            return value.isoformat()
    return value


def _room(column: SheetColumn, values: Sequence[Any]) -> int:
    """The width of a column in letters: of its values, its heading in two lines, and never a whole screen.

    A number is never cut; texts that are longer than most of their column stand in several lines.
    """
    heading = clean(column.heading)
    letters = sorted(_letters(value, column.kind) for value in values[:_MEASURED])
    most = _USUAL if column.kind == "text" else 1
    longest = letters[int(most * (len(letters) - 1))] if letters else 0
    word = max(map(width, heading.split()), default=0) + 3  # the arrow of the filter
    return max(_NARROW, min(_WIDE, max(longest + 1, word, ceil(width(heading) / 2) + 3)))


def _letters(value: Any, kind: CellKind) -> int:
    match value:
        case None:
            return 0
        case bool():
            return 5
        case float() | int():
            return len(f"{value:,.0f}") + (0 if kind in ("money", "integer") else 4)
        case datetime():
            return 17
        case date():
            return 11
    return max(map(width, str(value).split("\n")))


def _write_about(sheet: Worksheet, lines: Sequence[Sequence[object]], styles: Styles) -> None:
    head, label = styles.of(bold=True, bottom=1, bg_color="#EEF1F4"), styles.of(bold=True)
    body, day = styles.of(text_wrap=True, align="left"), styles.of(num_format=NUMBERS["date"], align="left")
    before: Sequence[object] = ("",)
    for row, line in enumerate(lines):
        for place, value in enumerate(line):
            style = head if not before else label if place == 0 else day if isinstance(value, date) else body
            write_cell(sheet, row, place, value, style)
        before = line
    for place, room in enumerate((24, 48, 48, 9, 24, 40)):
        sheet.set_column(place, place, room)
    for_paper(sheet)


def for_paper(sheet: Worksheet) -> None:
    """A4 across, as many pages as it takes and none beside another."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")


def fixed_cell(row: int, column: int) -> str:
    """The cell as a formula names it, wherever that stands: `$B$3`."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def write_cell(sheet: Worksheet, row: int, column: int, value: object, style: Style) -> None:
    """Write one cell: a number or a day as such, every text as text. KaptuiError: it is too long for a cell."""
    match value:
        case None | "":
            sheet.write_blank(row, column, None, style)
        case bool():
            sheet.write_boolean(row, column, value, style)
        case int() | float():
            sheet.write_number(row, column, value, style)
        case date():
            sheet.write_datetime(row, column, value, style)
        case _:
            text = str(value).encode("utf-8", "backslashreplace").decode()
            if len(text) > LETTERS:
                raise KaptuiError(
                    f"row {row}: a text of {len(text)} letters, Excel takes {LETTERS}", "export csv or parquet"
                )
            sheet.write_string(row, column, text, style)
