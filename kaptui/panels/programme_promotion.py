"""The panel "Programme promotion by quarter": how often leaders promoted the whole programme, by quarter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column
from kaptui.text import clean, count
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "quarter": "text",
    "kind": "text",
    "activities": "integer",
    "label": "text",
}
_LONGEST = 400


def _named(number: int) -> str:
    return f"{number // 4} Q{number % 4 + 1}"


def _numbered(name: str) -> int:
    year, _, quarter = name.partition(" Q")
    return int(year) * 4 + int(quarter) - 1


def quarters(first: str, last: date) -> list[str]:
    """Every quarter from `first` to the one of `last`, the latest first: a quarter without any stands there too."""
    end = last.year * 4 + (last.month - 1) // 3
    return [_named(number) for number in range(end, max(_numbered(first), end - _LONGEST) - 1, -1)]


def _state(row: Row) -> State:
    return "" if row["total"] else "bad"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """A line per quarter, the latest first, a column per kind; quarters in which nothing happened say so."""
    import polars as pl

    frame = frame.drop_nulls("quarter")
    labels = dict(frame.select("kind", "label").rows())
    kinds = sorted(frame["kind"].unique().to_list())
    first = frame["quarter"].min()
    names = quarters(str(first), context.as_of) if first else []
    wide = frame.pivot(on="kind", index="quarter", values="activities", aggregate_function="sum")
    rows = (
        pl.DataFrame({"quarter": names}, schema={"quarter": pl.String})
        .join(wide, on="quarter", how="left", maintain_order="left")
        .fill_null(0)
    )
    rows = rows.with_columns(total=pl.sum_horizontal(*kinds) if kinds else pl.lit(0))
    columns = (
        column("quarter", width=8),
        column("total", "integer", state=_state, width=6),
        *(
            column(kind, "integer", label=clean(labels[kind]).capitalize(), width=10, measure="activities")
            for kind in kinds
        ),
    )
    silent = rows.filter(pl.col("total") == 0).height
    caption = f"{frame['activities'].sum()} in {count('quarter', len(names))}" + (
        f", {silent} silent" if silent else ""
    )
    return Table(rows, columns, key="quarter", caption=caption)


PANEL = Panel(
    name="programme_promotion",
    title="Programme promotion by quarter",
    promise=PROMISE,
    render=view,
    source_tables=("activity",),
    row_key="quarter kind",
    description="How often leaders promoted the whole programme, by quarter.",
)
