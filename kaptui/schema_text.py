"""queries/schema.sql as text: what it says of tables and columns before any database has applied it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kaptui.resources import queries_dir

SCHEMA_VERSION = 1
"""What a kaptui file says it was made by; another number is refused with the next step."""

_TABLE = re.compile(r"create table (\w+) \($")


def text() -> str:
    """The schema as shipped, comments included."""
    return (queries_dir() / "schema.sql").read_text(encoding="utf-8")


def columns() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Table -> (column, type) as queries/schema.sql has them, with the `source_row` that every load adds.

    Read from the text: running it in a scratch database costs a tenth of the time to the first frame.
    """
    bare = re.sub(r"--[^\n]*", "", text())
    found: dict[str, list[tuple[str, str]]] = {}
    for table, body in re.findall(r"create table (\w+) \((.*?)\);", bare, re.DOTALL):
        parts = [re.match(r"\s*(\w+) (\w+(?: ?\(\d+, \d+\))?)", part) for part in _split(body)]
        columns = [(m[1], m[2]) for m in parts if m and m[1] not in ("primary", "check")]
        found[table] = [*columns, ("source_row", "integer")]
    return found


def _split(body: str) -> list[str]:
    """The parts between the commas that stand outside every parenthesis."""
    parts, depth = [""], 0
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


@dataclass(frozen=True, slots=True)
class Meaning:
    """What schema.sql says below a column; empty where there is nothing to say. A table has no example."""

    meaning: str
    example: str
    feeds: str
    without: str


@cache
def meanings() -> Mapping[tuple[str, str], Meaning]:
    """The comments of schema.sql, by table and column ("" for the table itself), in the order of the file."""
    told: dict[tuple[str, str], list[str]] = {}
    table, column = "", ""
    for line in text().splitlines():
        if opening := _TABLE.match(line):
            table, column = opening[1], ""
            told[table, ""] = []
        elif line.startswith(");"):
            table = ""
        elif table and (words := line.strip()).startswith("-- "):
            told[table, column].append(words.removeprefix("-- "))
        elif table and words.split()[0] not in ("primary", "check"):
            column = words.split()[0]
            told[table, column] = []
    return {place: _meaning(" ".join(lines), of_table=not place[1]) for place, lines in told.items()}


def _meaning(line: str, *, of_table: bool) -> Meaning:
    parts = ["" if part == "-" else part for part in line.split(" | ")]
    if of_table:
        parts.insert(1, "")
    return Meaning(*parts)
