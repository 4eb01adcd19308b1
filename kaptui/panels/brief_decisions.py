"""The decisions that the Brief asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, money
from kaptui.views import Kind, Row, Sentence, Sentences, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "number": "integer",
    "decision": "text",
    "account_id": "text",
    "because": "text",
    "amount": "money",
    "name": "text",
    "ask": "text",
    "reason": "text",
    "short": "text",
    "who": "text",
    "covered_from": "date",
}

SAYS_ITS_AMOUNT = ("loses_money", "empty_growth")
"""Reasons whose words hold the amount; that of any other is the revenue it protects."""

OF_SPONSORS = ("side_uncovered", "side_stale", "orphan_risk", "no_live_sponsor", "single_thread", "proposal")
"""Reasons whose short ask names no gain: what it protects stands beside it."""

OF_FIGURES = ("profit_unknown", "figures_stopped")
"""Reasons whose decision mends the figures: the revenue stands behind them, but nothing protects it."""


def _because(row: Row) -> str:
    return clean(row["because"] or "")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Each decision with the reason for it and its amount: the loss, the fall, or the revenue it protects."""
    columns = (
        column("name"),
        column("amount", "money"),
        column("decision", label="Decision asked", width=60),
        column("because", text=_because, width=48),
    )
    return Table(frame, columns)


def lines(frame: pl.DataFrame, context: Context) -> Sentences:
    """The decisions as sentences, each with how things stand today; Enter opens the account."""
    return Sentences(tuple(_line(row) for row in frame.iter_rows(named=True)))


def _line(row: Row) -> Sentence:
    has_revenue = row["amount"] is not None and row["reason"] not in SAYS_ITS_AMOUNT
    verb = "" if row["reason"] in OF_FIGURES else "protects "
    revenue = f"{verb}{money(row['amount'])} revenue" if has_revenue else ""
    gain = row["reason"] not in OF_SPONSORS or "+" in (row["short"] or "")  # the short ask names a gain, or none is due
    return Sentence(
        label=f"{row['number']:>2} {row['name']}",
        text=f"{row['ask']} — today: {'; '.join(filter(None, (row['because'], revenue)))}",
        short=": ".join(filter(None, (row["short"], "" if gain else revenue))),
        account=row["account_id"],
        measure="brief_decisions.decision",
        item=str(row["number"]),
    )


PANEL = Panel(
    name="brief_decisions",
    title="Decisions asked",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="number",
    sentences=lines,
    description="What to decide at which account: a sponsor, a price, a plan; at most five.",
    when_empty="No decision is asked for. Rules without data raise none.",
)
