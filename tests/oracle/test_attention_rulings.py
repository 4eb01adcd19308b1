"""Rulings on attention, on small facts worked out by hand: floor, unknown profit, silence, weight, missing tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from kaptui.filters import Filters
from tests.reference.answers import Ask

Reasons = dict[str, tuple[bool, float | None]]
"""Whether it is serious and its amount, by reason."""

NOW = Filters(as_of=date(2026, 6, 30), since="2026-03-31")
MONTHS = "account_id,period_start,currency,revenue,cogs\n"


def months(account: str, revenue: float, cogs: str, first: int = 36, last: int = 1) -> str:
    """A row for each month; the first lies `first` months before July 2026, the last `last`."""
    counted = [2026 * 12 + 6 - age for age in range(first, last - 1, -1)]
    return "".join(f"{account},{n // 12}-{n % 12 + 1:02d}-01,EUR,{revenue},{cogs}\n" for n in counted)


def reasons(answer: Ask, tables: Mapping[str, str], filters: Filters = NOW) -> Reasons:
    """Whether it is serious and its amount, by account and reason."""
    rows = answer(tables, "attention_reasons", filters).items()
    return {key: (row["serious"], row["amount"]) for key, row in rows}


def portfolio(answer: Ask, tables: Mapping[str, str], filters: Filters = NOW) -> dict[str, Any]:
    """The one row of the portfolio."""
    (row,) = answer(tables, "portfolio", filters).values()
    return row


LOSSES: dict[str, tuple[str, Reasons]] = {
    # 12 x 100 a year: from a loss of 6 on (0.5 %) it is serious.
    "exactly 0.5 % of revenue": (months("{0}", 100, "100.50"), {"loses_money": (True, 6.0)}),
    "a little less": (months("{0}", 100, "100.49"), {"loses_money": (False, 5.88)}),
    "a cent a month": (months("{0}", 100, "100.01"), {"loses_money": (False, 0.12)}),
    "nothing": (months("{0}", 100, "100.00"), {}),
    "without revenue every loss is serious": (months("{0}", 0, "0.01"), {"loses_money": (True, 0.12)}),
}
"""Months and the reasons they raise, each an account of its own: no account's reason rests on another's money."""


def side_by_side(cases: Mapping[str, tuple[str, Reasons]]) -> tuple[dict[str, str], Reasons]:
    """The cases as accounts of one portfolio, and the reasons of all."""
    keys = [f"A{number}" for number in range(len(cases))]
    tables = {
        "account": "account_id,name\n" + "".join(f"{key},{name}\n" for key, name in zip(keys, cases, strict=True)),
        "financial_period": MONTHS
        + "".join(rows.format(key) for key, (rows, _) in zip(keys, cases.values(), strict=True)),
    }
    found = {
        f"{key}/{name}": one for key, (_, told) in zip(keys, cases.values(), strict=True) for name, one in told.items()
    }
    return tables, found


def test_a_loss_is_serious_from_half_a_per_cent_of_revenue_on(answer: Ask) -> None:
    tables, found = side_by_side(LOSSES)
    assert reasons(answer, tables) == found


def test_the_floor_is_a_setting_and_holds_for_a_fall_of_profit(answer: Ask) -> None:
    """Revenue from 1,200 to 1,212, profit from 120 to 114: a fall of 6 is 0.495 % of 1,212."""
    tables = {
        "account": "account_id,name\nA,Anna\n",
        "financial_period": MONTHS + months("A", 100, "90.00", 36, 13) + months("A", 101, "91.50", 12),
    }
    assert reasons(answer, tables) == {"A/empty_growth": (False, 6.0)}
    lower = {**tables, "setting": "key,value\nmaterial_share,0.0049\n"}
    assert reasons(answer, lower) == {"A/empty_growth": (True, 6.0)}


def test_an_unknown_profit_is_serious_where_it_was_known_at_the_review(answer: Ask) -> None:
    """May has no cost at A: known until March. B never had a cost; C has no rows, and that is another matter."""
    tables = {
        "account": "account_id,name\nA,Anna\nB,Bob\nC,Cleo\n",
        "financial_period": MONTHS
        + months("A", 100, "150").replace("A,2026-05-01,EUR,100,150", "A,2026-05-01,EUR,100,")
        + months("B", 10, ""),
    }
    assert reasons(answer, tables) == {"A/profit_unknown": (True, 1200.0), "B/profit_unknown": (False, 120.0)}
    early = Filters(as_of=NOW.as_of, since="2026-05-31")  # the year to May holds the month without a cost
    assert reasons(answer, tables, early)["A/profit_unknown"] == (False, 1200.0)


def test_a_missing_rate_makes_profit_unknown_too(answer: Ask) -> None:
    rates = "".join(f"USD,{n // 12}-{n % 12 + 1:02d}-01,1\n" for n in range(2023 * 12 + 6, 2026 * 12 + 5))
    tables = {
        "setting": "key,value\ncurrency,EUR\n",
        "account": "account_id,name\nA,Anna\n",
        "financial_period": MONTHS + months("A", 100, "50").replace("EUR", "USD"),
        "fx_rate": f"currency,period_start,rate\n{rates}",
    }
    assert reasons(answer, tables) == {"A/profit_unknown": (True, None)}


STOPPED: dict[str, tuple[str, Reasons]] = {
    "booked to the end": (months("{0}", 100, "50"), {}),
    "late by one month": (months("{0}", 100, "50", 36, 2), {}),
    "late by three": (months("{0}", 100, "50", 36, 4), {}),
    "stopped after four": (months("{0}", 100, "50", 36, 5), {"figures_stopped": (False, 800.0)}),
    "no row in the window: no figures": (months("{0}", 100, "50", 36, 13), {}),
}


def test_figures_that_stop_are_a_reason_and_late_ones_none(answer: Ask) -> None:
    """Each beside one that is booked to the end."""
    tables, found = side_by_side(STOPPED)
    assert reasons(answer, tables) == found


SPONSORS = {
    "account": "account_id,name\nA,Anna\nB,Bob\n",
    "person": "person_id,name,level\nP,Piet,5\nQ,Quinn,5\n",
    "financial_period": MONTHS + months("A", 100, "50") + months("B", 50, "20"),
    "sponsorship": "sponsorship_id,account_id,person_id,side,start_on\n"
    "1,A,P,internal,2024-01-01\n2,A,Q,external,2024-01-01\n3,B,P,internal,2024-01-01\n",
    "activity": "activity_id,account_id,person_id,side,kind,occurred_on\n1,B,P,internal,visit,2026-06-01\n",
}


def test_two_sponsors_who_met_nobody_are_serious(answer: Ask) -> None:
    """A: both assigned for years and silent. B: covered inside, nobody at the customer."""
    assert reasons(answer, SPONSORS) == {"A/no_live_sponsor": (True, 1200.0), "B/side_uncovered": (True, 600.0)}


def test_no_live_sponsor_takes_the_place_of_its_sides(answer: Ask) -> None:
    """B now has nobody at the customer and silence inside: one reason, not two."""
    silent = {**SPONSORS, "activity": SPONSORS["activity"].replace("2026-06-01", "2025-06-01")}
    assert reasons(answer, silent) == {"A/no_live_sponsor": (True, 1200.0), "B/no_live_sponsor": (True, 600.0)}


@pytest.mark.parametrize(
    "activity",
    [
        pytest.param("", id="no activity at all"),
        pytest.param("1,B,EMP-P,internal,visit,2026-06-01\n", id="ids that match nobody"),
    ],
)
def test_without_a_touch_silence_is_no_reason(answer: Ask, activity: str) -> None:
    head = "activity_id,account_id,person_id,side,kind,occurred_on\n"
    tables = {**SPONSORS, "activity": head + activity}
    assert reasons(answer, tables) == {"B/side_uncovered": (True, 600.0)}


def test_the_order_is_by_kinds_hit_seriously_times_revenue(answer: Ask) -> None:
    """A sells 1,200 a year with one kind, B 720 with two: 1,440. C has three reasons of one kind: 900."""
    tables = {
        "setting": "key,value\nreds_serious,1\n",
        "account": "account_id,name\nA,Anna\nB,Bob\nC,Cleo\n",
        "financial_period": MONTHS
        + months("A", 100, "110")
        + months("B", 60, "70")
        + months("C", 75, "80").replace("C,2026-06-01,EUR,75,80", "C,2026-06-01,EUR,75,80"),
        "assessment": "account_id,factor_id,assessed_on,score\nB,1,2026-06-01,0\n",
        "plan": "plan_id,account_id,name,status,start_on,end_on\n1,A,P,active,2024-01-01,\n2,B,P,active,2024-01-01,\n",
    }
    rows = answer(tables, "attention", NOW)
    assert [(key, row["serious"], row["weight"]) for key, row in rows.items()] == [
        ("B", 2, 1440.0),
        ("A", 1, 1200.0),
        ("C", 1, 900.0),
    ]
    kinds = {key: tuple(row[kind] for kind in ("money", "sponsors", "factors", "plan")) for key, row in rows.items()}
    assert kinds == {
        "A": ("serious", None, None, None),
        "B": ("serious", None, "serious", None),
        "C": ("serious", None, None, "minor"),
    }
    assert rows["C"]["ask"], "its lever or, without one, the plan that is missing"
    assert rows["B"]["reasons"] == "loses_money; factors_red"


def test_accounts_that_left_raise_nothing(answer: Ask) -> None:
    tables = {
        "account": "account_id,name,status\nA,Anna,exited\nB,Bob,active\n",
        "financial_period": MONTHS + months("A", 100, "150") + months("B", 100, "50"),
    }
    assert reasons(answer, tables) == {}
    assert {key: row["attention"] for key, row in answer(tables, "accounts", NOW).items()} == {"A": None, "B": 0}
    row = portfolio(answer, tables)
    assert (row["accounts"], row["programme_accounts"], row["exited_accounts"]) == (2, 1, 1)
    assert (row["attention_accounts"], row["attention_revenue_share"]) == (0, 0.0)


@pytest.mark.parametrize(
    ("tables", "judged"),
    [
        # money: loses_money, empty_growth, profit_unknown, figures_stopped
        pytest.param(["financial_period"], 4, id="figures"),
        # sponsors: side_uncovered and orphan_risk without a touch, side_stale and no_live_sponsor with one
        pytest.param(["financial_period", "person", "sponsorship"], 6, id="sponsors"),
        pytest.param(["financial_period", "person", "sponsorship", "activity"], 8, id="touches"),
        # factors: factors_red, factor_fell, overclaimed
        pytest.param(["assessment"], 3, id="scores"),
        # plan: plan_expired and plan_missing, then plan_unreviewed and actions_overdue
        pytest.param(["plan"], 2, id="plans"),
        pytest.param(["plan", "plan_review"], 3, id="reviews"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_how_many_rules_could_be_judged(answer: Ask, tables: list[str], judged: int) -> None:
    whole = {
        **SPONSORS,
        "assessment": "account_id,factor_id,assessed_on,score\nB,1,2026-06-01,3\n",
        "plan": "plan_id,account_id,name,status,start_on\n1,A,P,active,2024-01-01\n",
        "plan_review": "review_id,plan_id,reviewed_on\n1,1,2026-06-01\n",
    }
    row = portfolio(answer, {name: whole[name] for name in ["account", *tables]})
    assert (row["rules_judged"], row["rules"]) == (judged, 16)
