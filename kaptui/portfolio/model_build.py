"""The model built for one set of choices: a schema of the database that grows by what is asked for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Set
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import cache
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


@dataclass(eq=False, slots=True)
class _Claim:
    """An object that somebody makes or has made; others who need it wait here."""

    made: Future[None]


class ModelSchema:
    """One schema of the database with as much of a model as was asked for; safe to ask from several threads.

    With a `base` it hides part of another schema: only the objects called in `own` are made here, all else there.
    `ready` are the tables that stand in a prepared copy already.
    """

    def __init__(
        self,
        name: str,
        objects: Model,
        base: ModelSchema | None = None,
        own: frozenset[str] = frozenset(),
        ready: Set[str] = frozenset(),
    ) -> None:
        self.name = name
        beneath = base.path if base else f"{MODEL_PATH},main" if ready else "main"
        self.path: str = f"{name},{beneath}"
        """The search path under which its names are found."""
        self._model, self._base, self._own = objects, base, own
        self._ready = frozenset(ready)
        self._there: set[frozenset[str]] = set()
        """What was asked for together before: it costs a millisecond to find that all it rests on is there."""
        self._claims: dict[str, _Claim] = {}
        for each in ready:
            self._claims[each] = _Claim(Future())
            self._claims[each].made.set_result(None)
        self._lock = threading.Lock()

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
        for each in needed:
            self._make(cursor, each)
        self._there.add(asked)

    def lasting(self) -> Mapping[str, str]:
        """The tables made so far that stay as they are whatever is asked, each with the schema it is in."""
        with self._lock:
            made = [name for name, claim in self._claims.items() if claim.made.done() and not claim.made.exception()]
        return dict.fromkeys(sorted(self._model.settled(set(made) - self._ready, _PER_ASK)), self.name)

    def _make(self, cursor: duckdb.DuckDBPyConnection, wanted: ModelObject) -> None:
        while True:
            with self._lock:
                claim = self._claims.get(wanted.name)
                mine = claim is None
                if claim is None:
                    claim = self._claims[wanted.name] = _Claim(Future())
            if mine:
                return self._make_claimed(cursor, wanted, claim)
            if claim.made.exception() is None:
                return None  # else whoever made it was stopped: try again

    def _make_claimed(self, cursor: duckdb.DuckDBPyConnection, wanted: ModelObject, claim: _Claim) -> None:
        try:
            statements = [each for text in wanted.statements for each in _parsed(text)]
            if len(statements) == 1:
                cursor.execute(statements[0])
            else:
                with transaction(cursor):
                    for each in statements:
                        cursor.execute(each)
        except BaseException as error:
            with self._lock:
                del self._claims[wanted.name]
            claim.made.set_exception(error)
            raise
        claim.made.set_result(None)


@cache
def _parsed(sql: str) -> list[duckdb.Statement]:
    """The statements of a text, parsed once for all schemas."""
    return duckdb.extract_statements(sql)


def build(
    cursor: duckdb.DuckDBPyConnection, name: str, key: ModelKey, today: date, ready: Set[str] = frozenset()
) -> tuple[ModelSchema, Context]:
    """A new schema in which the reader's choices are settled; the rest of the model is made when it is asked for.

    `ready` are the tables that a prepared copy has of the model of these very choices on this very day. What fails
    half-way leaves nothing behind. Raises UsageError when `since` is neither a review point nor a day
    before as-of.
    """
    cursor.execute(f"create schema {name}")
    try:
        schema = ModelSchema(name, model(), ready=ready)
        schema.require(cursor, _CHOICE)
        if "choice" not in ready:
            cursor.execute(query_text("runtime", "choose"), {"today": today, **key.told()})
        schema.require(cursor, ["context"])
        as_of, since = _told(cursor)[:2]
        if since is None and key.since is not None:
            cursor.execute(f"drop schema {name} cascade")
            return build(cursor, name, key._replace(since=_day(cursor, key.since, as_of).isoformat()), today)
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
