"""Evidence: what each indicator finds in the facts: a yes or a no, or a number against a limit; None unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from reference.case import Case, shift
from reference.facts import Row
from reference.money import figures, growth, position, value_priced_share
from reference.plans import EXECUTIVE, actions, last_review, objectives, plan_of, reviews
from reference.sponsorship import SIDES, assigned, side_of

Found = bool | float | None
Indicator = Callable[[Case, str], Found]


def _side(name: str) -> Indicator:
    def covered(case: Case, account_id: str) -> bool | None:
        if case.facts.empty("sponsorship"):
            return None
        return side_of(case, account_id, name).status == "covered"

    return covered


def _done(case: Case, account_id: str, kind: str) -> list[Row]:
    """Done activities of a kind at an account, on or before as-of."""
    return [
        row
        for row in case.facts.where("activity", "account_id", account_id)
        if row["kind"] == kind and row["status"] == "done" and row["occurred_on"] <= case.as_of
    ]


def is_leader(case: Case, account_id: str, person_id: str | None) -> bool:
    """A person of level 5, or an assigned sponsor of the account, who is not its manager."""
    if person_id is None or person_id == case.facts.accounts[account_id]["manager_id"]:
        return False
    sponsors = {row["person_id"] for side in SIDES for row in assigned(case, account_id, side)}
    person = case.facts.people.get(person_id)
    return person_id in sponsors or (person is not None and person["level"] == EXECUTIVE)


def negotiations(case: Case, account_id: str) -> list[Row]:
    """Who was there on the day of the last year-end negotiation, one row each."""
    held = _done(case, account_id, "year_end_negotiation")
    last = max((row["occurred_on"] for row in held), default=None)
    return [row for row in held if row["occurred_on"] == last]


def _leader_at_negotiation(case: Case, account_id: str) -> bool | None:
    held = negotiations(case, account_id)
    return any(is_leader(case, account_id, row["person_id"]) for row in held) if held else None


def _board_seat(case: Case, account_id: str) -> bool | None:
    if case.facts.empty("stakeholder"):
        return None
    people = case.facts.where("stakeholder", "account_id", account_id)
    return any(row["active"] and row["advisory_board"] for row in people)


def _committee(case: Case, account_id: str) -> bool | None:
    if case.facts.empty("activity") and case.facts.empty("programme"):
        return None
    decided = [row["occurred_on"] for row in _done(case, account_id, "investment_committee")]
    decided += [row["committee_on"] for row in case.facts.where("programme", "account_id", account_id)]
    return any(day is not None and case.within_months(day, case.months("committee")) for day in decided)


def _profit_index(case: Case, account_id: str) -> float | None:
    value: float | None = position(case.everyone, account_id)["profit_index"]
    return value


def _no_empty_growth(case: Case, account_id: str) -> bool | None:
    grown, change = growth(case, account_id, "ttm")
    return None if grown is None or change is None else not (grown > 0 and change < 0)


def _value_priced(case: Case, account_id: str) -> float | None:
    return value_priced_share(figures(case, account_id))


def _long_programme(case: Case, account_id: str) -> bool | None:
    if case.facts.empty("programme"):
        return None
    own, long = case.facts.where("programme", "account_id", account_id), case.months("programme")
    running = [row for row in own if row["status"] == "active" and row["start_on"] <= case.as_of]
    if any(row["end_on"] is not None and row["end_on"] > shift(row["start_on"], long) for row in running):
        return True
    return None if any(row["end_on"] is None for row in running) else False


def _paid_for_profit(case: Case, account_id: str) -> float | None:
    manager = _manager(case, account_id)
    return manager["variable_profit_share"] if manager else None


def _of_plan(table: str, test: Callable[[Case, Row], Found], without: Found = False) -> Indicator:
    """An indicator of the account's plan: unknown if the file has no such facts; no and 0 without a plan."""

    def found(case: Case, account_id: str) -> Found:
        if case.facts.empty(table) or case.facts.empty("plan"):
            return None
        plan = plan_of(case, account_id)
        return without if plan is None else test(case, plan)

    return found


def _reaches_far(case: Case, plan: Row) -> bool | None:
    return None if plan["end_on"] is None else bool(plan["end_on"] >= shift(case.as_of, case.months("plan")))


def _reviewed(case: Case, plan: Row) -> bool:
    last = last_review(case, plan)
    # A threshold of its own, not the setting of plan health.
    return last is not None and case.age(last) <= case.setting("indicator_review_days")


def _part(found: list[bool]) -> float | None:
    return sum(found) / len(found) if found else None


def _far_objectives(case: Case, plan: Row) -> float | None:
    due = [goal["due_on"] for goal in objectives(case, plan) if goal["due_on"] is not None]
    return _part([day > shift(case.as_of, 12) for day in due])


def _measured(case: Case, plan: Row) -> float | None:
    return _part([goal["target_value"] is not None for goal in objectives(case, plan)])


def _functions(case: Case, plan: Row) -> list[str]:
    """The function of the owner of each action, in lower case, where an owner with a function is known."""
    owners = [case.facts.people.get(row["owner_id"]) for row in actions(case, plan)]
    return [str(owner["function"]).lower() for owner in owners if owner and owner["function"]]


def _owning_functions(case: Case, plan: Row) -> float:
    return float(len(set(_functions(case, plan))))


def _outside_sales(case: Case, account_id: str) -> float | None:
    # A share of no actions is unknown, with a plan or without.
    plan = plan_of(case, account_id)
    return _part([name != "sales" for name in _functions(case, plan)]) if plan else None


def _shared(case: Case, plan: Row) -> bool:
    return plan["shared_with_customer_on"] is not None and plan["shared_with_customer_on"] <= case.as_of


def _customer_present(case: Case, plan: Row) -> bool:
    months = case.months("customer_review")
    held = reviews(case, plan)
    return any(row["customer_present"] and case.within_months(row["reviewed_on"], months) for row in held)


def _manager(case: Case, account_id: str) -> Row | None:
    return case.facts.people.get(case.facts.accounts[account_id]["manager_id"])


def _managed(case: Case, account_id: str) -> bool | None:
    return None if case.facts.empty("person") else _manager(case, account_id) is not None


def _accounts_managed(case: Case, account_id: str) -> float | None:
    manager = _manager(case, account_id)
    return None if manager is None else float(len(case.facts.where("account", "manager_id", manager["person_id"])))


def _trained(case: Case, account_id: str) -> bool | None:
    manager = _manager(case, account_id)
    if manager is None or manager["trained_on"] is None:
        return None
    return case.within_months(manager["trained_on"], case.months("trained"))


def _stable(case: Case, account_id: str) -> bool | None:
    since = case.facts.accounts[account_id]["manager_since"]
    if since is None or _manager(case, account_id) is None:
        return None
    return bool(since <= shift(case.as_of, -case.months("tenure")))


def _selected(case: Case, account_id: str) -> bool | None:
    account = case.facts.accounts[account_id]
    if account["selection_score"] is None or account["selected_on"] is None:
        return None
    return case.within_months(account["selected_on"], case.months("selection"))


def _kept(case: Case, account_id: str) -> bool | None:
    kept = case.facts.accounts[account_id]["kept_on"]
    return None if kept is None else case.within_months(kept, case.months("keep"))


# In the order of the table in domain.md. Those of NUMBERS have a limit to reach, or, of AT_MOST, not to exceed.
NUMBERS = frozenset({
    "profit_index", "value_priced_share", "variable_profit_share", "long_objectives_share",
    "measured_objectives_share", "action_functions", "outside_sales_share", "accounts_per_manager",
})  # fmt: skip
AT_MOST = frozenset({"accounts_per_manager"})
INDICATORS: Mapping[str, Mapping[str, Indicator]] = {
    "TOP": {
        "internal_covered": _side("internal"),
        "external_covered": _side("external"),
        "leader_at_negotiation": _leader_at_negotiation,
        "advisory_board_seat": _board_seat,
        "committee_decided": _committee,
    },
    "QUA": {
        "profit_index": _profit_index,
        "profit_not_falling": _no_empty_growth,
        "value_priced_share": _value_priced,
        "long_programme": _long_programme,
        "variable_profit_share": _paid_for_profit,
    },
    "LON": {
        "plan_horizon": _of_plan("plan", _reaches_far),
        "plan_reviewed": _of_plan("plan_review", _reviewed),
        "long_objectives_share": _of_plan("objective", _far_objectives, 0.0),
        "measured_objectives_share": _of_plan("objective", _measured, 0.0),
    },
    "TEA": {
        "action_functions": _of_plan("action", _owning_functions, 0.0),
        "outside_sales_share": _outside_sales,
        "shared_with_customer": _of_plan("plan", _shared),
        "customer_at_review": _of_plan("plan_review", _customer_present),
    },
    "KAM": {
        "manager_named": _managed,
        "accounts_per_manager": _accounts_managed,
        "manager_trained": _trained,
        "manager_tenure": _stable,
    },
    "SEL": {"selection_scored": _selected, "kept_on_decision": _kept},
}


def threshold(case: Case, name: str) -> float:
    """What an indicator has to reach; a yes or a no has 1 to reach."""
    return case.setting(f"indicator_{name}") if name in NUMBERS else 1.0


def is_met(case: Case, name: str, found: Found) -> bool | None:
    """Whether what was found is met; None if nothing is known."""
    if found is None or isinstance(found, bool):
        return found
    return found <= threshold(case, name) if name in AT_MOST else found >= threshold(case, name)


@cache
def evidence(case: Case, account_id: str, code: str) -> dict[str, bool | None]:
    """Each indicator of a factor: met, not met, unknown. A factor of the company's own has none."""
    own = INDICATORS.get(code, {})
    return {name: is_met(case, name, indicator(case, account_id)) for name, indicator in own.items()}


def evidence_index(case: Case, account_id: str, code: str) -> float | None:
    """100 * met / (met + not met); None if nothing is known."""
    known = [met for met in evidence(case, account_id, code).values() if met is not None]
    return 100.0 * sum(known) / len(known) if known else None
