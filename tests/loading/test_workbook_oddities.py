"""What stands odd in a workbook is answered: read as it is shown, asked, or refused with sheet and cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kaptui.errors import KaptuiError
from kaptui.loading import check
from kaptui.loading.workbook import Book
from kaptui.loading.xlsx import Workbook
from tests.loading.sources import only, place, read, refused

HEAD = ["account_id", "period_start", "currency", "revenue", "cogs"]


def workbook(path: Path, months: list[list[object]], accounts: list[list[object]] | None = None) -> Path:
    """Two accounts, or those given, and these months; a text that starts with `=` is a formula."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in {
            "account": [["account_id", "name"], *(accounts or [["A1", "Acme"], ["A2", "Beta"]])],
            "financial_period": [HEAD, *months],
        }.items():
            sheet: Worksheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path


def rewritten(path: Path, changes: Mapping[str, tuple[str, str]]) -> Path:
    """The workbook with a text in some of its parts replaced, which must be there."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            text = data
            if name in changes:
                before, after = changes[name]
                assert before in data.decode()
                text = data.decode().replace(before, after).encode()
            new.writestr(name, text)
    return path


SHEET = "xl/worksheets/sheet2.xml"


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ('<c r="E2" t="e"><v>#N/A</v></c>', "#N/A", "cell E2 holds an error"),
        ('<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", "cell E2 holds an error"),
        ('<c r="E2"><f>D2*0.6</f></c>', "=D2*0.6", "cell E2 holds a formula"),
        ('<c r="E2"><f>D2*0.6</f><v></v></c>', "=D2*0.6", "cell E2 holds a formula"),
    ],
)
def test_errors_and_formulas_without_a_value_name_sheet_and_cell(
    tmp_path: Path, cell: str, value: str, words: str
) -> None:
    book = workbook(tmp_path / "book.xlsx", [["A1", date(2026, 1, 1), "EUR", 100, 50]])
    rewritten(book, {SHEET: ('<c r="E2"><v>50</v></c>', cell)})
    finding = only(refused(book).errors, "value")
    assert place(finding) == ("book.xlsx, sheet financial_period", 2, "cogs", value)
    assert words in finding.problem


def test_an_error_in_a_name_is_no_name(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", [], [["A1", 5]])
    rewritten(book, {"xl/worksheets/sheet1.xml": ('<c r="B2"><v>5</v></c>', '<c r="B2" t="e"><v>#REF!</v></c>')})
    assert place(only(refused(book).errors, "value")) == ("book.xlsx, sheet account", 2, "name", "#REF!")


def test_a_formula_with_its_value_is_that_value(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", [["A1", date(2026, 1, 1), "EUR", 100, 50]])
    rewritten(book, {SHEET: ('<c r="E2"><v>50</v></c>', '<c r="E2"><f>D2/2</f><v>50.25</v></c>')})
    assert read(book, "select cogs from financial_period") == [(Decimal("50.25"),)]


def test_the_range_that_excel_believes_to_be_used_costs_nothing(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", [])
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    rewritten(book, {"xl/worksheets/sheet1.xml": ("</sheetData>", far)})
    assert read(book, "select account_id from account") == [("A1",), ("A2",)]


def test_a_cell_right_of_the_header_is_told(tmp_path: Path) -> None:
    book = workbook(tmp_path / "book.xlsx", [], [["A1", "Acme", None, "a note"]])
    finding = only(check(book).findings, "sheet")
    assert (finding.severity, finding.line, finding.value) == ("warning", 2, "a note")
    assert "cell D2" in finding.problem


def test_a_day_without_a_date_format_is_named_as_what_it_is(tmp_path: Path) -> None:
    finding = only(refused(workbook(tmp_path / "book.xlsx", [["A1", 46023, "EUR", 100, 50]])).errors, "value")
    assert place(finding) == ("book.xlsx, sheet financial_period", 2, "period_start", "46023")
    assert "2026-01-01" in finding.problem


def test_days_count_from_where_the_workbook_says(tmp_path: Path) -> None:
    for name, options in {"1900": {}, "1904": {"date_1904": True}}.items():
        path = tmp_path / f"{name}.xlsx"
        with xlsxwriter.Workbook(str(path), {"default_date_format": "d mmm yy", **options}) as book:
            book.add_worksheet("account").write_row(0, 0, ["account_id", "name", "selected_on"])
            book.worksheets()[0].write_row(1, 0, ["A1", "Acme", date(2026, 6, 30)])
        assert read(path, "select selected_on from account") == [(date(2026, 6, 30),)]


def test_thousands_or_decimals_are_asked_of_texts_and_never_of_numbers(tmp_path: Path) -> None:
    months: list[list[object]] = [["A1", date(2026, 1, 1), "EUR", "12.500", 1.125], ["A2", "2026-01-01", "EUR", 980, 7]]
    finding = only(refused(workbook(tmp_path / "book.xlsx", months)).errors, "style")
    assert place(finding) == ("book.xlsx, sheet financial_period", 2, "revenue", "12.500")


def test_numbers_stand_whatever_the_texts_beside_them_are_written_in(tmp_path: Path) -> None:
    months: list[list[object]] = [
        ["A1", date(2026, 1, 1), "EUR", "1.234,50", 1.125],
        ["A1", date(2026, 2, 1), "EUR", "12.500", 0.1 + 0.2],
        ["A1", date(2026, 3, 1), "EUR", 1.125, "3,5"],
        ["A1", date(2026, 4, 1), "EUR", 1234.5, 1e16],
    ]
    book = workbook(tmp_path / "book.xlsx", [*months[:3], [*months[3][:4], 12]])
    assert read(book, "select revenue, cogs from financial_period order by period_start") == [
        (Decimal("1234.50"), Decimal("1.13")),
        (Decimal("12500.00"), Decimal("0.30")),
        (Decimal("1.13"), Decimal("3.50")),
        (Decimal("1234.50"), Decimal("12.00")),
    ]


def test_zeros_that_only_the_format_shows_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("account")
        sheet.write_row(0, 0, ["account_id", "name", "tier"])
        sheet.write_row(1, 0, [1037], book.add_format({"num_format": "00000000"}))
        sheet.write_row(1, 1, ["Acme", 2.0])
        sheet.write_row(2, 0, ["00001038", 1.5])
    assert read(path, "select account_id, name, tier from account") == [("00001037", "Acme", 2), ("00001038", "1.5", 1)]
    finding = only(check(path).findings, "zeros")
    assert (finding.severity, *place(finding)) == ("warning", "book.xlsx, sheet account", 2, "account_id", "00001037")


def test_hidden_sheets_and_rows_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Notes")
        sheet = book.add_worksheet("account")
        for line, row in enumerate([["account_id", "name"], ["A1", "Acme"], ["A2", "Beta"]]):
            sheet.write_row(line, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.hide()
    told = [finding.problem for finding in check(path).findings if finding.rule == "sheet"]
    assert ["hidden sheet" in told[0], "1 hidden row" in told[1]] == [True, True]
    assert read(path, "select account_id from account") == [("A1",), ("A2",)]


def test_titles_and_a_break_in_a_header_cell(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("account")
        for line, row in enumerate([["Key accounts"], [], ["Account\nID", "name"], ["A1", "R&D <x> "], ["Total"]]):
            sheet.write_row(line, 1, row)
    assert {finding.rule for finding in check(path).findings} == {"header", "total"}
    assert read(path, "select account_id, name, source_row from account") == [("A1", "R&D <x>", 4)]


def plain_and_parsed(path: Path) -> list[list[tuple[object, ...]]]:
    """All rows of all sheets, by the pattern and by the parser of XML."""
    from kaptui.loading import xlsx

    found = []
    for pattern in (xlsx._ROW, re.compile("(?!)")):
        before, xlsx._ROW = xlsx._ROW, pattern
        try:
            book = Workbook(path)
            found.append([(row.line, row.hidden, *row.cells) for sheet in book.hidden for row in book.rows(sheet)])
            book.close()
        finally:
            xlsx._ROW = before
    return found


def test_the_pattern_reads_what_the_parser_reads(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("One")
        bold = book.add_format({"bold": True})
        for line in range(3000):
            sheet.write_row(line, line % 3, [f"text {line}", line, line / 8, "a&b", "", " ü_x0041_ ", "<", True, None])
            sheet.write_formula(line, 12, f"=A{line}", None, line)
            sheet.write_blank(line, 14, None, bold)
    plain, parsed = plain_and_parsed(path)
    assert plain == parsed
    assert len(plain) == 3000


@pytest.mark.parametrize("where", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_workbook_with_a_damaged_part(tmp_path: Path, where: str) -> None:
    book = workbook(tmp_path / "book.xlsx", [])
    rewritten(book, {where: ("</", "<")})
    if where == "xl/workbook.xml":
        with pytest.raises(KaptuiError, match="cannot be read as a workbook"):
            check(book)
    else:
        assert only(refused(book).errors, "source").file == "book.xlsx, sheet account"


def test_memory_is_bounded_by_rows(tmp_path: Path) -> None:
    """Rows come one by one: the first is there before the last is read."""
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("account")
        for line in range(40_000):
            sheet.write_row(line, 0, [f"A{line}", f"Name {line}"])
    rewritten(path, {"xl/worksheets/sheet1.xml": ("</sheetData>", "<broken")})
    rows = Book(path)._rows("account")
    assert next(rows).cells[0].text == "A0"


def test_an_open_document_is_read_and_says_what_it_cannot_tell(tmp_path: Path) -> None:
    """Formats that Excel wrote in the past, and those of others, go another way to the same rules."""

    def cell(text: str, value: str = "") -> str:
        kind = f'office:value-type="float" office:value="{value}"' if value else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    names = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "manifest")
    }
    spaces = " ".join(f'xmlns:{name}="{urn}"' for name, urn in names.items())
    rows = [cell("account_id") + cell("name"), cell("1037", "1037") + cell("1,125", "1.125")]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    sheet = f'<office:spreadsheet><table:table table:name="account">{table}</table:table></office:spreadsheet>'
    content = f"<office:document-content {spaces}><office:body>{sheet}</office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f"<manifest:manifest {spaces}>{entry}</manifest:manifest>"
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w") as parts:
        for name, text in {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}.items():
            parts.writestr(name, text)
    assert read(path, "select account_id, name from account") == [("1037", "1.125")]
    assert "save the workbook as .xlsx" in only(check(path).findings, "sheet").fix
