"""The panel "Reasons for attention": every reason of every account, with the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import count
from kaptui.text.reasons import reason_words
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "reason": "text",
    "detail": "text",
    "serious": "flag",
    "amount": "money",
}


def _reason(row: Row) -> str:
    return f"{'!' if row['serious'] else ' '} {reason_words(row['reason'])}"


def _state(row: Row) -> State:
    return "bad" if row["serious"] else "warn"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Each reason in short words, marked where serious, then what the rule found."""
    columns = (
        column("name"),
        column("reason", text=_reason, state=_state, width=26),
        column("detail"),
        column("amount", "money"),
    )
    serious = int(frame["serious"].sum())
    accounts = frame["account_id"].n_unique()
    caption = f"{count('reason', frame.height)} at {count('account', accounts)}, {serious} serious (!)"
    return Table(frame, columns, caption=caption)


PANEL = Panel(
    name="attention_reasons",
    title="Reasons for attention",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="reason",
    description="Every reason of every account, with the numbers behind it.",
    when_empty="No rule raises a reason. Rules without data raise none.",
)
