"""What changes come to in words: counts by kind, who explains the profit, and what is compared with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from kaptui.filters import Filters
from kaptui.headlines.changes import Tally, changes_headline, tally
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.views import Table
from tests.engine.test_panels import CONTEXT, cells
from tests.promises import TYPES

SCHEMA = {name: TYPES[kind] for name, kind in PANELS["changes"].promise.items()} | {
    "about": pl.String,
    "better": pl.Int64,
    "revenue": pl.Float64,
    "source": pl.String,
}
MEASURES = {
    "profit": "money",
    "figure": "money",
    "score": "score",
    "plan": "plan",
    "objective": "plan",
    "action": "plan",
}
Change = dict[str, Any]


def change(about: str, before: str | None, after: str | None, better: int | None = None, **more: Any) -> Change:
    """One row of the answer; a fact of account A1 unless said."""
    measures = {"profit": "money", "figure": "money", "score": "score"} | dict.fromkeys(
        ("plan", "objective", "action"), "plan"
    )
    row = {"account_id": "A1", "name": "Helvia", "kind": "fact", "what": about, "about": about}
    row["measure"] = measures.get(about, "people")
    row["direction"] = {1: "better", -1: "worse"}.get(better or 0, "neither")
    return row | {"before": before, "after": after, "better": better} | more


def frame(*rows: Change) -> pl.DataFrame:
    """An answer of these rows."""
    return pl.DataFrame([dict.fromkeys(SCHEMA) | row for row in rows], schema=SCHEMA)


def profit(name: str, effect: float) -> Change:
    return change("profit", "1", "2", 1 if effect > 0 else -1, account_id=name, name=name, effect=effect)


FULL = (
    *(change("score", "2", "1", -1, account_id=f"A{n}") for n in range(6)),
    *(change("score", "2", "3", 1) for _ in range(3)),
    change("score", None, "3"),
    change("score", "3", None),
    change("sponsor", "R. Lind", None, -1, what="internal sponsor"),
    change("sponsor", "R. Lind", None, -1, what="external sponsor"),  # the same person at the same account
    change("sponsor", "R. Lind", None, -1, what="internal sponsor", account_id="A2"),
    change("sponsor", None, "M. Osei", 1),
    change("coverage", "covered", "stale", -1),
    change("coverage", "new", "covered", 1),
    profit("Helvia", -300_000.0),
    profit("Orbis", -600_000.0),
    profit("Sunfold", 100_000.0),
    change("plan", None, "2026-09-01", 1, what="plan reviewed"),
    change("plan", None, "2026-09-01", -1, what="plan ended"),
    change("objective", "in_progress", "closed", 1),
    change("objective", "open", "overdue", -1),
    change("action", "open", "done", 1),
    change("action", "open", "overdue", -1),
    change("figure", "10.00", "8.00", -1, kind="correction", effect=-2.0),
    change("score", "1", "4", 1, kind="correction", points=75.0),
    change("account", None, "in", kind="joined"),
    change("account", "in", "out", kind="left"),
)


def test_every_kind_is_counted_apart() -> None:
    assert tally(frame(*FULL)) == Tally(
        scores_fell=6,
        scores_rose=3,
        scores_new=1,
        scores_expired=1,
        sponsors_lost=2,
        sponsors_new=1,
        cover_lost=1,
        cover_gained=1,
        profit=-800_000.0,
        mover="Orbis",
        mover_profit=-600_000.0,
        plans_reviewed=1,
        plans_ended=1,
        objectives_closed=1,
        objectives_slipped=1,
        actions_done=1,
        actions_overdue=1,
        corrections=2,
        corrected_profit=-2.0,
        joined=1,
        left=1,
    )
    assert tally(frame()) == Tally()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            FULL,
            "6 scores fell, 3 rose; 2 sponsors lost; 1 side lost cover; profit -0.8m, of which Orbis -0.6m; "
            "2 corrections; 1 joined, 1 left",
        ),
        ((change("score", "2", "1", -1),), "1 score fell"),
        ((change("score", "2", "3", 1), change("score", "2", "3", 1)), "2 scores rose"),
        ((profit("Up", 900.0), profit("Down", -1000.0)), "profit -100 in all, Down -1.0k"),
        ((profit("Up", 1.0), profit("Down", -1.0)), "2 changes, none of them of a score, a sponsor or profit"),
        ((change("action", "open", "done", 1),), "1 change, none of them of a score, a sponsor or profit"),
        ((change("account", "in", "out", kind="left"),), "1 left"),
        ((), "nothing has changed"),
    ],
)
def test_the_sentence_says_what_moved_and_nothing_else(rows: tuple[Change, ...], words: str) -> None:
    assert changes_headline(frame(*rows), CONTEXT) == f"Since Q3 review: {words}"


BASE = pl.DataFrame(
    [
        ("Helvia", "known", 10.0),
        ("Orbis", "known", 10.0),
        ("Cassel", "became unknown", 600_000.0),
        ("Small", "became unknown", -900_000.0),
        ("Third", "became unknown", 1.0),
        ("Late", "under 12 months", 5.0),
        ("None", "no figures", None),
    ],
    schema={"name": pl.String, "standing": pl.String, "before": pl.Float64},
    orient="row",
)


def test_a_sum_of_profit_names_its_base_and_who_became_unknown() -> None:
    rows = (profit("Helvia", -300_000.0), change("profit", "600000.00", None, account_id="Cassel"))
    assert changes_headline(frame(*rows), CONTEXT, BASE) == (
        "Since Q3 review: profit -0.3m over 2 accounts known at both dates, of which Helvia -0.3m; Small, -0.9m, "
        "and Cassel, 0.6m, and 1 more became unknown; left out with under 12 months: Late"
    )
    assert changes_headline(frame(), CONTEXT, BASE.filter(pl.col("name") == "Late")) == (
        "Since Q3 review: nothing has changed; left out with under 12 months: Late"
    )


def test_without_an_earlier_review_it_says_so() -> None:
    early = replace(CONTEXT, since=date(2026, 8, 14), since_label="3 months earlier")
    assert changes_headline(frame(), early) == "No earlier review, so since 14 Aug 2026: nothing has changed"


def test_values_are_written_as_everywhere_with_their_direction() -> None:
    shown = PANELS["changes"].view(
        frame(
            change("profit", "-343109.29", "-599999.98", -1, what="profit, 12 months", effect=-256890.69),
            change("score", "2", "2.5", 1, points=12.5, revenue_touched=14.1e6),
            change("score", None, "3"),
            change("coverage", "covered", "stale", -1),
            change("objective", "2026-12-17", "2027-03-31", -1, what="objective due: [b]x[/]\x1b"),
            change("figure", "10.00", None, -1, kind="correction"),
            change("figure", "1149555.47", "1100000.00", -1, kind="correction", effect=-42_927.6),
            change("account", "Max 2026-01-01", "\x1b]0;x\x07"),
        ),
        CONTEXT,
    )
    assert isinstance(shown, Table)
    assert cells(shown, "before") == [
        ("-0.34m -> -0.6m worse", "bad"),
        ("2 -> 2.5 better", "good"),
        ("-- -> 3", ""),
        ("covered -> silent", "bad"),
        ("17 Dec 2026 -> 31 Mar 2027 worse", "bad"),
        ("10 -> -- worse", "bad"),
        ("1.15m -> 1.10m worse", "bad"),
        ("Max 2026-01-01 -> ␛]0;x␇", ""),
    ]
    assert [text for text, _ in cells(shown, "effect")] == ["-0.26m", "--", "--", "--", "--", "n/a", "-43k", "--"]
    assert [text for text, _ in cells(shown, "points")] == ["--", "+13", *["--"] * 6]
    assert [text for text, _ in cells(shown, "revenue_touched")] == ["--", "14.1m", "n/a", *["--"] * 5]
    assert [text for text, _ in cells(shown, "what")][4] == "objective due: [b]x[/]␛"


@pytest.mark.parametrize("where", ["", "-status:exited", "region:DACH", "name:nobody-at-all"])
@pytest.mark.parametrize("since", [None, "Q4 2025 committee"])
def test_the_overview_counts_the_scores_that_changes_list(
    remembered_sample: Portfolio, where: str, since: str | None
) -> None:
    filters = Filters(where=where, since=since)
    row = remembered_sample.ask("portfolio", filters).row(0, named=True)
    told = tally(remembered_sample.ask("changes", filters))
    assert (row["scores_fell"], row["scores_rose"]) == (told.scores_fell, told.scores_rose)
