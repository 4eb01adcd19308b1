"""The model built for one set of choices: its own schema of the database, in which they are settled."""

from __future__ import annotations

import json
from collections.abc import Set
from datetime import date
from typing import Any, NamedTuple

import duckdb

from kaptui.common.days import read_day
from kaptui.common.did_you_mean import nearest
from kaptui.errors import UsageError
from kaptui.filters import Basis, Context, Filters, Rates, Window
from kaptui.portfolio.model import model
from kaptui.portfolio.model_schema import CHOICE, Cursors, Macros, ModelSchema
from kaptui.resources import query_text


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
        schema.require(cursor, CHOICE)
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
