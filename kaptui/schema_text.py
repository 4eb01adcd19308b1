"""queries/schema.sql as text: what it says of tables and columns before any database has applied it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from kaptui.resources import queries_dir

SCHEMA_VERSION = 1
"""What a kaptui file says it was made by; another number is refused with the next step."""

_TABLE = re.compile(r"create table (\w+) \(\s*(?:-- (.*))?")


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


def remarks(text: str, columns: Mapping[str, Container[str]]) -> dict[tuple[str, str], str]:
    """The comments of schema.sql, by table and the column they stand behind ("" for the table itself).

    `columns` are those of each table.
    """
    found: dict[tuple[str, str], str] = {}
    table = ""
    for line in text.splitlines():
        if opening := _TABLE.match(line):
            table = opening[1]
            found[table, ""] = opening[2] or ""
        elif table and " -- " in line:
            code, remark = line.split(" -- ", 1)
            named = [word for word in re.findall(r"\w+", code) if word in columns[table]]
            if named:
                found[table, named[-1]] = remark.strip()
    return found
