"""The panel "Portfolio": revenue, profit, success index, sponsorship and attention of the whole portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import PROFIT_SINCE, Comparison, Panel
from kaptui.text import UNKNOWN, count, direction, index, listed, money, of, share
from kaptui.text.accounts import in_programme, revenue_unknown, rules_words
from kaptui.text.window import no_figures, not_booked, of_known_revenue, short_history, since_in_words, window_words
from kaptui.views import Figure, Figures, Kind, Notes, Row

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
    "programme_accounts": "integer",
    "exited_accounts": "integer",
    "late_accounts": "integer",
    "stopped_accounts": "integer",
    "known_revenue": "money",
    "months_known_before": "integer",
    "double_sponsored": "integer",
    "rules_judged": "integer",
    "rules": "integer",
    "programme_margin": "share",
    "rules_lack": "text",
    "unknown_revenue_accounts": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> Figures | Notes:
    """Five figures: revenue, profit, index, full cover, attention, each with its base."""
    row = frame.row(0, named=True)
    if not row["accounts"]:
        return Notes(("No account to sum up.",))
    return Figures((_revenue(row, context), _profit(row, context), _index(row, context), _cover(row), _attention(row)))


def _change(value: float | None, context: Context) -> str:
    """A move of money against a year earlier, its direction in words; why there is none, where history is short."""
    if value is None:
        return short_history(context)
    return f"{money(value, signed=True)} {direction(value)} in a year"


def _revenue(row: Row, context: Context) -> Figure:
    late, stopped = row.get("late_accounts") or 0, row.get("stopped_accounts") or 0
    note = listed(
        (
            _change(row["revenue_change"], context),
            no_figures(context) or not_booked(context),
            f"{late} late" if late else "",
            f"{stopped} stopped" if stopped else "",
        )
    )
    return Figure(
        f"Revenue, {window_words(context)}",
        money(row["revenue"], row["currency"] or ""),
        note,
        measure="revenue",
        screen="value",
    )


def _profit(row: Row, context: Context) -> Figure:
    unknown = row["unknown_profit_accounts"]
    margin = "" if row["margin"] is None else f"margin {share(row['margin'])} {of_known_revenue(row)}".rstrip()
    left_out = f"{unknown} unknown" if unknown else ""
    profit, change = row["profit"], row["profit_change"]
    told, history = ((_change(change, context),), ()) if change is not None else ((), (short_history(context),))
    return Figure(
        "Profit" if context.basis == "contribution" else "Gross profit",
        money(profit, row["currency"] or ""),
        listed((*told, margin, left_out, *history)),
        "muted" if profit is None else "bad" if profit < 0 else "",
        measure="profit",
        screen="value",
    )


def _index(row: Row, context: Context) -> Figure:
    mean, weighted = row["index_mean"], row["index_weighted"]
    base = f"{of(row['accounts_scored'], in_programme(row))} scored"
    if mean is None:
        return Figure("Success index", index(None), base, "muted", measure="index_mean", screen="factors")
    note = listed((f"{index(weighted)} by revenue", base, _moved(row, context)))
    return Figure("Success index", index(mean), note, measure="index_mean", screen="factors")


def _moved(row: Row, context: Context) -> str:
    """How many scores fell and rose since the review: the same ones that question `changes` lists.

    The noun is said: beside "42 of 46 scored" a bare number would count accounts.
    """
    fell, rose = row.get("scores_fell"), row.get("scores_rose")
    return f"{count('score', fell or 0)} fell, {rose or 0} rose {since_in_words(context)}" if fell or rose else ""


def _cover(row: Row) -> Figure:
    if not row.get("sponsorship_fed", True):
        return Figure("Fully sponsored", UNKNOWN, "no sponsorship.csv", "muted", measure="fully_covered")
    uncovered = row["uncovered_revenue_share"]
    if row.get("unknown_sides"):
        return Figure("Fully sponsored", UNKNOWN, "cannot be judged: no touch known", "muted", measure="fully_covered")
    return Figure(
        "Fully sponsored",
        of(row["fully_covered"], in_programme(row)),
        listed(
            (
                f"{row['double_sponsored']} by two people" if row.get("double_sponsored") is not None else "",
                "" if uncovered is None else f"{share(uncovered)} of revenue with no live sponsor",
                "" if uncovered is None else revenue_unknown(row),
            )
        ),
        "warn" if uncovered else "",
        measure="fully_covered",
        narrow="coverage:full" if row["fully_covered"] else "",
        screen="sponsors",
    )


def _attention(row: Row) -> Figure:
    needing = row["attention_accounts"]
    part = row["attention_revenue_share"]
    found = "no serious reason" if not needing else "" if part is None else f"{share(part)} of revenue"
    gone = row.get("exited_accounts")
    note = listed((found, f"{gone} exited: money only" if gone else ""))
    return Figure(
        "Need attention",
        f"{needing} of {count('account', in_programme(row))}",
        listed((note, rules_words(row))),
        "bad" if needing else "muted" if rules_words(row) else "good",
        measure="attention_accounts",
        panel="attention",
    )


PANEL = Panel(
    name="portfolio",
    title="Portfolio",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    description="Revenue, profit, success index, sponsorship and attention of the whole portfolio.",
    comparison=Comparison(
        {
            "accounts.revenue": "months",
            "index_mean": "accounts_scored",
            "fully_covered": "programme_accounts",
            "attention_accounts": "programme_accounts",
        },
        PROFIT_SINCE,
    ),
)
