"""What the lines of the Brief say of sponsors, leaders, factors, plans and negotiations."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from kaptui.text import count, money, share
from kaptui.text import day as day_told
from tests.reference.brief_words import (
    LONGEST,
    NAMED,
    Line,
    behind,
    by_id,
    first,
    largest,
    missing,
    named,
    names,
    part,
    revenues,
    short,
    toward,
    was,
    worth,
)
from tests.reference.case import Case
from tests.reference.changes import on
from tests.reference.facts import Row
from tests.reference.mechanisms import negotiation
from tests.reference.money import (
    ZERO,
    figures,
    ratio,
    total,
)
from tests.reference.plans import health
from tests.reference.scores import colour, factor_summary, indexes
from tests.reference.sponsorship import (
    any_touch,
    is_silent,
    names_people,
    no_live_sponsor,
    side_of,
    sides_held,
    sponsor_load,
)


def without_sponsor(case: Case) -> Line:
    """Line 5: neither side covered or new."""
    if (lacking := no_cover(case)) is not None:
        return lacking
    told = {key: no_live_sponsor(case, key) for key in case.chosen_programme}
    known = [key for key in told if told[key] is not None]
    if not known:
        return Line("not known: no sponsor has a touch")
    ids = largest(case, (key for key in known if told[key]))
    base = count("account", len(known))
    then = {key: no_live_sponsor(on(case, case.since), key) for key in known}
    both = [key for key in known if then[key] is not None]
    before = was(sum(then[key] is True for key in both), len(both), len(known))
    was_share, direction = _revenue_without(case, told, then, len(both) == len(known))
    if both and direction is None:
        direction = toward(sum(then[key] is True for key in both) - sum(told[key] is True for key in both), 1)
    weight = worth(case, ids, case.chosen_programme, was_share)
    said = f"{weight} has none on either side, at {len(ids)} of {base}{before}{names(case, ids, revenues(case, ids))}"
    said = said if ids else f"none of {base}{before}"
    unknown = sum(figures(case, key).revenue is None for key in told)
    said += f"; revenue of {unknown} unknown" if unknown else ""
    said += f"; {len(told) - len(known)} cannot be judged" if len(known) < len(told) else ""
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    brief = f"{len(ids)} of {len(known)}{before}{part(revenue)}{first(case, ids)}" if ids else ""
    if ids and was_share and revenue is not None:
        now = ratio(revenue, total(figures(case, key).revenue for key in told))
        brief = f"{money(revenue)} revenue, {share(now)}{was_share.replace(', ', ' (')}), at {len(ids)} of {len(known)}"
    brief = brief or f"none of {len(known)}{before}"
    return Line(said, ids, revenue, direction, "reason:no_live_sponsor", brief, beside=revenues(case, ids))


HALF_A_POINT = 0.005
TWO_ROWS = 88
NONE = "none"


def _revenue_without(
    case: Case, now: dict[str, bool | None], then: dict[str, bool | None], comparable: bool
) -> tuple[str, str | None]:
    """What the share of revenue was at the review, in words, and the verdict where it moved by half a point.

    Of the revenue of twelve months at either date; said beside a share of that window only.
    """
    before, after = shares_without(case, now, then)
    if before is None or after is None or not comparable:
        return "", None
    better = round(before - after, 9)
    said = f", was {share(before)}" if case.window == "ttm" else ""
    return said, toward(better, HALF_A_POINT) if abs(better) >= HALF_A_POINT else None


def shares_without(
    case: Case, now: dict[str, bool | None], then: dict[str, bool | None]
) -> tuple[float | None, float | None]:
    """The share of twelve months' revenue that has no live sponsor: at the review, and now."""
    shares = []
    for day, told in ((case.since, then), (case.as_of, now)):
        year = {key: figures(on(case, day), key, "ttm").revenue for key in now}
        without = [year[key] for key in now if told.get(key)]
        shares.append(ratio(total(without) if without else ZERO, total(year.values())))
    return shares[0], shares[1]


def no_cover(case: Case) -> Line | None:
    """Why nobody's cover can be told."""
    for table in ("sponsorship", "activity"):
        if case.facts.empty(table):
            return missing(table)
    return None if names_people(case.facts) else Line("not known: too few activities name a known person")


def _silent(case: Case, person_id: str) -> bool:
    """No side on time; where no sponsor of the file has a touch, nobody is known to be silent."""
    return any_touch(case) and is_silent(case, person_id)


def concerned_leaders(case: Case) -> dict[str, Row]:
    """The leaders over the limit, silent or leaving: with whom most revenue loses cover first."""
    found = {row["person_id"]: row for row in sponsor_load(case)}
    kept = [key for key, row in found.items() if row["load"] == "over" or row["orphan_risk"] or _silent(case, key)]
    kept.sort(
        key=lambda key: (
            -round(found[key]["lost_revenue"] or ZERO, 2),
            found[key]["revenue"] is None,
            -round(found[key]["revenue"] or ZERO, 2),
            key,
        )
    )
    return {key: found[key] for key in kept}


def leaders(case: Case) -> Line:
    """Line 6: who is over the limit, silent or leaving, with what hangs on them."""
    if case.facts.empty("sponsorship"):
        return missing("sponsorship")
    every, found = sponsor_load(case), concerned_leaders(case)
    if not every:
        return Line("no leader is assigned", [])
    limit = f"the limit of {case.setting('load_over'):g} accounts"
    over = sum(row["load"] == "over" for row in every)
    silent = sum(_silent(case, row["person_id"]) for row in every)
    leaving = sum(row["orphan_risk"] for row in every)
    parts = [f"{over or 'none'} over {limit}"]
    parts += [f"{silent or 'none'} silent" if any_touch(case) else "silence not known"]
    parts += [f"{leaving or 'none'} leaving"]
    then = len(concerned_leaders(on(case, case.since)))
    ids = largest(case, {key for person in found for key, _ in sides_held(case)[person]})
    said = f"{len(found) or 'none'} of {count('leader', len(every))} (was {then}): {', '.join(parts)}"
    if ids:
        said += f"; {'carries' if len(found) == 1 else 'carry'} {count('account', len(ids))}, "
        said += worth(case, ids, case.chosen_programme)
        said += "; at risk if they go: " if any_touch(case) else ": "
        said += "" if len(found) <= NAMED else "largest "
        said += ", ".join(_with_loss(case, key, found[key]) for key in list(found)[:NAMED])
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    brief = f"none of {len(every)} over the limit{', silent' if any_touch(case) else ''} or leaving"
    unheard = "" if any_touch(case) else "silence not known"
    brief += f"; {unheard}" if unheard else ""
    who = ""
    if found:
        first_three = {key: found[key] for key in list(found)[:NAMED]}
        told = ", ".join(_in_words(case, key, row, nth) for nth, (key, row) in enumerate(first_three.items()))
        told += f"; {unheard}" if unheard else "" if silent else "; none silent"
        others = f"{unheard or f'{silent or NONE} silent'}, {leaving or 'none'} leaving"
        kinds = f"of {len(every)}: {over or 'none'} over, {others}"
        if len(found) <= NAMED and len(told) <= TWO_ROWS:
            brief = told
            who = f"of {count('leader', len(every))}: {over or 'none'} over the limit of {case.setting('load_over'):g}"
            who += f", {others.replace('silent', 'silent everywhere')}"
        else:
            tell = _at_risk if any_touch(case) else _with_kinds
            brief, who = kinds, ", ".join(tell(case, key, row) for key, row in first_three.items())
    where = _by_sponsor(case, found) or by_id(ids) or ""
    return Line(said, ids, revenue, toward(then - len(found), 1), where, brief, who=who)


def _with_kinds(case: Case, person_id: str, row: Row) -> str:
    """A leader and what is the matter."""
    load = count("account", row["accounts_all"])
    kinds = {load: row["load"] == "over", "silent": _silent(case, person_id), "leaving": row["orphan_risk"]}
    return f"{short(row['name'])} ({', '.join(word for word, holds in kinds.items() if holds)})"


def _in_words(case: Case, person_id: str, row: Row, nth: int) -> str:
    """A leader over the limit, silent, leaving, or some of them, and what loses cover without them."""
    kinds = {"over the limit": row["load"] == "over", "silent": _silent(case, person_id), "leaving": row["orphan_risk"]}
    said = f"{short(row['name'])} {' and '.join(word for word, holds in kinds.items() if holds)}"
    lost = "nothing" if not row["lost_accounts"] else money(row["lost_revenue"])
    return f"{said} ({lost}{'' if nth else ' at risk'})" if any_touch(case) else said


def _with_loss(case: Case, person_id: str, row: Row) -> str:
    """The same, and what loses cover without them where touches tell."""
    said = _with_kinds(case, person_id, row)
    return f"{said} {_lost(row)}" if any_touch(case) else said


def _at_risk(case: Case, person_id: str, row: Row) -> str:
    """A leader and what loses cover without them."""
    return f"{short(row['name'])} {_lost(row)}"


def _lost(row: Row) -> str:
    return "none" if not row["lost_accounts"] else money(row["lost_revenue"])


def _by_sponsor(case: Case, found: dict[str, Row]) -> str:
    """The filter that names the leaders; none where a name is nobody's alone or cannot be typed."""
    names_ = [row["name"] for row in found.values()]
    text = " ".join('sponsor:"' + name + '"' for name in names_)
    every = [row["name"].lower() for row in sponsor_load(case.everyone)]
    plain = all(re.search(r'[*"\x00-\x1f]', name) is None and name.strip() for name in names_)
    return text if plain and len(text) <= LONGEST and all(every.count(one.lower()) == 1 for one in names_) else ""


def exposed(case: Case) -> Line:
    """Line 10: before a negotiation, nobody live at the customer, and no leader named."""
    if (lacking := no_cover(case)) is not None:
        return lacking
    told = {key: negotiation(case, key) for key in case.chosen_programme}
    ahead = [key for key in told if told[key]["negotiation_ahead"]]
    known = [key for key in ahead if side_of(case, key, "external").status is not None]
    if not ahead:
        return Line("no year-end negotiation is planned", [], ZERO)
    if not known:
        return Line("not known: no sponsor has a touch")
    ids = largest(case, (key for key in known if told[key]["negotiation_exposed"]))
    base = count("account", len(known))
    said = f"{len(ids)} of {base}, {worth(case, ids, case.chosen_programme)}," if ids else f"none of {base}"
    said += f" {'go' if len(ids) > 1 else 'goes'} into a year-end negotiation without a leader of ours at customer"
    dates = {key: told[key]["negotiation_planned_on"] for key in ids}
    beside = {key: f"({day_told(dates[key])})" if dates[key] else "(no date yet)" for key in ids}
    said += names(case, ids, beside)
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    brief = f"none of {count('negotiation', len(known))}"
    if ids:
        brief = f"{len(ids)} of {count('negotiation', len(known))}{part(revenue)}{first(case, ids)}"
    who = f"no live sponsor at customer, no leader named: {behind(case, ids, beside)}" if ids else ""
    return Line(said, ids, revenue, None, "year_end:alone", brief, who=who)


def weakest_factor(case: Case) -> Line:
    """Line 7: the lowest weighted mean, and where nothing is known."""
    if case.facts.empty("assessment"):
        return missing("assessment")
    found = weakest(case)
    if found is None:
        return Line("not known: no score is valid")
    low, level = found
    index = Decimal(str(level)).quantize(Decimal(1), ROUND_HALF_UP)
    weighed = "by account" if low["weighted_mean"] is None else "by revenue"
    base = f"scored at {low['accounts_known']} of {count('account', low['accounts'])}"
    reds = largest(
        case, (key for key in case.chosen_programme if colour(case, indexes(case, key).get(low["code"])) == "red")
    )
    red = f"red at {len(reds)}, {worth(case, reds, case.chosen_programme)}{names(case, reds)}" if reds else "none red"
    said = f"{short(low['name'])}: {index} of 100 {weighed}{_since_review(low['change'])}, {base}; {red}"
    unknown_ids = largest(case, (key for key in case.chosen_programme if indexes(case, key).get(low["code"]) is None))
    if unknown_ids:
        part_unknown = low["revenue_known_share"]
        of_revenue = "" if part_unknown is None else f" ({share(round(1 - part_unknown, 9))} of revenue)"
        said += f"; unscored at {len(unknown_ids)}{of_revenue}{names(case, unknown_ids)}"
    direction = None if low["change"] is None else toward(low["change"], 1e-6)
    head = low["name"].split(",")[0].strip() or low["code"]
    brief = f"{short(head)} {index}/100; {len(reds) or 'none'} of {low['accounts_known']} red"
    unknown = low["accounts"] - low["accounts_known"]
    brief += f", {unknown} unscored" if unknown else ""
    parts = [f"red: {behind(case, reds)}" if reds else ""]
    parts += [f"unscored: {named(case, unknown_ids)}" if unknown_ids else ""]
    who = "; ".join(filter(None, parts))
    return Line(said, reds, None, direction, "", brief, who=who)


def weakest(case: Case) -> tuple[Row, float] | None:
    """The factor with the lowest mean, weighted where revenue is known, and that mean."""
    rows = [row for row in factor_summary(case) if row["mean"] is not None]

    def level(row: Row) -> float:
        return round(float(row["mean"] if row["weighted_mean"] is None else row["weighted_mean"]), 6)

    low = min(rows, key=lambda row: (level(row), row["factor_id"]), default=None)
    return None if low is None else (low, level(low))


def _since_review(change: float | None) -> str:
    """The move in points, where it can be seen with one digit."""
    seen = Decimal(str(round(change or 0, 6))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f" ({float(seen):+g} on average since the review)" if seen else ""


PLAN_WORDS = {
    "none": "without a plan",
    "expired": "expired",
    "unreviewed": "not reviewed",
    "slipping": "slipping",
}


def plans_not_alive(case: Case) -> Line:
    """Line 8: every health but alive."""
    if case.facts.empty("plan"):
        return missing("plan")
    found = {key: health(case, key) for key in case.chosen_programme}
    ids = largest(case, (key for key in found if found[key] != "alive"))
    base = count("account", len(found))
    counts = {state: list(found.values()).count(state) for state in PLAN_WORDS}
    told = ", ".join(f"{number} {PLAN_WORDS[state]}" for state, number in counts.items() if number)
    then = sum(health(on(case, case.since), key) != "alive" for key in found)
    before = was(then, len(found), len(found))
    said = f"{len(ids)} of {base}{before}, {worth(case, ids, case.chosen_programme)}; {told}"
    said += names(case, ids, revenues(case, ids))
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    where = "plan:none plan:expired plan:unreviewed plan:slipping"
    brief = f"{len(ids)} of {len(found)}{before}, {worth(case, ids, case.chosen_programme)}" if ids else ""
    brief = brief or f"none of {len(found)}{before}"
    said = said if ids else f"none of {base}{before}"
    return Line(said, ids, revenue, toward(then - len(ids), 1), where, brief, beside=revenues(case, ids))
