"""A table whose rows are in order already is not sorted nor searched for doubles: the same findings, the same file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaptui.facts.schema import SchemaTable
from kaptui.loading import Finding, checking, load
from kaptui.loading.findings import LoadRefused
from kaptui.loading.staging import Stage
from tests.loading.sources import MONTHS, query, write

ROWS = ["A1,2026-01-01,EUR,1", "A1,2026-02-01,EUR,2", "A2,2026-01-01,EUR,3", "A2,2026-03-01,EUR,4"]
CASES = {
    "in order": (ROWS, True, 0),
    "with blank lines": ([*ROWS[:2], ",,,", *ROWS[2:]], True, 0),
    "upside down": (ROWS[::-1], False, 0),
    "the last one out of order": ([*ROWS, "A1,2026-03-01,EUR,5"], False, 0),
    "by month": ([ROWS[0], ROWS[2], ROWS[1], ROWS[3]], False, 0),
    "twice, one below the other": ([*ROWS[:2], *ROWS[1:]], False, 1),
    "twice, far apart": ([*ROWS, ROWS[0]], False, 1),
    "twice around an empty cell": ([ROWS[0], "A1,,EUR,9", ROWS[0], *ROWS[1:]], False, 2),
    "an empty account": ([*ROWS, ",2026-04-01,EUR,9"], False, 1),
}


def come_of(source: Path, target: Path) -> tuple[list[Finding], list[tuple[object, ...]]]:
    """The findings of a load, and the months as they lie in its file."""
    try:
        findings = list(load(source, target).findings)
    except LoadRefused as refused:
        return list(refused.report.findings), []
    return findings, query(target, "from financial_period")


@pytest.mark.parametrize(("rows", "ordered", "errors"), CASES.values(), ids=CASES)
def test_order_changes_nothing(
    rows: list[str], ordered: bool, errors: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "in", financial_period=MONTHS + "\n".join(rows) + "\n")
    usual = come_of(source, tmp_path / "usual.duckdb")
    rises, told = checking._rises, dict[str, bool]()

    def noted(stage: Stage, table: SchemaTable) -> bool:
        told[table.name] = rises(stage, table)
        return told[table.name]

    monkeypatch.setattr(checking, "_MANY_ROWS", 3)  # two accounts are few
    monkeypatch.setattr(checking, "_rises", noted)
    assert come_of(source, tmp_path / "kap.duckdb") == usual
    assert told["financial_period"] is ordered
    assert len([one for one in usual[0] if one.severity == "error"]) == errors
    assert [row[:2] for row in usual[1]] == sorted(row[:2] for row in usual[1])


def test_a_key_that_is_not_the_whole_order_is_searched_for_doubles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sorted by account, the same contact at two accounts stands in order."""
    monkeypatch.setattr(checking, "_MANY_ROWS", 3)
    contacts = "stakeholder_id,account_id,name\nS1,A1,Ann\nS2,A1,Bea\nS1,A2,Cem\n"
    findings, _ = come_of(write(tmp_path / "in", stakeholder=contacts), tmp_path / "kap.duckdb")
    assert [(one.line, one.problem) for one in findings if one.rule == "key"] == [
        (4, "the same stakeholder_id as in line 2")
    ]
