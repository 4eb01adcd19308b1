"""The indicators as a list: what was found, what it has to reach, and in which rows of the facts it stands.

domain.md is silent on rows. An indicator rests on every row that could have met it: of a side all live sponsorships
and the last touch of each sponsor, of a negotiation all who were there that day, of money the months looked at. Where
there is no such row, the tables are named that would hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tests.reference.case import Case, shift
from tests.reference.evidence import done_by_mechanism, evidence, found_for, is_running, negotiations, threshold
from tests.reference.facts import Row
from tests.reference.money import actual_rows, window_months
from tests.reference.plans import actions, objectives, plan_of, reviews
from tests.reference.sponsorship import assigned, cover_rows

Rows = Callable[[Case, str], Iterable[tuple[str, Row]]]


def factor_evidence(case: Case) -> list[Row]:
    """One row per account, factor and indicator."""
    return [
        {
            "account_id": account_id,
            "code": factor["code"],
            "indicator": name,
            "met": met,
            "value": None if (found := found_for(case, account_id, factor["code"], name)) is None else float(found),
            "threshold": threshold(case, name),
            "source": source(case, account_id, name),
        }
        for account_id in case.listed
        for factor in case.facts["success_factor"]
        for name, met in evidence(case, account_id, factor["code"]).items()
    ]


def source(case: Case, account_id: str, name: str) -> str:
    """The rows of each table, the last ones first, three of them by number; else the tables."""
    tables, rows = SOURCES[name]
    lines: dict[str, set[int]] = {}
    for table, row in rows(case, account_id):
        if "source_row" in row:  # what a what-if assigns stands in none
            lines.setdefault(table, set()).add(row["source_row"])
    return "; ".join(_numbered(table, sorted(lines[table], reverse=True)) for table in sorted(lines)) or tables


def _numbered(table: str, lines: list[int]) -> str:
    more = f", ... {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"{table} row{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines[:3]))}{more}"


def _nowhere(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    return ()


def _account(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    yield "account", case.facts.accounts[account_id]


def _manager(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    manager = case.facts.people.get(case.facts.accounts[account_id]["manager_id"])
    if manager:
        yield "person", manager


def _side(side: str) -> Rows:
    def rows(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
        live = [] if case.exited(account_id) else assigned(case, account_id, side)
        yield from (("sponsorship", row) for row in live)
        for person_id in {row["person_id"] for row in live}:
            touched = cover_rows(case, account_id, side, {person_id})
            last = max((row["occurred_on"] for row in touched), default=None)
            yield from (("activity", row) for row in touched if row["occurred_on"] == last)

    return rows


def _negotiation(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    return (("activity", row) for row in negotiations(case, account_id))


def _board(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    people = case.facts.where("stakeholder", "account_id", account_id)
    return (("stakeholder", row) for row in people if row["active"] and row["advisory_board"])


def _committee(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    yield from (("activity", row) for row in done_by_mechanism(case, account_id, "investment_committee"))
    for row in case.facts.where("programme", "account_id", account_id):
        if row["committee_on"] is not None and row["committee_on"] <= case.as_of:
            yield "programme", row


def _programmes(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    own = case.facts.where("programme", "account_id", account_id)
    return (("programme", row) for row in own if is_running(case, row))


def _window(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    booked = actual_rows(case.facts, account_id)
    return (("financial_period", booked[month]) for month in window_months(case) if month in booked)


def _two_years(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
    """Twelve months and the twelve before them, whatever the window."""
    booked, year = actual_rows(case.facts, account_id), window_months(case, "ttm")
    months = (*(shift(month, -12) for month in year), *year)
    return (("financial_period", booked[month]) for month in months if month in booked)


def _of_plan(table: str, found: Callable[[Case, Row], list[Row]]) -> Rows:
    def rows(case: Case, account_id: str) -> Iterable[tuple[str, Row]]:
        plan = plan_of(case, account_id)
        return ((table, row) for row in (found(case, plan) if plan else ()))

    return rows


_plan = _of_plan("plan", lambda case, plan: [plan])
_reviews = _of_plan("plan_review", reviews)
_objectives = _of_plan("objective", objectives)
_actions = _of_plan("action", actions)

SOURCES: Mapping[str, tuple[str, Rows]] = {
    "internal_covered": ("sponsorship, activity", _side("internal")),
    "external_covered": ("sponsorship, activity", _side("external")),
    "leader_at_negotiation": ("activity", _negotiation),
    "advisory_board_seat": ("stakeholder", _board),
    "committee_decided": ("activity, programme", _committee),
    "profit_index": ("financial_period", _window),
    "profit_not_falling": ("financial_period", _two_years),
    "value_priced_share": ("financial_period", _window),
    "long_programme": ("programme", _programmes),
    "variable_profit_share": ("person", _manager),
    "plan_horizon": ("plan", _plan),
    "plan_reviewed": ("plan_review", _reviews),
    "long_objectives_share": ("objective", _objectives),
    "measured_objectives_share": ("objective", _objectives),
    "action_functions": ("action, person", _actions),
    "outside_sales_share": ("action, person", _actions),
    "shared_with_customer": ("plan", _plan),
    "customer_at_review": ("plan_review", _reviews),
    "manager_named": ("account", _account),
    "accounts_per_manager": ("account", _nowhere),
    "manager_trained": ("person", _manager),
    "manager_tenure": ("account", _account),
    "selection_scored": ("account", _account),
    "kept_on_decision": ("account", _account),
}
