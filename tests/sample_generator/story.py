"""The shipped sample: 48 accounts with a history that a director recognises, table by table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from tests.sample_generator import figures, plans, relations, scoring, tables
from tests.sample_generator.cast import AS_OF, Actor, actors, people
from tests.sample_generator.tables import Row, days_before, whole

_SETTINGS = {
    "currency": "EUR",
    "as_of": AS_OF.isoformat(),
    "fiscal_year_start_month": "1",
}
_REVIEWS = {
    "Q4 2025 committee": date(2025, 12, 10),
    "Q1 2026 committee": date(2026, 3, 18),
    "Q2 2026 committee": date(2026, 6, 24),
}
_PARENTS = {"Harlan Freight": "Redwood Transit Systems", "Lunaria Cosmetics": "Edelmann Gewürze"}


def _persons() -> Iterator[Row]:
    for person in people():
        yield {name: None if value == "" else value for name, value in vars(person).items()}


def _dates(actor: Actor, seed: int) -> Row:
    """When the account was chosen, kept and handed to its manager: what the two softest factors rest on."""
    rng = actor.rng(seed, "account")
    care, hands = actor.truth("SEL"), actor.truth("KAM")
    fresh = care >= 3 and rng.random() < 0.6
    selected = days_before(AS_OF, whole(rng, 60, 330) if fresh else whole(rng, 700, 2400))
    kept: date | None = days_before(AS_OF, whole(rng, 40, 300) if care >= 2 else whole(rng, 420, 700))
    since = days_before(AS_OF, whole(rng, 500, 2000) if hands >= 2 else whole(rng, 60, 330))
    if actor.status == "onboarding":
        selected, kept, since = date(2026, 5, 6), None, date(2026, 5, 18)
    return {
        "selected_on": selected,
        "selection_score": whole(rng, 55, 92) if care >= 2 else None,
        "kept_on": kept if care >= 1 else None,
        "manager_since": since if actor.manager else None,
    }


def _accounts(seed: int) -> Iterator[Row]:
    ids = {actor.name: actor.account_id for actor in actors()}
    for actor in actors():
        yield {
            "account_id": actor.account_id,
            "name": actor.name,
            "manager_id": actor.manager or None,
            "tier": actor.tier,
            "status": actor.status,
            "region": actor.region,
            "industry": actor.industry,
            "parent_id": ids.get(_PARENTS.get(actor.name, "")),
            "external_id": f"CRM-{4000 + 17 * int(actor.account_id[2:])}",
        } | _dates(actor, seed)


def frame(name: str, seed: int, months: int) -> dict[str, Iterable[Row]]:
    """The tables that are the same whatever the number of accounts, but for the portfolio's name."""
    settings = {"name": name} | _SETTINGS
    return {
        "setting": ({"key": key, "value": value} for key, value in settings.items()),
        "success_factor": tables.default_factors(),
        "activity_kind": tables.default_kinds(),
        "fx_rate": figures.fx_rates(seed, months),
        "review_point": ({"name": name, "held_on": day} for name, day in _REVIEWS.items()),
    }


def write(folder: Path, seed: int, months: int) -> None:
    """Write every table of the story into the folder."""
    accounts: dict[str, Iterable[Row]] = {
        "person": _persons(),
        "account": _accounts(seed),
        "assessment": scoring.assessments(seed),
        "financial_period": figures.financial_periods(seed, months),
        "programme": plans.programmes(seed),
        "stakeholder": relations.stakeholders(seed),
        "sponsorship": relations.sponsorships(seed),
        "activity": relations.activities(seed),
        "plan": plans.plans(seed),
        "objective": plans.objectives(seed),
        "action": plans.actions(seed),
        "plan_review": plans.plan_reviews(seed),
    }
    tables.write(folder, frame("Sample portfolio", seed, months) | accounts)
