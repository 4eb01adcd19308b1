"""What the lines of the Brief say of money: what got worse, growth without profit, losses, the bridge, pricing."""

from __future__ import annotations

from decimal import Decimal

from kaptui.text import count, money, share
from tests.reference.attention import raised
from tests.reference.bridge import left_out, profit_bridge, three
from tests.reference.brief_words import (
    CENT,
    NAMED,
    Line,
    behind,
    first,
    missing,
    moved,
    named,
    names,
    short,
    toward,
    worth,
)
from tests.reference.case import Case
from tests.reference.changes import changes, profit_since
from tests.reference.facts import Row
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
    total,
    window_months,
)
from tests.reference.scores import pair
from tests.reference.value import bridge_accounts


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
    parts = [", ".join(f"{short(row['name'])} {money(row['effect'])}" for row in falls[:NAMED])]
    parts += [f"net {money(change, signed=True)}" if falls and change is not None and abs(change) >= CENT else ""]
    parts += [f"scores: {named(case, list(scores))}" if scores else ""]
    return Line(answer, ids if known else None, change, direction, "", brief, who="; ".join(filter(None, parts)))


def _deep(falls: list[Row]) -> str:
    """What those that earn less lost together; nothing where there are none."""
    return f" {money(-sum((row['effect'] for row in falls), ZERO))}" if falls else ""


def _worse_in_short(case: Case, rows: list[Row], falls: list[Row], scores: dict[str, list[float]]) -> str:
    parts = []
    if rows:
        verb = "earn" if len(falls) > 1 else "earns"
        parts.append(f"{len(falls) or 'none'} of {len(rows)} {verb}{_deep(falls)} less")
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
    said = f"{len(falls) or 'none'} of {count('account', len(rows))} {verb}{_deep(falls)} less"
    said += " since the review" if case.window == "ttm" else " in 12 months than at the review"
    change = total(row["effect"] for row in rows) or ZERO
    if not falls:
        return f"{said}, in all profit {moved(change)}{unknown}"
    said += f" ({told})"
    gains = change - sum((row["effect"] for row in falls), ZERO)
    net = "unchanged" if abs(change) < CENT else money(change, signed=True)
    said += f", others {money(gains, signed=True)}: net {net}" if gains >= CENT else ""
    return said + unknown


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
    told = named(case, list(falls))
    deepest = f"{round(-min(every), 1):g}"
    return f"{count('score', len(every))} fell by up to {deepest} points at {count('account', len(falls))}: {told}"


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
    brief = f"{len(ids)} of {len(known)} {verb} {money(-fall)} less than a year earlier"
    sold = "" if revenue is None else f"{money(revenue)} revenue: "
    beside = {key: money(falls[key]) for key in ids}
    said = f"{said} than a year earlier{names(case, ids, beside)}{rest}"
    who = sold + behind(case, ids, beside)
    return Line(said, ids, fall, None, "reason:empty_growth", brief, who=who)


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
    beside = {key: money(profits[key]) for key in ids}
    said = f"{len(ids)} of {base} {verb} {money(-loss)}{_which(case, ids)}{names(case, ids, beside)}"
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
        said += f"; {len(below)} would earn {money(sum(below, ZERO))} more at programme margin ({share(margin)})"
    unknown = len(case.ids) - len(profits)
    said += f"; profit of {unknown} unknown" if unknown else ""
    brief = f"{len(ids)} of {len(profits)} {verb} {money(-loss)}" if ids else f"none of {len(profits)} loses money"
    brief += stake or first(case, ids)
    who = behind(case, ids, beside)
    stand = [f"programme margin {share(margin)}"] if stake else []
    who = "; ".join(filter(None, (who, *stand, f"profit of {unknown} unknown" if unknown else "")))
    return Line(said, ids, loss, toward(now - then) if since else None, "profit<0", brief, who=who)


def _which(case: Case, ids: list[str]) -> str:
    """Which of the losing accounts the Overview does not count: those that left, and those that lose very little."""
    exited = sum(case.exited(key) for key in ids)
    slight = sum(not raised(case, key)["loses_money"] for key in ids if not case.exited(key))
    parts = [f"{exited} exited"] if exited else []
    least = share(case.exact("material_share"))
    parts += [f"{slight} by under {least} of revenue"] if slight else []
    return f" ({', '.join(parts)})" if parts else ""


STEP_WORDS = {
    "size": "change in revenue",
    "mix": "mix of accounts",
    "gross_margin_rate": "gross margin",
    "cost_to_serve_rate": "cost to serve",
    "new": "new accounts",
    "lost": "lost accounts",
    "no_revenue": "accounts without revenue",
    "currency": "currency",
}


STEP_IN_SHORT = {"size": "revenue", "mix": "mix", "new": "new", "lost": "lost", "no_revenue": "no revenue"}


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
        parts.append(_step_told(STEP_WORDS[down], amounts[down]))
    if steps[up] > 0:
        told = told or up
        parts.append(_step_told(STEP_WORDS[up], amounts[up]))
    rows = [row for row in bridge_accounts(case) if row["step"] == told]
    sign = -1 if told == down and steps[down] < 0 else 1
    rows = [row for row in rows if sign * row["amount"] >= CENT]
    rows.sort(key=lambda row: (-sign * round(row["amount"], 2), row["account_id"]))
    ids = [row["account_id"] for row in rows[:NAMED]]
    if ids:
        parts[0] += f" ({named(case, ids, {row['account_id']: money(row['amount'], signed=True) for row in rows})})"
    base = sum(any(one.rows for one in three(case, key)[:2]) and not left_out(case, key) for key in case.ids)
    change = amounts["end"] - amounts["start"]
    without = profit_bridge(case)[0]["left_out"]
    said = f"profit {moved(change)} on a year earlier ({count('account', base)}"
    said += f", {without} left out)" if without else ")"
    rest = change - sum((amounts[step] for step in {down, up} if steps[step]), ZERO)
    if parts and abs(rest) >= CENT:
        parts.append(_step_told("all else", rest))
    said += f": {', '.join(parts)}" if parts else ""
    brief = f"profit {moved(change)} in a year"
    if told:
        all_in_all = "unchanged" if abs(change) < CENT else money(change, signed=True)
        all_else = change - amounts[told]
        brief = f"{all_in_all}: {_step_in_short(told, amounts[told])}"
        brief += f", all else {money(all_else, signed=True)}" if abs(all_else) >= CENT else ""
    who = behind(case, ids, {row["account_id"]: money(row["amount"], signed=True) for row in rows})
    order = sorted((step for step in steps if step != told), key=lambda step: -abs(steps[step]))
    others = ", ".join(_step_in_short(step, amounts[step]) for step in order if abs(amounts[step]) >= CENT)
    parts = [f"all else: {others}" if told and others else ""]
    parts += [f"{STEP_IN_SHORT.get(told, STEP_WORDS[told])}: {who}" if who else ""]
    return Line(said, ids, change, None, "", brief, who="; ".join(filter(None, parts)))


def _step_in_short(step: str, amount: Decimal) -> str:
    return f"{STEP_IN_SHORT.get(step, STEP_WORDS[step])} {money(amount, signed=True)}"


def _step_told(words: str, amount: Decimal) -> str:
    """What a step did to profit."""
    return f"{words} {'took' if amount < 0 else 'brought'} {money(abs(amount))}"
