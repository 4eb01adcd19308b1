"""What stands on the Changes screen: what moved since the review, and who explains it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kaptui.headlines.changes import Tally, changes_headline, left_out_words, tally
from kaptui.panels.changes import COLUMNS, in_short, listed_by, was_and_now
from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of, single
from kaptui.text import UNKNOWN, clean, count, direction, listed, money
from kaptui.text.window import since_in_words
from kaptui.text.words import factor_words
from kaptui.views import Column, Figure, Figures, Notes, Row, State, Subtotal, Table, View

if TYPE_CHECKING:
    import polars as pl

WITH_BASE = ("changes", "profit_since")
NONE_TOLD = "none told"
"""Only loads that replace a file tell corrections, joiners and leavers: where there was none this is no zero."""


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
    fell = f"{moved.scores_fell} fell"
    state: State = "bad" if moved.scores_fell > moved.scores_rose else ""
    worse = ((fell,) if moved.scores_fell else ()) + ((expired,) if expired else ())
    value = f"{fell}, {moved.scores_rose} rose"
    return Figure("Scores", value, listed((new, expired)), state, worse=worse, panel="scores")


def _profit(moved: Tally, state: Scope) -> Figure:
    over = f"{moved.known or 0} known at both dates"
    gone = f"{len(moved.vanished)} became unknown" if moved.vanished else ""
    note = listed((since_in_words(state.context), over, gone))
    if moved.profit is None:
        return Figure("Profit, 12 months", UNKNOWN, note, "muted", panel="movers")
    value = f"{money(moved.profit, state.context.currency, signed=True)} {direction(moved.profit)}"
    worse = ((value,) if moved.profit < 0 else ()) + ((gone,) if gone else ())
    return Figure("Profit, 12 months", value, note, "bad" if worse else "", worse=worse, panel="movers")


def _sponsors(moved: Tally) -> Figure:
    lost, cover = f"{moved.sponsors_lost} lost", f"{count('side', moved.cover_lost)} lost cover"
    worse = ((lost,) if moved.sponsors_lost else ()) + ((cover,) if moved.cover_lost else ())
    value, note = f"{lost}, {moved.sponsors_new} new", f"{cover}, {moved.cover_gained} gained it"
    return Figure("Sponsors", value, note, "bad" if worse else "", worse=worse, panel="others")


def _plans(moved: Tally) -> Figure:
    overdue = moved.actions_overdue + moved.objectives_slipped
    done = (
        f"{moved.actions_done + moved.objectives_closed} tasks done"
        if moved.actions_done + moved.objectives_closed
        else ""
    )
    ended = f"{moved.plans_ended} ended" if moved.plans_ended else ""
    late = f"{overdue} tasks late" if overdue else ""
    worse = tuple(words for words in (ended, late) if words)
    value = f"{moved.plans_reviewed} reviewed"
    return Figure("Plans", value, listed((ended, late, done)), "warn" if worse else "", worse=worse, panel="others")


def _no_facts(moved: Tally) -> tuple[Figure, Figure]:
    profit = "" if moved.corrected_profit is None else f"profit {money(moved.corrected_profit, signed=True)}"
    state: State = "warn" if moved.corrections else ""
    corrected = str(moved.corrections) if moved.corrections else NONE_TOLD
    corrections = Figure("Corrections", corrected, profit or "of earlier loads", state, panel="further")
    accounts = f"{moved.joined} joined, {moved.left} left" if moved.joined or moved.left else NONE_TOLD
    return corrections, Figure("Accounts", accounts, "the programme", panel="further")


def _facts(frame: pl.DataFrame, *measures: str) -> pl.DataFrame:
    """The facts of these measures, in the order of the answer: worse first, by size."""
    import polars as pl

    return frame.filter((pl.col("kind") == "fact") & pl.col("measure").is_in(measures))


DIRECTIONS: Mapping[str, State] = {"worse": "bad", "better": "good", "neither": ""}
"""The groups of each list in their order, and their colour."""


def _grouped(listing: Table, say: Callable[[pl.DataFrame], Mapping[str, str]]) -> Table:
    """The list under one line for what got worse, for what got better and for what is neither.

    `say` gives the words beside the count by column, from the rows of one group.
    """
    lines = []
    for which, state in DIRECTIONS.items():
        rows = listing.frame.filter(listing.frame["direction"] == which)
        if rows.height:
            texts = {"name": f"{which.capitalize()}: {rows.height}", **say(rows)}
            lines.append(Subtotal(which, texts, state=state))
    return replace(listing, group="direction", subtotals=tuple(lines))


def _in_all(rows: pl.DataFrame) -> Mapping[str, str]:
    """What the moves of profit come to, where they are known at both dates."""
    effects = rows["effect"].drop_nulls()
    if len(effects):
        return {"effect": money(effects.sum(), signed=True)}
    gone = rows["after"].null_count()
    came = rows.height - gone
    return {"before": listed((f"{gone} now unknown" if gone else "", f"{came} now known" if came else ""))}


def money_moves(frames: Frames, state: Scope) -> View:
    """Profit of twelve months at both dates: what got worse first, by size; who became unknown last."""
    frame = _facts(frames["changes"], "money")
    moved = tally(frames["changes"], frames["profit_since"])
    base = f"{count('account', moved.known or 0)} known at both dates"
    if frame.is_empty():
        return Notes(("No profit has moved since.", listed((base, left_out_words(moved)))), "muted")
    caption = "; ".join(part for part in (f"{count('move', frame.height)} over {base}", left_out_words(moved)) if part)
    columns = (replace(COLUMNS["name"], width=20), COLUMNS["effect"], _was_and_now(22))
    more = _more("changed_on", "what", "source")
    return _grouped(Table(frame, columns, caption=caption, more=more, follows=False), _in_all)


def score_moves(frames: Frames, state: Scope) -> View:
    """Scores in points, with the revenue they touch: never an amount of money."""
    frame = _facts(frames["changes"], "score")
    if frame.is_empty():
        return Notes(("No score has moved since.",), "muted")
    moved = tally(frame)
    base = f"{count('score', frame.height)} at {count('account', frame['account_id'].n_unique())}"
    caption = f"{base}: {moved.scores_fell} fell, {moved.scores_rose} rose, in points of 100"
    columns = (
        replace(COLUMNS["name"], width=16),
        COLUMNS["points"],
        replace(COLUMNS["what"], label="Factor", text=_factor, width=SHORT_FACTOR),
        replace(COLUMNS["revenue_touched"], short="Revenue"),
        replace(_was_and_now(10), short="Level"),
    )
    listing = Table(frame, columns, caption=caption, more=_more("changed_on", "source"), follows=False)
    return _grouped(listing, _touching)


def _touching(rows: pl.DataFrame) -> Mapping[str, str]:
    """How many accounts, and their revenue: each once, however many of its scores moved; the unknown are counted."""
    accounts = rows.unique("account_id")
    known = accounts["revenue_touched"].drop_nulls()
    touched = money(known.sum()) if len(known) else UNKNOWN
    unknown = accounts.height - len(known)
    whose = f"{accounts.height}, {unknown} unknown" if unknown else count("account", accounts.height)
    return {"what": whose, "revenue_touched": touched}


SHORT_FACTOR = 12
"""Letters of a factor's name, so that was and now stand beside it."""


def _was_and_now(width: int) -> Column:
    """From what to what, beside the amount or the points whose sign and colour tell better from worse."""
    return replace(COLUMNS["before"], text=was_and_now, width=width, state=None)


def _factor(row: Row) -> str:
    """The factor whose score moved, by its name."""
    return clean(factor_words(row.get("factor"), row["what"].removesuffix(" score"), SHORT_FACTOR))


def _more(*names: str) -> tuple[Column, ...]:
    return tuple(COLUMNS[name] for name in names)


def others(frames: Frames, state: Scope) -> View:
    """Sponsors, cover and plans: what got worse first, people before plans, then by revenue."""
    import polars as pl

    frame = _facts(frames["changes"], "people", "plan")
    if frame.is_empty():
        return Notes(("No sponsor, no side and no plan has moved since.",), "muted")
    frame = frame.sort(pl.col("better").fill_null(2), pl.col("measure"), maintain_order=True)
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
        COLUMNS["what"],
        replace(COLUMNS["before"], text=in_short, width=23),
        COLUMNS["changed_on"],
    )
    return _grouped(Table(frame, columns, caption=caption, more=(COLUMNS["source"],), follows=False), _of_whom)


def _of_whom(rows: pl.DataFrame) -> Mapping[str, str]:
    """How many of the moves are of people, how many of plans."""
    people = int((rows["measure"] == "people").sum())
    plans = rows.height - people
    return {"what": listed((f"people {people}" if people else "", f"plans {plans}" if plans else ""))}


KINDS: Mapping[str, str] = {"correction": "Corrections", "joined": "Joined", "left": "Left"}
"""What is no fact, in the order in which it is listed."""


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
    lines = []
    for kind, spoken in KINDS.items():
        rows = frame.filter(frame["kind"] == kind)
        worse, better = ((rows["better"] == sign).sum() for sign in (-1, 1))
        words = listed((f"{worse} worse" if worse else "", f"{better} better" if better else ""))
        if rows.height:
            lines.append(Subtotal(kind, {"name": f"{spoken}: {rows.height}", "before": words}))
    listing = listed_by(frame, "name", "effect", "what", "before", "changed_on", caption=caption, more=("source",))
    return replace(listing, group="kind", subtotals=tuple(lines))


HEADLINE = headline_of(sentence, *WITH_BASE)
SPECS = (
    single("figures", "changes", "Changes by kind", figures, also=("profit_since",)),
    PanelSpec("movers", (Mode(WITH_BASE, "Money, worse first", money_moves),), short="Money"),
    single("scores", "changes", "Scores in points, worse first", score_moves, short="Scores"),
    single("others", "changes", "People and plans, worse first", others, short="People"),
    PanelSpec(
        "further",
        (
            Mode(("changes",), "No facts: corrections, joined, left", no_facts, tab="No facts"),
            Mode(("changes_by_account",), "Movers, by account", tab="Accounts"),
            Mode(("profit_since",), "Profit of every account, then and now", tab="Profit"),
        ),
        short="Further",
    ),
)
