"""The model built for one set of choices: a schema of the database that grows by what is asked for."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any, NamedTuple

import duckdb

from kaptui.common.days import read_day
from kaptui.common.did_you_mean import nearest
from kaptui.errors import UsageError
from kaptui.filters import Basis, Context, Filters, Rates, Window
from kaptui.portfolio.database import transaction
from kaptui.portfolio.model import Model, ModelObject, model
from kaptui.portfolio.prepared_copy import MODEL_PATH
from kaptui.resources import query_text

_CHOICE = ("choice", "selection", "exited_named", "what_if_move")
"""The tables that the portfolio fills and the model reads."""
_PER_ASK = frozenset(_CHOICE) - {"choice"} | {"asked"}
"""The tables that are filled anew whenever a question is asked: what rests on them is in no prepared copy."""
_WORTH_HELP = 8
"""So many tables are worth a second thread."""
Cursors = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
"""Gives a cursor for as long as it is used."""


class ModelKey(NamedTuple):
    """The reader's choices that decide which model answers; the filter text does not."""

    as_of: date | None
    since: str | None
    basis: Basis | None
    window: Window
    rates: Rates

    @classmethod
    def of(cls, filters: Filters) -> ModelKey:
        """The choices among these filters."""
        return cls(filters.as_of, filters.since, filters.basis, filters.window, filters.rates)

    def told(self) -> dict[str, date | str | None]:
        """The choices by the names that the model knows them by."""
        names = ("as_of", "since", "basis", "time_window", "rates")
        return dict(zip(names, self, strict=True))

    def on(self, day: date) -> str:
        """What decides over the model's tables besides the file, as text."""
        return json.dumps({"today": str(day), **{name: str(value) for name, value in self.told().items()}})


class _Work:
    """Objects that one thread makes, and perhaps a second one that helps it."""

    def __init__(self, objects: Iterable[ModelObject]) -> None:
        self.left = list(objects)[::-1]
        """What is not made yet, the next one last."""
        self.ended = False
        """Whoever helps makes nothing more."""
        self.failed: Exception | None = None
        """Why whoever helps could not make something."""


class Macros:
    """The macros that stand in the database, shared by all schemas: what one names is looked for where it is called."""

    def __init__(self) -> None:
        self.there: set[str] = set()
        self._locks: dict[str, threading.Lock] = {}

    def make(self, name: str, made: Callable[[], None]) -> None:
        """Call `made` unless the macro is there; where somebody else makes it for another schema, wait for that.

        Each schema calls this in its turn even so: what reads a macro waits for the tables that it reads here.
        """
        with self._locks.setdefault(name, threading.Lock()):
            if name not in self.there:
                made()
                self.there.add(name)


class ModelSchema:
    """One schema of the database with as much of a model as was asked for; safe to ask from several threads.

    With a `base` it hides part of another schema: only the objects called in `own` are made here, all else there.
    `ready` are the tables that stand in a prepared copy already. `cursors` gives a second thread a cursor, so that
    much that is asked for at once is made by two: most of the time goes into planning, which uses one processor.
    `macros` are those of the database, made by whichever schema needs one first; a base's schema has them.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a schema rests on
        self,
        name: str,
        objects: Model,
        base: ModelSchema | None = None,
        own: frozenset[str] = frozenset(),
        ready: Set[str] = frozenset(),
        cursors: Cursors | None = None,
        macros: Macros | None = None,
    ) -> None:
        self.name = name
        beneath = base.path if base else f"{MODEL_PATH},main" if ready else "main"
        self.path: str = f"{name},{beneath}"
        """The search path under which its names are found."""
        self.cursors = cursors
        self._macros: Macros = macros or (base._macros if base else Macros())
        self._model, self._base, self._own = objects, base, own
        self._ready = frozenset(ready)
        self._there: set[frozenset[str]] = set()
        """What was asked for together before: it costs a millisecond to find that all it rests on is there."""
        self._made: dict[str, bool] = dict.fromkeys(ready, True)
        """The objects that are there, and those that somebody is making: False."""
        self._changed = threading.Condition()
        self._helping = threading.Lock()

    def require(self, cursor: duckdb.DuckDBPyConnection, wanted: Iterable[str]) -> None:
        """Make the objects called so, and what they rest on, unless they are there; duckdb.Error where that fails.

        What somebody else is making meanwhile is waited for. The cursor's search path is that of this schema after.
        """
        asked = frozenset(wanted)
        needed = self._model.needed(asked) if asked not in self._there else []
        if self._base is not None and needed:
            self._base.require(cursor, [each.name for each in needed if each.name not in self._own])
            needed = [each for each in needed if each.name in self._own]
        cursor.execute(f"set search_path = '{self.path}'")
        work = _Work(needed)
        with self._helped(work):
            self._make_all(cursor, work, work.left)
        if work.failed is not None:
            raise work.failed
        self._there.add(asked)

    def lasting(self) -> Mapping[str, str]:
        """The tables made so far that stay as they are whatever is asked, each with the schema it is in."""
        with self._changed:
            made = {name for name, there in self._made.items() if there}
        return dict.fromkeys(sorted(self._model.settled(made - self._ready, _PER_ASK)), self.name)

    @contextmanager
    def _helped(self, work: _Work) -> Iterator[None]:
        """A second thread makes part of the work meanwhile, where that is worth it and none is doing so already."""
        with self._changed:
            tables = sum(each.kind == "table" and each.name not in self._made for each in work.left)
        if self.cursors is None or tables < _WORTH_HELP or not self._helping.acquire(blocking=False):
            yield
            return
        try:
            thread = threading.Thread(target=self._help, args=(self.cursors, work, list(work.left)), daemon=True)
            thread.start()
            try:
                yield
            finally:
                work.ended = True
                thread.join()
        finally:
            self._helping.release()

    def _help(self, cursors: Cursors, work: _Work, left: list[ModelObject]) -> None:
        try:
            with cursors() as cursor:
                cursor.execute(f"set search_path = '{self.path}'")
                self._make_all(cursor, work, left)
        except Exception as error:  # noqa: BLE001 - raised by whoever is helped
            with self._changed:
                work.failed = error
                self._changed.notify_all()

    def _make_all(self, cursor: duckdb.DuckDBPyConnection, work: _Work, left: list[ModelObject]) -> None:
        """Make what is left, or wait for it, until it is all there, nobody wants it, or whoever helps has failed."""
        while True:
            with self._changed:
                while (wanted := self._next(left)) is None and left and work.failed is None:
                    self._changed.wait()
                if wanted is None or work.failed is not None or work.ended:
                    return
                self._made[wanted.name] = False
            self._make(cursor, wanted)

    def _next(self, left: list[ModelObject]) -> ModelObject | None:
        """The first object that nobody makes and that rests only on what is there; those at hand leave the list."""
        while left and self._made.get(left[-1].name):
            left.pop()
        return next((each for each in reversed(left) if each.name not in self._made and self._can_make(each)), None)

    def _can_make(self, wanted: ModelObject) -> bool:
        below = self._base is not None
        return all(self._made.get(need) or (below and need not in self._own) for need in wanted.needs)

    def _make(self, cursor: duckdb.DuckDBPyConnection, wanted: ModelObject) -> None:
        there = False
        try:
            if wanted.kind == "macro":
                self._macros.make(wanted.name, lambda: _run(cursor, wanted))
            else:
                _run(cursor, wanted)
            there = True
        finally:
            with self._changed:
                if there:
                    self._made[wanted.name] = True
                else:
                    del self._made[wanted.name]
                self._changed.notify_all()


def _run(cursor: duckdb.DuckDBPyConnection, wanted: ModelObject) -> None:
    statements = [each for text in wanted.statements for each in _parsed(text, cursor)]
    if len(statements) == 1:
        cursor.execute(statements[0])
    else:
        with transaction(cursor):
            for each in statements:
                cursor.execute(each)


_PARSED: dict[str, list[duckdb.Statement]] = {}


def _parsed(sql: str, cursor: duckdb.DuckDBPyConnection) -> list[duckdb.Statement]:
    """The statements of a text, parsed once for all schemas."""
    statements = _PARSED.get(sql)
    if statements is None:  # by this cursor: without one, DuckDB makes a database for it first
        statements = _PARSED[sql] = cursor.extract_statements(sql)
    return statements


def build(  # noqa: PLR0913, PLR0917 - what decides over a model
    cursor: duckdb.DuckDBPyConnection,
    name: str,
    key: ModelKey,
    today: date,
    ready: Set[str] = frozenset(),
    cursors: Cursors | None = None,
    macros: Macros | None = None,
) -> tuple[ModelSchema, Context]:
    """A new schema in which the reader's choices are settled; the rest of the model is made when it is asked for.

    `ready` are the tables that a prepared copy has of the model of these very choices on this very day; `cursors` gives
    one to a thread that helps, `macros` are those of earlier models. What fails half-way leaves only whole macros
    behind. Raises UsageError when `since` is neither a review point nor a day before as-of.
    """
    cursor.execute(f"create schema {name}")
    try:
        schema = ModelSchema(name, model(), ready=ready, cursors=cursors, macros=macros)
        schema.require(cursor, _CHOICE)
        if "choice" not in ready:
            cursor.execute(query_text("runtime", "choose"), {"today": today, **key.told()})
        schema.require(cursor, ["context"])
        as_of, since = _told(cursor)[:2]
        if since is None and key.since is not None:
            cursor.execute(f"drop schema {name} cascade")
            told = key._replace(since=_day(cursor, key.since, as_of).isoformat())
            return build(cursor, name, told, today, cursors=cursors, macros=macros)
        return schema, _settled(cursor)
    except BaseException:
        cursor.execute(f"drop schema if exists {name} cascade")
        raise


def _told(cursor: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    row = cursor.execute(query_text("runtime", "context")).fetchone()
    assert row is not None, "context has one row"
    return row


def _day(cursor: duckdb.DuckDBPyConnection, since: str, as_of: date) -> date:
    """The day that `since` means, which is no review's name: "last year", "31.12.2025"; counted from as-of."""
    try:
        return read_day(since, as_of, before=True)
    except UsageError as error:
        said = error.message.removeprefix(f"{since.strip()}: ").removeprefix("there is ")
        if said != "not a day":
            raise UsageError(f"--since '{since}': {said}", error.hint) from None
        reviews = [name for (name,) in cursor.execute("select name from review_point order by held_on").fetchall()]
        near = nearest(since, reviews)
        hint = f"Did you mean {near}? " if near else "Give a review point's exact name. "
        raise UsageError(
            f"--since '{since}': neither a review point of this file nor a date", f"{hint}Else {error.hint}."
        ) from None


def _settled(cursor: duckdb.DuckDBPyConnection) -> Context:
    as_of, day, label, *settled = _told(cursor)
    if day >= as_of:
        raise UsageError(f"--since {day}: not before as-of {as_of}", "Compare with an earlier day.")
    return Context(as_of, day, label, *settled)
