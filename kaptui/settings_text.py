"""queries/settings.sql as text: every setting with its default, before any database has run it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kaptui.resources import queries_dir

_TEXT = r"'((?:[^']|'')*)'"
_SETTING = re.compile(rf"^\s*\('(\w+)', (?:null|{_TEXT}), {_TEXT}, {_TEXT}\)[,;]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key, its default (None where it has none), the unit of its value, what it means."""

    key: str
    default: str | None
    unit: str
    meaning: str


@cache
def settings() -> Sequence[Setting]:
    """Every setting, in the order of the file."""
    found = _SETTING.findall((queries_dir() / "settings.sql").read_text(encoding="utf-8"))
    plain = ([text.replace("''", "'") for text in texts] for texts in found)
    return [Setting(key, default or None, unit, meaning) for key, default, unit, meaning in plain]


@cache
def defaults() -> Mapping[str, str | None]:
    """Setting -> its default; None where it has none."""
    return {each.key: each.default for each in settings()}


def default_number(key: str) -> float:
    """The default of a setting that is a number. KeyError: there is no such setting, or it has no default."""
    value = defaults()[key]
    if value is None:
        raise KeyError(key)
    return float(value)


def default_count(key: str) -> int:
    """The default of a setting that is a whole number. KeyError as in `default_number`."""
    return int(default_number(key))
