"""The number of each line of the Brief, with what it was and how far it moved.

Where domain.md is silent: over what is known at both dates, so that the three are of one base; a year earlier in lines
2 and 4, the review elsewhere. The mean of a factor moves over scores valid at both dates: what it was is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from tests.reference.bridge import profit_bridge
from tests.reference.brief_people import concerned_leaders, no_cover, shares_without, weakest
from tests.reference.case import Case
from tests.reference.changes import on, profit_since
from tests.reference.mechanisms import negotiation
from tests.reference.money import ZERO, empty_growth, figures, growth, quadrant
from tests.reference.plans import health
from tests.reference.sponsorship import no_live_sponsor, side_of, sponsor_load
from tests.reference.value import co_innovation

Number = Decimal | float | int | None
Measured = tuple[str | None, Number, Number, Number]
"""Of what, how much, how much it was, and the change."""
NOTHING: Measured = (None, None, None, None)


def _moved(measure: str, now: Decimal | float, before: Decimal | float) -> Measured:
    return measure, now, before, Decimal(str(now)) - Decimal(str(before))


def _worse(case: Case) -> Measured:
    rows = [row for row in profit_since(case) if row["standing"] == "known"]
    now, before = (sum((row[day] for row in rows), ZERO) for day in ("after", "before"))
    return _moved("profit", now, before) if rows else NOTHING


def _grown(case: Case) -> Measured:
    known = [key for key in case.chosen_programme if empty_growth(case, key) is not None]
    grown = [key for key in known if empty_growth(case, key)]
    now = sum((figures(case, key).profit or ZERO for key in grown), ZERO)
    fall = sum((growth(case, key)[1] or ZERO for key in grown), ZERO)
    return ("profit", now, now - fall, fall) if known else NOTHING


def _losses(case: Case) -> Measured:
    rows = [row for row in profit_since(case) if row["standing"] == "known"]
    now, before = (sum((min(row[day], ZERO) for row in rows), ZERO) for day in ("after", "before"))
    return _moved("losses", now, before) if rows else NOTHING


def _bridge(case: Case) -> Measured:
    amounts = {row["step"]: row["amount"] for row in profit_bridge(case)}
    return NOTHING if amounts["end"] is None else _moved("profit", amounts["end"], amounts["start"])


def _cover(case: Case) -> Measured:
    if no_cover(case) is not None:
        return NOTHING
    told = {key: no_live_sponsor(case, key) for key in case.chosen_programme}
    then = {key: no_live_sponsor(on(case, case.since), key) for key in told if told[key] is not None}
    both = [key for key in then if then[key] is not None]
    if not both:
        return NOTHING
    before, now = shares_without(case, told, then)
    if before is not None and now is not None and len(both) == len(then):
        return _moved("share", now, before)
    return _moved("accounts", sum(told[key] is True for key in both), sum(then[key] is True for key in both))


def _leaders(case: Case) -> Measured:
    if not sponsor_load(case):
        return NOTHING
    return _moved("leaders", len(concerned_leaders(case)), len(concerned_leaders(on(case, case.since))))


def _factor(case: Case) -> Measured:
    found = weakest(case)
    return ("points", found[1], None, found[0]["change"]) if found else NOTHING


def _plans(case: Case) -> Measured:
    if case.facts.empty("plan"):
        return NOTHING
    now, before = (
        sum(health(day, key) != "alive" for key in case.chosen_programme) for day in (case, on(case, case.since))
    )
    return _moved("accounts", now, before)


def _right(case: Case) -> Measured:
    rich = {key for key in case.ids if quadrant(case, key) in ("protect", "invest")}
    rows = [row for row in co_innovation(case) if row["running"] and row["own_commitment"] is not None]
    own = sum((row["own_commitment"] for row in rows), ZERO)
    there = sum((row["own_commitment"] for row in rows if row["account_id"] in rich), ZERO)
    return ("share", there / own, None, None) if own > 0 else NOTHING


def _exposed(case: Case) -> Measured:
    told = {key: negotiation(case, key) for key in case.chosen_programme}
    ahead = [key for key in told if told[key]["negotiation_ahead"]]
    known = [key for key in ahead if side_of(case, key, "external").status is not None]
    if no_cover(case) is not None or (ahead and not known):
        return NOTHING
    return "accounts", sum(bool(told[key]["negotiation_exposed"]) for key in known), None, None


MEASURES: Mapping[int, Callable[[Case], Measured]] = {
    1: _worse,
    2: _grown,
    3: _losses,
    4: _bridge,
    5: _cover,
    6: _leaders,
    7: _factor,
    8: _plans,
    9: _right,
    10: _exposed,
}
