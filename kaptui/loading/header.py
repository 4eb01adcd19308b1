"""Which of the first records of a file or sheet is the header."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kaptui.loading.cells import Remark, known_name, shown_name
from kaptui.loading.findings import Unreadable

ABOVE = 40
"""The header is looked for in so many records."""
SAMPLED = 100
"""So many records after it show how the file is written."""
WIDEST = 6_000
"""A table of more columns is read by a part of them: what a reader of all takes grows with their square."""


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


def kept_columns(header: Sequence[str], known: Collection[str]) -> tuple[list[int], tuple[Remark, ...]]:
    """The positions of the columns to read, and what to say where these are not all.

    Of too many they are those that are `known`, or where nothing is known those that have a name.
    Raises Unreadable where that leaves too many.
    """
    if len(header) <= WIDEST:
        return list(range(len(header))), ()
    kept = [n for n, text in enumerate(header) if (known_name(text, known) in known if known else text.strip())]
    if len(kept) > WIDEST:
        fix = "delete those that no mapping names"
        raise Unreadable(f"has {len(kept):,} columns; up to {WIDEST:,} can be read", fix)
    which = "known to its table" if known else "with a name"
    problem = f"has {len(header):,} columns; of more than {WIDEST:,} only those {which} are read"
    return kept, (Remark("warning", problem, "delete the columns that hold no data of yours", "header"),)


def _by_shape(filled: Sequence[Record]) -> Record:
    widths = [len(record.cells) for record in filled]
    usual = max(sorted({*widths}, reverse=True), key=widths.count)
    least = max(min(2, usual), 0.6 * usual)
    return next((each for each in filled[:ABOVE] if len(each.cells) >= usual and each.filled >= least), filled[0])
