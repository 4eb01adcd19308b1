"""What needs a decision, and what to ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, count
from kaptui.text.reasons import reason_with_amount
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "reason": "text",
    "because": "text",
    "ask": "text",
    "serious": "flag",
    "amount": "money",
    "detail": "text",
}


REASON = "attention_reasons.reason"
"""What `w` explains on either column."""


def _because(row: Row) -> str:
    """The reason in few words; "!" where it is serious."""
    return f"{'!' if row['serious'] else ' '} {clean(reason_with_amount(row))}"


def _ask(row: Row) -> str:
    return clean(row["ask"] or "")


def _state(row: Row) -> State:
    return "bad" if row["serious"] else "warn"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Each reason, serious ones marked "!", and the one step that answers it; the rule's detail can be added."""
    columns = (
        column("name"),
        column("because", label="  Reason", text=_because, state=_state, width=42, measure=REASON),
        column("ask", label="Ask", text=_ask, width=44, measure=REASON),
    )
    more = (column("detail"), column("reason", label="Rule"), column("amount", "money"))
    serious = int(frame["serious"].sum())
    accounts = frame["account_id"].n_unique()
    caption = f"{count('reason', frame.height)} at {count('account', accounts)}, {serious} serious (!)"
    return Table(frame, columns, caption=caption, more=more)


PANEL = Panel(
    name="account_asks",
    title="Decisions",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="reason",
    description="What needs a decision, and what to ask for: a sponsor, a price, a plan.",
    when_empty="No rule raises a reason. Rules without data raise none.",
)
