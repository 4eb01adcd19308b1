"""Changes: what moved since the review, and who explains it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from kaptui.changes_told import Tally, changes_sentence, tally
from kaptui.panels.changes import COLUMNS, listed_by
from kaptui.ui.asking import Draw, Frames, Source
from kaptui.ui.screens.board import Board
from kaptui.ui.situation import Situation
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.views import Figure, Figures, Notes, Subtotal, Table, View
from kaptui.wording import UNKNOWN, count, direction, listed, money

if TYPE_CHECKING:
    import polars as pl

QUESTION = ("changes",)
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
    return Notes((changes_sentence(frames["changes"], situation.context),), "")


def figures(frames: Frames, situation: Situation) -> Figures:
    """The counts of each kind; facts first, what is no fact apart."""
    told = tally(frames["changes"])
    return Figures((_scores(told), _profit(told, situation), _sponsors(told), _plans(told), *_no_facts(told)))


def _scores(told: Tally) -> Figure:
    new = f"{told.scores_new} new" if told.scores_new else ""
    expired = f"{told.scores_expired} expired" if told.scores_expired else ""
    value = f"{told.scores_fell} fell, {told.scores_rose} rose"
    return Figure("Scores", value, listed((new, expired)), "bad" if told.scores_fell > told.scores_rose else "")


def _profit(told: Tally, situation: Situation) -> Figure:
    if told.profit is None:
        return Figure("Profit, 12 months", UNKNOWN, "no full month since", "muted")
    value = f"{money(told.profit, situation.context.currency, signed=True)} {direction(told.profit)}"
    mover = f"{money(told.mover_profit, signed=True)} {told.mover}" if told.mover else ""
    return Figure("Profit, 12 months", value, mover, "bad" if told.profit < 0 else "")


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


def _facts(frame: pl.DataFrame, measured: bool) -> pl.DataFrame:
    """The facts with an effect, or those without."""
    import polars as pl

    return frame.filter((pl.col("kind") == "fact") & (pl.col("effect").is_not_null() == measured))


def movers(frames: Frames, situation: Situation) -> View:
    """Scores and profit, the largest effect first."""
    frame = _facts(frames["changes"], measured=True)
    if frame.is_empty():
        return Notes(("No score and no profit has moved since.",), "muted")
    base = f"{count('move', frame.height)} at {count('account', frame['account_id'].n_unique())}"
    caption = f"{base}; effect: profit, or index x revenue, in {situation.context.currency or 'money'}"
    return listed_by(frame, "name", "effect", "what", "before", "changed_on", "source", caption=caption)


def others(frames: Frames, situation: Situation) -> View:
    """Sponsors, cover and plans: what got worse first, then by revenue."""
    import polars as pl

    frame = _facts(frames["changes"], measured=False)
    if frame.is_empty():
        return Notes(("No sponsor, no side and no plan has moved since.",), "muted")
    place = pl.col("about").replace_strict(list(SPOKEN), list(range(len(SPOKEN))), default=len(SPOKEN))
    frame = frame.sort(pl.col("better").fill_null(0), place, maintain_order=True)
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
        replace(COLUMNS["before"], width=23),
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
    listing = listed_by(frame, "name", "effect", "what", "before", "changed_on", "source", caption=caption)
    return replace(listing, group="group", subtotals=subtotals)


def _subtotals(frame: pl.DataFrame, group: str) -> tuple[Subtotal, ...]:
    """The line above each kind of change: how many, how they went, and their effect in all."""
    import polars as pl

    lines = []
    for name, spoken in SPOKEN.items():
        rows = frame.filter(pl.col(group) == name)
        if rows.height:
            effects = rows["effect"].drop_nulls()
            worse, better = ((rows["better"] == sign).sum() for sign in (-1, 1))
            words = listed((f"{worse} worse" if worse else "", f"{better} better" if better else ""))
            alike = len(effects) and rows["about"].n_unique() == 1  # index x revenue and profit do not add up
            total = {"effect": money(effects.sum(), signed=True)} if alike else {}
            lines.append(Subtotal(name, {"name": f"{spoken}: {rows.height}", "before": words, **total}))
    return tuple(lines)


def _source(title: str, draw: Draw) -> Source:
    return Source(QUESTION, title, draw)


class ChangesScreen(Board):
    """Key figures by kind, the movers by effect, what else moved, and what is no fact: corrections and accounts."""

    CSS_PATH: ClassVar[str] = "../styles/changes.tcss"
    tab = "screen.changes"

    def headline_of(self) -> PanelCard:
        return PanelCard(Source(QUESTION, "", sentence, True), id="headline")

    def panels_of(self) -> Iterable[PanelCard]:
        yield PanelCard(_source("Changes by kind", figures), id="figures")
        yield PanelCard(
            _source("Movers, by effect", movers),
            Source(("changes_by_account",), "Movers, by account"),
            _source("All changes, by kind", by_kind),
            id="movers",
        )
        yield PanelCard(_source("Other moves: sponsors, cover, plans", others), id="others", short="Others")
        yield PanelCard(_source("No facts: corrections, joined, left", no_facts), id="nofacts", short="No facts")
