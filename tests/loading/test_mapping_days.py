"""How a mapping reads a day and the month of a heading: one table of cells, asked of the macros themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import duckdb
import pytest

from kaptui.resources import query_text

MARCH = date(2026, 3, 1)
HEADINGS = {
    **dict.fromkeys(("Mrz 26", "März 2026", " mar-26 ", "2026-03", "03/2026", "202603", "2026M3", "2026 marzo"), MARCH),
    **dict.fromkeys(("2026-03-31", "31.03.2026", "Mars'26"), MARCH),
    **dict.fromkeys(("Gesamt", "", "xx 26", "2026-13", "13/2026", "jan=1"), None),
    "Déc. 2025": date(2025, 12, 1),
    "grudzień 2025": date(2025, 12, 1),
}
DAYS = {
    # as written: with no style, as dmy, as mdy
    "2026-03-04": (date(2026, 3, 4),) * 3,
    "4.3.2026": (date(2026, 3, 4),) * 3,
    "14/3/2026": (date(2026, 3, 14),) * 3,
    "3/14/2026": (date(2026, 3, 14),) * 3,
    "3/4/2026": (None, date(2026, 4, 3), date(2026, 3, 4)),
    "3-4-2026": (None, date(2026, 4, 3), date(2026, 3, 4)),
    "14/14/2026": (None, None, None),
    "1/1/1899": (None, None, None),
    "later": (None, None, None),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with what a mapping may call."""
    with closing(duckdb.connect()) as connection:
        for name in ("cast", "profile"):
            connection.execute(query_text("load", name))
        connection.execute("create macro number_style() as ''; create macro date_style() as ''")
        connection.execute(query_text("load", "mapping"))
        yield connection


def test_the_month_of_a_heading(reader: duckdb.DuckDBPyConnection) -> None:
    sql = "select cell, month_of(cell) from (select unnest(?::varchar[]) as cell)"
    assert dict(reader.execute(sql, [list(HEADINGS)]).fetchall()) == HEADINGS


def test_the_day_of_a_cell(reader: duckdb.DuckDBPyConnection) -> None:
    read = ", ".join(f"day_read(cell, '{style}')" for style in ("", "dmy", "mdy"))
    rows = reader.execute(f"select cell, {read} from (select unnest(?::varchar[]) as cell)", [list(DAYS)]).fetchall()
    assert {cell: tuple(found) for cell, *found in rows} == DAYS
