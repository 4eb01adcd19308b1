"""Scores: the valid assessment of a pair, account index, rank, claims, and the summary of a factor.

Exited accounts have no factors: they are in no mean, count or rank, and what is listed of them is empty.

Over 300 lines because score, claim and index rest on each other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from statistics import median

from tests.reference.case import Case
from tests.reference.evidence import evidence, evidence_index
from tests.reference.facts import Facts, Row
from tests.reference.money import figures


def latest(facts: Facts, account_id: str, factor: Row, on: date) -> Row | None:
    """The latest assessment of a pair on or before a day, expired or not."""
    rows = facts.where("assessment", "account_id", account_id)
    past = [row for row in rows if row["factor_id"] == factor["factor_id"] and row["assessed_on"] <= on]
    return max(past, key=lambda row: str(row["assessed_on"]), default=None)


def freshness(assessment: Row | None, factor: Row, on: date) -> str:
    """fresh, ageing, expired or missing; the limits are inclusive and the factor's own."""
    if assessment is None:
        return "missing"
    age = (on - assessment["assessed_on"]).days
    if age > factor["expire_days"]:
        return "expired"
    return "fresh" if age <= factor["fresh_days"] else "ageing"


def valid(facts: Facts, account_id: str, factor: Row, on: date) -> Row | None:
    """The assessment that counts on a day."""
    found = latest(facts, account_id, factor, on)
    return None if freshness(found, factor, on) in ("missing", "expired") else found


def index_of(assessment: Row | None, factor: Row) -> float | None:
    """The score as 0..100."""
    return None if assessment is None else 100.0 * float(assessment["score"]) / float(factor["scale_max"])


@cache
def indexes(case: Case, account_id: str) -> dict[str, float]:
    """The index of each factor with a valid score, by code, in the order of factor ids."""
    found: dict[str, float] = {}
    if case.exited(account_id):
        return found
    for factor in case.facts["success_factor"]:
        value = index_of(valid(case.facts, account_id, factor, case.as_of), factor)
        if value is not None:
            found[str(factor["code"])] = value
    return found


def account_index(case: Case, account_id: str) -> float | None:
    """Weighted mean over valid factors; None if under half of the weight is known."""
    known, weights = indexes(case, account_id), _weights(case)
    of_known = sum(weights[code] for code in known)
    exact = {code: Decimal(str(weight)) for code, weight in weights.items()}  # exactly half counts
    if of_known <= 0 or 2 * sum(exact[code] for code in known) < sum(exact.values()):
        return None
    return sum(weights[code] * value for code, value in known.items()) / of_known


def _weights(case: Case) -> dict[str, float]:
    """What each factor weighs, by code."""
    return {str(row["code"]): float(row["weight"]) for row in case.facts["success_factor"]}


RANKED_FROM = Decimal("0.8")
"""The part of the weight that has to be known for a rank."""


@cache
def ranked(case: Case) -> dict[str, float]:
    """The index of every account of the programme of which enough of the weight is known."""
    weights = {str(row["code"]): Decimal(str(row["weight"])) for row in case.facts["success_factor"]}
    enough = sum(weights.values(), Decimal(0)) * RANKED_FROM
    found = {key: account_index(case, key) for key in case.programme}
    return {
        key: index
        for key, index in found.items()
        if index is not None and sum((weights[code] for code in indexes(case, key)), Decimal(0)) >= enough
    }


def index_rank(case: Case, account_id: str) -> int | None:
    """The place of an account by its index in the whole programme; None below enough of the weight."""
    index = ranked(case).get(account_id)
    return None if index is None else 1 + sum(other > index + 1e-9 for other in ranked(case).values())


def index_change(case: Case, account_id: str) -> float | None:
    """The weighted mean move of an account over the factors that are valid at both dates."""
    weights = _weights(case)
    rows = [pair(case, account_id, factor["factor_id"]) for factor in case.facts["success_factor"]]
    both = [(row["change"], weights[row["code"]]) for row in rows if row["change"] is not None]
    below = sum(by for _, by in both)
    return sum(change * by for change, by in both) / below if below else None


@cache
def on_day(case: Case, day: date) -> Case:
    """The same choices on another day."""
    return replace(case, as_of=day)


def weakest(case: Case, account_id: str) -> str | None:
    """The code of the factor with the lowest valid index; a tie goes to the lowest id."""
    known = indexes(case, account_id)
    return min(known, key=lambda code: known[code]) if known else None


def confidence(case: Case, account_id: str, assessment: Row | None) -> str | None:
    """high: evidence text and an assessor who is not the account's own manager; medium: one; low: neither."""
    if assessment is None:
        return None
    text = bool((assessment["evidence"] or "").strip())
    assessor = assessment["assessor_id"]
    independent = assessor in case.facts.people and assessor != case.facts.accounts[account_id]["manager_id"]
    return ("low", "medium", "high")[text + independent]


def colour(case: Case, index: float | None) -> str:
    """red, amber, green or unknown, on unrounded numbers."""
    if index is None:
        return "unknown"
    if index < case.setting("red_below"):
        return "red"
    return "green" if index >= case.setting("green_from") else "amber"


def claim(case: Case, account_id: str, code: str, index: float | None) -> str:
    """A valid score against the evidence index; judged from so many known indicators on."""
    known = [met for met in evidence(case, account_id, code).values() if met is not None]
    said, shown = colour(case, index), colour(case, evidence_index(case, account_id, code))
    if "unknown" in (said, shown) or len(known) < case.setting("claim_facts"):
        return "unknown"
    if (said, shown) == ("green", "red"):
        return "overclaimed"
    return "underclaimed" if (said, shown) == ("red", "green") else "supported"


@cache
def pair(case: Case, account_id: str, factor_id: int) -> Row:
    """One row of factor_scores."""
    facts = case.facts
    factor = facts.where("success_factor", "factor_id", factor_id)[0]
    head = {
        "account_id": account_id,
        "name": facts.accounts[account_id]["name"],
        "factor_id": factor["factor_id"],
        "code": factor["code"],
        "scale_max": factor["scale_max"],
        "portfolio_median": middle(case, factor_id),
    }
    if case.exited(account_id):
        return head | dict.fromkeys(OF_A_PAIR)
    now = latest(facts, account_id, factor, case.as_of)
    counted = index_of(valid(facts, account_id, factor, case.as_of), factor)
    previous = index_of(valid(facts, account_id, factor, case.since), factor)
    return head | {
        "score": now["score"] if now else None,
        "index": index_of(now, factor),
        "assessed_on": now["assessed_on"] if now else None,
        "freshness": freshness(now, factor, case.as_of),
        "confidence": confidence(case, account_id, now),
        "previous_index": previous,
        "change": None if counted is None or previous is None else counted - previous,
        "evidence_index": evidence_index(case, account_id, factor["code"]),
        "claim": claim(case, account_id, factor["code"], counted),
    }


OF_A_PAIR = (
    *("score", "index", "assessed_on", "freshness", "confidence", "previous_index", "change"),
    *("evidence_index", "claim"),
)


@cache
def middle(case: Case, factor_id: int) -> float | None:
    """The middle valid index of a factor over every account of the programme, chosen or not."""
    factor = case.facts.where("success_factor", "factor_id", factor_id)[0]
    found = [index_of(valid(case.facts, key, factor, case.as_of), factor) for key in case.programme]
    known = [index for index in found if index is not None]
    return median(known) if known else None


def factor_scores(case: Case) -> list[Row]:
    """One row per account and factor."""
    factors = [row["factor_id"] for row in case.facts["success_factor"]]
    return [pair(case, account_id, factor_id) for account_id in case.listed for factor_id in factors]


def weight(case: Case, account_id: str) -> Decimal:
    """What an account weighs in a revenue-weighted mean: its trailing-twelve-month revenue, never below 0."""
    return max(figures(case, account_id, "ttm").revenue or Decimal(0), Decimal(0))


def weighted_mean(case: Case, values: dict[str, float]) -> float | None:
    """Mean of values by account id, weighted by revenue; None if all weights are 0."""
    weights = {key: weight(case, key) for key in values}
    above = sum(Decimal(value) * weights[key] for key, value in values.items())
    below = sum(weights.values())
    return float(above / below) if below else None


def mean(values: list[float]) -> float | None:
    """The plain mean, None of nothing."""
    return sum(values) / len(values) if values else None


def factor_summary(case: Case) -> list[Row]:
    """One row per factor over the chosen accounts of the programme."""
    return [_summary(case, factor) for factor in case.facts["success_factor"]]


def _summary(case: Case, factor: Row) -> Row:
    named = {column: factor[column] for column in ("factor_id", "code", "name", "provenance", "weight")}
    return named | standing(case, case.chosen_programme, factor) | {"weakness": _weakness(case, factor)}


def _weakness(case: Case, factor: Row) -> int:
    """The place of a factor among the weakest: programme problems first, then by mean, unknown ones last."""

    def key(row: Row) -> tuple[bool, bool, float, int]:
        found = standing(case, case.chosen_programme, row)
        unknown = found["mean"] is None
        return (not found["programme_problem"], unknown, 0.0 if unknown else found["mean"], row["factor_id"])

    ordered = sorted(case.facts["success_factor"], key=key)
    return [row["factor_id"] for row in ordered].index(factor["factor_id"]) + 1


def move(case: Case, change: float | None) -> str | None:
    """rose, fell or flat; None without a valid score at both dates."""
    if change is None:
        return None
    flat = case.setting("flat_points")
    return "rose" if change >= flat else "fell" if change <= -flat else "flat"


def weight_share(case: Case, part: list[str], whole: list[str]) -> float | None:
    """The share of the weight of some accounts; None where nothing weighs anything."""
    below = sum((weight(case, key) for key in whole), Decimal(0))
    return float(sum((weight(case, key) for key in part), Decimal(0)) / below) if below else None


def worth(rows: list[Row]) -> Row:
    """How fresh, how sure and how well borne out by facts these scores are."""
    valid = [row for row in rows if row["freshness"] in ("fresh", "ageing")]
    ages, sure = [row["freshness"] for row in rows], [row["confidence"] for row in valid]
    claims = [row["claim"] for row in rows]
    return {
        **{name: ages.count(name) for name in ("fresh", "ageing", "expired", "missing")},
        **{name: sure.count(name) for name in ("high", "medium", "low")},
        **{name: claims.count(name) for name in ("overclaimed", "underclaimed")},
    }


@cache
def _standing(case: Case, ids: tuple[str, ...], factor_id: int) -> Row:
    code = case.facts.where("success_factor", "factor_id", factor_id)[0]["code"]
    rows = [pair(case, key, factor_id) for key in ids]
    known = {key: indexes(case, key)[code] for key in ids if code in indexes(case, key)}
    colours = {key: colour(case, known.get(key)) for key in ids}
    red = [key for key in ids if colours[key] == "red"]
    red_share = weight_share(case, red, list(ids))
    changes = [row["change"] for row in rows if row["change"] is not None]
    moves = [move(case, change) for change in changes]
    return {
        "mean": mean(list(known.values())),
        "weighted_mean": weighted_mean(case, known),
        "accounts_known": len(known),
        "accounts": len(ids),
        "revenue_known_share": weight_share(case, list(known), list(ids)),
        **{name: list(colours.values()).count(name) for name in ("red", "amber", "green", "unknown")},
        "change": mean(changes),
        "pairs": len(changes),
        "rose": moves.count("rose"),
        "fell": moves.count("fell"),
        "red_revenue_share": red_share,
        "programme_problem": _is_problem(case, len(red), len(known), red_share),
        "claims_checked": sum(row["claim"] != "unknown" for row in rows),
        **worth(rows),
    }


def _is_problem(case: Case, red: int, known: int, revenue_share: float | None) -> bool:
    """Whether so many of the known scores are red, or with so much of the revenue, that it is no account's own."""
    limit = case.exact("programme_problem_share") or Decimal(0)
    return red > 0 and (red >= limit * known or (revenue_share or 0.0) >= float(limit))


def standing(case: Case, ids: list[str], factor: Row) -> Row:
    """How one factor stands over some accounts."""
    return _standing(case, tuple(ids), factor["factor_id"])
