"""Each panel's view from small hand-made answers: right numbers, right states, right words.

Over 300 lines because every panel stands here once.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from kaptui.filters import Context, Filters
from kaptui.panels import PANELS, empty
from kaptui.portfolio import Portfolio
from kaptui.text import show
from kaptui.views import Bar, Bars, Curve, Figures, MonthBars, Notes, State, Table, View, Waterfall
from tests.promises import TYPES

CONTEXT = Context(
    as_of=date(2026, 11, 14),
    since=date(2026, 8, 20),
    since_label="Q3 review",
    basis="contribution",
    window="ttm",
    window_start=date(2025, 11, 1),
    window_end=date(2026, 10, 31),
    currency="EUR",
    last_figures=date(2026, 10, 31),
)
HOSTILE = ("[@click=app.quit]x[/]", "\x1b]0;owned\x07", "\u202eklat", "=1+1", "W" * 200, "👩‍👩‍👧", "a\nb\x00")


def answer(question: str, *rows: dict[str, Any], **extra: pl.Series) -> pl.DataFrame:
    """An answer with the promised columns; what a row does not name is unknown."""
    schema = {name: TYPES[kind] for name, kind in PANELS[question].promise.items()}
    frame = pl.DataFrame([{**dict.fromkeys(schema), **row} for row in rows], schema=schema)
    return frame.with_columns(**extra)


def view(question: str, *rows: dict[str, Any], **extra: pl.Series) -> View:
    return PANELS[question].view(answer(question, *rows, **extra), CONTEXT)


def table(question: str, *rows: dict[str, Any], **extra: pl.Series) -> Table:
    shown = view(question, *rows, **extra)
    assert isinstance(shown, Table)
    return shown


def cells(shown: Table, name: str) -> list[tuple[str, State]]:
    """A column's texts and states, as a widget would ask for them."""
    column = next(each for each in (*shown.columns, *shown.more) if each.name == name)
    write: Callable[[Mapping[str, Any]], str] = column.text or (lambda row: show(row[name], column.kind))
    rows = shown.frame.to_dicts()
    return [(write(row), column.state(row) if column.state else "") for row in rows]


def test_registry_has_every_question_under_its_own_name() -> None:
    assert all(panel.name == name and panel.title and panel.description for name, panel in PANELS.items())
    assert len(PANELS) >= 23


def test_importing_the_panels_loads_no_engine_and_no_screen() -> None:
    code = "import sys, kaptui.panels; print({'polars', 'duckdb', 'textual', 'rich'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


@pytest.mark.parametrize("question", PANELS)
def test_an_answer_without_rows_says_what_it_would_show(question: str) -> None:
    panel = PANELS[question]
    shown = panel.view(answer(question), CONTEXT)
    assert isinstance(shown, Notes)
    assert shown.lines[1] == panel.description
    assert all(f"{table}.csv" in shown.lines[2] for table in panel.source_tables)


# The whale curve holds known profits only.
@pytest.mark.parametrize("question", [name for name in PANELS if name != "whale_curve"])
def test_a_row_of_unknowns_is_shown_and_nothing_reads_as_zero(question: str) -> None:
    counted = {
        "accounts",
        "accounts_known",
        "attention_accounts",
        "unknown_profit_accounts",
        "serious",
        "rank",
        "budgeted_accounts",
    }
    promise = PANELS[question].promise
    row: dict[str, Any] = {name: 1 for name in promise if name in counted and promise[name] == "integer"}
    row |= {name: date(2026, 5, 1) for name in promise if name == "month"}
    shown = view(question, row)
    if isinstance(shown, Table):
        columns = [*shown.columns, *shown.more]
        texts = {each.name: cells(shown, each.name)[0][0] for each in columns if each.kind in {"money", "share"}}
        assert set(texts.values()) <= {"n/a"}
    elif isinstance(shown, Bars):
        assert {bar.text for bar in shown.bars} <= {"0 of 0", "n/a"}
    elif isinstance(shown, Figures):
        assert [each.value for each in shown.figures[:3]] == ["n/a"] * 3
    elif isinstance(shown, Waterfall):
        assert {step.text for step in shown.steps} == {"n/a"}
    elif isinstance(shown, Curve):
        assert not any(line.ys for line in shown.lines)
    elif isinstance(shown, MonthBars):
        assert [(one.bar, *one.lines) for one in shown.months] == [(None,)]
    else:
        assert question in {"factor_summary", "factor_groups", "factor_trend"}


def test_empty_tells_a_table_that_was_never_filled_from_a_filter_without_matches() -> None:
    panel = PANELS["contact_threads"]
    assert empty(panel, ["activity", "plan"]).lines == (
        "This file holds no activity yet.",
        panel.description,
        "Fill activity.csv and load again.",
    )
    assert empty(panel).lines[0] == "Nothing to show for this filter and date."
    full = answer("contact_threads", {"account_id": "A1"})
    assert panel.view(full, CONTEXT, ["stakeholder"]) == empty(panel, ["stakeholder"])
    late = Context(**{**_fields(CONTEXT), "has_figures": False, "first_figures": date(2027, 2, 1)})
    assert empty(PANELS["whale_curve"], (), late).lines[0] == "Figures begin 2027-02; try --as-of 2027-02-28"
    assert empty(PANELS["attention"]).lines[0].startswith("No account has a serious reason")


def _fields(context: Context) -> dict[str, Any]:
    return {name: getattr(context, name) for name in context.__slots__}


DRAWN = {"factor_summary", "whale_curve", "sponsorship_coverage"}  # they show codes and counts, no names
NAMED = [name for name, panel in PANELS.items() if "name" in panel.promise and name not in DRAWN]


@pytest.mark.parametrize("question", NAMED)
def test_hostile_names_stay_as_they_are_in_the_frame_and_are_clean_on_screen(question: str) -> None:
    known = {name: 1 for name in ("serious", "rank") if PANELS[question].promise.get(name) == "integer"}
    shown = table(question, *({"name": name, **known} for name in HOSTILE))
    assert tuple(shown.frame["name"]) == HOSTILE
    assert not [text for text, _ in cells(shown, "name") if set(text) & set("\x00\x07\x1b\n\u202e")]


PORTFOLIO = {
    "currency": "EUR",
    "accounts": 24,
    "revenue": 124e6,
    "profit": 9.2e6,
    "margin": 0.0742,
    "revenue_change": 3.1e6,
    "profit_change": -0.8e6,
    "index_mean": 52.2,
    "index_weighted": 48.6,
    "accounts_scored": 20,
    "internal_covered": 20,
    "external_covered": 18,
    "fully_covered": 17,
    "uncovered_revenue_share": 0.24,
    "attention_accounts": 5,
    "attention_revenue_share": 0.31,
    "unknown_profit_accounts": 2,
}


def test_portfolio_figures_carry_their_base_and_direction() -> None:
    shown = view("portfolio", PORTFOLIO)
    assert isinstance(shown, Figures)
    assert [(each.label, each.value, each.note, each.state) for each in shown.figures] == [
        ("Revenue, 12 months to Oct 2026", "EUR 124.0m", "+3.1m better in a year", ""),
        ("Profit", "EUR 9.2m", "-0.8m worse in a year, margin 7.4 %, 2 unknown", ""),
        ("Success index", "52", "49 by revenue, 20 of 24 scored", ""),
        ("Fully sponsored", "17 of 24", "24 % of revenue with no live sponsor", "warn"),
        ("Need attention", "5 of 24 accounts", "31 % of revenue", "bad"),
    ]


def test_moved_scores_are_not_taken_for_accounts() -> None:
    for fell, rose, said in (
        (6, 4, "6 scores fell, 4 rose"),
        (1, 0, "1 score fell, 0 rose"),
        (0, 2, "0 scores fell, 2 rose"),
    ):
        shown = view("portfolio", PORTFOLIO, scores_fell=pl.Series([fell]), scores_rose=pl.Series([rose]))
        assert isinstance(shown, Figures)
        assert shown.figures[2].note == f"49 by revenue, 20 of 24 scored, {said} since the review"


def test_portfolio_without_figures_or_trouble() -> None:
    quiet = {**PORTFOLIO, "revenue": None, "profit": None, "margin": None, "index_mean": None}
    quiet |= {
        "revenue_change": None,
        "profit_change": None,
        "attention_accounts": 0,
        "unknown_profit_accounts": 24,
    }
    shown = view("portfolio", quiet)
    assert isinstance(shown, Figures)
    assert [each.value for each in shown.figures] == ["n/a", "n/a", "n/a", "17 of 24", "0 of 24 accounts"]
    assert shown.figures[1].note == "24 unknown"
    assert (shown.figures[4].note, shown.figures[4].state) == ("no serious reason", "good")
    assert isinstance(view("portfolio", {**PORTFOLIO, "accounts": 0}), Notes)


def test_accounts_show_the_usual_columns_and_keep_the_others_at_hand() -> None:
    helvia = {"account_id": "A1", "name": "Helvia", "profit": -6e5, "index": None, "factors_known": 2}
    helvia |= {"coverage": "none", "plan_status": "slipping", "attention": 2, "share_gap": -0.179}
    shown = table("accounts", helvia, {"account_id": "A2", "index": 61.0, "profit": 1e6, "attention": 0})
    assert {each.name for each in (*shown.columns, *shown.more)} == set(PANELS["accounts"].promise)
    assert shown.columns[0].name == "name"
    assert cells(shown, "profit") == [("-0.6m", "bad"), ("1.0m", "")]
    assert cells(shown, "index") == [("n/a (2)", ""), ("61", "")]
    assert cells(shown, "attention") == [("2", "bad"), ("0", "")]
    assert cells(shown, "coverage")[0] == ("none", "bad")
    assert cells(shown, "plan_status")[0] == ("slipping", "warn")
    assert cells(shown, "share_gap")[0] == ("-17.9", "bad")


def test_headings_of_profit_follow_the_basis() -> None:
    gross = replace(CONTEXT, basis="gross")
    for question in ("attention", "accounts", "value_mix"):
        frame = answer(question, {"name": "Helvia", "account_id": "A1", "serious": 1, "attention": 1})
        for context, heading in ((CONTEXT, "Profit"), (gross, "Gross profit")):
            shown = PANELS[question].view(frame, context)
            assert isinstance(shown, Table)
            (profit,) = (one for one in shown.columns if one.name == "profit")
            assert profit.label == heading, "the name of the column is public and stays"


def test_attention_is_numbered_and_marked() -> None:
    rows = [
        {"account_id": "A1", "name": "Helvia", "serious": 2, "revenue": 14.1e6, "profit": -6e5},
        {"account_id": "A2", "name": "Orbis", "serious": 1, "reasons": "own_rule"},
    ]
    rows[0] |= {"reasons": "loses_money; side_uncovered; side_stale", "external_status": "uncovered"}
    rows[0] |= {"money": "serious", "sponsors": "serious", "plan": "minor"}
    shown = table("attention", *rows)
    kinds = {kind: cells(shown, kind) for kind in ("money", "sponsors", "factors", "plan")}
    assert {kind: marks[0] for kind, marks in kinds.items()} == {
        "money": (" ■", "bad"),
        "sponsors": (" ■", "bad"),
        "factors": (" ·", "muted"),
        "plan": (" ▪", "warn"),
    }
    assert {marks[1] for marks in kinds.values()} == {(" ·", "muted")}
    assert [text for text, _ in cells(shown, "name")] == [" 1 Helvia", " 2 Orbis"]
    assert cells(shown, "reasons") == [
        ("loses money; no sponsor at customer; also sponsor silent", ""),
        ("own rule", ""),
    ]
    (said,) = [column.says for column in shown.columns if column.says]
    assert (
        said({"internal_status": None, "external_status": None} | rows[0] | {"ask": "sell less"})
        == "ask for: sell less; " + cells(shown, "reasons")[0][0]
    )
    assert said({**rows[1], "internal_status": None, "external_status": None, "ask": None}) == "own rule"
    assert shown.caption == "2 accounts with 14.1m revenue, by serious kinds x revenue"


def test_attention_reasons_mark_the_serious_ones() -> None:
    rows = [("A1", "loses_money", True), ("A1", "plan_missing", False), ("A2", "side_stale", False)]
    shown = table(
        "attention_reasons",
        *({"account_id": account, "reason": code, "serious": serious} for account, code, serious in rows),
    )
    assert cells(shown, "reason")[:2] == [("! loses money", "bad"), ("  no plan", "warn")]
    assert shown.caption == "3 reasons at 2 accounts, 1 serious (!)"


def bars(shown: View) -> Iterable[Bar]:
    assert isinstance(shown, Bars)
    return shown.bars


def test_factor_summary_bars() -> None:
    common = {"accounts": 24, "accounts_known": 24, "provenance": "article", "overclaimed": 0, "red": 2}
    rows: list[dict[str, Any]] = [
        {
            "factor_id": 1,
            "code": "TOP",
            "name": "Anchored at the top",
            "mean": 52.4,
            "weighted_mean": 49.0,
            "change": -4.2,
            **common,
            "red": 9,
        },
        {"factor_id": 2, "code": "QUA", "mean": 70.0, "weighted_mean": 71.0, "change": 0.0, **common},
        {"factor_id": 3, "code": "LON", **common, "accounts_known": 0, "red": 0, "provenance": "proposed"},
        {"factor_id": 4, "code": "TEA", "mean": 60.0, "weighted_mean": 60.0, **common, "accounts_known": 20},
    ]
    rows[3] |= {"overclaimed": 1, "revenue_known_share": 0.91}
    extra = {
        "state": pl.Series(["amber", "green", "unknown", None]),
        "red_revenue_share": pl.Series([0.41, None, None, None], dtype=pl.Float64),
    }
    shown = view("factor_summary", *rows, **extra)
    assert [(bar.label, bar.value, bar.text, bar.note, bar.state) for bar in bars(shown)] == [
        ("Anchored at the top", 52.4, "52", "-4 worse, 9 red of 24, 41 % of revenue, 49 by revenue", "warn"),
        ("TEA", 60.0, "60", "2 red of 20, 60 by revenue, known 20 of 24 (91 %), 1 overclaimed", ""),
        ("QUA", 70.0, "70", "unchanged, 2 red of 24, 71 by revenue", "good"),
        ("LON", None, "n/a", "known 0 of 24, proposed", "muted"),
    ]
    assert isinstance(shown, Bars)
    assert shown.caption == "weakest: Anchored at the top, 9 red of 24, 41 % of revenue; change vs Q3 review"
    assert isinstance(view("factor_summary", rows[2]), Notes)


@pytest.mark.parametrize("question", PANELS)
def test_an_answer_has_every_column_that_is_promised(question: str, sample_portfolio: Portfolio) -> None:
    found = sample_portfolio.ask(question, Filters()).columns
    assert set(PANELS[question].promise) <= set(found)
