"""Statements run side by side: each after what it rests on, all or an error, nothing left of a model that failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import duckdb
import pytest

from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.portfolio import Portfolio, scenario, space
from kaptui.portfolio.side_by_side import run, script

SLOW = "create table {} as select count(*) as n from range(400000) a (i), range(200) b (j) where (i * j) % 7 = 1;"
"""Takes some tenths of a second."""


@pytest.fixture
def cursors() -> Iterator[list[duckdb.DuckDBPyConnection]]:
    """Two cursors of one database in memory."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("set threads = 1")
        yield [connection.cursor(), connection.cursor()]


def waits(*texts: str, beside: tuple[str, ...] = ()) -> list[set[int]]:
    return [set(places) for places in script(texts, beside).waits_for]


def test_a_statement_waits_for_what_it_names() -> None:
    assert waits(
        "-- two things\ncreate table a as select 1 as x; create table b as select 2 as x;",
        "create view c as from a; insert into b values (3);",
        "create table d as from b;",
    ) == [set(), set(), {0}, {1}, {1, 3}]


def test_a_statement_waits_for_what_its_macros_name() -> None:
    late = "create macro m() as table from later; create table later as select 1 as x; create table u as from m();"
    assert waits(late) == [set(), {0} - {0}, {0, 1}]
    assert waits(
        "create table t as select 1 as x; create table u as from outer_one();",
        beside=("create macro outer_one() as table from inner_one(); create macro inner_one() as table from t;",),
    ) == [set(), {0}]


def test_what_makes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="what does this make"):
        script(["create table a (x integer); drop table a;"])


def test_the_model_and_a_what_if_have_statements_to_run_at_once() -> None:
    """Else one cursor would do; and whatever waits does so for statements before it."""
    for given in (space._model(), scenario._script()):
        assert all(before < place for place, places in enumerate(given.waits_for) for before in places)
        first = [place for place, places in enumerate(given.waits_for) if not places]
        assert len(first) > 1


def test_they_run_side_by_side_and_in_order(cursors: list[duckdb.DuckDBPyConnection]) -> None:
    started: list[tuple[str, int]] = []

    class Watched:
        """A cursor that says which thread runs a statement, and waits until the other one runs its own too."""

        together = threading.Barrier(2)

        def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
            self.cursor = cursor

        def execute(self, statement: duckdb.Statement) -> None:
            started.append((statement.query.split()[2], threading.get_ident()))
            if len(started) <= 2:
                self.together.wait(5)
            self.cursor.execute(statement)

    given = script(["create table a as select 1 as x; create table b as select 2 as x; create table c as from a, b;"])
    run(given, [Watched(each) for each in cursors])  # type: ignore[misc]
    assert {name for name, _ in started[:2]} == {"a", "b"}
    assert len({thread for _, thread in started[:2]}) == 2
    assert [name for name, _ in started[2:]] == ["c"]
    assert cursors[0].execute("from c").fetchall() == [(1, 2)]


def test_the_first_error_stops_all(cursors: list[duckdb.DuckDBPyConnection]) -> None:
    texts = [
        SLOW.format("slow"),
        "create table wrong as select nothing;",
        SLOW.format("never").replace("range(", "slow, range("),
    ]
    with pytest.raises(duckdb.BinderException, match="nothing"):
        run(script(texts), cursors)
    made = {name for (name,) in cursors[0].execute("select table_name from duckdb_tables()").fetchall()}
    assert made <= {"slow"}, "what runs already may still end"


@pytest.mark.parametrize("where", ["main", "other"])
def test_an_interrupt_stops_all(cursors: list[duckdb.DuckDBPyConnection], where: str) -> None:
    """Whichever cursor it reaches."""
    texts = [SLOW.format("one").replace("400000", "40000000"), SLOW.format("two").replace("400000", "40000000")]
    timer = threading.Timer(0.2, cursors[where == "other"].interrupt)
    timer.start()
    began = time.monotonic()
    with pytest.raises(duckdb.InterruptException):
        run(script(texts), cursors)
    assert time.monotonic() - began < 3
    assert cursors[0].execute("select 1").fetchone() == (1,), "and can be used again"


@pytest.mark.parametrize(
    "filters", [Filters(since="2026-01-31"), Filters(moves=(Move("leave", "LIN"),))], ids=["choice", "what-if"]
)
def test_a_model_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch, filters: Filters) -> None:
    portfolio = Portfolio.demo()
    portfolio.ask("portfolio", Filters())
    answer = portfolio.ask("sponsorship_summary", filters)
    schemas = portfolio._connection.execute("select count(*) from duckdb_schemas()").fetchall()
    other = Portfolio.demo()
    other.ask("portfolio", Filters())
    with monkeypatch.context() as patch:
        for module in (space, scenario):
            patch.setattr(module, "run", failing)
        with pytest.raises(KaptuiError, match="stopped"):
            other.ask("sponsorship_summary", filters)
    assert other.ask("sponsorship_summary", filters).equals(answer)
    assert other._connection.execute("select count(*) from duckdb_schemas()").fetchall() == schemas
    for each in (portfolio, other):
        each.close()


def failing(given: object, cursors: list[duckdb.DuckDBPyConnection]) -> None:
    """A run that is stopped after it made something."""
    cursors[0].execute("create table half as select 1 as x")
    raise duckdb.InterruptException("stopped")
