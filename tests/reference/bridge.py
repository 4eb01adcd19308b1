"""The bridge of portfolio profit between the window and the same window a year earlier."""

from __future__ import annotations

from decimal import Decimal

from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import ZERO, Figures, by_revenue, figures, history_known, is_late, is_new

STEPS = (
    "start",
    "size",
    "mix",
    "gross_margin_rate",
    "cost_to_serve_rate",
    "new",
    "lost",
    "no_revenue",
    "currency",
    "end",
)


def profit_bridge(case: Case) -> list[Row]:
    """Ten steps; those between start and end sum to their difference.

    Where history is short, or no chosen account can be compared, the ten rows have no amounts.
    """
    without = _without(case)
    if not history_known(case) or all(left_out(case, key) or not _booked(case, key) for key in case.ids):
        return [{"step": step, "amount": None, **without} for step in STEPS]
    amounts = dict.fromkeys(STEPS, ZERO)
    both: list[tuple[Figures, Figures]] = []
    for account_id in case.ids:
        before, now, steady = three(case, account_id)
        if left_out(case, account_id):
            continue
        p0, p1, constant = (found.profit or ZERO for found in (before, now, steady))
        amounts["start"] += p0
        amounts["end"] += p1
        amounts["currency"] += p1 - constant
        place = place_of(case, account_id)
        if place == "both":
            both.append((before, steady))
        else:
            amounts[place] += constant - p0
    amounts.update(_rates(case, both))
    return [{"step": step, "amount": amounts[step], **without} for step in STEPS]


def _without(case: Case) -> Row:
    """How many accounts with figures are in neither start nor end, and their names, the largest first."""
    found = [key for key in case.ids if history_known(case) and _booked(case, key) and left_out(case, key)]
    names = [str(case.facts.accounts[key]["name"]) for key in sorted(found, key=lambda key: by_revenue(case, key))]
    return {"left_out": len(found), "left_out_accounts": "; ".join(names) or None}


def _booked(case: Case, account_id: str) -> bool:
    """Whether an account has figures in one of the two windows."""
    before, now, _ = three(case, account_id)
    return bool(before.rows or now.rows)


def three(case: Case, account_id: str) -> tuple[Figures, Figures, Figures]:
    """The window a year earlier, the window, and the window at the rates of a year earlier."""
    earlier, now = figures(case, account_id, "", 1), figures(case, account_id)
    return earlier, now, figures(case, account_id, "", 0, 1)


def left_out(case: Case, account_id: str) -> bool:
    """Whether an account is in neither start nor end: late, or a cost or rate is missing in either window."""
    found = three(case, account_id)
    return is_late(case, account_id) or any(one.rows and one.profit is None for one in found)


def place_of(case: Case, account_id: str) -> str:
    """The step an account's change belongs to; both: it had revenue in both windows.

    Lost goes before new: of an account that began in the earlier window and has no row in this one, domain.md says
    both; the later word is that it is gone.
    """
    before, now, steady = three(case, account_id)
    if not now.rows:
        return "lost"
    if not before.rows or is_new(case, account_id, "", 1):
        return "new"
    return "both" if (before.revenue or ZERO) > 0 and (steady.revenue or ZERO) > 0 else "no_revenue"


def _rates(case: Case, both: list[tuple[Figures, Figures]]) -> dict[str, Decimal]:
    """size, mix and the two rates over accounts with revenue in both windows, at the earlier rates."""
    revenue0 = sum((_known(before.revenue) for before, _ in both), ZERO)
    revenue1 = sum((_known(now.revenue) for _, now in both), ZERO)
    if not both:
        return {}
    profit0 = sum((_known(before.profit) for before, _ in both), ZERO)
    mix = gross = serve = ZERO
    for before, now in both:
        r0, r1 = _known(before.revenue), _known(now.revenue)
        mix += (r1 / revenue1 - r0 / revenue0) * _known(before.profit) / r0
        gross += r1 * (_known(now.gross_margin) / r1 - _known(before.gross_margin) / r0)
        if case.basis == "contribution":
            serve -= r1 * (_known(now.cost_to_serve) / r1 - _known(before.cost_to_serve) / r0)
    return {
        "size": (revenue1 - revenue0) * profit0 / revenue0,
        "mix": revenue1 * mix,
        "gross_margin_rate": gross,
        "cost_to_serve_rate": serve,
    }


def _known(value: Decimal | None) -> Decimal:
    """A value that the choice of accounts has made certain."""
    assert value is not None
    return value
