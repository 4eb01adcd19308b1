"""A mapping is one SELECT per table over the user's own exports, and reads nothing beside them."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from kaptui.errors import KaptuiError
from kaptui.facts.schema import shipped_schema
from kaptui.loading import Finding, LoadRefused, check, load
from kaptui.loading.mapping import mappings
from kaptui.loading.mapping_text import Mapping, MappingError
from kaptui.loading.staging import Stage
from kaptui.resources import query_text
from tests.loading.sources import ACCOUNTS, only, place, query

ADVENTUREWORKS = Path(__file__).resolve().parents[3] / "shared" / "data" / "adventureworks"
MAPPINGS = Path(__file__).resolve().parents[1] / "oracle" / "adventureworks"


def exports(folder: Path) -> Path:
    """What another system wrote."""
    folder.mkdir()
    (folder / "customers.csv").write_text("no,customer\n10,Acme \n20,Beta\n")
    (folder / "sales.csv").write_text("no,day,amount\n10,2026-01-05,1.255\n10,2026-01-20,2\n20,2026-02-01,3\n")
    return folder


def mapping(folder: Path, **tables: str) -> Path:
    """A mapping folder."""
    folder.mkdir()
    for name, select in tables.items():
        (folder / f"{name}.sql").write_text(select)
    return folder


ACCOUNT = "-- customers\nselect no as account_id, customer as name from read_csv('customers.csv');\n"
SALES = (
    "select no as account_id, date_trunc('month', day) as period_start, 'EUR' as currency, "
    "sum(amount) as revenue from 'sales.csv' group by all order by all"
)


def test_exports_become_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exports(tmp_path / "in")
    mapping(tmp_path / "map", account=ACCOUNT, financial_period=SALES)
    (tmp_path / "in" / "review_point.csv").write_text("name,held_on\nSpring,2026-03-31\n")
    monkeypatch.chdir(tmp_path)
    report = load(Path("in"), Path("kap.duckdb"), Path("map"))
    assert Path.cwd() == tmp_path
    assert [finding.rule for finding in report.findings] == ["mapping", "history_short"]
    assert "sales.csv" in report.findings[0].problem
    assert query(tmp_path / "kap.duckdb", "select account_id, name, tier from account") == [
        ("10", "Acme", 1),
        ("20", "Beta", 1),
    ]
    revenue = query(tmp_path / "kap.duckdb", "select revenue, source_row from financial_period")
    assert revenue == [(Decimal("3.26"), 1), (Decimal("3.00"), 2)]
    files = query(tmp_path / "kap.duckdb", "select path, rows from source_file order by path")
    assert files == [
        ("account.sql", 2),
        ("default factors of kaptui", 6),
        ("default kinds of kaptui", 10),
        ("financial_period.sql", 2),
        ("review_point.csv", 1),
    ]


BEYOND = {
    "person": "select * from read_csv('../secret.csv')",
    "plan": "select * from read_csv('{outside}')",
    "objective": "select * from read_text('{outside}')",
    "action": "select * from glob('../*')",
}
"""Mappings that look for what does not lie below the source."""
WRONG = {
    "account": ("selec 1", "syntax error"),
    "stakeholder": ("select nope from read_csv('customers.csv')", "nope"),
    "activity": ("select * from read_csv('gone.csv')", "gone.csv"),
    "assessment": ("select 'x'::integer as account_id, customer as score from read_csv('customers.csv')", "x"),
}
"""Mappings whose SQL is wrong, and what is said of each."""


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> LoadRefused:
    """A load with all of these, of which nothing is left but what it says."""
    place = tmp_path_factory.mktemp("refused")
    (outside := place / "secret.csv").write_text(ACCOUNTS)
    texts = {table: select.format(outside=outside) for table, select in BEYOND.items()}
    texts |= {table: select for table, (select, _) in WRONG.items()}
    before = Path.cwd()
    with pytest.raises(LoadRefused) as caught:
        load(exports(place / "in"), place / "kap.duckdb", mapping(place / "map", **texts))
    assert Path.cwd() == before
    assert not (place / "kap.duckdb").exists()
    errors = caught.value.report.errors
    assert sorted((each.file, each.rule) for each in errors) == sorted((f"{table}.sql", "mapping") for table in texts)
    return caught.value


def said_of(refused: LoadRefused, table: str) -> Finding:
    """What is said of one mapping."""
    return next(each for each in refused.report.errors if each.file == f"{table}.sql")


@pytest.mark.parametrize("table", BEYOND)
def test_a_mapping_reads_below_the_source_only(refused: LoadRefused, table: str) -> None:
    assert "below SOURCE" in said_of(refused, table).fix


NO_SELECT = (
    "",
    "-- nothing",
    "select 1; select 2",
    "drop table account",
    "copy (select 1) to 'x.csv'",
    "export database 'x'",
    "attach 'x.duckdb'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "reset enable_external_access",
    "pragma database_list",
    "with x as (select 1 as a) insert into account from x",
)


def test_a_mapping_is_one_select(tmp_path: Path) -> None:
    reader = duckdb.connect()
    for text in NO_SELECT:
        with pytest.raises(MappingError, match="must hold one SELECT"):
            Mapping.read(text, reader)
    folder = mapping(tmp_path / "map", account="set enable_external_access = true")
    finding = only(check(exports(tmp_path / "in"), folder).errors, "mapping")
    assert finding.file == "account.sql"
    assert "must hold one SELECT" in finding.problem


def test_what_mappings_run_in_reaches_the_source_and_copies_of_it_only(tmp_path: Path) -> None:
    """The running settings, and what they let through: no path, link, network or extension that leads elsewhere."""
    source, secret = exports(tmp_path / "in"), tmp_path / "secret.csv"
    secret.write_text(ACCOUNTS)
    (source / "link.csv").symlink_to(secret)
    (source / "link.xlsx").symlink_to(secret)
    (source / "up").symlink_to(tmp_path)
    (tmp_path / "map").mkdir()
    schema = shipped_schema()
    with closing(duckdb.connect()) as connection:
        stage = Stage(connection, tmp_path / "work", lambda _: None)
        connection.execute("create schema staged; create schema facts")
        for name in ("cast", "profile"):
            connection.execute(query_text("load", name))
        with mappings(stage, source, source) as mapped:
            settings = dict(mapped.reader.execute("select name, value from duckdb_settings()").fetchall())
            for name, value in {
                "enable_external_access": "false",
                "lock_configuration": "true",
                "python_enable_replacements": "false",
                "autoinstall_known_extensions": "false",
                "allowed_paths": "[]",
            }.items():
                assert settings[name] == value, name
            folders = (source, tmp_path / "work" / "views", tmp_path / "work" / "mapping-spill")
            assert sorted(settings["allowed_directories"].strip("[]").split(", ")) == sorted(
                f"{each}/" for each in folders
            )
            assert mapped.reader.execute("select count(*) from 'customers.csv'").fetchall() == [(2,)]
            for read in (
                f"read_text('{secret}')",
                "read_csv('../secret.csv')",
                "'up/secret.csv'",
                "read_csv('link.csv')",
                "read_csv('*.csv', union_by_name = true)",
                "read_csv('http://127.0.0.1:9/x.csv')",
                "glob('../*')",
                "parquet_metadata('../x.parquet')",
                "sniff_csv('../secret.csv')",
                "duckdb_secrets()",
            ):
                with pytest.raises(duckdb.PermissionException):
                    mapped.reader.execute(f"from {read}").fetchall()
            for wrong in ("set threads = 3", "install httpfs", "load httpfs", f"attach '{tmp_path}/x.duckdb'"):
                with pytest.raises(duckdb.Error):
                    mapped.reader.execute(wrong)
            for at, name in enumerate(("link.csv", "link.xlsx")):
                path = tmp_path / "map" / f"{at}.sql"
                path.write_text(f'select account_id, name from "{name}"')
                mapped.stage(schema["account"], path)
                assert "is a link to what lies outside SOURCE" in str(stage.findings[-1])
    assert "account" in stage.broken


@pytest.mark.parametrize("table", WRONG)
def test_sql_errors_name_the_file_in_one_line(refused: LoadRefused, table: str) -> None:
    told = str(said_of(refused, table))
    assert told.startswith(f"error: {table}.sql:")
    assert WRONG[table][1] in told
    assert "\n" not in told
    assert told in refused.message


def test_findings_name_the_mapping(tmp_path: Path) -> None:
    bad = "select no as account_id, 'gold' as tier from read_csv('customers.csv')"
    with pytest.raises(LoadRefused) as caught:
        load(exports(tmp_path / "in"), tmp_path / "kap.duckdb", mapping(tmp_path / "map", account=bad))
    assert [place(finding) for finding in caught.value.report.errors] == [
        ("account.sql", None, "name", ""),
        ("account.sql, result row 1", None, "tier", "gold"),
        ("account.sql, result row 2", None, "tier", "gold"),
    ]


def test_a_mapping_for_no_table_is_a_warning(tmp_path: Path) -> None:
    folder = mapping(tmp_path / "map", account=ACCOUNT, acount="select 1")
    finding = only(check(exports(tmp_path / "in"), folder).findings, "source")
    assert (finding.severity, finding.file, finding.fix) == ("warning", "acount.sql", "did you mean account.sql?")


def test_mappings_that_are_not_there(tmp_path: Path) -> None:
    source = exports(tmp_path / "in")
    with pytest.raises(KaptuiError, match="does not exist"):
        check(source, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KaptuiError, match="holds no mapping"):
        check(source, tmp_path / "empty")


def test_a_workbook_takes_a_mapping_and_shows_only_itself(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        sheet = book.add_worksheet("Kunden")
        sheet.write_row(0, 0, ["Nr", "Kunde"])
        sheet.write_row(1, 0, [10, "Acme"])
    (tmp_path / "beside.csv").write_text(ACCOUNTS)
    plain = mapping(tmp_path / "map", account='select Nr as account_id, Kunde as name from "book.xlsx/Kunden"')
    load(tmp_path / "book.xlsx", tmp_path / "kap.duckdb", plain)
    assert query(tmp_path / "kap.duckdb", "select account_id, name from account") == [("10", "Acme")]
    for number, beside in enumerate(("read_csv('beside.csv')", '"beside.csv"')):
        folder = mapping(tmp_path / f"map{number}", account=f"select * from {beside}")
        assert only(check(tmp_path / "book.xlsx", folder).errors, "mapping").file == "account.sql"


def test_the_ledger_and_its_lines_come_to_the_same(tmp_path: Path) -> None:
    months = []
    for name in ("mapping_ledger", "mapping_lines"):
        target = tmp_path / f"{name}.duckdb"
        report = load(ADVENTUREWORKS, target, MAPPINGS / name)
        assert report.findings == ()
        assert (report.rows["account"], report.rows["person"], report.rows["stakeholder"]) == (701, 17, 753)
        months.append(
            query(target, "select * exclude (source_row) from financial_period order by account_id, period_start")
        )
    assert len(months[0]) == 3779
    assert months[0] == months[1]
