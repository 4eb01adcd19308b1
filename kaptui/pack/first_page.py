"""The first page of a pack: for a reader who has half a minute. Totals, what got worse, what is asked for.

The dashboard shows the same answers as sentences; here they are lists first, so that mark, value and reason stand in
columns. The sentences, with all that they rest on, come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels import panel_of
from kaptui.panels.brief import PANEL as BRIEF
from kaptui.panels.brief import direction_of, state_of
from kaptui.panels.columns import column
from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope
from kaptui.screen_specs import brief
from kaptui.text import clean, count, day, index, listed, money, points, share, with_mark
from kaptui.text.window import NO_REVIEW
from kaptui.views import Figures, Row, Subtotal, Table, View

if TYPE_CHECKING:
    import polars as pl

SCREEN = "brief"
"""The screen whose page comes first."""
LISTS, IN_FULL = ("lines", "decisions"), "answers"
"""The panels whose lists are written large, and the one that begins a sheet of paper of its own."""

AMOUNTS: Mapping[str, str] = {"loses_money": "loss", "empty_growth": "fall of profit"}
"""What the amount of a decision is, by its reason; that of any other is revenue."""


def totals(frames: Frames, state: Scope) -> View:
    """Revenue, profit, index, cover and attention; profit with what it was a year earlier, where that is comparable."""
    view = panel_of("portfolio").render(frames["portfolio"], state.context)
    if not isinstance(view, Figures):
        return view
    was = _was(frames["profit_bridge"])
    return Figures(
        tuple(
            replace(one, note=listed((was, one.note))) if was and one.measure == "profit" else one
            for one in view.figures
        )
    )


def _was(bridge: pl.DataFrame) -> str:
    """What profit was, of the accounts that can be compared."""
    steps = {row["step"]: row for row in bridge.iter_rows(named=True)}
    if "start" not in steps or "end" not in steps or steps["start"]["amount"] is None:
        return ""
    without = steps["start"]["left_out"]
    base = f" ({without} not comparable)" if without else ""
    return f"was {money(steps['start']['amount'])} a year earlier, now {money(steps['end']['amount'])}{base}"


def told(frames: Frames, state: Scope) -> View:
    """The ten lines in groups: what got worse first, then what did not, then what nothing is compared with."""
    frame = frames["brief"]
    whole = BRIEF.render(frame, state.context)
    if not isinstance(whole, Table):
        return whole
    by_name = {one.name: one for one in whole.columns}
    columns = (
        replace(by_name["question"], label="Question"),
        replace(by_name["direction"], label="Judged", text=_judged),
        column("short", label="In short", width=44),
        column("value", label="Now", text=_now, width=12),
        column("was", label="Was", text=_before, width=12),
        column("change", label="Moved", text=_moved, width=12),
    )
    return Table(
        frame,
        columns,
        key="number",
        caption="Was: at the review, in lines 2 and 4 a year earlier; now and was over what is known at both dates",
        group="direction",
        subtotals=tuple(_groups(frame, state.context)),
    )


def _judged(row: Row) -> str:
    """The word for the direction, with the mark that stands where colour does not."""
    word = direction_of(row)
    return with_mark(word, state_of(row)) if word else ""


def _now(row: Row) -> str:
    return _measured(row, row["value"])


def _before(row: Row) -> str:
    return _measured(row, row["was"])


def _moved(row: Row) -> str:
    """How far the measure of a line moved."""
    moved = row["change"]
    match row["measure"]:
        case "profit" | "losses":
            return "" if moved is None else money(moved, signed=True)
        case "share":
            return "" if moved is None else points(moved)
        case "points":
            return "" if moved is None else f"{index(moved, signed=True)} points"
        case _:
            return "" if moved is None else f"{moved:+,.0f}" if moved else "same"


def _measured(row: Row, value: float | None) -> str:
    """The number of a line in its unit; nothing where nothing is compared."""
    match row["measure"]:
        case _ if value is None:
            return ""
        case "profit" | "losses":
            return money(value)
        case "share":
            return share(value)
        case "points":
            return f"{index(value)} of 100"
        case noun:
            return count(noun.removesuffix("s"), round(value))


def _groups(frame: pl.DataFrame, context: Context) -> Iterator[Subtotal]:
    since = clean(context.since_label)
    since = day(context.since) if since in ("", NO_REVIEW) else since
    words: tuple[tuple[str | None, str, Any], ...] = (
        ("worse", f"Worse since {since}", "bad"),
        ("neither", f"As it was at {since}", "muted"),
        ("better", f"Better since {since}", "good"),
        (None, f"Not compared with {since}", "muted"),
    )
    there = set(frame["direction"].to_list())
    yield from (Subtotal(value, {"question": said}, state=state) for value, said, state in words if value in there)


def asked(frames: Frames, state: Scope) -> View:
    """The decisions: where, what, why, what is at stake, who does it, and how its plan stands."""
    import polars as pl

    plans = frames["plan_health"].select("account_id", "manager", pl.col("why").alias("plan"))
    plans = plans.unique("account_id", keep="first", maintain_order=True)
    frame = frames["brief_decisions"].join(plans, on="account_id", how="left", maintain_order="left")
    columns = (
        column("name", text=_numbered),
        column("amount", label="At stake", text=_at_stake, width=14),
        column("ask", label="Decision asked", width=60),
        column("because", label="Because", width=40),
        column("who", label="Who", width=18),
        column("plan", label="Its plan", width=18),
    )
    return Table(frame, columns, key="number")


def _numbered(row: Row) -> str:
    return f"{row['number']} {clean(row['name'] or '')}"


def _at_stake(row: Row) -> str:
    """The loss or the fall, or the revenue that the decision protects."""
    if row["amount"] is None:
        return ""
    return f"{money(row['amount'])} {AMOUNTS.get(row['reason'], 'revenue')}"


SPECS = (
    PanelSpec("totals", (Mode(("portfolio", "profit_bridge"), "Totals", totals),)),
    PanelSpec("lines", (Mode(("brief",), "Ten questions of a board", told),)),
    PanelSpec("decisions", (Mode(("brief_decisions", "plan_health"), "Decisions asked", asked),)),
    PanelSpec(IN_FULL, (Mode(("brief",), "The ten answers in full", brief.told),)),
)
