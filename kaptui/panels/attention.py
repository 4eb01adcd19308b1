"""The panel "Needs attention": the accounts with at least one serious reason, the heaviest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.accounts import view as accounts_view
from kaptui.panels.base import PROFIT_SINCE, Comparison, Panel
from kaptui.panels.columns import column, negative
from kaptui.text import clean, count, money
from kaptui.text.accounts import rules_words
from kaptui.text.reasons import reasons_in_words
from kaptui.text.words import SIDES
from kaptui.views import Column, Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "serious": "integer",
    "revenue": "money",
    "profit": "money",
    "reasons": "text",
    "weight": "money",
    "money": "text",
    "sponsors": "text",
    "factors": "text",
    "plan": "text",
    "ask": "text",
    "internal_status": "text",
    "external_status": "text",
    "ask_short": "text",
}


KINDS = ("money", "sponsors", "factors", "plan")
"""The kinds of reason, in the order of their marks."""
MARKS: Mapping[str | None, str] = {"serious": "■", "minor": "▪", None: "·"}


def _ranked_name(row: Row) -> str:
    return f"{row['rank']:>2} {clean(row['name'])}"


def _reasons(row: Row) -> str:
    """All reasons in words: the serious ones, and after "also" those that are not."""
    uncovered = [side for side in SIDES if row[f"{side}_status"] == "uncovered"]
    words = reasons_in_words(row["reasons"], uncovered).split("; ")
    serious, minor = "; ".join(words[: row["serious"]]), "; ".join(words[row["serious"] :])
    return "; also ".join(part for part in (serious, minor) if part)


def _said(row: Row) -> str:
    """What to ask for and why, whole: the list may have no room for it."""
    ask = f"ask for: {row['ask']}; " if row["ask"] else ""
    return f"{ask}{_reasons(row)}"


def _ask(row: Row) -> str:
    """What to ask for in few words; whole it stands in the line of the account under the cursor."""
    return clean(row["ask_short"] or "")


def _kind(name: str) -> Column:
    """The column of one kind of reason: a mark that says how serious it is, and the same by its colour."""
    states: Mapping[str | None, State] = {"serious": "bad", "minor": "warn", None: "muted"}
    return column(
        name,
        text=lambda row: f" {MARKS[row[name]]}",
        state=lambda row: states[row[name]],
        width=3,
    )


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The accounts in the order of the answer, numbered: which kinds of reason they have, and what to ask for."""
    columns = (
        column("name", label=" # Account", text=_ranked_name, says=_said),
        column("revenue", "money"),
        column("profit", "money", state=negative("profit")),
        *map(_kind, KINDS),
    )
    more = (
        column("ask", label="Ask for", text=_ask, width=56, if_room=24),
        column("reasons", label="Why, serious first", text=_reasons, width=72, if_room=40),
    )
    revenue = frame["revenue"].drop_nulls()
    together = f" with {money(revenue.sum())} revenue" if len(revenue) else ""
    caption = f"{count('account', frame.height)}{together}, by serious kinds x revenue"
    return Table(frame.with_row_index("rank", offset=1), columns, caption=caption, more=more)


def nobody(accounts: pl.DataFrame, portfolio: Row, context: Context) -> Table:
    """All accounts by revenue, under a line that says that none has a serious reason, and how far that is known.

    `accounts` are the rows of question `accounts`, `portfolio` the row of that question: an empty list would be
    taken for good news where most rules could not be judged.
    """
    judged = rules_words(portfolio)
    everyone = f"all {count('account', accounts.height)} by revenue"
    title = f"No serious reason known, {everyone}; {judged}" if judged else f"No serious reason: {everyone}"
    return replace(accounts_view(accounts, context), title=title)


PANEL = Panel(
    name="attention",
    title="Needs attention",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    description="The accounts with at least one serious reason, the heaviest first.",
    when_empty="No account has a serious reason. Rules without data raise none.",
    comparison=Comparison(changes=PROFIT_SINCE),
)
