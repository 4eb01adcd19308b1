"""What kaptui exports it loads again unchanged: names that a spreadsheet would run, ids with zeros, lines in a cell."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from kaptui.export import to_bytes
from kaptui.filters import Filters
from kaptui.loading import into_memory, load
from kaptui.portfolio import Portfolio
from kaptui.resources import query_text
from tests.loading.sources import query, write

COLUMNS = ("account_id", "name", "tier", "status", "region", "industry")
ROWS = [
    ("007", '=HYPERLINK("http://x")', "-Nord", "+49"),
    ("1E5", "@handle", "a;b", "line1\nline2"),
    ("TRUE", "-Dash, Inc", "2026-01", "1/2"),
    ("KA4", "'=quoted already", "''-twice", "'tis"),
    ("=KA5", "Müller & Søn", "NULL", "n/a"),
]


def accounts(portfolio: Portfolio) -> pl.DataFrame:
    return portfolio.ask("accounts", Filters()).select(COLUMNS).sort("account_id")


def test_exported_accounts_load_again_unchanged(tmp_path: Path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("account_id", "name", "region", "industry"), *ROWS])
    plain = write(tmp_path / "in", account=text.getvalue().replace("'=", "''=").replace("''-", "'''-"))
    with closing(Portfolio.over(into_memory(plain), "first")) as portfolio:
        first = accounts(portfolio)
        answer = portfolio.ask("accounts", Filters())
    assert sorted(first.select("account_id", "name", "region", "industry").rows()) == sorted(ROWS)
    for excel in (False, True):
        again = write(tmp_path / f"again {excel}", account=to_bytes(answer, "csv", excel=excel))
        load(again, tmp_path / "kap.duckdb")
        with closing(Portfolio.open(tmp_path / "kap.duckdb")) as portfolio:
            assert accounts(portfolio).equals(first)


def read(cells: list[str]) -> list[Any]:
    with closing(duckdb.connect()) as connection:
        connection.execute(query_text("load", "cast"))
        rows = connection.execute(
            "select coalesce(as_text(cell), '') from (select unnest(?::varchar[]) as cell)", [cells]
        )
        return [cell for (cell,) in rows.fetchall()]


@given(st.lists(st.text(alphabet="'=+-@ \t\rax7", max_size=6), min_size=1, max_size=20))
def test_what_the_export_puts_in_front_the_load_takes_off(names: list[str]) -> None:
    written = csv.reader(io.StringIO(to_bytes(pl.DataFrame({"name": names}), "csv").decode(), newline=""))
    cells = [row[0] if row else "" for row in written][1:]
    assert read(cells) == [name.strip(" ") for name in names], "spaces at the ends are left out of any cell"
    assert not any(cell[:1] in tuple("=+-@\t\r") for cell in cells)


def test_currency_codes_compare_in_upper_case(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        setting="key,value\ncurrency,eur\nas_of,2026-01-31\n",
        financial_period="account_id,period_start,currency,revenue,cogs\nA1,2026-01-01,EUR,100,50\n",
    )
    with closing(Portfolio.over(into_memory(source), "small")) as portfolio:
        row = portfolio.ask("portfolio", Filters()).row(0, named=True)
    assert (row["currency"], row["revenue"], row["profit"]) == ("EUR", 100.0, 50.0)


def test_a_currency_written_in_another_case_is_no_correction(tmp_path: Path) -> None:
    target = tmp_path / "kap.duckdb"
    for code in ("usd", "USD", "Usd"):
        source = write(
            tmp_path / "in",
            setting="key,value\ncurrency,EUR\nas_of,2026-01-31\n",
            financial_period=f"account_id,period_start,currency,revenue\nA1,2026-01-01,{code},100\n",
            fx_rate=f"currency,period_start,rate\n{code.swapcase()},2026-01-01,0.5\n",
        )
        load(source, target)
    assert query(target, "from history") == []
    (source / "financial_period.csv").write_text("account_id,period_start,currency,revenue\nA1,2026-01-01,usd,130\n")
    load(source, target)
    with closing(Portfolio.open(target)) as portfolio:
        told = portfolio.ask("changes", Filters(as_of=date.today()))
    corrected = told.filter(pl.col("kind") == "correction")
    assert corrected["effect"].to_list() == [15.0]
