"""The reference against figures worked out by hand from the rulings: windows, scope, yardsticks, bridge, attention.

Over 300 lines because the rulings share the few accounts that they are worked out on.
"""

from __future__ import annotations

import csv
import textwrap
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kaptui.filters import Filters
from tests.reference.answers import ANSWERS, keyed
from tests.reference.case import Case, names_exited, shift
from tests.reference.facts import Facts, Row, typed

YEAR_END = Filters(as_of=date(2026, 12, 31), basis="gross")


def booked(account: str, first: str, months: int, revenue: int, cogs: int | None, **more: Any) -> list[Row]:
    """So many months in a row, all alike."""
    cells = {"account_id": account, "currency": "EUR", "revenue": str(revenue), **more}
    cells["cogs"] = "" if cogs is None else str(cogs)
    start = date.fromisoformat(first)
    return [
        typed("financial_period", cells | {"period_start": shift(start, number).isoformat()})
        for number in range(months)
    ]


def facts(accounts: str, rows: list[Row], **blocks: str) -> Facts:
    """Accounts as `id` or `id/status`, months, and other tables as CSV text."""
    tables: dict[str, list[Row]] = {"financial_period": rows}
    for name, block in blocks.items():
        lines = textwrap.dedent(block).strip().splitlines()
        tables[name] = [typed(name, raw) for raw in csv.DictReader(lines)]
    for name in accounts.split():
        key, _, status = name.partition("/")
        raw = {"account_id": key, "name": f"Account {key}", "status": status}
        tables.setdefault("account", []).append(typed("account", raw))
    return Facts.of(tables)


def ask(question: str, known: Facts, filters: Filters = YEAR_END, chosen: str = "", **more: Any) -> dict[str, Row]:
    """The answer by key, over the accounts of `chosen` or all."""
    case = Case.of(known, filters, chosen.split() or None, **more)
    return keyed(question, ANSWERS[question](case))


def one(question: str, known: Facts, filters: Filters = YEAR_END, chosen: str = "") -> Row:
    """The one row of an answer."""
    (row,) = ask(question, known, filters, chosen).values()
    return row


def pick(row: Row, columns: str) -> list[Any]:
    """Some cells of a row."""
    return [row[name] for name in columns.split()]


@pytest.mark.parametrize(("first", "months", "before"), [("2026-01-01", 12, 0), ("2025-12-01", 13, 1)])
def test_thirteen_months_are_no_year_to_compare_with(first: str, months: int, before: int) -> None:
    flat = facts("A1 A2", booked("A1", first, months, 100_000, 60_000) + booked("A2", first, months, 100_000, 60_000))
    whole = one("portfolio", flat)
    assert pick(whole, "revenue profit months_known_before") == [2_400_000, 960_000, before]
    assert pick(whole, "revenue_change profit_change") == [None, None]
    row = ask("accounts", flat)["A1"]
    assert pick(row, "revenue_growth profit_change months months_before figures") == [
        None,
        None,
        12,
        before,
        "complete",
    ]
    assert [step["amount"] for step in ask("profit_bridge", flat).values()] == [None] * 10
    assert ask("bridge_accounts", flat) == {}
    assert ask("changes", flat) == {}  # at the review, 30 September, fewer than twelve months were known


def test_a_month_that_nobody_has_booked_yet_moves_the_window_and_no_figure() -> None:
    flat = facts("A1 A2", booked("A1", "2024-01-01", 33, 100, 60) + booked("A2", "2024-01-01", 33, 100, 60))
    now = Filters(as_of=date(2026, 11, 29))
    whole = one("portfolio", flat, now)
    assert pick(whole, "window_start window_end basis") == [date(2025, 10, 1), date(2026, 9, 30), "gross"]
    assert pick(whole, "revenue revenue_change profit_change late_accounts") == [2400, 0, 0, 0]
    assert ask("accounts", flat, now)["A1"]["revenue_growth"] == 0
    since_january = one("portfolio", flat, Filters(as_of=now.as_of, window="ytd"))
    assert pick(since_january, "window_start window_end revenue") == [date(2026, 1, 1), date(2026, 9, 30), 1800]


def test_fourteen_months_raise_no_alarm_of_growth() -> None:
    rows = booked("A1", "2025-11-01", 2, 100_000, 99_000) + booked("A1", "2026-01-01", 12, 100_000, 100_500)
    found = ask("attention_reasons", facts("A1", rows))
    # It does lose 6,000 of 1.2m: half a per cent, and from there on a loss is serious.
    assert {row["reason"]: (row["serious"], row["amount"]) for row in found.values()} == {"loses_money": (True, 6_000)}
    assert one("portfolio", facts("A1", rows))["months_known_before"] == 2


def test_a_currency_is_the_same_in_small_letters() -> None:
    small = facts("A1", booked("A1", "2026-01-01", 1, 100, 50), setting="key,value\ncurrency,eur")
    assert pick(one("portfolio", small), "currency revenue profit") == ["EUR", 100, 50]


def test_absence_is_late_then_stopped_then_nothing() -> None:
    rows = [
        *booked("FULL", "2024-01-01", 36, 100, 60),
        *booked("LATE", "2024-01-01", 33, 100, 60),  # to September 2026: three months to come
        *booked("STOP", "2024-01-01", 32, 100, 60),  # to August: no longer late
        *booked("GONE", "2024-01-01", 24, 100, 60),  # to December 2025: no figures in the window
        *booked("QUIET", "2024-01-01", 36, 100, 60)[::6],  # now and then, last in July: never late
        *booked("NEW", "2026-03-01", 10, 100, 60),
        *booked("OUT", "2024-01-01", 34, 100, 60),  # exited: its later months are zeros
    ]
    known = facts("FULL LATE STOP GONE QUIET NEW OUT/exited", rows)
    told = {key: pick(row, "figures months months_before revenue") for key, row in ask("accounts", known).items()}
    assert told == {
        "FULL": ["complete", 12, 12, 1200],
        "LATE": ["late", 9, 12, 900],
        "STOP": ["stopped", 12, 12, 800],
        "GONE": ["none", 0, 12, None],
        "QUIET": ["complete", 12, 12, 200],
        "NEW": ["new", 10, 0, 1000],
        "OUT": ["complete", 12, 12, 1000],
    }
    growth = {key: row["revenue_growth"] for key, row in ask("accounts", known).items()}
    assert growth == {
        **{"FULL": 0, "LATE": None, "STOP": pytest.approx(-1 / 3), "GONE": None},
        **{"QUIET": 0, "NEW": None, "OUT": pytest.approx(-1 / 6)},
    }
    assert pick(one("portfolio", known), "late_accounts stopped_accounts exited_accounts") == [1, 1, 1]
    reasons = {(row["account_id"], row["reason"], row["serious"]) for row in ask("attention_reasons", known).values()}
    assert reasons == {("STOP", "figures_stopped", False)}


def test_a_month_before_a_later_one_is_a_zero_and_not_late() -> None:
    rows = booked("FULL", "2024-01-01", 36, 100, 60) + booked("GAP", "2024-01-01", 33, 100, 60)
    rows += booked("GAP", "2026-12-01", 1, 100, 60)
    earlier = Filters(as_of=date(2026, 11, 30), basis="gross")
    row = ask("accounts", facts("FULL GAP", rows), earlier)["GAP"]
    assert pick(row, "figures months revenue revenue_growth") == ["complete", 12, 1000, pytest.approx(-1 / 6)]


BRIDGE = [
    *booked("KEPT", "2025-01-01", 12, 100, 60),
    *booked("KEPT", "2026-01-01", 12, 200, 120),
    *booked("LATE", "2025-01-01", 22, 100, 60),
    *booked("LOST", "2025-01-01", 12, 100, 90),
    *booked("NEXT", "2026-07-01", 6, 50, 20),
    *booked("YOUNG", "2025-07-01", 18, 10, 5),
]


def test_in_the_bridge_who_began_last_year_is_new_and_who_is_late_is_in_no_step() -> None:
    known = facts("KEPT LATE LOST NEXT YOUNG", BRIDGE)
    amounts = {step: row["amount"] for step, row in ask("profit_bridge", known).items() if row["amount"]}
    # Start: 480 + 120 + 30 of six months of YOUNG. End: 960 + 180 + 60.
    assert amounts == {"start": 630, "size": 480, "new": 180 + 30, "lost": -120, "end": 1200}
    whole = one("portfolio", known)
    # Revenue: KEPT +1,200, LOST -1,200, NEXT +300, YOUNG 120 - 60; LATE is left out of both changes.
    assert pick(whole, "profit_change revenue_change") == [570, 360]
    moved = {(row["step"], row["account_id"]): row["amount"] for row in ask("bridge_accounts", known).values()}
    assert moved == {("size", "KEPT"): 480, ("new", "NEXT"): 180, ("new", "YOUNG"): 30, ("lost", "LOST"): -120}


FOUR = [
    *booked("A", "2025-01-01", 24, 1000, 600),  # 12,000 at 40 %
    *booked("B", "2025-01-01", 24, 500, 450),  # 6,000 at 10 %
    *booked("C", "2025-01-01", 24, 100, 68),  # 1,200 at 32 %
    *booked("X", "2025-01-01", 24, 400, 500),  # exited: 4,800 at -25 %
]
"""In the programme: 19,200 with 4,800 + 600 + 384 = 5,784 profit, M = 30.125 %."""


def test_yardsticks_stand_still_and_know_no_exited_account() -> None:
    known = facts("A B C X/exited", FOUR)
    margin = Decimal(5784) / 19200
    whole = one("portfolio", known)
    counts = "accounts programme_accounts exited_accounts revenue known_revenue profit"
    assert pick(whole, counts) == [4, 3, 1, 24_000, 24_000, 4_584]
    assert pick(whole, "margin programme_margin") == [4584 / 24000, float(margin)]
    for chosen in ("", "B X"):
        row = ask("accounts", known, chosen=chosen)["B"]
        assert row["value_at_stake"] == 6000 * margin - 600
        assert row["profit_index"] == pytest.approx(0.1 / float(margin))
        assert row["quadrant"] == "re-price"  # the median of 12,000, 6,000 and 1,200 is its own revenue
        gone = ask("accounts", known, chosen=chosen)["X"]
        assert pick(gone, "value_at_stake profit_index quadrant attention index figures") == [None] * 5 + ["complete"]
        assert pick(ask("value_mix", known, chosen=chosen)["X"], "lever lever_kind lever_gain") == [None] * 3
    assert sum(row["value_at_stake"] or 0 for row in ask("value_mix", known).values()) == pytest.approx(0)
    some = ask("accounts", known, chosen="B X")
    assert (some["B"]["revenue_share"], some["X"]["revenue_share"]) == (6000 / 10_800, 4800 / 10_800)
    assert pick(one("portfolio", known, chosen="B X"), "revenue margin") == [10_800, -600 / 10_800]


def test_exited_accounts_are_listed_with_money_and_elsewhere_only_where_named() -> None:
    known = facts("A B C X/exited", FOUR, plan="plan_id,account_id,name,status\nP,X,Plan,active")
    assert "X" in ask("whale_curve", known)
    assert list(ask("plan_profile", known)) == ["A", "B", "C"]
    assert list(ask("plan_profile", known, exited_named=True)) == ["A", "B", "C", "X"]
    assert ask("plan_profile", known, exited_named=True)["X"]["plan"] is None
    assert [names_exited(text) for text in ("status:exited", 'top<3 status:"Exited"', "-status:exited", "exited")] == [
        *(True, True, False, False)
    ]


def test_the_cuts_of_the_quadrants_are_settings_with_a_band_below_the_margin() -> None:
    def quadrants(settings: str) -> dict[str, Any]:
        known = facts("A B C X/exited", FOUR, setting=f"key,value\n{settings}")
        return {key: row["quadrant"] for key, row in ask("accounts", known).items()}

    assert quadrants("") == {"A": "protect", "B": "re-price", "C": "invest", "X": None}
    # 40 % lies less than one point below 40.5 %, 32 % exactly one below 33 %: that is too far.
    assert quadrants("hurdle_margin,0.405\nbig_from,12000") == {
        "A": "protect",
        "B": "fix or exit",
        "C": "fix or exit",
        "X": None,
    }
    assert quadrants("hurdle_margin,0.33")["C"] == "fix or exit"
    assert quadrants("hurdle_margin,0.329")["C"] == "invest"
    assert quadrants("hurdle_margin,0.33\nquadrant_band,0.02")["C"] == "invest"


def test_a_lever_is_cost_to_serve_where_that_is_worth_a_price_rise() -> None:
    dear, rest = {"cost_to_serve": "150"}, {"cost_to_serve": "20"}
    rows = booked("A", "2026-01-01", 12, 1000, 600, **dear) + booked("B", "2026-01-01", 12, 1000, 600, **rest)
    now = Filters(as_of=date(2026, 12, 31))
    row = ask("value_mix", facts("A B", rows), now)["A"]
    # The programme's rate is 2,040 / 24,000 = 8.5 %; A pays 1,800 where that rate costs 1,020. A price rise: 360.
    assert pick(row, "lever_kind lever_gain") == ["cost to serve", 780]
    raised = ask("value_mix", facts("A B", rows, setting="key,value\nlever_price,0.07"), now)["A"]
    assert pick(raised, "lever_kind lever_gain quadrant") == ["price", 840, "re-price"]
    assert raised["lever"].endswith("by raising prices 7 %, volume unchanged")


def test_contribution_is_the_basis_where_half_of_the_revenue_has_every_cost_to_serve() -> None:
    served = booked("A", "2026-01-01", 12, 100, 60, cost_to_serve="5")
    more, same = booked("B", "2026-01-01", 12, 101, 60), booked("B", "2026-01-01", 12, 100, 60)
    now = Filters(as_of=date(2026, 12, 31))
    assert one("portfolio", facts("A B", served + same), now)["basis"] == "contribution"
    assert one("portfolio", facts("A B", served + more), now)["basis"] == "gross"
    assert one("portfolio", facts("A B", served + more), now, "A")["basis"] == "gross"  # whatever is chosen


SPONSORS = {
    "person": "person_id,name,level\nP,Pia,5\nQ,Quentin,5",
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on
        S1,A,P,internal,2025-01-01
        S2,A,Q,external,2025-01-01
        S3,B,P,internal,2025-01-01
        """,
    "activity": """
        activity_id,account_id,person_id,side,kind,occurred_on
        V1,A,P,internal,call,2026-12-01
        V2,A,Q,external,visit,2026-01-05
        V3,B,P,internal,visit,2026-12-01
        """,
}


def test_no_live_sponsor_takes_the_place_of_its_sides() -> None:
    known = facts("A B C", FOUR[:72], **SPONSORS)
    raised: dict[str, set[str]] = {}
    for row in ask("attention_reasons", known).values():
        raised.setdefault(row["account_id"], set()).add(row["reason"])
    # A: the call is no touch, so one side was never touched and the other is 360 days old.
    assert raised == {"A": {"no_live_sponsor"}, "B": {"side_uncovered"}, "C": {"no_live_sponsor"}}
    # Without stakeholders, scores and plans: four of money, four of sponsors (not the single thread).
    assert pick(one("portfolio", known), "rules_judged rules attention_accounts") == [8, 16, 3]
    order = [
        (row["account_id"], row["weight"], row["sponsors"], row["money"]) for row in ask("attention", known).values()
    ]
    assert order == [("A", 12_000, "serious", None), ("B", 6_000, "serious", None), ("C", 1_200, "serious", None)]


def test_nine_of_sixteen_rules_without_activities_and_plans() -> None:
    scores = "account_id,factor_id,assessed_on,score\nA,1,2026-12-01,4"
    sides = {name: SPONSORS[name] for name in ("person", "sponsorship")}
    known = facts("A B C", FOUR[:72], assessment=scores, **sides)
    assert pick(one("portfolio", known), "rules_judged rules") == [9, 16]
    # Of A and of B's inside nothing is known; what nobody holds is open all the same.
    raised = {(row["account_id"], row["reason"]) for row in ask("attention_reasons", known).values()}
    assert raised == {("B", "side_uncovered"), ("C", "side_uncovered")}


def test_a_large_account_with_two_kinds_stands_before_a_small_one_with_three() -> None:
    scores = "account_id,factor_id,assessed_on,score\n" + "".join(
        f"{account},{factor},2026-12-01,0\n" for account in "AC" for factor in (1, 2, 3)
    )
    plans = """
        plan_id,account_id,name,status,start_on,end_on
        P1,A,Plan,active,2025-01-01,2027-12-31
        P2,B,Plan,active,2025-01-01,2027-12-31
        P3,C,Plan,active,2025-01-01,2026-06-30
        """
    rows = booked("A", "2025-01-01", 24, 1000, 1100) + booked("B", "2025-01-01", 24, 900, 100)
    rows += booked("C", "2025-01-01", 24, 100, 200)
    found = ask("attention", facts("A B C", rows, assessment=scores, plan=plans))
    assert [pick(row, "account_id serious weight money factors plan") for row in found.values()] == [
        ["A", 2, 24_000, "serious", "serious", None],
        ["C", 3, 3_600, "serious", "serious", "serious"],
    ]


def test_unknown_profit_is_serious_only_where_it_was_known_at_the_review() -> None:
    rows = [
        *booked("A", "2025-01-01", 22, 100, 60),
        *booked("A", "2026-11-01", 2, 100, None),
        *booked("B", "2025-01-01", 24, 100, None),
        *booked("C", "2025-01-01", 20, 100, 60),  # no rows is another reason
    ]
    found = ask("attention_reasons", facts("A B C", rows))
    told = {(row["account_id"], row["reason"]): row["serious"] for row in found.values()}
    assert told == {
        ("A", "profit_unknown"): True,
        ("B", "profit_unknown"): False,
        ("C", "figures_stopped"): False,
    }


def test_a_loss_under_half_a_per_cent_is_minor() -> None:
    found = ask("attention_reasons", facts("A", booked("A", "2025-01-01", 24, 10_000, 10_049)))
    assert [(row["reason"], row["serious"]) for row in found.values()] == [("loses_money", False)]
    assert ask("attention", facts("A", booked("A", "2025-01-01", 24, 10_000, 10_049))) == {}


def test_changes_keep_money_points_and_people_apart() -> None:
    rows = [
        *booked("A", "2025-01-01", 23, 100, 60),
        *booked("A", "2026-12-01", 1, 100, 90),  # a thirtieth of profit less at the year's end
        *booked("B", "2025-01-01", 24, 100, 60),
        *booked("X", "2025-01-01", 23, 100, 60),
        *booked("X", "2026-12-01", 1, 100, 20),
        *booked("Y", "2026-01-01", 12, 100, 60),  # eight months at the review: left out
    ]
    scores = """
        account_id,factor_id,assessed_on,score
        A,1,2026-01-15,2
        A,1,2026-11-01,3
        B,1,2026-01-15,4
        B,1,2026-10-15,1
        B,2,2026-11-15,2
        X,1,2026-01-15,1
        X,1,2026-11-01,4
        """
    known = facts("A B X/exited Y", rows, assessment=scores)
    told = list(ask("changes", known, Filters(as_of=date(2026, 12, 31), since="2026-09-01", basis="gross")).values())
    columns = "account_id measure what effect points revenue_touched direction"
    assert [pick(row, columns) for row in told] == [
        ["A", "money", "profit, 12 months", -30, None, None, "worse"],
        ["X", "money", "profit, 12 months", 40, None, None, "better"],
        ["B", "score", "TOP score", None, -75, 1200, "worse"],
        ["A", "score", "TOP score", None, 25, 1200, "better"],
        ["B", "score", "QUA score", None, None, 1200, "neither"],
    ]


def test_loads_after_as_of_correct_nothing_and_a_corrected_score_is_told_once() -> None:
    scores = "account_id,factor_id,assessed_on,score\nA,1,2026-01-15,2\nA,1,2026-11-01,4"
    known = facts("A", booked("A", "2025-01-01", 24, 100, 60), assessment=scores)
    row: Row = {"table_name": "assessment", "key": "A/1/2026-11-01", "field": "score", "before": "3.0", "after": "4.0"}
    left: Row = {"table_name": "account", "key": "B", "field": "account_id", "before": "B", "after": None}
    history = [row | {"loaded_at": date(2026, 11, 20)}, left | {"loaded_at": date(2026, 12, 1)}]
    later = Facts.of({**known.tables, "history": history})

    def told(as_of: date) -> list[list[Any]]:
        filters = Filters(as_of=as_of, since="2026-09-01", basis="gross")
        columns = "account_id kind what before after points"
        return [pick(change, columns) for change in ask("changes", later, filters).values()]

    assert told(date(2026, 11, 10)) == [["A", "fact", "TOP score", "2", "4", 50]]
    assert told(date(2026, 12, 31)) == [
        ["A", "correction", "TOP score of 2026-11-01", "3", "4", 25],
        ["B", "left", "programme", "in", "out", None],
    ]


def test_the_trend_leaves_an_account_without_a_rate_out_of_every_month() -> None:
    rows = booked("A", "2026-01-01", 3, 100, 60) + booked("B", "2026-02-01", 1, 100, 60, currency="USD")
    rows += booked("B", "2026-03-01", 1, 100, 60)
    trend = ask("revenue_trend", facts("A B", rows, setting="key,value\ncurrency,EUR")).values()
    assert [pick(row, "revenue accounts left_out") for row in trend] == [[100, 1, 1]] * 3


def test_kinds_of_the_company_override_the_shipped_ones_cell_by_cell() -> None:
    own = "kind,label,side,touch,mechanism\ncall,Customer call,,true,\nworkshop,Workshop,external,,\naward,Prize,,,"
    kinds = facts("A", [], activity_kind=own).kinds
    assert (kinds["call"]["touch"], kinds["workshop"]["touch"], kinds["newsletter"]["touch"]) == (True, True, False)
    assert pick(kinds["award"], "label touch mechanism") == ["Prize", False, "recognition"]
