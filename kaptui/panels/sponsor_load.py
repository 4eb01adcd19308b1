"""The panel "Sponsor load": each sponsor's accounts, their revenue, and the meetings made against those due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.panels.columns import column
from kaptui.text import UNKNOWN, count, listed, money, of
from kaptui.text.accounts import named
from kaptui.text.words import load_words
from kaptui.views import Kind, Row, State, Table

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
    "lost_names": "text",
}

LOADS: Mapping[str, State] = {"ok": "good", "warn": "warn", "over": "bad"}
_NEAR: Mapping[str, str] = {"warn": " near", "over": " over"}


def accounts_text(row: Row) -> str:
    """The number of accounts, and whether that is near or over the limit."""
    return f"{row['accounts']}{_NEAR.get(row['load'], '')}"


def _load_words(row: Row) -> str:
    return load_words(row["load"])


def _load(row: Row) -> State:
    return LOADS.get(row["load"], "")


def _kept(part: str, due: str, word: str = "") -> Mapping[str, Any]:
    """Text and state of what a sponsor kept up of what was due: bad for nothing of it, a warning for less than all.

    What cannot be judged, because no touch of any sponsor is known, is no zero.
    """

    def text(row: Row) -> str:
        if _untold(row, part):
            return UNKNOWN
        return f"{row[part]}, {row[due]} {word}" if word else of(row[part], row[due])

    def state(row: Row) -> State:
        kept, wanted = row[part] or 0, row[due] or 0
        if _untold(row, part):
            return "muted"
        return "bad" if wanted and not kept else "warn" if kept < wanted else ""

    return {"text": text, "state": state}


def _untold(row: Row, part: str) -> bool:
    """Where no touch is known, none was counted."""
    return bool(row["sides_unknown"]) or row[part] is None


def _leaving(row: Row) -> str:
    return "leaving" if row["orphan_risk"] else ""


def _leaving_state(row: Row) -> State:
    return "bad" if row["orphan_risk"] else ""


def _lost(row: Row) -> str:
    """What loses cover without this leader; nothing to lose is no zero."""
    return "--" if row["lost_accounts"] == 0 else money(row["lost_revenue"])


def _lost_said(row: Row) -> str:
    """Which accounts these are, those with most revenue first."""
    if not row["lost_accounts"]:
        return ""
    return f"{count('account', row['lost_accounts'])} without cover: {named(row['lost_names'].split('; '))}"


def _base(part: str, known: str) -> Mapping[str, Any]:
    """Text and state of a count of sides with the sides it can be told of as its base."""

    def text(row: Row) -> str:
        return of(row[part], row[known]) if row[known] else UNKNOWN

    def state(row: Row) -> State:
        return "warn" if row[known] and row[part] < row[known] else ""

    return {"text": text, "state": state}


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Sponsors with their accounts (near or over the limit), what hangs on them, how many of their sides they meet in
    time: meetings made against those due set off one neglected account against another.
    """
    columns = (
        column("name", label="Sponsor", width=18),
        column("accounts", "integer", text=accounts_text, state=_load, width=8, measure="load"),
        column("lost_revenue", "money", label="At risk", text=_lost, says=_lost_said),
        column("sides_on_time", "integer", label="Sides on time", width=9, **_kept("sides_on_time", "sides")),
        column("touches_made", "integer", label="Meetings", width=14, **_kept("touches_made", "touches_due", "due")),
        column("revenue", "money"),
        column("orphan_risk", "flag", label="Leaving", text=_leaving, state=_leaving_state, width=8),
        column("load", text=_load_words, state=_load, width=10, measure="load"),
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
            f"{over} over the limit" if over else "none over the limit",
            f"{risky} leaving" if risky else "",
        )
    )
    return Table(frame, columns, key="person_id", caption=caption)


PANEL = Panel(
    name="sponsor_load",
    title="Sponsor load",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="person_id",
    description="Each sponsor's accounts, their revenue, and the meetings made against those due.",
    comparison=Comparison({"accounts": "", "lost_revenue": ""}),
)
