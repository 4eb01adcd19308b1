"""What counts as a sponsor's touch is the company's data: kinds of activity, with defaults that ship with kaptui."""

from __future__ import annotations

from pathlib import Path

import duckdb

from kaptui.loading import load
from kaptui.portfolio import Portfolio
from tests.loading.sources import loaded, query, refused, write

ACTIVITIES = "activity_id,account_id,side,kind,occurred_on\n"


def test_the_defaults_stand_in_every_file(tmp_path: Path) -> None:
    kinds = loaded(write(tmp_path / "in"), "from activity_kind select kind, side, touch, mechanism order by kind")
    assert kinds == [
        ("advisory_board", "external", True, "advisory_board"),
        ("award", None, False, "recognition"),
        ("call", None, False, None),
        ("convention", None, False, "recognition"),
        ("exec_meeting", None, True, None),
        ("investment_committee", None, True, "investment_committee"),
        ("newsletter", None, False, None),
        ("success_evidence", None, False, "success_evidence"),
        ("visit", None, True, None),
        ("year_end_negotiation", "external", True, "year_end_negotiation"),
    ]


def test_rows_of_the_source_override_and_add_and_empty_cells_keep_the_default(tmp_path: Path) -> None:
    own = "kind,label,touch\ncall,phone call,true\nnewsletter,,\nboard_dinner,Dinner,\n"
    source = write(tmp_path / "in", activity_kind=own)
    kinds = loaded(source, "from activity_kind select kind, label, touch, source_row where source_row is not null")
    assert sorted(kinds) == [
        ("board_dinner", "Dinner", True, 4),
        ("call", "phone call", True, 2),
        ("newsletter", "newsletter", False, 3),
    ]
    assert query(tmp_path / "kap.duckdb", "from activity_kind select count(*)") == [(11,)]


def test_an_unknown_kind_is_an_error_that_lists_the_known_ones(tmp_path: Path) -> None:
    kinds = ("exec_meting", "zzz", "dinner")
    activities = ACTIVITIES + "".join(f"{n},A1,internal,{kind},2026-01-01\n" for n, kind in enumerate(kinds, 1))
    report = refused(write(tmp_path / "in", activity=activities, activity_kind="kind,label\ndinner,Dinner\n"))
    assert [(each.line, each.value, each.fix) for each in report.errors] == [
        (2, "exec_meting", "write exec_meeting, or add it to activity_kind.csv"),
        (3, "zzz", "add it to activity_kind.csv, or correct it"),
    ]
    known = "advisory_board, award, call, convention, dinner, exec_meeting, investment_committee, newsletter"
    assert report.errors[0].problem == f"is not one of: {known}, success_evidence, visit, year_end_negotiation"


def test_a_file_made_before_kinds_were_data_opens_with_the_defaults(tmp_path: Path) -> None:
    load(write(tmp_path / "in"), tmp_path / "kap.duckdb")
    with duckdb.connect(str(tmp_path / "kap.duckdb")) as connection:
        connection.execute("drop table activity_kind; alter table stakeholder drop reports_to")
    portfolio = Portfolio.open(tmp_path / "kap.duckdb")
    assert portfolio.rows("activity_kind") == 10
    assert portfolio.remarks == ()
    portfolio.close()
