"""`kaptui init`: an empty CSV file per table, and the data dictionary, both made from schema.sql."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import duckdb

from kaptui import schema_text
from kaptui.errors import KaptuiError
from kaptui.loading.schema import Schema, SchemaColumn, SchemaTable, shipped_schema
from kaptui.resources import query_text
from kaptui.settings_text import settings

_WORDS = {
    "VARCHAR": "text",
    "DATE": "date, 2026-12-31",
    "TIMESTAMP": "date and time, 2026-12-31 17:30:00",
    "BOOLEAN": "true or false",
    "DOUBLE": "number",
    "TINYINT": "whole number",
    "INTEGER": "whole number",
}
_SHIPPED = """kaptui ships these kinds: {}.
A row here overrides one of them, or adds a kind of your own; an empty cell keeps what is shipped. A kind whose `touch`
is false is never a sponsor's touch."""
_INTRODUCTION = """# Data dictionary

One CSV file per table: UTF-8, the column names in the first line, dates as 2026-12-31, numbers with a decimal point.
Only `account.csv` is required; delete the files you have no data for. An empty cell means unknown, never zero.
Then run `kaptui check FOLDER`, and `kaptui load FOLDER -o kap.duckdb`.
"""


def init(folder: Path) -> list[Path]:
    """Write the templates and DICTIONARY.md into `folder`, which is made if need be; returns the files written.

    Raises KaptuiError, and writes nothing, if one of the files is there already or the folder cannot be made.
    """
    schema = shipped_schema()
    texts = {f"{table.name}.csv": ",".join(table.columns) + "\n" for table in schema.values()}
    texts["DICTIONARY.md"] = dictionary(schema, schema_text.text())
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


def dictionary(schema: Schema, text: str) -> str:
    """The data dictionary as Markdown, one section per table."""
    remarks = schema_text.remarks(text, {table.name: table.columns for table in schema.values()})
    return "\n".join([_INTRODUCTION, *(_section(table, remarks) for table in schema.values())])


def shipped_kinds() -> list[str]:
    """The kinds of activity that kaptui ships, those that are no touch marked."""
    with closing(duckdb.connect()) as connection:
        connection.execute(query_text("load", "default_activity_kinds"))
        kinds = connection.execute("from default_activity_kind select kind, touch").fetchall()
    return [f"`{kind}`{'' if touch else ' (no touch)'}" for kind, touch in kinds]


def _section(table: SchemaTable, remarks: dict[tuple[str, str], str]) -> str:
    lines = [f"## {table.name}.csv", ""]
    if remark := remarks.get((table.name, "")):
        lines += [remark[:1].upper() + remark[1:] + ".", ""]
    if table.name == "activity_kind":
        lines += [_SHIPPED.format(", ".join(shipped_kinds())), ""]
    keys = " and ".join(f"`{name}`" for name in table.keys[0])
    lines += [f"One row per {keys}.", "", "| column | what to write | needed | remark |", "|---|---|---|---|"]
    lines += [_row(table, column, remarks.get((table.name, column.name), "")) for column in table.columns.values()]
    if table.name == "setting":
        lines += [
            "",
            "Keys; an empty value takes the default.",
            "",
            "| key | unit | default | meaning |",
            "|---|---|---|---|",
        ]
        lines += [f"| {each.key} | {each.unit} | {each.default or ''} | {each.meaning} |" for each in settings()]
    return "\n".join([*lines, ""])


def _row(table: SchemaTable, column: SchemaColumn, remark: str) -> str:
    words = _WORDS.get(column.type, "number, 1234.50")
    for check in table.checks:
        allowed = re.findall(r"'([^']*)'", check.expression)
        between = re.search(r"BETWEEN (\S+) AND ([^\s)]+)", check.expression)
        if check.columns == (column.name,) and allowed:
            words = "one of: " + ", ".join(allowed)
        elif check.columns == (column.name,) and between:
            words += f", {between[1]} to {between[2]}"
    remarks = [remark] if remark else []
    remarks += [f"as in {each.table}.csv" for each in table.references if each.column == column.name]
    needed = "yes" if column.needed else "no"
    if column.default is not None:
        needed = f"no: {column.default.strip(chr(39))}"
    return f"| {column.name} | {words} | {needed} | {'; '.join(remarks)} |"
