"""The inputs of an explanation recombine, by its rule and in plain arithmetic, to the number on screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from tests.examples import of_each_kind
from tests.explain.explaining import Why, why

CHOSEN = Filters(where="-status:exited")
ACCOUNTS = ("KA001", "KA002", "KA005", "KA013", "KA047", "KA048")
"""In another currency; loses money; a lost sponsor; a month without cost; few factors known; no figures."""

GREEN, RED, CADENCE, CLAIM_FACTS = 67, 34, {1: 90, 2: 183, 3: 366}, 3


def months(told: Why) -> float | None:
    """The sum over the months; unknown as soon as one is, or where there is none."""
    parts = [row["value"] for row in told.inputs if row["on_date"] is not None and row["on_date"].day == 1]
    return None if not parts or None in parts else sum(parts)


def ratio(part: Any, whole: Any) -> float | None:
    return None if part is None or not whole or whole <= 0 else part / whole


def margin(told: Why) -> float | None:
    return ratio(told.input("Profit of the account"), told.input("Revenue of the account"))


def base(told: Why, of: str = "accounts chosen") -> tuple[float, float, float, float] | None:
    """Revenue and profit of the account and of all chosen ones, or of the programme; None where they are unknown."""
    labels = ("Revenue of the account", "Profit of the account")
    mine = [told.row(label + (" " if label == "" else ""))["value"] for label in labels]
    whole = [told.input(f"Revenue of the {of}"), told.input(f"Profit of the {of}")]
    return None if None in (*mine, *whole) else (mine[0], mine[1], whole[0], whole[1])


def over_base(
    rule: Callable[[float, float, float, float], float], of: str = "accounts chosen"
) -> Callable[[Why], float | None]:
    """A rule over the base; unknown where the base is."""

    def number(told: Why) -> float | None:
        found = base(told, of)
        return None if found is None else rule(*found)

    return number


def weighted(told: Why) -> float | None:
    known = [(row["value"], float(re.findall(r"weight (\S+?),", row["words"])[0])) for row in told.inputs]
    counted = [(value, weight) for value, weight in known if value is not None]
    all_weight, weight = sum(weight for _, weight in known), sum(weight for _, weight in counted)
    return sum(v * w for v, w in counted) / weight if weight and weight >= all_weight / 2 else None


def growth(told: Why) -> float | None:
    now, before = told.input("Revenue now"), told.input("Revenue a year earlier")
    return None if now is None or before is None or before <= 0 else now / before - 1


def profit_moved(told: Why) -> float | None:
    now, before = told.input("Profit now"), told.input("Profit a year earlier")
    return None if now is None or before is None else now - before


RULES: dict[str, Callable[[Why], float | None]] = {
    "revenue": months,
    "profit": months,
    "cogs": months,
    "cost_to_serve": months,
    "margin": margin,
    "revenue_share": over_base(lambda r, p, rr, pp: r / rr),
    "profit_share": over_base(lambda r, p, rr, pp: p / pp),
    "share_gap": over_base(lambda r, p, rr, pp: p / pp - r / rr),
    "profit_index": over_base(lambda r, p, rr, pp: (p / r) / (pp / rr), "programme"),
    "value_at_stake": over_base(lambda r, p, rr, pp: r * pp / rr - p, "programme"),
    "revenue_growth": growth,
    "profit_change": profit_moved,
    "index": weighted,
    "factors_known": lambda told: sum(row["value"] is not None for row in told.inputs),
    "cost_to_serve_ratio": lambda told: ratio(told.input("Cost to serve"), told.input("Revenue")),
    "value_priced_share": lambda told: (
        None
        if (told.input("Share of revenue without pricing") or 0) > 0.5
        else ratio(told.input("Value-priced revenue"), told.input("Revenue with known pricing"))
    ),
    "attention": lambda told: sum(row["label"].startswith("! ") for row in told.inputs),
}


@pytest.fixture(scope="module")
def on_screen(remembered_sample: Portfolio) -> dict[str, dict[str, Any]]:
    """What the lists show of each account."""
    found: dict[str, dict[str, Any]] = {}
    for question in ("value_mix", "accounts"):
        for row in remembered_sample.ask(question, CHOSEN).iter_rows(named=True):
            found.setdefault(row["account_id"], {}).update(row)
    return found


@pytest.mark.parametrize("measure", RULES)
def test_inputs_make_the_number(
    remembered_sample: Portfolio, on_screen: dict[str, dict[str, Any]], measure: str
) -> None:
    for account in ACCOUNTS:
        told = why(remembered_sample, measure, account, filters=CHOSEN)
        shown = on_screen[account][measure]
        expected = None if shown is None else pytest.approx(float(shown), rel=1e-9, abs=1e-9)
        assert told.value == expected, f"{account}: the value told is the value shown"
        assert RULES[measure](told) == expected, f"{account}: the inputs make it"
        assert told.rule, "the rule is said in words"


def test_the_unknown_and_the_known_are_among_them(on_screen: dict[str, dict[str, Any]]) -> None:
    assert on_screen["KA048"]["revenue"] is None
    assert on_screen["KA013"]["profit"] is None
    assert on_screen["KA013"]["revenue"] is not None
    assert on_screen["KA002"]["profit"] < 0


def test_the_quadrant_follows_from_its_inputs(
    remembered_sample: Portfolio, on_screen: dict[str, dict[str, Any]]
) -> None:
    for account in ACCOUNTS:
        told = why(remembered_sample, "quadrant", account, filters=CHOSEN)
        revenue, profit = told.input("Revenue"), told.input("Profit")
        found = "none"
        if revenue and profit is not None and on_screen[account]["months"] == 12:
            cut = told.input("Profit of the programme") / told.input("Revenue of the programme")
            rich, big = profit / revenue > cut - 0.01, revenue >= told.input("Big from")
            found = {(1, 1): "protect", (1, 0): "re-price", (0, 1): "invest", (0, 0): "fix or exit"}[big, rich]
        assert told.words == found == (on_screen[account]["quadrant"] or "none")


def _kind_of_score(row: dict[str, Any]) -> tuple[object, ...]:
    """What tells scores apart: claim and freshness, which numbers are unknown, and which way the score moved."""
    moved = None if row["change"] is None else (row["change"] > 0) - (row["change"] < 0)
    return row["claim"], row["freshness"], row["state"], row["index"] is None, row["evidence_index"] is None, moved


def test_a_cell_says_its_score_its_evidence_and_its_claim(remembered_sample: Portfolio) -> None:
    scores = [
        row for row in remembered_sample.ask("factor_scores", CHOSEN).iter_rows(named=True)
        if row["account_id"] in ("KA002", "KA004", "KA047")
    ]  # fmt: skip
    assert {row["claim"] for row in scores} >= {"overclaimed", "supported", "unknown"}
    for row in of_each_kind(scores, _kind_of_score):
        told = why(remembered_sample, "factor_index", row["account_id"], row["code"], CHOSEN)
        score, of = told.input("Score"), float(told.row("Score")["words"].removeprefix("of "))
        index = None if score is None else 100 * score / of
        assert told.value == index == row["index"]
        judged = [
            each["words"].split(",")[0] for each in told.inputs if re.search(r"at (least|most) ", each["words"] or "")
        ]
        met, unmet = judged.count("met"), judged.count("not met")
        known = met + unmet
        evidence = 100 * met / known if known else None
        assert told.input("Evidence index") == pytest.approx(evidence) == row["evidence_index"]
        counts = index is not None and row["freshness"] != "expired"
        claim = "unknown" if not counts or known < CLAIM_FACTS else "supported"
        if claim == "supported" and evidence is not None and index is not None:
            claim = "overclaimed" if index >= GREEN and evidence < RED else claim
            claim = "underclaimed" if index < RED and evidence >= GREEN else claim
        assert told.row("Claim")["words"] == claim == row["claim"]
        moved = why(remembered_sample, "factor_scores.change", row["account_id"], row["code"], CHOSEN)
        now, then = moved.input("Index now"), moved.input("Index then")
        assert moved.value == (None if now is None or then is None else now - then) == row["change"]


def test_the_account_index_is_the_sum_of_what_its_factors_add(remembered_sample: Portfolio) -> None:
    codes = [row["code"] for row in remembered_sample.ask("factor_summary", CHOSEN).iter_rows(named=True)]
    effects = [why(remembered_sample, "factor_index", "KA002", code, CHOSEN).input("Effect") for code in codes]
    assert sum(effects) == pytest.approx(why(remembered_sample, "index", "KA002", filters=CHOSEN).value)


def test_a_side_has_the_status_that_its_inputs_tell(remembered_sample: Portfolio) -> None:
    seen = set()
    sides = remembered_sample.ask("sponsorship_coverage", CHOSEN).head(24).iter_rows(named=True)
    for row in of_each_kind(sides, lambda row: (row["side"], row["status"], row["cadence_days"])):
        told = why(remembered_sample, f"{row['side']}_status", row["account_id"], filters=CHOSEN)
        assigned = [one for one in told.all("Sponsor ") if one["words"].startswith("assigned")]
        touched = [one["value"] for one in told.all("Last touch")]
        cadence = min((one["value"] for one in assigned), default=told.input("Cadence"))
        status = "uncovered" if not assigned else "covered" if touched and min(touched) <= cadence else "stale"
        if assigned and not touched:
            as_of = remembered_sample.context(CHOSEN).as_of
            status = "new" if (as_of - min(one["on_date"] for one in assigned)).days <= 45 else "stale"
        assert status == row["status"]
        assert told.words.split(":")[0] == {"stale": "silent", "uncovered": "open"}.get(status, status)
        assert cadence == row["cadence_days"]
        seen.add(status)
    assert seen >= {"covered", "stale", "uncovered"}


def test_plan_thread_and_load_follow_from_their_inputs(remembered_sample: Portfolio) -> None:
    for account in ("KA002", "KA007", "KA004", "KA048"):
        row = next(r for r in remembered_sample.ask("contact_threads", CHOSEN).to_dicts() if r["account_id"] == account)
        told = why(remembered_sample, "thread", account, filters=CHOSEN)
        people = [one for one in told.inputs if ", by " in (one["words"] or "")]
        executives = sum(one["value"] == 5 for one in people)
        thread = "single" if len(people) <= 1 else "broad" if len(people) >= 3 and executives else "thin"
        assert (len(people), executives) == (row["contacts_touched"], row["executives_touched"])
        assert told.words.split(":")[0] == thread == row["thread"]
        plan = next(r for r in remembered_sample.ask("plan_health", CHOSEN).to_dicts() if r["account_id"] == account)
        told = why(remembered_sample, "plan_status", account, filters=CHOSEN)
        assert told.words.split(":")[0] == plan["health"]
        assert len(told.all("Overdue: ")) == sum(
            int(n) for n in re.findall(r"(\d+) overdue", " ".join(one["words"] for one in told.inputs))
        )
    for row in remembered_sample.ask("sponsor_load", CHOSEN).head(5).to_dicts():
        told = why(remembered_sample, "sponsor_load.load", item=row["person_id"], filters=CHOSEN)
        of_filter = told.row("Accounts of the filter")
        listed = [one for one in told.inputs if one is not of_filter]
        assert of_filter["value"] == len(listed) == row["accounts"]
        assert sum(one["value"] or 0 for one in listed) == pytest.approx(row["revenue"] or 0)
        carried = told.value
        assert carried == row["accounts_all"]
        load = "over" if carried > 5 else "warn" if carried > 3 else "ok"
        assert load == row["load"]
        assert told.words.split(",")[0] == {"over": "over the limit", "warn": "near the limit"}.get(load, load)
