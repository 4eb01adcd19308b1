"""The panel "Sponsorship in practice, 12 months: inside, then at customer".

What leaders did for each account in the last twelve months.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import UNKNOWN, day, listed, of
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "executive_sponsor": "flag",
    "investment_committee": "flag",
    "success_evidence": "flag",
    "recognition": "flag",
    "year_end_negotiation": "flag",
    "advisory_board": "flag",
    "negotiation_planned_on": "date",
    "negotiation_held_on": "date",
    "negotiation_exposed": "flag",
    "revenue": "money",
    "negotiation_ahead": "flag",
}
_HEADS: Mapping[str, str] = {
    "executive_sponsor": "Sponsor",
    "investment_committee": "Committee",
    "success_evidence": "Proof",
    "recognition": "Award",
}


def _flag(name: str) -> Callable[[Row], str]:
    return lambda row: UNKNOWN if row[name] is None else "yes" if row[name] else "no"


def _state(name: str) -> Callable[[Row], State]:
    return lambda row: "good" if row[name] else "muted"


def _negotiated(row: Row) -> str:
    """Of the negotiations of twelve months: whether a leader sat there; an account without any has no rate."""
    held = row["year_end_negotiation"]
    if row["recognition"] is None:  # the file holds no activities
        return UNKNOWN
    return "none held" if held is None else "leader" if held else "no leader"


def _led(row: Row) -> State:
    held = row["year_end_negotiation"]
    return "muted" if held is None else "good" if held else "warn"


def _next(row: Row) -> str:
    if row["negotiation_exposed"]:
        return f"alone {day(row['negotiation_planned_on'])}" if row["negotiation_planned_on"] else "alone, no date"
    if row["negotiation_planned_on"]:
        return day(row["negotiation_planned_on"])
    return "to come, no date" if row["negotiation_ahead"] else "--"


def _alone(row: Row) -> State:
    return "bad" if row["negotiation_exposed"] else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """What the company's leaders did inside, then at the customer, and who faces the next negotiation alone."""
    columns = (
        column("name"),
        *(
            column(name, "flag", label=head, text=_flag(name), state=_state(name), width=9)
            for name, head in _HEADS.items()
        ),
        column("year_end_negotiation", "flag", label="Year-end", text=_negotiated, state=_led, width=10),
        column("advisory_board", "flag", label="Board", text=_flag("advisory_board"), state=_state("advisory_board")),
        column("negotiation_planned_on", "date", label="Next year-end", text=_next, state=_alone, width=18),
        column("revenue", "money"),
    )
    held = frame["year_end_negotiation"].drop_nulls()
    alone, ahead = int(frame["negotiation_exposed"].sum()), int(frame["negotiation_ahead"].sum())
    told = len(frame["recognition"].drop_nulls()) > 0
    none = "no negotiation held" if told else "cannot be told: no activities"
    caption = listed(
        (
            f"leader at {of(int(held.sum()), len(held))} year-end negotiations" if len(held) else none,
            f"{of(alone, ahead)} {'goes' if alone == 1 else 'go'} into the next one alone" if ahead else "",
        )
    )
    return Table(frame, columns, caption=caption)


PANEL = Panel(
    name="sponsorship_mechanisms",
    title="Sponsorship in practice, 12 months: inside, then at customer",
    promise=PROMISE,
    render=view,
    source_tables=("activity",),
    description="What leaders did for each account in the last twelve months.",
)
