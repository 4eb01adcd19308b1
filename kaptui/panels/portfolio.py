"""Portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.sentences import no_figures, window_words
from kaptui.views import Figure, Figures, Kind, Notes, Row
from kaptui.wording import UNKNOWN, count, direction, index, listed, money, of, share

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "as_of": "date",
    "since": "date",
    "window_start": "date",
    "window_end": "date",
    "basis": "text",
    "currency": "text",
    "accounts": "integer",
    "revenue": "money",
    "profit": "money",
    "margin": "share",
    "revenue_change": "money",
    "profit_change": "money",
    "index_mean": "index",
    "index_weighted": "index",
    "accounts_scored": "integer",
    "internal_covered": "integer",
    "external_covered": "integer",
    "fully_covered": "integer",
    "uncovered_revenue_share": "share",
    "attention_accounts": "integer",
    "attention_revenue_share": "share",
    "unknown_profit_accounts": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> Figures | Notes:
    """Five figures: revenue, profit, index, full cover, attention, each with its base."""
    row = frame.row(0, named=True)
    if not row["accounts"]:
        return Notes(("No account to sum up.",))
    return Figures((_revenue(row, context), _profit(row, context), _index(row), _cover(row), _attention(row)))


def _change(value: float | None) -> str:
    """A move of money against a year earlier, its direction in words; unknown says nothing."""
    return "" if value is None else f"{money(value, signed=True)} {direction(value)} in a year"


def _revenue(row: Row, context: Context) -> Figure:
    note = listed((_change(row["revenue_change"]), no_figures(context)))
    return Figure(
        f"Revenue, {window_words(context)}", money(row["revenue"], row["currency"] or ""), note, measure="revenue"
    )


def _profit(row: Row, context: Context) -> Figure:
    unknown = row["unknown_profit_accounts"]
    margin = "" if row["margin"] is None else f"margin {share(row['margin'])}"
    left_out = f"{unknown} unknown" if unknown else ""
    profit = row["profit"]
    return Figure(
        "Profit" if context.basis == "contribution" else "Gross profit",
        money(profit, row["currency"] or ""),
        listed((_change(row["profit_change"]), margin, left_out)),
        "muted" if profit is None else "bad" if profit < 0 else "",
        measure="profit",
    )


def _index(row: Row) -> Figure:
    mean, weighted = row["index_mean"], row["index_weighted"]
    base = f"{of(row['accounts_scored'], row['accounts'])} scored"
    if mean is None:
        return Figure("Success index", index(None), base, "muted", measure="index_mean")
    note = listed((base, _moved(row), "w by revenue"))
    return Figure("Success index", f"{index(mean)} | {index(weighted)}w", note, measure="index_mean")


def _moved(row: Row) -> str:
    """How many scores fell and rose since the review: the same ones that question `changes` lists.

    The noun is said: beside "42 of 46 scored" a bare number would count accounts.
    """
    fell, rose = row.get("scores_fell"), row.get("scores_rose")
    return f"{count('score', fell or 0)} fell, {rose or 0} rose" if fell or rose else ""


def _cover(row: Row) -> Figure:
    if not row.get("sponsorship_fed", True):
        return Figure("Fully sponsored", UNKNOWN, "no sponsorship.csv", "muted", measure="fully_covered")
    uncovered = row["uncovered_revenue_share"]
    if row.get("unknown_sides"):
        return Figure("Fully sponsored", UNKNOWN, "cannot be judged: no touch known", "muted", measure="fully_covered")
    return Figure(
        "Fully sponsored",
        of(row["fully_covered"], row.get("covered_of", row["accounts"])),
        listed(
            (
                f"{row['double_sponsored']} by two people" if row.get("double_sponsored") is not None else "",
                f"int. {row['internal_covered']} / ext. {row['external_covered']}",
                "" if uncovered is None else f"{share(uncovered)} of revenue uncovered",
            )
        ),
        "warn" if uncovered else "",
        measure="fully_covered",
    )


def _attention(row: Row) -> Figure:
    needing = row["attention_accounts"]
    part = row["attention_revenue_share"]
    note = "no serious reason" if not needing else "" if part is None else f"{share(part)} of revenue"
    return Figure(
        "Need attention",
        f"{needing} of {count('account', row['accounts'])}",
        note,
        "bad" if needing else "good",
        measure="attention_accounts",
    )


PANEL = Panel(
    name="portfolio",
    title="Portfolio",
    promise=PROMISE,
    draw=view,
    feeds=("account",),
    would_show="Revenue, profit, success index, sponsorship and attention of the whole portfolio.",
)
