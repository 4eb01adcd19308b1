"""Findings grouped by their cause, so that they can be worked off: what, in how many rows, with which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaptui.loading.findings import RESULT_ROW, VALUES, Finding

ALONE = 3
"""Up to so many findings of one cause are told one by one."""
_NAMED = 5
"""So many values of a cause are named."""
_WIDEST = 40
"""So many letters of a value are printed."""
_DIFFERS = "…"


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one file, column and rule that say the same, whatever the value."""

    findings: tuple[Finding, ...]

    @property
    def rows(self) -> int:
        """In how many rows it is found."""
        return sum(finding.rows for finding in self.findings)

    def lines(self) -> list[str]:
        """The cause in one line, below it what to write for each value named, where that differs."""
        told = [one for one in self.findings if one.rows == 1]
        if self.rows <= ALONE:
            return [str(one) for one in self.findings]
        first = told[0] if told else self.findings[0]
        file = first.file.partition(RESULT_ROW)[0]
        place = f"{file}{f' {first.column}' if first.column else ''}"
        problem, fix = _common([one.problem for one in told]), _common([one.fix for one in told])
        values = self._values(told)
        fixes = {one.value: one.fix for one in reversed(told)}
        named = [(value, rows) for value, rows in values[:_NAMED] if fixes.get(value)]
        differ = len({fixes[value] for value, _ in named}) > 1
        ending = f"; {fix}" if fix and not differ else ""
        lines = [f"{first.severity}: {place}: {self._counted(values, first)}: {problem}{ending}"]
        if differ:
            lines += [f"    {_short(value)}: {fixes[value]}" for value, _ in named]
        return lines

    def _values(self, told: Sequence[Finding]) -> list[tuple[str, int]]:
        """Each value with its rows, the most frequent first."""
        counted = next((one.values for one in self.findings if one.values), ())
        return list(counted) or Counter(one.value for one in told if one.value).most_common()

    def _counted(self, values: Sequence[tuple[str, int]], first: Finding) -> str:
        """`5 values in 900 rows: Call 210, QBR 98 and 3 more, first in line 12`."""
        where = f", first in line {first.line}" if first.line is not None else ""
        if RESULT_ROW in first.file:
            where = f", first in result row {first.file.partition(RESULT_ROW)[2]}"
        if not values:
            return f"{self.rows:,} rows{where}"
        single = all(rows == 1 for _, rows in values)
        named = [_short(value) if single else f"{_short(value)} {rows:,}" for value, rows in values[:_NAMED]]
        more = f" and {len(values) - _NAMED:,} more" if len(values) > _NAMED else ""
        over = "over " if len(values) == VALUES else ""
        many = f"{over}{len(values):,} values" if len(values) > 1 else "1 value"
        return f"{many} in {self.rows:,} rows: {', '.join(named)}{more}{where}"


def causes(findings: Sequence[Finding]) -> list[Cause]:
    """The findings by cause, in the order of the first of each."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        shape = "" if finding.rows > 1 else str(len(finding.problem.split()))
        file = finding.file.partition(RESULT_ROW)[0]
        key = (finding.severity, finding.table, file, finding.rule, finding.column)
        if shape and (*key, shape) not in found and key in found:
            found[*key, shape] = found.pop(key)  # what stands for further rows belongs to the first of its kind
        found.setdefault((*key, shape) if shape else _kind_of(found, key), []).append(finding)
    return [Cause(tuple(each)) for each in found.values()]


def _kind_of(found: dict[tuple[str, ...], list[Finding]], key: tuple[str, ...]) -> tuple[str, ...]:
    return next((each for each in found if each[:-1] == key), key)


def grouped(findings: Sequence[Finding]) -> Iterator[str]:
    """Every cause in a line or few."""
    for cause in causes(findings):
        yield from cause.lines()


def _short(value: str) -> str:
    return value if len(value) <= _WIDEST else f"{value[:_WIDEST]}…"


def _common(texts: Sequence[str]) -> str:
    """What the texts have in common, word by word; `…` stands where they differ."""
    split = [text.split(" ") for text in dict.fromkeys(texts)]
    if len({len(words) for words in split}) != 1:
        return texts[0] if texts else ""
    said = [words[0] if len(set(words)) == 1 else _DIFFERS for words in zip(*split, strict=True)]
    kept = [word for at, word in enumerate(said) if word != _DIFFERS or at == 0 or said[at - 1] != _DIFFERS]
    return " ".join(kept)
