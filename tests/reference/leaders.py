"""Leaders: who stands where, who could stand somewhere, and what the moves of a what-if change.

Where domain.md is silent: a leader is whoever has a live sponsorship at an account of the programme, or is of level 4
or 5 and active, or has gone with a side still in his name. `accounts`, `revenue` and `lost_revenue` are those of the
accounts chosen, as in `sponsor_load`; `load` and `free` look at the whole programme, as the proposal does. Who carries
nothing carries 0; revenue that nobody knows stays unknown. Nobody stands at an exited account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kaptui.filters import Move
from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import by_revenue, figures
from tests.reference.sponsorship import SIDES, load_in_file, load_of, side_of, sponsor_load, touches
from tests.reference.what_if import moved


def held(case: Case, account_id: str, side: str) -> set[str]:
    """Whose name stands at a side at as-of, whether they are still with us or not."""
    return {
        row["person_id"]
        for row in case.facts.where("sponsorship", "account_id", account_id)
        if row["side"] == side
        and row["start_on"] <= case.as_of
        and (row["end_on"] is None or row["end_on"] > case.as_of)
    }


def leaders(case: Case) -> list[Row]:
    """One row per leader, who carries most first."""
    left = {
        person_id
        for account_id in case.programme
        for side in SIDES
        for person_id in held(case, account_id, side)
        if not case.facts.people[person_id]["active"]
    }
    could = {key for key, person in case.facts.people.items() if person["active"] and (person["level"] or 0) >= 4}
    carried = {row["person_id"]: row for row in sponsor_load(case)}
    rows = [_leader(case, key, carried.get(key)) for key in left | could | set(load_in_file(case))]
    return sorted(rows, key=_by_load)


def _by_load(row: Row) -> tuple[int, bool, Decimal, bool, bool, int, str, str]:
    """Nothing promises an order: who carries most first, then who is most senior, and no two alike."""
    worth, level = row["revenue"], row["level"]
    carried = (-row["accounts"], worth is None, -(worth or Decimal(0)))
    return (*carried, not row["active"], level is None, -(level or 0), row["name"], row["person_id"])


def _leader(case: Case, person_id: str, carried: Row | None) -> Row:
    person, number = case.facts.people[person_id], len(load_in_file(case).get(person_id, ()))
    nothing: Row = {"accounts": 0, "revenue": Decimal(0), "lost_revenue": Decimal(0)}
    mine = carried or nothing
    return {
        **{column: person[column] for column in ("person_id", "name", "function", "level", "active")},
        **{column: mine[column] for column in nothing},
        "load": load_of(case, person_id),
        "accounts_in_file": number,
        "free": bool(person["active"]) and (person["level"] or 0) >= 4 and number < case.setting("load_warn"),
    }


def sponsorship_matrix(case: Case) -> list[Row]:
    """One row per leader, account and side as the facts have it: by revenue, the inside first, by name."""
    return _matrix(case, ())


def matrix_after(before: Case, moves: Iterable[Move]) -> list[Row]:
    """The matrix of a what-if: who was taken off is still listed, and what a move is about is marked.

    Taken off is whoever a move took off and who does not stand there in the end, also if only another move had put
    him there.
    """
    moves = tuple(moves)
    return _matrix(before, moves)


def after(case: Case, moves: Iterable[Move]) -> Case:
    """The same choices over the facts that the moves make."""
    return replace(case, facts=moved(case.facts, moves, case.as_of))


def _taken_off(before: Case, moves: tuple[Move, ...], account_id: str, side: str) -> set[str]:
    """Whom a move takes off a side: one by one, or all who stand there when somebody takes it in their place."""
    found = {move.person_id for move in moves if _is(move, "remove", account_id, side)}
    for number, move in enumerate(moves):
        if _is(move, "replace", account_id, side):
            found |= replaced_by(before, moves, number)
    return found


def replaced_by(before: Case, moves: tuple[Move, ...], number: int) -> set[str]:
    """Who stood on the side when the move of this number was made, but for the one who takes it."""
    move = moves[number]
    return held(after(before, moves[:number]), move.account_id, move.side) - {move.person_id}


def _matrix(before: Case, moves: tuple[Move, ...]) -> list[Row]:
    now, rows = after(before, moves), []
    for account_id in sorted(now.chosen_programme, key=lambda key: by_revenue(now, key)):
        for side in SIDES:
            standing = held(now, account_id, side)
            taken_off = _taken_off(before, moves, account_id, side)
            for person_id in sorted(standing | taken_off, key=lambda key: (now.facts.people[key]["name"], key)):
                row = _cell(now, account_id, side, person_id, person_id in standing)
                rows.append(row | {"moved": person_id in taken_off - standing or _touched(row, moves)})
    return rows


def _is(move: Move, kind: str, account_id: str, side: str) -> bool:
    return (move.kind, move.account_id, move.side) == (kind, account_id, side)


def _touched(row: Row, moves: tuple[Move, ...]) -> bool:
    """Whether a move is about this cell, or about its leader as a whole."""
    here = {("", ""), (row["account_id"], row["side"])}
    return any(move.person_id == row["person_id"] and (move.account_id, move.side) in here for move in moves)


def _cell(case: Case, account_id: str, side: str, person_id: str, stands: bool) -> Row:
    """How one leader stands alone; who has left or was taken off touches nobody any more."""
    person = case.facts.people[person_id]
    live = stands and bool(person["active"])
    last = max(touches(case, account_id, side, {person_id}), default=None) if live else None
    status = side_of(case, account_id, side, alone=person_id).status if live else "left" if stands else "removed"
    return {
        "account_id": account_id,
        "name": case.facts.accounts[account_id]["name"],
        "person_id": person_id,
        "leader": person["name"],
        "side": side,
        "status": status,
        "last_touch_on": last,
        "days_since_touch": case.age(last) if last else None,
        "revenue": figures(case, account_id).revenue,
    }


def what_if_moves(case: Case, moves: Iterable[Move] = ()) -> list[Row]:
    """One row per move, in the order in which they were made: its side and its leader now and after all moves.

    The screen heads the two with "Now" and "What if", so a side that is moved twice says the same twice.
    """
    moves = tuple(moves)
    now = after(case, moves)
    return [_move(place, move, case, now) | _freed(case, now, moves, place - 1) for place, move in enumerate(moves, 1)]


def _freed(before: Case, now: Case, moves: tuple[Move, ...], number: int) -> Row:
    """Whom a move replaces, by name, and how many accounts they carry together in the file and after all moves."""
    people = replaced_by(before, moves, number) if moves[number].kind == "replace" else set()
    names = sorted((before.facts.people[person_id]["name"], person_id) for person_id in people)
    return {
        "replaces": "; ".join(name for name, _ in names) or None,
        **{
            f"replaced_{word}": sum(len(load_in_file(case).get(key, ())) for key in people) if people else None
            for word, case in (("before", before), ("after", now))
        },
    }


def _move(place: int, move: Move, before: Case, now: Case) -> Row:
    """One move; whoever leaves has neither account nor side."""
    account = before.facts.accounts[move.account_id] if move.account_id else None
    row: Row = {
        "place": place,
        "move": move.kind,
        "account_id": move.account_id or None,
        "name": account["name"] if account else None,
        "side": move.side or None,
        "person_id": move.person_id,
        "leader": before.facts.people[move.person_id]["name"],
        "revenue": figures(before, move.account_id).revenue if account else None,
    }
    for word, case in (("before", before), ("after", now)):
        row[f"status_{word}"] = side_of(case, move.account_id, move.side).status if account else None
        row[f"accounts_{word}"] = len(load_in_file(case).get(move.person_id, ()))
    return row
