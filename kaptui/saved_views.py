"""Saved views: a filter with its choices, and how the list under it is shown, by name, in the user's views.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kaptui.common.atomic_write import write_files
from kaptui.common.did_you_mean import nearest
from kaptui.common.toml_lines import line_of
from kaptui.config import config_dir
from kaptui.errors import KaptuiError, UsageError
from kaptui.filters import Basis, Filters, Rates, Window

FILE = "views.toml"
_HEAD = "# Saved views of kaptui. Saving or deleting one writes the whole file anew: comments are lost.\n"
_NAME_AT_MOST = 80
_ONE_OF = {"basis": ("contribution", "gross"), "window": ("ttm", "ytd"), "rates": ("monthly", "constant")}


@dataclass(frozen=True, slots=True)
class SavedView:
    """What a name brings back.

    `screen` is the screen's name, `question` the one its list answers; `sort` a column, with `:desc` behind it
    if it falls; no `columns` means those proposed. None and empty mean "the default".
    """

    name: str
    where: str = ""
    as_of: date | None = None
    since: str | None = None
    basis: Basis | None = None
    window: Window = "ttm"
    screen: str = ""
    question: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    rates: Rates = "monthly"

    @property
    def filters(self) -> Filters:
        """The reader's choices in it."""
        return Filters(self.where, self.as_of, self.since, self.basis, self.window, self.rates)


def path() -> Path:
    """Where the views are kept: beside config.toml."""
    return config_dir() / FILE


def read(file: Path) -> list[SavedView]:
    """The views in `file`, in its order; none where it does not exist. KaptuiError: file, line and what is wrong."""
    try:
        text = file.read_bytes().decode()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise KaptuiError(f"{file}: {error.strerror}", "Saved views are off until it can be read.") from error
    except UnicodeDecodeError as error:
        raise _wrong(file, 1, f"no UTF-8 at byte {error.start}") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
        line = int(told[2]) if told and told[2] else len(text.splitlines())
        raise _wrong(file, line, told[1] if told else str(error)) from error
    return [_view(file, text, name, table) for name, table in tables.items()]


def write(file: Path, views: Iterable[SavedView]) -> None:
    """Put these views into `file`, whole or not at all. KaptuiError: it cannot be written."""
    text = _HEAD + "".join(f"\n{_written(view)}" for view in views)
    try:
        data = text.encode()
        file.resolve().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_files({file: data}, private=True, durable=True)
    except UnicodeEncodeError as error:
        raise KaptuiError("the view holds a broken letter", "Give it another name.") from error
    except OSError as error:
        raise KaptuiError(f"{file}: cannot be written: {error.strerror}", "The views are as before.") from error


def save(file: Path, view: SavedView) -> None:
    """Add `view`, in place of one of the same name. KaptuiError: no name, or the file is broken and stays as it is."""
    if not view.name.strip() or len(view.name) > _NAME_AT_MOST:
        raise UsageError("a view needs a name", f"of at most {_NAME_AT_MOST} letters")
    views = read(file)
    known = {one.name for one in views}
    write(file, [view if one.name == view.name else one for one in views] + ([] if view.name in known else [view]))


def delete(file: Path, name: str) -> None:
    """Take the view of this name away, if it is there. KaptuiError: the file is broken and stays as it is."""
    write(file, [one for one in read(file) if one.name != name])


def find(name: str, views: list[SavedView]) -> SavedView:
    """The view of this name, in any case where that is clear. UsageError: there is none; the nearest name."""
    for one in views:
        if one.name == name:
            return one
    alike = [one for one in views if one.name.lower() == name.lower()]
    if len(alike) == 1:
        return alike[0]
    known = [one.name for one in views]
    near = nearest(name, known)
    said = f"did you mean '{near}'?" if near else f"saved views: {', '.join(known) or 'none yet'}"
    raise UsageError(f"no saved view '{name}'", said)


def _view(file: Path, text: str, name: str, table: Any) -> SavedView:
    if not isinstance(table, dict):
        raise _wrong(file, line_of(text, (name,)), f"'{name}' stands outside a view", 'write it below a ["name"]')
    known = [one.name for one in fields(SavedView) if one.name != "name"]
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"a view has: {', '.join(known)}"
            raise _wrong(file, line_of(text, (name, key)), f"unknown key '{key}' in view '{name}'", hint)
        expected = _expected(key, value)
        if expected:
            raise _wrong(file, line_of(text, (name, key)), f"'{key}' of view '{name}' must be {expected}")
        values[key] = tuple(value) if key == "columns" else value
    return SavedView(name, **values)


def _expected(key: str, value: Any) -> str:
    """What the value should be; empty where it is."""
    if key == "as_of":
        return "" if isinstance(value, date) and not isinstance(value, datetime) else "a date, as 2026-09-30"
    if key == "columns":
        good = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return "" if good else 'a list of names, as ["name", "revenue"]'
    if key in _ONE_OF:
        return "" if value in _ONE_OF[key] else " or ".join(_ONE_OF[key])
    return "" if isinstance(value, str) else "text in quotes"


def _wrong(file: Path, line: int, what: str, hint: str = "") -> KaptuiError:
    mend = "Mend or remove the file; until then nothing is saved over it."
    return KaptuiError(f"{file}, line {line}: {what}", f"{hint}; {mend}" if hint else mend)


def _written(view: SavedView) -> str:
    lines = [f"[{_quoted(view.name)}]"]
    for one in fields(SavedView):
        value = getattr(view, one.name)
        if one.name == "name" or value in (None, "", ()):
            continue
        if isinstance(value, date):
            lines.append(f"{one.name} = {value.isoformat()}")
        elif isinstance(value, tuple):
            lines.append(f"{one.name} = [{', '.join(_quoted(each) for each in value)}]")
        else:
            lines.append(f"{one.name} = {_quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string: what JSON escapes reads the same in TOML; the delete character is all that TOML adds."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
