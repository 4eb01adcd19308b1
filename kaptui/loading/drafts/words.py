"""Which column of the schema a heading means, and which word a value means: queries/load/draft_words.sql."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

import duckdb

from kaptui.facts.schema import SchemaTable
from kaptui.resources import query_text

_LIKE = 0.85
"""From this likeness on a heading is spelt like another."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading without case, accents and signs: `Kd-Nr.` is `kd nr`; one of signs alone stays."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", bare).strip() or text.strip()


@dataclass(frozen=True, slots=True)
class Words:
    """The lists: headings by table and column, words of file names by table, values by table and column."""

    headings: Mapping[tuple[str, str], Sequence[str]]
    files: Mapping[str, Sequence[str]]
    values: Mapping[tuple[str, str], Mapping[str, tuple[str, bool]]]

    @classmethod
    def read(cls, reader: duckdb.DuckDBPyConnection) -> Words:
        """The shipped lists."""
        reader.execute(query_text("load", "draft_words"))
        headings: dict[tuple[str, str], list[str]] = defaultdict(list)
        for table, column, heading in reader.execute("from draft_heading").fetchall():
            headings[table, column].append(heading)
        files: dict[str, list[str]] = defaultdict(list)
        for table, word in reader.execute("from draft_file_word").fetchall():
            files[table].append(word)
        values: dict[tuple[str, str], dict[str, tuple[str, bool]]] = defaultdict(dict)
        for table, column, cell, meant, sure in reader.execute("from draft_value").fetchall():
            values[table, column][cell] = meant, sure
        return cls(headings, files, values)

    def of(self, table: str, column: str) -> list[str]:
        """The headings that mean a column: its own name, then the listed ones, the surest first."""
        own = column.replace("_", " ")
        return [own, *self.headings.get((table, column), self.headings.get(("*", column), ()))]

    def find(self, table: str, column: str, headings: Iterable[str]) -> str | None:
        """The one of the headings that means this column most surely."""
        by_plain = {plain(heading): heading for heading in reversed(list(headings))}
        return next((by_plain[word] for word in self.of(table, column) if word in by_plain), None)

    def columns(self, table: SchemaTable, headings: Sequence[str]) -> dict[str, tuple[str, bool]]:
        """Column of the table -> the heading that means it, and whether that is sure; each heading is used once."""
        found: dict[str, tuple[str, bool]] = {}
        free = list(headings)
        for column in table.columns:
            if heading := self.find(table.name, column, free):
                found[column] = heading, True
                free.remove(heading)
        for column in table.columns:
            if column in found:
                continue
            likely = [
                (_likeness(plain(heading), word), heading)
                for heading in free
                for word in self.of(table.name, column)
                if len(word) > 4
            ]
            likeness, heading = max(likely, default=(0.0, ""))
            if likeness >= _LIKE:
                found[column] = heading, False
                free.remove(heading)
        return found

    def says(self, table: str, words: str) -> bool:
        """A file's name has a word of this table."""
        return any(re.search(rf"\b{re.escape(word)}\b", words) for word in self.files.get(table, ()))


@cache
def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE else 0.0
