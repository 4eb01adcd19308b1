"""Sponsor load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.tables import column
from kaptui.views import Kind, Row, State, Table
from kaptui.wording import count, listed, of

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
}


_LOADS: Mapping[str, State] = {"ok": "good", "warn": "warn", "over": "bad"}
_MARKS: Mapping[str, str] = {"warn": " !", "over": " !!"}


def _accounts(row: Row) -> str:
    return f"{row['accounts']}{_MARKS.get(row['load'], '')}"


def _load(row: Row) -> State:
    return _LOADS.get(row["load"], "")


def _touches(row: Row) -> str:
    return of(row["touches_made"], row["touches_due"])


def _leaving(row: Row) -> str:
    return "leaving" if row["orphan_risk"] else ""


def _leaving_state(row: Row) -> State:
    return "bad" if row["orphan_risk"] else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Sponsors with their accounts (! many, !! too many), meetings made of those due, who leaves a gap."""
    columns = (
        column("name", label="Sponsor"),
        column("function"),
        column("level", "integer", width=5),
        column("accounts", "integer", text=_accounts, state=_load, width=8),
        column("revenue", "money"),
        column("load", state=_load, width=5),
        column("orphan_risk", "flag", label="Orphans", text=_leaving, state=_leaving_state, width=8),
        column("touches_made", "integer", label="Meetings", text=_touches, width=9),
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
