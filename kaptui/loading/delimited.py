"""Text files: separator, header and line count settled by ourselves, then read by DuckDB where that reads the same.

DuckDB's sniffer may drop rows of a ragged file without a word, so nothing is left to it: it reads strictly, the
row count is compared with the lines of the file, and a file that does not fit is read again record by record.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kaptui.common.sql import literal
from kaptui.loading.cells import LINE, Cells, Remark
from kaptui.loading.findings import Unreadable
from kaptui.loading.header import ABOVE, SAMPLED, WIDEST, Record, above, find_header, kept_columns, names
from kaptui.loading.text_file import TextFile

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST = 1 << 28
"""No cell is longer, in letters."""
_TOLD = 4096
"""After so many rows it is told how many were read."""
_LINE_SIZE = 2_000_000
"""DuckDB reads lines up to this size unless told otherwise."""


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a text file is written: what separates its cells, its header, the first line of data, the first rows."""

    separator: str
    header: tuple[str, ...]
    first_line: int
    sample: tuple[tuple[str, ...], ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Ragged:
    """A line whose number of cells is not the header's, or that cannot be taken apart at all (`cells` None)."""

    line: int
    cells: int | None
    problem: str = ""


def find_format(text: TextFile, known: Collection[str], needed: Collection[str] = ()) -> TextFormat:
    """Find a text's separator and its header.

    `known` are the columns of the table, which tell a separator from a comma inside a name, and the header from the
    title above it; `needed` are those that it must have. Without them the header is told by the shape of the rows.
    Raises Unreadable for a file without a header.
    """
    told, skipped = _told_separator(text.head)
    separators = [told] if told else _SEPARATORS
    # nearly every file names its columns in the first line: then nothing else is looked at
    first = [(separator, _head(text.head, separator, skipped, 1)) for separator in separators]
    separator, records = max(first, key=lambda each: _fitness(each[1], known))
    if records and {*needed} & names(records[0], known) == {*needed} != set():
        records = _head(text.head, separator, skipped)
    else:
        found = [(separator, _head(text.head, separator, skipped)) for separator in separators]
        separator, records = max(found, key=lambda each: _fitness(each[1], known))
    filled = [record for record in records if record.filled]
    if not filled:
        raise Unreadable("has no header line", "write the column names into its first line", 1)
    header = find_header(filled, known, needed)
    place = records.index(header)
    sample = tuple(record.cells for record in records[place + 1 :])
    return TextFormat(separator, header.cells, header.after, sample, above(filled, header))


def readable_in_place(text: TextFile, form: TextFormat, file: str) -> Cells | None:
    """The cells by DuckDB's own reader; None where it would not read them as the reader of records does."""
    if len(form.header) > WIDEST or not text.plain or (text.tabs and (form.separator != "\t" or text.quotes)):
        return None
    columns = [f"c{n}" for n in range(len(form.header))]
    rows = _read_csv(text.path, form.separator, columns, form.first_line - 1)
    expected = max(text.lines - form.first_line + 1, 0)
    remarks = (*text.remarks, *form.remarks)
    return Cells(rows, form.header, file, True, form.first_line, expected, form.sample, remarks=remarks)


def records(text: TextFile, form: TextFormat) -> Iterator[tuple[int, list[str]] | Ragged]:
    """Every record after the header with the line it starts on; ragged ones as such, blank lines left out.

    Empty cells beyond the header are left out too: spreadsheets write them.
    """
    width = len(form.header)
    csv.field_size_limit(_LONGEST)
    with text.path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter=form.separator, strict=True)
        for _ in islice(lines, form.first_line - 1):
            pass
        while True:
            line = reader.line_num + form.first_line
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Ragged(line, None, str(error))
                return
            if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
                del cells[width:]
            if not any(cell.strip() for cell in cells):
                continue
            yield (line, cells) if len(cells) == width else Ragged(line, len(cells))


def whole_copy(  # noqa: PLR0913, PLR0917 - a text, what is known of it, and who is told
    text: TextFile,
    form: TextFormat,
    file: str,
    copy: Path,
    known: Collection[str] = (),
    seen: Callable[[int], None] = lambda _: None,
) -> Cells:
    """The cells of the whole records, by way of a plain copy; what is said of the ragged ones is in the remarks.

    `known`: see `kept_columns`. `seen` is told of the rows read so far.
    """
    ragged: list[Ragged] = []
    kept, told = kept_columns(form.header, known)
    header, sample, whole = form.header, form.sample, _whole(records(text, form), ragged)
    if told:
        header = tuple(header[n] for n in kept)
        sample = tuple(tuple(cells[n] for n in kept if n < len(cells)) for cells in sample)
        whole = ((line, [cells[n] for n in kept]) for line, cells in whole)
    cells = plain_copy(whole, header, file, copy, seen)
    remarks = (*text.remarks, *form.remarks, *told, *_ragged(form, ragged))
    return Cells(cells.rows, header, file, False, sample=sample, remarks=remarks)


def plain_copy(
    numbered: Iterable[tuple[int, Sequence[str]]],
    header: tuple[str, ...],
    file: str,
    copy: Path,
    seen: Callable[[int], None] = lambda _: None,
) -> Cells:
    """Cells that DuckDB cannot read where they lie, by way of a plain copy that has their lines."""
    columns = [LINE, *(f"c{n}" for n in range(len(header)))]
    longest = 0
    with copy.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\r\n")  # so that breaks inside cells are quoted
        for row, (line, cells) in enumerate(numbered):
            if not row % _TOLD:
                seen(row)
            written = writer.writerow([line, *(cell.strip() for cell in cells)])
            longest = max(longest, written)
    # the line end is told: found from the first line, a cell's own break would be taken for it
    rows = _read_csv(copy, ",", columns, 0, f", new_line = '\\r\\n', max_line_size = {max(4 * longest, _LINE_SIZE)}")
    return Cells(rows, header, file, counted=False)


def _read_csv(path: Path, separator: str, names: list[str], skipped: int, more: str = "") -> str:
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(path))}, header = false, skip = {skipped}, sep = {literal(separator)}, quote = '\"', "
        f"escape = '\"', auto_detect = false, columns = {{{columns}}}{more})"
    )


def _told_separator(head: str) -> tuple[str, int]:
    """What a first line `sep=;`, which Excel writes and obeys, says; and how many lines that takes."""
    told = re.match(r'"?sep=([^\r\n"])"?\r?\n', head, re.IGNORECASE)
    return (told[1], 1) if told else ("", 0)


def _head(head: str, separator: str, skipped: int, most: int = ABOVE + SAMPLED) -> list[Record]:
    """The first records of a text under this separator; the last may be cut off and is left out if so."""
    csv.field_size_limit(_LONGEST)
    lines = io.StringIO(head, newline="")
    reader = csv.reader(lines, delimiter=separator)
    for _ in islice(lines, skipped):
        pass
    found: list[Record] = []
    while len(found) < most:
        line = reader.line_num + skipped + 1
        try:
            cells = next(reader)
        except (StopIteration, csv.Error):
            break
        found.append(Record(line, reader.line_num + skipped + 1, tuple(cells)))
    return found


def _fitness(records: list[Record], known: Collection[str]) -> tuple[int, int, int, int]:
    """How well a separator fits: the most known names in a record, else how many records have one width over 1."""
    named = [(len(names(record, known)), len(record.cells)) for record in records[:ABOVE]] if known else []
    best, header = max(named, default=(0, 0))
    widths = [len(record.cells) for record in records if record.filled]
    usual = max({width for width in widths if width > 1}, key=widths.count, default=0)
    return best, header if best else 0, widths.count(usual), usual


def _whole(found: Iterable[tuple[int, list[str]] | Ragged], ragged: list[Ragged]) -> Iterator[tuple[int, list[str]]]:
    """The whole records; ragged ones are put aside."""
    for record in found:
        if isinstance(record, Ragged):
            ragged.append(record)
        else:
            yield record


def _ragged(form: TextFormat, ragged: list[Ragged]) -> Iterator[Remark]:
    fix = f'put text that holds "{form.separator}" or a quote in double quotes'
    for each in ragged:
        problem = f"this line has {each.cells} cells, the header has {len(form.header)}"
        if each.cells is None:
            problem = f"the file cannot be read from this line on: {each.problem}"
        yield Remark("error", problem, fix, "ragged", each.line)
