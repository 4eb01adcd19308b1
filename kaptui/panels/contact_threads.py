"""The panel "Contacts: single, thin or broad".

How many people at each customer were met lately, and whether an executive was among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, listed
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "contacts_touched": "integer",
    "executives_touched": "integer",
    "own_people": "integer",
    "thread": "text",
    "only_contact": "text",
    "last_touch_on": "date",
    "revenue": "money",
}
THREADS: Mapping[str, State] = {"single": "bad", "thin": "warn", "broad": "good"}


def _thread(row: Row) -> State:
    return THREADS.get(row["thread"], "")


def _only(row: Row) -> str:
    """The one person everything hangs on."""
    if row["contacts_touched"] == 0:
        return "nobody"
    return clean(row["only_contact"] or "")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """How many people at each customer were met lately, the fewest first, and who is the only one."""
    columns = (
        column("name"),
        column("thread", state=_thread, width=7, measure="thread"),
        column("contacts_touched", "integer", label="Contacts", state=_thread, measure="thread"),
        column("executives_touched", "integer", label="Execs", width=6),
        column("own_people", "integer", label="Own people"),
        column("revenue", "money"),
        column("last_touch_on", "date"),
        column("only_contact", text=_only, width=30),
    )
    tally = frame["thread"].value_counts()
    found = dict(zip(tally["thread"], tally["count"], strict=True))
    caption = listed(f"{found[name]} {name}" for name in THREADS if name in found)
    return Table(frame, columns, caption=caption)


PANEL = Panel(
    name="contact_threads",
    title="Contacts: single, thin or broad",
    promise=PROMISE,
    render=view,
    source_tables=("stakeholder", "activity"),
    description="How many people at each customer were met lately, and whether an executive was among them.",
)
