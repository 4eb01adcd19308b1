"""The reader's config file: theme, keys, where exports go. Errors in it are named, and the rest of it holds.

Nothing here is ever written into `config.toml`: what the reader chooses on screen is kept in the state folder.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kaptui.common.did_you_mean import nearest
from kaptui.common.toml_lines import line_of

FILE = "config.toml"
STARTED = "started"
"""The empty file in the state folder that tells of a first start."""
FORMATS = ("csv", "parquet", "json", "xlsx")

OPTIONS: Mapping[str, str] = {
    "theme": 'the colours, as in theme = "calm"; a theme chosen on screen is kept until this line changes',
    "cache": "false: neither use nor keep a prepared copy of a file that was open for some seconds",
    "export.folder": 'where `e` writes, as in folder = "~/exports" below [export]',
    "export.format": f"what `e` offers first: {', '.join(FORMATS)}",
    "export.excel": "true: CSV for a spreadsheet, with BOM and the separator of the locale",
    "keys": 'other keys for commands, as in filter = "f" below [keys]; several with commas between them',
}
"""Everything that may stand in the file, and what it does."""
_TOP = tuple(dict.fromkeys(name.partition(".")[0] for name in OPTIONS))
_EXPORT = tuple(name.removeprefix("export.") for name in OPTIONS if name.startswith("export."))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may stand in a config: the themes, the bindings with their default keys, the names of keys.

    `key_name` gives the one name of a key however it is written ("?" is question_mark), None where there is no
    such key.
    """

    themes: tuple[str, ...]
    bindings: Mapping[str, str]
    key_name: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Config:
    """What the file asks for, as far as it holds; `problems` names file, line and the nearest word for the rest.

    `keys` maps binding ids to keys, separated by commas. `chosen` is the theme last chosen on screen, kept in
    `state` (None: nothing is kept).
    """

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    export_folder: Path | None = None
    export_format: str = "csv"
    for_excel: bool = False
    problems: tuple[str, ...] = ()
    chosen: str = ""
    state: Path | None = None

    @property
    def first_start(self) -> bool:
        """Whether the reader has never pressed a key here before, as far as the state folder tells."""
        return self.state is not None and not self.state.with_name(STARTED).exists()

    def keep_started(self) -> None:
        """Remember that the reader has been here. A folder that cannot be written is no error."""
        if self.state is None:
            return
        try:
            self.state.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.state.with_name(STARTED).touch()
        except OSError:
            return

    def keep_theme(self, name: str) -> None:
        """Remember the theme until the config file names another. A folder that cannot be written is no error."""
        if self.state is None:
            return
        try:
            self.state.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.state.write_text(json.dumps({"theme": name, "config_theme": self.theme}) + "\n", encoding="utf-8")
        except OSError:
            return


def config_dir() -> Path:
    """The folder of config.toml and views.toml; KAPTUI_CONFIG_DIR moves it."""
    from platformdirs import user_config_path

    told = os.environ.get("KAPTUI_CONFIG_DIR")
    return Path(told) if told else user_config_path("kaptui", appauthor=False)


def state_dir() -> Path:
    """The folder of what kaptui remembers itself; KAPTUI_STATE_DIR moves it."""
    from platformdirs import user_state_path

    told = os.environ.get("KAPTUI_STATE_DIR")
    return Path(told) if told else user_state_path("kaptui", appauthor=False)


def cache_dir() -> Path | None:
    """The folder of prepared copies; None where the config file says `cache = false`. KAPTUI_CACHE_DIR moves it."""
    from platformdirs import user_cache_path

    try:
        if tomllib.loads((config_dir() / FILE).read_text(encoding="utf-8-sig")).get("cache") is False:
            return None
    except (OSError, ValueError):  # what is wrong with the file is said once, on screen
        pass
    told = os.environ.get("KAPTUI_CACHE_DIR")
    return Path(told) if told else user_cache_path("kaptui", appauthor=False)


def read(words: Vocabulary) -> Config:
    """The config file, if there is one. Never fails: what is wrong with it stands in `problems`."""
    path, state = config_dir() / FILE, state_dir() / "state.json"
    try:
        text = path.read_bytes().decode("utf-8-sig")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        text, tables = "", {}
    except OSError as error:
        return Config(problems=(f"{FILE}: cannot be read: {error.strerror}",), state=state)
    except UnicodeDecodeError:
        return Config(problems=(f"{FILE}: is not UTF-8 text; nothing of it is used",), state=state)
    except tomllib.TOMLDecodeError as error:
        return Config(problems=(f"{_placed(error)}; nothing of it is used",), state=state)
    reader = _Reader(text, words)
    reader.take(tables)
    theme = str(reader.found.get("theme", ""))
    return Config(
        **reader.found, keys=reader.keys, problems=tuple(reader.problems), chosen=_chosen(state, theme), state=state
    )


def _placed(error: tomllib.TOMLDecodeError) -> str:
    where = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
    if where is None:
        return f"{FILE}: {error}"
    return f"{FILE} line {where[1]}: {str(error)[: where.start()]} (column {where[2]})"


def _chosen(state: Path, config_theme: str) -> str:
    try:
        kept = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    if not isinstance(kept, dict) or kept.get("config_theme") != config_theme:
        return ""
    return str(kept.get("theme", ""))


class _Reader:
    """Goes through the tables of one file and keeps what holds."""

    def __init__(self, text: str, words: Vocabulary) -> None:
        self._text = text
        self._words = words
        self.found: dict[str, Any] = {}
        self.keys: dict[str, str] = {}
        self.problems: list[str] = []

    def take(self, tables: Mapping[str, Any]) -> None:
        """Every entry of the file."""
        for name, value in tables.items():
            match name, value:
                case "theme", str() if value in self._words.themes:
                    self.found["theme"] = value
                case "theme", _:
                    self._say((name,), f"no theme is called {value!r}", str(value), self._words.themes)
                case "cache", bool():
                    pass  # `cache_dir` heeds it before there is a dashboard
                case "cache", _:
                    self._say((name,), "'cache' wants true or false")
                case "export", dict():
                    for option, wanted in value.items():
                        self._export(option, wanted)
                case "keys", dict():
                    self._take_keys(value)
                case (("export" | "keys"), _):
                    self._say((name,), f"'{name}' is a table, written [{name}]")
                case _:
                    self._say((name,), f"unknown key '{name}'", name, _TOP)

    def _export(self, option: str, value: object) -> None:
        match option, value:
            case "folder", str():
                self.found["export_folder"] = Path(value).expanduser()
            case "format", str() if value in FORMATS:
                self.found["export_format"] = value
            case "format", _:
                self._say(("export", option), f"no format is called {value!r}", str(value), FORMATS)
            case "excel", bool():
                self.found["for_excel"] = value
            case (("folder" | "excel"), _):
                kind = "true or false" if option == "excel" else "a text in quotes"
                self._say(("export", option), f"'{option}' wants {kind}")
            case _:
                self._say(("export", option), f"unknown key '{option}'", option, _EXPORT)

    def _take_keys(self, table: Mapping[str, Any]) -> None:
        lines = {}
        for binding, path, wanted in _flat(table):
            if binding not in self._words.bindings:
                self._say(path, f"no command is called '{binding}'", binding, self._words.bindings)
                continue
            keys = self._key_names(path, wanted)
            if keys:
                self.keys[binding] = ",".join(keys)
                lines[binding] = path
        for first, second, key in _clashes(self.keys, self._words):
            self._say(lines[first], f"key '{key}' is '{second}' already; '{first}' stays where it was")

    def _key_names(self, path: tuple[str, ...], wanted: object) -> list[str]:
        if not isinstance(wanted, str) or not wanted.strip():
            self._say(path, f"'{'.'.join(path[1:])}' wants a key in quotes")
            return []
        parts = [part.strip() for part in wanted.split(",")]
        names = [self._words.key_name(part) for part in parts]
        for part, name in zip(parts, names, strict=True):
            if name is None:
                every = {key for keys in self._words.bindings.values() for key in keys.split(",")}
                self._say(path, f"there is no key '{part}'", part, every)
        return [name for name in names if name] if all(names) else []

    def _say(self, path: tuple[str, ...], problem: str, word: str = "", known: Iterable[str] = ()) -> None:
        near = nearest(word, known)
        hint = f" ({near}?)" if near else ""
        self.problems.append(f"{FILE} line {line_of(self._text, path)}: {problem}{hint}")


def _flat(table: Mapping[str, Any], *before: str) -> Iterator[tuple[str, tuple[str, ...], object]]:
    """Binding ids hold points: `row.up = "w"` means the same with quotes and without."""
    for name, value in table.items():
        path = (*before, name)
        if isinstance(value, dict):
            yield from _flat(value, *path)
        else:
            yield ".".join(path), ("keys", *path), value


def _clashes(wanted: dict[str, str], words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """Takes those out of `wanted` that would share a key with another: (the one taken out, the other, the key).

    Bindings that share a key by default, like Esc in a dialog and on a screen, do so on purpose.
    """
    defaults = {id_: set(keys.split(",")) for id_, keys in words.bindings.items()}
    while True:
        now = defaults | {id_: set(keys.split(",")) for id_, keys in wanted.items()}
        clash = next(
            (
                (id_, other, min(now[id_] & now[other]))
                for id_ in reversed(wanted)
                for other in now
                if other != id_ and now[id_] & now[other] and not defaults[id_] & defaults[other]
            ),
            None,
        )
        if clash is None:
            return
        del wanted[clash[0]]
        yield clash
