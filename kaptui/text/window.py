"""The window of the figures in words: its months, why figures are missing in it, what it is compared with."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.text.format import MONTH_NAMES as NAMES
from kaptui.text.format import count, day, listed, money, month, share
from kaptui.views import Row

if TYPE_CHECKING:
    import polars as pl


CENT = 0.005
"""What money may differ by and still be the same."""


def window_words(context: Context) -> str:
    """The window of the figures: "12 months to Oct 2026", "since January 2026"; a whole year is twelve months."""
    if context.window == "ttm" or context.window_months == 12:
        return f"12 months to {month(context.window_end)}"
    return f"since {NAMES[context.window_start.month - 1]} {context.window_start.year}"


def no_figures(context: Context) -> str:
    """Why revenue and profit are unknown here, and what to type; empty where the window has figures."""
    if context.has_figures:
        return ""
    first = context.first_figures
    if first is None:
        return "no figures in this file: fill financial_period.csv"
    if first > context.window_end:
        full = first.replace(day=monthrange(first.year, first.month)[1])
        return f"figures begin {first:%Y-%m}; try --as-of {full.isoformat()}"
    return f"no figures in the {window_words(context)}"


def not_booked(context: Context) -> str:
    """Where figures end before the last full month: "figures end Sep 2026, October is not booked yet"."""
    n, end = context.months_unbooked, context.window_end
    if n <= 0 or not context.has_figures:
        return ""
    names = [NAMES[(end.month + later) % 12] for later in range(min(n, 2))]
    if n > len(names):
        return f"figures end {month(end)}, the {n} months since are not booked yet"
    return f"figures end {month(end)}, {' and '.join(names)} {'is' if n == 1 else 'are'} not booked yet"


def short_history(context: Context) -> str:
    """Why nothing is compared with a year earlier: "history begins Jan 2025: 9 of 12 months a year earlier"."""
    if context.history_known or context.first_figures is None or not context.has_figures:
        return ""
    first, start, whole = context.first_figures, context.window_start, count("month", context.window_months)
    missing = 12 * (first.year - start.year) + first.month - start.month
    inside = f"{context.window_months - missing} of {whole} of the window and " if missing > 0 else ""
    return f"history begins {month(first)}: {inside}{context.months_known_before} of {whole} a year earlier"


def gross_by_default(context: Context) -> str:
    """That profit is gross because too few accounts have a cost to serve, and what to type instead."""
    if context.cost_to_serve_share is None:
        return ""
    known = share(context.cost_to_serve_share)
    return f"profit is gross: cost to serve is known for {known} of revenue only; --basis contribution counts those"


def figure_remarks(context: Context) -> list[str]:
    """What a reader must know of the figures beside any answer; nothing where all is as it should be."""
    told = (no_figures(context), not_booked(context), short_history(context), gross_by_default(context))
    return [remark for remark in told if remark]


def figures_state(context: Context) -> str:
    """What a screen's sentence says of the figures below it: none, not booked to the end, too short to compare."""
    return "; ".join(said for said in (no_figures(context), not_booked(context), short_history(context)) if said)


def figures_tally(frame: pl.DataFrame) -> str:
    """How many accounts do not have figures for every month of the window, and why: "2 late, 1 new".

    Late and stopped are said of the programme only: one that left it has stopped by its own.
    """
    if "figures" not in frame.columns:
        return ""
    status = frame["status"].to_list() if "status" in frame.columns else [None] * frame.height
    tally = Counter(
        state
        for state, standing in zip(frame["figures"].to_list(), status, strict=True)
        if not (standing == "exited" and state in ("late", "stopped"))
    )
    words = {"none": "without figures", "short": "with a short history"}
    order = ("late", "stopped", "new", "short", "none")
    return listed(f"{tally[name]} {words.get(name, name)}" for name in order if tally[name])


def of_known_revenue(row: Row) -> str:
    """The base of profit and margin, where that is not the revenue beside it: "of the 179m with known profit"."""
    revenue, known = row["revenue"], row.get("known_revenue")
    if known is None or revenue is None or abs(revenue - known) < CENT:
        return ""
    return f"of the {money(known)} with known profit"


NO_REVIEW = "3 months earlier"
"""The model's label of `since` where no review point lies before as-of."""


def since_in_words(context: Context) -> str:
    """What a move is measured from, in a card: "since the review", or the day where it is none."""
    named = context.since_label and context.since_label not in (NO_REVIEW, day(context.since))
    return "since the review" if named else f"since {day(context.since)}"


def compared(context: Context) -> str:
    """What changes are compared with: "vs review Q3 2026", "vs 2 Aug 2026"."""
    return f"vs {context.since_label or day(context.since)}"


def basis_line(context: Context, base: str) -> str:
    """What the numbers below stand on: dates, window, basis, currency and (`base`) which accounts the filter left."""
    since = f"{compared(context)} ({context.since})"
    constant = "constant FX" if context.rates == "constant" else ""
    money = listed([window_words(context), context.basis, context.currency, constant])
    return f"as of {day(context.as_of)}, {since}; {money}; {base}"
