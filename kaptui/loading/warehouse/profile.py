"""A connection profile of ADBC beside the mapping: which driver, and what it connects with.

ADBC's own loader reads it; here it is only looked at first, so that what is wrong is told by line and name, and so
that no secret of it gets into a message.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from kaptui.loading.mapping_text import MappingError

_NAME = re.compile(r"\w[\w-]*")
_VARIABLE = re.compile(r"\{\{\s*env_var\(([^){}]+)\)\s*\}\}")
_SECRET_KEY = re.compile(r"pass|pwd|secret|token|key|credential|jwt|auth_header|authorization", re.IGNORECASE)
_SECRET_PART = re.compile(
    r"://[^:/?#\s]*:(.+)@|(?:pass\w*|pwd|secret|token|authorization|\w*key)\s*=\s*('[^']*'|[^&;\s]+)", re.IGNORECASE
)
_HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that can be used: its file, the driver's name, and the texts that no message may hold.

    `uri` is where it connects to, as the file says it; `variables` are those of the environment that it reads;
    `options` are the names of what it sets.
    """

    path: Path
    driver: str
    uri: str
    variables: tuple[str, ...]
    secrets: tuple[str, ...]
    options: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """As a mapping names it."""
        return self.path.stem

    def hidden(self, text: str) -> str:
        """The text without a secret of this profile."""
        for secret in self.secrets:
            if secret in text and len(secret) < 3:  # its place between other letters would tell it
                return "(its words hold a secret and are not shown)"
            text = text.replace(secret, _HIDDEN)
        return re.sub(r"(://[^:/@\s]*:)[^@\s]*@", rf"\1{_HIDDEN}@", text)

    def expanded(self, text: str) -> str:
        """A text of the profile with what its variables say."""
        return _VARIABLE.sub(lambda found: os.environ.get(found[1].strip(), ""), text)


def find_profile(folder: Path, name: str) -> Profile:
    """The profile of this name in the mapping's folder. Raises MappingError for one that is not there or no good."""
    if not _NAME.fullmatch(name):
        fix = "write the name of a profile beside the mapping, for example -- at: warehouse"
        raise MappingError(f'"{name}" is no name of a profile', fix)
    path = folder / f"{name}.toml"
    if not path.exists():
        there = ", ".join(sorted(each.stem for each in folder.glob("*.toml")))
        fix = f"profiles there: {there}" if there else "write it: driver and uri, see `kaptui guide mapping`"
        raise MappingError(f"there is no profile {path.name} beside the mapping", fix)
    if path.resolve().parent != folder.resolve():
        raise MappingError(
            f"{path.name} leads out of the mapping's folder", "put the profile itself beside the mapping"
        )
    return _read(path)


def _read(path: Path) -> Profile:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        problem = f"is not TOML: {str(error).split(' (at ')[0].lower()}"
        raise _wrong(path, problem, "correct this line", int(place[1]) if place else None) from None
    except UnicodeDecodeError:
        raise _wrong(path, "is not UTF-8 text", "save it as UTF-8") from None
    except OSError as error:
        raise _wrong(path, f"cannot be read: {error.strerror}", "ask for the right to read this file") from None
    driver, options = told.get("driver"), told.get("Options")
    if not isinstance(driver, str) or not _NAME.fullmatch(driver):
        fix = 'write the name of an installed one: driver = "postgresql"'
        raise _wrong(path, "names no driver" if not driver else "its driver is no plain name", fix)
    if told.get("profile_version") != 1:
        raise _wrong(path, "has no profile_version of 1", "write profile_version = 1 as its first line")
    if not isinstance(options, dict):
        raise _wrong(path, "has no table [Options]", "write [Options], and below it uri and what else the driver needs")
    texts = dict(_texts(options))
    variables = tuple(dict.fromkeys(name.strip() for text in texts.values() for name in _VARIABLE.findall(text)))
    if gone := [name for name in variables if name not in os.environ]:
        raise _wrong(path, f"the environment variable {gone[0]} is not set", f"export {gone[0]}=... before the load")
    return Profile(path, driver, texts.get("uri", ""), variables, _secrets(texts, variables), frozenset(texts))


def _wrong(path: Path, problem: str, fix: str, line: int | None = None) -> MappingError:
    return MappingError(problem, fix, line, path.name)


def _texts(options: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The options that are texts, by their whole names."""
    for key, value in options.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{above}{key}.")
        elif isinstance(value, str):
            yield f"{above}{key}", value


def _secrets(texts: Mapping[str, str], variables: tuple[str, ...]) -> tuple[str, ...]:
    """What comes from the environment, options secret by their names, passwords in uris; the longest first."""
    found = {os.environ[name] for name in variables}
    for key, text in texts.items():
        if _SECRET_KEY.search(key):
            found.add(text)
        found |= {part.strip("'") for parts in _SECRET_PART.findall(text) for part in parts}
    spelled = {way(text) for text in found for way in (str, quote, unquote)} | {quote(text, safe="") for text in found}
    return tuple(sorted(filter(None, spelled), key=len, reverse=True))
