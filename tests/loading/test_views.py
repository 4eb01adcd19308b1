"""Inside a mapping files and sheets are views of text, with what reads such text and asks as plain files do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from kaptui.loading import Finding, Report, check
from kaptui.loading.views import Views
from kaptui.resources import query_text
from tests.loading.sources import only

GERMAN = "Kd-Nr.;Kunde;Jan 26;Feb 26;Summe\n00001037;Müller;1.234,5;12.500;13.734,5\n1038;Söhne;980;-;980\n"


def mapped(folder: Path, account: str, **more: str) -> Report:
    """Check the exports in `folder`/in with these mappings."""
    (folder / "map").mkdir(exist_ok=True)
    for name, select in ({"account": account} | more).items():
        (folder / "map" / f"{name}.sql").write_text(select)
    return check(folder / "in", folder / "map")


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A folder of exports as they come: old encodings, titles, a workbook, a file in a folder below."""
    folder = tmp_path / "in"
    (folder / "crm").mkdir(parents=True)
    (folder / "Umsatz.csv").write_bytes(f"Umsatz in TEUR;;;;\nStand 15.11.2026;;;;\n{GERMAN}".encode("cp1252"))
    (folder / "crm" / "accounts.csv").write_text(
        "ID,Name,No.,Since\nX1,Müller,1037,31/01/2020\nX2,Söhne,01038,05/06/2021\n"
    )
    with xlsxwriter.Workbook(str(folder / "book.xlsx")) as book:
        sheet = book.add_worksheet("Ziele")
        sheet.write_row(0, 0, ["Plan", "Wert", "Wert", None])
        sheet.write_row(1, 0, ["P1", 1.125, "12,5"])
    return tmp_path


ACCOUNTS = 'select ID as account_id, Name as name, day_of(Since) as selected_on from "crm/accounts.csv"'


def rows(folder: Path, sql: str, **mappings: str) -> list[tuple[object, ...]]:
    """What facts the mappings of a sound source yield."""
    from kaptui.loading import load
    from tests.loading.sources import query

    mapped(folder, ACCOUNTS, **mappings)
    report = load(folder / "in", folder / "kap.duckdb", folder / "map")
    assert report.errors == ()
    return query(folder / "kap.duckdb", sql)


def test_a_wide_ledger_becomes_months_of_accounts(exports: Path) -> None:
    ledger = """
        select ID as account_id, month_of(month) as period_start, 'EUR' as currency, 1000 * try_amount(cell) as revenue
        from (unpivot Umsatz on columns(* exclude ("Kd-Nr.", Kunde)) into name month value cell)
        join accounts on same_id("No.", "Kd-Nr.")
        where month_of(month) is not null and try_amount(cell) is not null
    """
    facts = rows(exports, "select account_id, period_start, revenue from financial_period", financial_period=ledger)
    assert sorted(facts) == [
        ("X1", date(2026, 1, 1), Decimal("1234500.00")),
        ("X1", date(2026, 2, 1), Decimal("12500000.00")),
        ("X2", date(2026, 1, 1), Decimal("980000.00")),
    ]


def test_what_the_readers_of_views_say_is_told_once(exports: Path) -> None:
    report = mapped(
        exports,
        'select "Kd-Nr." as account_id, Kunde as name from umsatz',
        person='from "Umsatz.csv" select 1 as person_id, Kunde as name limit 1',
    )
    told = [(finding.file, finding.rule) for finding in report.findings if finding.rule in {"encoding", "header"}]
    assert told == [("Umsatz.csv", "header"), ("Umsatz.csv", "encoding")]


def test_names_of_views(exports: Path) -> None:
    (exports / "in" / "accounts.csv").write_text("ID,Name\nX1,other\n")
    for name, fine in {"CRM/accounts.csv": True, "accounts.csv": False, "accounts": False, "acounts": False}.items():
        report = mapped(exports, f'select ID as account_id, Name as name from "{name}"')
        assert (report.errors == ()) is fine
        if not fine:
            told = only(report.errors, "mapping")
            assert "crm/accounts.csv" in told.problem + told.fix


ASKED = {
    "account": ("amount(c)", 'r.csv:3 c "12.500" may be thousands', "amount(column, 'comma')"),
    "person": ("day_of(d)", 'r.csv:2 d "01/02/2026" may be day/month', "day_of(column, 'dmy')"),
    "plan": ("amount(k)", 'r.csv:2 k "KW 40" is not a number', "try_amount(column)"),
    "objective": ("day_of(k)", 'r.csv:2 k "KW 40" is not a date', "try_day_of(column)"),
}
"""What a mapping calls, where that asks, and what to write."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    """What is said of each of these mappings."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "in").mkdir()
    (folder / "in" / "r.csv").write_text("id,c,d,k\nA1,980,01/02/2026,KW 40\nA2,12.500,,\n")
    report = mapped(
        folder, **{table: f"select id as {table}_id, {call} as name from r" for table, (call, *_) in ASKED.items()}
    )
    assert [each.rule for each in report.errors] == ["mapping"] * len(ASKED)
    return {each.file.removesuffix(".sql"): each for each in report.errors}


@pytest.mark.parametrize("table", ASKED)
def test_helpers_ask_with_the_place(asked: dict[str, Finding], table: str) -> None:
    _, place, fix = ASKED[table]
    assert asked[table].problem.startswith(place)
    assert fix in asked[table].fix


def test_what_is_asked_is_never_empty(tmp_path: Path) -> None:
    """try_amount leaves empty what is no number; a number that may be two is asked for all the same."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.csv").write_text("id,c\nA1,-\nA2,12.500\n")
    select = "select id as account_id, coalesce(try_amount(c)::varchar, 'none') as name from r"
    assert "12500" not in str(told := only(mapped(tmp_path, select).errors, "mapping"))
    assert told.problem.startswith('r.csv:3 c "12.500" may be')
    assert mapped(tmp_path, select.replace("from r", "from r where c = '-'")).errors == ()
    told = only(mapped(tmp_path, "select id as account_id, try(amount(c))::varchar as name from r").errors, "mapping")
    assert "try_amount" in told.fix


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("amount(c, 'comma')", "12500"),
        ("amount(c, 'point')", "12.5"),
        ("day_of(d, 'mdy')", "2026-01-02"),
        ("day_of(d, 'dmy')", "2026-02-01"),
    ],
)
def test_a_style_that_is_said_settles_it(tmp_path: Path, call: str, value: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.csv").write_text("id,c,d\nA1,12.500,01/02/2026\n")
    report = mapped(
        tmp_path,
        f"select id as account_id, trim({call}::varchar, '0') as region, "
        f"case when {call} = '{value}' then 'Name' end as name from r",
    )
    assert report.errors == ()


def test_raw_texts_are_asked_about_as_in_plain_files_with_their_lines(tmp_path: Path) -> None:
    """A select that takes one line for one row names file and line; any other the row of its result."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.csv").write_text(
        "Report\nid;month;rev\n\nA1;2026-01-01;12.500\nA1;2026-02-01;980\nA1;soon;1\n"
    )
    plain = "select id as account_id, month as period_start, 'EUR' as currency, rev as revenue from r where rev > ''"
    grouped = plain.replace("rev as revenue", "any_value(rev) as revenue").replace(" where rev > ''", " group by all")
    accounts = "select distinct id as account_id, id as name from r"
    told = {each.rule: each for each in mapped(tmp_path, accounts, financial_period=plain).errors}
    assert (told["style"].file, told["style"].line, told["style"].value) == ("r.csv", 4, "12.500")
    assert (told["value"].file, told["value"].line, told["value"].value) == ("r.csv", 6, "soon")
    told = {each.rule: each for each in mapped(tmp_path, accounts, financial_period=grouped).errors}
    assert told["value"].file.startswith("financial_period.sql, result row ")


def test_every_error_of_every_mapping_in_one_run(exports: Path) -> None:
    report = mapped(
        exports,
        "select ID as account_id,\n\nfrom where accounts",
        person="select 1; select 2",
        plan="select nope from Ziele",
        activity="select * from nowhere",
        objective='select * from "book.xlsx/Ziel"',
    )
    told = {finding.file: finding for finding in report.errors if finding.rule == "mapping"}
    assert sorted(told) == ["account.sql", "activity.sql", "objective.sql", "person.sql", "plan.sql"]
    assert told["account.sql"].line == 3
    assert "did you mean" in told["objective.sql"].fix


@pytest.mark.parametrize("how", ["read_csv('r.csv')", "'r.csv'", "read_csv('*.csv')"])
def test_read_csv_works_and_warns_where_it_guesses(tmp_path: Path, how: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.csv").write_text("cust;month;rev;ok\nA1;01/02/2026;12.500;1.5\nA1;01/03/2026;13.750;2.5\n")
    report = mapped(tmp_path, f"select distinct cust as account_id, rev * 0 as name from {how}")
    warned = [(each.file, each.column, each.value) for each in report.findings if each.rule == "mapping"]
    assert warned == [("account.sql", "month", "01/02/2026")]
    (tmp_path / "in" / "r.csv").write_text("cust;month;rev\nA1;2026-02-01;12.500\n")
    report = mapped(tmp_path, f"select distinct cust as account_id, rev * 0 as name from {how}")
    assert [(each.column, each.value) for each in report.findings if each.rule == "mapping"] == [("rev", "12.500")]
    assert report.errors == ()


def test_read_csv_reads_an_old_encoding_and_tells_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kunden.csv").write_bytes("Kunde;Umsatz\nMüller – Söhne €;12\n".encode("cp1252"))
    report = mapped(tmp_path, "select Kunde as account_id, Kunde as name from read_csv('kunden.csv')")
    assert report.errors == ()
    assert [(each.file, each.value) for each in report.findings] == [("kunden.csv", "Müller – Söhne €")]


def test_odd_cells_of_a_sheet_stand_as_texts_and_are_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with xlsxwriter.Workbook(str(tmp_path / "in" / "book.xlsx")) as book:
        sheet = book.add_worksheet("Kunden")
        sheet.write_row(0, 0, ["id", "name"])
        sheet.write_row(1, 0, ["A1"])
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    report = mapped(tmp_path, "select id as account_id, try_amount(name)::varchar as name from Kunden")
    assert [
        each.severity for each in report.findings if each.file == "book.xlsx, sheet Kunden" and each.rule == "value"
    ] == ["warning"]


def test_a_view_is_all_text_and_columns_have_names_of_their_own(exports: Path) -> None:
    with duckdb.connect() as scan, duckdb.connect() as reader:
        for name in ("cast", "profile"):
            scan.execute(query_text("load", name))
        views = Views(exports / "in", exports / "work", scan, reader)
        origin = views.find("ziele")
        assert origin is not None
        views.make(origin, "Ziele")
        views.close()
        relation = reader.sql("from Ziele")
        assert relation.columns == ["Plan", "Wert", "Wert_1"]
        assert {str(kind) for kind in relation.types} == {"VARCHAR"}
        assert relation.fetchall() == [("P1", "1.1250", "12,5")]


def test_a_damaged_workbook_that_no_mapping_names_does_no_harm(exports: Path) -> None:
    (exports / "in" / "old.xlsx").write_bytes(b"PK no workbook")
    assert mapped(exports, ACCOUNTS).errors == ()


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("Mrz 26", "2026-03-01"),
        ("März 2026", "2026-03-01"),
        ("Mar-26", "2026-03-01"),
        ("2026-03", "2026-03-01"),
        ("03/2026", "2026-03-01"),
        ("202603", "2026-03-01"),
        ("2026-03-31", "2026-03-01"),
        ("31.03.2026", "2026-03-01"),
        ("Sept. '25", "2025-09-01"),
        ("juil. 2025", "2025-07-01"),
        ("2026 Okt", "2026-10-01"),
        ("2026M3", "2026-03-01"),
        ("Summe 2024", None),
        ("Gesamt", None),
        ("Marktanteil 24", None),
        ("2026", None),
        ("13/2026", None),
        ("Q1 2026", None),
    ],
)
def test_months_of_headings(helpers: duckdb.DuckDBPyConnection, heading: str, month: str | None) -> None:
    assert helpers.execute("select month_of(?)::varchar", [heading]).fetchall() == [(month,)]


@pytest.fixture(scope="module")
def helpers() -> duckdb.DuckDBPyConnection:
    """A database with what reads texts."""
    connection = duckdb.connect()
    for name in ("cast", "profile"):
        connection.execute(query_text("load", name))
    connection.execute("create macro number_style() as ''; create macro date_style() as ''")
    connection.execute(query_text("load", "mapping"))
    return connection


def test_same_id(helpers: duckdb.DuckDBPyConnection) -> None:
    pairs = [("00001037", "1037"), (" 7", "007"), ("000", "0"), ("A1", "a1"), ("01A", "1A"), ("1037", "10370")]
    found = [helpers.execute("select same_id(?, ?)", list(pair)).fetchall()[0][0] for pair in pairs]
    assert found == [True, True, True, False, False, False]


def test_a_header_that_comes_again_is_no_row_of_a_view_and_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.csv").write_text("id,name,\nA1,Acme,\nid,name,\nA2,Beta,\n")
    report = mapped(tmp_path, "select id as account_id, name from r")
    assert report.rows["account"] == 2
    assert "1 line repeats the header" in only(report.findings, "header").problem


@pytest.mark.parametrize(
    "select",
    [
        "select r.id as account_id, r.name from 'r.csv'",
        "select r.id as account_id, r.name from 'r.csv' where true",
        "select t.id as account_id, t.name from 'r.csv' t",
        "select t.id as account_id, t.name from 'r.csv' as t join 'r.csv' using (id)",
        "from 'r.csv' select id as account_id, name -- from 'other.csv'",
    ],
)
def test_a_file_in_quotes_is_named_as_duckdb_names_it(tmp_path: Path, select: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r.csv").write_text("id,name\nA1,Acme\n")
    assert mapped(tmp_path, select).errors == ()


def test_a_twin_that_nobody_reads_is_told_where_it_differs(tmp_path: Path) -> None:
    """The same table as CSV and as a sheet: who corrects the one that is not read must hear of it."""
    (tmp_path / "in").mkdir()
    text = 'No,Name,Revenue\n1,Acme,"1.234,5"\n2,Beta,"980,0"\n'
    (tmp_path / "in" / "Umsatz.csv").write_text(text)
    (tmp_path / "in" / "copy.csv").write_text(text)
    with xlsxwriter.Workbook(str(tmp_path / "in" / "book.xlsx")) as book:
        for name, revenue in (("Umsatz", 980), ("Corrected", 990)):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate((["No", "Name", "Revenue"], ["1", "Acme", 1234.5], ["2", "Beta", revenue])):
                sheet.write_row(row, 0, cells)
    report = mapped(tmp_path, 'select No as account_id, Name as name from "Umsatz.csv" where amount(Revenue) > 0')
    found = only(tuple(one for one in report.findings if one.rule == "twin"), "twin")
    assert str(found) == (
        "warning: book.xlsx, sheet Corrected: is not read, though it has the columns of Umsatz.csv, which is, and "
        "1 row differs; correct Umsatz.csv, or read this one instead; keep one of them"
    )
