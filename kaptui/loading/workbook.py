"""The sheets of a workbook as tables of text, and what is odd in them.

What Excel writes today (.xlsx, .xlsm) is read by `xlsx`; the older and other formats by python-calamine, which tells
neither errors nor formulas without a value from empty cells.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.errors import KaptuiError
from kaptui.loading.cells import Cells, Remark
from kaptui.loading.delimited import plain_copy
from kaptui.loading.findings import LISTED, Severity, Unreadable
from kaptui.loading.header import ABOVE, SAMPLED, Record, above, find_header, kept_columns
from kaptui.loading.xlsx import Cell, NoWorkbook, Row, Workbook, number_text

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ODD = {
    "error": ("cell {} holds an error of Excel", "mend its formula, or empty the cell if the value is unknown"),
    "formula": (
        "cell {} holds a formula whose value was never saved",
        "open the workbook in Excel, let it calculate, and save it",
    ),
}


class Book:
    """A workbook that is open: `sheets` are the names of its sheets, `hidden` those that Excel does not show."""

    def __init__(self, path: Path) -> None:
        """Raises KaptuiError where the file is cut off, protected, or is no workbook."""
        self.path = path
        self._xlsx: Workbook | None = None
        self._other: CalamineWorkbook | None = None
        if _is_xlsx(path):
            try:
                self._xlsx = Workbook(path)
            except NoWorkbook as error:
                raise _unreadable(path, error) from None
            self.sheets = list(self._xlsx.hidden)
            self.hidden = {name for name, hidden in self._xlsx.hidden.items() if hidden}
        else:
            from python_calamine import SheetVisibleEnum

            self._other = _opened(path)
            self.sheets = self._other.sheet_names
            shown = SheetVisibleEnum.Visible
            self.hidden = {each.name for each in self._other.sheets_metadata if each.visible != shown}

    def close(self) -> None:
        """Let go of the file."""
        if self._xlsx:
            self._xlsx.close()

    def cells(  # noqa: PLR0913 - what is known of the sheet, and who is told
        self,
        sheet: str,
        copy: Path,
        known: Collection[str],
        needed: Collection[str] = (),
        *,
        odd_is_empty: bool = False,
        seen: Callable[[int], None] = lambda _: None,
    ) -> Cells:
        """The cells of a sheet, by way of a plain copy. `known` and `needed`: see `find_header`; `seen`: `whole_copy`.

        `odd_is_empty`: errors and formulas without a value leave their cell empty and are errors to tell; else their
        text stands in the cell and a warning tells of them.
        Raises Unreadable for a sheet without a cell, or one whose part of the file is damaged.
        """
        file = f"{self.path.name}, sheet {sheet}"
        told = _Told(odd_is_empty)
        try:
            rows = self._rows(sheet)
            first = list(islice(rows, ABOVE + SAMPLED))
            if not first:
                raise Unreadable("is an empty sheet", "delete it, or give it a header line")
            records = [Record(row.line, row.line + 1, tuple(_spread(row.cells))) for row in first]
            header = find_header(records, known, needed)
            start = records.index(header) + 1
            kept, wide = kept_columns(header.cells, known)
            names = tuple(header.cells[n] for n in kept)
            facts = chain(first[start:], rows)
            numbered = told.numbered(_narrowed(facts, kept) if wide else facts, len(kept))
            cells = plain_copy(numbered, names, file, copy, seen)
        except NoWorkbook as error:
            raise Unreadable(f"cannot be read: {error}", "open the workbook in Excel and save it again") from None
        remarks = (*self._general(sheet), *above(records, header), *wide, *told.remarks())
        return Cells(cells.rows, names, file, False, marked=True, remarks=remarks)

    def _rows(self, sheet: str) -> Iterator[Row]:
        if self._xlsx:
            yield from self._xlsx.rows(sheet)
        elif self._other:
            for line, row in enumerate(self._other.get_sheet_by_name(sheet).to_python(skip_empty_area=False), start=1):
                cells = [Cell(place, "", text) for place, cell in enumerate(row) if (text := _text(cell)).strip()]
                if cells:
                    yield Row(line, False, cells)

    def _general(self, sheet: str) -> Iterator[Remark]:
        if sheet in self.hidden:
            yield Remark("warning", "is a hidden sheet; it is read like the others", "delete it if it is old", "sheet")
        if self._other:
            kind = self.path.suffix.lower()
            problem = f"errors and formulas without a value are read as empty cells from {kind} files"
            yield Remark("warning", problem, "save the workbook as .xlsx to have them told", "sheet")


class _Told:
    """The rows of a sheet as numbered lists of text; on the way it collects what is odd."""

    def __init__(self, odd_is_empty: bool) -> None:
        self.odd_is_empty = odd_is_empty
        self.hidden = 0
        self.odd: list[tuple[int, Cell]] = []
        self.more_odd = 0
        self.zeros: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
        self.outside: list[tuple[int, Cell]] = []

    def numbered(self, rows: Iterator[Row], width: int) -> Iterator[tuple[int, list[str]]]:
        """Every row as so many cells."""
        for row in rows:
            self.hidden += row.hidden
            cells = [""] * width
            for cell in row.cells:
                if cell.column >= width:
                    self.outside.append((row.line, cell))
                    del self.outside[LISTED:]
                    continue
                if cell.odd:
                    self._note(row.line, cell)
                    if self.odd_is_empty and cell.odd in _ODD:
                        continue
                cells[cell.column] = cell.text
            yield row.line, cells

    def _note(self, line: int, cell: Cell) -> None:
        if cell.odd == "zeros":
            self.zeros[cell.column].append((line, cell))
            del self.zeros[cell.column][2:]
        elif len(self.odd) < LISTED:
            self.odd.append((line, cell))
        else:
            self.more_odd += 1

    def remarks(self) -> Iterator[Remark]:
        """What is odd in the rows that were read."""
        severity: Severity = "error" if self.odd_is_empty else "warning"
        for line, cell in self.odd:
            problem, fix = _ODD[cell.odd]
            yield Remark(severity, problem.format(cell.address), fix, "value", line, cell.column, cell.text)
        if self.more_odd:
            yield Remark(severity, f"{self.more_odd:,} more cells hold an error or no value", "", "value")
        for column, found in self.zeros.items():
            line, cell = found[0]
            short = cell.text.lstrip("0")
            problem = (
                f"is {short} in cell {cell.address}, which is shown with zeros in front: the column is read as shown"
            )
            yield Remark("warning", problem, "", "zeros", line, column, cell.text)
        if self.hidden:
            yield Remark("warning", f"{self.hidden:,} hidden rows are read like the others", "", "sheet")
        if self.outside:
            line, cell = self.outside[0]
            which = f"cell {cell.address}" + (f" and {len(self.outside) - 1:,} more" if len(self.outside) > 1 else "")
            yield Remark(
                "warning", f"{which} outside the header's columns: not read", "", "sheet", line, None, cell.text
            )


def _narrowed(rows: Iterator[Row], kept: list[int]) -> Iterator[Row]:
    """The rows with the cells of these columns only, numbered anew."""
    places = {column: place for place, column in enumerate(kept)}
    for row in rows:
        cells = [cell._replace(column=places[cell.column]) for cell in row.cells if cell.column in places]
        if cells:
            yield row._replace(cells=cells)


def _spread(cells: list[Cell]) -> list[str]:
    spread = [""] * (cells[-1].column + 1)
    for cell in cells:
        spread[cell.column] = cell.text
    return spread


def _is_xlsx(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as parts:
            return "xl/workbook.xml" in parts.namelist()
    except PermissionError:
        raise KaptuiError(f"{path} may not be read", "ask for the right to read this file") from None
    except (zipfile.BadZipFile, OSError):
        return False


def _opened(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise KaptuiError(f"{path} is protected by a password", "save it without one") from None
    except (CalamineError, ValueError, OSError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> KaptuiError:
    return KaptuiError(
        f"{path} cannot be read as a workbook: {error}", "open it in Excel and save it again, or save CSV files"
    )


def _text(cell: object) -> str:
    """A cell as CSV would write it: whole numbers without a point, days without midnight."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
