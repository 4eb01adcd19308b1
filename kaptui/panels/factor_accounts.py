"""Accounts by their factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import FACTOR_STATES, SCORE_TALLIES, column, weakest_of
from kaptui.text import count, moved, of
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "region": "text",
    "tier": "integer",
    "manager": "text",
    "industry": "text",
    "revenue": "money",
    "index": "index",
    "change": "number",
    "factors_known": "integer",
    "factors": "integer",
    "red": "integer",
    "weakest_factor": "text",
    "account_problem": "flag",
    **SCORE_TALLIES,
    "overclaimed": "integer",
    "underclaimed": "integer",
}


def red(row: Row) -> str:
    """Red factors of those known; "!" where so many make it the account's own problem."""
    if not row["factors_known"]:
        return "--"
    return f"{row['red']}/{row['factors_known']}{'!' if row['account_problem'] else ''}"


def red_state(row: Row) -> State:
    """What the number of red factors says."""
    return "bad" if row["account_problem"] else "" if row["factors_known"] else "muted"


def index_state(row: Row) -> State:
    """What the account index says."""
    return FACTOR_STATES.get(row.get("state"), "")


def _known(row: Row) -> str:
    return of(row["factors_known"], row["factors"])


def _change(row: Row) -> str:
    return moved(row["change"])


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The accounts, the worst first: red factors, index, what it rests on and how it moved."""
    columns = (
        column("name"),
        column("red", text=red, state=red_state, width=6),
        column("index", "index", state=index_state),
        column("change", "number", text=_change, width=10),
        column("factors_known", text=_known, width=8),
        column("weakest_factor", text=weakest_of, width=21),
        column("overclaimed", "integer", width=7),
        column("revenue", "money"),
        column("region"),
    )
    problems = int(frame["account_problem"].sum() or 0)
    caption = (
        f"{of(problems, frame.height)} {'account' if frame.height == 1 else 'accounts'} with three or more red factors"
    )
    return Table(frame, columns, caption=caption if problems else f"{count('account', frame.height)}, worst first")


PANEL = Panel(
    name="factor_accounts",
    title="Accounts by their factors",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    description="Each account's red factors, its index and what that rests on, the worst first.",
)
