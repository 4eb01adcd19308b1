"""A what-if: a small schema before that of a space, in which sponsorship stands as it would after some moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache

import duckdb

from kaptui.filters import Move
from kaptui.portfolio.side_by_side import Script, run, script
from kaptui.portfolio.snapshot import new_schema, statement
from kaptui.questions import model_files, what_if_texts


def build(cursors: Sequence[duckdb.DuckDBPyConnection], schema: str, base: str, moves: Iterable[Move]) -> None:
    """Create `schema`, which hides what the moves change of the model in schema `base`; stopped half-way, nothing.

    Nothing of the file or of `base` is written: what is looked for in `schema` and not there is found in `base`.
    Only what rests on sponsorship is made anew, which takes a fraction of the whole model's time. A view looks into
    its own schema first, so those of `base` never see the moves; those that must are made a second time.
    """
    rows = [{"place": place, **asdict(move)} for place, move in enumerate(moves, 1)]
    with new_schema(cursors, schema, f"{base},main"):
        cursors[0].execute(what_if_texts()[0])
        cursors[0].execute(statement("move"), {"moves": rows})
        run(_script(), cursors)


@cache
def _script() -> Script:
    """What rests on the moves; parsing it anew would take a tenth of a what-if's time."""
    return script(what_if_texts()[1:], (path.read_text(encoding="utf-8") for path in model_files()))
