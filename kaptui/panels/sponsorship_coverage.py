"""Sponsorship."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.views import Bar, Bars, Kind, State
from kaptui.wording import count, of, share

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "tier": "integer",
    "side": "text",
    "status": "text",
    "sponsor": "text",
    "last_touch_on": "date",
    "days_since_touch": "integer",
    "cadence_days": "integer",
    "revenue": "money",
    "profit": "money",
}


SIDES = ("internal", "external")
STATUSES: Mapping[str, State] = {"covered": "good", "stale": "warn", "new": "muted", "uncovered": "bad"}


def view(frame: pl.DataFrame, context: Context) -> Bars:
    """Per side and status: how many of the accounts, and what share of their known revenue."""
    bars = tuple(_bar(frame.filter(frame["side"] == side), side, status) for side in SIDES for status in STATUSES)
    return Bars(bars, caption=_caption(frame))


def _bar(rows: pl.DataFrame, side: str, status: str) -> Bar:
    """A bar as long as the share of accounts; Enter on it filters to them."""
    chosen = rows.filter(rows["status"] == status)
    value = 100 * chosen.height / rows.height if rows.height else None
    state = STATUSES[status] if chosen.height else ""
    note = _revenue(chosen, rows)
    return Bar(
        f"{side} {status}",
        value,
        of(chosen.height, rows.height),
        note,
        state,
        f"{side}:{status}",
        "coverage_breakdown." + status,
        f"all|all|{side}",
    )


def _revenue(part: pl.DataFrame, whole: pl.DataFrame) -> str:
    """The part's share of known revenue; empty where none is known."""
    total = float(whole["revenue"].sum())
    return f"{share(float(part['revenue'].sum()) / total)} of revenue" if total > 0 else ""


def _caption(frame: pl.DataFrame) -> str:
    accounts = frame.unique("account_id")
    open_sides = frame.filter(frame["status"] != "covered")["account_id"]
    full = accounts.filter(~accounts["account_id"].is_in(open_sides.implode()))
    revenue = _revenue(full, accounts)
    words = f"both sides covered: {full.height} of {count('account', accounts.height)}"
    return f"{words}, {revenue}" if revenue else words


PANEL = Panel(
    name="sponsorship_coverage",
    title="Sponsorship",
    promise=PROMISE,
    draw=view,
    feeds=("sponsorship",),
    item="side",
    would_show="How many accounts, with how much revenue, a live sponsor covers on each side.",
)
