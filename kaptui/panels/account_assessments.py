"""The panel "Scores over time": every assessment: score, who gave it, on which evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column, factor_of
from kaptui.text import clean, count, number
from kaptui.views import Kind, Row, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "code": "text",
    "assessed_on": "date",
    "score": "number",
    "scale_max": "number",
    "index": "index",
    "assessor": "text",
    "evidence": "text",
    "note": "text",
}


def _score(row: Row) -> str:
    return "--" if row["score"] is None else f"{number(row['score'])} of {number(row['scale_max'])}"


def _assessor(row: Row) -> str:
    return clean(row["assessor"] or "unknown")


def _evidence(row: Row) -> str:
    """What the score rests on; a score without any says so."""
    return clean("; ".join(text for text in (row["evidence"], row["note"]) if text) or "no evidence given")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every assessment, the newest first: score, who gave it, on which evidence."""
    columns = (
        column("assessed_on", "date", label="Assessed"),
        column("code", label="Factor", text=factor_of, width=21),
        column("score", "number", text=_score, width=7),
        column("evidence", text=_evidence, width=34),
        column("assessor", text=_assessor, width=16),
    )
    caption = count("assessment", frame.height)
    return Table(frame, columns, key="assessed_on", caption=caption)


PANEL = Panel(
    name="account_assessments",
    title="Scores over time",
    promise=PROMISE,
    render=view,
    source_tables=("assessment",),
    row_key="assessed_on",
    grain="code assessed_on",
    description="Every assessment: score, who gave it, on which evidence.",
)
