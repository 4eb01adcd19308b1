"""Where an entry of a TOML file stands, which its parser does not tell."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_ENTRY = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w.\- ])+?)\s*=""")


def line_of(text: str, path: tuple[str, ...]) -> int:
    """The line (from 1) on which the entry of this path stands; else the nearest table around it, else the first.

    Told by the lines alone, so a table that is written within one line is found by its beginning.
    """
    table: tuple[str, ...] = ()
    nearest, depth = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        header = _keys(line) if line.lstrip().startswith("[") else None
        entry = None if header else _ENTRY.match(line)
        if header:
            here = table = header
        elif entry:
            here = table + (_keys(f"{entry[1]} = 0") or ())
        else:
            continue
        if here[: len(path)] == path and not header:
            return number
        if path[: len(here)] == here and len(here) > depth:
            nearest, depth = number, len(here)
    return nearest


def _keys(line: str) -> tuple[str, ...] | None:
    """The names on the way to what this line opens or sets; None where it is no line of its own."""
    try:
        found: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None
    names = []
    while isinstance(found, dict) and found:
        name, found = next(iter(found.items()))
        names.append(name)
        if isinstance(found, list) and found:  # [[table]]
            found = found[0]
    return tuple(names)
