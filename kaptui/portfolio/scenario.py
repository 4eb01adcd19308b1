"""A what-if: a small schema before that of a space, in which sponsorship stands as it would after some moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache

import duckdb

from kaptui.filters import Move
from kaptui.portfolio.side_by_side import Script, run, script
from kaptui.portfolio.snapshot import statement
from kaptui.questions import model_files, what_if_texts


def build(cursors: Sequence[duckdb.DuckDBPyConnection], schema: str, base: str, moves: Iterable[Move]) -> None:
    """Create `schema`, which hides what the moves change of the model in schema `base`; stopped half-way, nothing.

    Nothing of the file or of `base` is written: what is looked for in `schema` and not there is found in `base`.
    Only what rests on sponsorship is made anew, which takes a fraction of the whole model's time. A view looks into
    its own schema first, so those of `base` never see the moves; those that must are made a second time.
    """
    moved, rest = _scripts()
    rows = [{"place": place, **asdict(move)} for place, move in enumerate(moves, 1)]
    cursors[0].execute(f"create schema {schema}")
    try:
        for each in cursors:
            each.execute(f"set search_path = '{schema},{base},main'")
        run(moved, cursors[:1])
        cursors[0].execute(statement("move"), {"moves": rows})
        run(rest, cursors)
    except BaseException:
        cursors[0].execute(f"drop schema {schema} cascade")
        raise


@cache
def _scripts() -> tuple[Script, Script]:
    """The table of moves, and what rests on it; parsing them anew would take a tenth of a what-if's time."""
    moved, *rest = what_if_texts()
    return script([moved]), script(rest, (path.read_text(encoding="utf-8") for path in model_files()))
