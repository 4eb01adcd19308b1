"""The questions kaptui answers: one SQL file each, found by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kaptui.errors import KaptuiError, UsageError
from kaptui.resources import queries_dir


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its public name, the question in plain English, the SQL that answers it.

    `needs` names the files of queries/model/further that only this question and a few others read.
    """

    name: str
    asks: str
    sql: str
    needs: tuple[str, ...] = ()


def _read(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KaptuiError(f"{path}: cannot be read: {error}", "Queries are UTF-8 text files.") from error
    first = text.partition("\n")[0]
    if not (first.startswith("-- ") and first.rstrip().endswith("?")):
        raise KaptuiError(
            f"{path} line 1: '{first}' is not a question",
            "Begin the file with a comment that asks the question and ends in '?'.",
        )
    needs = tuple(re.findall(r"^-- needs model/further/(\w+)\.sql$", text, re.MULTILINE))
    return Question(path.stem, first.removeprefix("-- ").strip(), text, needs)


def catalogue(extra: Path | None = None) -> Mapping[str, Question]:
    """Every question by name; those in folder `extra` come after the built-in ones and may not replace them."""
    found = {path.stem: _read(path) for path in sorted((queries_dir() / "panels").glob("*.sql"))}
    if extra is None:
        return found
    if not extra.is_dir():
        raise UsageError(f"{extra}: no such folder", "--queries wants a folder of .sql files.")
    for path in sorted(extra.glob("*.sql")):
        if path.stem in found:
            raise UsageError(f"{path}: '{path.stem}' is a built-in question", "Give the file another name.")
        found[path.stem] = _read(path)
    return found


def named(name: str, questions: Mapping[str, Question]) -> Question:
    """The question called `name`; UsageError with the nearest name if there is none."""
    if name in questions:
        return questions[name]
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), questions, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UsageError(f"unknown question '{name}'", f"{hint}`kaptui questions` lists them all.")


def model_files() -> list[Path]:
    """The model's SQL files in the order in which they build on each other, without those in `further`."""
    return sorted((queries_dir() / "model").glob("[0-9]*.sql"))


def what_if_texts() -> list[str]:
    """The SQL that puts a what-if before the model, in order: the facts it changes, then what rests on them.

    A file names with `-- again` the files of the model that are to be run a second time before it.
    """
    model, texts = queries_dir() / "model", []
    for path in sorted((model / "what_if").glob("[0-9]*.sql")):
        text = path.read_text(encoding="utf-8")
        again = re.findall(r"^-- again model/(\S+\.sql)$", text, re.MULTILINE)
        texts += [*((model / name).read_text(encoding="utf-8") for name in again), text]
    return texts


def further_file(name: str) -> Path:
    """A part of the model that is built only when a question needs it: opening stays quick."""
    return queries_dir() / "model" / "further" / f"{name}.sql"
