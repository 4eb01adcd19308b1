"""The only writer: a frame -> CSV, Parquet, JSON or Excel, and beside the file what it is an answer to.

Nothing is rounded and no clock is read: equal frames give equal bytes, on screen and on the command line.
"""

from __future__ import annotations

import json
import locale
import os
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kaptui import __version__
from kaptui.arrangement import Arrangement
from kaptui.errors import KaptuiError, UsageError
from kaptui.filters import Context, Filters

if TYPE_CHECKING:
    import polars as pl
    from xlsxwriter.worksheet import Worksheet

Format = Literal["csv", "parquet", "json", "xlsx"]
Meta = Mapping[str, object]

FORMATS: tuple[Format, ...] = ("csv", "parquet", "json", "xlsx")

_RISKY = "=+@\t\r-"  # the minus last: it stands in a pattern's brackets
"""A spreadsheet runs text that starts so."""

_EXCEL_ROWS = 1_048_576
_EXCEL_LETTERS = 32_767

# Asked only where the system does not know the locale it is told to use, as on a bare server over ssh.
_COMMA_LANGUAGES = "bg cs da de el es et fi fr hr hu is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk"
_POINT_COUNTRIES = ("_CH", "_LI", "_MX")


def format_of(path: Path) -> Format:
    """The format that a file's suffix stands for; UsageError for any other."""
    for known in FORMATS:
        if path.suffix.lower() == f".{known}":
            return known
    raise UsageError(f"{path}: no format is called '{path.suffix}'", f"end the name in .{', .'.join(FORMATS)}")


def meta(  # noqa: PLR0913, PLR0917 - what an answer depends on
    question: str, filters: Filters, context: Context, file_name: str, rows: int, arrangement: Arrangement | None = None
) -> dict[str, object]:
    """What an export answers: the content of `x.meta.json`. `file_name` is the portfolio's name.

    `sort` and `columns` stand in it only where the answer was arranged otherwise than the question does, `what_if`
    only where it holds after some moves.
    """
    arranged = arrangement or Arrangement()
    said: dict[str, object] = {
        "question": question,
        "filter": filters.where,
        "as_of": context.as_of.isoformat(),
        "since": context.since.isoformat(),
        "window": context.window,
        "window_start": context.window_start.isoformat(),
        "window_end": context.window_end.isoformat(),
        "basis": context.basis,
        "currency": context.currency,
        "rates": context.rates,
        "rows": rows,
        "file": file_name,
        "kaptui_version": __version__,
    }
    if filters.moves:
        said["what_if"] = "; ".join(
            " ".join((m.kind, m.person_id, m.account_id, m.side)).rstrip() for m in filters.moves
        )
    if arranged.sort is not None:
        said["sort"] = ":".join((arranged.sort[0], "desc" if arranged.sort[1] else "asc"))
    if arranged.columns:
        said["columns"] = ", ".join(arranged.columns)
    return said


def to_bytes(
    frame: pl.DataFrame, format: Format, *, meta: Meta | None = None, raw: bool = False, excel: bool = False
) -> bytes:
    """The frame in one format, with full precision.

    CSV is UTF-8 with CRLF line ends and quotes where needed (RFC 4180); lists are joined with `; `; text that
    a spreadsheet would run gets a `'` in front unless `raw`. `excel` adds a BOM, and where the locale has a
    decimal comma writes it, with `;` between cells. A workbook carries `meta` as its second sheet. Raises
    KaptuiError where a value does not fit the format.
    """
    import polars as pl

    try:
        match format:
            case "csv":
                return _csv(frame, raw=raw, excel=excel)
            case "parquet":
                buffer = BytesIO()
                frame.write_parquet(buffer)
                return buffer.getvalue()
            case "json":
                return _floats(frame).write_json().encode() + b"\n"
            case "xlsx":
                return _xlsx(frame, meta or {})
    except pl.exceptions.PolarsError as error:
        raise KaptuiError(f"cannot be written as {format}: {str(error).splitlines()[0]}", "try parquet") from error


def write(  # noqa: PLR0913 - the command line's options, by name
    frame: pl.DataFrame,
    target: Path,
    format: Format,
    meta: Meta,
    *,
    force: bool = False,
    raw: bool = False,
    excel: bool = False,
) -> list[Path]:
    """Write the data file and its `.meta.json`, each whole or not at all; the paths, data first.

    Raises UsageError where the folder is missing or, without `force`, another file is already there.
    """
    files = {
        target: to_bytes(frame, format, meta=meta, raw=raw, excel=excel),
        target.with_suffix(".meta.json"): meta_bytes(meta),
    }
    _check_place(target)
    for path, content in files.items():
        same_meta = path != target and path.is_file() and path.read_bytes() == content
        if path.exists() and not force and not same_meta:
            raise UsageError(f"{path}: is already there", "--force replaces it")
    parts = {path: path.resolve().with_name(f".{path.name[:80]}.{os.getpid()}.part") for path in files}
    try:
        for path, content in files.items():
            parts[path].write_bytes(content)
        for path in files:
            parts[path].replace(path.resolve())
    except OSError as error:
        raise KaptuiError(f"{target}: cannot be written: {error.strerror}", "choose another folder") from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return list(files)


def write_text(text: str, target: Path) -> None:
    """Write words to be read beside the data, whole or not at all. KaptuiError: they cannot be written."""
    part = target.resolve().with_name(f".{target.name[:80]}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
        part.replace(target.resolve())
    except OSError as error:
        raise KaptuiError(f"{target}: cannot be written: {error.strerror}", "choose another folder") from error
    finally:
        part.unlink(missing_ok=True)


def meta_bytes(meta: Meta) -> bytes:
    """The content of `x.meta.json`."""
    text = json.dumps(meta, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _check_place(target: Path) -> None:
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent}: no such folder", "make it first, or choose another")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target}: is no file that can be replaced", "choose another name")


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers that are none become unknown, and there is no minus zero."""
    import polars as pl
    from polars import selectors

    number = selectors.float()
    if not frame.select(number).width:
        return frame
    return frame.with_columns(pl.when(number == 0).then(pl.lit(0.0)).when(number.is_finite()).then(number).name.keep())


def _floats(frame: pl.DataFrame) -> pl.DataFrame:
    """Decimals as plain numbers, for formats that have no decimals."""
    import polars as pl
    from polars import selectors

    return _known(frame.with_columns(selectors.decimal().cast(pl.Float64)))


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text."""
    import polars as pl

    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    if not lists:
        return frame
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join("; ", ignore_nulls=True))


def _csv(frame: pl.DataFrame, *, raw: bool, excel: bool) -> bytes:
    from polars import selectors

    cells = _flat(_known(frame))
    if not raw:
        cells = cells.with_columns(selectors.string().str.replace(f"^([{_RISKY}])", "'${1}"))
        cells.columns = ["'" + name if name[:1] in tuple(_RISKY) else name for name in cells.columns]
    comma = excel and decimal_comma()
    buffer = BytesIO()
    cells.write_csv(
        buffer,
        include_bom=excel,
        separator=";" if comma else ",",
        decimal_comma=comma,
        line_terminator="\r\n",
        float_scientific=False,
    )
    return buffer.getvalue()


def decimal_comma() -> bool:
    """Whether the user's locale writes 1,5 for one and a half."""
    before = locale.setlocale(locale.LC_NUMERIC)
    try:
        locale.setlocale(locale.LC_NUMERIC, "")
        return locale.localeconv()["decimal_point"] == ","
    except locale.Error:
        told = next((os.environ[name] for name in ("LC_ALL", "LC_NUMERIC", "LANG") if os.environ.get(name)), "")
        return told[:2] in _COMMA_LANGUAGES.split() and not told[2:].startswith(_POINT_COUNTRIES)
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)


def _xlsx(frame: pl.DataFrame, meta: Meta) -> bytes:
    from xlsxwriter import Workbook

    if frame.height >= _EXCEL_ROWS:
        raise KaptuiError(f"{frame.height} rows: an Excel sheet holds {_EXCEL_ROWS - 1}", "export csv or parquet")
    cells = _flat(_floats(frame))
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with Workbook(buffer, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # else the clock would be in the bytes
        bold = book.add_format({"bold": True})
        data = book.add_worksheet("data")
        data.freeze_panes(1, 0)
        for column, name in enumerate(cells.columns):
            data.write_string(0, column, name, bold)
        for row, values in enumerate(cells.iter_rows(), start=1):
            for column, value in enumerate(values):
                _write_cell(data, row, column, value)
        about = book.add_worksheet("meta")
        for row, (key, value) in enumerate(meta.items()):
            about.write_string(row, 0, key, bold)
            _write_cell(about, row, 1, value)
    return buffer.getvalue()


def _write_cell(sheet: Worksheet, row: int, column: int, value: object) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            sheet.write_number(row, column, value)
        case date():
            sheet.write_datetime(row, column, value)
        case _:
            text = str(value)
            if len(text) > _EXCEL_LETTERS:
                raise KaptuiError(
                    f"row {row}: a text of {len(text)} letters, Excel takes {_EXCEL_LETTERS}",
                    "export csv or parquet",
                )
            sheet.write_string(row, column, text)
