"""Evidence: what each indicator finds in the facts: a yes or a no, or a number against a limit; None unknown.

Where domain.md is silent: objectives without a due date are left out of their share, none with one makes it unknown;
a plan without actions owns no function, and its share outside sales is unknown; both need people in the file; a
programme still runs on the day it ends; the setting `sales_functions` also says what is outside sales. Accounts that
have left count for no manager.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from tests.reference.case import Case, shift
from tests.reference.facts import Row
from tests.reference.money import figures, growth, position, value_priced_share
from tests.reference.plans import EXECUTIVE, actions, last_review, objectives, plan_of, reviews
from tests.reference.sponsorship import SIDES, assigned, names_people, side_of

Found = bool | float | None
Indicator = Callable[[Case, str], Found]


def _side(name: str) -> Indicator:
    def covered(case: Case, account_id: str) -> bool | None:
        status = side_of(case, account_id, name).status
        return None if status is None else status == "covered"

    return covered


def done_by_mechanism(case: Case, account_id: str, mechanism: str) -> list[Row]:
    """Done activities at an account whose kind is a mechanism, on or before as-of."""
    return [
        row
        for row in case.facts.where("activity", "account_id", account_id)
        if case.facts.kinds[row["kind"]]["mechanism"] == mechanism
        and row["status"] == "done"
        and row["occurred_on"] <= case.as_of
    ]


def is_leader(case: Case, account_id: str, person_id: str | None) -> bool:
    """A person of level 5, or an assigned sponsor of the account, who is not its manager."""
    if person_id is None or person_id == case.facts.accounts[account_id]["manager_id"]:
        return False
    sponsors = {row["person_id"] for side in SIDES for row in assigned(case, account_id, side)}
    person = case.facts.people.get(person_id)
    return person_id in sponsors or (person is not None and person["level"] == EXECUTIVE)


def negotiations(case: Case, account_id: str) -> list[Row]:
    """Who was there on the day of the last year-end negotiation that still counts, one row each."""
    months = int(case.setting("negotiation_months"))
    held = done_by_mechanism(case, account_id, "year_end_negotiation")
    held = [row for row in held if case.within_months(row["occurred_on"], months)]
    last = max((row["occurred_on"] for row in held), default=None)
    return [row for row in held if row["occurred_on"] == last]


def _leader_at_negotiation(case: Case, account_id: str) -> bool | None:
    """Unknown, too, where the activities name people whom nobody knows."""
    held = negotiations(case, account_id) if names_people(case.facts) else []
    return any(is_leader(case, account_id, row["person_id"]) for row in held) if held else None


def _board_seat(case: Case, account_id: str) -> bool | None:
    if case.facts.empty("stakeholder"):
        return None
    people = case.facts.where("stakeholder", "account_id", account_id)
    return any(row["active"] and row["advisory_board"] for row in people)


def _committee(case: Case, account_id: str) -> bool | None:
    if case.facts.empty("activity") and case.facts.empty("programme"):
        return None
    decided = [row["occurred_on"] for row in done_by_mechanism(case, account_id, "investment_committee")]
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


def is_running(case: Case, programme: Row) -> bool:
    """An active programme: it has started and not ended at as-of."""
    end = programme["end_on"]
    return programme["status"] == "active" and programme["start_on"] <= case.as_of and (end or case.as_of) >= case.as_of


def _long_programme(case: Case, account_id: str) -> bool | None:
    if case.facts.empty("programme"):
        return None
    own, long = case.facts.where("programme", "account_id", account_id), case.months("programme")
    running = [row for row in own if is_running(case, row)]
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
    goals = objectives(case, plan)
    due = [goal["due_on"] for goal in goals if goal["due_on"] is not None]
    return _part([day > shift(case.as_of, 12) for day in due]) if goals else 0.0


def _measured(case: Case, plan: Row) -> float | None:
    return _part([goal["target_value"] is not None for goal in objectives(case, plan)] or [False])


def _functions(case: Case, plan: Row) -> list[str]:
    """The function of the owner of each action, in lower case, where an owner with a function is known."""
    owners = [case.facts.people.get(row["owner_id"]) for row in actions(case, plan)]
    return [str(owner["function"]).lower() for owner in owners if owner and owner["function"]]


def _owning_functions(case: Case, plan: Row) -> float | None:
    return None if case.facts.empty("person") else float(len(set(_functions(case, plan))))


def _outside_sales(case: Case, plan: Row) -> float | None:
    return _part([name.strip() not in case.sales_functions for name in _functions(case, plan)])


def _shared(case: Case, plan: Row) -> bool:
    return plan["shared_with_customer_on"] is not None and plan["shared_with_customer_on"] <= case.as_of


def _customer_present(case: Case, plan: Row) -> bool | None:
    months = case.months("customer_review")
    told = [row["customer_present"] for row in reviews(case, plan) if case.within_months(row["reviewed_on"], months)]
    return True if True in told else None if None in told else False


def _manager(case: Case, account_id: str) -> Row | None:
    return case.facts.people.get(case.facts.accounts[account_id]["manager_id"])


def _managed(case: Case, account_id: str) -> bool | None:
    return None if case.facts.empty("person") else _manager(case, account_id) is not None


def _accounts_managed(case: Case, account_id: str) -> float | None:
    manager = _manager(case, account_id)
    if manager is None:
        return None
    own = case.facts.where("account", "manager_id", manager["person_id"])
    return float(sum(row["status"] != "exited" for row in own))


def _trained(case: Case, account_id: str) -> bool | None:
    manager = _manager(case, account_id)
    return None if manager is None else _last(case, manager["trained_on"], case.months("trained"))


def _last(case: Case, day: date | None, months: int) -> bool | None:
    """Whether a fact of which only the last day is kept lies near enough; unknown after as-of, for what was before?"""
    return None if day is None or day > case.as_of else case.within_months(day, months)


def _stable(case: Case, account_id: str) -> bool | None:
    since = case.facts.accounts[account_id]["manager_since"]
    if since is None or since > case.as_of or _manager(case, account_id) is None:
        return None
    return bool(since <= shift(case.as_of, -case.months("tenure")))


def _selected(case: Case, account_id: str) -> bool | None:
    account = case.facts.accounts[account_id]
    return None if account["selection_score"] is None else _last(case, account["selected_on"], case.months("selection"))


def _kept(case: Case, account_id: str) -> bool | None:
    return _last(case, case.facts.accounts[account_id]["kept_on"], case.months("keep"))


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
        "outside_sales_share": _of_plan("action", _outside_sales, 0.0),
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
    return {name: is_met(case, name, found_for(case, account_id, code, name)) for name in INDICATORS.get(code, {})}


def found_for(case: Case, account_id: str, code: str, name: str) -> Found:
    """What an indicator finds; nothing at an account that has left."""
    return None if case.exited(account_id) else INDICATORS[code][name](case, account_id)


def evidence_index(case: Case, account_id: str, code: str) -> float | None:
    """100 * met / (met + not met); None if nothing is known."""
    known = [met for met in evidence(case, account_id, code).values() if met is not None]
    return 100.0 * sum(known) / len(known) if known else None
