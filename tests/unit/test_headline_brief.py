"""The sentence of the Brief: what got worse of what can be compared, decisions, and what the file cannot answer."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kaptui.headlines.brief import brief_headline
from kaptui.panels.brief_decisions import lines
from tests.engine.test_panels import CONTEXT


def said(directions: list[str | None], decisions: int = 0, unknown: int = 0, since: str = "Q3 review") -> str:
    lines = [{"direction": one, "accounts": 1} for one in directions]
    lines += [{"direction": None, "accounts": None}] * unknown
    return brief_headline(lines, decisions, replace(CONTEXT, since_label=since), 24, 24)


def test_what_got_worse_of_what_can_be_compared() -> None:
    assert said(["worse", "worse", "better", "neither", None], 3) == (
        "Of four compared with Q3 review, two got worse, one better; three decisions asked"
    )
    assert said(["better", None], 1) == (
        "Of one compared with Q3 review, none got worse, one better; one decision asked"
    )
    assert said([None]) == "Nothing can be compared with Q3 review; no decision is asked for"


def test_a_file_without_a_review_names_the_day() -> None:
    assert "with 20 Aug 2026" in said(["worse"], since="3 months earlier")


def test_what_cannot_be_answered_is_counted() -> None:
    assert said(["worse"], 2, 9).endswith("; nine of ten questions cannot be answered from this file")


def test_no_account_is_no_good_news() -> None:
    assert brief_headline([], 0, CONTEXT, 0, 24) == "None of 24 accounts matches the filter"


def test_a_decision_says_how_things_stand_today_and_what_it_protects() -> None:
    """A loss is today's, not what the decision does; revenue behind figures to be mended is protected by nothing."""
    rows = [
        {"number": 1, "name": "A", "ask": "cut", "because": "loses 5", "amount": 5.0, "reason": "loses_money"},
        {
            "number": 2,
            "name": "B",
            "ask": "appoint",
            "because": "at customer silent",
            "amount": 7.0,
            "reason": "proposal",
        },
        {"number": 3, "name": "C", "ask": "book it", "because": "no cost", "amount": 9.0, "reason": "profit_unknown"},
        {
            "number": 4,
            "name": "D",
            "ask": "write a plan",
            "because": "no plan",
            "amount": None,
            "reason": "plan_missing",
        },
    ]
    frame = pl.DataFrame([row | {"account_id": row["name"], "short": "in short"} for row in rows])
    told = lines(frame, CONTEXT).lines
    assert [one.text for one in told] == [
        "cut — today: loses 5",
        "appoint — today: at customer silent; protects 7 revenue",
        "book it — today: no cost; 9 revenue",
        "write a plan — today: no plan",
    ]
    assert [one.short for one in told] == ["in short", "in short: protects 7 revenue", "in short", "in short"]
