"""The panel "Profit bridge": the steps from last year's profit to this year's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.text import direction, listed, money
from kaptui.text.window import short_history
from kaptui.views import Kind, State, Step, Waterfall

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "step": "text",
    "amount": "money",
    "left_out": "integer",
    "left_out_accounts": "text",
}

STEPS: Mapping[str, str] = {
    "start": "A year earlier",
    "size": "Change in revenue",
    "mix": "Mix of accounts",
    "gross_margin_rate": "Gross margin",
    "cost_to_serve_rate": "Cost to serve",
    "new": "New accounts",
    "lost": "Lost accounts",
    "no_revenue": "Without revenue",
    "currency": "Currency",
    "end": "This window",
}
"""What each step is called on screen."""

ENDS = ("start", "end")
NOT_COMPARED = "no account is known in both windows"
NAMED_AT_MOST = 3
ALL_PROFIT = "portfolio.profit"
"""What stands behind the profit of accounts that are in no step."""


def view(frame: pl.DataFrame, context: Context) -> Waterfall:
    """Every step as a bar that hangs where the one before it ended."""
    return waterfall(frame, context, {})


def left_out(frame: pl.DataFrame) -> str:
    """Who is in no step, by name: late, or unknown in one of the windows."""
    names = str(frame["left_out_accounts"][0] or "").split("; ") if "left_out_accounts" in frame.columns else []
    known = [name for name in names if name]
    more = f" and {len(known) - NAMED_AT_MOST} more" if len(known) > NAMED_AT_MOST else ""
    return f"{len(known)} left out: {', '.join(known[:NAMED_AT_MOST])}{more}" if known else ""


def waterfall(
    frame: pl.DataFrame, context: Context, weighing: Mapping[str, str], profit: float | None = None
) -> Waterfall:
    """The steps with what they move; `weighing` says through which accounts.

    `profit` is that of all chosen accounts: what those in no step have of it stands below the last one.
    """
    amounts: dict[str, float] = dict(frame.select("step", "amount").iter_rows())
    said = short_history(context) or NOT_COMPARED if None in amounts.values() else caption(amounts)
    steps, level = [], 0.0
    for step, amount in amounts.items():
        start, level = (0.0, amount or 0.0) if step in ENDS else (level, level + (amount or 0.0))
        text = money(amount, signed=step not in ENDS)
        note, state = weighing.get(step, ""), _state(step, amount)
        steps.append(Step(STEPS.get(step, step), start, level, text, note, state, "amount", step))
    beside = profit - level if profit is not None and amounts.get("end") is not None else 0.0
    if abs(beside) >= 0.005:
        note = "; ".join(one for one in (left_out(frame), f"with them {money(profit)}") if one)
        steps.append(Step("Left out", level, level + beside, money(beside, signed=True), note, "muted", ALL_PROFIT))
    return Waterfall(tuple(steps), caption=listed((said, left_out(frame))))


def _state(step: str, amount: float | None) -> State:
    if amount is None:
        return "muted"
    if step in ENDS:
        return "bad" if amount < 0 else ""
    return "bad" if amount < -0.005 else "good" if amount > 0.005 else "muted"


def caption(amounts: Mapping[str, float]) -> str:
    """What profit did in a year, the step that moved it most that way, and the one that held against it most."""
    change = amounts["end"] - amounts["start"]
    steps = {step: amount for step, amount in amounts.items() if step not in ENDS and abs(amount) >= 0.005}
    if abs(change) < 0.005:
        return listed(("profit unchanged in a year", *(_said(step, amounts) for step in _heaviest(steps)[:2])))
    along = [step for step in _heaviest(steps) if steps[step] * change > 0]
    against = [step for step in _heaviest(steps) if steps[step] * change < 0]
    did, held = ("hurt", "helped") if change < 0 else ("helped", "hurt")
    ways = ((f"{did} most by", along), (f"{held} by", against))
    said = (f"{words} {_said(found[0], amounts)}" for words, found in ways if found)
    return listed((f"{money(change, signed=True)} {direction(change)}", *said))


def _heaviest(steps: Mapping[str, float]) -> list[str]:
    return sorted(steps, key=lambda step: -abs(steps[step]))


def _said(step: str, amounts: Mapping[str, float]) -> str:
    return f"{STEPS.get(step, step).lower()} {money(amounts[step], signed=True)}"


PANEL = Panel(
    name="profit_bridge",
    title="Profit bridge",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    row_key="step",
    description="The steps from last year's profit to this year's.",
    comparison=Comparison(without="against a year earlier"),
)
