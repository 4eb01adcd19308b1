"""A what-if: a small schema before that of a space, in which sponsorship stands as it would after some moves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import duckdb

from kaptui.filters import Move
from kaptui.portfolio.snapshot import statement, whole
from kaptui.questions import what_if_texts


def build(cursor: duckdb.DuckDBPyConnection, schema: str, base: str, moves: Iterable[Move]) -> None:
    """Create `schema`, which hides what the moves change of the model in schema `base`, in one transaction.

    Nothing of the file or of `base` is written: what is looked for in `schema` and not there is found in `base`.
    Only what rests on sponsorship is made anew, which takes a fraction of the whole model's time. A view looks into
    its own schema first, so those of `base` never see the moves; those that must are made a second time.
    """
    scenario, *rest = _parsed()
    rows = [(place, m.kind, m.person_id, m.account_id, m.side) for place, m in enumerate(moves, 1)]
    with whole(cursor):
        cursor.execute(f"create schema {schema}")
        cursor.execute(f"set search_path = '{schema},{base},main'")
        cursor.execute(scenario)
        cursor.executemany(statement("move"), rows)
        for each in rest:
            cursor.execute(each)


@cache
def _parsed() -> list[duckdb.Statement]:
    """Every statement of a what-if: parsing them anew would take a tenth of its time."""
    return [each for text in what_if_texts() for each in duckdb.extract_statements(text)]
