"""The cells of a file or sheet as text, and what its reader has to say about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kaptui.loading.findings import Finding, Severity

LINE = "line"
"""The column of `Cells` that holds line numbers where they are not simply counted."""

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
"""Endings of files whose sheets are tables."""

NUMBER = "E+00"
"""Ends a number of a workbook that has decimals: it is one whatever the style of the texts beside it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader has to say about a file: at which line and column (its position), and the words of a finding."""

    severity: Severity
    problem: str
    fix: str
    rule: str
    line: int | None = None
    column: int | None = None
    value: str = ""

    def finding(self, table: str, file: str, header: tuple[str, ...] = ()) -> Finding:
        """The finding about this table and file."""
        name = "" if self.column is None or self.column >= len(header) else shown_name(header[self.column])
        return Finding(self.severity, table, file, self.line, name, self.value, self.problem, self.fix, self.rule)


@dataclass(frozen=True, slots=True)
class Cells:
    """A file's cells as text: `rows` is what to select from, with column `c0`, `c1`, ... for each name of `header`.

    A row's line is its column `line` where `counted` is false, else its position plus `first_line`.
    `expected`: so many rows the file has by its lines, where that is known. `sample`: the first rows, where they
    are at hand. `typed`: cells that were numbers or days already, so that nothing about them is to be asked.
    `marked`: numbers end in NUMBER where they have decimals.
    """

    rows: str
    header: tuple[str, ...]
    file: str
    counted: bool = True
    first_line: int = 2
    expected: int | None = None
    sample: tuple[tuple[str, ...], ...] = ()
    typed: frozenset[str] = frozenset()
    marked: bool = False
    remarks: tuple[Remark, ...] = ()


def findings_of(
    remarks: Iterable[Remark], table: str, file: str, header: tuple[str, ...], listed: int
) -> Iterator[Finding]:
    """What a reader has to say, as findings about this table and file; of lines that cannot be read the first ones."""
    ragged = 0
    for remark in remarks:
        ragged += remark.rule == "ragged"
        if remark.rule != "ragged" or ragged <= listed:
            yield remark.finding(table, file, header)
    if (more := ragged - listed) > 0:
        yield Finding("error", table, file, None, "", "", f"{more:,} more lines like these", "", "ragged", more)


def column_name(text: str) -> str:
    """A header cell as the schema would spell it: `Account ID ` is account_id."""
    return re.sub(r"[\s-]+", "_", text.strip().casefold())


def known_name(text: str, known: Collection[str]) -> str:
    """The name as `column_name` spells it, also where a line break was set inside a known word."""
    name = column_name(text)
    if name not in known and "\n" in text:
        joined = column_name(re.sub(r"\s*\n\s*", "", text))
        return joined if joined in known else name
    return name


def shown_name(text: str) -> str:
    """A header cell in one line."""
    return " ".join(text.split())


def without_mark(text: str) -> str:
    """A cell as it stands in its file."""
    return text.removesuffix(NUMBER)
