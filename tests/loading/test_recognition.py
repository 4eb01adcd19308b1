"""Encodings, separators, headers, numbers and dates are recognised without asking."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kaptui.loading import check
from tests.loading.sources import ACCOUNTS, MONTHS, only, place, read, refused, staged, write

NAMES = "account_id,name\nA1,Müller € Söhne\nA2,Beta\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    source = write(tmp_path / "in", account=NAMES.replace("\n", end).encode(encoding))
    rows = read(source, "select account_id, name, source_row from account")
    assert rows == [("A1", "Müller € Söhne", 2), ("A2", "Beta", 3)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(tmp_path: Path, separator: str) -> None:
    text = f'account_id{separator}name{separator}region\nA1{separator}"A{separator}cme"{separator}DACH\n'
    source = write(tmp_path / "in", account=text)
    assert read(source, "select name, region from account") == [(f"A{separator}cme", "DACH")]


def test_names_of_columns_and_files_in_any_case(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "ACCOUNT.CSV").write_text(" Account ID ,NAME,Manager-Since\nA1,Acme,2020-01-02\n")
    rows = read(source, "select account_id, name, manager_since from account")
    assert rows == [("A1", "Acme", date(2020, 1, 2))]


def test_unknown_column_is_a_warning_with_the_nearest_name(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account="account_id,name,regoin\nA1,Acme,DACH\n")
    finding = only(check(source).findings, "header")
    assert (finding.severity, *place(finding)) == ("warning", "account.csv", None, "regoin", "")
    assert finding.fix == "did you mean region?"


def test_defaults_for_empty_cells_and_missing_columns(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account="account_id,name,tier,region\nA1,Acme,,\nA2,Beta,2,\n")
    rows = read(source, "select tier, status, region from account")
    assert rows == [(1, "active", None), (2, "active", None)]


def test_ids_and_names_lose_the_blanks_around_them(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account="account_id,name\n A1 ,Acme  \n007, \u00a0Beta\u00a0\n")
    assert staged(source, "select account_id, name from account") == [("007", "Beta"), ("A1", "Acme")]


@pytest.mark.parametrize(
    ("written", "revenue"),
    [
        ("1234.5", "1234.50"),
        ('"1,234.50"', "1234.50"),
        ('"1.234,50"', "1234.50"),
        ('"12,5"', "12.50"),
        ('"1,234,567"', "1234567.00"),
        ('"1.234.567"', "1234567.00"),
        ("1'234.50", "1234.50"),
        ('"1 234,50"', "1234.50"),
        ('"1\u00a0234,50"', "1234.50"),
        ('"-0,125"', "-0.13"),
        ("-12", "-12.00"),
    ],
)
def test_numbers(tmp_path: Path, written: str, revenue: str) -> None:
    source = write(tmp_path / "in", financial_period=f"{MONTHS}A1,2026-01-01,EUR,{written}\n")
    assert read(source, "select revenue from financial_period") == [(Decimal(revenue),)]


def test_one_cell_settles_the_column(tmp_path: Path) -> None:
    text = f"{MONTHS}A1,2026-01-01,EUR,1.234\nA1,2026-02-01,EUR,0.5\nA1,2026-03-01,EUR,7\n"
    source = write(tmp_path / "in", financial_period=text.replace(",", ";").replace(".", ","))
    rows = read(source, "select revenue from financial_period order by period_start")
    assert rows == [(Decimal("1.23"),), (Decimal("0.50"),), (Decimal("7.00"),)]


@pytest.mark.parametrize(
    ("separator", "written"), [(",", '"1,234"'), (";", "1,234"), (";", "1.234")], ids=["grouped", "comma", "dot"]
)
def test_a_number_that_may_be_two_is_asked_for(tmp_path: Path, separator: str, written: str) -> None:
    text = MONTHS.replace(",", separator) + separator.join(["A1", "2026-01-01", "EUR", written]) + "\n"
    finding = only(refused(write(tmp_path / "in", financial_period=text)).errors, "style")
    assert place(finding) == ("financial_period.csv", 2, "revenue", written.strip('"'))
    assert "1234.50" in finding.fix


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (["2026-01-31", "2026-1-5"], [date(2026, 1, 31), date(2026, 1, 5)]),
        (["31.01.2026", "5.1.2026"], [date(2026, 1, 31), date(2026, 1, 5)]),
        (["31/01/2026", "5/1/2026"], [date(2026, 1, 31), date(2026, 1, 5)]),
        (["01/31/2026", "1/5/2026"], [date(2026, 1, 31), date(2026, 1, 5)]),
        (["31-01-2026", "2026-01-05"], [date(2026, 1, 31), date(2026, 1, 5)]),
        (["2026-01-31 00:00:00", "2026-01-05T08:30"], [date(2026, 1, 31), date(2026, 1, 5)]),
        (["1/31/2026 12:00:00 AM", ""], [date(2026, 1, 31), None]),
    ],
)
def test_dates(tmp_path: Path, written: list[str], day: list[date | None]) -> None:
    source = write(
        tmp_path / "in", account=f"account_id,name,selected_on\nA1,Acme,{written[0]}\nA2,Beta,{written[1]}\n"
    )
    assert read(source, "select selected_on from account") == [(each,) for each in day]


@pytest.mark.parametrize("second", ["02/03/2026", "13/13/2026"])
def test_dates_that_settle_nothing_are_asked_for(tmp_path: Path, second: str) -> None:
    text = f"account_id,name,selected_on\nA1,Acme,2026-04-01\nA2,Beta,05/06/2026\nA3,Ceta,{second}\n"
    finding = only(refused(write(tmp_path / "in", account=text)).errors, "style")
    assert place(finding) == ("account.csv", 3, "selected_on", "05/06/2026")
    assert "2026-12-31" in finding.fix
    assert "--mapping" in finding.fix


@pytest.mark.parametrize("written", ["31.12.26", "0026-12-31", "infinity", "20261231", "2026-02-30", "soon"])
def test_what_is_no_date(tmp_path: Path, written: str) -> None:
    source = write(tmp_path / "in", account=f"account_id,name,selected_on\nA1,Acme,{written}\n")
    assert place(only(refused(source).errors, "value")) == ("account.csv", 2, "selected_on", written)


def test_moments_and_flags(tmp_path: Path) -> None:
    plan = "plan_id,account_id,name,status\nP1,A1,Plan,active\n"
    objective = (
        "objective_id,plan_id,name,status,joint,value_at\nO1,P1,One,new,WAHR,2026-01-31 17:30\n"
        "O2,P1,Two,new,no,31.01.2026\nO3,P1,Three,new,,\n"
    )
    source = write(tmp_path / "in", plan=plan, objective=objective)
    assert read(source, "select joint, value_at from objective order by objective_id") == [
        (True, datetime(2026, 1, 31, 17, 30)),
        (False, datetime(2026, 1, 31)),
        (None, None),
    ]


def test_lines_count_from_the_start_of_a_record(tmp_path: Path) -> None:
    text = 'account_id,name,region\n\nA1,"Ac\nme",DACH\n,,\nA2,"Be""ta",\n\n\n'
    source = write(tmp_path / "in", account=text)
    rows = read(source, "select account_id, name, source_row from account")
    assert rows == [("A1", "Ac\nme", 3), ("A2", 'Be"ta', 6)]


def test_a_blank_row_of_separators_is_no_record(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account=f"{ACCOUNTS},\n,\n")
    assert check(source).rows["account"] == 2
    assert read(source, "select count(*) from account") == [(2,)]


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    source = write(tmp_path / "in", financial_period=MONTHS)
    assert read(source, "select count(*) from financial_period") == [(0,)]


def test_hostile_text_stays_as_it_is(tmp_path: Path) -> None:
    name = "=cmd|' /C'! [/] [@click=x] \u202eevil \x1b[31m 🦊 " + "x" * 200
    source = write(tmp_path / "in", account=f"account_id,name\nA1,{name}\n")
    assert read(source, "select name from account") == [(name,)]


def test_a_european_file_with_dotted_days_and_decimal_commas(tmp_path: Path) -> None:
    text = "account_id;period_start;currency;revenue;cogs\r\nA1;01.03.2026;EUR;1.234,50;\r\nA2;01.03.2026;EUR;7;0,5\r\n"
    source = write(tmp_path / "in", financial_period=text.encode("cp1252"))
    assert read(source, "select period_start, revenue, cogs, source_row from financial_period") == [
        (date(2026, 3, 1), Decimal("1234.50"), None, 2),
        (date(2026, 3, 1), Decimal("7.00"), Decimal("0.50"), 3),
    ]
