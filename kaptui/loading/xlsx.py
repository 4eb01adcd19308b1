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
from functools import cache, cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple
from xml.etree import ElementTree

from kaptui.loading.cells import NUMBER

_DATED = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The number formats built into Excel that show days and times."""
_DATA = re.compile(rb"<((?:\w+:)?)sheetData((?:\s[^>]*)?/?)>")
_PIECE = 1 << 20
_ROW = re.compile(r'\s*<row r="(\d+)"(?: [\w:]+="[^"<>&/]*")*')
_HIDDEN = ' hidden="1"'
_CELLS = re.compile(
    r'<c r="([A-Z]{1,3})(\d+)"(?: s="(\d+)")?(?: t="(\w+)")?'
    r"(?:/>|>(?:(?:<f[^<>]*>[^<>]*</f>|<f[^<>]*/>)?<v>([^<>&\r]+)</v>|<is><t[^<>/]*>([^<>&\r]*)</t></is>)</c>)"
)
"""A cell with a value, or an empty one, as Excel writes it."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Cell(NamedTuple):
    """A filled cell: its column (A is 0), its address, its text as CSV would hold it, and what is odd about it.

    `odd`: "error" (text is Excel's word for it), "formula" (no value was saved; text is the formula) or "zeros" (shown
    by its format with leading zeros that it does not hold; text is what is shown).
    """

    column: int
    address: str
    text: str
    odd: str = ""


class Row(NamedTuple):
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
        for piece in _pieces(part):
            for text in piece.rows:
                opening, _, body = text.partition(">")
                cells = _CELLS.findall(body)
                plain = _ROW.fullmatch(opening)
                if plain and len(cells) == body.count("<c ") == body.count("<c"):
                    line = int(plain[1])
                    if found := self._plain_cells(cells):
                        yield Row(line, _HIDDEN in opening, found)
                    continue
                for row in piece.parsed(text):
                    line = int(row.get("r") or line + 1)
                    if found := self._cells(row):
                        yield Row(line, row.get("hidden") in {"1", "true"}, found)

    def _plain_cells(self, cells: list[tuple[str, ...]]) -> list[Cell]:
        found: list[Cell] = []
        for letters, digits, style, kind, value, inline in cells:
            if not value and not inline:
                continue
            text, odd = self._read(kind or "n", value or inline, None, style)
            if text and not text.isspace():
                found.append(Cell(_column(letters), letters + digits, text, odd))
        return found

    def _cells(self, row: ElementTree.Element) -> list[Cell]:
        found: list[Cell] = []
        place = -1
        for each in row:
            address = each.get("r", "")
            place = _column(address.rstrip("0123456789")) if address else place + 1
            value, formula = None, None
            for part in each:
                tag = part.tag[-2:]
                if tag == "}v":
                    value = part.text
                elif tag == "}f":
                    formula = part.text or ""
                elif tag == "is":
                    value = _text(part)
            if value is None and formula is None:
                continue
            text, odd = self._read(each.get("t", "n"), value, formula, each.get("s"))
            if text and not text.isspace():
                found.append(Cell(place, address, text, odd))
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
            return _moment(number, from_1904=self._from_1904), ""
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some rows of a sheet: the text of each up to its end, and what to set around it to make it a sheet."""

    rows: list[str]
    before: str
    after: str

    def parsed(self, row: str) -> list[ElementTree.Element]:
        """The row's text as XML; an empty row may stand before it."""
        sheet = ElementTree.fromstring(self.before + row + self.after)
        return [each for part in sheet if _local(part.tag) == "sheetData" for each in part]


def _pieces(part: IO[bytes]) -> Iterator[_Piece]:
    """The rows of a sheet's part, about a megabyte of them at a time.

    Rows written as Excel writes them are taken apart by a pattern, in a quarter of the time; any other is parsed as
    a sheet of its own, with all that stands above the rows (so with its namespaces).
    """
    head = part.read(_PIECE)
    start = _DATA.search(head)
    if start is None or start[2].endswith(b"/"):
        return
    prefix = start[1].decode()
    row_end, data_end = f"</{prefix}row>", f"</{prefix}sheetData>".encode()
    before, rest = head[: start.end()].decode(), head[start.end() :]
    before = before[before.index("<", before.find("?>") + 1) :]  # a declaration would speak of bytes
    after = f"{row_end}</{prefix}sheetData></{prefix}worksheet>"
    while (last := rest.find(data_end)) < 0:
        whole, found, left = rest.rpartition(row_end.encode())
        if found:
            yield _Piece(whole.decode().split(row_end), before, after)
            rest = left
        more = part.read(_PIECE)
        if not more:
            raise NoWorkbook("a sheet breaks off before its end")
        rest += more
    rows = rest[:last].decode().split(row_end)
    yield _Piece(rows[:-1], before, after)


def number_text(number: float) -> str:
    """A number as a cell of text: whole ones without a point, others marked as numbers."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    return text if "e" in text or "n" in text else text + NUMBER


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


@cache
def _column(letters: str) -> int:
    """The place of a column: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter.upper()) - 64
    return place - 1


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


@lru_cache(10_000)
def _moment(number: float, *, from_1904: bool) -> str:
    """A number by which Excel counts days, as text: a day, a moment, or a time of day."""
    if 0 <= number < 1 and not from_1904:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(number * 86400) % 86400)).time().isoformat()
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if number >= 60 else 31)
    if not -600_000 < number < 2_900_000:
        return number_text(number)
    moment = start + timedelta(days=int(number // 1), seconds=round(number % 1 * 86400))
    return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
