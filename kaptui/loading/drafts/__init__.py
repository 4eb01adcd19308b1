"""`kaptui init DIR --from EXPORTS`: looks at exports and writes a mapping draft for each table that they feed.

What is certain is written, what is a guess is marked so, what nobody can know is a question in QUESTIONS.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kaptui.common.spill import prefix
from kaptui.errors import KaptuiError
from kaptui.facts.schema import shipped_schema
from kaptui.loading.drafts import wide
from kaptui.loading.drafts.exports import Export, look
from kaptui.loading.drafts.feeding import FITS, feeds, keys_of
from kaptui.loading.drafts.links import Entity, Names
from kaptui.loading.drafts.questions import Questions, note
from kaptui.loading.drafts.tables import Drafting, plans_of_objectives
from kaptui.loading.drafts.words import Words
from kaptui.loading.mapping import mappings
from kaptui.loading.staging import Stage
from kaptui.resources import query_text

QUESTIONS = "QUESTIONS.md"


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was written: the files, and how many questions are open, how many things are guessed and told."""

    written: tuple[Path, ...]
    open: int
    guessed: int
    told: int


def draft(folder: Path, source: Path) -> Drafts:
    """Write a mapping draft for each table that the exports of `source` feed, and QUESTIONS.md, into `folder`.

    Raises KaptuiError, and writes nothing, where a file of that name is there already, where `source` does not exist,
    or where no export names an account.
    """
    if not source.exists():
        raise KaptuiError(f"{source} does not exist", "give a folder of exports, or a workbook")
    if folder.exists() and not folder.is_dir():
        raise KaptuiError(f"{folder} is no folder", "choose another folder for the drafts")
    questions = Questions()
    texts = _drafted(source.absolute(), questions)
    if not texts and any(FITS in question.asks for question in questions.asked):
        raise KaptuiError(f"{source} needs no draft: its files fit as they are", "`kaptui load` reads them so")
    if not texts:
        raise KaptuiError(
            f"no file below {source} looks like accounts or what hangs on them",
            "`kaptui guide mapping` tells how to write a mapping by hand",
        )
    files = {f"{name}.sql": text for name, text in texts.items()}
    files[QUESTIONS] = questions.text(str(source), str(folder))
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise KaptuiError(f"{folder} already holds {', '.join(there)}", "choose another folder: nothing is replaced")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise KaptuiError(f"{folder} cannot be written: {error.strerror}", "choose another folder") from None
    return Drafts(tuple(folder / name for name in files), *map(questions.count, ("open", "guess", "told")))


def _drafted(source: Path, questions: Questions) -> dict[str, str]:
    """The text of each draft, by its table."""
    with tempfile.TemporaryDirectory(prefix=prefix()) as work, closing(duckdb.connect()) as connection:
        connection.execute("set enable_progress_bar = false; set autoinstall_known_extensions = false")
        for name in ("cast", "profile"):
            connection.execute(query_text("load", name))
        with mappings(Stage(connection, Path(work), lambda _: None), source, source) as run:
            run.reader.execute(query_text("load", "draft_sums"))
            words = Words.read(run.reader)
            exports: list[Export] = []
            for found in look(run.views):
                if isinstance(found, Export):
                    exports.append(found)
                else:
                    origin, error = found
                    questions.ask("", "told", f"{note(origin.file)} {error.problem}", error.fix)
            found_feeds, fitting = feeds(words, exports, questions)
            drafting = Drafting(run.reader, words, questions, found_feeds, Names(run.reader))
            for table in ("account", "person", "stakeholder"):
                of = found_feeds.get(table) or fitting.get(table)
                key, named = keys_of(words, table, of[0]) if of else (None, None)
                if of and key:
                    drafting.entities[table] = Entity(table, of[0], key, named)
            return {table: text for table in shipped_schema() if (text := _text(drafting, table))}


def _text(drafting: Drafting, table: str) -> str:
    """The draft of one table; empty where no export feeds it."""
    exports = drafting.feeds.get(table, [])
    if table == "plan" and not exports and drafting.feeds.get("objective"):
        exports = drafting.feeds["objective"]
        plans = plans_of_objectives(drafting)
        sql = plans.text() if plans else ""
    elif not exports:
        return ""
    else:
        sql = _SHAPES.get(table, _plain)(drafting, table, exports)
    names = ", ".join(f"{each.origin.file} ({each.rows:,} rows)" for each in exports)
    return f"-- {table}, from {note(names)}\n{sql}\n" if sql else ""


def _plain(drafting: Drafting, table: str, exports: Sequence[Export]) -> str:
    made = drafting.table(table)
    return made.text() if made else ""


def _money(drafting: Drafting, table: str, exports: Sequence[Export]) -> str:
    if not exports[0].months:
        return wide.long_ledger(drafting)
    by_measure: dict[str, Export] = {}
    for measure in wide.MEASURES:
        found = [each for each in exports if wide.measure_of(drafting.words, each) == measure]
        if found:
            by_measure[measure] = found[0]
    return wide.ledgers(drafting, by_measure)


def _scores(drafting: Drafting, table: str, exports: Sequence[Export]) -> str:
    many = wide.factors_of(drafting.words, exports[0])
    return wide.assessments(drafting, exports) if many else _plain(drafting, table, exports)


def _sponsors(drafting: Drafting, table: str, exports: Sequence[Export]) -> str:
    many = wide.sponsors_of(drafting.words, exports[0])
    return wide.sponsorships(drafting, exports) if many else _plain(drafting, table, exports)


_SHAPES: dict[str, Callable[[Drafting, str, Sequence[Export]], str]] = {
    "financial_period": _money,
    "assessment": _scores,
    "sponsorship": _sponsors,
}
