"""Names and texts written into an SQL statement."""

from __future__ import annotations


def identifier(name: str) -> str:
    """A name as an SQL identifier, in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal, in single quotes."""
    return "'" + text.replace("'", "''") + "'"
