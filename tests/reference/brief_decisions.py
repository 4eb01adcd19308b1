"""The decisions of the Brief: the asks of the heaviest accounts and the first lines of the proposal, in turn.

Where domain.md is silent: the ask of the heaviest account stands first, then a line of the proposal for another one,
an ask, a second line, and asks after that. Whichever way an account comes in, its ask is the one that the Overview
shows.
"""

from __future__ import annotations

from tests.reference.asks import BECAUSE, ask, ask_in_short, first_ask
from tests.reference.attention import amount as reason_amount
from tests.reference.attention import by_weight, raised, serious
from tests.reference.brief_words import short
from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.proposal import proposal

PROPOSED = 2
"""So many lines of the proposal have a place of their own."""
MOST = 5


def brief_decisions(case: Case) -> list[Row]:
    """At most five, one for each account: the heaviest one's ask, a line of the proposal, and so on in turn.

    Two lines of the proposal at most, while there are asks; none for the account whose ask stands first.
    """
    asked = [row for key in by_weight(case) if (row := _asked(case, key))]
    first = asked[0]["account_id"] if asked else None
    proposed: dict[str, Row] = {}
    for (key, _), row in proposal(case).items():
        if key in case.chosen and key != first and row["person_id"] and key not in proposed:
            proposed[key] = _proposed(case, key, row)
    early = list(proposed.values())[:PROPOSED]
    taken = {row["account_id"] for row in early}
    asks = [row for row in asked if row["account_id"] not in taken]
    later = [
        row for row in list(proposed.values())[PROPOSED:] if row["account_id"] not in {a["account_id"] for a in asks}
    ]
    rows: list[Row] = []
    for at in range(max(PROPOSED, len(asks))):
        rows += [*asks[at : at + 1], *early[at : at + 1]]
    return [{"number": number} | row for number, row in enumerate([*rows, *later][:MOST], 1)]


def _asked(case: Case, key: str) -> Row | None:
    if not serious(case, key):
        return None
    name = next((one for one in raised(case, key) if ask(case, key, one)), None)
    if name is None:
        return None
    return {
        "decision": f"{short(case.facts.accounts[key]['name'])}: {first_ask(case, key)}",
        "account_id": key,
        "because": BECAUSE[name](case, key),
        "amount": reason_amount(case, key, name),
        "name": case.facts.accounts[key]["name"],
        "ask": first_ask(case, key),
        "reason": name,
        "short": ask_in_short(case, key),
        **_appointed(case, key),
    }


def _appointed(case: Case, key: str) -> Row:
    """Whom the proposal would appoint and from when on, else the account's manager, who acts without a day."""
    rows = [row for (account, _), row in sorted(proposal(case).items()) if account == key and row["person_id"]]
    manager = case.facts.people.get(case.facts.accounts[key]["manager_id"], {}).get("name")
    return {
        "who": "; ".join(row["person"] for row in rows) or manager,
        "covered_from": rows[0]["covered_from"] if rows else None,
    }


SIDE_WORDS = {"internal": "inside", "external": "at customer"}
STATUS_WORDS = {"uncovered": "open", "stale": "silent"}


def _proposed(case: Case, key: str, row: Row) -> Row:
    """Both sides are told where both are gaps, though there is somebody for one of them only."""
    gaps = [one for (account, _), one in proposal(case).items() if account == key]
    standing = [f"{SIDE_WORDS[one['side']]} {STATUS_WORDS[one['status']]}" for one in gaps]
    return {
        "decision": f"{short(row['name'])}: {first_ask(case, key)}",
        "account_id": key,
        "because": f"{', '.join(standing)}; {row['person']} {row['because']}",
        "amount": row["revenue"],
        "name": row["name"],
        "ask": first_ask(case, key),
        "reason": "proposal",
        "short": ask_in_short(case, key),
        **_appointed(case, key),
    }
