"""The model found by name: what a text needs is what it names, each object is made once, whoever asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.portfolio.database import in_memory
from kaptui.portfolio.model import Model, Names, model
from kaptui.portfolio.model_schema import Macros, ModelSchema


def model_of(folder: Path, text: str) -> Model:
    """A model of one file."""
    file = folder / "some.sql"
    file.write_text(text, encoding="utf-8")
    return Model([file])


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database with a schema for a model."""
    connection = in_memory()
    connection.execute("create schema made")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("sql", "relations", "calls", "quoted"),
    [
        ("from t join u using (x)", {"from", "t", "join", "u", "x"}, set(), set()),
        ("select a.t, m(x) -- from gone", {"select", "x"}, {"m"}, set()),
        ("""select 'it''s t', "T" """, {"select", "t"}, set(), {"it''s t"}),
    ],
)
def test_names_are_words_outside_comments_and_after_no_dot(
    sql: str, relations: set[str], calls: set[str], quoted: set[str]
) -> None:
    names = Names.of(sql)
    assert relations <= names.relations
    assert calls <= names.calls
    assert "gone" not in names.relations
    assert names.quoted == quoted


def test_what_is_needed_comes_first_through_macros_too(tmp_path: Path) -> None:
    text = (
        "create view c as from m(); create macro m() as table from query_table('a'); create table a as select 1 as x;"
        "create table beside as select 2 as y; create view never as from beside;"
    )
    assert [each.name for each in model_of(tmp_path, text).needed(["c"])] == ["a", "m", "c"]


def test_what_fills_or_indexes_a_table_belongs_to_it(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    text = "create table a (x integer); insert into a values (1); create index by_x on a (x);comment on table a is 'b';"
    ModelSchema("made", model_of(tmp_path, text)).require(connection, ["a"])
    assert connection.execute("from a").fetchall() == [(1,)]
    assert connection.execute("select index_name from duckdb_indexes()").fetchall() == [("by_x",)]


def test_a_later_definition_may_replace_one(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    text = "create macro one() as 1; create or replace macro one() as 2; create view v as select one() as x;"
    ModelSchema("made", model_of(tmp_path, text)).require(connection, ["v"])
    assert connection.execute("from v").fetchall() == [(2,)]


def test_a_macro_is_made_once_for_all_schemas_and_reads_the_tables_of_the_one_that_calls(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Those of the schema that it was made for may go meanwhile; one that failed is tried again."""
    objects = model_of(tmp_path, "create table a as from b; create macro doubled() as (select 2 * x from a);")
    macros = Macros()
    for number in (1, 2, 3):
        connection.execute(
            f"create schema s{number}; create table s{number}.b as select {number} as {'yx'[number > 1]}"
        )
        schema = ModelSchema(f"s{number}", objects, macros=macros)
        if number == 1:
            with pytest.raises(duckdb.BinderException):
                schema.require(connection, ["doubled"])
            continue
        schema.require(connection, ["doubled"])
        assert connection.execute("select doubled()").fetchone() == (2 * number,)
        connection.execute(f"drop schema s{number} cascade")
    made = connection.execute("select schema_name from duckdb_functions() where function_name = 'doubled'").fetchall()
    assert (made, macros.there) == ([("main",)], {"doubled"})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("create table a as select 1; drop table a;", "does not begin with what it makes"),
        ("create table a as select 1; create view a as select 2;", "'a' is made twice"),
    ],
)
def test_what_is_no_model_is_refused_by_name(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(KaptuiError, match=problem):
        model_of(tmp_path, text)


def test_a_circle_is_named(tmp_path: Path) -> None:
    circle = model_of(tmp_path, "create view a as from b; create view b as from c; create view c as from a;")
    with pytest.raises(KaptuiError, match="a -> b -> c -> a"):
        circle.needed(["b", "a"])


def test_the_model_has_no_circle() -> None:
    assert len(model().needed(model().objects)) == len(model().objects) > 200


def test_no_view_is_bound_when_it_is_made(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Whatever its head looks like: with columns of its own, replacing another, in capitals."""
    heads = ("create view v", "create or replace view v", "create view main.v (x, y)", "CREATE VIEW V(x) ")
    for head in heads:
        (made,) = model_of(tmp_path, f"{head} as select 1 as as_it_is;").objects.values()
        assert "with (defer_binding) as select 1 as as_it_is" in made.statements[0], head
    views = [each for each in model().objects.values() if each.kind == "view"]
    assert len(views) > 100
    assert [each.name for each in views if "with (defer_binding) as" not in each.statements[0]] == []
    ModelSchema("made", model_of(tmp_path, "create view v (x) as from nowhere;")).require(connection, ["v"])
    with pytest.raises(duckdb.CatalogException, match="nowhere"):
        connection.execute("from v")


def test_only_what_is_asked_for_is_made() -> None:
    portfolio = Portfolio.demo()
    portfolio.ask("programme_promotion", Filters())
    with portfolio._cursor() as cursor:
        made = {name for (name,) in cursor.execute("select table_name from duckdb_tables()").fetchall()}
    assert "context" in made
    assert "account_figures" not in made
    portfolio.close()


def test_many_who_ask_at_once_make_each_object_once(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    before = ["", *(f", t{n}" for n in range(11))]
    chain = (
        f"create table t{n} as select sum(i) as x from range(200000) r (i){each};" for n, each in enumerate(before)
    )
    text = "".join(chain)
    schema = ModelSchema("made", model_of(tmp_path, text))
    failed: list[duckdb.Error] = []

    def ask(name: str) -> None:
        try:
            schema.require(connection.cursor(), [name])
        except duckdb.Error as error:
            failed.append(error)

    asking = [threading.Thread(target=ask, args=(f"t{n}",)) for n in (11, 5, 11, 3, 8, 11)]
    for each in asking:
        each.start()
    for each in asking:
        each.join(20)
    assert not failed
    assert connection.execute("select count(*) from duckdb_tables() where schema_name = 'made'").fetchone() == (12,)


def stop(thread: threading.Thread, cursor: duckdb.DuckDBPyConnection) -> None:
    """Interrupt whatever the thread runs on this cursor until it has ended."""
    end = time.monotonic() + 20
    while thread.is_alive():
        assert time.monotonic() < end
        cursor.interrupt()
        thread.join(0.5)


def test_what_was_stopped_half_way_is_made_by_whoever_waits(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """And by whoever asks again; nothing half-made stays."""
    text = "create table slow (x bigint); insert into slow select sum(i) from range(400000000) r (i), range(50) s (j);"
    schema = ModelSchema("made", model_of(tmp_path, text))
    first, second = connection.cursor(), connection.cursor()
    ended: dict[str, duckdb.Error | None] = {}

    def ask(name: str, cursor: duckdb.DuckDBPyConnection) -> None:
        try:
            schema.require(cursor, ["slow"])
            ended[name] = None
        except duckdb.Error as error:
            ended[name] = error

    asking = [threading.Thread(target=ask, args=given) for given in (("first", first), ("second", second))]
    asking[0].start()
    time.sleep(0.2)
    asking[1].start()
    stop(asking[0], first)
    assert "second" not in ended, "it makes what the first one could not"
    assert connection.execute("select count(*) from duckdb_tables() where schema_name = 'made'").fetchone() == (0,)
    stop(asking[1], second)
    assert [type(each) for each in ended.values()] == [duckdb.InterruptException] * 2
    assert not schema._made


def test_a_part_of_the_model_that_fails_can_be_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    portfolio = Portfolio.demo()
    with monkeypatch.context() as patch:
        patch.setattr(
            "kaptui.portfolio.model_schema._parsed", lambda _, cursor: cursor.extract_statements("select no_column")
        )
        with pytest.raises(duckdb.Error):
            portfolio.context(Filters())
    assert portfolio.ask("changes", Filters()).height > 100
    portfolio.close()


def test_much_at_once_is_made_by_two(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Each object once, and none before what it rests on."""
    text = "create table t0 as select 0 as x;" + "".join(
        f"create view v{n} as from t{n // 3}; create table t{n} as select x + 1 as x from v{n}, range(30000) limit 1;"
        for n in range(1, 40)
    )
    lent: list[str] = []

    @contextmanager
    def cursors() -> Iterator[duckdb.DuckDBPyConnection]:
        lent.append(threading.current_thread().name)
        yield connection.cursor()

    schema = ModelSchema("made", model_of(tmp_path, text), cursors=cursors)
    schema.require(connection, ["t4"])
    assert not lent, "three tables are not worth it"
    schema.require(connection, [f"t{n}" for n in range(40)])
    assert len(lent) == 1
    assert lent[0] != threading.current_thread().name
    assert connection.execute("select count(*) from duckdb_tables() where schema_name = 'made'").fetchone() == (40,)
    assert connection.execute("from t39").fetchall() == [(4,)]


def test_what_whoever_helps_cannot_make_is_told_to_whoever_asked(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    """Here that there is no cursor for it; nothing stays claimed, and the next who asks without help has all."""
    text = "".join(f"create table t{n} as select sum(i) as x from range(3000000) r (i);" for n in range(8))

    @contextmanager
    def none() -> Iterator[duckdb.DuckDBPyConnection]:
        raise KaptuiError("stopped", "Ask again.")
        yield connection

    schema = ModelSchema("made", model_of(tmp_path, text), cursors=none)
    with pytest.raises(KaptuiError, match="stopped"):
        schema.require(connection, [f"t{n}" for n in range(8)])
    schema.cursors = None
    schema.require(connection, [f"t{n}" for n in range(8)])
    assert connection.execute("select count(*) from duckdb_tables() where schema_name = 'made'").fetchone() == (8,)
