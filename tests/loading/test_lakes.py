"""A folder of Parquet files is a view of a mapping: typed, by folder and parts of its paths; and can be stopped."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest

from kaptui.loading import check
from kaptui.loading.views import Views
from kaptui.loading.warehouse.local import LocalEngine
from kaptui.loading.warehouse.query import Query
from tests.loading.sources import only


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Lines of two years, of which the later has a column more, and a secret beside the source."""
    for year, more in ((2025, ""), (2026, ", 'x' as note")):
        folder = tmp_path / "in" / "ledger" / f"year={year}"
        folder.mkdir(parents=True)
        for part in (1, 2):
            lines = f"from range(10) select 'A' || range as account_id, {part}.25::decimal(9, 2) as amount{more}"
            duckdb.sql(f"copy ({lines}) to '{folder}/{part}.parquet'")
    duckdb.sql(f"copy (select 1 as account_id) to '{tmp_path}/secret.parquet'")
    return tmp_path


def test_a_folder_is_one_table_with_its_types_and_years(lake: Path) -> None:
    (lake / "map").mkdir()
    select = "select account_id, sum(amount)::varchar || min(note) as name from ledger where year = 2026 group by all"
    (lake / "map" / "account.sql").write_text(f"{select} having sum(amount) = 3.50 and typeof(sum(amount)) like 'DEC%'")
    report = check(lake / "in", lake / "map")
    assert (report.errors, report.rows["account"]) == ((), 10)
    (lake / "map" / "account.sql").write_text('select account_id from "ledger/year=2025"')
    (lake / "map" / "person.sql").write_text("select account_id as person_id, account_id as name from ledgr")
    report = check(lake / "in", lake / "map")
    assert report.rows["account"] == 20
    assert "ledgr" in only(tuple(each for each in report.errors if each.table == "person"), "mapping").problem


def test_no_folder_beside_the_source_is_a_view(lake: Path) -> None:
    (lake / "in" / "empty").mkdir()
    with duckdb.connect() as connection:
        views = Views(lake / "in", lake / "work", connection, connection)
        assert [views.lake(name) for name in ("ledger", "ledger/year=2025")] == [True, True]
        for name in (
            "..",
            "../in",
            "ledger/../..",
            str(lake),
            "led*",
            "empty",
            "none",
            "",
            ".",
            "ledger/year=2025/1.parquet",
        ):
            assert not views.lake(name), name


def test_a_query_over_files_is_stopped(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        endless = "select sum(hash(a.range, b.range)) as n from range(10000000) a, range(1000000) b"
        query = Query(LocalEngine(connection), endless, lambda _: None)
        with query:
            began = time.monotonic()
            time.sleep(0.2)
        assert not query.left_behind
        assert time.monotonic() - began < 1.5
        assert connection.sql("select 1").fetchall() == [(1,)]
