"""A what-if on the facts themselves: other rows of people and sponsorships, then everything is worked out anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kaptui.filters import Move
from tests.reference.facts import Facts, Row, typed

BY_MOVE = "move "
"""How the ids of sponsorships begin that a what-if makes."""


def moved(facts: Facts, moves: Iterable[Move], as_of: date) -> Facts:
    """The facts after the moves, made at as-of one after the other."""
    people = [dict(row) for row in facts["person"]]
    sponsorships = [dict(row) for row in facts["sponsorship"]]
    for number, move in enumerate(moves):
        if move.kind == "leave":
            for person in people:
                person["active"] = person["active"] and person["person_id"] != move.person_id
        elif move.kind == "remove":
            sponsorships = [row for one in sponsorships for row in _removed(one, move, as_of)]
        else:
            if move.kind == "replace":
                sponsorships = [row for one in sponsorships for row in _replaced(one, move, as_of)]
            if not any(_stands(one, move, as_of) for one in sponsorships):
                sponsorships.append(_assigned(move, as_of, number))
    return Facts.of({**facts.tables, "person": people, "sponsorship": sponsorships})


def _stands(row: Row, move: Move, as_of: date) -> bool:
    same = (row["person_id"], row["account_id"], row["side"]) == (move.person_id, move.account_id, move.side)
    return same and row["start_on"] <= as_of and (row["end_on"] is None or row["end_on"] > as_of)


def _removed(row: Row, move: Move, as_of: date) -> Iterable[Row]:
    """A sponsorship taken off ends at as-of; one that a move made was never there."""
    if not _stands(row, move, as_of):
        yield row
    elif not is_new(row):
        yield row | {"end_on": as_of}


def _replaced(row: Row, move: Move, as_of: date) -> Iterable[Row]:
    """Everybody on the side gives it up but the one who takes it."""
    if row["person_id"] == move.person_id:
        return (row,)
    return _removed(row, Move("remove", row["person_id"], move.account_id, move.side), as_of)


def is_new(row: Row) -> bool:
    """Whether a move of a what-if made this sponsorship."""
    return str(row["sponsorship_id"]).startswith(BY_MOVE)


def _assigned(move: Move, as_of: date, number: int) -> Row:
    raw = {
        "sponsorship_id": f"{BY_MOVE}{number}",
        "account_id": move.account_id,
        "person_id": move.person_id,
        "side": move.side,
        "start_on": as_of.isoformat(),
    }
    return typed("sponsorship", raw)
