"""`kaptui init`: a CSV file per table, empty or with example rows, and the data dictionary."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path

from kaptui.errors import KaptuiError
from kaptui.facts.schema import SchemaTable, shipped_schema
from kaptui.loading.dictionary import dictionary
from kaptui.resources import sample_dir

_ACCOUNTS = 3
"""So many accounts of the sample portfolio are example rows."""
_BELOW = {"objective": "plan_id", "plan_review": "plan_id", "action": "objective_id"}
"""Tables that name no account: the column that leads there."""
_PEOPLE = ("manager_id", "person_id", "owner_id", "chaired_by", "assessor_id", "line_manager_id")

Rows = Sequence[Mapping[str, str]]


def init(folder: Path, *, sample: bool = False) -> list[Path]:
    """Write the templates and DICTIONARY.md into `folder`, which is made if need be; returns the files written.

    With `sample` each holds rows to be replaced by your own: three accounts of the sample portfolio with all that
    hangs on them. Raises KaptuiError, and writes nothing, if one of the files is there already or the folder cannot be
    made.
    """
    rows = example_rows() if sample else {}
    texts = {f"{table.name}.csv": _text(list(table.columns), rows.get(table.name, ())) for table in _tables()}
    texts["DICTIONARY.md"] = dictionary()
    there = [name for name in texts if (folder / name).exists()]
    if there:
        raise KaptuiError(f"{folder} already holds {', '.join(there)}", "choose an empty folder")
    try:
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise KaptuiError(f"{folder} cannot be written: {error.strerror}", "choose another folder") from None
    return [folder / name for name in texts]


def example_rows() -> dict[str, Rows]:
    """Table -> rows of the sample portfolio: its first accounts, what hangs on them, and the people named there."""
    accounts = {row["account_id"] for row in islice(_sample("account"), _ACCOUNTS)}
    kept: dict[str, Rows] = {}
    for table in _tables():
        rows = _sample(table.name)
        if (above := _BELOW.get(table.name)) is not None:
            ids = {row[above] for row in kept["plan" if above == "plan_id" else "objective"]}
            rows = [row for row in rows if row[above] in ids]
        elif "account_id" in table.columns:
            rows = [row for row in rows if row["account_id"] in accounts]
        kept[table.name] = rows
    named = {row[column] for rows in kept.values() for row in rows for column in _PEOPLE if row.get(column)}
    kept["person"] = [row for row in kept["person"] if row["person_id"] in named]
    return kept


def _tables() -> list[SchemaTable]:
    return list(shipped_schema().values())


def _sample(table: str) -> list[dict[str, str]]:
    with (sample_dir() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(columns: Sequence[str], rows: Rows) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
