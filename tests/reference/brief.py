"""The Brief: the ten questions of a board meeting, each answered in one sentence with its base.

Over 350 lines because the ten sentences stand in one list. Where domain.md is silent: directions compare with the
review point; what compares with a year earlier (lines 2 and 4), or has no dated past of its own (9, 10), says none.
A line's accounts are those that its sentence counts; where it tells what moved (lines 1 and 4), those it names. Of a
line that no field of the filter can tell, the filter names the accounts by id, at most 40, else by the fields next to
it. Numbers and amounts are written by kaptui.text; the engine writes them in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kaptui.text import count, money, share
from tests.reference.attention import raised
from tests.reference.bridge import left_out, profit_bridge, three
from tests.reference.case import Case
from tests.reference.changes import changes, on, profit_since
from tests.reference.facts import Row
from tests.reference.mechanisms import negotiation
from tests.reference.money import (
    ZERO,
    booked_range,
    by_revenue,
    empty_growth,
    figures,
    growth,
    history_known,
    months_known_before,
    position,
    programme_margin,
    quadrant,
    ratio,
    total,
    value_priced_share,
    window_months,
)
from tests.reference.plans import health
from tests.reference.scores import colour, factor_summary, indexes, pair
from tests.reference.sponsorship import (
    any_touch,
    is_silent,
    names_people,
    no_live_sponsor,
    side_of,
    sides_held,
    sponsor_load,
)
from tests.reference.value import bridge_accounts, co_innovation

CENT = Decimal("0.005")
NAMED = 3
BY_ID = 40
LONGEST = 3000
SHORT_NAME = 40


@dataclass(frozen=True)
class Line:
    """What one question comes to. `ids` are its accounts, the largest first; None: not known."""

    answer: str
    ids: list[str] | None = None
    amount: Decimal | None = None
    direction: str | None = None
    where: str = ""
    short: str | None = None
    verdict: str | None = None


OF_THE_WHOLE = (1, 4, 7, 9)
"""Lines whose sums or means run over all that are chosen: their evidence is shown without a filter."""
QUESTIONS: tuple[tuple[str, str, bool], ...] = (
    ("What got worse", "changes", True),
    ("Revenue up, profit down", "value", False),
    ("Who drags profit", "value", True),
    ("What moved profit", "value", True),
    ("No live sponsor", "sponsors", False),
    ("Leaders", "sponsors", False),
    ("Weakest factor", "factors", False),
    ("Plans not alive", "plans", False),
    ("Co-innovation, pricing", "value", True),
    ("Before negotiations", "sponsors", False),
)
"""The short name, the screen that holds the evidence, and whether accounts that left the programme take part."""


def brief(case: Case) -> list[Row]:
    """Ten rows, in the order of domain.md."""
    return [_row(case, number) for number in range(1, 11)]


def _row(case: Case, number: int) -> Row:
    question, screen, of_money = QUESTIONS[number - 1]
    every = case.ids if of_money else case.chosen_programme
    line = LINES[number - 1](case) if every else Line("no account is chosen")
    ids, whole = line.ids, total(figures(case, key).revenue for key in every)
    revenue = None if ids is None else total(figures(case, key).revenue for key in ids) if ids else ZERO
    said = line.answer.replace(" and load again", "") if line.short is None else line.short
    return {
        "number": number,
        "question": question,
        "answer": line.answer[:1].upper() + line.answer[1:],
        "accounts": None if ids is None else len(ids),
        "revenue": revenue,
        "revenue_share": ratio(revenue, whole),
        "amount": line.amount,
        "direction": line.direction,
        "screen": screen,
        "filter": (line.where or by_id(ids)) if ids and number not in OF_THE_WHOLE else None,
        "short": said[:1].upper() + said[1:],
        "verdict": line.verdict,
    }


# Words


def missing(table: str) -> Line:
    """A line without facts says which file is missing."""
    return Line(f"not known: fill {table}.csv and load again")


def short(name: str) -> str:
    """A name in a sentence: a long one is cut."""
    return name if len(name) <= SHORT_NAME else name[: SHORT_NAME - 1] + "…"


def names(case: Case, ids: list[str]) -> str:
    """The names of the first three, and that there are more."""
    told = ", ".join(short(case.facts.accounts[key]["name"]) for key in ids[:NAMED])
    return (": " if len(ids) <= NAMED else "; largest ") + told if ids else ""


def first(case: Case, ids: list[str]) -> str:
    """The first of the accounts, at the end of a short answer."""
    return f": {short(case.facts.accounts[ids[0]]['name'])}" if ids else ""


def was(before: int, then_known: int, known: int) -> str:
    """How many there were at the review, of those known at both dates where these are fewer."""
    if not then_known:
        return ""
    return f" (was {before})" if then_known == known else f" (was {before} of {then_known} known then)"


def part(amount: Decimal | None) -> str:
    """An amount in a short answer; nothing where it is unknown."""
    return "" if amount is None else f", {money(amount)}"


def worth(case: Case, ids: list[str], every: list[str], before: str = "") -> str:
    """Revenue of the accounts and its share, with what it was; that it is not known where it is not."""
    revenue = total(figures(case, key).revenue for key in ids)
    part = ratio(revenue, total(figures(case, key).revenue for key in every))
    if revenue is None:
        return "revenue unknown"
    return f"{money(revenue)} revenue" + ("" if part is None else f" ({share(part)}{before})")


def largest(case: Case, ids: Iterable[str]) -> list[str]:
    """The accounts by revenue."""
    return sorted(ids, key=lambda key: by_revenue(case, key))


def moved(amount: Decimal) -> str:
    """What an amount did."""
    if abs(amount) < CENT:
        return "did not move"
    return f"{'fell' if amount < 0 else 'rose'} by {money(abs(amount))}"


def toward(change: Decimal | float, least: Decimal | float = CENT) -> str:
    """worse below zero, better above, else neither."""
    return "worse" if change <= -least else "better" if change >= least else "neither"


def by_id(ids: list[str] | None, otherwise: str = "") -> str | None:
    """The filter that names these accounts, or the one to take where they are too many; None for none at all."""
    text = " ".join(f"account_id:{_written(key)}" for key in sorted(ids or ()))
    fits = bool(ids) and len(ids or ()) <= BY_ID and len(text) <= LONGEST
    return text if fits else otherwise or None


def _written(value: str) -> str:
    return value if re.fullmatch(r"[A-Za-z0-9_.-]+", value) else '"' + value.replace('"', '""') + '"'


# Money


def got_worse(case: Case) -> Line:
    """Line 1: falls of profit, and falls of scores, never as one number."""
    rows = [row for row in profit_since(case) if row["standing"] == "known"]
    falls = sorted((row for row in rows if row["effect"] <= -CENT), key=lambda row: (row["effect"], row["account_id"]))
    scores = _score_falls(case)
    ids = list(dict.fromkeys([*(row["account_id"] for row in falls[:NAMED]), *list(scores)[:NAMED]]))
    change = total(row["effect"] for row in rows)
    no_scores = case.facts.empty("assessment")
    if booked_range(case.facts) is None and no_scores:
        return missing("financial_period")
    direction = toward(change) if change is not None else "worse" if scores else None
    known = rows or _pairs(case)
    answer = f"{_profit_told(case, rows, falls)}; {_scores_told(case, scores)}"
    brief = _worse_in_short(case, rows, falls, scores) if known else None
    return Line(answer, ids if known else None, change, direction, "", brief)


def _deep(falls: list[Row]) -> str:
    """What those that earn less lost together; nothing where there are none."""
    return f" {money(-sum((row['effect'] for row in falls), ZERO))}" if falls else ""


def _worse_in_short(case: Case, rows: list[Row], falls: list[Row], scores: dict[str, list[float]]) -> str:
    parts = []
    if rows:
        change = total(row["effect"] for row in rows) or ZERO
        net = "" if abs(change) < CENT else f", net {money(change, signed=True)}"
        parts.append(f"{len(falls) or 'none'} of {len(rows)} down{_deep(falls)}{net}")
    if scores:
        parts.append(f"{count('score', sum(len(one) for one in scores.values()))} fell")
    elif _pairs(case):
        parts.append("no score fell")
    return "; ".join(parts)


def _profit_told(case: Case, rows: list[Row], falls: list[Row]) -> str:
    if booked_range(case.facts) is None:
        return "profit is not known: fill financial_period.csv"
    if not rows:
        return "no profit is known at both dates"
    told = ", ".join(f"{short(row['name'])} {money(row['effect'])}" for row in falls[:NAMED])
    verb = "earn" if len(falls) > 1 else "earns"
    unknown = f"; {len(case.ids) - len(rows)} unknown" if len(rows) < len(case.ids) else ""
    said = f"{len(falls) or 'none'} of {count('account', len(rows))} {verb}{_deep(falls)} less than at the review"
    said += f" (12 months{unknown})" + (f": {told}" if told else "")
    change = total(row["effect"] for row in rows) or ZERO
    if not falls:
        return f"{said}; in all profit {moved(change)}"
    return said + f"; net of gains {'unchanged' if abs(change) < CENT else money(change, signed=True)}"


def _pairs(case: Case) -> bool:
    """Whether any score is known at both dates."""
    factors = [factor["factor_id"] for factor in case.facts["success_factor"]]
    return any(pair(case, key, one)["change"] is not None for key in case.chosen_programme for one in factors)


def _score_falls(case: Case) -> dict[str, list[float]]:
    """The falls of scores by account: the deepest first, then the largest."""
    found: dict[str, list[float]] = {}
    for row in changes(case):
        if (row["kind"], row["measure"], row["direction"]) == ("fact", "score", "worse"):
            found.setdefault(row["account_id"], []).append(row["points"])
    return {
        key: found[key] for key in sorted(found, key=lambda key: (round(min(found[key]), 6), *by_revenue(case, key)))
    }


def _scores_told(case: Case, falls: dict[str, list[float]]) -> str:
    if case.facts.empty("assessment"):
        return "scores are not known: fill assessment.csv"
    if not _pairs(case):
        return "no score is known at both dates"
    if not falls:
        return "no score fell"
    every = [points for one in falls.values() for points in one]
    told = ", ".join(short(case.facts.accounts[key]["name"]) for key in list(falls)[:NAMED])
    deepest = f"{round(-min(every), 1):g}"
    return f"{count('score', len(every))} fell at {count('account', len(falls))}, up to {deepest} points: {told}"


def growth_without_profit(case: Case) -> Line:
    """Line 2: more revenue and less profit than a year earlier."""
    if booked_range(case.facts) is None:
        return missing("financial_period")
    known = [key for key in case.chosen_programme if empty_growth(case, key) is not None]
    if not known:
        return Line(f"not known: {_not_compared(case)}")
    base = count("account", len(known))
    rest = f"; {lacking} not comparable" if (lacking := len(case.chosen_programme) - len(known)) else ""
    falls = {key: growth(case, key)[1] or ZERO for key in known if "empty_growth" in raised(case, key)}
    ids = sorted(falls, key=lambda key: (round(falls[key], 2), key))
    if not ids:
        return Line(f"none of {base}{rest}", [], ZERO, short=f"none of {len(known)}")
    fall = sum(falls.values(), ZERO)
    verb = "earns" if len(ids) == 1 else "earn"
    said = f"{len(ids)} of {base}, {worth(case, ids, case.chosen_programme)}, {verb} {money(-fall)} less"
    revenue = total(figures(case, key).revenue for key in ids)
    brief = f"{len(ids)} of {len(known)}" + ("" if revenue is None else f" ({money(revenue)} revenue)")
    brief += f" {verb} {money(-fall)} less"
    return Line(f"{said} than a year earlier{names(case, ids)}{rest}", ids, fall, None, "reason:empty_growth", brief)


def _not_compared(case: Case) -> str:
    booked = booked_range(case.facts)
    if booked is not None and not history_known(case):
        whole = len(window_months(case))
        return f"history begins {booked[0]:%b %Y}: {months_known_before(case)} of {whole} months a year earlier"
    return "no account can be compared with a year earlier"


def drags(case: Case) -> Line:
    """Line 3: losses summed, and what programme margin would be worth."""
    if booked_range(case.facts) is None:
        return missing("financial_period")
    profits = {key: found for key in case.ids if (found := figures(case, key).profit) is not None}
    if not profits:
        return Line("not known: no account has a known profit")
    ids = sorted((key for key in profits if profits[key] < 0), key=lambda key: (profits[key], key))
    loss, base = sum((profits[key] for key in ids), ZERO), count("account", len(profits))
    verb = "loses" if len(ids) == 1 else "lose"
    said = f"{len(ids)} of {base} {verb} {money(-loss)}{_which(case, ids)}{names(case, ids)}"
    said = said if ids else f"none of {base} loses money"
    since = [row for row in profit_since(case) if row["standing"] == "known"]
    then, now = (sum((min(row[day], ZERO) for row in since), ZERO) for day in ("before", "after"))
    if now - then >= CENT:
        said += f"; {money(now - then)} less lost than at the review"
    stakes = [position(case, key)["value_at_stake"] for key in case.ids]
    below = [stake for stake in stakes if stake is not None and stake >= CENT]
    margin = programme_margin(case)
    stake = ""
    if below and margin is not None:
        stake = f"; {len(below)} below margin: {money(sum(below, ZERO), signed=True)}"
        said += (
            f"; {len(below)} below programme margin ({share(margin)}) would earn {money(sum(below, ZERO))} more at it"
        )
    unknown = len(case.ids) - len(profits)
    said += f"; {unknown} unknown" if unknown else ""
    brief = f"{len(ids)} of {len(profits)} {verb} {money(-loss)}" if ids else f"none of {len(profits)} loses money"
    brief += stake or first(case, ids)
    return Line(said, ids, loss, toward(now - then) if since else None, "profit<0", brief)


def _which(case: Case, ids: list[str]) -> str:
    """Which of the losing accounts the Overview does not count: those that left, and those that lose very little."""
    exited = sum(case.exited(key) for key in ids)
    slight = sum(not raised(case, key)["loses_money"] for key in ids if not case.exited(key))
    parts = [f"{exited} exited"] if exited else []
    least = share(case.exact("material_share"))
    parts += [f"{slight} by under {least} of revenue"] if slight else []
    return f" ({', '.join(parts)})" if parts else ""


STEP_WORDS = {
    "size": "size",
    "mix": "mix of accounts",
    "gross_margin_rate": "gross-margin rate",
    "cost_to_serve_rate": "cost-to-serve rate",
    "new": "new accounts",
    "lost": "lost accounts",
    "no_revenue": "accounts without revenue",
    "currency": "currency",
}


def profit_moved(case: Case) -> Line:
    """Line 4: the largest step down and up of the bridge."""
    if booked_range(case.facts) is None:
        return missing("financial_period")
    amounts = {row["step"]: row["amount"] for row in profit_bridge(case)}
    if amounts["end"] is None:
        return Line(f"not known: {_not_compared(case)}")
    steps = {step: round(amounts[step], 2) for step in STEP_WORDS}
    down = min(steps, key=lambda step: steps[step])
    up = max(steps, key=lambda step: steps[step])
    parts, told = [], ""
    if steps[down] < 0:
        told = down
        parts.append(f"{STEP_WORDS[down]} {money(amounts[down])}")
    if steps[up] > 0:
        told = told or up
        parts.append(f"{STEP_WORDS[up]} {money(amounts[up], signed=True)}")
    rows = [row for row in bridge_accounts(case) if row["step"] == told]
    sign = -1 if told == down and steps[down] < 0 else 1
    rows = [row for row in rows if sign * row["amount"] >= CENT]
    rows.sort(key=lambda row: (-sign * round(row["amount"], 2), row["account_id"]))
    ids = [row["account_id"] for row in rows[:NAMED]]
    if ids:
        parts[0] += f" ({', '.join(short(case.facts.accounts[key]['name']) for key in ids)})"
    base = sum(any(one.rows for one in three(case, key)[:2]) and not left_out(case, key) for key in case.ids)
    change = amounts["end"] - amounts["start"]
    without = profit_bridge(case)[0]["left_out"]
    said = f"profit of {count('account', base)} {moved(change)} on a year earlier"
    said += f"; most by {' and '.join(parts)}" if parts else ""
    said += f"; {without} not comparable" if without else ""
    brief = f"profit {moved(change)} in a year"
    if told:
        all_in_all = "unchanged" if abs(change) < CENT else money(change, signed=True)
        step = f"{STEP_WORDS[told]} {money(amounts[told], signed=told != down or steps[down] >= 0)}"
        brief = f"in a year {all_in_all}: {step}"
    return Line(said, ids, change, None, "", brief)


def right_accounts(case: Case) -> Line:
    """Line 9: whether co-innovation money and value pricing go to the accounts that earn programme margin.

    Right where those get at least their share of revenue, and are value priced at least as much as others; partly where
    one of the two holds.
    """
    rich = {key for key in case.ids if quadrant(case, key) in ("protect", "invest")}
    rows = [row for row in co_innovation(case) if row["running"]]
    known = [row for row in rows if row["own_commitment"] is not None]
    own = sum((row["own_commitment"] for row in known), ZERO)
    rest: dict[str, Decimal] = {}
    for row in known:
        if row["account_id"] not in rich and row["own_commitment"] > 0:
            rest[row["account_id"]] = rest.get(row["account_id"], ZERO) + row["own_commitment"]
    ids = sorted(rest, key=lambda key: (-rest[key], key))
    elsewhere = sum((row["own_commitment"] for row in known if row["account_id"] not in rich), ZERO)
    judged_money = own > 0
    if case.facts.empty("programme"):
        said = "co-innovation is not known: fill programme.csv"
    elif not rows:
        said = "no co-innovation programme is running"
    elif not judged_money:
        said = "no commitment to a running programme is known"
    else:
        said = (
            f"{share((own - elsewhere) / own)} of {money(own)} co-innovation money goes to accounts at programme margin"
        )
        said += f" ({share(_of_revenue(case, rich))} of revenue)"
        said += f", {money(elsewhere)} to {count('other', len(ids))}{names(case, ids)}" if ids else ""
        unknown = len(rows) - len(known)
        said += f"; {count('programme', unknown)} without a known amount" if unknown else ""
    told = ids if judged_money else [] if not case.facts.empty("programme") and not rows else None
    there, others = _value_priced(case, rich)
    judged = [] if there is None or others is None else [round(there, 9) >= round(others, 9)]
    brief = None
    if judged_money:
        judged.append(round(float((own - elsewhere) / own), 9) >= round(float(_of_revenue(case, rich)), 9))
        brief = f"{share((own - elsewhere) / own)} of {money(own)} goes to accounts at margin"
        if judged == [False, True]:  # what is wrong comes first
            brief = f"value priced {share(there)} at margin, {share(others)} elsewhere"
    verdict = None if not judged else "right" if all(judged) else "partly" if any(judged) else "wrong"
    said = f"{said}; {_priced(there, others)}"
    return Line(said, told, elsewhere if judged_money else None, None, "", brief, verdict)


def _of_revenue(case: Case, rich: set[str]) -> Decimal | float:
    return (
        ratio(total(figures(case, key).revenue for key in rich), total(figures(case, key).revenue for key in case.ids))
        or 0
    )


def _value_priced(case: Case, rich: set[str]) -> list[float | None]:
    """The value-priced share of revenue at the accounts at programme margin, and at the others."""
    parts = []
    for group in (rich, set(case.ids) - rich):
        found = [figures(case, key) for key in group if value_priced_share(figures(case, key)) is not None]
        parts.append(ratio(total(one.value_priced for one in found), total(one.priced for one in found)))
    return parts


def _priced(there: float | None, others: float | None) -> str:
    if there is None and others is None:
        return "value pricing is not known: fill revenue_value_priced in financial_period.csv"
    return f"value priced {share(there)} there, {share(others)} elsewhere"


# Sponsors


def without_sponsor(case: Case) -> Line:
    """Line 5: neither side covered or new."""
    if (lacking := _no_cover(case)) is not None:
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
    verb = "has" if len(ids) == 1 else "have"
    said = f"{len(ids)} of {base}{before} {verb} none on either side, "
    said += f"{worth(case, ids, case.chosen_programme, was_share)}{names(case, ids)}"
    said = said if ids else f"none of {base}{before}"
    unknown = sum(figures(case, key).revenue is None for key in told)
    said += f"; revenue of {unknown} unknown" if unknown else ""
    said += f"; {len(told) - len(known)} cannot be judged" if len(known) < len(told) else ""
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    brief = f"{len(ids)} of {len(known)}{before}{part(revenue)}{first(case, ids)}" if ids else ""
    if ids and was_share and revenue is not None:
        now = ratio(revenue, total(figures(case, key).revenue for key in told))
        brief = f"{len(ids)} of {len(known)}, was {sum(then[key] is True for key in both)}; "
        brief += f"{money(revenue)} ({share(now)}{was_share})"
    brief = brief or f"none of {len(known)}{before}"
    return Line(said, ids, revenue, direction, "reason:no_live_sponsor", brief)


HALF_A_POINT = 0.005


def _revenue_without(
    case: Case, now: dict[str, bool | None], then: dict[str, bool | None], comparable: bool
) -> tuple[str, str | None]:
    """What the share of revenue was at the review, in words, and the verdict where it moved by half a point.

    Of the revenue of twelve months at either date; said beside a share of that window only.
    """
    shares = []
    for day, told in ((case.since, then), (case.as_of, now)):
        year = {key: figures(on(case, day), key, "ttm").revenue for key in now}
        without = [year[key] for key in now if told.get(key)]
        shares.append(ratio(total(without) if without else ZERO, total(year.values())))
    before, after = shares
    if before is None or after is None or not comparable:
        return "", None
    better = round(before - after, 9)
    said = f", was {share(before)}" if case.window == "ttm" else ""
    return said, toward(better, HALF_A_POINT) if abs(better) >= HALF_A_POINT else None


def _no_cover(case: Case) -> Line | None:
    """Why nobody's cover can be told."""
    for table in ("sponsorship", "activity"):
        if case.facts.empty(table):
            return missing(table)
    return None if names_people(case.facts) else Line("not known: too few activities name a known person")


def _silent(case: Case, person_id: str) -> bool:
    """No side on time; where no sponsor of the file has a touch, nobody is known to be silent."""
    return any_touch(case) and is_silent(case, person_id)


def _concerned(case: Case) -> dict[str, Row]:
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
    every, found = sponsor_load(case), _concerned(case)
    if not every:
        return Line("no leader is assigned", [])
    limit = f"the limit of {case.setting('load_over'):g} accounts"
    over = sum(row["load"] == "over" for row in every)
    silent = sum(_silent(case, row["person_id"]) for row in every)
    leaving = sum(row["orphan_risk"] for row in every)
    parts = [f"{over or 'none'} of {count('leader', len(every))} over {limit}"]
    parts += [f"{silent or 'none'} silent" if any_touch(case) else "silence is not known"]
    parts += [f"{leaving or 'none'} leaving"]
    then = len(_concerned(on(case, case.since)))
    parts += [f"{len(found)} in all (was {then})"]
    ids = largest(case, {key for person in found for key, _ in sides_held(case)[person]})
    said = ", ".join(parts)
    if ids:
        said += f"; {'carries' if len(found) == 1 else 'carry'} {count('account', len(ids))}, "
        said += worth(case, ids, case.chosen_programme)
        said += "; cover lost without them: " if any_touch(case) else ": "
        said += "" if len(found) <= NAMED else "largest "
        said += ", ".join(_with_loss(case, key, found[key]) for key in list(found)[:NAMED])
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    kinds = {"over limit": over, "silent": silent if any_touch(case) else 0, "leaving": leaving}
    kind = ", ".join(f"{number} {word}" for word, number in kinds.items() if number)
    brief = f"none of {len(every)}"
    if found:
        hangs = f"{money(revenue)} on " if ids and revenue is not None else ""
        brief = f"{hangs}{len(found)} of {len(every)}: {kind}"
    where = _by_sponsor(case, found) or by_id(ids) or ""
    return Line(said, ids, revenue, toward(then - len(found), 1), where, brief)


def _with_loss(case: Case, person_id: str, row: Row) -> str:
    """A leader, what is the matter, and what loses cover without them where touches tell."""
    kinds = {"over": row["load"] == "over", "silent": _silent(case, person_id), "leaving": row["orphan_risk"]}
    said = f"{short(row['name'])} ({', '.join(word for word, holds in kinds.items() if holds)})"
    lost = "none" if not row["lost_accounts"] else money(row["lost_revenue"])
    return f"{said} {lost}" if any_touch(case) else said


def _by_sponsor(case: Case, found: dict[str, Row]) -> str:
    """The filter that names the leaders; none where a name is nobody's alone or cannot be typed."""
    names_ = [row["name"] for row in found.values()]
    text = " ".join('sponsor:"' + name + '"' for name in names_)
    every = [row["name"].lower() for row in sponsor_load(case.everyone)]
    plain = all(re.search(r'[*"\x00-\x1f]', name) is None and name.strip() for name in names_)
    return text if plain and len(text) <= LONGEST and all(every.count(one.lower()) == 1 for one in names_) else ""


def exposed(case: Case) -> Line:
    """Line 10: before a negotiation, nobody live at the customer, and no leader named."""
    if (lacking := _no_cover(case)) is not None:
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
    said += f" {'go' if len(ids) > 1 else 'goes'} into a year-end negotiation without a leader at customer"
    said += names(case, ids)
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    brief = (
        f"{len(ids)} of {len(known)} {'have' if len(ids) > 1 else 'has'} no leader{part(revenue)}{first(case, ids)}"
        if ids
        else f"none of {len(known)}"
    )
    return Line(said, ids, revenue, None, "year_end:alone", brief)


# Factors and plans


def weakest_factor(case: Case) -> Line:
    """Line 7: the lowest weighted mean, and where nothing is known."""
    if case.facts.empty("assessment"):
        return missing("assessment")
    rows = [row for row in factor_summary(case) if row["mean"] is not None]
    if not rows:
        return Line("not known: no score is valid")

    def level(row: Row) -> float:
        return round(float(row["mean"] if row["weighted_mean"] is None else row["weighted_mean"]), 6)

    low = min(rows, key=lambda row: (level(row), row["factor_id"]))
    index = Decimal(str(level(low))).quantize(Decimal(1), ROUND_HALF_UP)
    weighed = "by account" if low["weighted_mean"] is None else "by revenue"
    base = f"scored at {low['accounts_known']} of {count('account', low['accounts'])}"
    reds = largest(
        case, (key for key in case.chosen_programme if colour(case, indexes(case, key).get(low["code"])) == "red")
    )
    red = f"red at {len(reds)}, {worth(case, reds, case.chosen_programme)}{names(case, reds)}" if reds else "none red"
    said = f"{short(low['name'])}: {index} of 100 {weighed}{_since_review(low['change'])}, {base}; {red}"
    if low["revenue_known_share"] is not None:
        said += f"; unknown for {share(round(1 - low['revenue_known_share'], 9))} of revenue"
    direction = None if low["change"] is None else toward(low["change"], 1e-6)
    head = low["name"].split(",")[0].strip() or low["code"]
    revenue = total(figures(case, key).revenue for key in reds) if reds else None
    brief = f"{short(head)} {index}/100; red at {len(reds) or 'none'} of {low['accounts_known']}{part(revenue)}"
    return Line(said, reds, None, direction, "", brief)


def _since_review(change: float | None) -> str:
    """The move in points, where it can be seen with one digit."""
    seen = Decimal(str(round(change or 0, 6))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f" ({float(seen):+g} since the review)" if seen else ""


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
    said = f"{len(ids)} of {base}{before}, {worth(case, ids, case.chosen_programme)}; {told}{names(case, ids)}"
    revenue = total(figures(case, key).revenue for key in ids) if ids else ZERO
    where = "plan:none plan:expired plan:unreviewed plan:slipping"
    brief = f"{len(ids)} of {len(found)}{before}, {worth(case, ids, case.chosen_programme)}" if ids else ""
    brief = brief or f"none of {len(found)}{before}"
    return Line(said if ids else f"none of {base}{before}", ids, revenue, toward(then - len(ids), 1), where, brief)


LINES: tuple[Callable[[Case], Line], ...] = (
    got_worse,
    growth_without_profit,
    drags,
    profit_moved,
    without_sponsor,
    leaders,
    weakest_factor,
    plans_not_alive,
    right_accounts,
    exposed,
)
