"""DuckDB files that no load wrote: cast where nothing is lost, else refused, by opening and by a check alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kaptui import schema_text
from kaptui.common.database_header import checkpoints
from kaptui.errors import KaptuiError
from kaptui.facts import rules
from kaptui.facts.attaching import attach
from kaptui.loading import check, init, load
from kaptui.portfolio import open_file

Changed = Callable[[str], Path]
"""The sound file after some SQL was run in it."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    init(folder / "in", sample=True)
    load(folder / "in", folder / "sound.duckdb")
    return folder / "sound.duckdb"


@pytest.fixture
def changed(sound: Path, tmp_path: Path) -> Changed:
    def change(sql: str) -> Path:
        file = tmp_path / "kap.duckdb"
        file.write_bytes(sound.read_bytes())
        with closing(duckdb.connect(str(file))) as connection:
            connection.execute(sql)
        return file

    return change


def facts(file: Path) -> dict[str, list[Any]]:
    """The facts as they stand in memory, with the types of their columns; source lines left out."""
    with closing(open_file.read(file)[0]) as connection:
        return {
            table: [
                connection.execute(f"describe {table}").fetchall(),
                sorted(map(repr, connection.execute(f"from {table} select * exclude (source_row)").fetchall())),
            ]
            for table in schema_text.columns()
        }


def opened(file: Path) -> str:
    """Why the file is not opened."""
    with pytest.raises(KaptuiError) as caught:
        open_file.read(file)
    assert caught.value.hint
    return caught.value.message


def found(file: Path) -> list[str]:
    """What a check has to say against the file, as opening says it."""
    return [f"table {each.table}, column {each.column}: {each.problem}" for each in check(file).errors]


def retyped(table: str, **cells: str) -> str:
    chosen = ", ".join(f"{cell} as {name}" for name, cell in cells.items())
    return f"create or replace table {table} as select * replace ({chosen}) from {table};"


def test_what_loses_nothing_is_cast(sound: Path, changed: Changed) -> None:
    numbers = retyped("success_factor", factor_id="factor_id::hugeint", weight="weight::decimal(9, 3)")
    texts = retyped("financial_period", period_start="period_start::varchar", revenue="revenue::varchar")
    words = "create type words as enum (select distinct status from plan);"
    moments = retyped("plan", start_on="start_on::timestamp", status="status::words")
    flags = retyped("person", active="active::integer", level="level::double", trained_on="trained_on::timestamp_ns")
    nothing = retyped("account", external_id="null::double", parent_id="null::integer[]")
    before = facts(sound)
    assert any(row != "()" for row in before["financial_period"][1])
    file = changed(numbers + texts + words + moments + flags)
    assert facts(file) == before
    assert found(file) == []
    with closing(duckdb.connect(str(sound), read_only=True)) as connection:
        empty = connection.execute("select count(external_id) + count(parent_id) from account").fetchall() == [(0,)]
    assert not empty or facts(changed(nothing)) == before


LOST = {
    ("person", "trained_on"): ("interval 1 day", "INTERVAL", "1 day"),
    ("person", "level"): ("2.5", "DECIMAL(2,1)", "2.5"),
    ("account", "name"): ("[name]", "VARCHAR[]", "["),
    ("account", "tier"): ("'first'", "VARCHAR", "first"),
    ("account", "selected_on"): ("timestamp '2026-02-15 10:00:00'", "TIMESTAMP", "2026-02-15 10:00:00"),
    ("account", "selection_score"): ("union_value(a := 1)", "UNION(a INTEGER)", "1"),
    ("assessment", "assessed_on"): ("timestamptz '2026-01-31 12:00:00+00'", "TIMESTAMP WITH TIME ZONE", "2026-01-31"),
    ("financial_period", "revenue"): ("'12.345'", "VARCHAR", "12.345"),
    ("financial_period", "cogs"): ("encode('7')", "BLOB", "7"),
    ("plan", "start_on"): ("strftime(date '2026-01-31', '%d.%m.%Y')", "VARCHAR", "31.01.2026"),
    ("plan", "end_on"): ("'infinity'", "VARCHAR", "infinity"),
    ("objective", "joint"): ("2", "INTEGER", "2"),
    ("objective", "target_value"): ("'nan'", "VARCHAR", "nan"),
}
"""Table and column: what it is made into, the type that this has, and the first value."""


def test_what_would_be_lost_is_refused_with_table_column_and_type(changed: Changed) -> None:
    """Opening names the first, a check all, in the same words."""
    file = changed(";".join(retyped(table, **{name: cell}) for (table, name), (cell, *_) in LOST.items()))
    told = found(file)
    for (table, name), (_, kind, value) in LOST.items():
        said = next(words for words in told if words.startswith(f"table {table}, column {name}: is of type {kind} "))
        assert f'"{value}' in said
        assert "kaptui reads" in said
    first = opened(file).removeprefix(f"{file}: ")
    assert first in told
    assert first.startswith("table person, column level: ")


BROKEN = {
    "update assessment set score = 'nan'": 'assessment, column score: "nan" is not a finite number',
    "update plan set end_on = 'infinity'": 'plan, column end_on: "infinity" is not a day from 1900',
    "insert into financial_period from financial_period": "financial_period, column account_id, period_start, ",
    "update plan set account_id = 'gone'": "plan, column account_id: ",
    retyped("account", tier="9::tinyint"): "account, column tier: ",
    retyped("objective", name="null::varchar"): "objective, column name: ",
}
"""What no load would write, and how it is refused."""


def test_rows_that_no_load_would_write_are_refused(changed: Changed) -> None:
    told = found(changed(";".join(BROKEN)))
    for sql, words in BROKEN.items():
        assert f": table {words}" in opened(changed(sql))
        assert any(each.startswith(f"table {words.partition(':')[0].rstrip()}") for each in told), words


def test_a_setting_twice_and_a_month_without_its_day_are_told_by_a_check(changed: Changed) -> None:
    without_keys = "create or replace table {0} as from {0};"
    twice = without_keys.format("setting") + "insert into setting from (from setting union all from setting);"
    assert any("setting" in words for words in found(changed(twice)))
    undated = without_keys.format("financial_period") + (
        "update financial_period set period_start = null, cogs = null where rowid = 2"
    )
    report = check(changed(undated))
    assert [(each.table, each.column) for each in report.errors] == [("financial_period", "period_start")]
    assert all(each.problem for each in report.findings)


def test_rows_that_stand_twice_on_the_same_line_are_all_told_and_an_empty_cell_takes_its_default(
    changed: Changed,
) -> None:
    empty = "create or replace table person as select * replace (null::boolean as active) from person;"
    with closing(open_file.read(changed(empty))[0]) as connection:
        assert connection.execute("select distinct active from person").fetchall() == [(True,)]
        rows = connection.execute("select count(*) from financial_period").fetchall()[0][0]
    twice = "create or replace table financial_period as from financial_period union all from financial_period"
    told = check(changed(empty + twice)).errors
    assert [each.rule for each in told] == ["key"] * rows
    assert rows > 0


def test_nothing_in_a_file_is_run(changed: Changed, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("account_id,name\nSECRET,SECRET\n", encoding="utf-8")
    view = f"drop table account; create view account as from read_csv('{secret}')"
    computed = (
        "create table other as from plan; drop table plan; "
        "create table plan (plan_id varchar, kept varchar, account_id varchar generated always as (kept))"
    )
    meta = "drop table kaptui_meta; create view kaptui_meta as select 1 as schema_version"
    told = check(changed(f"{view}; {computed}; {meta}")).errors
    assert not any("SECRET" in str(each) for each in told)
    for sql, words in (
        (view, "table account: is a view, and kaptui reads only tables"),
        (computed, "table plan, column account_id: is computed by the file"),
        (meta, "table kaptui_meta: is a view"),
    ):
        assert words in opened(changed(sql))
        table, problem = words.removeprefix("table ").split(": ")
        assert any(each.table == table.partition(",")[0] and problem in each.problem for each in told)
    with closing(duckdb.connect()) as connection:
        attach(connection, changed(view), "source")
        for read in ("source.account", f"read_csv('{secret}')", f"read_csv('{tmp_path}/../x.csv')"):
            with pytest.raises(duckdb.PermissionException):
                connection.execute(f"from {read}").fetchall()
        with pytest.raises(duckdb.InvalidInputException):
            connection.execute("set enable_external_access = true")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "account.csv").write_text("account_id,name\nA1,Acme\n", encoding="utf-8")
    other = f"drop table plan; create view plan as from read_csv('{secret}')"
    report = load(tmp_path / "in", changed(other))
    assert [each.rule for each in report.warnings] == ["history"]
    assert "is a view" in str(report.warnings[0])


def test_macros_and_tables_of_the_file_s_own_change_nothing(sound: Path, changed: Changed) -> None:
    macros = "create macro sum(x) as 42; create macro coalesce(a, b) as 'x'; create macro lower(x) as 'x';"
    more = "create schema more; create table more.account as select 'X' as account_id; create table extra as select 1;"
    file = changed(macros + more + "alter table account add column extra varchar; create view other as select 1")
    assert facts(file) == facts(sound)
    assert found(file) == []


def test_what_says_who_made_the_file_is_looked_at_too(changed: Changed) -> None:
    for cell in ("'x'", "[1]", "interval 1 day", "1e300", "null", "encode('1')"):
        file = changed(f"create or replace table kaptui_meta as select {cell} as schema_version")
        assert any(words in opened(file) for words in ("table kaptui_meta, column schema_version: ", "kaptui (schema"))
    file = changed(
        retyped("history", loaded_at="'soon'") + "insert into history select 'soon', 'a', 'b', 'c', 'd', 'e'"
    )
    assert "table history, column loaded_at: is of type VARCHAR" in opened(file)


def test_a_file_as_a_load_left_it_is_not_looked_at_again(
    sound: Path, changed: Changed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []

    def broken(*_: object) -> Iterator[rules.Broken]:
        looked.append(1)
        yield from ()

    monkeypatch.setattr(rules, "broken", broken)
    open_file.read(sound)[0].close()
    assert looked == []
    with closing(duckdb.connect(str(sound), read_only=True)) as connection:
        assert connection.execute("select checkpoint from kaptui_meta").fetchall() == [(checkpoints(sound),)]
    open_file.read(changed("update account set name = 'Other'"))[0].close()
    assert looked == [1]
    link = tmp_path / "it's.duckdb"
    link.symlink_to(sound)
    open_file.read(link)[0].close()
    assert looked == [1]
    log = changed("select 1")
    Path(f"{log}.wal").touch()
    assert checkpoints(log) is None
