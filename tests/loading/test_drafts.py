"""The tutorial of the README as it runs: a folder of exports, `init --from`, a person's answers, load, totals equal."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kaptui.errors import KaptuiError
from kaptui.loading import Drafts, LoadRefused, draft, load
from kaptui.loading.drafts.words import plain
from kaptui.resources import query_text
from tests.loading.exports import amounts_of_ledgers, write_exports
from tests.loading.sources import query


@pytest.fixture(scope="module")
def amounts() -> list[list[Decimal | None]]:
    return amounts_of_ledgers()


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory, amounts: list[list[Decimal | None]]) -> Path:
    folder = tmp_path_factory.mktemp("drafts") / "exports"
    write_exports(folder, amounts)
    return folder


@pytest.fixture(scope="module")
def drafts(exports: Path) -> Drafts:
    return draft(exports.parent / "sql", exports)


@pytest.fixture(scope="module")
def sql(drafts: Drafts, exports: Path) -> Path:
    """The drafts with a person's answers to what is open; before these the load says what is."""
    folder = exports.parent / "sql"
    with pytest.raises(LoadRefused) as refused:
        load(exports, exports.parent / "x.duckdb", folder)
    said = {(each.table, each.column) for each in refused.value.report.errors if "open question" in each.problem}
    assert said == {("person", "level"), ("activity", "kind"), ("objective", "status")}
    assert len(refused.value.report.errors) == sum(
        "open question" in one.problem for one in refused.value.report.errors
    )
    for table, answers in {
        "person": {"'B1' then '?'": "'B1' then '2'", "'E1' then '?'": "'E1' then '5'"},
        "activity": {"'QBR' then '?'": "'QBR' then 'exec_meeting'"},
        "objective": {"'On hold' then '?'": "'On hold' then 'new'"},
    }.items():
        text = (folder / f"{table}.sql").read_text()
        for asked, answer in answers.items():
            assert asked in text
            text = text.replace(asked, answer)
        (folder / f"{table}.sql").write_text(text)
    return folder


@pytest.fixture(scope="module")
def file(sql: Path, exports: Path) -> Path:
    target = exports.parent / "kap.duckdb"
    assert load(exports, target, sql).errors == ()
    return target


def test_the_totals_are_those_of_the_ledgers(file: Path, amounts: list[list[Decimal | None]]) -> None:
    known = [each for some in amounts for each in some if each is not None]
    revenue = 1000 * sum(known, Decimal())
    asked = "select count(*), sum(revenue), sum(cogs), min(period_start)::varchar, any_value(currency)"
    assert query(file, f"{asked} from financial_period") == [(len(known), revenue, revenue / 2, "2025-01-01", "EUR")]


def test_ids_are_found_by_number_by_mail_and_by_name_however_it_is_spelt(file: Path) -> None:
    sponsors = query(
        file, "select account_id, person_id, side, start_on::varchar from sponsorship order by all limit 3"
    )
    assert sponsors == [
        ("00150AAA", "P2", "internal", "2024-01-01"),
        ("00151AAA", "P1", "external", "2025-01-01"),
        ("00151AAA", "P2", "internal", "2024-01-01"),
    ]
    assert query(file, "select count(*) from sponsorship") == [(11,)]
    assert query(file, "select name, manager_id from account order by 1 limit 1") == [("Graz Systems", "P2")]
    assert query(
        file,
        "select count(*) from action join objective using (objective_id) join plan using (plan_id) "
        "join account using (account_id)",
    ) == [(12,)]


def test_scores_words_and_flags_arrive(file: Path) -> None:
    scores = query(file, "select factor_id, count(*), avg(score) from assessment group by 1 order by 1")
    assert scores == [(1, 6, 1.0), (2, 6, 2.5), (4, 6, 3.0), (5, 6, 4.0), (6, 6, 0.0)]
    assert query(file, "select kind, count(*) from activity group by 1 order by 1") == [
        ("call", 3),
        ("exec_meeting", 3),
        ("visit", 3),
        ("year_end_negotiation", 3),
    ]
    assert query(file, "select person_id, active, level from person order by 1") == [("P1", True, 2), ("P2", False, 5)]


def test_every_question_says_where_and_what_to_write(drafts: Drafts, exports: Path) -> None:
    text = (exports.parent / "sql" / "QUESTIONS.md").read_text()
    assert drafts.open == text.count(". **open**") == 3
    assert "`crm_activities.csv`, column `Type`, line 4, for example `QBR`: which kind (" in text
    assert "is meant by `QBR`?" in text
    assert "`Umsatz.csv` holds the same as `Finanzen_TEUR.xlsx, sheet Umsatz`, which is used" in text
    assert "left out as sums: `Gesamtsumme`, `Summe Nord`" in text
    assert "`notes.csv` is not used" in text
    assert "columns that are not used: `Liked by`" in text
    assert "programme.sql" not in {path.name for path in drafts.written}
    guesses = (exports.parent / "sql" / "account.sql").read_text()
    assert "when 'A' then '1' -- guess: 2 rows" in guesses


def test_a_month_later_a_renamed_customer_is_named_and_the_receipt_tells_what_is_gone(
    file: Path, sql: Path, exports: Path, tmp_path: Path
) -> None:
    later = tmp_path / "exports"
    later.mkdir()
    for path in exports.iterdir():
        (later / path.name).write_bytes(path.read_bytes())
    crm, contacts = later / "crm_accounts.csv", later / "crm_contacts.csv"
    crm.write_text(crm.read_text(encoding="utf-8").replace("Graz Systems", "Grazer Systemhaus"), encoding="utf-8")
    contacts.write_text("".join(contacts.read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(LoadRefused) as refused:
        load(later, file, sql)
    assert {each.value for each in refused.value.report.errors} == {"Graz Systems"}
    for path in later.glob("*.csv"):
        if path.name in ("Sponsoren.csv", "SteerCo_2026-06.csv", "Objectives.csv", "Actions.csv"):
            path.write_bytes(path.read_bytes().replace(b"Graz Systems", b"Grazer Systemhaus"))
    report = load(later, file, sql)
    assert report.receipt is not None
    gone = {each.table: each.gone for each in report.receipt.tables if each.gone}
    assert gone["stakeholder"] == 1
    assert gone.keys().isdisjoint({"account", "financial_period"})


def test_a_simple_folder_loads_as_drafted(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "customers.csv").write_text("Customer No.,Customer,Region\n007,Acme,North\n8,Beta Ltd,South\n")
    (exports / "sales.csv").write_text(
        "Customer No.,Month,Comment,Net sales,Currency\n7,2026-01,x,100.50,USD\n7,2026-01,x,50.00,USD\n"
        "8,2026-02,x,1.00,USD\n"
    )
    assert draft(tmp_path / "sql", exports).open == 0
    assert load(exports, tmp_path / "kap.duckdb", tmp_path / "sql").errors == ()
    rows = query(
        tmp_path / "kap.duckdb",
        "select account_id, period_start::varchar, currency, revenue from financial_period order by 1",
    )
    assert rows == [("007", "2026-01-01", "USD", Decimal("150.50")), ("8", "2026-02-01", "USD", Decimal("1.00"))]


def test_a_cost_without_revenue_and_an_empty_amount_are_told_not_lost(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "customers.csv").write_text("Customer No.,Customer\n1,Acme\n")
    for name, last, total in (("Revenue kEUR", "", "17"), ("COGS kEUR", "4", "30")):
        header = "Customer No.,Customer,Jan 26,Feb 26,Mar 26,FY 2026,Forecast"
        (exports / f"{name}.csv").write_text(f"{header}\n1,Acme,8,9,{last},{total},99\n")
    draft(tmp_path / "sql", exports)
    # a column of sums is left out, and told where its months say something else
    asked = (tmp_path / "sql" / "QUESTIONS.md").read_text()
    assert asked.count("contradicts its months") == 1
    told = "contradicts its months in 1 of 1 rows: line 2 says 30.00, its months come to 21.00"
    assert f"**guess** `COGS kEUR.csv`: column `FY 2026` is left out, though it {told}" in asked
    with pytest.raises(LoadRefused) as refused:
        load(exports, tmp_path / "kap.duckdb", tmp_path / "sql")
    assert [(each.table, each.column) for each in refused.value.report.errors] == [("financial_period", "revenue")]
    for name in ("Revenue kEUR", "COGS kEUR"):
        (exports / f"{name}.csv").unlink()
    (exports / "sales.csv").write_text(
        "Customer No.,Month,Umsatz (Netto),Umsatz,Wareneinsatz,Currency\n1,2026-01,,5,2,EUR\n1,2026-01,,6,,EUR\n"
    )
    draft(tmp_path / "again", exports)
    assert load(exports, tmp_path / "kap.duckdb", tmp_path / "again").errors == ()
    assert query(tmp_path / "kap.duckdb", "select revenue, cogs from financial_period") == [(Decimal(11), None)]


def test_nothing_is_overwritten_or_invented(exports: Path, drafts: Drafts, tmp_path: Path) -> None:
    folder = tmp_path / "sql"
    folder.mkdir()
    (folder / "account.sql").write_text("mine")
    with pytest.raises(KaptuiError, match=r"already holds account\.sql"):
        draft(folder, _only(exports, "crm_accounts.csv", tmp_path))
    assert [path.name for path in folder.iterdir()] == ["account.sql"]
    assert (folder / "account.sql").read_text() == "mine"
    with pytest.raises(KaptuiError, match="looks like accounts"):
        draft(tmp_path / "other", _only(exports, "notes.csv", tmp_path))
    assert not (tmp_path / "other").exists()


def _only(exports: Path, name: str, tmp_path: Path) -> Path:
    folder = tmp_path / f"only {name}"
    folder.mkdir()
    (folder / name).write_bytes((exports / name).read_bytes())
    return folder


def test_hostile_headings_and_values_are_quoted(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    long = "x" * 200
    names = ["A'); drop table z; --", '=cmd|"/c calc"!A1', "*/ O'Neil", "\x1b[31mred\u202e", long, "`rm`"]
    heading = 'Region"; drop table y; --'
    rows = [["Kunden-Nr.", "Kunde", "Status", heading, long]]
    rows += [[f"K{n}", name, name, "R", "1"] for n, name in enumerate(names)]
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    (exports / "kunden'; drop table x; --.csv").write_text(text)
    made = draft(tmp_path / "sql", exports)
    assert [path.name for path in made.written] == ["account.sql", "QUESTIONS.md"]
    for path in made.written:
        assert not {*"\x1b\u202e"} & {*path.read_text()}
    sql = tmp_path / "sql" / "account.sql"
    sql.write_text(sql.read_text().replace("'?'", "'active'"))
    assert load(exports, tmp_path / "kap.duckdb", tmp_path / "sql").errors == ()
    assert query(tmp_path / "kap.duckdb", "select name from account order by account_id") == [(name,) for name in names]


@pytest.mark.parametrize(
    ("heading", "read"), [("Kd-Nr.", "kd nr"), ("FÄLLIG  am", "fallig am"), ("Straße", "strasse"), ("%", "%")]
)
def test_headings_are_read_without_case_accents_and_signs(heading: str, read: str) -> None:
    assert plain(heading) == read


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Müller GmbH & Co. KG", "MUELLER", True),
        ("Straße 7 AG", "Strasse 7", True),
        ("Łódź Tekstyl S.A.", "lodz tekstyl", True),
        ("Ørsted A/S", "Orsted", True),
        ("Agfa", "Fa", False),
        ("AG", "AG", False),
        ("Acme North", "Acme South", False),
    ],
)
def test_names_of_companies_are_the_same_but_for_spelling_and_legal_form(one: str, other: str, same: bool) -> None:
    with closing(duckdb.connect()) as connection:
        connection.execute(query_text("load", "names"))
        assert connection.execute("select coalesce(same_name(?, ?), false)", [one, other]).fetchall() == [(same,)]


def test_an_answer_without_quotes_is_told_so(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "kunden.csv").write_text("Kunden-Nr.,Kunde,Segment\n1,Acme,Prio\n")
    draft(tmp_path / "sql", exports)
    sql = tmp_path / "sql" / "account.sql"
    assert "then '?'" in sql.read_text()
    sql.write_text(sql.read_text().replace("'?'", "2"))
    with pytest.raises(LoadRefused) as refused:
        load(exports, tmp_path / "kap.duckdb", tmp_path / "sql")
    assert "single quotes" in refused.value.report.errors[0].fix
