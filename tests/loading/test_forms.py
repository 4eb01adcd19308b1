"""Workbooks and Parquet files hold the same tables as CSV files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from kaptui.errors import KaptuiError
from kaptui.loading import check, load
from tests.loading.sources import loaded, only, place, query, refused, write

Cell = str | float | bool | date | None


def workbook(path: Path, **sheets: list[list[Cell]]) -> Path:
    """A workbook with these sheets, dates as Excel keeps them."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(line, column, cell)
    return path


ACCOUNT: list[list[Cell]] = [
    ["account_id", "Name", "tier", "selected_on"],
    [1001.0, " Acme", 2, date(2020, 5, 1)],
    [None, None, None, None],
    ["A2", "Beta", None, None],
]


def test_a_workbook(tmp_path: Path) -> None:
    months: list[list[Cell]] = [
        ["account_id", "period_start", "currency", "revenue"],
        ["A2", date(2026, 1, 1), "EUR", 12.345],
        [1001, "01.02.2026", "EUR", 1e6],
    ]
    book = workbook(tmp_path / "book.xlsx", Account=ACCOUNT, financial_period=months, Notes=[["hello"]])
    report = load(book, tmp_path / "kap.duckdb")
    assert [str(finding) for finding in report.findings if finding.file.endswith("Notes")] != []
    assert [finding.rule for finding in report.findings if not finding.file.endswith("Notes")] == ["history_short"]
    assert query(tmp_path / "kap.duckdb", "from account select account_id, name, tier, selected_on, source_row") == [
        ("1001", "Acme", 2, date(2020, 5, 1), 2),
        ("A2", "Beta", 1, None, 4),
    ]
    assert query(tmp_path / "kap.duckdb", "from financial_period select period_start, revenue") == [
        (date(2026, 2, 1), Decimal("1000000.00")),
        (date(2026, 1, 1), Decimal("12.35")),
    ]


def test_findings_name_sheet_and_row(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", account=[*ACCOUNT, ["A3", "Ceta", 9, None]])
    finding = only(check(book).errors, "check")
    assert place(finding) == ("book.xlsx, sheet account", 5, "tier", "9")


def test_moments_and_truth_in_cells(tmp_path: Path) -> None:
    book = workbook(
        tmp_path / "book.xlsx",
        account=ACCOUNT,
        person=[["person_id", "name", "active"], ["P1", "Ann", False]],
        plan=[["plan_id", "account_id", "name", "status"], ["L1", "A2", "Plan", "active"]],
        objective=[
            ["objective_id", "plan_id", "name", "status", "value_at"],
            ["O1", "L1", "Aim", "new", datetime(2026, 1, 2, 3, 4, 5)],
        ],
    )
    load(book, tmp_path / "kap.duckdb")
    assert query(tmp_path / "kap.duckdb", "select active, value_at from person, objective") == [
        (False, datetime(2026, 1, 2, 3, 4, 5))
    ]


def test_a_sheet_without_cells(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", account=ACCOUNT, person=[])
    assert only(check(book).errors, "source").file == "book.xlsx, sheet person"


def test_two_sheets_for_one_table(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", account=ACCOUNT, **{"account ": ACCOUNT})
    assert "both hold table account" in only(check(book).errors, "source").problem


@pytest.mark.parametrize("keep", [0, 300, -40])
def test_a_workbook_cut_off(tmp_path: Path, keep: int) -> None:
    book = workbook(tmp_path / "book.xlsx", account=ACCOUNT)
    book.write_bytes(book.read_bytes()[:keep])
    with pytest.raises(KaptuiError, match="cannot be read as a workbook"):
        load(book, tmp_path / "kap.duckdb")


def parquet(path: Path, select: str) -> None:
    """A Parquet file of a query."""
    with duckdb.connect() as connection:
        connection.sql(select).write_parquet(str(path))


def test_parquet(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    parquet(
        source / "Financial_Period.parquet",
        "select 'A' || n as Account_ID, timestamp '2026-01-01' as period_start, 'EUR' as currency, "
        "n * 1.5 as revenue, null::double as cogs from range(2, 0, -1) numbers (n)",
    )
    assert loaded(source, "select account_id, period_start, revenue, cogs, source_row from financial_period") == [
        ("A1", date(2026, 1, 1), Decimal("1.50"), None, 2),
        ("A2", date(2026, 1, 1), Decimal("3.00"), None, 1),
    ]


def test_parquet_cut_off(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    parquet(source / "person.parquet", "select 'P1' as person_id, 'Ann' as name")
    whole = (source / "person.parquet").read_bytes()
    (source / "person.parquet").write_bytes(whole[: len(whole) // 2])
    finding = only(refused(source).errors, "source")
    assert "Parquet" in finding.problem
