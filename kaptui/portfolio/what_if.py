"""A what-if: a small schema before that of a model, in which sponsorship stands as it would after some moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache

import duckdb

from kaptui.filters import Move
from kaptui.portfolio.model import Model, model
from kaptui.portfolio.model_schema import ModelSchema
from kaptui.resources import queries_dir, query_text

_MOVED = ("sponsorship", "last_touch")
"""What the moves change: the facts, and of the model whose touches count for a side."""
_IN_FILE = "_in_file"
"""How the names of objects end that say what stands in the file, whatever a what-if moves."""


def build(cursor: duckdb.DuckDBPyConnection, name: str, base: ModelSchema, moves: Iterable[Move]) -> ModelSchema:
    """Create schema `name`, which hides what the moves change of the model in schema `base`; half of it, nothing.

    Nothing of the file or of `base` is written: what is looked for in `name` and not there is found in `base`. What
    rests on these is made anew when it is asked for; a view of `base` would never see the moves.
    """
    cursor.execute(f"create schema {name}")
    try:
        hides = frozenset(_facts().objects)
        schema = ModelSchema(name, model().hidden_by(_facts()), base, hides | _rests_on_moves(), cursors=base.cursors)
        base.require(cursor, hides)
        schema.require(cursor, ["what_if_move"])
        rows = [{"place": place, **asdict(move)} for place, move in enumerate(moves, 1)]
        cursor.execute(query_text("runtime", "move"), {"moves": rows})
        schema.require(cursor, hides)
    except BaseException:
        cursor.execute(f"drop schema {name} cascade")
        raise
    return schema


@cache
def _facts() -> Model:
    """The tables that hide facts of the file, and what the model says of them, while a what-if holds."""
    return Model(sorted((queries_dir() / "what_if").glob("*.sql")), beneath=model())


@cache
def _rests_on_moves() -> frozenset[str]:
    """What rests on sponsorship, other than what only asks whether the file holds any."""
    moved = set(_MOVED)
    for each in model().needed(model().objects):
        hidden = each.name in _facts().objects or each.name.endswith(_IN_FILE)
        if not hidden and (each.needs | each.reads) & moved:
            moved.add(each.name)
    return frozenset(moved)
