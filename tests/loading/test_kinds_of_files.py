"""Kinds of files that real systems export: each is read, or the cause is named; nothing is guessed in silence."""

from __future__ import annotations

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from kaptui.export.formats import to_bytes
from kaptui.loading import check
from tests.loading.sources import ACCOUNTS, MONTHS, only, place, read, refused, staged, write

WEST = "account_id,name\nA1,Zürich Größe\nA2,Café Ltd\n"
CZECH = "account_id,name\nA1,Łódź Tekstyl\nA2,Dvořák a synové\nA3,Müller\n"
JAPAN = "account_id,name\nA1,株式会社トヨタ自動車\nA2,ソニー\n"


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (WEST, "cp1252", "Windows-1252"),
        (WEST, "mac_roman", "Mac Roman"),
        (WEST, "cp850", "DOS 850"),
        (CZECH, "cp1250", "Windows-1250"),
        (JAPAN, "shift_jis", "Shift-JIS"),
        (JAPAN, "euc_jp", "EUC-JP"),
    ],
)
def test_an_old_encoding_is_told(tmp_path: Path, text: str, encoding: str, told: str) -> None:
    source = write(tmp_path / "in", account=text.encode(encoding))
    finding = only(check(source).findings, "encoding")
    assert (finding.severity, finding.line) == ("warning", 2)
    assert f"read as {told}" in finding.problem
    assert finding.value in text
    assert read(source, "select name from account where account_id = 'A1'") == [(text.split("\n")[1].split(",")[1],)]


def test_an_encoding_that_may_be_two_is_told_with_both_readings(tmp_path: Path) -> None:
    finding = only(
        check(write(tmp_path / "in", account="account_id,name\nA1,Ørsted\n".encode("cp1252"))).findings, "encoding"
    )
    assert finding.value == "Ørsted"
    assert "Windows-1250 (Řrsted)" in finding.problem


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"account_id,name\nA1,Z\xc3\xbcrich\nA2,K\xf6ln\n", 3, "two encodings are mixed"),
        ("account_id,name\nA1,Газпром\n".encode("cp1251"), 2, "neither UTF-8"),
        ("account_id,name\nA1,台灣積體電路\n".encode("big5"), 2, "neither UTF-8"),
    ],
    ids=["two mixed", "Russian", "Chinese"],
)
def test_bytes_that_make_no_words_are_an_error_with_their_line(
    tmp_path: Path, data: bytes, line: int, word: str
) -> None:
    finding = only(refused(write(tmp_path / "in", account=data)).errors, "source")
    assert (finding.file, finding.line, word in finding.problem) == ("account.csv", line, True)


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\naccount_id;name\r\nA1;Acme\r\nA2;Be,ta\r\n",
        "account_id|name\nA1|Acme\nA2|Be,ta\n",
        '"account_id","na\nme"\nA1,Acme\nA2,"Be,ta"\n',
        '"Account\nID",name\nA1,Acme\nA2,"Be,ta"\n',
        '\n\naccount_id,name\nA1,Acme,\nA2,"Be,ta",,\n',
        'account_id,name\nA1,Acme,\nA2,"Be,ta",\n',
    ],
    ids=["sep=", "pipe", "break inside a name", "break for a blank", "empty cells beyond", "one beyond"],
)
def test_ways_of_writing_a_table(tmp_path: Path, text: str) -> None:
    source = write(tmp_path / "in", account=text)
    assert check(source).findings == ()
    assert read(source, "select account_id, name from account") == [("A1", "Acme"), ("A2", "Be,ta")]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Key Account Report,\nAs of 30.06.2026,\n,\n", 4),
        ("# exported 2026-06-30\n", 2),
        ("Report of name\n", 2),
        ("name,of the report\n", 2),
    ],
)
def test_titles_above_the_header_are_left_out_and_told(tmp_path: Path, above: str, line: int) -> None:
    source = write(tmp_path / "in", account=above + ACCOUNTS)
    finding = only(check(source).findings, "header")
    assert (finding.severity, finding.line, f"line {line}" in finding.problem) == ("warning", 1, True)
    assert read(source, "select account_id, source_row from account") == [("A1", line + 1), ("A2", line + 2)]


def test_a_header_that_comes_again_and_totals_are_left_out_and_told(tmp_path: Path) -> None:
    accounts = "account_id,name,region\nA1,Acme,DACH\naccount_id,name,region\nT1,Total,DACH\nSumme 2026,,\nTotal,,\n"
    months = f"{MONTHS}A1,2026-01-01,EUR,5\nGrand Total:,,,5\n"
    source = write(tmp_path / "in", account=accounts, financial_period=months)
    told = [(each.rule, each.file, each.line) for each in check(source).findings if each.rule in {"header", "total"}]
    assert told == [
        ("header", "account.csv", 3),
        ("total", "account.csv", 5),
        ("total", "financial_period.csv", 3),
    ]
    assert read(source, "select name from account") == [("Acme",), ("Total",)]
    assert read(source, "select sum(revenue) from financial_period") == [(Decimal(5),)]


def test_what_is_left_out_spoils_no_other_line(tmp_path: Path) -> None:
    months = f"{MONTHS}A1,2026-01-01,EUR,soon\n{MONTHS}Total,,,later\n"
    report = refused(write(tmp_path / "in", financial_period=months))
    assert [place(each) for each in report.errors] == [("financial_period.csv", 2, "revenue", "soon")]


def test_a_column_without_a_name_is_told_where_it_holds_anything(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account="account_id,,name,\nA1,old id,Acme,\n")
    finding = only(check(source).findings, "header")
    assert (finding.severity, finding.line, finding.value) == ("warning", 2, "old id")


@pytest.mark.parametrize("name", ["account.csv.gz", "ACCOUNT.TXT.GZ"])
def test_a_packed_file_is_read(tmp_path: Path, name: str) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / name).write_bytes(gzip.compress(ACCOUNTS.encode("utf-16")))
    assert read(source, "select name from account") == [("Acme",), ("Beta",)]


def test_a_packed_file_cut_off_is_told(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    (source / "person.csv.gz").write_bytes(gzip.compress(b"person_id,name\nP1,Ann\n" * 99)[:40])
    finding = only(refused(source).errors, "source")
    assert (finding.file, "gzip" in finding.problem) == ("person.csv.gz", True)


@pytest.mark.parametrize("more", ["", "\n", "A2,x,y\n"], ids=["alone", "blank line", "ragged"])
def test_a_cell_of_megabytes_is_read_by_either_reader(tmp_path: Path, more: str) -> None:
    text = f'account_id,name\nA1,"{"long " * 700_000}end"\n{more}'
    source = write(tmp_path / "in", account=text)
    if more == "A2,x,y\n":
        assert place(only(refused(source).errors, "ragged")) == ("account.csv", 3, "", "")
    else:
        assert read(source, "select length(name) from account") == [(3_500_003,)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_thousands_or_decimals_are_asked_whatever_separates(tmp_path: Path, separator: str, quote: str) -> None:
    """12.500 beside 980: nothing in the column settles what it is."""
    cells = [["A1", "2026-01-01", "EUR", f"{quote}12.500{quote}"], ["A2", "2026-01-01", "EUR", "980"]]
    rows = [MONTHS.strip().split(","), *cells, ["A2", "2026-02-01", "EUR", "13.750"]]
    text = "".join(separator.join(row) + "\n" for row in rows)
    finding = only(refused(write(tmp_path / "in", financial_period=text)).errors, "style")
    assert place(finding) == ("financial_period.csv", 2, "revenue", "12.500")
    assert "12500 or 12.5; so is 1 more" in finding.problem


@pytest.mark.parametrize(("cogs", "revenue"), [("9.250,50", "12500"), ("9250.5", "12.5")])
def test_another_column_of_the_file_settles_it(tmp_path: Path, cogs: str, revenue: str) -> None:
    text = f"account_id\tperiod_start\tcurrency\trevenue\tcogs\nA1\t2026-01-01\tEUR\t12.500\t{cogs}\n"
    source = write(tmp_path / "in", financial_period=text)
    assert read(source, "select revenue from financial_period") == [(Decimal(revenue),)]


def test_another_column_settles_day_and_month(tmp_path: Path) -> None:
    text = "account_id,name,selected_on,kept_on\nA1,Acme,05/06/2026,\nA2,Beta,,31/01/2026\n"
    source = write(tmp_path / "in", account=text)
    assert read(source, "select selected_on from account where account_id = 'A1'") == [(date(2026, 6, 5),)]


def test_no_question_where_a_later_cell_settles_it(tmp_path: Path) -> None:
    rows = "".join(f"A1,{2015 + n // 12}-{n % 12 + 1:02}-01,EUR,1.{n:03}\n" for n in range(130))
    source = write(tmp_path / "in", financial_period=f"{MONTHS}{rows}A2,2026-01-01,EUR,0.5\n")
    assert read(source, "select max(revenue) from financial_period") == [(Decimal("1.13"),)]


@pytest.mark.parametrize(
    ("table", "text", "cause"),
    [
        ("account", "account_id,name,selected_on\nA1,Acme,45992\n", "in Excel it stands for 2025-12-01"),
        ("financial_period", f"{MONTHS}A1,2026-01-01,EUR,99999999999999999.99\n", "too large a number for this column"),
    ],
)
def test_the_cause_is_named(tmp_path: Path, table: str, text: str, cause: str) -> None:
    assert cause in only(refused(write(tmp_path / "in", **{table: text})).errors, "value").problem


def test_names_that_an_export_guarded_are_themselves_again(tmp_path: Path) -> None:
    """One guard comes off before what a spreadsheet would run; an apostrophe of its own stays."""
    written = ["'=1+1", "'@handle", "'-Dash", "''=x", "'s-Hertogenbosch", "'quoted'", "O'Neil"]
    rows = "".join(f"A{n},{name}\n" for n, name in enumerate(written))
    source = write(tmp_path / "in", account=f"account_id,name\n{rows}")
    names = [name for (name,) in staged(source, "select name from account order by account_id")]
    assert names == ["=1+1", "@handle", "-Dash", "'=x", "'s-Hertogenbosch", "'quoted'", "O'Neil"]


def test_exported_names_load_again_unchanged(tmp_path: Path) -> None:
    names = ["=1+1", "'=x", "''+y", "-Dash, Inc", "'s-Hertogenbosch", "line1\nline2", 'a;"b"', "NULL", "007"]
    frame = pl.DataFrame({"account_id": [f"A{n}" for n in range(len(names))], "name": names})
    source = write(tmp_path / "in", account=to_bytes(frame, "csv"))
    assert [name for (name,) in staged(source, "select name from account order by account_id")] == names
