"""The panel "Changes": what moved since the review: facts, corrections, accounts that joined or left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import TOLD, Panel
from kaptui.panels.columns import column
from kaptui.text import clean, count, day, index, money, money_apart
from kaptui.text.words import factor_words, status_words, what_changed
from kaptui.views import Column, Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "kind": "text",
    "what": "text",
    "before": "text",
    "after": "text",
    "changed_on": "date",
    "effect": "money",
    "measure": "text",
    "points": "number",
    "revenue_touched": "money",
    "direction": "text",
}

NOTHING = "--"
_TOLD = {"coverage", "sponsor", "done", "overdue", "closed"}
"""What says by itself whether it is better or worse."""
_STATES: Mapping[str, State] = {"worse": "bad", "better": "good"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AMOUNT = re.compile(r"-?\d+(\.\d*)?")


def _value(row: Row, name: str) -> str:
    """What was or is, in the words of the screen: amounts and days are written as text in the answer."""
    text = row[name]
    if text is None:
        return NOTHING
    if (amount := amount_of(row, name)) is not None:
        return money(amount)
    if row.get("about") == "coverage":
        return status_words(text)
    return day(date.fromisoformat(text)) if _DAY.fullmatch(text) else clean(text)


def amount_of(row: Row, name: str) -> Decimal | None:
    """The amount of money that `before` or `after` tells; None where it is of something else, or of nothing."""
    text = row[name] or ""
    is_amount = row.get("about") in ("profit", "figure") and _AMOUNT.fullmatch(text)
    return Decimal(text) if is_amount else None


def moved(row: Row) -> str:
    """From what to what, and what it means where that can be said: "2 -> 1 worse"."""
    told = row.get("about") in _TOLD or row["after"] in _TOLD
    means = "" if told else {1: " better", -1: " worse"}.get(row.get("better") or 0, "")
    return f"{was_and_now(row)}{means}"


def was_and_now(row: Row) -> str:
    """From what to what, beside a column whose sign says what it means: "2 -> 1"."""
    before, after = _value(row, "before"), _value(row, "after")
    was, now = amount_of(row, "before"), amount_of(row, "after")
    if before == after and was is not None and now is not None:  # the rounded amounts hide the difference
        before, after = money_apart(was, now)
    return f"{before} -> {after}"


def in_short(row: Row) -> str:
    """From what to what in few cells: of two days in one year the year stands once, else of each its last digits."""
    days = [date.fromisoformat(text) for text in (row["before"], row["after"]) if _DAY.fullmatch(text or "")]
    if len(days) < 2:
        return was_and_now(row)
    was, now = days
    before, after = day(was).removesuffix(f" {was.year}"), day(now).removesuffix(f" {now.year}")
    if was.year == now.year:
        return f"{before} -> {after} {now.year}"
    return f"{before} {was:%y} -> {after} {now:%y}"


def effect(row: Row) -> str:
    """The money that moved; a score, a sponsor or a plan is no money and has a mark instead."""
    amount = row["effect"] is not None or row["measure"] in ("money", None)
    return money(row["effect"], signed=True) if amount else NOTHING


def points(row: Row) -> str:
    """The points that a score moved; what is no score has a mark instead, and one that is new or expired too."""
    return index(row["points"], signed=True) if row["points"] is not None else NOTHING


def _touched(row: Row) -> str:
    return money(row["revenue_touched"]) if row["measure"] in ("score", None) else NOTHING


def state(row: Row) -> State:
    """A change for the worse is a problem to step to; one for the better is told from what is neither."""
    return _STATES.get(row.get("direction") or "", "")


def subject(what: str | None) -> str:
    """What changed, in short: that profit is of twelve months the heading says."""
    return clean(what_changed(what).removesuffix(", 12 months"))


def _what(row: Row) -> str:
    code, score, of_day = (row["what"] or "").partition(" score")
    if row.get("factor") and score:
        return clean(f"{factor_words(row['factor'], code)}{score}{of_day}")
    return subject(row["what"])


def _moved_state(name: str) -> Callable[[Row], State]:
    return lambda row: state(row) if row[name] is not None else ""


COLUMNS: Mapping[str, Column] = {
    one.name: one
    for one in (
        column("name"),
        column("kind", width=10),
        column("what", text=_what, width=22),
        column("before", label="Was -> now", text=moved, width=30, state=state),
        column("effect", "money", text=effect, state=_moved_state("effect")),
        column("points", "number", text=points, state=_moved_state("points"), width=6),
        column("revenue_touched", "money", label="Revenue touched", text=_touched),
        column("changed_on", "date", label="Changed"),
        column("source", width=24),
    )
}
"""The columns of every list of changes, by name; `before` says both values."""


def listed_by(frame: pl.DataFrame, *names: str, caption: str = "", more: tuple[str, ...] = ()) -> Table:
    """These changes in these columns."""
    shown = tuple(COLUMNS[name] for name in names if name in frame.columns)
    return Table(frame, shown, caption=caption, more=tuple(COLUMNS[name] for name in more), follows=False)


def view(frame: pl.DataFrame, context: Context) -> Table:
    """All changes, facts first: money, scores, people, plans, each the worse ones first and by size."""
    base = f"{count('change', frame.height)} at {count('account', frame['account_id'].n_unique())}"
    caption = f"{base}: money, scores in points, people, plans; worse first"
    return listed_by(frame, *COLUMNS, caption=caption)


PANEL = Panel(
    name="changes",
    title="Changes",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="kind what",
    grain="kind what change_number",
    description="What moved since the review: facts, corrections, accounts that joined or left.",
    when_empty="Nothing has changed since the review.",
    comparison=TOLD,
)
