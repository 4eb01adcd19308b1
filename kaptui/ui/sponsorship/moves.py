"""The moves of a what-if: which ones make sense for what is under the cursor, and how they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaptui.filters import Move
from kaptui.text import clean, count, money
from kaptui.text.words import SIDES as SIDE_WORDS
from kaptui.text.words import status_words
from kaptui.ui.choice import Choice

if TYPE_CHECKING:
    import polars as pl

    from kaptui.filters import Side

MOST = 300
SIDES: tuple[Side, ...] = ("external", "internal")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the cursor points at: an account, a leader, or both; `side` where the row is about one."""

    account_id: str = ""
    person_id: str = ""
    side: Side | str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the choices are made of: the answers to `leaders`, `sponsorship_matrix`, `sponsorship_gaps` and
    `sponsorship_coverage` under the filter and the moves made so far.
    """

    leaders: pl.DataFrame
    matrix: pl.DataFrame
    gaps: pl.DataFrame
    coverage: pl.DataFrame


QUESTIONS = ("leaders", "sponsorship_matrix", "sponsorship_gaps", "sponsorship_coverage")


def offers(subject: Subject, standing: Standing) -> list[tuple[Choice, Move]]:
    """The moves one may make here, the likeliest first, each with its line; its value is its place."""
    leaders = {row["person_id"]: row for row in standing.leaders.iter_rows(named=True)}
    names = dict(zip(standing.coverage["account_id"], standing.coverage["name"], strict=True))
    if subject.account_id and subject.person_id:
        found = _of_pair(subject, standing, leaders)
    elif subject.account_id:
        found = _of_account(subject, standing, leaders)
    elif subject.person_id:
        found = _of_leader(subject.person_id, standing, leaders)
    else:
        found = iter(())
    kept: dict[Move, str] = {}
    for move, note in found:
        if move.person_id in leaders and (not move.account_id or move.account_id in names):
            kept.setdefault(move, note)
        if len(kept) == MOST:
            break
    there = {(row["account_id"], row["side"]): row["sponsor"] for row in standing.coverage.iter_rows(named=True)}
    return [
        (Choice(move.kind.capitalize(), _said(move, leaders, names, there), clean(note), str(place)), move)
        for place, (move, note) in enumerate(kept.items())
    ]


def _said(move: Move, leaders: Leaders, names: Mapping[str, str], there: Mapping[tuple[str, str], str | None]) -> str:
    name = clean(leaders[move.person_id]["name"])
    if move.kind == "leave":
        return f"{name} leaves the company"
    account = clean(names[move.account_id])
    replaced = there.get((move.account_id, move.side)) if move.kind == "replace" else None
    if replaced:  # the account stands last, where a narrow screen cuts: the cursor is on it
        return f"{name} for {last_names(replaced)} {SIDE_WORDS[move.side]}, {account}"
    return f"{name} {'from' if move.kind == 'remove' else 'to'} {account}, {SIDE_WORDS[move.side]}"


def last_names(sponsors: str) -> str:
    """The last names of those who stand on a side."""
    return ", ".join(clean(name).strip().rpartition(" ")[2] for name in sponsors.split("; "))


Found = Iterator[tuple[Move, str]]
Leaders = Mapping[str, Mapping[str, Any]]


def _standing_at(standing: Standing, account_id: str) -> Sequence[Mapping[str, Any]]:
    import polars as pl

    live = pl.col("status").is_in(["left", "removed"]).not_()
    return standing.matrix.filter((pl.col("account_id") == account_id) & live).to_dicts()


def _of_pair(subject: Subject, standing: Standing, leaders: Leaders) -> Found:
    """One leader, one account: on or off each side, the one that the row is about first; or gone altogether."""
    person, account = subject.person_id, subject.account_id
    gaps = {row["side"]: row for row in standing.gaps.to_dicts() if row["account_id"] == account}
    on = {row["side"] for row in _standing_at(standing, account) if row["person_id"] == person}
    leader = leaders.get(person)
    if leader is None or not leader["active"]:
        return
    sides = sorted(SIDES, key=lambda side: side != subject.side)
    for side in sides:
        if side not in on:
            gap = gaps.get(side, {})
            suggested = gap.get("suggested_id") == person
            note = f"suggested: {gap['suggested_because']}" if suggested else _carries(leader)
            yield from ((move, note) for move in _taking(person, account, side, gap.get("status")))
    for side in sides:
        if side in on:
            yield Move("remove", person, account, side), _carries(leader)
    yield from _leaving(leader)


def _of_account(subject: Subject, standing: Standing, leaders: Leaders) -> Found:
    """Who could take its open sides, the suggestion first; who could be taken off; then everybody else."""
    import polars as pl

    account = subject.account_id
    gaps = standing.gaps.filter(pl.col("account_id") == account).to_dicts()
    gaps.sort(key=lambda row: (row["side"] != subject.side, row["status"] != "uncovered"))
    for gap in gaps:
        if gap["suggested_id"]:
            move = next(_taking(gap["suggested_id"], account, gap["side"], gap["status"]))
            yield move, f"suggested: {gap['suggested_because']}"
    on = _standing_at(standing, account)
    for row in on:
        yield Move("remove", row["person_id"], account, row["side"]), status_words(row["status"])
    taken = {(row["person_id"], row["side"]) for row in on}
    status = {gap["side"]: gap["status"] for gap in gaps}
    sides: list[Any] = list(dict.fromkeys([*(gap["side"] for gap in gaps), *SIDES]))
    free = sorted(
        (one for one in leaders.values() if one["active"]), key=lambda one: (not one["free"], one["accounts_in_file"])
    )
    for side in sides:
        for leader in free:
            if (leader["person_id"], side) not in taken:
                for move in _taking(leader["person_id"], account, side, status.get(side)):
                    yield move, _carries(leader)


def _of_leader(person: str, standing: Standing, leaders: Leaders) -> Found:
    """Let him go; take him off what he stands on; give him an open side, the largest first."""
    import polars as pl

    leader = leaders.get(person)
    if leader is None or not leader["active"]:
        return
    yield from _leaving(leader)
    mine = standing.matrix.filter((pl.col("person_id") == person) & (pl.col("status") != "removed")).to_dicts()
    for row in mine:
        yield Move("remove", person, row["account_id"], row["side"]), status_words(row["status"])
    on = {(row["account_id"], row["side"]) for row in mine}
    for gap in standing.gaps.iter_rows(named=True):
        if (gap["account_id"], gap["side"]) not in on:
            weight = f", {money(gap['revenue'])}" if gap["revenue"] is not None else ""
            for move in _taking(person, gap["account_id"], gap["side"], gap["status"]):
                yield move, f"{status_words(gap['status'])}{weight}"


def _taking(person: str, account: str, side: Side, status: str | None) -> Iterator[Move]:
    """How a leader takes a side: in place of those who stand there where it is silent, else beside them."""
    if status == "stale":
        yield Move("replace", person, account, side)
    yield Move("assign", person, account, side)


def _leaving(leader: Mapping[str, Any]) -> Found:
    if leader["accounts_in_file"]:
        yield Move("leave", leader["person_id"]), _lost(leader["lost_revenue"])


def _lost(revenue: float | None) -> str:
    """What loses cover when somebody goes; what is lost is unknown where the accounts have no figures."""
    return "nothing loses cover" if revenue == 0 else f"{money(revenue)} loses cover"


def _carries(leader: Mapping[str, Any]) -> str:
    return f"carries {count('account', leader['accounts_in_file'])}" + ("" if leader["free"] else ", no room")
