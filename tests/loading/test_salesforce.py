"""What Salesforce exports becomes the facts written here by hand, and the screens of plans say what these facts say."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from click import Context

from kaptui.cli import options
from kaptui.cli.data_commands import load as load_command
from kaptui.errors import UsageError
from kaptui.filters import Filters
from kaptui.guide import lines
from kaptui.loading import Report, check, load, run
from kaptui.loading.read_tables import read_source
from kaptui.portfolio import Portfolio
from kaptui.resources import SHIPPED_MAPPINGS, mapping_dir
from tests.loading import salesforce_exports as crm
from tests.loading.salesforce_exports import id18, write_csv, write_salesforce
from tests.loading.sources import query
from tests.reference.answers import ANSWERS
from tests.reference.case import Case
from tests.reference.comparing import differences
from tests.reference.facts import Facts, typed

SALESFORCE = mapping_dir("salesforce")

A, B, G, E, Z = map(id18, (crm.ACME, crm.BETA, crm.GAMMA, crm.EPSILON, crm.ZETA))
ANNA, BO, ROSA, GONE = map(id18, (crm.ANNA, crm.BO, crm.ROSA, crm.GONE))
IRENE, OTTO = map(id18, (crm.IRENE, crm.OTTO))
PA, PB, PN, PO, PZ = map(id18, (crm.PLAN_ACME, crm.PLAN_BETA, crm.PLAN_NEXT, crm.PLAN_OLD, crm.PLAN_ZETA))
GROW, SHARED, LATE, MARGIN = map(id18, (crm.GROW, crm.SHARED, crm.LATE, crm.MARGIN))


def event(letter: str) -> str:
    return id18(f"00U5g00000eEeE{letter}")


def task(letter: str) -> str:
    return id18(f"00T5g00000tTtT{letter}")


FACTS = {
    "setting": "key,value\nas_of,2026-06-30\ncurrency,EUR",
    "person": f"""person_id,name,function,level,active,line_manager_id
{ANNA},Anna Weiss,Sales,,true,{ROSA}
{BO},Bo Kern,Service,,true,{ROSA}
{ROSA},Rosa Lind,Board,5,true,
{GONE},Gone Long,Sales,,false,""",
    "account": f"""account_id,name,manager_id,tier,region,industry,external_id
{A},"Acme ""Steel"", Inc.",{ANNA},1,Germany,Chemicals,00001037
{B},Beta [/] AG,{BO},2,Austria,Chemicals,1038
{G},"Gamma
Ltd",{ANNA},1,France,Chemicals,
{E},Epsilon SA,,3,France,Chemicals,
{Z},Zeta BV,{BO},1,Germany,Chemicals,""",
    "assessment": f"""account_id,factor_id,assessed_on,score,assessor_id,evidence
{A},3,2026-05-02,3,{ROSA},seen
{B},3,2026-05-02,1,,""",
    "financial_period": "account_id,period_start,currency,revenue\n"
    + "\n".join(
        f"{account},{month},EUR,{amount}"
        for account, amount in ((A, 100), (B, 50), (G, 20), (E, 10), (Z, 20))
        for month in crm.MONTHS
    ),
    "stakeholder": f"""stakeholder_id,account_id,name,role
{IRENE},{A},Irene Marsh,Chief procurement officer
{OTTO},{Z},Otto Rad,Purchasing""",
    "sponsorship": f"""sponsorship_id,account_id,person_id,side,start_on
S1,{A},{ROSA},external,2025-01-01
S2,{B},{ROSA},internal,2025-01-01""",
    "activity_kind": """kind,label,touch
meeting,meeting,true
email,e-mail,false
list_email,list e-mail,false
linkedin,LinkedIn message,false
cadence,cadence step,false
task,task,false
other,other activity,false
qbr,QBR,true""",
    # not among them: deleted (3), how one repeats (5), without a key account (6), without a day (task F)
    "activity": f"""activity_id,account_id,person_id,stakeholder_id,side,kind,occurred_on,status,note
{event("A")},{A},{ROSA},{IRENE},external,meeting,2026-06-01,done,Talk
{event("B")},{B},{ROSA},,internal,meeting,2025-10-01,done,Talk
{event("D")},{A},{ANNA},{IRENE},external,meeting,2025-02-01,done,Talk
{event("G")},{B},{ROSA},,internal,meeting,2026-06-10,cancelled,Canceled: steering
{event("H")},{Z},{BO},{OTTO},external,qbr,2026-05-05,done,Talk
{event("I")},{A},{ROSA},{IRENE},external,meeting,2099-01-01,planned,Next century
{task("C")},{A},{ANNA},{IRENE},external,call,2026-06-20,done,To do
{task("D")},{Z},{BO},,internal,task,2026-04-03,done,To do
{task("E")},{Z},{BO},{OTTO},external,email,2026-04-05,done,To do""",
    "plan": f"""plan_id,account_id,name,status,start_on,end_on,owner_id,vision
{PA},{A},Acme 25-27,active,2025-01-01,2027-12-31,{ANNA},"First
choice"
{PB},{B},Beta 24-26,active,2024-01-01,2026-03-31,{BO},
{PN},{B},Beta next,not_started,2026-07-01,2028-06-30,{BO},
{PO},{E},Epsilon,inactive,2023-01-01,2027-12-31,{ANNA},
{PZ},{Z},Zeta 26,active,2026-01-01,2027-06-30,{BO},""",
    "objective": f"""objective_id,plan_id,name,status,start_on,due_on,owner_id,value_type,\
baseline_value,current_value,target_value
{GROW},{PA},Grow,in_progress,2025-01-01,2026-12-31,{ANNA},currency,,500000,1000000
{SHARED},{PA},Share,closed,2025-01-01,2025-12-31,{ANNA},,,,
{LATE},{PA},Late,new,2025-01-01,2026-05-31,{BO},,,,
{MARGIN},{PB},Margin,in_progress,2024-01-01,2026-09-30,{BO},percent,10,25,40""",
    "action": f"""action_id,objective_id,name,owner_id,due_on,done_on
{task("A")},{GROW},Offer new grade,{ANNA},2026-04-30,2026-03-10
{task("B")},{GROW},Test it,{BO},2026-06-01,""",
    "plan_review": f"""review_id,plan_id,reviewed_on,chaired_by,customer_present
R1,{PA},2026-05-01,{ROSA},true
R2,{PZ},2026-06-01,,""",
}
"""The facts of `salesforce_exports`, by hand."""

PLANS = (
    *("plan_health", "plan_overview", "plans_by_manager", "plan_actions", "actions_by_function", "plan_reviews"),
    *("plan_profile", "account_plan", "account_touches", "account_contacts", "account_timeline", "contact_threads"),
    *("sponsorship_coverage", "touches_due", "sponsor_load", "factor_evidence"),
)
"""What the screens of plans and touches ask."""


def rows_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(FACTS[table])))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """The whole folder, loaded once: what the load said, and the file."""
    folder = tmp_path_factory.mktemp("crm")
    return load(write_salesforce(folder / "in"), folder / "kap.duckdb", SALESFORCE), folder / "kap.duckdb"


@pytest.fixture(scope="module")
def portfolio(loaded: tuple[Report, Path]) -> Iterator[Portfolio]:
    opened = Portfolio.open(loaded[1])
    yield opened
    opened.close()


@pytest.mark.parametrize("table", [name for name in FACTS if name != "activity_kind"])
def test_the_exports_become_these_facts(loaded: tuple[Report, Path], table: str) -> None:
    header = FACTS[table].split("\n", maxsplit=1)[0].split(",")
    found = query(loaded[1], f"select {', '.join(header)} from {table}")
    expected = [tuple(typed(table, row)[name] for name in header) for row in rows_of(table)]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_what_was_told(loaded: tuple[Report, Path]) -> None:
    report, file = loaded
    assert [finding.rule for finding in report.warnings] == ["history_short"]
    told = {(finding.file, finding.problem.split(":", maxsplit=1)[0]) for finding in report.findings}
    for expected in (
        ("Account.csv", "fields of your own that are read"),
        ("Account.csv", "fields of your own that are not read"),
        ("Account.csv", "1 record deleted and left out"),
        ("Account.csv", "1 record owned by nobody in User.csv, so without a manager"),
        ("Contact.csv", "1 record of no key account and left out"),
        ("Event.csv", "1 record deleted and left out"),
        ("Event.csv", "1 record of no key account and left out"),
        ("Event.csv", "1 record called off, by the subject"),
        ("Event.csv", "1 record of kinds of your own, taken as meetings and touches"),
        ("Task.csv", "1 record without a day and left out"),
        ("AccountPlan.csv", "1 record taken as inactive"),
        ("AccountPlanObjectiveMeasure.csv", "1 record without a value at the start, so without progress"),
        ("financial_period.csv", "ids meet"),
        ("assessment.csv", "ids meet"),
    ):
        assert expected in told
    # nothing of a person is kept that nobody asks for
    text = " ".join(str(row) for (name,) in query(file, "show tables") for row in query(file, f'from "{name}"'))
    assert "@" not in text
    assert "Main Street" not in text
    assert "Somebody Else" not in text


def test_plans_by_hand(portfolio: Portfolio) -> None:
    """Counted from the exports with a pencil, at 2026-06-30."""
    health = portfolio.ask("plan_health", Filters())
    counts = ["objectives", "objectives_closed", "actions_open", "actions_overdue"]
    assert set(health.select("account_id", "health", "why", "months_left", *counts).iter_rows()) == {
        (A, "slipping", "1 action and 1 objective overdue", 18, 3, 1, 1, 1),
        (B, "expired", "ended 31 Mar 2026", -2, 1, 0, 0, 0),
        (G, "none", "no plan", None, 0, 0, 0, 0),
        (E, "none", "no plan", None, 0, 0, 0, 0),
        (Z, "alive", "reviewed 1 Jun 2026", 12, 0, 0, 0, 0),
    }
    plan = portfolio.ask("account_plan", Filters())
    aims = plan.filter(plan["action_id"].is_null()).select("objective", "progress", "status", "current", "target")
    assert set(aims.iter_rows()) == {
        ("Grow", None, "in_progress", 500000.0, 1000000.0),
        ("Share", None, "closed", None, None),
        ("Late", None, "overdue", None, None),
        ("Margin", 0.5, "in_progress", 25.0, 40.0),
    }
    sides = portfolio.ask("sponsorship_coverage", Filters()).select("account_id", "side", "status", "last_touch_on")
    assert {row for row in sides.iter_rows() if row[2] != "uncovered"} == {
        (A, "external", "covered", date(2026, 6, 1)),
        (B, "internal", "stale", date(2025, 10, 1)),
    }


@pytest.fixture(scope="module")
def case() -> Case:
    return Case.of(Facts.of({name: [typed(name, row) for row in rows_of(name)] for name in FACTS}), Filters())


@pytest.mark.parametrize("question", PLANS)
def test_screens_of_plans_say_what_the_reference_says(question: str, portfolio: Portfolio, case: Case) -> None:
    answer = list(portfolio.ask(question, Filters()).iter_rows(named=True))
    found = differences(question, answer, ANSWERS[question](case))
    # where a fact stands is another place in the export than in what is written by hand
    assert [line for line in found if not line.startswith("source of ")] == []


def staged(folder: Path, *more: Path, ask: Sequence[str] = ()) -> tuple[list[str], list[list[tuple[Any, ...]]]]:
    """What the reading of a folder says, and what was read; no rule is checked."""
    with closing(duckdb.connect()) as connection, TemporaryDirectory() as work:
        stage, schema = run._open(connection, Path(work))
        read_source(stage, schema, folder, [SALESFORCE, *more])
        return [str(finding) for finding in stage.findings], [connection.execute(sql).fetchall() for sql in ask]


def test_any_object_may_be_absent(tmp_path: Path) -> None:
    """Each is told with what is not known then; only accounts must come from somewhere."""
    only_accounts = write_salesforce(tmp_path / "a", without=[*crm.OBJECTS][1:], own=False)
    said, found = staged(only_accounts, ask=["select count(*) from account", "from person", "from plan"])
    absent = [line.split(": ")[1] for line in said if "is not there: " in line]
    assert absent == [f"{name}.csv" for name in [*crm.OBJECTS][1:]]
    assert found == [[(5,)], [], []]
    none, _ = staged(write_salesforce(tmp_path / "b", without=[*crm.OBJECTS], own=False))
    assert "error: b: has no table account, the only one that is required; add a file account.csv" in none


def test_what_is_wrong_with_an_export_is_told(tmp_path: Path) -> None:
    """No rows and fewer fields; no id; a status that nobody knows, by its line though cells hold line breaks."""
    folder = write_salesforce(tmp_path / "in", own=False)
    write_csv(folder / "AccountPlanObjective.csv", ["Id", "AccountPlanId", "Name"], [])
    (folder / "Contact.csv").write_text('"Number","ACCOUNTID"\n"1","2"\n')
    plans = (folder / "AccountPlan.csv").read_text()
    (folder / "AccountPlan.csv").write_text(plans.replace('"Beta 24-26","Active"', '"Beta 24-26","Under Review"'))
    (folder / "person.csv").write_text('person_id,level\n"1,5\n')
    report = check(folder, SALESFORCE)
    assert [str(finding) for finding in report.errors] == [
        "error: person.csv:2: the file cannot be read from this line on: unexpected end of data; "
        'put text that holds "," or a quote in double quotes',
        'error: AccountPlan.csv:4 status "Under Review": is not one of: not_started, active, inactive; '
        "write one of them",
    ]
    assert report.rows["objective"] == 0
    lacking = {finding.column for finding in report.findings if finding.file == "AccountPlanObjective.csv"}
    assert lacking == {"Status", "EndDate"}
    said = [str(finding) for finding in report.findings]
    assert "warning: Contact.csv: is no export of Contact: it has no field Id" in said
    assert "notice: Contact.csv: is not there: no contacts" in said


def test_files_of_ones_own_go_first(tmp_path: Path) -> None:
    """Mapping of one's own over a shipped one; a file that stands alone; names with a day and another case."""
    folder = write_salesforce(tmp_path / "in", without=["Account"], own=False)
    (folder / "account.csv").write_text(f"account_id,name\n{crm.ACME},Acme of ours\n")
    (folder / "activity_kind.csv").write_text("kind,touch\nmeeting,false\n")
    (folder / "Event.csv").rename(folder / "extract_EVENT-2026-06-30.csv")
    (tmp_path / "own").mkdir()
    plan = (
        "select Id as plan_id, AccountId as account_id, 'Ours' as name, 'active' as status from salesforce.AccountPlan"
    )
    (tmp_path / "own" / "plan.sql").write_text(f"{plan} where AccountId = '{A}'")
    (tmp_path / "own" / "person.sql").write_text("select Id as person_id, Name as name from salesforce.User limit 0")
    _, found = staged(
        folder,
        tmp_path / "own",
        ask=[
            "select account_id, name from account",
            "select plan_id, name from plan",
            "select distinct account_id from activity",
            "select label, touch from activity_kind where kind = 'meeting'",
            "select count(*) from activity where kind = 'meeting'",
            "from person",
        ],
    )
    assert found[0] == [(crm.ACME, "Acme of ours")]  # what stands alone keeps its spelling, the others take it
    assert found[1] == [(PA, "Ours")]
    assert found[2] == [(crm.ACME,)]
    assert found[3] == [("meeting", False)]
    assert found[4:] == [[(3,)], []]


def test_ids_of_15_and_18_letters_are_one() -> None:
    """By examples that Salesforce's users published; 18 letters carry the capitals that another program lost."""
    with closing(duckdb.connect()) as connection:
        connection.execute((SALESFORCE / "exports" / "terms.sql").read_text(encoding="utf-8"))
        for short, long in (
            ("a01M00000062mPg", "a01M00000062mPgIAI"),
            ("AbCdEfGhIjKlMnO", "AbCdEfGhIjKlMnOVKV"),
            ("aBcDEfgHIJKLMNO", "aBcDEfgHIJKLMNO025"),
        ):
            assert id18(short) == long
            written = [short, long, long.upper(), long.lower(), f" {long} "]
            (found,) = connection.execute(
                "select list(distinct crm_id(id)) from unnest(?) as t (id)", [written]
            ).fetchall()
            assert found == ([long],)
        kept = connection.execute("select crm_id('1038'), crm_id(null), crm_id('ACC-0000000001')").fetchall()
        assert kept == [("1038", None, "ACC-0000000001")]


def test_shipped_mappings_go_by_name() -> None:
    assert {path.name for path in SALESFORCE.parent.iterdir() if path.is_dir()} == set(SHIPPED_MAPPINGS)
    folder = options.MappingFolder()
    assert folder.convert("salesforce", None, None) == SALESFORCE
    assert folder.convert("./salesforce", None, None) == Path("salesforce")
    with pytest.raises(UsageError) as caught:
        folder.convert("hubspot", None, None)
    assert caught.value.hint.endswith("one of the shipped: salesforce")
    told = lines("mapping", ["salesforce"])
    assert any(line.startswith("  salesforce: Data Loader exports of Account, ") for line in told)
    assert "salesforce" in load_command.get_help(Context(load_command))
