"""Values that are written another way and can mean one thing only: taken, and told in one notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaptui.loading import check, load
from tests.loading.sources import MONTHS, query, told, write


def test_words_are_taken_in_any_case_and_told_once(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        account="account_id,name,status\nA1,Acme,Active\nA2,Beta,ACTIVE\nA3,Ceta,Active\nA4,Delta,exiting\n",
        activity="activity_id,account_id,side,kind,occurred_on\nV1,A1,External,Call,2026-01-05\n"
        "V2,A1,external,Year-End Negotiation,2026-01-06\n",
    )
    report = load(source, tmp_path / "kap.duckdb", strict=True)
    assert [str(one) for one in report.findings] == [
        "notice: account.csv status: taken: Active as active in 2 rows, ACTIVE as active in 1 row",
        "notice: activity.csv side: taken: External as external in 1 row",
        "notice: activity.csv kind: taken: "
        "Call as call in 1 row, Year-End Negotiation as year_end_negotiation in 1 row",
    ]
    assert report.counts == (0, 0)
    rows = query(tmp_path / "kap.duckdb", "select account_id, status, source_row from account order by 1")
    assert rows == [("A1", "active", 2), ("A2", "active", 3), ("A3", "active", 4), ("A4", "exiting", 5)]
    assert query(tmp_path / "kap.duckdb", "select kind, side, source_row from activity order by source_row") == [
        ("call", "external", 2),
        ("year_end_negotiation", "external", 3),
    ]


def test_what_may_mean_two_things_is_an_error_as_before(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        account="account_id,name,status\nA1,Acme,Activ\nA2,Beta,Active\n",
        activity_kind="kind,label\nDemo,Demo\ndemo,demo\n",
        activity="activity_id,account_id,side,kind,occurred_on\nV1,A1,external,DEMO,2026-01-05\n",
    )
    found = told(source)
    assert found[0].startswith('error: account.csv:2 status "Activ": is not one of: ')
    assert found[1].startswith('error: activity.csv:2 kind "DEMO": is not one of: ')
    assert found[2:] == ["notice: account.csv status: taken: Active as active in 1 row"]


def test_the_last_day_of_a_month_stands_for_the_month(tmp_path: Path) -> None:
    rows = "A1,2026-01-31,EUR,1\nA1,2026-02-28,EUR,2\nA2,2026-02-01,EUR,3\n"
    source = write(tmp_path / "in", financial_period=MONTHS + rows, setting="key,value\nas_of,2026-02-28\n")
    report = load(source, tmp_path / "kap.duckdb")
    notice = "notice: financial_period.csv period_start: taken: last days of a month as its first, "
    assert str(report.findings[0]) == notice + "2026-01-31 as 2026-01-01, in 2 rows"
    assert query(tmp_path / "kap.duckdb", "select period_start::varchar from financial_period order by all") == [
        ("2026-01-01",),
        ("2026-02-01",),
        ("2026-02-01",),
    ]


@pytest.mark.parametrize("other", ["A1,2026-03-15,EUR,4\n", "A1,2026-01-01,EUR,4\n"])
def test_a_day_within_a_month_or_the_month_twice_is_an_error(tmp_path: Path, other: str) -> None:
    source = write(tmp_path / "in", financial_period=f"{MONTHS}A1,2026-01-31,EUR,1\n{other}")
    rules = {one.rule for one in check(source).errors}
    assert rules == ({"month_not_first"} if "15" in other else {"key"})
