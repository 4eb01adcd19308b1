"""The questions kaptui answers: one SQL file each, found by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kaptui.common.did_you_mean import nearest
from kaptui.errors import KaptuiError, UsageError
from kaptui.portfolio.model import Names, model
from kaptui.resources import queries_dir

_BY_ACCOUNT = re.compile(r"^-- grain: account$", re.MULTILINE)
_SUMMED = re.compile(r"^-- summed: yes$", re.MULTILINE)
_AHEAD = re.compile(r"^-- ahead: yes$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its public name, the question in plain English, the SQL that answers it.

    `also` are the further numbers that an explanation explains. A text that names `panel_NAME` reads the answer to
    question NAME. `by_account`: each row is about one account and does not depend on which others are chosen, so that
    a filter only leaves rows out; the file says so in a line `-- grain: account`. `summed`: `sums` adds it up under a
    filter; the file says so in a line `-- summed: yes`. `ahead`: planning it takes so long that it is asked before
    anybody does, where nothing is filtered; the file says so in a line `-- ahead: yes`. `own`: it is a company's own.
    """

    name: str
    asks: str
    sql: str
    names: Names
    also: tuple[str, ...] = ()
    by_account: bool = False
    summed: bool = False
    ahead: bool = False
    own: bool = False

    def reads(self, questions: Mapping[str, Question]) -> list[Question]:
        """The questions whose answers this one reads."""
        read = (name.removeprefix("panel_") for name in sorted(self.names.relations) if name.startswith("panel_"))
        return [questions[name] for name in read if name in questions]

    def filtered(self, questions: Mapping[str, Question]) -> bool:
        """Whether its answer depends on the filter: it, or a question or an object that it reads, names `selection`."""
        texts = (*self.reads(questions), self)
        return any(one.name == "selection" for each in texts for one in model().needed(model().named_in(each.names)))


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of a company's own: its name, what it asks, and whether the filter changes its answer."""

    name: str
    asks: str
    filtered: bool


def _read(path: Path, own: bool = False) -> Question:
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
    also = re.findall(r"^-- also explains: (.+)$", text, re.MULTILINE)
    names = tuple(name.strip() for line in also for name in line.split(","))
    asks = first.removeprefix("-- ").strip()
    by_account, summed, ahead = (bool(line.search(text)) for line in (_BY_ACCOUNT, _SUMMED, _AHEAD))
    return Question(
        path.stem, asks, text, Names.of(text), names, by_account, summed and not own, ahead and not own, own
    )


@cache
def _shipped() -> Mapping[str, Question]:
    """The questions that come with kaptui: their files stay as they are while it runs."""
    return {path.stem: _read(path) for path in sorted((queries_dir() / "panels").glob("*.sql"))}


def catalogue(extra: Path | None = None) -> Mapping[str, Question]:
    """Every question by name; those in folder `extra` come after the built-in ones and may not replace them."""
    found = dict(_shipped())
    if extra is None:
        return found
    if not extra.is_dir():
        raise UsageError(f"{extra}: no such folder", "--queries wants a folder of .sql files.")
    for path in sorted(extra.glob("*.sql")):
        if path.stem in found:
            raise UsageError(f"{path}: '{path.stem}' is a built-in question", "Give the file another name.")
        found[path.stem] = _read(path, own=True)
    return found


def own_questions(questions: Mapping[str, Question]) -> tuple[OwnQuestion, ...]:
    """Those of `questions` that are a company's own, by name."""
    return tuple(OwnQuestion(one.name, one.asks, one.filtered(questions)) for one in questions.values() if one.own)


@cache
def measures() -> Mapping[str, Question]:
    """What explains each number: the files of queries/explain by every name they explain.

    A name is a column's, or `question.column` where that column means something else than elsewhere.
    """
    files = [_read(path) for path in sorted((queries_dir() / "explain").glob("*.sql"))]
    return {name: each for each in files for name in (each.name, *each.also)}


def measure_of(column: str, question: str = "") -> str | None:
    """The measure behind a column of a question's answer; None where nothing explains it."""
    known = measures()
    return next((name for name in (f"{question}.{column}", column) if name in known), None)


def explained_by(measure: str, account_id: str = "") -> Question | None:
    """What explains a column, or `question.column`: of an account where one is named, else of the portfolio."""
    question, _, column = measure.rpartition(".")
    name = measure_of(column, question or ("" if account_id else "portfolio"))
    return measures()[name] if name is not None else None


def named(name: str, questions: Mapping[str, Question]) -> Question:
    """The question called `name`; UsageError with the nearest name if there is none."""
    if name in questions:
        return questions[name]
    near = nearest(name, questions)
    hint = f"Did you mean {near}? " if near else ""
    raise UsageError(f"unknown question '{name}'", f"{hint}`kaptui questions` lists them all.")
