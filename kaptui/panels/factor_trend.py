"""Factors from review to review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel, empty
from kaptui.panels.columns import FACTOR_STATES, column
from kaptui.text import clean, count, day, index, month, moved
from kaptui.text.words import factor_words
from kaptui.views import Column, Kind, Row, State, Table, View

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "seen_on": "date",
    "review": "text",
    "factor_id": "integer",
    "code": "text",
    "mean": "index",
    "weighted_mean": "index",
    "accounts_known": "integer",
    "accounts": "integer",
    "change": "number",
    "pairs": "integer",
}

STEPS = "▁▂▃▄▅▆▇█"
MOVES: Mapping[str | None, State] = {"fell": "bad", "rose": "good"}


def spark(means: Sequence[float | None], low: float, high: float) -> str:
    """A line of eight heights between the lowest and the highest mean of all factors; unknown is a dot."""
    span = high - low or 1.0
    steps = len(STEPS) - 1
    return "".join("·" if mean is None else STEPS[round((mean - low) / span * steps)] for mean in means)


def view(frame: pl.DataFrame, context: Context) -> View:
    """One row per factor: its mean at every review point with how many accounts were scored then, and the last move."""
    rows = frame.to_dicts()
    means = [row["mean"] for row in rows if row["mean"] is not None]
    if not means:
        return empty(PANEL, context=context)
    days = sorted({row["seen_on"] for row in rows})
    wide = [_wide([row for row in rows if row["code"] == code], days, min(means), max(means)) for code in _codes(rows)]
    columns = (
        column("code", label="Factor", text=_name, width=21),
        column("spark", label="Course", width=max(6, len(days))),
        column("mean", "index", label="Now", state=_state),
        column("change", "number", label="Move", text=_move, state=_move_state, width=16),
        *(_day_column(seen_on, days) for seen_on in reversed(days[:-1])),
        column("name", label="Name in full", width=30),
    )
    points = count("review point", len(days) - 1)
    since = f"since {day(days[-2])}" if len(days) > 1 else "no review point before"
    caption = f"mean (accounts scored then) at {points} and now; move {since}, over accounts valid at both"
    return Table(_frame(wide), columns, "code", caption)


def _codes(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["code"] for row in rows))


def _frame(wide: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(wide, infer_schema_length=None)


def _wide(rows: Sequence[Row], days: Sequence[date], low: float, high: float) -> dict[str, Any]:
    """The rows of one factor as one row: `mean.DAY` and `known.DAY` for each review day, then the latest."""
    by_day = {row["seen_on"]: row for row in rows}
    means = [by_day[one]["mean"] if one in by_day else None for one in days]
    last = by_day[days[-1]]
    kept = {"code": last["code"], "spark": spark(means, low, high), "mean": last["mean"], "change": last["change"]}
    kept |= {"pairs": last["pairs"], "state": last.get("state"), "move": last.get("move")}
    kept |= {"red_below": last.get("red_below"), "name": last.get("name")}
    for one, mean in zip(days, means, strict=True):
        kept |= {f"mean.{one}": mean, f"known.{one}": by_day[one]["accounts_known"] if one in by_day else 0}
    return kept


def _day_column(seen_on: date, days: Sequence[date]) -> Column:
    name = f"mean.{seen_on}"
    alone = sum(month(one) == month(seen_on) for one in days) == 1

    def text(row: Row) -> str:
        return "--" if row[name] is None else f"{index(row[name])} ({row[f'known.{seen_on}']})"

    return Column(name, month(seen_on) if alone else day(seen_on), "index", 11, text)


def _name(row: Row) -> str:
    return clean(factor_words(row["name"], row["code"]))


def _state(row: Row) -> State:
    return FACTOR_STATES.get(row["state"], "")


def _move(row: Row) -> str:
    """The move in points with its direction and over how many accounts it is measured."""
    return f"{moved(row['change'])} ({row['pairs']})" if row["change"] is not None else "--"


def _move_state(row: Row) -> State:
    return MOVES.get(row["move"], "")


PANEL = Panel(
    name="factor_trend",
    title="From review to review",
    promise=PROMISE,
    render=view,
    source_tables=("assessment",),
    row_key="code",
    grain="seen_on code",
    description="Each success factor's mean at every review point, and how it moved.",
    comparison=Comparison(without="every review is shown"),
)
