"""Profit bridge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.views import Kind, State, Step, Waterfall
from kaptui.wording import direction, listed, money

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "step": "text",
    "amount": "money",
}

STEPS: Mapping[str, str] = {
    "start": "A year earlier",
    "size": "Size",
    "mix": "Mix",
    "gross_margin_rate": "Gross-margin rate",
    "cost_to_serve_rate": "Cost-to-serve rate",
    "new": "New accounts",
    "lost": "Lost accounts",
    "no_revenue": "Without revenue",
    "currency": "Currency",
    "end": "This window",
}
"""What each step is called on screen."""

ENDS = ("start", "end")


def view(frame: pl.DataFrame, context: Context) -> Waterfall:
    """Every step as a bar that hangs where the one before it ended."""
    return waterfall(dict(frame.select("step", "amount").iter_rows()), {})


def waterfall(amounts: Mapping[str, float], weighing: Mapping[str, str]) -> Waterfall:
    """The steps with what they move; `weighing` says through which accounts."""
    steps, level = [], 0.0
    for step, amount in amounts.items():
        start, level = (0.0, amount or 0.0) if step in ENDS else (level, level + (amount or 0.0))
        text = money(amount, signed=step not in ENDS)
        note, state = weighing.get(step, ""), _state(step, amount)
        steps.append(Step(STEPS.get(step, step), start, level, text, note, state, "amount", step))
    return Waterfall(tuple(steps), caption="" if None in amounts.values() else caption(amounts))


def _state(step: str, amount: float | None) -> State:
    if amount is None:
        return "muted"
    if step in ENDS:
        return "bad" if amount < 0 else ""
    return "bad" if amount < -0.005 else "good" if amount > 0.005 else "muted"


def caption(amounts: Mapping[str, float]) -> str:
    """What profit did, and the two steps that weigh most in it."""
    change = amounts["end"] - amounts["start"]
    moved = f"profit {money(change, signed=True)} {direction(change)}" if abs(change) >= 0.005 else "profit unchanged"
    return f"{moved} in a year{_most(amounts)}"


def _most(amounts: Mapping[str, float], most: int = 2) -> str:
    weight = sorted((step for step in amounts if step not in ENDS), key=lambda step: -abs(amounts[step]))
    said: Iterable[str] = (
        f"{STEPS.get(step, step).lower()} {money(amounts[step], signed=True)}"
        for step in weight[:most]
        if abs(amounts[step]) >= 0.005
    )
    words = listed(said)
    return f": most by {words}" if words else ""


PANEL = Panel(
    name="profit_bridge",
    title="Profit bridge",
    promise=PROMISE,
    draw=view,
    feeds=("financial_period",),
    item="step",
    would_show="The steps from last year's profit to this year's.",
)
