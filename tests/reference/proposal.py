"""The one proposal: the gaps of the whole programme by revenue, each given the best leader who is still free.

Where domain.md is silent: what was proposed before counts where a leader's accounts are counted, not for the region of
the most of them; several regions with equally many all are that region; who is replaced is not relieved of his account;
a leader whose function is not known is independent; "met somebody there" is any done activity of his at the account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import by_revenue, figures
from tests.reference.sponsorship import SIDES, assigned, independent, load_in_file, side_of

NOBODY = "nobody is free any more"
Held = Mapping[str, set[str]]
"""Accounts by the person who carries them."""


@cache
def proposal(case: Case) -> dict[tuple[str, str], Row]:
    """Every gap of the programme, whatever the filter, with who is proposed; by account and side, in order."""
    held = {person_id: set(accounts) for person_id, accounts in load_in_file(case).items()}
    found: dict[tuple[str, str], Row] = {}
    for account_id in sorted(case.programme, key=lambda key: by_revenue(case, key)):
        for side in SIDES:
            if side_of(case, account_id, side).status in ("uncovered", "stale"):
                found[account_id, side] = _proposed(case, account_id, side, held)
                if person_id := found[account_id, side]["person_id"]:
                    held.setdefault(person_id, set()).add(account_id)
    return found


def _proposed(case: Case, account_id: str, side: str, held: Held) -> Row:
    free = [person_id for person_id in case.facts.people if is_free(case, account_id, side, person_id, held)]
    there = side_of(case, account_id, side)
    best = min(free, key=lambda person_id: _worth(case, account_id, person_id, held), default=None)
    return {
        "account_id": account_id,
        "name": case.facts.accounts[account_id]["name"],
        "side": side,
        "status": side_of(case, account_id, side).status,
        "revenue": figures(case, account_id).revenue,
        "person_id": best,
        "person": case.facts.people[best]["name"] if best else None,
        "replaces": "; ".join(there.sponsors) if best and there.status == "stale" else None,
        "because": _because(case, account_id, best, held) if best else NOBODY,
        "covered_from": case.as_of + timedelta(days=int(case.setting("new_days"))) if best else None,
    }


def is_free(case: Case, account_id: str, side: str, person_id: str, held: Held) -> bool:
    """Active, level 4 or 5, independent, with room for one more, on neither side of the account already.

    Who stood on this side until a day ago would be renewed there, and a renewal is nobody new.
    """
    person = case.facts.people[person_id]
    there = {row["person_id"] for side in SIDES for row in assigned(case, account_id, side)}
    return (
        bool(person["active"])
        and (person["level"] or 0) >= 4
        and independent(case, account_id, person_id)
        and len(held.get(person_id, ())) < case.setting("load_warn")
        and person_id not in there
        and not _just_left(case, account_id, side, person_id)
        and account_id not in held.get(person_id, ())
    )


def _just_left(case: Case, account_id: str, side: str, person_id: str) -> bool:
    spells = case.facts.where("sponsorship", "account_id", account_id)
    return any(
        (row["person_id"], row["side"]) == (person_id, side)
        and row["end_on"] is not None
        and 0 <= case.age(row["end_on"]) <= 1
        for row in spells
    )


def _worth(case: Case, account_id: str, person_id: str, held: Held) -> tuple[bool, bool, bool, int, str]:
    """The smaller the better: one criterion after the other, as domain.md names them."""
    fits, near, met = reasons(case, account_id, person_id, held)
    return (not fits, not near, not met, len(held.get(person_id, ())), person_id)


def reasons(case: Case, account_id: str, person_id: str, held: Held | None = None) -> tuple[bool, bool, bool]:
    """Level fits the highest active contact; same region as the most of his accounts; was here before."""
    levels = [
        row["level"]
        for row in case.facts.where("stakeholder", "account_id", account_id)
        if row["active"] and row["level"] is not None
    ]
    carried = load_in_file(case).get(person_id, ())
    regions = Counter(case.facts.accounts[key]["region"] for key in carried if case.facts.accounts[key]["region"])
    most = {region for region, number in regions.items() if number == max(regions.values())}
    met = any(
        row["person_id"] == person_id and row["status"] == "done" and row["occurred_on"] <= case.as_of
        for row in case.facts.where("activity", "account_id", account_id)
    )
    fits = bool(levels) and abs(case.facts.people[person_id]["level"] - max(levels)) <= 1
    return fits, case.facts.accounts[account_id]["region"] in most, met


def _because(case: Case, account_id: str, person_id: str, held: Held) -> str:
    """What he carries with what is proposed before, and what speaks for him."""
    told = zip(reasons(case, account_id, person_id, held), ("level matches", "same region", "met before"), strict=True)
    return ", ".join([f"carries {len(held.get(person_id, ()))}", *(words for speaks, words in told if speaks)])


def suggestion(case: Case, account_id: str, side: str) -> Row:
    """Whom the proposal gives a side; nobody where it is no gap or nobody is left."""
    row = proposal(case).get((account_id, side), {})
    return {"suggested": row.get("person"), "suggested_id": row.get("person_id")}


def sponsorship_proposal(case: Case) -> list[Row]:
    """One row per gap of a chosen account, by revenue."""
    return [row for (account_id, _), row in proposal(case).items() if account_id in case.chosen]
