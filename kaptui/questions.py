"""The questions kaptui answers: one SQL file each, found by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kaptui.errors import KaptuiError, UsageError
from kaptui.resources import queries_dir


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its public name, the question in plain English, the SQL that answers it.

    `needs` names the files of queries/model/further that only this question and a few others read, `reads` the
    panels whose answers it reads, `also` the further numbers it explains.
    """

    name: str
    asks: str
    sql: str
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


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
    reads = tuple(re.findall(r"^-- reads panels/(\w+)\.sql$", text, re.MULTILINE))
    also = re.findall(r"^-- also explains: (.+)$", text, re.MULTILINE)
    names = tuple(name.strip() for line in also for name in line.split(","))
    return Question(path.stem, first.removeprefix("-- ").strip(), text, needs, reads, names)


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


@cache
def measures() -> Mapping[str, Question]:
    """What explains each number: the files of queries/why by every name they explain.

    A name is a column's, or `question.column` where that column means something else than elsewhere.
    """
    files = [_read(path) for path in sorted((queries_dir() / "why").glob("*.sql"))]
    return {name: each for each in files for name in (each.name, *each.also)}


def measure_of(column: str, question: str = "") -> str | None:
    """The measure behind a column of a question's answer; None where nothing explains it."""
    known = measures()
    return next((name for name in (f"{question}.{column}", column) if name in known), None)


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


@cache
def what_if_texts() -> list[str]:
    """The SQL that puts a what-if before the model: its moves, the facts they change, what rests on those.

    A file names with `-- again` the files of the model that are to be run a second time before it.
    """
    model, texts = queries_dir() / "model", []
    for path in sorted((model / "what_if").glob("[0-9]*.sql")):
        text = path.read_text(encoding="utf-8")
        again = re.findall(r"^-- again model/(\S+\.sql)$", text, re.MULTILINE)
        texts += [*((model / name).read_text(encoding="utf-8") for name in again), text]
    return texts


def load_text(name: str) -> str:
    """The SQL of one file in queries/load."""
    return (queries_dir() / "load" / f"{name}.sql").read_text(encoding="utf-8")


def further_file(name: str) -> Path:
    """A part of the model that is built only when a question needs it: opening stays quick."""
    return queries_dir() / "model" / "further" / f"{name}.sql"
