"""A frame as the bytes of a file of data: CSV, Parquet or JSON."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from kaptui.common.json_text import json_escaped
from kaptui.errors import KaptuiError

if TYPE_CHECKING:
    import polars as pl

DataFormat = Literal["csv", "parquet", "json"]
Format = Literal[DataFormat, "xlsx"]
Meta = Mapping[str, object]

FORMATS: tuple[Format, ...] = ("csv", "parquet", "json", "xlsx")

_RISKY = "=+@\t\r-"  # the minus last: it stands in a pattern's brackets
"""A spreadsheet runs text that starts so."""

# Asked only where the system does not know the locale it is told to use, as on a bare server over ssh.
_COMMA_LANGUAGES = "bg cs da de el es et fi fr hr hu is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk"
_POINT_COUNTRIES = ("_CH", "_LI", "_MX")


def to_bytes(frame: pl.DataFrame, format: DataFormat, *, raw: bool = False, excel: bool = False) -> bytes:
    """The frame as data, with full precision.

    CSV is UTF-8 with CRLF line ends and quotes where needed (RFC 4180); lists are joined with `; `; text that
    a spreadsheet would run, or that stands behind such a guard already, gets a `'` in front unless `raw`: a load takes
    one off. `excel` adds a BOM, and where the locale has a decimal comma writes it, with `;` between cells. KaptuiError
    where a value does not fit the format.
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
                return json_escaped(floats(frame).write_json()).encode() + b"\n"
    except pl.exceptions.PolarsError as error:
        raise KaptuiError(f"cannot be written as {format}: {str(error).splitlines()[0]}", "try parquet") from error


def _known(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers that are none become unknown, and there is no minus zero."""
    import polars as pl
    from polars import selectors

    number = selectors.float()
    if not frame.select(number).width:
        return frame
    return frame.with_columns(pl.when(number == 0).then(pl.lit(0.0)).when(number.is_finite()).then(number).name.keep())


def floats(frame: pl.DataFrame) -> pl.DataFrame:
    """Decimals as plain numbers, for formats that have no decimals."""
    import polars as pl
    from polars import selectors

    return _known(frame.with_columns(selectors.decimal().cast(pl.Float64)))


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as text."""
    import polars as pl

    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    if not lists:
        return frame
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join("; ", ignore_nulls=True))


def _csv(frame: pl.DataFrame, *, raw: bool, excel: bool) -> bytes:
    from polars import selectors

    cells = flat(_known(frame))
    if not raw:
        cells = cells.with_columns(selectors.string().str.replace(f"^('*[{_RISKY}])", "'${1}"))
        cells.columns = [f"'{name}" if name.lstrip("'")[:1] in tuple(_RISKY) else name for name in cells.columns]
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
