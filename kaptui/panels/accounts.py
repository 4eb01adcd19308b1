"""The panel "Accounts": every key account with its money, index, sponsorship, plan and reasons for attention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import PROFIT_SINCE, Comparison, Panel
from kaptui.panels.columns import (
    PROFIT_SHARES,
    column,
    growth_text,
    months_text,
    negative,
    points_of,
    status_of,
    weakest_of,
)
from kaptui.text import count, index, listed
from kaptui.text.window import figures_tally, no_figures, short_history
from kaptui.views import Column, Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "tier": "integer",
    "status": "text",
    "region": "text",
    "industry": "text",
    "manager": "text",
    "revenue": "money",
    **PROFIT_SHARES,
    "revenue_growth": "share",
    "profit_change": "money",
    "quadrant": "text",
    "index": "index",
    "factors_known": "integer",
    "weakest_factor": "text",
    "internal_status": "text",
    "external_status": "text",
    "coverage": "text",
    "plan_status": "text",
    "attention": "integer",
    "months": "integer",
    "months_before": "integer",
    "figures": "text",
    "double_sponsor": "flag",
}


_SHOWN = (
    "name",
    "region",
    "tier",
    "revenue",
    "profit",
    "margin",
    "index",
    "weakest_factor",
    "coverage",
    "plan_status",
    "attention",
)
_STATES: Mapping[str, State] = {
    "none": "bad",
    "uncovered": "bad",
    "expired": "bad",
    "partial": "warn",
    "stale": "warn",
    "unreviewed": "warn",
    "slipping": "warn",
    "full": "good",
    "covered": "good",
    "alive": "good",
    "new": "muted",
}


def _standing(name: str) -> Callable[[Row], State]:
    return lambda row: _STATES.get(row[name], "")


def _index_text(row: Row) -> str:
    """The index, or how many factors are known where they are too few for one."""
    return index(row["index"]) if row["index"] is not None else f"n/a ({row['factors_known']})"


def _columns(context: Context) -> dict[str, Column]:
    columns = {name: column(name, kind) for name, kind in PROMISE.items()}
    for name in ("profit", "margin", "profit_share", "revenue_growth", "profit_change"):
        columns[name] = replace(columns[name], state=negative(name))
    for name in ("internal_status", "external_status", "coverage", "plan_status"):
        columns[name] = replace(columns[name], text=status_of(name), state=_standing(name), width=10)
    columns["share_gap"] = replace(columns["share_gap"], text=points_of("share_gap"), state=negative("share_gap"))
    columns["index"] = replace(columns["index"], text=_index_text, width=8)
    columns["revenue_growth"] = replace(columns["revenue_growth"], text=growth_text("revenue_growth", context))
    columns["months"] = replace(columns["months"], text=months_text("months", context))
    columns["months_before"] = replace(columns["months_before"], text=months_text("months_before", context))
    columns["weakest_factor"] = replace(columns["weakest_factor"], text=weakest_of, width=21)
    columns["attention"] = column("attention", "integer", label="Serious", state=_serious)
    return columns


def _serious(row: Row) -> State:
    return "bad" if row["attention"] else ""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every account; the columns that are not shown at first can be added."""
    columns = _columns(context)
    shown = tuple(columns.pop(name) for name in _SHOWN)
    caption = listed(
        (count("account", frame.height), no_figures(context), short_history(context), figures_tally(frame))
    )
    return Table(frame, shown, caption=caption, more=tuple(columns.values()))


PANEL = Panel(
    name="accounts",
    title="Accounts",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    description="Every key account with its money, index, sponsorship, plan and reasons for attention.",
    comparison=Comparison({"revenue": "months", "index": "factors_known", "margin": "months"}, PROFIT_SINCE),
)
