"""Which of the first records of a file or sheet is the header."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kaptui.loading.cells import Remark, known_name, shown_name

ABOVE = 40
"""The header is looked for in so many records."""
SAMPLED = 100
"""So many records after it show how the file is written."""


@dataclass(frozen=True, slots=True)
class Record:
    """One of the first records, the line it starts on, and the line after it."""

    line: int
    after: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many cells hold anything."""
        return sum(bool(cell.strip()) for cell in self.cells)


def names(record: Record, known: Collection[str]) -> set[str]:
    """The known columns that the record names."""
    return {name for cell in record.cells if (name := known_name(cell, known)) in known}


def find_header(filled: Sequence[Record], known: Collection[str], needed: Collection[str]) -> Record:
    """The header among records that are not empty.

    With `known` columns it is the first line if that names one; else, or if only another has all that are `needed`,
    the line that names most. Without, the first as wide as most of them with most of its cells filled.
    """
    if not known:
        return _by_shape(filled)
    first = filled[0]
    there = names(first, known)
    if there and {*needed} <= there:
        return first
    best = max(filled[:ABOVE], key=lambda record: len(names(record, known)))
    return best if not there or ({*needed} <= names(best, known) and not {*needed} <= there) else first


def above(filled: Sequence[Record], header: Record) -> tuple[Remark, ...]:
    """What to say about the titles above the header."""
    if filled[0] is header:
        return ()
    value = shown_name(next(cell for cell in filled[0].cells if cell.strip()))
    problem = f"the header is in line {header.line}; what stands above it is left out"
    return (Remark("warning", problem, "", "header", filled[0].line, None, value),)


def _by_shape(filled: Sequence[Record]) -> Record:
    widths = [len(record.cells) for record in filled]
    usual = max(sorted({*widths}, reverse=True), key=widths.count)
    least = max(min(2, usual), 0.6 * usual)
    return next((each for each in filled[:ABOVE] if len(each.cells) >= usual and each.filled >= least), filled[0])
