"""Sponsor load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.tables import column
from kaptui.views import Kind, Row, State, Table
from kaptui.wording import UNKNOWN, count, listed, money, of

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "person_id": "text",
    "name": "text",
    "function": "text",
    "level": "integer",
    "accounts": "integer",
    "revenue": "money",
    "load": "text",
    "orphan_risk": "flag",
    "touches_made": "integer",
    "touches_due": "integer",
    "sides_on_time": "integer",
    "sides": "integer",
    "accounts_all": "integer",
    "lost_accounts": "integer",
    "lost_revenue": "money",
    "sides_unknown": "integer",
    "independent": "integer",
    "independence_known": "integer",
    "level_match": "integer",
    "level_known": "integer",
}

LOADS: Mapping[str, State] = {"ok": "good", "warn": "warn", "over": "bad"}
_MARKS: Mapping[str, str] = {"warn": " ~", "over": " !!"}


def accounts_text(row: Row) -> str:
    """The number of accounts with `~` where the load is warned of, `!!` where it is too high."""
    return f"{row['accounts']}{_MARKS.get(row['load'], '')}"


def _load(row: Row) -> State:
    return LOADS.get(row["load"], "")


def _on_time(row: Row) -> str:
    """What cannot be judged, because no touch of any sponsor is known, is no zero."""
    if row["sides_unknown"]:
        return UNKNOWN
    return of(row["sides_on_time"], row["sides"])


def _late(row: Row) -> State:
    """Bad for who keeps no side on time, a warning for who misses one."""
    on_time, sides = row["sides_on_time"] or 0, row["sides"] or 0
    if row["sides_unknown"]:
        return "muted"
    return "bad" if sides and not on_time else "warn" if on_time < sides else ""


def _untold(row: Row) -> bool:
    return bool(row["sides_unknown"]) or row["touches_made"] is None


def _touches(row: Row) -> str:
    """Where no touch is known, none was counted: that is no zero."""
    return UNKNOWN if _untold(row) else of(row["touches_made"], row["touches_due"])


def _silence(row: Row) -> State:
    """Bad for who was due and never came, a warning for fewer meetings than due."""
    made, due = row["touches_made"] or 0, row["touches_due"] or 0
    if _untold(row):
        return "muted"
    return "bad" if due and not made else "warn" if made < due else ""


def _leaving(row: Row) -> str:
    return "leaving" if row["orphan_risk"] else ""


def _leaving_state(row: Row) -> State:
    return "bad" if row["orphan_risk"] else ""


def _lost(row: Row) -> str:
    """What loses cover without this leader; nothing to lose is no zero."""
    return "--" if row["lost_accounts"] == 0 else money(row["lost_revenue"])


def _base(part: str, known: str) -> Mapping[str, Any]:
    """Text and state of a count of sides with the sides it can be told of as its base."""

    def text(row: Row) -> str:
        return of(row[part], row[known]) if row[known] else UNKNOWN

    def state(row: Row) -> State:
        return "warn" if row[known] and row[part] < row[known] else ""

    return {"text": text, "state": state}


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Sponsors with their accounts (~ many, !! too many), what hangs on them, and how many of their sides they meet in
    time: meetings made against those due set off one neglected account against another.
    """
    columns = (
        column("name", label="Sponsor", width=18),
        column("accounts", "integer", text=accounts_text, state=_load, width=8, measure="load"),
        column("lost_revenue", "money", label="If leaves", text=_lost),
        column("sides_on_time", "integer", label="On time", text=_on_time, state=_late, width=9),
        column("touches_made", "integer", label="Meetings", text=_touches, state=_silence, width=9),
        column("revenue", "money"),
        column("orphan_risk", "flag", label="Orphans", text=_leaving, state=_leaving_state, width=8),
        column("load", state=_load, width=5, measure="load"),
        column("independent", "integer", label="Independent", width=11, **_base("independent", "independence_known")),
        column("level_match", "integer", label="Level fits", width=10, **_base("level_match", "level_known")),
        column("function"),
        column("level", "integer", width=5),
    )
    over = int((frame["load"] == "over").sum())
    risky = int(frame["orphan_risk"].sum())
    caption = listed(
        (
            count("sponsor", frame.height),
            f"{over} with too many accounts" if over else "none with too many accounts",
            f"{risky} about to leave a side without one" if risky else "",
        )
    )
    return Table(frame, columns, key="person_id", caption=caption)


PANEL = Panel(
    name="sponsor_load",
    title="Sponsor load",
    promise=PROMISE,
    draw=view,
    feeds=("sponsorship",),
    item="person_id",
    would_show="Each sponsor's accounts, their revenue, and the meetings made against those due.",
)
