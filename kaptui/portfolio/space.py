"""One settled set of choices: its own schema in the database, with the model built for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kaptui import filter_language
from kaptui.errors import UsageError
from kaptui.filters import Basis, Context, Filters, Move, Rates, Window
from kaptui.portfolio.side_by_side import Script, run, script
from kaptui.portfolio.snapshot import frame_of, new_schema, statement, whole
from kaptui.questions import further_file, model_files

if TYPE_CHECKING:
    import polars as pl

Choice = tuple[date | None, str | None, Basis | None, Window, Rates]
_CHOICE_FILE, _CONTEXT_FILE = "00_choice", "02_context"


def choice_of(filters: Filters) -> Choice:
    """What decides which model answers; the filter text does not."""
    return (filters.as_of, filters.since, filters.basis, filters.window, filters.rates)


@dataclass(slots=True)
class Space:
    """A schema of the in-memory database holding the model for one choice, and the account card built from it.

    `scenarios` are the schemas of the what-ifs tried upon it.
    """

    schema: str
    context: Context
    card: pl.DataFrame
    chosen: dict[str, pl.DataFrame] = field(default_factory=dict)
    further: set[str] = field(default_factory=set)
    scenarios: dict[tuple[Move, ...], str] = field(default_factory=dict)

    def matching(self, where: str) -> pl.DataFrame:
        """The card's rows that satisfy `where`; the latest few answers are kept, six panels ask the same."""
        found = self.chosen.get(where)
        if found is None:
            found = filter_language.apply(where, self.card) if where.strip() else self.card
            while len(self.chosen) >= 4:
                self.chosen.pop(next(iter(self.chosen)), None)
            self.chosen[where] = found
        return found

    def names_exited(self, where: str) -> bool:
        """Whether the filter asks for accounts that left the programme: then every question lists them."""
        return filter_language.asks_for(where, filter_language.factor_columns(self.card), "status", "exited")

    def extend(self, cursor: duckdb.DuckDBPyConnection, name: str, scenario: str = "") -> None:
        """Build one part of queries/model/further, once; stopped half-way, as if it had never begun.

        With a `scenario` it is built there, so that it sees what the what-if changes.
        """
        path, key = (f"{scenario},{self.schema}", f"{scenario}.{name}") if scenario else (self.schema, name)
        if key in self.further:
            return
        with whole(cursor):
            cursor.execute(f"set search_path = '{path},main'")
            cursor.execute(further_file(name).read_text(encoding="utf-8"))
        self.further.add(key)


def build(cursors: Sequence[duckdb.DuckDBPyConnection], schema: str, choice: Choice, today: date) -> Space:
    """Create `schema` with the whole model for `choice`; what fails half-way leaves nothing behind.

    Raises UsageError when `since` is neither a review point nor a day before as-of.
    """
    cursor = cursors[0]
    with new_schema(cursors, schema, "main"):
        context = _context(cursor, choice, today)
        run(_model(), cursors)
        card = _card(cursor)
        cursor.execute("truncate selection")
    return Space(schema, context, card)


def _context(cursor: duckdb.DuckDBPyConnection, choice: Choice, today: date) -> Context:
    """Run the first files of the model: they settle what the reader left open, and everything else rests on that."""
    as_of, since, basis, window, rates = choice
    for path in _first_files():
        cursor.execute(path.read_text(encoding="utf-8"))
        if path.stem == _CHOICE_FILE:
            told = {"today": today, "as_of": as_of, "since": since, "basis": basis, "time_window": window}
            cursor.execute(statement("choose"), {**told, "rates": rates})
            cursor.execute(statement("select_all"))
    return _settled(cursor, since)


def _first_files() -> list[Path]:
    return [path for path in model_files() if path.stem <= _CONTEXT_FILE]


@cache
def _model() -> Script:
    """The rest of the model, parsed once."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in model_files()}
    rest = [text for stem, text in texts.items() if stem > _CONTEXT_FILE]
    return script(rest, beside=(text for stem, text in texts.items() if stem <= _CONTEXT_FILE))


def _settled(cursor: duckdb.DuckDBPyConnection, since: str | None) -> Context:
    row = cursor.execute(statement("context")).fetchone()
    assert row is not None, "context has one row"
    as_of, day, label, *settled = row
    if day is None:
        raise UsageError(
            f"--since '{since}': neither a review point of this file nor a date",
            "Give a review point's exact name or a date such as 2026-06-30.",
        )
    if day >= as_of:
        raise UsageError(f"--since {day}: not before as-of {as_of}", "Compare with an earlier day.")
    return Context(as_of, day, label, *settled)


def _card(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    card = frame_of(cursor, statement("card"))
    long = frame_of(cursor, statement("factor_columns"))
    if long.is_empty():
        return card
    wide = long.pivot(on="field", index="account_id", values="valid_index", aggregate_function="first")
    return card.join(wide, on="account_id", how="left", maintain_order="left")
