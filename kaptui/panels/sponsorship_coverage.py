"""The panel "Sponsorship": how many accounts, with how much revenue, a live sponsor covers on each side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel, item_key
from kaptui.text import count, of, share
from kaptui.text.words import side_words, status_words
from kaptui.views import Bar, Bars, Kind, State

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

UNJUDGED = "not judged"
_TOUCHED = ("covered", "stale")
"""What only a touch can tell."""


def view(frame: pl.DataFrame, context: Context) -> Bars:
    """Per side and status: how many of the accounts, and what share of their known revenue."""
    import polars as pl

    judged = frame.with_columns(pl.col("status").fill_null(UNJUDGED))
    told = {one: state for one, state in STATUSES.items() if one not in _TOUCHED} | {UNJUDGED: "muted"}
    shown: Mapping[str, State] = STATUSES if frame["status"].null_count() == 0 else told
    counted = judged.group_by("side", "status").agg(pl.len(), pl.col("revenue").sum())
    standing = {(side, status): (rows, float(revenue)) for side, status, rows, revenue in counted.iter_rows()}
    bars = tuple(_bar(standing, side, status, shown) for side in SIDES for status in shown)
    return Bars(bars, caption=_caption(frame))


def _bar(
    standing: Mapping[tuple[str, str], tuple[int, float]], side: str, status: str, shown: Mapping[str, State]
) -> Bar:
    """A bar as long as the share of accounts; Enter on it filters to them."""
    chosen, revenue = standing.get((side, status), (0, 0.0))
    of_side = [standing.get((side, one), (0, 0.0)) for one in shown]
    rows, whole = sum(number for number, _ in of_side), sum(amount for _, amount in of_side)
    return Bar(
        f"{side_words(side)} {status_words(status)}",
        100 * chosen / rows if rows else None,
        of(chosen, rows),
        _share(revenue, whole),
        shown[status] if chosen else "",
        f"{side}:{status}" if status != UNJUDGED else "",
        "coverage_breakdown." + status,
        item_key("all", "all", side),
    )


def _share(part: float, whole: float) -> str:
    """The part's share of known revenue; empty where none is known."""
    return f"{share(part / whole)} of revenue" if whole > 0 else ""


def _caption(frame: pl.DataFrame) -> str:
    import polars as pl

    if unknown := frame["status"].null_count():
        return f"{count('side', unknown)} cannot be judged: no touch of any sponsor is known"
    covered = (pl.col("status") == "covered").all().alias("covered")
    accounts = frame.group_by("account_id").agg(covered, pl.col("revenue").first())
    full = accounts.filter(pl.col("covered"))
    revenue = _share(float(full["revenue"].sum()), float(accounts["revenue"].sum()))
    words = f"both sides covered: {full.height} of {count('account', accounts.height)}"
    return f"{words}, {revenue}" if revenue else words


PANEL = Panel(
    name="sponsorship_coverage",
    title="Sponsorship",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    row_key="side",
    description="How many accounts, with how much revenue, a live sponsor covers on each side.",
    comparison=Comparison(
        {
            **{f"coverage_breakdown.{one}": "accounts" for one in STATUSES},
            "portfolio.uncovered_revenue_share": "programme_accounts",
            "sponsor_load.lost_revenue": "",
        }
    ),
)
