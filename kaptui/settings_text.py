"""queries/settings.sql as text: every setting with its default, before any database has run it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kaptui.resources import queries_dir

_SETTING = re.compile(r"^\s*\('(\w+)', (?:null|'((?:[^']|'')*)'), '(?:[^']|'')*'\)[,;]$", re.MULTILINE)


@cache
def defaults() -> Mapping[str, str | None]:
    """Setting -> its default; None where it has none."""
    found = _SETTING.findall((queries_dir() / "settings.sql").read_text(encoding="utf-8"))
    return {key: value.replace("''", "'") or None for key, value in found}


def default_number(key: str) -> float:
    """The default of a setting that is a number. KeyError: there is no such setting, or it has no default."""
    value = defaults()[key]
    if value is None:
        raise KeyError(key)
    return float(value)


def default_count(key: str) -> int:
    """The default of a setting that is a whole number. KeyError as in `default_number`."""
    return int(default_number(key))
