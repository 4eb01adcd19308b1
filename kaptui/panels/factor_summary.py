"""The panel "Success factors": each success factor's mean, who is red, and how much of the revenue is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kaptui.filter_language.fields import FIELDS
from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel, empty
from kaptui.panels.columns import FACTOR_STATES, SCORE_TALLIES, column
from kaptui.text import STATE_MARKS, UNKNOWN, clean, index, listed, moved, of, share
from kaptui.text.window import compared
from kaptui.text.words import factor_words
from kaptui.views import Bar, Bars, Kind, Row, State, Table, View

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "factor_id": "integer",
    "code": "text",
    "name": "text",
    "provenance": "text",
    "weight": "number",
    "mean": "index",
    "weighted_mean": "index",
    "accounts_known": "integer",
    "accounts": "integer",
    "revenue_known_share": "share",
    "red": "integer",
    "amber": "integer",
    "green": "integer",
    "unknown": "integer",
    "change": "number",
    "overclaimed": "integer",
    "underclaimed": "integer",
    "red_revenue_share": "share",
    "programme_problem": "flag",
    **SCORE_TALLIES,
    "pairs": "integer",
    "rose": "integer",
    "fell": "integer",
    "claims_checked": "integer",
    "weakness": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> View:
    """One bar per factor, the weakest first: its mean, then the move, who is red and the mean by revenue."""
    rows = frame.to_dicts()
    if all(row["mean"] is None for row in rows):
        return empty(PANEL, context=context)
    rows.sort(key=lambda row: (row["mean"] is None, row["mean"], row["factor_id"]))
    return Bars(tuple(map(_bar, rows)), caption=_caption(rows, context))


def _bar(row: Row) -> Bar:
    mean = row["mean"]
    text = UNKNOWN if mean is None else index(mean)
    state = FACTOR_STATES.get(row.get("state"), "")
    name, kept = clean(factor_words(row["name"], row["code"])), narrowing(row["code"], row.get("red_below"))
    return Bar(name, mean, text, _note(row), state, kept, "mean", row["code"], short=clean(row["code"]))


def narrowing(code: str, red_below: float | None) -> str:
    """The filter that keeps the accounts red on this factor; none for a code that a filter cannot name."""
    if red_below is None:
        return ""
    name = f"factor.{code}" if code.lower() in FIELDS else code
    return f"{name}<{red_below:g}" if re.fullmatch(r"[^\s\"():<>=-][^\s\"():<>=]*", code) else ""


def _note(row: Row) -> str:
    known, accounts, part = row["accounts_known"], row["accounts"], row["revenue_known_share"]
    weight = "" if part is None else f" ({share(part)})"
    return listed(
        (
            moved(row["change"]),
            _red(row) if known else "",
            f"{index(row['weighted_mean'])} by revenue" if row["weighted_mean"] is not None else "",
            f"known {of(known, accounts)}{weight}" if known < accounts else "",
            f"{row['overclaimed']} overclaimed" if row["overclaimed"] else "",
            "proposed" if row["provenance"] == "proposed" else "",
        )
    )


def _red(row: Row) -> str:
    """Red accounts of those scored, with their share of revenue where the answer carries it."""
    part = row.get("red_revenue_share")
    weight = f", {share(part)} of revenue" if part and row["red"] else ""
    return f"{row['red']} red of {row['accounts_known']}{weight}"


def _caption(rows: Sequence[Row], context: Context) -> str:
    weakest = rows[0]
    return (
        f"weakest: {clean(factor_words(weakest['name'], weakest['code']))}, {_red(weakest)}; change {compared(context)}"
    )


def bases(frame: pl.DataFrame, context: Context) -> View:
    """Each factor's means with all they rest on, the weakest first: who is scored, how fresh, how sure, whose idea."""
    if frame["mean"].null_count() == frame.height:
        return empty(PANEL, context=context)
    columns = (
        column("code", label="Factor", text=_name, width=22, says=_said),
        column("mean", text=_mean, state=_mean_state, width=5),
        column("weighted_mean", label="By revenue", text=_weighted, width=10),
        column("red", text=_red_of, state=_problem, width=9),
        column("accounts_known", label="Scored", text=_known, width=12),
        column("fresh", text=_fresh, width=9),
        column("high", label="Sure", text=_sure, width=9),
        column("change", label="Move", text=_moved, width=18),
        column("red_revenue_share", "share", label="Red, of revenue", width=7),
        column("medium", label="High, medium, low", text=_confidence, width=18),
        column("ageing", label="Ageing, expired, none", text=_ages, width=22),
        column("overclaimed", label="Over, underclaimed", text=_claims, width=18),
        column("provenance", label="From", width=9),
        column("weight", "number"),
        column("name", label="Name in full", width=30),
    )
    caption = f"*: a factor that is proposed; sure: high confidence, of those scored; move {compared(context)}"
    return Table(frame.sort("weakness"), columns, "code", caption)


def _name(row: Row) -> str:
    """The name; "*" where the factor is proposed and not of the article."""
    return clean(factor_words(row["name"], row["code"]) + ("*" if row["provenance"] == "proposed" else ""))


def _said(row: Row) -> str:
    return f"{row['code']}: {row['name']}"


def _mean(row: Row) -> str:
    mark = STATE_MARKS.get(_mean_state(row), "")
    return "--" if row["mean"] is None else f"{index(row['mean']):>3}{mark}"


def _weighted(row: Row) -> str:
    return "--" if row["weighted_mean"] is None else f"{index(row['weighted_mean']):>3}"


def _mean_state(row: Row) -> State:
    return FACTOR_STATES.get(row.get("state"), "")


def _problem(row: Row) -> State:
    return "bad" if row["programme_problem"] else ""


def _red_of(row: Row) -> str:
    """Red accounts of those scored; "!" where that makes it the programme's problem."""
    return _part(row, "red") + ("!" if row["programme_problem"] else "")


def _known(row: Row) -> str:
    part = row["revenue_known_share"]
    return f"{row['accounts_known']}/{row['accounts']}" + (f" {share(part)}" if part is not None else "")


def _fresh(row: Row) -> str:
    return _part(row, "fresh")


def _sure(row: Row) -> str:
    return _part(row, "high")


def _part(row: Row, name: str) -> str:
    return f"{row[name]}/{row['accounts_known']}" if row["accounts_known"] else "--"


def _ages(row: Row) -> str:
    return f"{row['ageing']}, {row['expired']}, {row['missing']}"


def _confidence(row: Row) -> str:
    return f"{row['high']}, {row['medium']}, {row['low']}"


def _moved(row: Row) -> str:
    return f"{moved(row['change'])} ({row['pairs']})" if row["change"] is not None else "--"


def _claims(row: Row) -> str:
    return f"{row['overclaimed']}, {row['underclaimed']}"


PANEL = Panel(
    name="factor_summary",
    title="Success factors",
    promise=PROMISE,
    render=view,
    source_tables=("assessment",),
    when_empty="No factor has a valid score for this filter and date.",
    row_key="code",
    description="Each success factor's mean, who is red, and how much of the revenue is known.",
    comparison=Comparison(told=True, titled=True),
)
