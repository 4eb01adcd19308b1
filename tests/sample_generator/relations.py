"""The sample's people at the customer and what our side does with them: sponsors, contacts, touches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from tests.sample_generator.cast import AS_OF, Actor, actors
from tests.sample_generator.tables import Row, days_before, pick, whole

# fmt: off
_GIVEN = (
    "Amelie", "Bruno", "Carla", "David", "Elena", "Farid", "Gesa", "Hugo", "Irene", "Jakob", "Karin",
    "Leon", "Mira", "Nils", "Olga", "Pavel", "Rosa", "Simon", "Teresa", "Ulf", "Vera", "Walter", "Yara",
    "Zoe",
)
_FAMILY = (
    "Aalto", "Becker", "Costa", "Duarte", "Engel", "Fabre", "Garcia", "Hansen", "Ivers", "Jung", "Keller",
    "Lopes", "Moreau", "Nyberg", "Olsen", "Pires", "Quint", "Reyes", "Schmitt", "Thomsen", "Ueda", "Vidal",
    "Wagner", "Young", "Zimmer", "Marsh", "Doyle", "Petit",
)
# fmt: on
_ROLES = (
    ("Chief procurement officer", 5),
    ("Category manager", 3),
    ("Head of supply chain", 4),
    ("Plant manager", 3),
    ("Head of development", 4),
    ("Quality manager", 2),
)
_CADENCE = {1: 90, 2: 183, 3: 366}
_TOUCHES = {"internal": ("exec_meeting", "exec_meeting"), "external": ("exec_meeting", "exec_meeting", "visit")}
_TOP = "TOP"


def stakeholders(seed: int) -> Iterator[Row]:
    """Table stakeholder: the contacts of each account, a board member first."""
    for actor in actors():
        rng = actor.rng(seed, "stakeholders")
        for n in range(min(actor.contacts + 1, len(_ROLES))):
            role, level = _ROLES[n]
            yield {
                "stakeholder_id": _contact(actor, n),
                "account_id": actor.account_id,
                "name": f"{pick(rng, _GIVEN)} {pick(rng, _FAMILY)}",
                "role": role,
                "level": level,
                "active": not (n == actor.contacts and rng.random() < 0.15),
                "stance": whole(rng, -1, 2) if rng.random() < 0.8 else None,
                "advisory_board": n == 0 and _seat(actor),
            }


def _contact(actor: Actor, number: int) -> str:
    return f"{actor.account_id}-C{number + 1}"


def _seat(actor: Actor) -> bool:
    return actor.truth(_TOP) >= 3 and "new" not in actor.quirks and actor.tier < 3


def sponsorships(seed: int) -> Iterator[Row]:
    """Table sponsorship: who stands for the account, inside and at the customer."""
    for actor in actors():
        rng = actor.rng(seed, "sponsorships")
        for side, (person, state) in actor.sponsors.items():
            start = days_before(AS_OF, 24 if state == "n" else whole(rng, 420, 1300))
            yield {
                "sponsorship_id": f"{actor.account_id}-{side[:3].upper()}",
                "account_id": actor.account_id,
                "person_id": person,
                "side": side,
                "start_on": start,
                "end_on": _end(person, state),
                "counterpart_id": _contact(actor, 0) if side == "external" else None,
                "cadence_days": 120 if actor.tier == 3 and rng.random() < 0.4 else None,
            }


def _end(person: str, state: str) -> date | None:
    if state == "e":
        return date(2026, 7, 15)  # withdrawn after the last committee
    return date(2026, 11, 15) if person == "FER" else None  # leaves for another company


def activities(seed: int) -> Iterator[Row]:
    """Table activity: each account's touches in time order, then what the whole programme did."""
    for actor in actors():
        rows = [row for part in _PARTS for row in part(actor, actor.rng(seed, part.__name__))]
        yield from _numbered(actor.account_id, rows)
    yield from _numbered("PROG", list(_programme_wide()))


def _numbered(prefix: str, rows: list[Row]) -> Iterator[Row]:
    for n, row in enumerate(sorted(rows, key=lambda r: str(r["occurred_on"])), start=1):
        first: Row = {"activity_id": f"{prefix}-{n:02d}", "status": "done"}
        yield first | row


def _row(actor: Actor, person: str, side: str, kind: str, day: date) -> Row:
    return {
        "account_id": actor.account_id,
        "person_id": person or None,
        "side": side,
        "kind": kind,
        "occurred_on": day,
    }


def _with(actor: Actor, contact: int) -> Row:
    """The part of a touch that says whom at the customer it reached."""
    return {"stakeholder_id": _contact(actor, contact)}


def _cadence(actor: Actor) -> int:
    return min(_CADENCE[actor.tier], 120 if actor.tier == 3 else 366)


def _sponsor_touches(actor: Actor, rng: Random) -> Iterator[Row]:
    for side, (person, state) in actor.sponsors.items():
        if state in "zn":
            continue
        cadence = _cadence(actor)
        age = whole(rng, 6, int(cadence * 0.85))
        if state in "se" or person == "VOS":
            age = _CADENCE[actor.tier] + whole(rng, 25, 110)
        while age < 800:
            kind, day = pick(rng, _TOUCHES[side]), days_before(AS_OF, age)
            yield _row(actor, person, side, kind, day) | (_with(actor, 0) if side == "external" else {})
            age += whole(rng, int(cadence * 0.7), int(cadence * 1.3))


def _manager_contacts(actor: Actor, rng: Random) -> Iterator[Row]:
    """The account manager's own visits; `contacts` people of the customer within half a year."""
    if actor.status == "exited" or not actor.manager:
        return
    for n in range(actor.contacts):
        day = days_before(AS_OF, whole(rng, 10, 170))
        contact = n + 1 if n + 1 < actor.contacts else 0
        yield _row(actor, actor.manager, "external", pick(rng, ("visit", "call")), day) | _with(actor, contact)
    for age in (260, 420):
        if "new" not in actor.quirks:
            day = days_before(AS_OF, age + whole(rng, 0, 90))
            yield _row(actor, actor.manager, "external", "visit", day) | _with(actor, 0)


def _leader(actor: Actor) -> str:
    person, state = actor.sponsors.get("external", ("", ""))
    level_enough = actor.truth(_TOP) >= 3 or (actor.truth(_TOP) == 2 and int(actor.account_id[2:]) % 2 == 0)
    return person if state == "c" and person != "VOS" and level_enough else ""


def _negotiations(actor: Actor, rng: Random) -> Iterator[Row]:
    if actor.status in ("exited", "onboarding") or rng.random() > 0.85:
        return
    for year in (2024, 2025):
        person = _leader(actor) or actor.manager
        day = date(year, 11, 10 + whole(rng, 0, 18))
        row = _row(actor, person, "external", "year_end_negotiation", day) | _with(actor, 0)
        yield row | {"note": None if _leader(actor) else "no leader present"}
    if actor.tier == 1:
        day = date(2026, 11, whole(rng, 9, 27))
        yield _row(actor, actor.manager, "external", "year_end_negotiation", day) | {"status": "planned"}


def _boards(actor: Actor, rng: Random) -> Iterator[Row]:
    """Advisory board, investment committee, proof of success and awards of the accounts leaders care for."""
    if _seat(actor):
        for day in (date(2025, 10, 16), date(2026, 5, 21)):
            host = "LIN" if rng.random() < 0.5 else "HOL"
            yield _row(actor, host, "external", "advisory_board", day) | _with(actor, 0)
    if "new" in actor.quirks:
        return
    if actor.truth(_TOP) >= 3 and rng.random() < 0.75:
        day = pick(rng, (date(2025, 3, 12), date(2025, 9, 10), date(2026, 3, 11)))
        yield _row(actor, "OSE", "internal", "investment_committee", day)
    if actor.truth("QUA") >= 3 and rng.random() < 0.6:
        day = days_before(AS_OF, whole(rng, 20, 340))
        row = _row(actor, actor.manager, "internal", "success_evidence", day)
        yield row | {"note": "case told in the newsletter"}
    if actor.truth("QUA") == 4:
        yield _row(actor, actor.manager, "internal", "award", date(2025, 12, 4))


def _loose_ends(actor: Actor, rng: Random) -> Iterator[Row]:
    """Executives who are not assigned, meetings to come, meetings that fell through."""
    throw = rng.random()
    if actor.status != "active" or "bluff-TOP" in actor.quirks:
        return
    if throw < 0.22:
        visitor = pick(rng, ("OSE", "ADL", "NAK", "PET"))
        if visitor not in {person for person, _ in actor.sponsors.values()}:
            day = days_before(AS_OF, whole(rng, 15, 300))
            yield (
                _row(actor, visitor, "external", "exec_meeting", day) | _with(actor, 0) | {"note": "at a trade fair"}
            )
    if 0.15 < throw < 0.5 and actor.sponsors:
        side, (person, _) = list(actor.sponsors.items())[-1]
        if person != "VOS":
            day = days_before(AS_OF, -whole(rng, 6, 60))
            yield _row(actor, person, side, "exec_meeting", day) | {"status": "planned"}
    if throw > 0.8:
        row = _row(actor, actor.manager, "external", "visit", days_before(AS_OF, whole(rng, 10, 120)))
        yield row | {"status": "cancelled", "note": "called off by the customer"}


_PARTS = (_sponsor_touches, _manager_contacts, _negotiations, _boards, _loose_ends)


def _programme_wide() -> Iterator[Row]:
    """Promotion inside the company, without an account."""

    def row(person: str, kind: str, day: date, note: str) -> Row:
        return {"person_id": person, "side": "internal", "kind": kind, "occurred_on": day, "note": note}

    for year, month in ((2024, 10), *((y, m) for y in (2025, 2026) for m in (1, 4, 7, 10))):
        if (year, month) != (2026, 10):
            label = f"Q{month // 3 + 1} {year}"
            yield row("DIR", "newsletter", date(year, month, 8), f"newsletter {label}")
            yield row("CTL", "success_evidence", date(year, month, 22), f"profit of the programme, {label}")
    for year in (2025, 2026):
        yield row("HOL", "convention", date(year, 3, 19), f"key account convention {year}")
    for year in (2024, 2025):
        yield row("LIN", "award", date(year, 12, 4), f"key account team of the year {year}")
    yield row("HOL", "convention", date(2027, 3, 18), "key account convention 2027") | {"status": "planned"}
    yield row("DIR", "newsletter", date(2026, 2, 18), "extra issue") | {"status": "cancelled"}
