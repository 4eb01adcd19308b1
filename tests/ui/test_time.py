"""As-of, comparison, window and basis: chosen once, followed by everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from kaptui.common.days import month_end, months_before, read_day
from kaptui.errors import UsageError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.filter_controller import DEFAULT, with_as_of, with_since
from kaptui.ui.screens.compare import AsOfMenu, CompareMenu
from tests.ui.harness import (
    START,
    Meddler,
    dashboard,
    dashboard_screen,
    made_of,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-30", date(2026, 6, 30)),
        ("2026-06", date(2026, 6, 30)),
        (" 30  jun 2026 ", date(2026, 6, 30)),
        ("1. June 2026", date(2026, 6, 1)),
        ("feb 2024", date(2024, 2, 29)),
        ("30.6.2026", date(2026, 6, 30)),
        ("31.12.2025", date(2025, 12, 31)),
        ("31/12/2025", date(2025, 12, 31)),
        ("12/31/2025", date(2025, 12, 31)),
        ("05/05/2026", date(2026, 5, 5)),
        ("Q2 2026", date(2026, 6, 30)),
        ("end of 2025", date(2025, 12, 31)),
        ("end of June 2025", date(2025, 6, 30)),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-31",
        "2026-13",
        "0 Jun 2026",
        "31/06/2026",
        "last year",
        "end of June",
        "juna 2026",
        "2026",
        "9999-01-01",
        "June",
        "",
        "\u0662026-01-01",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "today", "day", "before"),
    [
        ("last year", date(2026, 9, 30), date(2025, 12, 31), date(2025, 12, 31)),
        ("Last  quarter", date(2026, 9, 30), date(2026, 6, 30), date(2026, 6, 30)),
        ("end of last quarter", date(2026, 2, 1), date(2025, 12, 31), date(2025, 12, 31)),
        ("last month", date(2026, 3, 31), date(2026, 2, 28), date(2026, 2, 28)),
        ("a year ago", date(2024, 2, 29), date(2023, 2, 28), date(2023, 2, 28)),
        ("end of June", date(2026, 9, 30), date(2026, 6, 30), date(2026, 6, 30)),
        ("end of june", date(2026, 6, 30), date(2026, 6, 30), date(2025, 6, 30)),
        ("the end of Dec", date(2026, 9, 30), date(2025, 12, 31), date(2025, 12, 31)),
        ("end of feb", date(2024, 3, 1), date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_what_is_relative_counts_back_from_a_day(text: str, today: date, day: date, before: date) -> None:
    assert read_day(text, today) == day
    assert read_day(text, today, before=True) == before


def test_a_day_with_two_readings_is_asked_about_and_never_guessed(sample_portfolio: Portfolio) -> None:
    with pytest.raises(UsageError) as told:
        read_day("03/04/2026", date(2026, 9, 30))
    assert told.value.message == "03/04/2026: 3 April or 4 March 2026?"
    assert told.value.hint == "write 2026-04-03 or 2026-03-04"
    with pytest.raises(UsageError, match="--since '03/04/2026': 3 April or 4 March 2026"):
        sample_portfolio.context(Filters(since="03/04/2026"))


def test_since_is_a_review_first_then_a_day_in_any_of_these_ways(sample_portfolio: Portfolio) -> None:
    (name, held_on), *_ = sample_portfolio.reviews(Filters())
    for since, day in (
        (name, held_on),
        ("last year", date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("2025-12-31", date(2025, 12, 31)),
    ):
        assert sample_portfolio.context(Filters(since=since)).since == day
    assert sample_portfolio.context(Filters(since="last year")).since_label == "31 Dec 2025"
    with pytest.raises(UsageError) as told:
        sample_portfolio.context(Filters(since=name.replace("committee", "comitee")))
    assert "neither a review point of this file nor a date" in told.value.message
    assert f"Did you mean {name}?" in told.value.hint


def test_months_are_counted_over_years_and_short_months() -> None:
    assert month_end(date(2026, 1, 15), -2) == date(2025, 11, 30)
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2026, 2, 3), 3) == date(2025, 11, 3)


def test_a_comparison_that_is_not_before_as_of_goes_back_to_the_default() -> None:
    chosen = with_since(Filters(), "Q2 2026 committee")
    assert with_as_of(chosen, "2026-03-31", date(2026, 6, 24)).since is None
    assert with_as_of(chosen, "2026-07-31", date(2026, 6, 24)).since == "Q2 2026 committee"
    assert with_as_of(with_as_of(chosen, "2026-07-31", date(2026, 6, 24)), DEFAULT, date(2026, 6, 24)).as_of is None
    assert with_since(chosen, DEFAULT).since is None


def test_reviews_lie_before_as_of_the_latest_first(sample_portfolio: Portfolio, tmp_path: Path) -> None:
    known = sample_portfolio.reviews(Filters())
    days = [held_on for _, held_on in known]
    assert days
    assert days == sorted(days, reverse=True)
    cut = sample_portfolio.reviews(Filters(as_of=days[0]))
    assert cut == known[1:]
    bare = made_of(tmp_path, {"account": "account_id,name\nA,Alpha\n"})
    assert bare.reviews(Filters()) == []
    bare.close()


async def test_d_compares_with_a_review_or_a_typed_day_and_as_of_follows_everywhere(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    reviews = sample_portfolio.reviews(Filters())
    async with running(app) as pilot:
        await press(pilot, "d")
        assert isinstance(app.screen, CompareMenu)
        assert all(name in screen_text(app) for name, _ in reviews)
        await press(pilot, "down", "down", "enter")
        assert app.filters.since == reviews[1][0]
        assert f"vs {reviews[1][0]}" in screen_lines(app)[0]
        for panel in dashboard_screen(app).panels:
            assert panel.state is not None
            assert panel.state.context.since == reviews[1][1]
        await press(pilot, "d")
        app.screen.query_one(Input).value = "2026-02-31"
        await settled(pilot)
        assert "there is no such day" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, CompareMenu)
        app.screen.query_one(Input).value = "2027-01-01"
        await settled(pilot)
        assert "is not before as-of" in screen_text(app)
        app.screen.query_one(Input).value = "1 May 2026"
        await settled(pilot)
        await press(pilot, "enter")
        assert app.filters.since == "2026-05-01"
        assert "vs 1 May 2026" in screen_lines(app)[0]

        # as-of follows everywhere and goes back
        app.filters = START
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        await press(pilot, "colon", *"as of", "enter")
        assert isinstance(app.screen, AsOfMenu)
        app.screen.query_one(Input).value = "1 mar 2026"
        await settled(pilot)
        await press(pilot, "enter")
        assert app.filters.as_of == date(2026, 3, 1)
        assert "1 Mar, 216 d ago" in screen_lines(app)[0]
        answer = dashboard_screen(app).current.answer
        assert answer is not None
        expected = sample_portfolio.ask("attention", Filters(where="", as_of=date(2026, 3, 1)))
        assert answer.frame.equals(expected)
        await press(pilot, "D", "enter")
        assert app.filters.as_of == date(2026, 3, 1), "the present choice is under the cursor"
        await press(pilot, "D", *["up"] * 14, "enter")
        assert app.filters.as_of is None
        assert "30 Sep, " in screen_lines(app)[0]


LINE_1 = [
    (
        (120, 30),
        [
            "kaptui",
            "sample.duckdb",
            "as of 30 Sep 2026, 3 days ago",
            "vs Q2 2026 committee",
            "46 + 2 exited",
            "EUR contr. 12 months",
        ],
    ),
    (
        (160, 30),
        [
            "kaptui",
            "sample.duckdb",
            "as of 30 Sep 2026, 3 days ago",
            "46 in the programme, 2 exited",
            "EUR contribution, 12 months to Sep 2026",
        ],
    ),
    ((80, 24), ["sample.du", "30 Sep, 3 d ago", "vs Q2 2026 committee", "46 + 2 ", "EUR contr. 12 m"]),
    ((66, 20), ["sample.du", "30 Sep (3 d)", "vs Q2 ", "46 + 2 ", "EUR contr. 12 m"]),
    ((48, 14), ["samp", "30 Sep (3 d)", "46 + 2 ", "EUR contr. 12 m"]),
]


async def test_line_1_shortens_names_before_it_drops_facts(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        for size, said in LINE_1:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            line = screen_lines(app)[0]
            for words in said:
                assert words in line, (size, line)
