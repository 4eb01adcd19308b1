"""The Changes screen: what moved since the review, and who explains it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from kaptui.headlines.changes import Tally, changes_headline, left_out_words, tally
from kaptui.panels.changes import COLUMNS, in_short, listed_by, was_and_now
from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of, single
from kaptui.text import UNKNOWN, clean, count, direction, listed, money
from kaptui.text.words import factor_words
from kaptui.ui.screens.base import DashboardScreen
from kaptui.views import Column, Figure, Figures, Notes, Row, Subtotal, Table, View

if TYPE_CHECKING:
    import polars as pl

WITH_BASE = ("changes", "profit_since")
SPOKEN: Mapping[str, str] = {
    "score": "Scores",
    "profit": "Profit",
    "sponsor": "Sponsors",
    "coverage": "Cover",
    "plan": "Plans",
    "objective": "Objectives",
    "action": "Actions",
    "account": "Accounts",
    "correction": "Corrections",
    "joined": "Joined",
    "left": "Left",
}
"""What changes are about, in the order in which they are listed; what is no fact stands apart at the end."""


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line."""
    if not state.accounts:
        return Notes(("This file holds no accounts yet: fill account.csv and load again",), "")
    if not state.matching:
        return Notes((f"None of {count('account', state.accounts)} matches the filter",), "")
    return Notes((changes_headline(frames["changes"], state.context, frames["profit_since"]),), "")


def figures(frames: Frames, state: Scope) -> Figures:
    """The counts of each kind; facts first, what is no fact apart."""
    moved = tally(frames["changes"], frames["profit_since"])
    return Figures((_scores(moved), _profit(moved, state), _sponsors(moved), _plans(moved), *_no_facts(moved)))


def _scores(moved: Tally) -> Figure:
    new = f"{moved.scores_new} new" if moved.scores_new else ""
    expired = f"{moved.scores_expired} expired" if moved.scores_expired else ""
    value = f"{moved.scores_fell} fell, {moved.scores_rose} rose"
    return Figure("Scores", value, listed((new, expired)), "bad" if moved.scores_fell > moved.scores_rose else "")


def _profit(moved: Tally, state: Scope) -> Figure:
    over = f"{moved.known or 0} known at both dates"
    gone = f"{len(moved.vanished)} became unknown" if moved.vanished else ""
    if moved.profit is None:
        return Figure("Profit, 12 months", UNKNOWN, listed((over, gone)), "muted")
    value = f"{money(moved.profit, state.context.currency, signed=True)} {direction(moved.profit)}"
    return Figure("Profit, 12 months", value, listed((over, gone)), "bad" if moved.profit < 0 or gone else "")


def _sponsors(moved: Tally) -> Figure:
    cover = f"{count('side', moved.cover_lost)} lost cover, {moved.cover_gained} gained it"
    value = f"{moved.sponsors_lost} lost, {moved.sponsors_new} new"
    return Figure("Sponsors", value, cover, "bad" if moved.sponsors_lost or moved.cover_lost else "")


def _plans(moved: Tally) -> Figure:
    overdue = moved.actions_overdue + moved.objectives_slipped
    done = (
        f"{moved.actions_done + moved.objectives_closed} tasks done"
        if moved.actions_done + moved.objectives_closed
        else ""
    )
    ended = f"{moved.plans_ended} ended" if moved.plans_ended else ""
    note = listed((ended, f"{overdue} tasks late" if overdue else "", done))
    return Figure("Plans", f"{moved.plans_reviewed} reviewed", note, "warn" if moved.plans_ended or overdue else "")


def _no_facts(moved: Tally) -> tuple[Figure, Figure]:
    profit = "" if moved.corrected_profit is None else f"profit {money(moved.corrected_profit, signed=True)}"
    corrections = Figure(
        "Corrections", str(moved.corrections), profit or "of earlier loads", "warn" if moved.corrections else ""
    )
    return corrections, Figure("Accounts", f"{moved.joined} joined, {moved.left} left", "the programme")


def _facts(frame: pl.DataFrame, *measures: str) -> pl.DataFrame:
    """The facts of these measures, in the order of the answer: worse first, by size."""
    import polars as pl

    return frame.filter((pl.col("kind") == "fact") & pl.col("measure").is_in(measures))


def money_moves(frames: Frames, state: Scope) -> View:
    """Profit of twelve months at both dates: what got worse first, by size; who became unknown last."""
    frame = _facts(frames["changes"], "money")
    moved = tally(frames["changes"], frames["profit_since"])
    base = f"{count('account', moved.known or 0)} known at both dates"
    if frame.is_empty():
        return Notes(("No profit has moved since.", listed((base, left_out_words(moved)))), "muted")
    caption = "; ".join(part for part in (f"{count('move', frame.height)} over {base}", left_out_words(moved)) if part)
    columns = (replace(COLUMNS["name"], width=20), COLUMNS["effect"], SIGNED)
    return Table(frame, columns, caption=caption, more=_more("changed_on", "what", "source"), follows=False)


def score_moves(frames: Frames, state: Scope) -> View:
    """Scores in points, with the revenue they touch: never an amount of money."""
    frame = _facts(frames["changes"], "score")
    if frame.is_empty():
        return Notes(("No score has moved since.",), "muted")
    moved = tally(frame)
    base = f"{count('score', frame.height)} at {count('account', frame['account_id'].n_unique())}"
    caption = f"{base}: {moved.scores_fell} fell, {moved.scores_rose} rose, in points of 100"
    name, factor = (
        replace(COLUMNS["name"], width=16),
        replace(COLUMNS["what"], label="Factor", text=_factor, width=SHORT_FACTOR),
    )
    columns = (name, COLUMNS["points"], factor, SIGNED, COLUMNS["revenue_touched"])
    return Table(frame, columns, caption=caption, more=_more("changed_on", "source"), follows=False)


SHORT_FACTOR = 12
"""Letters of a factor's name, so that was and now stand beside it."""
SIGNED = replace(COLUMNS["before"], text=was_and_now, width=23)
"""From what to what, beside the amount or the points whose sign tells better from worse."""


def _factor(row: Row) -> str:
    """The factor whose score moved, by its name."""
    return clean(factor_words(row.get("factor"), row["what"].removesuffix(" score"), SHORT_FACTOR))


def _more(*names: str) -> tuple[Column, ...]:
    return tuple(COLUMNS[name] for name in names)


def others(frames: Frames, state: Scope) -> View:
    """Sponsors, cover and plans: what got worse first, then by revenue."""
    import polars as pl

    frame = _facts(frames["changes"], "people", "plan")
    if frame.is_empty():
        return Notes(("No sponsor, no side and no plan has moved since.",), "muted")
    frame = frame.sort(pl.col("better").fill_null(0), pl.col("measure"), maintain_order=True)
    moved = tally(frame)
    late = moved.actions_overdue + moved.objectives_slipped
    worse = (
        f"{count('sponsor', moved.sponsors_lost)} lost" if moved.sponsors_lost else "",
        f"{count('side', moved.cover_lost)} lost cover" if moved.cover_lost else "",
        f"{count('plan', moved.plans_ended)} ended" if moved.plans_ended else "",
        f"{count('task', late)} late" if late else "",
    )
    caption = listed((count("move", frame.height), *worse))
    columns = (
        COLUMNS["name"],
        replace(COLUMNS["what"], width=16),
        replace(COLUMNS["before"], text=in_short, width=23),
        COLUMNS["changed_on"],
    )
    return Table(frame, columns, caption=caption, more=(COLUMNS["source"],), follows=False)


def no_facts(frames: Frames, state: Scope) -> View:
    """What a later load corrected, and who joined or left the programme: each kind under its own line."""
    import polars as pl

    frame = frames["changes"].filter(pl.col("kind") != "fact")
    if frame.is_empty():
        return Notes(
            (
                "No correction, nobody joined or left.",
                "Told by comparing each load with the file in place, from the second load on.",
            ),
            "muted",
        )
    kinds = frame.group_by("kind", maintain_order=True).len().rows()
    caption = listed(f"{count('correction', n) if kind == 'correction' else f'{n} {kind}'}" for kind, n in kinds)
    listing = listed_by(frame, "name", "effect", "what", "before", "changed_on", caption=caption, more=("source",))
    return replace(listing, group="kind", subtotals=_subtotals(frame, "kind"))


def by_kind(frames: Frames, state: Scope) -> View:
    """Everything in one list, kind by kind, each under what it comes to."""
    import polars as pl

    kind = pl.when(pl.col("kind") == "fact").then(pl.col("about")).otherwise(pl.col("kind"))
    frame = frames["changes"].with_columns(group=kind)
    subtotals = _subtotals(frame, "group")
    caption = f"{count('change', frame.height)} in {count('kind', len(subtotals))}"
    listing = listed_by(frame, "name", "effect", "points", "what", "before", "changed_on", "source", caption=caption)
    return replace(listing, group="group", subtotals=subtotals)


def _subtotals(frame: pl.DataFrame, group: str) -> tuple[Subtotal, ...]:
    """The line above each kind of change: how many, how they went, and their effect in all."""
    import polars as pl

    lines = []
    for name, spoken in SPOKEN.items():
        rows = frame.filter(pl.col(group) == name)
        if rows.height:
            effects = rows.filter(pl.col("about") == "profit")["effect"].drop_nulls()
            worse, better = ((rows["better"] == sign).sum() for sign in (-1, 1))
            words = listed((f"{worse} worse" if worse else "", f"{better} better" if better else ""))
            total = {"effect": money(effects.sum(), signed=True)} if len(effects) else {}
            lines.append(Subtotal(name, {"name": f"{spoken}: {rows.height}", "before": words, **total}))
    return tuple(lines)


class ChangesScreen(DashboardScreen):
    """Key figures by kind; three lists, never mixed: money, points of scores, people and plans; and what is no fact."""

    CSS_PATH: ClassVar[str] = "../styles/changes.tcss"
    tab = "screen.changes"

    headline = headline_of(sentence, *WITH_BASE)
    specs = (
        single("figures", "changes", "Changes by kind", figures, also=("profit_since",)),
        PanelSpec(
            "movers",
            (
                Mode(WITH_BASE, "Money, worse first", money_moves),
                Mode(("changes_by_account",), "Movers, by account"),
                Mode(("profit_since",), "Profit of every account, then and now"),
                Mode(("changes",), "All changes, by kind", by_kind),
            ),
        ),
        single("scores", "changes", "Scores in points, worse first", score_moves, short="Scores"),
        single("others", "changes", "People and plans: sponsors, cover, plans", others, short="People"),
        single("nofacts", "changes", "No facts: corrections, joined, left", no_facts, short="No facts"),
    )
