"""Questions of the company's own: SQL files in a folder, asked as kaptui's are, and refused in one line if wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import duckdb
import polars as pl
import pytest

from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.portfolio import Portfolio
from kaptui.portfolio.database import calendar_days, frame_of, in_memory

WRONG = {
    "unknown_column": ("select nonsense from account_card", "nonsense"),
    "unknown_table": ("from nowhere", "nowhere"),
    "no_sql": ("select from where", "syntax error"),
    "no_statement": ("", "found 0"),
    "two_statements": ("select 1 as a; select 2 as a;", "found 2"),
    "a_parameter": ("select ? as a", "parameters"),
    "one_name_twice": ("select 1 as a, 2 as a", "'a'"),
    "fails_on_a_row": ("select name::integer as n from account", "Could not convert"),
    "an_interval": ("select interval 1 day as a", "'a' is of type INTERVAL: cast it"),
    "a_list_of_intervals": ("select [interval 1 day] as a -- alone", "'a' is of type INTERVAL"),
    "a_union": ("select union_value(b := 1) as a", "'a' is of type UNION"),
    "a_huge_number": ("select 1::uhugeint as a", "'a' is of type UHUGEINT"),
    "a_struct_of_an_infinite_day": ("select {b: 'infinity'::date} as a", "'a' holds a day before the year 1"),
    "a_list_of_days": ("select [null, date '290000-01-01'] as a", "'a' holds a day before"),
    "reads_other_files": ("from read_text('/etc/hostname')", "disabled"),
    "reads_from_above": ("from '../../x.csv'", "disabled"),
    "reads_the_web": ("from 'http://127.0.0.1:9/x.csv'", "disabled"),
    "writes_a_file": ("copy (select 1) to 'x.csv'", "COPY statement: a question is one SELECT"),
    "writes_all": ("export database 'x'", "EXPORT statement"),
    "attaches": ("attach 'x.duckdb'", "ATTACH statement"),
    "installs": ("install httpfs", "LOAD statement"),
    "loads": ("load httpfs", "LOAD statement"),
    "sets": ("set enable_external_access = true", "SET statement"),
    "tells_a_pragma": ("pragma database_list", "PRAGMA statement"),
    "changes_facts": ("with x as (select 'X' as i) insert into account (account_id) from x", "INSERT statement"),
    "ends_the_transaction": ("commit", "TRANSACTION statement"),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    folder = tmp_path_factory.mktemp("own")
    for name, (sql, _) in WRONG.items():
        (folder / f"{name}.sql").write_text(f"-- Does this work?\n{sql}\n", encoding="utf-8")
    (folder / "big_ones.sql").write_text(
        "-- Which accounts are large?\nselect name from account_card join selection using (account_id)"
        " where revenue > 10e6 order by name\n",
        encoding="utf-8",
    )
    with closing(Portfolio.demo(folder)) as portfolio:
        yield portfolio


def test_a_question_of_the_companys_own(asked: Portfolio) -> None:
    assert "Helvia Group" in asked.ask("big_ones", Filters())["name"].to_list()


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_question_names_its_file_and_what_is_wrong(asked: Portfolio, name: str) -> None:
    with pytest.raises(KaptuiError, match=f"{name}: .*{WRONG[name][1]}") as raised:
        asked.ask(name, Filters())
    assert f"{name}.sql" in str(raised.value.hint)
    assert asked.ask("value_mix", Filters()).height == 48


HANDED_OVER = (
    "got external error: Invalid Input Error: Arrow Appender: The maximum total string size for regular string buffers "
    "is 2147483647 but the offset of 3000000000 exceeds this.\n* SET arrow_large_buffer_size=true"
)
"""What Polars says of `select repeat('x', 3000000000)`, which takes 6 GB and ten seconds."""


def test_a_text_that_no_table_can_hold_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def hand_over(*_: object) -> None:
        raise pl.exceptions.ComputeError(said)

    monkeypatch.setattr(pl, "DataFrame", hand_over)
    with duckdb.connect() as connection:
        said = HANDED_OVER
        with pytest.raises(duckdb.InvalidInputException, match=r"^texts of more than 2 GB, which no table can show"):
            frame_of(connection, "select 1")
        said = "got external error: Invalid Input Error: rows end early"
        with pytest.raises(duckdb.InvalidInputException, match=r"^Invalid Input Error: rows end early"):
            frame_of(connection, "select 1")
        said = "something of Polars"
        with pytest.raises(pl.exceptions.ComputeError, match="something of Polars"):
            frame_of(connection, "select 1")


def test_days_that_no_calendar_has_are_told_in_words() -> None:
    """As values they end in a panic, wherever they become text: on screen, in CSV, in a workbook."""
    sql = (
        "select unnest(['infinity'::date, date '-4000-01-01', date '2026-01-31', null]) as day,"
        " unnest(['-infinity'::timestamp, null, timestamp '2026-01-31 12:30:00', 'infinity']) as moment,"
        " date '2026-01-31' as plain"
    )
    with duckdb.connect() as connection:
        answer = calendar_days(frame_of(connection, sql))
    assert answer["day"].to_list() == ["after 9999", "before the year 1", "2026-01-31", None]
    assert [str(each)[:16] for each in answer["moment"]] == [
        "before the year ",
        "None",
        "2026-01-31 12:30",
        "after 9999",
    ]
    assert answer.schema["plain"] == pl.Date
    assert "after 9999" in answer.write_csv()


def test_what_a_question_runs_in_reaches_nothing(asked: Portfolio) -> None:
    """Only the folder where DuckDB puts what does not fit into memory is in reach: its name is nobody else's."""
    with in_memory() as opened:
        opened.execute("set enable_external_access = false")
        for connection in (asked._connection, opened):
            settings = dict(connection.execute("select name, value from duckdb_settings()").fetchall())
            assert settings["enable_external_access"] == settings["autoinstall_known_extensions"] == "false"
            assert settings["allowed_paths"] == "[]"
            assert settings["max_temp_directory_size"] == "18.6 GiB", (
                "a question that never ends does not fill the disk"
            )
            assert settings["allowed_directories"] == f"[{settings['temp_directory']}/]"
            assert Path(settings["temp_directory"]).parent.name.startswith("kaptui-")
            assert not Path(settings["temp_directory"]).exists()
            with pytest.raises(duckdb.InvalidInputException, match="Cannot"):
                connection.execute("set enable_external_access = true")


def test_a_name_that_nothing_has_is_told_in_a_what_if_too(asked: Portfolio) -> None:
    with pytest.raises(KaptuiError, match="nowhere"):
        asked.ask("unknown_table", Filters(moves=(Move("leave", "LIN"),)))


USES = {
    "select name from account_card join selection using (account_id)": True,
    "select count(*) as n from programme_selection": True,
    "from listed_selection": True,
    "from account_contribution": True,  # a view over the selection
    "select name from panel_accounts": True,  # another question
    "select name from account_card": False,
    "select count(*) as n from account -- not from selection": False,
    "select 'of the selection' as words": False,
}


def test_it_is_known_whether_the_filter_changes_an_answer(tmp_path: Path) -> None:
    for at, sql in enumerate(USES):
        (tmp_path / f"own_{at:02}.sql").write_text(f"-- What is it?\n{sql}\n", encoding="utf-8")
    portfolio = Portfolio.demo(tmp_path)
    assert [one.filtered for one in portfolio.own_questions] == list(USES.values())
    for one in portfolio.own_questions:
        whole, few = (portfolio.ask(one.name, Filters(where=where)) for where in ("", "region:DACH"))
        assert one.filtered == (not whole.equals(few)), one
    portfolio.close()


def test_a_file_that_asks_no_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "silent.sql").write_text("select 1\n", encoding="utf-8")
    with pytest.raises(KaptuiError, match=r"silent\.sql line 1"):
        Portfolio.demo(tmp_path)


def test_an_answer_is_the_relation_of_its_query() -> None:
    """The way that plans once gives what the public one gives: every type, order and no rows."""
    sql = (
        "select i, i::decimal(10, 2) as amount, date '2026-01-31' + i::integer as day, 'ä' || i as name,"
        " [i, null] as list, {a: i} as part, i > 1 as flag, null::double as nothing from range(4) t(i)"
    )
    with duckdb.connect() as connection:
        public = cast("duckdb.DuckDBPyConnection", SimpleNamespace(sql=connection.sql))
        for query in (f"{sql} order by i desc", f"{sql} where i > 9"):
            expected = pl.DataFrame(connection.sql(query))
            assert frame_of(connection, query).equals(expected)
            assert frame_of(public, query).equals(expected)
