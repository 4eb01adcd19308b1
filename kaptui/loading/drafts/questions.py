"""What a draft leaves open or guesses, each with file, column, line, example and what to write where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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
        self, table: str, state: str, asks: str, write: str, *, export: Export | None = None, column: str = ""
    ) -> str:
        """Add a question, with the first cell of the column as its example; returns how a draft refers to it."""
        place = ""
        if export is not None:
            place = shown(export.origin.file)
            if column in export.columns:
                first = export.columns[column].first
                place += f", column {shown(column)}"
                place += f", line {first.line}, for example {shown(first.text)}" if first.line else ""
        self.asked.append(Question(table, state, place, asks, write))
        return f"question {len(self.asked)}"

    def open(self) -> int:
        """How many stop the load."""
        return sum(question.state == "open" for question in self.asked)

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


def note(text: str) -> str:
    """A text in one line, without signs that steer a terminal: safe behind `--`."""
    return " ".join(clean(text).split())


def named(values: list[str]) -> str:
    """The first values of many."""
    more = f" and {len(values) - _NAMED:,} more" if len(values) > _NAMED else ""
    return ", ".join(map(shown, values[:_NAMED])) + more
