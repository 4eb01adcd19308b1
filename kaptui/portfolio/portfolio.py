"""`Portfolio`: opens a file, applies the model, answers questions. Safe to ask from several threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import duckdb

from kaptui.errors import KaptuiError, NoRule
from kaptui.filters import Context, Filters
from kaptui.portfolio import snapshot
from kaptui.portfolio.scenario import build as build_scenario
from kaptui.portfolio.snapshot import frame_of, statement
from kaptui.portfolio.space import Choice, Space, build, choice_of
from kaptui.questions import Question, catalogue, measure_of, measures, named
from kaptui.resources import SAMPLE, sample_dir

if TYPE_CHECKING:
    import polars as pl

_SPACES_KEPT = 3
_SCENARIOS_KEPT = 8
_CLOSING_SECONDS = 2.0
_OF_EXPLANATIONS = ("why", "lifts", "suggestions")


class _Arrow:
    """A Polars frame reduced to its Arrow stream: DuckDB reads that without pyarrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self._frame.__arrow_c_stream__(requested_schema)


class Portfolio:
    """The facts of one file in memory.

    Every set of choices (as-of, since, basis, window) has a schema of its own with the model built for it; every
    ask runs on its own cursor in a transaction that is rolled back, so that its `selection` is seen by nobody else.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str, queries: Path | None = None) -> None:
        self.name = name
        self.remarks: tuple[str, ...] = ()
        self.arguments: tuple[str, ...] = ()
        """Words of a command line that open the same portfolio; none where it is in no file."""
        self.questions = catalogue(queries)
        self._connection = connection
        self._spaces: dict[Choice, Space] = {}
        self._built = 0
        self._building = threading.RLock()
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._closing = threading.Lock()
        self._closed = False
        self._counts: dict[str, int] | None = None
        self._small = snapshot.suit(connection)
        connection.execute("set enable_external_access = false")

    @classmethod
    def open(cls, path: Path, queries: Path | None = None) -> Portfolio:
        """The portfolio in `path`; KaptuiError if it cannot be read (see `snapshot.read`)."""
        connection, remarks = snapshot.read(path)
        portfolio = cls(connection, path.name, queries)
        portfolio.remarks = remarks
        own = ("--queries", str(queries)) if queries is not None else ()
        portfolio.arguments = (f"./{path}" if str(path).startswith("-") else str(path), *own)
        return portfolio

    @classmethod
    def demo(cls, queries: Path | None = None) -> Portfolio:
        """The sample portfolio that travels with kaptui, in memory; nothing is written."""
        return cls(snapshot.sample(sample_dir()), SAMPLE, queries)

    @classmethod
    def over(cls, connection: duckdb.DuckDBPyConnection, name: str, queries: Path | None = None) -> Portfolio:
        """The portfolio in an in-memory database that already holds the facts; `name` is shown on screen."""
        return cls(connection, name, queries)

    def context(self, filters: Filters) -> Context:
        """The reader's choices with every default settled; UsageError on a bad `since`."""
        return self._space(filters).context

    def card(self, filters: Filters) -> pl.DataFrame:
        """The account card: one row per account of the file, a column per filter field, `factor.CODE` per factor."""
        return self._space(filters).card

    def matching(self, filters: Filters) -> pl.DataFrame:
        """The card's rows that satisfy `filters.where`; UsageError where the text is wrong."""
        return self._space(filters).matching(filters.where)

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to one question over the accounts that `filters` leaves; columns as promised, rows in order."""
        return self._answer(named(question, self.questions), filters)

    def explain(self, measure: str, filters: Filters, account_id: str = "", item: str = "") -> pl.DataFrame:
        """Why a number is what it is: rows `part` (value, rule, lift, input, note), label, value, kind, words, ...

        `measure` is a column, or `question.column`; `account_id` is empty for a number of the whole portfolio;
        `item` tells the numbers of one account apart: a factor's code, a side, a month. NoRule: nothing
        explains this measure.
        """
        column = measure.rpartition(".")[2]
        name = measure_of(column, measure.rpartition(".")[0] or ("" if account_id else "portfolio"))
        if name is None:
            raise NoRule(f"'{column}' has no explanation of its own", "w on an account's numbers says more.")
        told = self._answer(measures()[name], filters, (column, account_id, item))
        if told.is_empty():
            raise NoRule(f"Nothing is known about '{column}' here", "It may be empty in the file.")
        return told

    def _answer(self, asked: Question, filters: Filters, about: tuple[str, str, str] | None = None) -> pl.DataFrame:
        """Run one question over the accounts chosen. `about` is what an explanation is asked about."""
        space = self._space(filters)
        read = [self.questions[name] for name in asked.reads]
        needs = [part for each in (*read, asked) for part in each.needs]
        if not space.further.issuperset(needs):
            self._extend(space, asked, needs)
        chosen = space.matching(filters.where).select("account_id") if filters.where.strip() else None
        schemas = self._schemas(space, filters)
        if about is not None and filters.moves:
            own = [part for part in needs if part.startswith(_OF_EXPLANATIONS)]
            self._extend(space, asked, own, schemas.partition(",")[0])
        with self._cursor() as cursor:
            cursor.execute(f"set search_path = '{schemas},main'")
            cursor.execute("begin")
            try:
                if chosen is None:
                    cursor.execute(statement("select_all"))
                else:
                    cursor.register("chosen", _Arrow(chosen))
                    cursor.execute(statement("select_chosen"))
                    if space.names_exited(filters.where):
                        cursor.execute(statement("name_exited"))
                if about is not None:
                    cursor.execute(statement("ask_about"), about)
                for each in read:
                    cursor.execute(f"create temp view shown_{each.name} as {each.sql}")
                return frame_of(cursor, asked.sql)
            except duckdb.Error as error:
                raise _failed(asked, error) from error
            finally:
                cursor.execute("rollback")

    def _extend(self, space: Space, asked: Question, needs: Sequence[str], scenario: str = "") -> None:
        with self._building, self._cursor() as cursor:
            try:
                for part in needs:
                    space.extend(cursor, part, scenario)
            except duckdb.Error as error:
                raise _failed(asked, error) from error

    def prepare(self, filters: Filters) -> None:
        """Build what any question may need of the model, so that its first ask is as quick as the next.

        Not where much data would keep others waiting. KaptuiError where it is stopped.
        """
        if self._small:
            space = self._space(filters)
            for each in self.questions.values():
                self._extend(space, each, each.needs)

    def reviews(self, filters: Filters) -> list[tuple[str, date]]:
        """The review points before as-of with their days, the latest first."""
        space = self._space(filters)
        with self._cursor() as cursor:
            cursor.execute(f"set search_path = '{space.schema},main'")
            return cursor.execute(statement("reviews")).fetchall()

    def rows(self, table: str) -> int:
        """How many rows the fact table has in this file; 0 for a table the file does not know."""
        if self._counts is None:
            with self._cursor() as cursor:
                self._counts = dict(cursor.execute(statement("row_counts")).fetchall())
        return self._counts.get(table, 0)

    def interrupt(self) -> None:
        """Stop every query that is running now; those who asked get a KaptuiError."""
        for cursor in list(self._cursors):
            cursor.interrupt()

    def close(self) -> None:
        """Stop what runs and release the memory. Asking afterwards is a KaptuiError."""
        self._closed = True
        with self._closing:
            end = monotonic() + _CLOSING_SECONDS
            while self._cursors and monotonic() < end:  # a connection with a running query refuses to close
                self.interrupt()
                sleep(0.01)
            if not self._cursors:
                self._connection.close()

    def _space(self, filters: Filters) -> Space:
        choice = choice_of(filters)
        with self._building:
            space = self._spaces.get(choice)
            if space is None:
                with self._cursor() as cursor, self._cursor() as other:
                    self._built += 1
                    try:
                        space = build((cursor, other), f"choice_{self._built}", choice, date.today())
                    except duckdb.InterruptException as error:
                        raise KaptuiError("stopped", "Ask again.") from error
                self._keep(choice, space)
        return space

    def _schemas(self, space: Space, filters: Filters) -> str:
        """Where the model is looked for: in the space, before it in the schema of the what-if, if there is one."""
        if not filters.moves:
            return space.schema
        with self._building:
            scenario = space.scenarios.get(filters.moves)
            if scenario is None:
                self._built += 1
                scenario = f"scenario_{self._built}"
                with self._cursor() as cursor, self._cursor() as other:
                    try:
                        build_scenario((cursor, other), scenario, space.schema, filters.moves)
                    except duckdb.InterruptException as error:
                        raise KaptuiError("stopped", "Ask again.") from error
                    space.scenarios[filters.moves] = scenario
                    while len(space.scenarios) > _SCENARIOS_KEPT:
                        oldest = space.scenarios.pop(next(iter(space.scenarios)))
                        cursor.execute(f"drop schema {oldest} cascade")
        return f"{scenario},{space.schema}"

    def _keep(self, choice: Choice, space: Space) -> None:
        self._spaces[choice] = space
        while len(self._spaces) > _SPACES_KEPT:
            oldest = next(iter(self._spaces))
            dropped = self._spaces.pop(oldest)
            with self._cursor() as cursor:
                for schema in (*dropped.scenarios.values(), dropped.schema):
                    cursor.execute(f"drop schema {schema} cascade")

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if self._closed:
            raise KaptuiError(f"{self.name}: already closed", "Open it again.")
        cursor = self._connection.cursor()
        self._cursors.add(cursor)
        try:
            yield cursor
        finally:
            self._cursors.discard(cursor)
            cursor.close()


def _failed(asked: Question, error: duckdb.Error) -> KaptuiError:
    if isinstance(error, duckdb.InterruptException):
        return KaptuiError(f"{asked.name}: stopped", "Ask again.")
    return KaptuiError(f"{asked.name}: {str(error).splitlines()[0]}", f"Look into {asked.name}.sql.")
