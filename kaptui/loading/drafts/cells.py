"""The SQL that makes a column of the schema from a column of an export, with what is guessed about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaptui import schema_text
from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import SchemaColumn, SchemaTable
from kaptui.loading.casting import is_dated, is_numeric, is_whole
from kaptui.loading.dictionary import allowed, between, shipped_kinds
from kaptui.loading.drafts.exports import Column, Export
from kaptui.loading.drafts.questions import Questions, named, note, quoted, shown
from kaptui.loading.drafts.words import Words, plain

_WORDS = 40
"""More different values are no list of words."""
EMPTY = frozenset({"n a", "na", "n v", "k a", "-", "--", "?", "tbd", "none", "null", "nan", "leer", "keine"})
"""What stands in cells that say nothing."""
_OWN_KIND = "select 'qbr' as kind, 'business review' as label, true as touch"
_FLAGS = frozenset(
    ("true", "false", "yes", "no", "ja", "nein", "y", "n", "t", "f", "1", "0", "wahr", "falsch", "oui", "non")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """An expression, and what the draft says behind it."""

    sql: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CellWriter:
    """Writes the expressions of one table from one export, whose rows are called `s`."""

    table: SchemaTable
    export: Export
    words: Words
    questions: Questions

    def cell(self, column: SchemaColumn, heading: str, *, sure: bool) -> Cell:
        """The expression for a column; `sure`: the heading means it certainly."""
        source = self.export.columns[heading]
        row = f"s.{identifier(heading)}"
        if choices := self._choices(column):
            made = self._value_table(column, source, row, choices)
        elif is_dated(column):
            made = self._day(column, source, row)
        elif is_numeric(column):
            made = self._number(column, source, row)
        elif column.type == "BOOLEAN":
            made = self._flag(column, source, row)
        else:
            made = self._text(column, source, row)
        if not sure and not made.note:
            asked = self._ask("guess", source, f"is it {column.name}?", f"another column at `as {column.name}`")
            made = Cell(made.sql, f"guess: by the heading alone, {asked}")
        return made

    def missing(self, column: SchemaColumn) -> Cell:
        """For a column that the table needs and the export does not have."""
        asked = self.questions.ask(
            self.table.name,
            "open",
            f"no column is known to hold {column.name}, which {self.table.name} needs ({allowed(self.table, column)})",
            f"a column or a value instead of '?' at `as {column.name}`",
            export=self.export,
        )
        return Cell("'?'", asked)

    def _ask(self, state: str, source: Column, asks: str, write: str, values: Sequence[str] = ()) -> str:
        return self.questions.ask(
            self.table.name, state, asks, write, export=self.export, column=source.name, values=values
        )

    def _meaning(self, column: SchemaColumn) -> str:
        return schema_text.meanings()[self.table.name, column.name].meaning

    def _choices(self, column: SchemaColumn) -> list[str]:
        """The few values that a column takes; none where it is free."""
        for check in self.table.checks:
            if check.columns == (column.name,) and " IN (" in check.expression:
                return re.findall(r"'([^']*)'", check.expression)
        limits = between(self.table, column)
        if limits and is_whole(column):
            return [str(number) for number in range(int(limits[0]), int(limits[1]) + 1)]
        if any(each.column == column.name and each.table == "activity_kind" for each in self.table.references):
            return [kind.split(" ")[0].strip("`") for kind in shipped_kinds()]
        return []

    def _value_table(self, column: SchemaColumn, source: Column, row: str, choices: list[str]) -> Cell:
        """A `case` with a line for each value; `?` where nobody can know."""
        if source.distinct > _WORDS:
            asks = f"holds {source.distinct:,} different values, {column.name} takes {', '.join(choices)}"
            asked = self._ask("open", source, asks, f"another column at `as {column.name}`, or null")
            return Cell("'?'", asked)
        known = self.words.values.get((self.table.name, column.name), {})
        by_word = {re.sub(r"\W+", "_", choice.casefold()): choice for choice in choices}
        lines, opens, guesses = [], [], []
        for value in source.values:
            word = re.sub(r"[\s-]+", "_", value.text.strip().casefold())
            sure_word = by_word.get(word)
            meant, sure = (sure_word, True) if sure_word else known.get(plain(value.text), ("?", True))
            ending = f" -- {value.rows:,} row{'s' if value.rows != 1 else ''}"
            if meant == "?":
                opens.append(value.text)
            elif not sure:
                guesses.append(f"{shown(value.text)} as {meant}")
                ending = f" -- guess:{ending[3:]}"
            lines.append(f"        when {quoted(value.text)} then {literal(meant)}{ending}")
        if not opens and all(re.sub(r"[\s-]+", "_", value.text.casefold()) in by_word for value in source.values):
            return Cell(row)
        takes = ", ".join(map(literal, choices))
        empty = "" if column.needed else ", or null where it is unknown"
        if column.name == "kind":
            kinds = ", ".join(shipped_kinds()).replace("`", "'")
            takes = f"{kinds}; or a word of your own, with a file activity_kind.sql: {_OWN_KIND}"
        if opens:
            rest = f"which {column.name} ({self._meaning(column)}) is meant by {named(opens)}?"
            asked = self._ask("open", source, rest, f"one of {takes}{empty}. Replace each '?'", opens)
        if guesses:
            asked_too = self._ask(
                "guess", source, f"guessed: {', '.join(guesses)}", f"another of {', '.join(map(literal, choices))}"
            )
        notes = ", ".join([*([asked] if opens else []), *([f"guess: {asked_too}"] if guesses else [])])
        return Cell("\n".join([f"case {row}", *lines, f"        else {row}", "    end"]), notes)

    def _day(self, column: SchemaColumn, source: Column, row: str) -> Cell:
        if source.filled and source.days == source.filled:
            if not source.doubtful:
                return Cell(f"day_of({row})")
            ways = f"day_of({row}, 'dmy') or day_of({row}, 'mdy') at `as {column.name}`"
            return Cell(f"day_of({row})", self._ask("open", source, "day/month or month/day?", ways))
        if source.filled and all(re.fullmatch(r"(19|20)\d\d", value.text) for value in source.values):
            asked = self._ask("guess", source, "only years: their first day is taken", "the day, where known")
            return Cell(f"day_of({row} || '-01-01')", f"guess: the year's first day, {asked}")
        if not source.days:
            asks = f"{named([value.text for value in source.values])}: no days; {column.name} stays empty"
            filled = f"case when {row} is not null then date '2026-11-30' end as {column.name}"
            write = f"a day where it is known, such as: {note(filled)}"
            if column.needed:
                return Cell("'?'", self._ask("open", source, asks, write))
            return Cell("null::date", self._ask("guess", source, asks, write))
        odd = [value.text for value in source.values if not _is_day(value.text)]
        asked = self._ask("guess", source, f"left empty are {named(odd)}", "correct them in the export", odd)
        return Cell(f"try_day_of({row})", f"guess: what is no day is empty, {asked}")

    def _number(self, column: SchemaColumn, source: Column, row: str) -> Cell:
        if source.filled == source.numbers:
            if not source.doubtful:
                return Cell(f"amount({row})")
            ways = f"amount({row}, 'comma') or amount({row}, 'point') at `as {column.name}`"
            return Cell(f"amount({row})", self._ask("open", source, "thousands or decimals?", ways))
        odd = [value.text for value in source.values if not re.search(r"\d", value.text)] or ["some"]
        if {plain(text) for text in odd} <= EMPTY and source.filled - source.numbers == _rows(source, odd):
            return Cell(f"try_amount({row})", f"empty: {note(', '.join(odd))}")
        asked = self._ask("guess", source, f"no numbers, left empty: {named(odd)}", "correct them in the export")
        return Cell(f"try_amount({row})", f"guess: what is no number is empty, {asked}")

    def _flag(self, column: SchemaColumn, source: Column, row: str) -> Cell:
        if {plain(value.text) for value in source.values} <= _FLAGS and source.filled:
            return Cell(row)
        if column.name == "active" and source.days == source.filled:
            return Cell(f"{row} is null or day_of({row}) > current_date", "until the day they left")
        asked = self._ask("guess", source, f"{column.name} wherever the cell is filled", "true or false")
        return Cell(f"{row} is not null", f"guess: {asked}")

    def _text(self, column: SchemaColumn, source: Column, row: str) -> Cell:
        if column.needed and source.filled < self.export.rows:
            empty = self.export.rows - source.filled
            asked = self._ask("guess", source, f"empty in {empty:,} rows: unknown", "the value, where it is known")
            return Cell(f"coalesce({row}, 'unknown')", f"guess: {asked}")
        return Cell(row)


def _rows(source: Column, values: list[str]) -> int:
    return sum(value.rows for value in source.values if value.text in values)


def _is_day(text: str) -> bool:
    """As good as told for the words of a question: what looks like a day."""
    return bool(re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T].*)?", text.strip()))


def joined_columns(cells: Mapping[str, Cell]) -> str:
    """The list of a SELECT: each with its name, and what is said of it."""
    lines = []
    for place, (column, cell) in enumerate(cells.items(), start=1):
        comma = "," if place < len(cells) else ""
        ending = f"  -- {cell.note}" if cell.note else ""
        lines.append(f"    {cell.sql} as {column}{comma}{ending}")
    return "\n".join(lines)
