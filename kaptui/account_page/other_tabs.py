"""The tabs Factors, Value, Sponsors and Timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kaptui.account_page.render import Frames, only, tailored
from kaptui.filters import Context
from kaptui.text import UNKNOWN, clean, count, day, listed, number, of, spelled, with_mark
from kaptui.text.indicators import indicator_words
from kaptui.text.words import side_words, status_words
from kaptui.views import Bar, Bars, Figure, Figures, Notes, Row, State, Table, View

KINDS = ("meeting", "promotion", "score", "plan", "action", "sponsor", "programme", "account")
"""What an event of the timeline can be about, in the order of the list of kinds."""


# Factors


def indicators(frames: Frames, context: Context) -> Table:
    """Each indicator beside its threshold: met, not met, or not known."""
    from kaptui.panels.columns import column, factor_of

    columns = (
        column("code", label="Factor", text=factor_of, width=21),
        column("indicator", text=lambda row: clean(indicator_words(row["indicator"])), width=24),
        column("met", label="Met", text=_met, state=_met_state, width=8),
        column("value", "number", width=7),
        column("threshold", "number", label="Needed", width=7),
        column("source", text=lambda row: clean(row["source"] or ""), width=24),
    )
    frame = frames["factor_evidence"]
    met, known = int(frame["met"].sum() or 0), frame.height - frame["met"].null_count()
    caption = f"{of(met, known)} known indicators met, {frame['met'].null_count()} unknown"
    return Table(frame, columns, key="indicator", caption=caption)


def _met(row: Row) -> str:
    return {True: "met", False: "not met", None: "unknown"}[row["met"]]


def _met_state(row: Row) -> State:
    return {True: "good", False: "bad", None: "muted"}[row["met"]]  # type: ignore[return-value]


# Value


def trend(frames: Frames, context: Context) -> View:
    """Every month of the answer as lines; a month can be chosen as the day the numbers are of."""
    from kaptui.panels import PANELS

    return PANELS["account_financials"].view(frames["account_financials"], context)


def months(frames: Frames, context: Context) -> Table:
    """The same months as a table, the last one first."""
    from kaptui.account_page.figures import month_table

    return month_table(frames["account_financials"], context)


def programmes(frames: Frames, context: Context) -> Table:
    """What is invested with the customer, and what came back."""
    from kaptui.panels.columns import column

    frame = frames["co_innovation"]
    columns = (
        column("name", label="Programme", width=24),
        column("status", width=9),
        column("start_on", "date", label="Starts"),
        column("end_on", "date", label="Ends", text=lambda row: day(row["end_on"]) if row["end_on"] else "open"),
        column("own_commitment", "money", label="Committed"),
        column("spent", "money"),
        column("realised_profit", "money", label="Earned"),
        column("commitment_to_revenue", "share", label="Of revenue", width=10),
        column("multi_year", "flag", label="Multi-year", width=10),
    )
    return Table(frame, columns, key="programme_id", caption=count("programme", frame.height))


# Sponsors

SIDE_STATES: Mapping[str, State] = {"covered": "good", "stale": "warn", "new": "", "uncovered": "bad"}


def sponsors(frames: Frames, context: Context) -> Table:
    """Both sides of one account: who, in which state, and when they last met."""
    from kaptui.panels.columns import column

    def state(row: Row) -> State:
        return SIDE_STATES.get(row["status"], "")

    def said(row: Row) -> str:
        return with_mark(status_words(row["status"]), state(row))

    columns = (
        column("side", width=11),
        column("status", width=12, text=said, state=state),
        column("sponsor", text=lambda row: clean(row["sponsor"] or "nobody"), width=24),
        column("days_since_touch", "integer"),
        column("cadence_days", "integer"),
        column(
            "last_touch_on", "date", text=lambda row: day(row["last_touch_on"]) if row["last_touch_on"] else "never"
        ),
    )
    frame = frames["sponsorship_coverage"]
    caption = listed(f"{side_words(row['side'])} {said(row)}" for row in frame.iter_rows(named=True))
    return Table(frame, columns, key="side", caption=caption)


def thread_kinds(context: Context) -> str:
    """What makes a thread a single or a broad one: "single: one contact or none; broad: three, one executive"."""
    few, many = context.thread_single, context.thread_broad
    single = "one contact or none" if few == 1 else f"{spelled(few)} contacts or fewer"
    return f"single: {single}; broad: {spelled(many)}, one executive"


def threads(frames: Frames, context: Context) -> Figures:
    """How many people at the customer are really known."""
    row = only(frames, "contact_threads")
    state: State = {"single": "bad", "thin": "warn", "broad": "good"}.get(row["thread"], "")  # type: ignore[assignment]
    return Figures(
        (
            Figure("Thread", row["thread"] or UNKNOWN, thread_kinds(context), state),
            Figure("Contacts met", number(row["contacts_touched"]), "recently: w names the days"),
            Figure("Executives met", number(row["executives_touched"]), "level 5"),
            Figure("Own people", number(row["own_people"]), "who met them"),
        )
    )


# Timeline


def timeline(frames: Frames, context: Context, kind: str) -> View:
    """The events of one kind only."""
    frame = frames["account_timeline"]
    some = frame.filter(frame["about"] == kind)
    if some.is_empty():
        return Notes((f"No event of the kind '{kind}'.",))
    view = tailored("account_timeline", some, context, (), "on")
    caption = f"{of(some.height, frame.height)} events; m shows the next kind, e exports all"
    return replace(view, caption=caption) if isinstance(view, Table) else view


def kinds(frames: Frames, context: Context) -> Bars:
    """How many events there are of each kind; Enter shows only those, once more all."""
    frame = frames["account_timeline"]
    counts = dict(frame["about"].value_counts().rows())
    found = {kind: counts.get(kind, 0) for kind in KINDS}
    bars = tuple(Bar(kind, float(n), str(n), narrow=f"kind:{kind}") for kind, n in found.items())
    return Bars(bars, high=float(max(found.values()) or 1))
