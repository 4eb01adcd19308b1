"""Text files: encoding, separator, header and line count settled by ourselves, then read by DuckDB.

DuckDB's sniffer may drop rows of a ragged file without a word, so nothing is left to it: it reads strictly, the
row count is compared with the lines of the file, and a file that does not fit is read again record by record.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaptui.common.sql import literal
from kaptui.loading.casting import LINE, Cells
from kaptui.loading.findings import Unreadable
from kaptui.loading.staging import column_name

_CHUNK = 1 << 20
_SEPARATORS = (",", ";", "\t")
_NO_BREAK = {"\u00a0", "\u202f"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a text file is written.

    `lines` counts them to the last that is not empty, header included. `plain`: UTF-8 without the no-break
    spaces that would cling to names, so DuckDB may read it where it lies.
    """

    encoding: str
    separator: str
    header: tuple[str, ...]
    lines: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Ragged:
    """A line whose number of cells is not the header's, or that cannot be taken apart at all (`cells` None)."""

    line: int
    cells: int | None
    problem: str = ""


def find_format(path: Path, known: Iterable[str]) -> TextFormat:
    """Look through a text file for its encoding, its separator and its header.

    `known` are the columns of the table, which tell a separator from a comma inside a name. Raises Unreadable
    for a file without a header, a file that is no text, or one that is neither UTF-8, UTF-16 nor Windows-1252.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    if not head:
        raise Unreadable("is empty (0 bytes)", "delete it, or give it a header line")
    encoding, lines, plain = _encoding(path, head)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        first = next((line for line in text if line.strip()), "")
    separator, header = _header(first, {*known})
    if not any(cell.strip() for cell in header):
        raise Unreadable("has no header line", "write the column names into its first line", 1)
    return TextFormat(encoding, separator, header, lines, plain)


def readable_in_place(path: Path, form: TextFormat, file: str) -> Cells | None:
    """The cells by DuckDB's own reader; None where it would not read them well."""
    if not form.plain:
        return None
    rows = _read_csv(path, form.separator, [f"c{n}" for n in range(len(form.header))])
    return Cells(rows, form.header, file, european=form.separator == ";", expected=form.lines - 1)


def records(path: Path, form: TextFormat) -> Iterator[tuple[int, list[str]] | Ragged]:
    """Every record after the header with the line it starts on; ragged ones as such, blank lines left out."""
    width = len(form.header)
    with path.open(encoding=form.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=form.separator, strict=True)
        header_seen = False
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, UnicodeDecodeError) as error:
                yield Ragged(line, None, str(error))
                return
            if not any(cell.strip() for cell in cells):
                continue
            if not header_seen:
                header_seen = True
            elif len(cells) != width:
                yield Ragged(line, len(cells))
            else:
                yield line, cells


def plain_copy(numbered: Iterable[tuple[int, Sequence[str]]], header: tuple[str, ...], file: str, copy: Path) -> Cells:
    """Cells that DuckDB cannot read where they lie, by way of a plain copy that has their lines."""
    names = [LINE, *(f"c{n}" for n in range(len(header)))]
    with copy.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([line, *(cell.strip() for cell in cells)] for line, cells in numbered)
    return Cells(_read_csv(copy, ",", names), header, file, counted=False)


def _read_csv(path: Path, separator: str, names: list[str]) -> str:
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(path))}, header = true, sep = {literal(separator)}, quote = '\"', escape = '\"', "
        f"auto_detect = false, columns = {{{columns}}})"
    )


def _encoding(path: Path, head: bytes) -> tuple[str, int, bool]:
    """The encoding; for UTF-8 also the number of lines and whether DuckDB may read the file as it lies."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            encoding = name
            break
    else:
        encoding = "utf-8"
    if encoding == "utf-16":
        return encoding, 0, False
    if b"\0" in head[:2] and len(head) > 1:
        return ("utf-16-be" if head[0] == 0 else "utf-16-le"), 0, False
    if b"\0" in head or head.startswith((b"PK\x03\x04", b"PAR1")):
        raise Unreadable("is not a text file", "save it as CSV, or give it the ending of what it is")
    try:
        return encoding, *_lines(path)
    except UnicodeDecodeError:
        _check_cp1252(path)
        return "cp1252", 0, False


def _lines(path: Path) -> tuple[int, bool]:
    """Count the lines up to the last that holds anything; false if no-break spaces are among the text.

    Raises UnicodeDecodeError for anything but UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, tail, plain = 0, b"", True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            tail = (tail + chunk)[-_CHUNK:]
            if not chunk.isascii() or decoder.getstate()[0]:
                plain = plain and not _NO_BREAK & {*decoder.decode(chunk)}
    decoder.decode(b"", final=True)
    rest = tail[len(tail.rstrip(b"\r\n")) :]
    return lines - rest.count(b"\n") + 1, plain


def _check_cp1252(path: Path) -> None:
    line = 1
    with path.open("rb") as file:
        for chunk in file:
            try:
                chunk.decode("cp1252")
            except UnicodeDecodeError:
                raise Unreadable(
                    "is neither UTF-8, UTF-16 nor Windows-1252 text", "save it as CSV UTF-8", line
                ) from None
            line += 1


def _header(line: str, known: set[str]) -> tuple[str, tuple[str, ...]]:
    """The separator under which the line names most known columns, then most columns at all."""

    def split(separator: str) -> tuple[str, ...]:
        return tuple(next(csv.reader([line.rstrip("\r\n").lstrip("\ufeff")], delimiter=separator), ()))

    def names(separator: str) -> tuple[int, int]:
        cells = split(separator)
        return len({column_name(cell) for cell in cells} & known), len(cells)

    best = max(_SEPARATORS, key=names)
    return best, split(best)
