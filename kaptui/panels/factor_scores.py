"""The panel "Scores": each account's score per success factor, its age, its confidence and its move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import TOLD, Panel
from kaptui.panels.columns import FACTOR_STATES, column, factor_of
from kaptui.text import count, index, moved, number
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "factor_id": "integer",
    "code": "text",
    "score": "number",
    "scale_max": "number",
    "index": "index",
    "assessed_on": "date",
    "freshness": "text",
    "confidence": "text",
    "previous_index": "index",
    "change": "number",
    "evidence_index": "index",
    "claim": "text",
    "portfolio_median": "index",
}


_CLAIMS: Mapping[str, State] = {"overclaimed": "bad", "underclaimed": "warn", "supported": "good"}


def _index(row: Row) -> str:
    """The index; "!" where it is red, "~" where it has expired and counts no more."""
    if row["index"] is None:
        return "--"
    mark = "~" if row["freshness"] == "expired" else "!" if row.get("state") == "red" else ""
    return f"{index(row['index'])}{mark}"


def _index_state(row: Row) -> State:
    return "muted" if row["freshness"] in {"expired", "missing"} else FACTOR_STATES.get(row.get("state"), "")


def _median(row: Row) -> str:
    """The middle of all accounts with a valid score on this factor."""
    return "--" if row["portfolio_median"] is None else index(row["portfolio_median"])


def _raw(row: Row) -> str:
    return "--" if row["score"] is None else f"{number(row['score'])} of {number(row['scale_max'])}"


def _change(row: Row) -> str:
    return moved(row["change"])


def _claim(row: Row) -> State:
    return _CLAIMS.get(row["claim"], "muted")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Scores with their age, confidence, move and evidence; an expired one is dimmed and marked "~"."""
    columns = (
        column("name"),
        column("code", label="Factor", text=factor_of, width=21),
        column("index", "index", text=_index, state=_index_state),
        column("score", "number", text=_raw, width=8),
        column("change", "number", text=_change, width=10),
        column("portfolio_median", "index", label="Median", text=_median, width=6),
        column("assessed_on", "date", label="Assessed"),
        column("freshness", width=9),
        column("confidence", width=10),
        column("evidence_index", "index", label="Facts", width=6),
        column("claim", state=_claim, width=12),
    )
    scored = int((frame["freshness"].is_in(["fresh", "ageing"])).sum())
    caption = f"{scored} of {count('score', frame.height)} valid"
    return Table(frame, columns, caption=caption)


PANEL = Panel(
    name="factor_scores",
    title="Scores",
    promise=PROMISE,
    render=view,
    source_tables=("assessment",),
    row_key="code",
    description="Each account's score per success factor, its age, its confidence and its move.",
    comparison=TOLD,
)
