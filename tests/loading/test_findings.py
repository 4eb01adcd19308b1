"""Every finding names severity, file, line, column and value, and says how to mend it.

Over 300 lines because every rule of a load stands here with the place it must name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kaptui.loading import Finding, check, checking, load
from tests.loading.sources import ACCOUNTS, MONTHS, Cases, place, refused, side_by_side, told, write

PLANS = "plan_id,account_id,name,status,start_on,end_on\n"
OBJECTIVES = "objective_id,plan_id,name,status,baseline_value,target_value\n"

Found = tuple[str, str, int | None, str, str]
"""A rule, and file, line, column and value of what broke it."""

FOUR_WEEKS = ("01-01", "01-29", "02-26", "03-26")

ERRORS: Cases = {
    "not_null": ({"account": "account_id,name\nA1,Acme\nA2, \n"}, ("account.csv", 3, "name", "")),
    "check in": ({"account": "account_id,name,status\nA1,Acme,Actve\n"}, ("account.csv", 2, "status", "Actve")),
    "check between": ({"account": "account_id,name,tier\nA1,Acme,4\n"}, ("account.csv", 2, "tier", "4")),
    "check share": (
        {"person": "person_id,name,variable_profit_share\nP1,Ann,0.5\nP2,Bob,1.5\n"},
        ("person.csv", 3, "variable_profit_share", "1.5"),
    ),
    "check above": (
        {"fx_rate": "currency,period_start,rate\nUSD,2026-01-01,0\n"},
        ("fx_rate.csv", 2, "rate", "0.00000000"),
    ),
    "check at least": (
        {"assessment": "account_id,factor_id,assessed_on,score\nA1,1,2026-01-31,-1\n"},
        ("assessment.csv", 2, "score", "-1.0"),
    ),
    "check end": (
        {
            "person": "person_id,name\nP1,Ann\n",
            "sponsorship": "sponsorship_id,account_id,person_id,side,start_on,end_on\n"
            "S1,A1,P1,internal,2026-02-01,2026-01-01\n",
        },
        ("sponsorship.csv", 2, "end_on", "2026-01-01"),
    ),
    "key": ({"account": f"{ACCOUNTS}A1,Acme again\n"}, ("account.csv", 4, "account_id", "A1")),
    "key month twice": (
        {"financial_period": f"{MONTHS}A1,2026-01-01,EUR,1\nA1,2026-01-01,EUR,2\n"},
        ("financial_period.csv", 3, "account_id, period_start, scenario", "A1, 2026-01-01, actual"),
    ),
    "key unique": (
        {"success_factor": "factor_id,code,name\n1,TOP,Top\n2,TOP,Again\n"},
        ("success_factor.csv", 3, "code", "TOP"),
    ),
    "reference": (
        {"financial_period": f"{MONTHS}A9,2026-01-01,EUR,1\n"},
        ("financial_period.csv", 2, "account_id", "A9"),
    ),
    "reference of an objective": (
        {"plan": f"{PLANS}P1,A1,Plan,active,,\n", "objective": f"{OBJECTIVES}O1,P1,Aim,new,,\nO2,P9,Stray,new,,\n"},
        ("objective.csv", 3, "plan_id", "P9"),
    ),
    "reference to a default factor": (
        {"assessment": "account_id,factor_id,assessed_on,score\nA1,7,2026-01-31,1\n"},
        ("assessment.csv", 2, "factor_id", "7"),
    ),
    "value": (
        {"financial_period": f"{MONTHS}A1,2026-01-01,EUR,12 EUR\n"},
        ("financial_period.csv", 2, "revenue", "12 EUR"),
    ),
    "value whole": ({"account": "account_id,name,tier\nA1,Acme,1.5\nA2,Beta,\n"}, ("account.csv", 2, "tier", "1.5")),
    "value flag": (
        {"person": "person_id,name,active\nP1,Ann,maybe\n"},
        ("person.csv", 2, "active", "maybe"),
    ),
    "value finite": (
        {"account": "account_id,name,selection_score\nA1,Acme,nan\n"},
        ("account.csv", 2, "selection_score", "nan"),
    ),
    "score_over_maximum": (
        {"assessment": "account_id,factor_id,assessed_on,score\nA1,1,2026-01-31,4.5\n"},
        ("assessment.csv", 2, "score", "4.5"),
    ),
    "month_not_first": (
        {"financial_period": f"{MONTHS}A1,2026-01-30,EUR,1\n"},
        ("financial_period.csv", 2, "period_start", "2026-01-30"),
    ),
    "end_before_start": (
        {"plan": f"{PLANS}P1,A1,Plan,active,2026-01-01,2025-12-31\n"},
        ("plan.csv", 2, "end_on", "2025-12-31"),
    ),
    "currency_unsettled": (
        {"financial_period": f"{MONTHS}A1,2026-01-01,EUR,1\nA2,2026-01-01,USD,1\n"},
        ("financial_period.csv", None, "currency", "EUR, USD"),
    ),
    "setting_unread": (
        {"setting": "key,value\nred_below,34\nas_of,yesterday\n"},
        ("setting.csv", 3, "value", "yesterday"),
    ),
    "fiscal_year_start": (
        {"setting": "key,value\nfiscal_year_start_month,13\n"},
        ("setting.csv", 2, "value", "13"),
    ),
    "four_week_periods": (
        {"financial_period": MONTHS + "".join(f"A1,2026-{day},EUR,1\n" for day in FOUR_WEEKS)},
        ("financial_period.csv", 2, "period_start", "A1"),
    ),
    "header missing": ({"account": "account_id\nA1\n"}, ("account.csv", None, "name", "")),
    "header doubled": ({"account": "account_id,name,Name\nA1,Acme,B\n"}, ("account.csv", None, "name", "")),
    "ragged": ({"account": "account_id,name\nA1,Acme, Inc\nA2,Beta\n"}, ("account.csv", 2, "", "")),
    "ragged quote": ({"account": 'account_id,name\nA2,Beta\nA1,"Acme\n'}, ("account.csv", 3, "", "")),
}


def together(cases: Cases, names: list[str]) -> tuple[dict[str, str], list[Found]]:
    """The tables of some cases as one source, and each rule broken with the place it must name."""
    tables = {table: text for name in names for table, text in cases[name][0].items()}
    return tables, sorted(((name.split(maxsplit=1)[0], *cases[name][1]) for name in names), key=repr)


def found(findings: Iterable[Finding]) -> list[Found]:
    """The rule and the place of each finding."""
    return sorted(((one.rule, *place(one)) for one in findings), key=repr)


@pytest.mark.parametrize("names", side_by_side(ERRORS), ids=", ".join)
def test_errors_stop_a_load(tmp_path: Path, names: list[str]) -> None:
    tables, expected = together(ERRORS, names)
    errors = refused(write(tmp_path / "in", **tables)).errors
    assert found(errors) == expected
    assert all(finding.problem and finding.fix for finding in errors)


SETTING = "key,value\nas_of,2026-06-30\ncurrency,EUR\n"


def _months(account: str, months: int, first: int = 24, cost: str = "") -> str:
    """Rows of 1 EUR a month; the first one is `first` months before July 2026."""
    ages = range(first, first - months, -1)
    months_since_zero = [2026 * 12 + 6 - age for age in ages]
    return "".join(f"{account},{n // 12}-{n % 12 + 1:02d}-01,EUR,1{cost}\n" for n in months_since_zero)


WARNINGS: Cases = {
    "date_after_as_of": (
        {"setting": SETTING, "account": "account_id,name,kept_on\nA1,Acme,2026-07-01\nA2,Beta,2026-06-30\n"},
        ("account.csv", 2, "kept_on", "2026-07-01"),
    ),
    "date_after_as_of of a review point": (
        {"setting": SETTING, "review_point": "name,held_on\nQ2,2026-06-30\nQ3,2026-09-30\n"},
        ("review_point.csv", 3, "held_on", "2026-09-30"),
    ),
    "due_before_start": (
        {
            "plan": f"{PLANS}P1,A1,Plan,active,,\n",
            "objective": "objective_id,plan_id,name,status,start_on,due_on\n"
            "O1,P1,Aim,new,2026-03-01,2026-03-01\nO2,P1,Back,new,2026-03-01,2026-02-28\n",
        },
        ("objective.csv", 3, "due_on", "2026-02-28"),
    ),
    "due_before_start of an action": (
        {
            "plan": f"{PLANS}P1,A1,Plan,active,,\n",
            "objective": "objective_id,plan_id,name,status,start_on\nO1,P1,Aim,new,2026-03-01\n",
            "person": "person_id,name\nP1,Ann\n",
            "action": "action_id,objective_id,name,owner_id,due_on\nX1,O1,Do,P1,2026-02-28\n",
        },
        ("action.csv", 2, "due_on", "2026-02-28"),
    ),
    "rate_missing": (
        {
            "setting": SETTING,
            "financial_period": f"{MONTHS}A1,2026-01-01,USD,1\nA1,2026-02-01,USD,1\nA2,2026-02-01,USD,1\n"
            "A2,2024-03-01,EUR,1\n",
            "fx_rate": "currency,period_start,rate\nUSD,2026-01-01,0.9\n",
        },
        ("financial_period.csv", 3, "currency", "USD"),
    ),
    "cost_negative": (
        {
            "financial_period": "account_id,period_start,currency,revenue,cogs\nA1,2026-01-01,EUR,1,-2\n"
            "A1,2024-02-01,EUR,1,1\n"
        },
        ("financial_period.csv", 2, "cogs", "-2.00"),
    ),
    # the twelve months to May 2026 are there, and eleven of those before: one is missing
    # A1 has booked each of the 12 months to April, A2 books in May too, and only now and then
    "plans_active_twice": (
        {"plan": f"{PLANS}P1,A1,Old,active,2025-01-01,\nP2,A1,New,active,2026-01-01,\n"},
        ("plan.csv", 2, "status", "P1"),
    ),
    "action_without_owner": (
        {
            "plan": f"{PLANS}P1,A1,Plan,active,,\n",
            "objective": f"{OBJECTIVES}O1,P1,Aim,new,,\n",
            "person": "person_id,name\nP1,Ann\n",
            "action": "action_id,objective_id,name,owner_id\nX1,O1,Do,P1\nX2,O1,Do more,\n",
        },
        ("action.csv", 3, "owner_id", ""),
    ),
    "target_equals_baseline": (
        {"plan": f"{PLANS}P1,A1,Plan,active,,\n", "objective": f"{OBJECTIVES}O1,P1,Aim,new,5,5\n"},
        ("objective.csv", 2, "target_value", "5.0"),
    ),
    "id_unknown": (
        {"assessment": "account_id,factor_id,assessed_on,score,assessor_id\nA1,1,2026-01-31,1,P9\n"},
        ("assessment.csv", 2, "assessor_id", "P9"),
    ),
    "history_short": (
        {"setting": SETTING, "financial_period": f"{MONTHS}A1,2024-09-01,EUR,1\nA1,2026-06-01,EUR,1\n"},
        ("financial_period.csv", None, "period_start", ""),
    ),
    "figures_late": (
        {"setting": SETTING, "financial_period": MONTHS + _months("A1", 24) + _months("A2", 21, 24)},
        ("financial_period.csv", None, "account_id", "A2"),
    ),
    "cost_missing": (
        {
            "setting": SETTING,
            "financial_period": MONTHS.strip()
            + ",cogs\n"
            + _months("A1", 24, cost=",1").replace("6-03-01,EUR,1,1", "6-03-01,EUR,1,"),
        },
        ("financial_period.csv", 22, "cogs", "A1"),
    ),
    "setting_unknown": ({"setting": "key,value\nred_bellow,30\n"}, ("setting.csv", 2, "key", "red_bellow")),
    "header": ({"account": "account_id,name,colour\nA1,Acme,red\n"}, ("account.csv", None, "colour", "")),
}


@pytest.mark.parametrize("names", side_by_side(WARNINGS), ids=", ".join)
def test_warnings_let_a_load_pass(tmp_path: Path, names: list[str]) -> None:
    tables, expected = together(WARNINGS, names)
    report = load(write(tmp_path / "in", **tables), tmp_path / "kap.duckdb")
    asked = [one for one in report.warnings if one.rule != "history_short" or "history_short" in names]
    assert found(asked) == expected
    assert report.findings == report.warnings
    assert all(finding.fix for finding in asked)


def test_fixes_name_what_to_write(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        account="account_id,name,status,tier\nA1,Acme,Actve,4\n",
        setting="key,value\ncadence_tier1,30\n",
        financial_period=f"{MONTHS}A1,2026-01-30,EUR,1\n",
    )
    fixes = {finding.rule: finding.fix for finding in check(source).findings}
    assert fixes["setting_unknown"] == "did you mean cadence_tier_1?"
    assert fixes["month_not_first"] == "write 2026-01-01"
    assert {"write active", "write a number from 1 to 3"} == {
        finding.fix for finding in check(source).findings if finding.rule == "check"
    }


def test_all_findings_in_one_run_errors_first(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        account="account_id,name,tier\nA1,Acme,x\n,Beta,9\n",
        setting="key,value\nnmae,Programme\n",
    )
    report = refused(source)
    assert [(finding.severity, finding.table, finding.line) for finding in report.findings] == [
        ("error", "account", 2),
        ("error", "account", 3),
        ("error", "account", 3),
        ("warning", "setting", 2),
    ]
    assert report.rows["account"] == 2


def test_a_cell_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    source = write(tmp_path / "in", financial_period=f"{MONTHS}A1,soon,EUR,much\nA1,,EUR,1\n")
    assert [(finding.rule, finding.line, finding.column) for finding in check(source).errors] == [
        ("value", 2, "period_start"),
        ("value", 2, "revenue"),
        ("not_null", 3, "period_start"),
    ]


def test_rows_of_a_table_with_broken_lines_are_not_called_missing(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        account="account_id,name\nA1,Acme,Inc\nA2,Beta\n",
        financial_period=f"{MONTHS}A1,2026-01-01,EUR,1\n",
    )
    assert [finding.rule for finding in check(source).errors] == ["ragged"]


MANY = {
    "check": "account_id,name,tier\n" + "".join(f"A{n},Name,9\n" for n in range(1500)),
    "value": "account_id,name,tier\n" + "".join(f"A{n},Name,x\n" for n in range(1500)),
    "not_null": "account_id,name\n" + "".join(f"A{n},\n" for n in range(1500)),
    "key": "account_id,name\n" + "A1,Name\n" * 1501,
    "reference": "account_id,name,manager_id\n" + "".join(f"A{n},Name,P1\n" for n in range(1500)),
    "ragged": "account_id,name\n" + "A1,Name,9\n" * 1500,
    "date_after_as_of": "account_id,name,kept_on\n" + "".join(f"A{n},Name,2150-01-01\n" for n in range(1500)),
}


@pytest.mark.parametrize("rule", MANY)
def test_a_thousand_findings_are_listed_and_the_rest_counted(tmp_path: Path, rule: str) -> None:
    findings = check(write(tmp_path / "in", account=MANY[rule])).findings
    assert {finding.rule for finding in findings} == {rule}
    assert len(findings) == 1001
    assert findings[0].line is None
    assert findings[0].problem.startswith("500 more")


def test_a_kaptui_file_is_checked_like_its_source(tmp_path: Path) -> None:
    tables, _ = WARNINGS["plans_active_twice"]
    source = write(tmp_path / "in", **tables)
    load(source, tmp_path / "kap.duckdb")
    assert told(tmp_path / "kap.duckdb") == told(source) != []


def test_a_rule_finds_nothing_where_its_tables_are_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is why it is not asked there: asked all the same, none has a word to say."""
    source = write(tmp_path / "in", account="account_id,name\n")
    nobody = ["error: account.csv: holds no account; write a row for each key account"]
    assert told(source) == nobody
    monkeypatch.setattr(checking, "_rule", lambda path: (path.read_text(encoding="utf-8").rstrip(";\n "), frozenset()))
    assert told(source) == nobody


def test_a_rule_without_words_for_what_it_finds_says_that_it_is_at_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = tmp_path / "no_words.sql"
    words = "'warning' as severity, 'account' as table_name, source_row as line, 'name' as column_name, name as value"
    monkeypatch.setattr(checking, "rules", lambda: [rule])
    whole = write(tmp_path / "whole")
    for texts in ("'x' || null as problem, 'mend it' as fix", "'is wrong' as problem, null as fix"):
        rule.write_text(f"select {words}, {texts} from account;")
        checking._rule.cache_clear()
        found = [each for each in check(whole).findings if each.rule == "no_words"]
        assert [(each.line, each.value) for each in found] == [(2, "Acme"), (3, "Beta")]
        assert {each.problem for each in found} == {
            "this should not happen: the rule no_words has no words for what it found"
        }
        broken = check(write(tmp_path / "broken", account="account_id,name\nA1,\n"))
        assert [each.rule for each in broken.findings] == ["not_null"], "without its key a row is told of once"


def test_a_finding_reads_as_one_line(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account="account_id,name,tier\nA1,Acme,4\n")
    assert told(source) == [
        'error: account.csv:2 tier "4": is outside 1 to 3; write a number from 1 to 3',
    ]


def test_ids_that_match_nobody_are_told_once_per_column_with_the_share_known(tmp_path: Path) -> None:
    done = "".join(f"V{n},A1,{'P1' if n < 3 else f'EMP-P{n}'},internal,visit,2026-01-0{n + 1},done\n" for n in range(8))
    source = write(
        tmp_path / "in",
        person="person_id,name,line_manager_id\nP1,Ann,P1\nP2,Bob,boss\n",
        activity="activity_id,account_id,person_id,side,kind,occurred_on,status\n" + done,
        plan="plan_id,account_id,name,status,owner_id\nL1,A1,Plan,active,P9\n",
        objective="objective_id,plan_id,name,status,owner_id\nO1,L1,Aim,new,P1\nO2,L1,Aim,new,P8\nO3,L1,Aim,new,\n",
    )
    assert told(source) == [
        'warning: person.csv:3 line_manager_id "boss": 1 of 2 rows name a person of person.csv (50 %); whose line '
        "manager the others have is not known; write the ids as they stand in person.csv",
        'warning: activity.csv:5 person_id "EMP-P3": 3 of 8 rows name a person of person.csv (37.5 %); so no touch is '
        "known: cover, touches and what rests on them stay empty; write the ids as they stand in person.csv",
        'warning: plan.csv:2 owner_id "P9": 0 of 1 rows name a person of person.csv (0 %); the others have no owner; '
        "write the ids as they stand in person.csv",
        'warning: objective.csv:3 owner_id "P8": 1 of 2 rows name a person of person.csv (50 %); the others have no '
        "owner; write the ids as they stand in person.csv",
    ]


@pytest.mark.parametrize(
    ("first", "words"), [(24, ""), (21, "history begins Oct 2024: 9"), (3, "history begins Apr 2026: 0")]
)
def test_a_short_history_is_told(tmp_path: Path, first: int, words: str) -> None:
    """A year to June 2026 is compared with July 2024 to June 2025."""
    source = write(tmp_path / "in", setting=SETTING, financial_period=MONTHS + _months("A1", first, first))
    problems = [finding.problem for finding in check(source).findings]
    end = " of 12 months a year earlier; changes and growth stay empty"
    assert problems == ([words + end] if words else [])


@pytest.mark.parametrize(
    ("months", "late"),
    [
        pytest.param(24, False, id="all months"),
        pytest.param(23, True, id="one missing"),
        pytest.param(21, True, id="three missing"),
        pytest.param(20, False, id="four missing: it has stopped"),
    ],
)
def test_a_late_account_is_told(tmp_path: Path, months: int, late: bool) -> None:
    rows = _months("A1", 24) + _months("A2", months, 24)
    source = write(tmp_path / "in", setting=SETTING, financial_period=MONTHS + rows)
    assert [finding.rule == "figures_late" for finding in check(source).findings] == [True] * late


def test_who_orders_now_and_then_is_never_late(tmp_path: Path) -> None:
    now_and_then = "".join(_months("A2", 1, age) for age in range(24, 2, -2))
    source = write(tmp_path / "in", setting=SETTING, financial_period=MONTHS + _months("A1", 24) + now_and_then)
    assert told(source) == []


def test_currency_codes_compare_in_upper_case(tmp_path: Path) -> None:
    rows = _months("A1", 24).replace("2026-06-01,EUR", "2026-06-01,eur")
    for setting in ("key,value\nas_of,2026-06-30\ncurrency,eur\n", "key,value\nas_of,2026-06-30\n"):
        assert told(write(tmp_path / "in", setting=setting, financial_period=MONTHS + rows)) == []
