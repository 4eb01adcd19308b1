"""What a load has to say: findings, the report, and the refusal that lists every error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from kaptui.errors import KaptuiError
from kaptui.loading.receipt import Receipt

Severity = Literal["error", "notice", "warning"]
"""An error stops a load, a warning is lived with, a notice only tells what was done."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and of how many. May raise to stop the load."""

LISTED = 1000
"""So many findings of one rule and table are listed; the rest is counted, unless all are asked for."""
EVERY = 1_000_000_000
"""So many are listed where all are asked for."""
VALUES = 1000
"""So many different values of the findings of one rule and column are counted."""

RESULT_ROW = ", result row "
"""Stands between the file of a mapping and the row of its result, where the line of the source is not known."""

_SHOWN = 80
"""So many letters of a value are printed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the source: where it is, what is wrong, how to mend it.

    `line` is the line in `file` (header = 1), None where the whole column or file is meant. `value` is the
    text as it stands there. `rule` names the rule that found it. One that stands for further rows of its kind says of
    how many (`rows`), and which values stand how often in all rows of that kind, the most frequent first (`values`).
    """

    severity: Severity
    table: str
    file: str
    line: int | None
    column: str
    value: str
    problem: str
    fix: str
    rule: str
    rows: int = 1
    values: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        column = f" {self.column}" if self.column else ""
        shown = self.value if len(self.value) <= _SHOWN else f"{self.value[:_SHOWN]}…"
        value = f' "{shown}"' if shown else ""
        fix = f"; {self.fix}" if self.fix else ""
        return f"{self.severity}: {place}{column}{value}: {self.problem}{fix}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was read: rows by table in the order of the schema, and every finding, errors first.

    A load that wrote a file says in its `receipt` what came of it.
    """

    rows: Mapping[str, int]
    findings: tuple[Finding, ...]
    receipt: Receipt | None = None

    @property
    def counts(self) -> tuple[int, int]:
        """How many errors and how many warnings there are, those not listed too."""
        errors, warnings = (sum(one.rows for one in some) for some in (self.errors, self.warnings))
        return errors, warnings

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a load."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that a load tells and lives with."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


class LoadRefused(KaptuiError):
    """The source breaks a rule, or a strict load was warned: nothing was written.

    `report` holds every finding, the message lists them.
    """

    def __init__(self, report: Report, source: str) -> None:
        errors, warnings = report.counts
        what, fix = f"{errors:,} error{'s' if errors != 1 else ''}", "mend the errors in the source and load again"
        if not errors:
            what = f"{warnings:,} warning{'s' if warnings != 1 else ''} of a strict load"
            fix = "mend them in the source, or load without --strict"
        self.headline = f"{source}: {what}, nothing was written"
        listed = "\n".join(str(finding) for finding in report.findings)
        super().__init__(f"{self.headline}\n{listed}", fix)
        self.report = report


class Unreadable(Exception):
    """A file or sheet that cannot be read as a table; becomes a finding and never leaves this package."""

    def __init__(self, problem: str, fix: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix
        self.line = line
