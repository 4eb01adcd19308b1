"""Sources that hold too much, or too large numbers: told in a line or few, within the memory of a usual file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from kaptui.loading import LoadRefused, check, load
from kaptui.loading.header import WIDEST
from tests.loading.sources import ACCOUNTS, only, place, write


def test_many_files_that_mean_no_table_are_one_line_and_the_likely_ones(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account=ACCOUNTS)
    for n in range(300):
        (source / f"other_{n:03}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (source / "asessment.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    likely, others = [each for each in check(source).findings if each.rule == "source"]
    assert (likely.file, likely.fix) == ("asessment.csv", "did you mean assessment?")
    assert (others.severity, others.file) == ("warning", "in")
    assert others.problem.startswith(
        "300 names are no table of kaptui, they are not read: other_000.csv, other_001.csv"
    )
    assert others.problem.endswith(" and 292 more")


@pytest.mark.parametrize("last", ["the header", "a row"])
def test_a_cell_in_the_last_column_of_excel_costs_no_more_than_any(tmp_path: Path, last: str) -> None:
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(book) as written:
        sheet = written.add_worksheet("account")
        for line, row in enumerate((("account_id", "name"), ("A1", "Acme"), ("A2", "Beta"))):
            sheet.write_row(line, 0, row)
        sheet.write_string(0 if last == "the header" else 2, 16_383, "far")
    report = load(book, tmp_path / "kap.duckdb")
    assert report.rows["account"] == 2
    told = [one.problem for one in report.warnings if "16,384 columns" in one.problem or "XFD3" in one.problem]
    assert len(told) == 1
    with duckdb.connect(str(tmp_path / "kap.duckdb")) as made:
        assert made.sql("select name from account order by 1").fetchall() == [("Acme",), ("Beta",)]


def test_a_text_file_with_too_many_columns_is_read_by_those_of_its_table(tmp_path: Path) -> None:
    more = "," * WIDEST
    source = write(tmp_path / "in", account=f"account_id{more},name\nA1{more},Acme\n")
    report = check(source)
    assert [one.problem for one in report.findings if one.rule == "header"] == [
        f"has {WIDEST + 2:,} columns; of more than {WIDEST:,} only those known to its table are read"
    ]
    assert report.rows["account"] == 1
    assert not report.errors


@pytest.mark.parametrize("broken", ["footer", "data"])
def test_a_parquet_file_that_breaks_where_it_is_read_is_a_finding(tmp_path: Path, broken: str) -> None:
    source = write(tmp_path / "in")
    (source / "account.csv").unlink()
    path = source / "account.parquet"
    rows = "select 'A' || i as account_id, 'Name ' || i as name from range(500) t(i)"
    duckdb.execute(f"copy ({rows}) to '{path}'")
    data = bytearray(path.read_bytes())
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    begin = footer if broken == "footer" else 20
    data[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(data)
    finding = only(check(source).errors, "source")
    assert (finding.file, finding.fix) == ("account.parquet", "write it again")
    assert finding.problem.startswith("cannot be read as Parquet: ")


SETTINGS = {"cadence_tier_1": "1e17", "red_below": "nan", "load_over": "0", "as_of": "0001-01-01", "hurdle_margin": "x"}
FACTORS = "factor_id,code,name,weight,scale_max\n1,TOP,Top,1e308,4\n2,QUA,Quality,1,12345678901234567\n"


def test_numbers_that_no_answer_could_be_made_of_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{key},{value}\n" for key, value in SETTINGS.items())
    source = write(tmp_path / "in", account=ACCOUNTS, success_factor=FACTORS, setting=f"key,value\n{rows}")
    with pytest.raises(LoadRefused) as refused:
        load(source, tmp_path / "kap.duckdb")
    told = {place(one)[3]: one.problem for one in refused.value.report.errors}
    assert told == {
        "1e308": "is too large a number for this column",
        "12345678901234567": "is too large a number for this column",
        "1e17": "cadence_tier_1 is outside 1 to 36500",
        "nan": "red_below is outside 0 to 100",
        "0": "load_over is outside 1 to 1000000",
        "0001-01-01": "as_of is not a date between 1900 and 2199",
        "x": "hurdle_margin is not a number",
    }
