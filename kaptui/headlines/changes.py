"""The headline of Changes, and the counts by kind that the screen's lists say as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.text import count, day, listed, money
from kaptui.text.window import NO_REVIEW

if TYPE_CHECKING:
    import polars as pl

NAMED = 2
"""So many accounts are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many changes of which kind. Profit is None where no account's profit moved between two known values.

    `mover` is the account that explains most of the profit's move, in its direction, with its part of it. `known`
    accounts are the base of that sum. `vanished` are those whose profit became unknown, with what it was, and
    `left_out` those with under twelve months at one of the dates: the largest first.
    """

    scores_fell: int = 0
    scores_rose: int = 0
    scores_new: int = 0
    scores_expired: int = 0
    sponsors_lost: int = 0
    sponsors_new: int = 0
    cover_lost: int = 0
    cover_gained: int = 0
    profit: float | None = None
    mover: str = ""
    mover_profit: float = 0.0
    known: int | None = None
    vanished: tuple[tuple[str, float], ...] = ()
    left_out: tuple[str, ...] = ()
    plans_reviewed: int = 0
    plans_ended: int = 0
    objectives_closed: int = 0
    objectives_slipped: int = 0
    actions_done: int = 0
    actions_overdue: int = 0
    corrections: int = 0
    corrected_profit: float | None = None
    joined: int = 0
    left: int = 0


def tally(frame: pl.DataFrame, base: pl.DataFrame | None = None) -> Tally:
    """Count the rows of an answer to `changes`; `base` is that to `profit_since`, which tells what profit rests on."""
    import polars as pl

    about, what, kind = pl.col("about"), pl.col("what"), pl.col("kind")
    before, after, better = pl.col("before"), pl.col("after"), pl.col("better")
    fact, corrected = kind == "fact", kind == "correction"
    score, sponsor, cover = fact & (about == "score"), fact & (about == "sponsor"), fact & (about == "coverage")
    objective, action = fact & (about == "objective"), fact & (about == "action")
    counts: dict[str, pl.Expr] = {
        "scores_fell": score & (better < 0),
        "scores_rose": score & (better > 0),
        "scores_new": score & before.is_null(),
        "scores_expired": score & after.is_null(),
        "cover_lost": cover & (before == "covered"),
        "cover_gained": cover & (after == "covered"),
        "plans_reviewed": fact & (what == "plan reviewed"),
        "plans_ended": fact & (what == "plan ended"),
        "objectives_closed": objective & (after == "closed"),
        "objectives_slipped": objective & (better < 0),
        "actions_done": action & (after == "done"),
        "actions_overdue": action & (after == "overdue"),
        "corrections": corrected,
        "joined": kind == "joined",
        "left": kind == "left",
    }
    row = frame.select(**{name: which.sum() for name, which in counts.items()}).row(0, named=True)
    for name, which, person in (
        ("sponsors_lost", sponsor & after.is_null(), before),
        ("sponsors_new", sponsor & before.is_null(), after),
    ):
        row[name] = frame.filter(which).select("account_id", person).n_unique()
    profits = frame.filter(fact & (about == "profit") & pl.col("effect").is_not_null()).select("name", "effect")
    money_corrected = frame.filter(corrected & (about == "figure"))["effect"].drop_nulls()
    row["corrected_profit"] = money_corrected.sum() if len(money_corrected) else None
    if profits.height:
        row["profit"] = total = profits["effect"].sum()
        most = profits.sort("effect", descending=total >= 0).row(0)
        if most[1] * total > 0:
            row["mover"], row["mover_profit"] = most
    if base is not None:
        row["known"] = base.filter(pl.col("standing") == "known").height
        gone = base.filter(pl.col("standing") == "became unknown").sort(pl.col("before").abs(), descending=True)
        row["vanished"] = tuple(gone.select("name", "before").rows())
        row["left_out"] = tuple(base.filter(pl.col("standing") == "under 12 months")["name"].to_list())
    return Tally(**row)


def profit_words(told: Tally) -> str:
    """The move of profit with its base, who explains most of it, and who became unknown since."""
    over = "" if told.known is None else f" over {count('account', told.known)} known at both dates"
    profit = "" if not told.profit else f"profit {money(told.profit, signed=True)}{over}"
    if profit and told.mover:
        of_which = ", of which" if abs(told.mover_profit) <= abs(told.profit or 0) else " in all,"
        profit += f"{of_which} {told.mover} {money(told.mover_profit, signed=True)}"
    names = [f"{name}, {money(before)}," for name, before in told.vanished[:NAMED]]
    rest = len(told.vanished) - len(names)
    more = [f"{rest} more"] if rest else []
    unknown = f"{' and '.join([*names, *more])} became unknown" if names else ""
    return "; ".join(part for part in (profit, unknown) if part)


def left_out_words(told: Tally) -> str:
    """Who is in no sum of profit because twelve months are not known at both dates: the first by name."""
    if not told.left_out:
        return ""
    rest = len(told.left_out) - NAMED
    names = ", ".join(told.left_out[:NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return f"left out with under 12 months: {names}"


def since_words(context: Context) -> str:
    """What is compared with: the review's name, or the day; where there is no earlier review, that too."""
    if context.since_label == NO_REVIEW:
        return f"No earlier review, so since {day(context.since)}"
    return f"Since {context.since_label or day(context.since)}"


def moves(told: Tally) -> list[str]:
    """Scores, sponsors, profit, corrections, accounts: the parts of the sentence that say something."""
    if told.scores_fell and told.scores_rose:
        scores = f"{count('score', told.scores_fell)} fell, {told.scores_rose} rose"
    elif told.scores_fell or told.scores_rose:
        scores = f"{count('score', told.scores_fell or told.scores_rose)} {'fell' if told.scores_fell else 'rose'}"
    else:
        scores = ""
    lost = f"{count('sponsor', told.sponsors_lost)} lost" if told.sponsors_lost else ""
    cover = f"{count('side', told.cover_lost)} lost cover" if told.cover_lost else ""
    corrected = count("correction", told.corrections) if told.corrections else ""
    came = listed((f"{told.joined} joined" if told.joined else "", f"{told.left} left" if told.left else ""))
    return [part for part in (scores, lost, cover, profit_words(told), corrected, came, left_out_words(told)) if part]


def changes_headline(frame: pl.DataFrame, context: Context, base: pl.DataFrame | None = None) -> str:
    """The Changes screen in one line: what moved, who explains most of it, and what is no fact but a correction."""
    told = tally(frame, base)
    parts = moves(told)
    if not frame.height:
        parts = [part for part in ("nothing has changed", left_out_words(told)) if part]
    elif not parts:
        parts = [f"{count('change', frame.height)}, none of them of a score, a sponsor or profit"]
    return f"{since_words(context)}: {'; '.join(parts)}"
