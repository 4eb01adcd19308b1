"""The panel "Profit curve": how profit adds up from the best account to the worst, and what the last ones give back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.text import money, of, share
from kaptui.views import Curve, Kind, Line, Row

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "rank": "integer",
    "account_id": "text",
    "name": "text",
    "profit": "money",
    "cumulative_profit": "money",
    "account_share": "share",
    "cumulative_share": "share",
    "exited": "flag",
}


BEST = 0.2
"""The part of the accounts whose share of profit is told."""


def view(frame: pl.DataFrame, context: Context) -> Curve:
    """Cumulative profit over accounts, best first: as a share, or in money where the sum is no profit.

    The line starts at the origin, which no account owns.
    """
    in_money = frame["cumulative_share"].null_count() > 0
    ys = frame["cumulative_profit" if in_money else "cumulative_share"].cast(float).to_list()
    xs = (frame["account_share"].cast(float) * 100).to_list()
    line = Line("cumulative profit", (0.0, *xs), (0.0, *ys), ("", *frame["account_id"].to_list()))
    return Curve(
        (line,),
        x_title="% of accounts, best first",
        y_title=f"cumulative profit, {context.currency}" if in_money else "cumulative share of profit",
        caption=_caption(frame, in_money),
        levels=(0.0,) if in_money else (1.0,),
        x_ticks=tuple((float(x), str(x)) for x in range(0, 101, 20)),
        notes=_notes(frame, in_money),
        y_kind="money" if in_money else "share",
        measure="profit",
    )


def _caption(frame: pl.DataFrame, in_money: bool) -> str:
    """Where the curve peaks, how much the last accounts give back, where it ends."""
    peak, back, end = _peak(frame, in_money), _back(frame), f"end {_level(_last(frame), in_money)}"
    return "; ".join((peak, back, end)) + best(frame)


def best(curve: pl.DataFrame) -> str:
    """What the best fifth of the accounts makes: "; the best 5 of 24 make 61 %"; empty without a total profit."""
    first = best_row(curve)
    if first is None or first["cumulative_share"] is None:
        return ""
    verb = "makes" if first["rank"] == 1 else "make"
    return f"; the best {of(first['rank'], curve.height)} {verb} {share(first['cumulative_share'])}"


def best_row(curve: pl.DataFrame) -> Row | None:
    """The row of the curve with which a fifth of the accounts is reached."""
    reached = curve.filter(curve["account_share"] >= BEST - 1e-9)
    return reached.row(0, named=True) if reached.height else None


def _notes(frame: pl.DataFrame, in_money: bool) -> tuple[str, ...]:
    """The same, a line each, and what the axis shows."""
    first = best(frame).removeprefix("; ")
    said = (first, _peak(frame, in_money), f"end {_level(_last(frame), in_money)}", _back(frame), "% of accounts")
    return tuple(line for line in said if line)


def _last(frame: pl.DataFrame) -> Row:
    return frame.row(frame.height - 1, named=True)


def _level(row: Row, in_money: bool) -> str:
    amount = money(row["cumulative_profit"])
    return amount if in_money else f"{share(row['cumulative_share'])} ({amount})"


def _peak(frame: pl.DataFrame, in_money: bool) -> str:
    top = frame.row(frame["cumulative_profit"].arg_max() or 0, named=True)
    if top["cumulative_profit"] <= 0:
        return "no account makes a profit"
    return f"peak {_level(top, in_money)} at {of(top['rank'], frame.height)}"


def _back(frame: pl.DataFrame) -> str:
    """What the accounts that lose money give back, and how many of them have left: others count only who is in it."""
    losses = frame.filter(frame["profit"] < 0)["profit"]
    exited = frame.filter((frame["profit"] < 0) & frame["exited"]).height
    verb = "gives" if len(losses) == 1 else "give"
    left = f", {exited} exited" if exited else ""
    return f"{len(losses)} {verb} back {money(-losses.sum())}{left}" if len(losses) else "none gives back"


PANEL = Panel(
    name="whale_curve",
    title="Profit curve",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    description="How profit adds up from the best account to the worst, and what the last ones give back.",
)
