"""Accounts behind the profit bridge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.panels.columns import column, negative
from kaptui.panels.profit_bridge import STEPS
from kaptui.text import count, money
from kaptui.views import Kind, Row, Subtotal, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "step": "text",
    "account_id": "text",
    "name": "text",
    "amount": "money",
    "rank": "integer",
    "step_amount": "money",
}


def step_words(row: Row) -> str:
    """The step of a row in the words of the bridge."""
    return STEPS.get(row["step"], row["step"])


def signed(row: Row) -> str:
    """The amount with its sign."""
    return money(row["amount"], signed=True)


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Step by step, the accounts that weigh most in it first."""
    columns = (column("name"), column("amount", "money", text=signed, state=negative("amount")))
    steps = frame.unique("step", keep="first", maintain_order=True)
    heads = tuple(
        Subtotal(row["step"], {"name": step_words(row), "amount": money(row["step_amount"], signed=True)})
        for row in steps.iter_rows(named=True)
    )
    more = (column("rank", "integer"), column("step", text=step_words, width=20))
    caption = count("account", frame["account_id"].n_unique())
    return Table(frame, columns, caption=caption, more=more, group="step", subtotals=heads)


def weighing(frame: pl.DataFrame, most: int = 3) -> dict[str, str]:
    """By step, the accounts that weigh most in it and how much: "Helvia -0.3m, Orbis +0.1m"."""
    found: dict[str, list[str]] = {}
    for row in frame.filter(frame["rank"] <= most).iter_rows(named=True):
        found.setdefault(row["step"], []).append(f"{row['name'].replace(',', ' ')} {signed(row)}")
    return {step: ", ".join(parts) for step, parts in found.items()}


PANEL = Panel(
    name="bridge_accounts",
    title="Accounts behind the bridge",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    row_key="step",
    compares=True,
    description="The accounts that weigh most in each step from last year's profit to this year's.",
    when_empty="No account's profit moved between the two windows.",
    comparison=Comparison(without="against a year earlier"),
)
