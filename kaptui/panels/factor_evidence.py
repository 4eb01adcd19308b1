"""The panel "Indicators": the indicators that the facts meet or miss, beside each score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import column, factor_of, factor_said
from kaptui.text import clean, count, listed
from kaptui.text.indicators import indicator_words
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "code": "text",
    "indicator": "text",
    "value": "number",
    "threshold": "number",
    "met": "flag",
    "source": "text",
}

_MET: Mapping[bool | None, str] = {True: "met", False: "not met", None: "unknown"}
_STATES: Mapping[bool | None, State] = {True: "good", False: "bad", None: "muted"}


def _indicator(row: Row) -> str:
    return clean(indicator_words(row["indicator"]))


def _met(row: Row) -> str:
    return _MET[row["met"]]


def _met_state(row: Row) -> State:
    return _STATES[row["met"]]


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every indicator: whether the facts meet it, with which value against which threshold, and from which rows."""
    named = (column("name", width=18),) if "name" in frame.columns else ()
    columns = (
        *named,
        column("code", label="Factor", text=factor_of, width=21, says=factor_said),
        column("indicator", text=_indicator, width=22, measure="indicator"),
        column("met", label="Facts", text=_met, state=_met_state, width=9),
        column("value", "number"),
        column("threshold", "number", label="Limit"),
        column("source", width=30),
    )
    met = frame["met"]
    told = (f"{int(met.sum() or 0)} met", f"{int((~met).sum() or 0)} not met", f"{met.null_count()} unknown")
    return Table(frame, columns, caption=f"{listed(told)} of {count('indicator', frame.height)}")


PANEL = Panel(
    name="factor_evidence",
    title="Indicators",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="indicator",
    description="The indicators that the facts meet or miss, beside each score.",
)
