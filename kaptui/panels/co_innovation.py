"""The panel "Co-innovation programmes": multi-year investments with the customer: committed, spent and earned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import count, listed, money, share
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "programme_id": "text",
    "account_id": "text",
    "name": "text",
    "kind": "text",
    "status": "text",
    "start_on": "date",
    "end_on": "date",
    "own_commitment": "money",
    "spent": "money",
    "realised_profit": "money",
    "multi_year": "flag",
    "commitment_to_revenue": "share",
    "account": "text",
    "spent_share": "share",
    "profit_on_spent": "number",
    "return_due": "flag",
    "running": "flag",
    "quadrant": "text",
}


def _short(row: Row) -> State:
    """Spent, due, and less came back."""
    spent, back = row["spent"], row["realised_profit"]
    lost = row["return_due"] and spent is not None and back is not None and back < spent
    return "bad" if lost else ""


def _status(context: Context) -> Callable[[Row], str]:
    """The status that the file gives; an active programme whose end has passed is over."""

    def text(row: Row) -> str:
        ended = row["status"] == "active" and row["end_on"] is not None and row["end_on"] < context.as_of
        return "ended" if ended else str(row["status"])

    return text


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every programme: committed, spent, what came back, and how long it runs."""
    columns = (
        column("account"),
        column("name", label="Programme", width=20),
        column("status", width=9, text=_status(context)),
        column("end_on", "date"),
        column("multi_year", "flag", label="Multi-year"),
        column("own_commitment", "money", label="Committed"),
        column("commitment_to_revenue", "share", label="Yearly part of revenue", short="Of revenue"),
        column("spent", "money"),
        column("realised_profit", "money", label="Returned", state=_short),
        column("profit_on_spent", "number", label="Per spent"),
    )
    shown = {each.name for each in columns}
    more = tuple(column(name, kind) for name, kind in PROMISE.items() if name not in shown)
    running = int(frame["running"].sum() or 0)
    over = frame.filter((frame["status"] == "active") & (frame["end_on"] < context.as_of)).height
    still = f"{over} ended but still marked active" if over else ""
    told = at_margin(frame)
    words = listed(
        (
            f"{told} at accounts with programme margin" if told else "",
            count("programme", frame.height),
            f"{running} running",
            still,
        )
    )
    foot = ({"account": "at high margin", "name": told},) if told else ()
    return Table(frame, columns, caption=words, more=more, foot=foot)


def at_margin(frame: pl.DataFrame) -> str:
    """How much of the money of running programmes goes to accounts at programme margin; empty where none is known."""
    known = frame.filter(frame["running"] & frame["own_commitment"].is_not_null())
    own = float(known["own_commitment"].sum() or 0)
    rich = float(known.filter(known["quadrant"].is_in(["protect", "invest"]))["own_commitment"].sum() or 0)
    return f"{share(rich / own)} of {money(own)}" if own > 0 else ""


PANEL = Panel(
    name="co_innovation",
    title="Co-innovation programmes",
    promise=PROMISE,
    render=view,
    source_tables=("programme",),
    row_key="programme_id",
    description="Multi-year investments with the customer: committed, spent and earned.",
)
