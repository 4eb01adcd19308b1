"""What the Overview makes of several answers: key figures with their last months, and who covers the accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels import portfolio
from kaptui.panels.base import item_key
from kaptui.panels.sponsor_load import LOADS
from kaptui.panels.sponsorship_coverage import SIDES, UNJUDGED
from kaptui.text import UNKNOWN, clean, listed, money, of, share
from kaptui.text.accounts import revenue_unknown
from kaptui.text.words import side_words, status_words
from kaptui.views import Bar, Bars, Figures, Notes, Row

if TYPE_CHECKING:
    import polars as pl

MONTHS = 12
"""Months that a key figure shows the run of."""
_WORST_FIRST = ("uncovered", "stale", "new", UNJUDGED)
LEADERS = 3
"""Leaders who are named at most."""


def figures(summary: pl.DataFrame, months: pl.DataFrame, context: Context) -> Figures | Notes:
    """The key figures; revenue and profit with the run of their last twelve months, an unknown one left open.

    Revenue runs from its least to its greatest, profit around zero.
    """
    shown = portfolio.view(summary, context)
    if isinstance(shown, Notes):
        return shown
    run = months.sort("month").tail(MONTHS)
    trends = {name: tuple(run[name].to_list()) for name in ("revenue", "profit")} if run.height else {}
    return Figures(
        tuple(
            replace(one, trend=trends.get(one.measure, ()), around_zero=one.measure == "profit")
            for one in shown.figures
        )
    )


def sponsorship(coverage: pl.DataFrame, load: pl.DataFrame, context: Context) -> Bars:
    """Each side in a line: how many are covered, what the others are; then leaders over the limit or leaving."""
    lines = (*(_side(coverage, side) for side in SIDES), *_both(coverage), *_leaders(load))
    strained = any(map(_is_too_much, load.to_dicts()))
    calm = "no leader is over the limit or leaving" if load.height else ""
    summary = listed((*(f"{one.label} {one.text}" for one in _both(coverage)), *_short_leaders(load)))
    return Bars(lines, caption="at risk: revenue that loses cover if they go" if strained else calm, summary=summary)


def _side(coverage: pl.DataFrame, side: str) -> Bar:
    here = coverage.filter(coverage["side"] == side)
    counts = dict(here["status"].fill_null(UNJUDGED).value_counts().iter_rows())
    others = [one for one in _WORST_FIRST if counts.get(one)]
    covered, judged = counts.get("covered", 0), here.height - counts.get(UNJUDGED, 0)
    return Bar(
        side_words(side),
        100 * covered / here.height if judged else None,
        of(covered, here.height) if judged else UNKNOWN,
        listed(f"{counts[one]} {status_words(one)}" for one in others),
        "good" if judged and covered == here.height else "",
        f"{side}:uncovered" if counts.get("uncovered") else f"{side}:stale" if counts.get("stale") else "",
        "coverage_breakdown.covered",
        item_key("all", "all", side),
    )


def _both(coverage: pl.DataFrame) -> Iterator[Bar]:
    """How many accounts have nobody live at all, with their share of the revenue known."""
    import polars as pl

    if coverage["status"].null_count():
        return
    live = pl.col("status").is_in(["covered", "new"])
    accounts = coverage.group_by("account_id").agg(live.any().alias("live"), pl.col("revenue").first())
    without = accounts.filter(~pl.col("live"))
    whole, part = float(accounts["revenue"].sum() or 0), float(without["revenue"].sum() or 0)
    unknown = {"unknown_revenue_accounts": accounts["revenue"].null_count()}
    yield Bar(
        "no live sponsor",
        100 * without.height / accounts.height if accounts.height else None,
        of(without.height, accounts.height),
        listed((f"{share(part / whole)} of revenue", revenue_unknown(unknown))) if whole > 0 else "",
        "bad" if without.height else "good",
        "reason:no_live_sponsor" if without.height else "",
        "portfolio.uncovered_revenue_share",
    )


def _is_too_much(row: Row) -> bool:
    return row["load"] == "over" or bool(row["orphan_risk"])


def _short_leaders(load: pl.DataFrame) -> Iterator[str]:
    """The same leaders in one line: who, why, and what they risk."""
    for one in _leaders(load):
        yield f"{one.label} {one.note}"


def _leaders(load: pl.DataFrame) -> Iterator[Bar]:
    """Who is over the limit or leaving, with what loses cover when he goes; the most first."""
    rows = [row for row in load.to_dicts() if _is_too_much(row)]
    rows.sort(key=lambda row: (-(row["lost_revenue"] or 0), row["person_id"]))
    most = max((row["accounts"] for row in load.iter_rows(named=True)), default=0)
    for row in rows[:LEADERS]:
        name = clean(row["name"])
        state = listed(("over the limit" if row["load"] == "over" else "", "leaving" if row["orphan_risk"] else ""))
        none = "nothing at risk" if row["lost_accounts"] == 0 else "an unknown amount at risk"
        lost = f"{money(row['lost_revenue'])} at risk" if row["lost_accounts"] else none
        yield Bar(
            name,
            100 * row["accounts"] / most if most else None,
            f"carries {row['accounts']}",
            f"{state}, {lost}",
            LOADS[row["load"]] if row["load"] == "over" else "warn",
            f'sponsor:"{name}"' if '"' not in name else "",
            "sponsor_load.lost_revenue",
            row["person_id"],
        )
