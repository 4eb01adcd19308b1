"""Excel workbooks, read from their XML row by row: only so are errors, formulas without a value and formats seen.

Memory is bounded by what a row holds and by the workbook's texts, not by the range that Excel believes to be used.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree

from kaptui.loading.cells import NUMBER

_DATED = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The number formats built into Excel that show days and times."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its column (A is 0), its address, its text as CSV would hold it, and what is odd about it.

    `odd`: "error" (text is Excel's word for it), "formula" (no value was saved; text is the formula) or "zeros" (shown
    by its format with leading zeros that it does not hold; text is what is shown).
    """

    column: int
    address: str
    text: str
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its filled cells in order of columns."""

    line: int
    hidden: bool
    cells: list[Cell]


class NoWorkbook(Exception):
    """The file is not what Excel writes; never leaves this package."""


class Workbook:
    """A workbook: the names of its sheets, which are hidden, and their rows."""

    def __init__(self, path: Path) -> None:
        """Raises NoWorkbook where the file is damaged or holds something else."""
        with _guarded():
            self._parts = zipfile.ZipFile(path)
            root = PurePosixPath("xl")
            relations = {
                each.get("Id"): (root / (each.get("Target") or "")).as_posix().removeprefix("/")
                for each in self._tree("xl/_rels/workbook.xml.rels")
            }
            book = self._tree("xl/workbook.xml")
            self._from_1904 = any(
                each.get("date1904") in {"1", "true"} for each in book if _local(each.tag) == "workbookPr"
            )
            sheets = [sheet for part in book if _local(part.tag) == "sheets" for sheet in part]
        self.hidden = {sheet.get("name", ""): sheet.get("state", "visible") != "visible" for sheet in sheets}
        self._places = {
            sheet.get("name", ""): relations.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
            for sheet in sheets
        }

    def close(self) -> None:
        """Let go of the file."""
        self._parts.close()

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold anything. Raises NoWorkbook where its part is damaged."""
        with _guarded(), self._parts.open(self._places[sheet]) as part:
            yield from self._rows(part)

    def _rows(self, part: IO[bytes]) -> Iterator[Row]:
        line = 0
        row_tag, parent = "", None
        for event, element in ElementTree.iterparse(part, ("start", "end")):
            if event == "start":
                if parent is None and _local(element.tag) == "sheetData":
                    parent, row_tag = element, element.tag.removesuffix("sheetData") + "row"
                continue
            if element.tag != row_tag:
                continue
            line = int(element.get("r") or line + 1)
            if len(element) and (cells := self._cells(element, line)):
                yield Row(line, element.get("hidden") in {"1", "true"}, cells)
            if parent is not None:
                parent.clear()

    def _cells(self, row: ElementTree.Element, line: int) -> list[Cell]:
        found: list[Cell] = []
        place = -1
        for each in row:
            if not len(each):
                place = _column(address) if (address := each.get("r")) else place + 1
                continue
            address = each.get("r") or ""
            place = _column(address) if address else place + 1
            value, formula = None, None
            for part in each:
                tag = part.tag[-2:]
                if tag == "}v":
                    value = part.text
                elif tag == "}f":
                    formula = part.text or ""
                elif tag == "is":
                    value = _text(part)
            text, odd = self._read(each.get("t", "n"), value, formula, each.get("s"))
            if text.strip():
                found.append(Cell(place, address or f"in line {line}", text, odd))
        return found

    def _read(self, kind: str, value: str | None, formula: str | None, style: str | None) -> tuple[str, str]:  # noqa: PLR0911
        """The text of a cell, and what is odd about it."""
        if kind == "s":
            return self._texts[int(value or 0)], ""
        if kind == "e":
            return value or "#ERROR", "error"
        if not value:
            return (f"={formula}", "formula") if formula is not None and kind != "str" else ("", "")
        if kind in {"inlineStr", "str"}:
            return _unescaped(value), ""
        if kind == "b":
            return ("true" if value.strip() == "1" else "false"), ""
        if kind == "d":
            return value.removesuffix("T00:00:00").replace("T", " "), ""
        shown = self._formats[int(style)] if style and int(style) < len(self._formats) else 0
        if shown == 0 and value.isdecimal() and len(value) < 15:
            return value, ""
        number = float(value)
        if shown < 0:
            return _moment(number, self._from_1904), ""
        text = number_text(number)
        if shown and text.isdecimal() and len(text) < shown:
            return text.zfill(shown), "zeros"
        return text, ""

    @cached_property
    def _texts(self) -> list[str]:
        """The texts that cells refer to by number."""
        texts: list[str] = []
        if "xl/sharedStrings.xml" not in self._parts.namelist():
            return texts
        with self._parts.open("xl/sharedStrings.xml") as part:
            root = None
            for event, element in ElementTree.iterparse(part, ("start", "end")):
                root = element if root is None else root
                if event == "end" and _local(element.tag) == "si":
                    texts.append(_text(element))
                    root.clear()
        return texts

    @cached_property
    def _formats(self) -> list[int]:
        """What each style shows of a number: -1 days or times, n > 0 at least so many digits, 0 anything else."""
        if "xl/styles.xml" not in self._parts.namelist():
            return []
        styles = self._tree("xl/styles.xml")
        parts = {_local(part.tag): part for part in styles}
        codes = {each.get("numFmtId"): each.get("formatCode", "") for each in parts.get("numFmts", ())}
        return [
            _shows(int(each.get("numFmtId", "0")), codes.get(each.get("numFmtId"), ""))
            for each in parts.get("cellXfs", ())
        ]

    def _tree(self, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._parts.read(part))


@contextmanager
def _guarded() -> Iterator[None]:
    """What a damaged file raises becomes one kind of error."""
    try:
        yield
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, IndexError, ValueError, EOFError, OSError) as error:
        raise NoWorkbook(str(error)) from None
    except (NotImplementedError, RuntimeError) as error:  # a compression or a protection that zipfile does not know
        raise NoWorkbook(str(error)) from None


def number_text(number: float) -> str:
    """A number as a cell of text: whole ones without a point, others marked as numbers."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    return text if "e" in text or "n" in text else text + NUMBER


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


@cache
def _letters(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _column(address: str) -> int:
    return _letters(address.rstrip("0123456789").upper())


def _text(element: ElementTree.Element) -> str:
    """The text of a shared or inline string, without its readings (rPh)."""
    found = []
    for part in element:
        name = _local(part.tag)
        if name == "t":
            found.append(part.text or "")
        elif name == "r":
            found += [each.text or "" for each in part if _local(each.tag) == "t"]
    return _unescaped("".join(found))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _shows(number: int, code: str) -> int:
    if number in _DATED:
        return -1
    plain = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]', "", code.split(";", maxsplit=1)[0])
    if code.lower() != "general" and re.search("[dmyhsDMYHS]", plain):
        return -1
    return len(code) if re.fullmatch("0{2,}", code) else 0


def _moment(number: float, from_1904: bool) -> str:
    """A number by which Excel counts days, as text: a day, a moment, or a time of day."""
    if 0 <= number < 1 and not from_1904:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(number * 86400) % 86400)).time().isoformat()
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    if not -600_000 < number < 2_900_000:
        return number_text(number)
    moment = start + timedelta(days=int(number // 1), seconds=round(number % 1 * 86400))
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
