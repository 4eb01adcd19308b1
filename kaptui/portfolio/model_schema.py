"""One schema of the database with as much of the model as was asked for; what is made by whom, and who waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager

import duckdb

from kaptui.facts.statements import parsed
from kaptui.portfolio.database import transaction
from kaptui.portfolio.model import Model, ModelObject
from kaptui.portfolio.prepared_copy import MODEL_PATH

CHOICE = ("choice", "selection", "exited_named", "what_if_move")
"""The tables that the portfolio fills and the model reads."""
_PER_ASK = frozenset(CHOICE) - {"choice"} | {"asked"}
"""The tables that are filled anew whenever a question is asked: what rests on them is in no prepared copy."""
_WORTH_HELP = 8
"""So many tables are worth a second thread."""
Cursors = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
"""Gives a cursor for as long as it is used."""


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


def _parsed(sql: str, cursor: duckdb.DuckDBPyConnection) -> list[duckdb.Statement]:
    """The statements of a text, parsed once for all schemas."""
    return parsed(cursor, sql)
