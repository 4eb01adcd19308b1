"""Findings are told by cause, with counts, so that they can be worked off; the advice is right for its column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kaptui.facts.schema import shipped_schema
from kaptui.loading import Finding, check, grouped
from kaptui.loading.advice import cell_advice
from tests.loading.sources import MONTHS, write

KINDS = ("call", "Cal", "Cal", "QBR", "Callls")


def finding(line: int, value: str, problem: str = "is no kind", fix: str = "correct it", **more: object) -> Finding:
    return Finding("error", "activity", "activity.csv", line, "kind", value, problem, fix, "reference", **more)  # type: ignore[arg-type]


def test_few_findings_are_told_one_by_one() -> None:
    few = [finding(line, "QBR") for line in (2, 5, 9)]
    assert list(grouped(few)) == [str(one) for one in few]


def test_a_cause_is_one_line_with_its_values_and_counts() -> None:
    many = [finding(2 + line, ("Call", "Call", "QBR")[line % 3]) for line in range(9)]
    assert list(grouped(many)) == [
        "error: activity.csv kind: 2 values in 9 rows: Call 6, QBR 3, first in line 2: is no kind; correct it"
    ]


def test_what_differs_from_row_to_row_is_left_out_and_fixes_stand_below() -> None:
    many = [finding(line, f"v{line}", f"is before {line} of May", f"write {line + 1}") for line in range(2, 9)]
    head, *below = grouped(many)
    assert head == (
        "error: activity.csv kind: 7 values in 7 rows: v2, v3, v4, v5, v6 and 2 more, first in line 2: "
        "is before … of May"
    )
    assert below == [f"    v{line}: write {line + 1}" for line in range(2, 7)]


def test_rows_that_are_not_listed_count_with_their_values() -> None:
    rest = finding(0, "", "7 more like these: is no kind", rows=7, values=(("Call", 9), ("QBR", 1)))
    (line,) = grouped([rest, *(finding(line, "Call") for line in (2, 3, 4))])
    assert line.startswith("error: activity.csv kind: 2 values in 10 rows: Call 9, QBR 1, first in line 2: is no kind")


def test_causes_of_a_source_are_counted_beyond_what_is_listed(tmp_path: Path) -> None:
    rows = "".join(f"V{n},A1,external,{KINDS[n % 5]},2026-01-05\n" for n in range(2500))
    source = write(tmp_path / "in", activity="activity_id,account_id,side,kind,occurred_on\n" + rows)
    report = check(source)
    assert report.counts == (2000, 0)
    head, *below = grouped(report.findings)
    assert head.startswith("error: activity.csv kind: 3 values in 2,000 rows: Cal 1,000, Callls 500, QBR 500, first")
    assert below[0].startswith("    Cal: write call")
    assert len(check(source, every=True).findings) == 2000


def test_ids_written_another_way_are_asked_for(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        account="account_id,name,manager_id\n00001037,Acme,p-1\nA-7,Beta,Anna Weiss\nA.7,Ceta,P7\n",
        person="person_id,name\nP1,Anna Weiss\nP8,Ben\n",
        financial_period=f"{MONTHS}1037,2026-01-01,EUR,1\na7,2026-01-01,EUR,1\n",
        action="action_id,objective_id,name,owner_id\n",
        plan="plan_id,account_id,name,status,owner_id\nL1,A-7,Plan,active,P-001\nL2,A-7,Plan,inactive,p.8\n",
    )
    fixes = {(one.column, one.value): one.fix for one in check(source).findings}
    assert fixes["account_id", "1037"] == "did you mean 00001037?"
    assert "did you mean" not in fixes["account_id", "a7"], "two accounts may be meant"
    assert fixes["manager_id", "p-1"] == fixes["manager_id", "Anna Weiss"] == "did you mean P1?"
    assert "did you mean" not in fixes["manager_id", "P7"], "another digit is another id"
    assert fixes["owner_id", "P-001"] == "write the ids as they stand in person.csv"
    (source / "plan.csv").write_text("plan_id,account_id,name,status,owner_id\nL2,A-7,Plan,active,p.08\n")
    assert "did you mean" not in {one.column: one.fix for one in check(source).findings}["owner_id"]
    (source / "plan.csv").write_text("plan_id,account_id,name,status,owner_id\nL2,A-7,Plan,active,p.8\n")
    assert {one.column: one.fix for one in check(source).findings}["owner_id"].endswith("did you mean P8?")


def test_a_setting_that_is_like_none_is_not_guessed(tmp_path: Path) -> None:
    source = write(tmp_path / "in", setting="key,value\nred_under,30\nlanguage,de\n")
    fixes = {one.value: one.fix for one in check(source).findings}
    assert fixes == {"red_under": "did you mean red_below?", "language": "`kaptui guide settings` lists them"}


def test_thousands_of_unknown_columns_are_one_line(tmp_path: Path) -> None:
    many = ",".join(f"col{n}" for n in range(5000))
    source = write(tmp_path / "in", account=f"account_id,name,{many}\nA1,Acme{',' * 5000}\n")
    (one,) = check(source).findings
    assert one.problem.startswith("5,000 columns are not read, table account has none of that name: col0, col1, ")
    assert one.problem.endswith(" and 4,992 more")
    source = write(tmp_path / "in", account="account_id,name,manger_id,a,b\nA1,Acme,,,\n")
    meant, rest = check(source).findings
    assert (meant.column, meant.fix) == ("manger_id", "did you mean manager_id?")
    assert rest.problem == "2 columns are not read, table account has none of that name: a, b"


@pytest.mark.parametrize(
    ("column", "value", "problem", "fix"),
    [
        ("account.tier", "A", "is not a whole number", "write 1, 2 or 3"),
        ("account.tier", "200", "is outside 1 to 3", "write 1, 2 or 3"),
        ("stakeholder.stance", "good", "is not a whole number", "write -2, -1, 0, 1 or 2"),
        ("person.variable_profit_share", "25 %", "is not a number", "write 0.25 for 25 %"),
        ("person.variable_profit_share", "quarter", "is not a number", "write it as 0.25, without a unit"),
        ("financial_period.period_start", "Mrz 26", "is not a date between 1900 and 2199", "write it as 2026-09-01"),
        (
            "financial_period.period_start",
            "46283",
            "is a number: in Excel it stands for 2026-09-18",
            "format the column as a date in Excel, or write 2026-09-01",
        ),
        (
            "account.selected_on",
            "45992.5",
            "is a number: in Excel it stands for 2025-12-01",
            "format the column as a date in Excel, or write 2025-12-01",
        ),
        ("account.selected_on", "123", "is not a date between 1900 and 2199", "write it as 2026-02-15"),
        (
            "financial_period.revenue",
            "99999999999999999.99",
            "is too large a number for this column",
            "check its digits and separators: one cell holds one number",
        ),
        ("financial_period.revenue", "12 TEUR", "is not a number", "write it as 125000.00, without a unit"),
        ("sponsorship.cadence_days", "99999999999", "is too large a number for this column", ""),
        ("sponsorship.cadence_days", "weekly", "is not a whole number", "write it as 90"),
        ("person.active", "left", "is neither true nor false", "write true or false"),
    ],
)
def test_advice_is_right_for_the_column(column: str, value: str, problem: str, fix: str) -> None:
    table = shipped_schema()[column.partition(".")[0]]
    said = cell_advice(table, table.columns[column.partition(".")[2]], value)
    assert said == (problem, fix or said[1])


def test_a_share_in_per_cent_is_told_as_a_fraction(tmp_path: Path) -> None:
    source = write(tmp_path / "in", person="person_id,name,variable_profit_share\nP1,Ann,25\nP2,Ben,-3\n")
    fixes = [one.fix for one in check(source).findings]
    assert fixes == ["write 0.25 for 25 %", "write a number from 0 to 1"]


def test_rows_of_a_result_are_one_cause() -> None:
    many = [finding(0, "QBR", fix="") for _ in range(5)]
    rows = [replace(one, file=f"activity.sql, result row {row}", line=None) for row, one in enumerate(many, start=7)]
    assert list(grouped(rows)) == [
        "error: activity.sql kind: 1 value in 5 rows: QBR 5, first in result row 7: is no kind"
    ]
