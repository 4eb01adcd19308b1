"""Changes: what moved since the review, and who explains it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from kaptui.changes_told import Tally, changes_sentence, left_out_words, tally
from kaptui.panels.changes import COLUMNS, in_short, listed_by, was_and_now
from kaptui.ui.asking import Draw, Frames, Source
from kaptui.ui.screens.board import Board
from kaptui.ui.situation import Situation
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.views import Column, Figure, Figures, Notes, Row, Subtotal, Table, View
from kaptui.wording import UNKNOWN, clean, count, direction, listed, money

if TYPE_CHECKING:
    import polars as pl

QUESTION = ("changes",)
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


def sentence(frames: Frames, situation: Situation) -> Notes:
    """The screen in one line."""
    if not situation.accounts:
        return Notes(("This file holds no accounts yet: fill account.csv and load again",), "")
    if not situation.matching:
        return Notes((f"None of {count('account', situation.accounts)} matches the filter",), "")
    return Notes((changes_sentence(frames["changes"], situation.context, frames["profit_since"]),), "")


def figures(frames: Frames, situation: Situation) -> Figures:
    """The counts of each kind; facts first, what is no fact apart."""
    told = tally(frames["changes"], frames["profit_since"])
    return Figures((_scores(told), _profit(told, situation), _sponsors(told), _plans(told), *_no_facts(told)))


def _scores(told: Tally) -> Figure:
    new = f"{told.scores_new} new" if told.scores_new else ""
    expired = f"{told.scores_expired} expired" if told.scores_expired else ""
    value = f"{told.scores_fell} fell, {told.scores_rose} rose"
    return Figure("Scores", value, listed((new, expired)), "bad" if told.scores_fell > told.scores_rose else "")


def _profit(told: Tally, situation: Situation) -> Figure:
    over = f"{told.known or 0} known at both dates"
    gone = f"{len(told.vanished)} became unknown" if told.vanished else ""
    if told.profit is None:
        return Figure("Profit, 12 months", UNKNOWN, listed((over, gone)), "muted")
    value = f"{money(told.profit, situation.context.currency, signed=True)} {direction(told.profit)}"
    return Figure("Profit, 12 months", value, listed((over, gone)), "bad" if told.profit < 0 or gone else "")


def _sponsors(told: Tally) -> Figure:
    cover = f"{count('side', told.cover_lost)} lost cover, {told.cover_gained} gained it"
    value = f"{told.sponsors_lost} lost, {told.sponsors_new} new"
    return Figure("Sponsors", value, cover, "bad" if told.sponsors_lost or told.cover_lost else "")


def _plans(told: Tally) -> Figure:
    overdue = told.actions_overdue + told.objectives_slipped
    done = (
        f"{told.actions_done + told.objectives_closed} tasks done" if told.actions_done + told.objectives_closed else ""
    )
    ended = f"{told.plans_ended} ended" if told.plans_ended else ""
    note = listed((ended, f"{overdue} tasks late" if overdue else "", done))
    return Figure("Plans", f"{told.plans_reviewed} reviewed", note, "warn" if told.plans_ended or overdue else "")


def _no_facts(told: Tally) -> tuple[Figure, Figure]:
    profit = "" if told.corrected_profit is None else f"profit {money(told.corrected_profit, signed=True)}"
    corrections = Figure(
        "Corrections", str(told.corrections), profit or "of earlier loads", "warn" if told.corrections else ""
    )
    return corrections, Figure("Accounts", f"{told.joined} joined, {told.left} left", "the programme")


def _facts(frame: pl.DataFrame, *measures: str) -> pl.DataFrame:
    """The facts of these measures, in the order of the answer: worse first, by size."""
    import polars as pl

    return frame.filter((pl.col("kind") == "fact") & pl.col("measure").is_in(measures))


def money_moves(frames: Frames, situation: Situation) -> View:
    """Profit of twelve months at both dates: what got worse first, by size; who became unknown last."""
    frame = _facts(frames["changes"], "money")
    told = tally(frames["changes"], frames["profit_since"])
    base = f"{count('account', told.known or 0)} known at both dates"
    if frame.is_empty():
        return Notes(("No profit has moved since.", listed((base, left_out_words(told)))), "muted")
    caption = "; ".join(part for part in (f"{count('move', frame.height)} over {base}", left_out_words(told)) if part)
    columns = (replace(COLUMNS["name"], width=20), COLUMNS["effect"], SIGNED)
    return Table(frame, columns, caption=caption, more=_more("changed_on", "what", "source"), follows=False)


def score_moves(frames: Frames, situation: Situation) -> View:
    """Scores in points, with the revenue they touch: never an amount of money."""
    frame = _facts(frames["changes"], "score")
    if frame.is_empty():
        return Notes(("No score has moved since.",), "muted")
    told = tally(frame)
    base = f"{count('score', frame.height)} at {count('account', frame['account_id'].n_unique())}"
    caption = f"{base}: {told.scores_fell} fell, {told.scores_rose} rose, in points of 100"
    name, factor = replace(COLUMNS["name"], width=16), replace(COLUMNS["what"], label="Code", text=_code)
    columns = (name, COLUMNS["points"], COLUMNS["revenue_touched"], factor, SIGNED)
    return Table(frame, columns, caption=caption, more=_more("changed_on", "source"), follows=False)


SIGNED = replace(COLUMNS["before"], text=was_and_now, width=23)
"""From what to what, beside the amount or the points whose sign tells better from worse."""


def _code(row: Row) -> str:
    """The factor whose score moved."""
    return clean(row["what"].removesuffix(" score"))


def _more(*names: str) -> tuple[Column, ...]:
    return tuple(COLUMNS[name] for name in names)


def others(frames: Frames, situation: Situation) -> View:
    """Sponsors, cover and plans: what got worse first, then by revenue."""
    import polars as pl

    frame = _facts(frames["changes"], "people", "plan")
    if frame.is_empty():
        return Notes(("No sponsor, no side and no plan has moved since.",), "muted")
    frame = frame.sort(pl.col("better").fill_null(0), pl.col("measure"), maintain_order=True)
    told = tally(frame)
    late = told.actions_overdue + told.objectives_slipped
    worse = (
        f"{count('sponsor', told.sponsors_lost)} lost" if told.sponsors_lost else "",
        f"{count('side', told.cover_lost)} lost cover" if told.cover_lost else "",
        f"{count('plan', told.plans_ended)} ended" if told.plans_ended else "",
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


def no_facts(frames: Frames, situation: Situation) -> View:
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


def by_kind(frames: Frames, situation: Situation) -> View:
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


def _source(title: str, draw: Draw) -> Source:
    return Source(QUESTION, title, draw)


class ChangesScreen(Board):
    """Key figures by kind; three lists, never mixed: money, points of scores, people and plans; and what is no fact."""

    CSS_PATH: ClassVar[str] = "../styles/changes.tcss"
    tab = "screen.changes"

    def headline_of(self) -> PanelCard:
        return PanelCard(Source(WITH_BASE, "", sentence, True), id="headline")

    def panels_of(self) -> Iterable[PanelCard]:
        yield PanelCard(Source(WITH_BASE, "Changes by kind", figures), id="figures")
        yield PanelCard(
            Source(WITH_BASE, "Money, worse first", money_moves),
            Source(("changes_by_account",), "Movers, by account"),
            Source(("profit_since",), "Profit of every account, then and now"),
            _source("All changes, by kind", by_kind),
            id="movers",
        )
        yield PanelCard(_source("Scores in points, worse first", score_moves), id="scores", short="Scores")
        yield PanelCard(_source("People and plans: sponsors, cover, plans", others), id="others", short="People")
        yield PanelCard(_source("No facts: corrections, joined, left", no_facts), id="nofacts", short="No facts")
