"""Levers, accounts behind the bridge, groups and co-innovation: the Value screen beside shares and curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from kaptui.text import money
from tests.reference.bridge import left_out, place_of, profit_bridge
from tests.reference.case import Case, shift
from tests.reference.facts import Row
from tests.reference.money import (
    LEAST_MARGIN,
    ZERO,
    base,
    figures,
    position,
    programme_margin,
    quadrant,
    rate_at,
    ratio,
    total,
    value_priced_share,
)

GROUPINGS = ("region", "industry", "manager", "tier", "pricing")

PULLS: Mapping[str, str] = {
    "price": "by raising prices {rise} %, volume unchanged",
    "cost to serve": "by cutting cost to serve to the programme's rate",
    "programme margin": "at programme margin",
}


@cache
def _serve_rate(case: Case) -> Decimal | None:
    """Cost to serve per unit of revenue over the programme where both are known and revenue is positive."""
    found = [figures(case, key) for key in case.programme]
    known = [one for one in found if one.cost_to_serve is not None and one.revenue is not None and one.revenue > 0]
    revenue = sum((one.revenue or ZERO for one in known), ZERO)
    return sum((one.cost_to_serve or ZERO for one in known), ZERO) / revenue if revenue else None


def lever(case: Case, account_id: str) -> Row:
    """Which lever is named for an account, and what it is worth."""
    mine, stake = figures(case, account_id), position(case, account_id)["value_at_stake"]
    if stake is None or stake < Decimal("0.005") or mine.revenue is None or mine.revenue <= 0:
        return {"lever_kind": None, "lever_gain": None}
    price, serve = (case.exact("lever_price") or ZERO) * mine.revenue, _serve_rate(case)
    if case.basis == "contribution" and mine.cost_to_serve is not None and serve is not None:
        saved = mine.cost_to_serve - mine.revenue * serve
        if saved >= price:
            return {"lever_kind": "cost to serve", "lever_gain": saved}
    if quadrant(case, account_id) == "re-price":
        return {"lever_kind": "price", "lever_gain": price}
    return {"lever_kind": "programme margin", "lever_gain": stake}


def lever_words(case: Case, account_id: str) -> str | None:
    """What to pull and what it is worth."""
    found, rise = lever(case, account_id), (case.exact("lever_price") or ZERO) * 100
    if not found["lever_kind"]:
        return None
    words = PULLS[found["lever_kind"]].format(rise=f"{rise.normalize():f}")
    return f"{money(found['lever_gain'])} more {words}"


def lever_in_short(case: Case, account_id: str) -> str | None:
    """The same in few words, where the assumption has no room."""
    found, rise = lever(case, account_id), (case.exact("lever_price") or ZERO) * 100
    pulls = {"cost to serve": "cut cost to serve", "price": f"raise prices {rise.normalize():f} %"}
    kind = found["lever_kind"]
    return f"{pulls.get(kind, 'to programme margin')}: {money(found['lever_gain'], signed=True)}" if kind else None


def bridge_accounts(case: Case) -> list[Row]:
    """One row per account and step of the bridge that it moves, the heaviest first.

    An account's part of a step is what the step's formula gives it; size and mix share out its change of revenue
    times its earlier margin: size at the margin of all, mix the rest.
    """
    whole = {row["step"]: row["amount"] for row in profit_bridge(case)}
    if whole["start"] is None:
        return []
    shares = _margin_of_all(case)
    parts = {key: _parts(case, key, shares) for key in case.ids}
    rows: list[Row] = []
    for step in list(whole)[1:-1]:
        moved = [(parts[key].get(step) or ZERO, key) for key in case.ids]
        heavy = sorted(
            (one for one in moved if abs(one[0]) >= Decimal("0.005")), key=lambda one: (-abs(round(one[0], 2)), one[1])
        )
        for rank, (amount, key) in enumerate(heavy, 1):
            rows.append(
                {
                    "step": step,
                    "account_id": key,
                    "name": case.facts.accounts[key]["name"],
                    "amount": amount,
                    "rank": rank,
                    "step_amount": whole[step],
                }
            )
    return rows


def _kept(case: Case, key: str) -> bool:
    """Whether an account counts in the bridge with revenue above zero in both windows."""
    return not left_out(case, key) and place_of(case, key) == "both"


def _margin_of_all(case: Case) -> Decimal | None:
    """P0 / R0 over the accounts in both windows."""
    before = [figures(case, key, "", 1) for key in case.ids if _kept(case, key)]
    revenue = sum((one.revenue or ZERO for one in before), ZERO)
    return sum((one.profit or ZERO for one in before), ZERO) / revenue if revenue else None


def _parts(case: Case, key: str, margin: Decimal | None) -> dict[str, Decimal]:
    """The bridge of one account alone has no mix: what it calls size is split at the margin of all."""
    alone = {row["step"]: row["amount"] for row in profit_bridge(replace(case, chosen=frozenset({key})))}
    if margin is not None and _kept(case, key):
        before, steady = figures(case, key, "", 1), figures(case, key, "", 0, 1)
        size = ((steady.revenue or ZERO) - (before.revenue or ZERO)) * margin
        alone |= {"size": size, "mix": alone["size"] - size}
    return alone


def value_groups(case: Case) -> list[Row]:
    """One row per group: shares of revenue and profit over its accounts with known profit."""
    rows: list[Row] = []
    for by in GROUPINGS:
        members: dict[str | None, list[str]] = {}
        for key in case.ids:
            members.setdefault(_group(case, key, by), []).append(key)
        rows += [{"grouped_by": by, "group_name": name, **_summed(case, keys)} for name, keys in members.items()]
    return rows


def _group(case: Case, key: str, by: str) -> str | None:
    account = case.facts.accounts[key]
    if by == "manager":
        person = case.facts.people.get(account["manager_id"])
        return person["name"] if person else None
    if by == "pricing":
        priced = value_priced_share(figures(case, key))
        return (
            None
            if priced is None
            else "value priced"
            if priced >= case.setting("indicator_value_priced_share")
            else "cost plus or market"
        )
    return None if account[by] is None else str(account[by])


def _summed(case: Case, keys: Iterable[str]) -> Row:
    keys = list(keys)
    every = base(case)
    known = [key for key in keys if key in every.ids]
    revenue, profit = (
        total(figures(case, key).revenue for key in known),
        total(figures(case, key).profit for key in known),
    )
    revenue_share, profit_share = ratio(revenue, every.revenue), ratio(profit, every.profit)
    margin, whole = ratio(profit, revenue), programme_margin(case)
    rich = whole is not None and abs(whole) >= LEAST_MARGIN
    if every.revenue is None or every.revenue <= 0:
        profit_share = None
    return {
        "accounts": len(known),
        "revenue": revenue,
        "profit": profit,
        "margin": margin,
        "revenue_share": revenue_share,
        "profit_share": profit_share,
        "share_gap": None if revenue_share is None or profit_share is None else profit_share - revenue_share,
        "profit_index": margin / float(whole or 1) if rich and margin is not None else None,
        "value_at_stake": total(position(case, key)["value_at_stake"] for key in known),
        "unknown_accounts": len(keys) - len(known),
    }


def _converted(case: Case, row: Row, column: str) -> Decimal | None:
    """An amount of a programme at the rate of the month it started in."""
    one = rate_at(case, row["currency"], row["start_on"].replace(day=1))
    return None if one is None or row[column] is None else row[column] * one


def _months(start: date, end: date) -> int:
    """Calendar months from the month of `start` to the month after `end`."""
    after = date.fromordinal(end.toordinal() + 1)
    return 12 * (after.year - start.year) + after.month - start.month


def _due(case: Case, row: Row) -> bool:
    over = row["status"] in ("done", "stopped")
    return bool(row["start_on"] <= case.as_of and (over or _year_old(case, row)))


def _year_old(case: Case, row: Row) -> bool:
    return bool(row["status"] == "active" and shift(row["start_on"], 12) <= case.as_of)


def co_innovation(case: Case) -> list[Row]:
    """One row per programme of a chosen account."""
    return [_programme(case, row) for row in case.facts["programme"] if row["account_id"] in case.chosen]


def _programme(case: Case, row: Row) -> Row:
    own, spent, back = (_converted(case, row, name) for name in ("own_commitment", "spent", "realised_profit"))
    end = row["end_on"]
    yearly = None
    if own is not None and end is not None:
        yearly = own / max(Decimal(_months(row["start_on"], end)) / 12, Decimal(1))
    year = figures(case, row["account_id"], "ttm").revenue
    return {
        **{name: row[name] for name in ("programme_id", "account_id", "name", "kind", "status", "start_on", "end_on")},
        "own_commitment": own,
        "spent": spent,
        "realised_profit": back,
        "multi_year": None if end is None else end > shift(row["start_on"], 12),
        "commitment_to_revenue": ratio(yearly, year),
        "account": case.facts.accounts[row["account_id"]]["name"],
        "spent_share": ratio(spent, own),
        "profit_on_spent": ratio(back, spent),
        "return_due": _due(case, row),
        "running": row["status"] == "active" and row["start_on"] <= case.as_of and (end is None or end >= case.as_of),
        "quadrant": quadrant(case, row["account_id"]),
    }


def co_innovation_gaps(case: Case) -> list[Row]:
    """Programmes that earned less than was spent though due, and rich accounts where none runs."""
    rows: list[Row] = []
    for row in case.facts["programme"]:
        spent, back = _converted(case, row, "spent"), _converted(case, row, "realised_profit")
        lost = spent is not None and back is not None and spent > 0 and back < spent
        if row["account_id"] in case.chosen and lost and _due(case, row):
            more = {"programme": row["name"], "amount": (spent or ZERO) - (back or ZERO)}
            more |= {"spent": spent, "realised_profit": back, "programme_id": row["programme_id"]}
            rows.append(_gap(case, "money without return", row["account_id"], more))
    for key in case.ids:
        rich = quadrant(case, key) in ("protect", "invest")
        if rich and case.facts.accounts[key]["status"] != "exited" and not _runs(case, key):
            more = {"programme": None, "amount": figures(case, key).profit}
            more |= {"spent": None, "realised_profit": None, "programme_id": None}
            rows.append(_gap(case, "rich without a programme", key, more))
    return rows


def _runs(case: Case, key: str) -> bool:
    """Whether an active programme of the account has begun and is not over."""
    return any(
        row["status"] == "active" and row["start_on"] <= case.as_of and (row["end_on"] or case.as_of) >= case.as_of
        for row in case.facts.where("programme", "account_id", key)
    )


def _gap(case: Case, gap: str, key: str, more: Row) -> Row:
    mine = figures(case, key)
    return {
        "gap": gap,
        "account_id": key,
        "name": case.facts.accounts[key]["name"],
        "revenue": mine.revenue,
        "margin": ratio(mine.profit, mine.revenue),
        "profit_index": position(case, key)["profit_index"],
        "value_priced_share": value_priced_share(mine),
        "quadrant": quadrant(case, key),
        **more,
    }
