"""What the Overview makes of several answers: months beside key figures, sides covered, leaders who carry too much."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from kaptui.filters import Context, Filters
from kaptui.panels import PANELS
from kaptui.panels.attention import MARKS
from kaptui.portfolio import Portfolio
from kaptui.screen_specs import overview_views
from kaptui.ui.widgets.figures_row import STEPS, sparkline
from kaptui.ui.widgets.table.table_layout import Layout, with_room
from kaptui.views import Figures, Table


@pytest.fixture(scope="module")
def context(remembered_sample: Portfolio) -> Context:
    return remembered_sample.context(Filters())


def coverage(*rows: tuple[str, str, str | None, float | None]) -> pl.DataFrame:
    kinds = {"account_id": pl.String, "side": pl.String, "status": pl.String, "revenue": pl.Float64}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def load(*rows: dict[str, Any]) -> pl.DataFrame:
    plain = {"accounts": 1, "load": "ok", "orphan_risk": False, "lost_accounts": 0, "lost_revenue": None}
    schema = {"person_id": pl.String, "name": pl.String, "accounts": pl.Int64, "load": pl.String}
    more = {"orphan_risk": pl.Boolean, "lost_accounts": pl.Int64, "lost_revenue": pl.Float64}
    return pl.DataFrame([plain | row for row in rows], schema=schema | more)


def test_each_side_says_how_many_are_covered_and_what_the_others_are(context: Context) -> None:
    sides = coverage(
        ("A", "internal", "covered", 10.0),
        ("B", "internal", "uncovered", 30.0),
        ("C", "internal", "stale", None),
        ("A", "external", "covered", 10.0),
        ("B", "external", "stale", 30.0),
        ("C", "external", "new", None),
    )
    inside, outside, nobody = overview_views.sponsorship(sides, load(), context).bars
    assert (inside.label, inside.text, inside.note) == ("inside", "1 of 3", "1 open, 1 silent")
    assert (outside.label, outside.text, outside.note) == ("at customer", "1 of 3", "1 silent, 1 new")
    assert (inside.narrow, outside.narrow) == ("internal:uncovered", "external:stale")
    assert (nobody.label, nobody.text, nobody.note, nobody.state) == (
        "no live sponsor",
        "1 of 3",
        "75 % of revenue, 1 unknown",
        "bad",
    )


def test_sides_that_cannot_be_judged_are_no_zero(context: Context) -> None:
    unknown = coverage(("A", "internal", None, 1.0), ("A", "external", "uncovered", 1.0))
    inside, outside = overview_views.sponsorship(unknown, load(), context).bars
    assert (inside.value, inside.text, inside.state, inside.note) == (None, "n/a", "", "1 not judged")
    assert (outside.text, outside.note) == ("0 of 1", "1 open")


def test_leaders_over_their_limit_or_leaving_stand_below_with_what_is_at_risk(context: Context) -> None:
    people = load(
        {"person_id": "P", "name": "Pia", "accounts": 4, "load": "warn"},
        {"person_id": "Q", "name": 'Q "x"', "accounts": 7, "load": "over", "lost_accounts": 2, "lost_revenue": 5e6},
        {"person_id": "R", "name": "Rita", "accounts": 2, "orphan_risk": True},
        {"person_id": "S", "name": "Sam", "accounts": 1, "orphan_risk": True, "lost_accounts": None},
    )
    lines = overview_views.sponsorship(coverage(("A", "internal", None, 1.0)), people, context).bars[2:]
    assert [(one.label, one.text, one.note, one.state) for one in lines] == [
        ('Q "x"', "carries 7", "over the limit, 5.0m at risk", "bad"),
        ("Rita", "carries 2", "leaving, nothing at risk", "warn"),
        ("Sam", "carries 1", "leaving, an unknown amount at risk", "warn"),
    ]
    assert [one.narrow for one in lines] == ["", 'sponsor:"Rita"', 'sponsor:"Sam"']
    assert overview_views.sponsorship(coverage(), load(), context).caption == ""
    calm = overview_views.sponsorship(coverage(), people.head(1), context)
    assert calm.caption == "no leader is over the limit or leaving"


def test_revenue_and_profit_show_their_last_twelve_months(remembered_sample: Portfolio, context: Context) -> None:
    summary, months = (remembered_sample.ask(each, Filters()) for each in ("portfolio", "revenue_trend"))
    shown = overview_views.figures(summary, months, context)
    assert isinstance(shown, Figures)
    trends = {one.measure: one.trend for one in shown.figures if one.trend}
    assert {name: len(values) for name, values in trends.items()} == {"revenue": 12, "profit": 12}
    assert [one.measure for one in shown.figures if one.around_zero] == ["profit"]
    assert trends["revenue"][-1] == months.sort("month")["revenue"][-1]
    unknown = pl.DataFrame({"month": [date(2026, 1, 1)], "revenue": [None], "profit": [1.0]})
    figures = overview_views.figures(summary, unknown, context)
    assert isinstance(figures, Figures)
    assert {one.measure: one.trend for one in figures.figures if one.trend} == {"revenue": (None,), "profit": (1.0,)}


def test_a_sparkline_goes_from_least_to_most_and_leaves_unknown_months_open() -> None:
    assert sparkline((-2.0, None, 5.0, 1.5)) == f"{STEPS[0]} {STEPS[-1]}{STEPS[4]}"
    assert sparkline((3.0, 3.0)) == STEPS[0] * 2
    assert sparkline((None, 1.0)) == sparkline(()) == ""


def test_the_attention_list_takes_further_columns_as_the_room_allows(
    remembered_sample: Portfolio, context: Context
) -> None:
    table = PANELS["attention"].view(remembered_sample.ask("attention", Filters()), context)
    assert isinstance(table, Table)
    kinds = ["name", "revenue", "profit", "money", "sponsors", "factors", "plan"]
    found = {room: [one.name for one in with_room(table, Layout(), room)] for room in (72, 114, 194)}
    assert found == {72: kinds, 114: [*kinds, "ask"], 194: [*kinds, "ask", "reasons"]}
    assert [one.name for one in with_room(table, Layout(columns=("profit",)), 194)] == ["name", "profit"]
    marks = {one.text(row).strip() for one in table.columns[3:] if one.text for row in table.frame.to_dicts()}
    assert marks == set(MARKS.values())


def test_a_sparkline_around_zero_rises_from_zero_and_hangs_below_it() -> None:
    assert sparkline((8.0, None, 1.0, 0.0, -2.0, -8.0), around_zero=True) == f"{STEPS[-1]} {STEPS[0]}─▔▀"
    assert sparkline((7.0, 8.0), around_zero=True) == f"{STEPS[6]}{STEPS[7]}"  # no small move looks like a large one
    assert sparkline((None, 1.0), around_zero=True) == ""
