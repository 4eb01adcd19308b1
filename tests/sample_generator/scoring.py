"""The sample's judgements: eight quarters of dated assessments of the six factors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.sample_generator.cast import FACTORS, MOVES, Actor, actors
from tests.sample_generator.tables import Row, pick, whole

_QUARTERS = tuple(date(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 4, 7, 10))[3:11]
_LAST = len(_QUARTERS) - 1

_EVIDENCE = {
    "TOP": (
        "no leader known to the customer",
        "sponsor named, no meeting on record",
        "sponsor meets once a year",
        "sponsor in the year-end negotiation",
        "board seat and committee decision on file",
    ),
    "QUA": (
        "price list only, discounts unexplained",
        "cost-plus contract, margin falling",
        "first value argument in one product line",
        "value-based contract signed",
        "co-innovation pays back, margin above target",
    ),
    "LON": (
        "no plan in use",
        "plan ends this year, no measures",
        "two-year plan, measures incomplete",
        "three-year plan reviewed twice a year",
        "plan reviewed, targets met two years running",
    ),
    "TEA": (
        "sales works alone",
        "one action outside sales",
        "supply chain joins reviews",
        "three functions own actions, plan shared",
        "customer co-chairs the reviews",
    ),
    "KAM": (
        "nobody in charge",
        "manager new and overloaded",
        "manager experienced, training due",
        "trained and two years on the account",
        "trained, stable, bonus tied to profit",
    ),
    "SEL": (
        "in the programme by habit",
        "selection score not on file",
        "scored once, never reviewed",
        "scored, kept by a dated decision",
        "scored yearly, alternatives compared",
    ),
}


def _history(actor: Actor, code: str, rested: bool, rng: Random) -> list[int]:
    """The score of each quarter, walked back from today's; nothing moves while nobody looks."""
    now = actor.scores[code]
    review = MOVES.get((actor.name, code), now)
    scores = [now, review, now, now] if rested else [now, review]
    drift = -1 if rng.random() < 0.65 else 1  # most accounts were weaker before
    while len(scores) <= _LAST:
        step = 0
        if "decline" in actor.quirks:
            step = 1 if rng.random() < 0.4 and scores[-1] < 3 else 0
        elif rng.random() < 0.14:
            step = drift
        scores.append(min(max(scores[-1] + step, 0), 4))
    return scores[::-1]


def _rested(actor: Actor, rng: Random) -> bool:
    """Whether nobody has looked for months, so that the scores age."""
    return rng.random() > 0.86 and not any(name == actor.name for name, _ in MOVES)


def _assessed(actor: Actor, quarter: int, rested: bool, rng: Random) -> bool:
    throw = rng.random()
    if "expired_scores" in actor.quirks:
        return quarter <= 2
    if "new" in actor.quirks or "no_figures" in actor.quirks:
        return quarter == _LAST
    if rested and quarter >= _LAST - 3:
        return quarter == _LAST - 3
    return quarter >= _LAST - 1 or throw < 0.8


def _assessor(actor: Actor, rng: Random) -> str | None:
    throw = rng.random()
    if throw < 0.2 and actor.manager:
        return actor.manager
    return None if throw > 0.95 else pick(rng, ("DIR", "DIR", "CTL"))


def _account_assessments(actor: Actor, seed: int) -> Iterator[Row]:
    rng = actor.rng(seed, "scores")
    rested = _rested(actor, rng)
    days = [start + timedelta(days=whole(rng, 18, 74)) for start in _QUARTERS]
    for code in actor.scores:
        for quarter, score in enumerate(_history(actor, code, rested, rng)):
            seen = _assessed(actor, quarter, rested, rng)
            evidence = _EVIDENCE[code][score] if rng.random() < 0.7 else None
            assessor = _assessor(actor, rng)
            if seen:
                yield {
                    "account_id": actor.account_id,
                    "factor_id": FACTORS.index(code) + 1,
                    "assessed_on": days[quarter],
                    "score": score,
                    "assessor_id": assessor,
                    "evidence": evidence,
                }


def assessments(seed: int) -> list[Row]:
    """Table assessment, by account, factor and day."""
    return [row for actor in actors() for row in _account_assessments(actor, seed)]
