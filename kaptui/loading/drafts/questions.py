"""What a draft leaves open or guesses, each with file, column, line, example and what to write where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaptui.common.sql import literal
from kaptui.loading.drafts.exports import Export
from kaptui.text import clean

_LONGEST = 60
"""So many letters of a value or heading are shown."""
_NAMED = 12
"""So many values are named in one question."""

HEAD = """# Questions about the drafts

The drafts of this folder are plain SQL: correct them in any editor. What is marked **open** stops the load until it is
answered; what is marked **guess** loads as it stands, and is yours to confirm; what is marked **told** needs nothing
where it is right. Then:

    kaptui load {source} --mapping {folder} -o portfolio.duckdb
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a draft. `state`: open, guess or told. `place` is empty where no cell is meant."""

    table: str
    state: str
    place: str
    asks: str
    write: str


@dataclass(slots=True)
class Questions:
    """All of them in order; their numbers stand in the drafts."""

    asked: list[Question] = field(default_factory=list)

    def ask(  # noqa: PLR0913 - what a question is made of
        self,
        table: str,
        state: str,
        asks: str,
        write: str,
        *,
        export: Export | None = None,
        column: str = "",
        values: Sequence[str] = (),
    ) -> str:
        """Add a question; returns how a draft refers to it.

        Its example is the first cell of the column with one of the `values`, or that holds anything.
        """
        place = ""
        if export is not None:
            place = shown(export.origin.file)
            if column in export.columns:
                first = export.columns[column].first_of(values)
                place += f", column {shown(column)}"
                place += f", line {first.line}, for example {shown(first.text)}" if first.line else ""
        question = Question(table, state, place, asks, write)
        if question not in self.asked:
            self.asked.append(question)
        return f"question {self.asked.index(question) + 1}"

    def count(self, state: str) -> int:
        """How many are open, guesses or told."""
        return sum(question.state == state for question in self.asked)

    def text(self, source: str, folder: str) -> str:
        """QUESTIONS.md."""
        return "\n".join([HEAD.format(source=clean(source), folder=clean(folder)), *self._lines(), ""])

    def _lines(self) -> Iterator[str]:
        before = None
        for number, question in enumerate(self.asked, start=1):
            if question.table != before:
                before = question.table
                yield f"\n## {f'{before}.sql' if before else 'Files that feed no draft'}\n"
            place = f"{question.place}: " if question.place else ""
            yield f"{number}. **{question.state}** {place}{question.asks}"
            if question.write:
                yield f"   - write: {question.write}"


def shown(text: str) -> str:
    """A value or heading in backticks, safe for a terminal and for Markdown."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"`{note(cut).replace('`', chr(39))}`"


def quoted(text: str) -> str:
    """A value as SQL in one line: signs that steer a terminal or break the line are written by their number."""
    parts = re.split(r"([\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+)", text)
    if len(parts) == 1:
        return literal(text)
    made = [
        " || ".join(f"chr({ord(sign)})" for sign in part) if place % 2 else literal(part)
        for place, part in enumerate(parts)
        if part
    ]
    return f"({' || '.join(made)})"


def note(text: str) -> str:
    """A text in one line, without signs that steer a terminal: safe behind `--`."""
    return " ".join(clean(text).split())


def named(values: list[str]) -> str:
    """The first values of many."""
    more = f" and {len(values) - _NAMED:,} more" if len(values) > _NAMED else ""
    return ", ".join(map(shown, values[:_NAMED])) + more
