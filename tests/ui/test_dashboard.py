"""The dashboard from the first frame to the last key."""

from __future__ import annotations

import threading
import time

import polars as pl
import pytest

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.screens.breakpoints import breakpoint_class
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.filter_input import FilterInput
from tests.ui.harness import (
    Driver,
    Meddler,
    dashboard,
    dashboard_screen,
    fits,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    table,
    type_text,
    until,
)

SIZES = [(120, 36), (100, 30), (80, 24), (60, 16), (48, 14), (80, 50), (20, 6)]


async def test_every_size_shows_the_list_with_its_cursor_and_fits(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (20, 6)) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert fits(app), size
            assert app.focused is table(app), size
            assert "> " in screen_text(app), size
            if size in ((120, 36), (80, 24)):
                text = screen_text(app)
                for said in (
                    "need you",
                    "Revenue",
                    "Helvia Group",
                    ("LON" if size[0] < 100 else "Long horizon"),
                    "peak",
                    ("no live sponsor 4 of 46" if size[0] < 100 else "38 of 46"),
                    "? Help",
                ):
                    assert said in text, size
            if size == (120, 36):
                reasons_and_figures_lose_nothing_that_matters(app)
            if size == (80, 24):
                tiles = screen_lines(app)[5:8]
                assert "8 by two people" in tiles[2], "both sides by one man are half of what 29 of 46 says"
                assert "…" not in "".join(tiles)
            if size == (48, 14):
                assert "Needs attention" in screen_text(app), "one panel, and tab moves on"
                await press(pilot, "tab")
                assert "Success factors" in screen_text(app)
                assert "Needs attention" not in screen_text(app)
                await press(pilot, "shift+tab")


def reasons_and_figures_lose_nothing_that_matters(app: KaptuiApp) -> None:
    """The kinds of reason get the room, and the factors still say who is weakest."""
    text = screen_text(app)
    assert "■       ■          ■         ■     cut cost to serve: +1.9m; appoint…" in text
    assert "11 red" in text
    assert "weakest: Long horizon, 11" in text
    figures = "\n".join(screen_lines(app)[4:9])
    assert all(said in figures for said in ("63 by revenue", "live sponsor", "margin 9.1 %"))


def test_shape_has_no_gap_between_sizes() -> None:
    assert [breakpoint_class(*size) for size in ((59, 40), (80, 15), (60, 16), (80, 44), (100, 29), (100, 30))] == [
        "-one",
        "-one",
        "-stack",
        "-tall",
        "-wide",
        "-grid",
    ]


async def test_what_is_typed_filters_all_and_nothing_former_is_shown(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app) as pilot:
        # only the last of fast typed filters
        await pilot.press("slash")
        await type_text(pilot, "region:DACH")
        await settled(pilot)
        await press(pilot, "enter")
        expected = sample_portfolio.matching(Filters(where="region:DACH")).height
        assert f"{expected} of 48 accounts" in screen_lines(app)[2]
        assert "[region:DACH]" in screen_lines(app)[2]
        names = set(sample_portfolio.ask("attention", Filters(where="region:DACH"))["account_id"])
        assert set(attention(app)["account_id"]) == names, "the list is of the last filter"
        await press(pilot, "x")

        # a wrong one says so and keeps the last answer; tab completes
        await pilot.press("slash")
        app.screen.query_one(FilterInput).value = "regio:DACH"
        await settled(pilot)
        assert "did you mean" in screen_text(app)
        assert attention(app).height == 17, "the last answer stays"
        await press(pilot, "escape")
        assert dashboard_screen(app).query_one(FilterBar).editing is False
        assert "did you mean" not in screen_text(app)
        assert app.focused is table(app)
        await pilot.press("slash")
        await type_text(pilot, "region:DA")
        await press(pilot, "tab", "enter")
        assert app.filters.where == "region:DACH"
        await press(pilot, "x")

        # a late answer to a former filter is dropped
        gate = threading.Event()
        meddler.held["attention"] = gate
        before = len(meddler.asked)
        await pilot.press("slash")
        await type_text(pilot, "region:UKI")
        await until(pilot, lambda: ("attention", "region:UKI") in meddler.asked[before:])
        del meddler.held["attention"]
        await pilot.press("escape")
        await until(pilot, lambda: not app.filters.where)
        gate.set()
        await settled(pilot)
        assert attention(app).equals(sample_portfolio.ask("attention", Filters(where=""))), "the late answer is shown"

        # no match names the condition to drop
        app.filters = Filters(where="nobodyatall")
        await settled(pilot)
        assert "Without nobodyatall: 48" in screen_text(app)
        await press(pilot, "x")
        assert "46 in the programme, 2 exited" in screen_lines(app)[2]
        assert app.focused is table(app)


def attention(app: KaptuiApp) -> pl.DataFrame:
    """The answer that the list of accounts shows."""
    answer = dashboard_screen(app).current.answer
    assert answer is not None
    return answer.frame


async def test_enter_opens_the_account_and_esc_returns_to_row_and_scroll(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, *["j"] * 11)
        before = table(app).key, table(app).scroll_y
        assert before[1] > 0
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        names = dict(sample_portfolio.card(Filters()).select("account_id", "name").rows())
        assert f"> {names[before[0]]}   12 of 17" in screen_lines(app)[1]
        await press(pilot, "right_square_bracket")
        assert "13 of 17" in screen_lines(app)[1]
        await press(pilot, "left_square_bracket", "escape")
        assert (table(app).key, table(app).scroll_y) == before
        assert app.focused is table(app)


async def test_a_failing_panel_stays_alone_and_comes_back(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    meddler.failing = {
        "whale_curve": KaptuiError("whale_curve: the table is [bold]gone[/]", "Load it again."),
        "factor_summary": ZeroDivisionError("oh"),
    }
    app = dashboard(meddler)
    async with running(app) as pilot:
        text = screen_text(app)
        assert "[bold]gone[/]" in text
        assert "ZeroDivisionError" in text
        assert "Helvia Group" in text
        meddler.failing = {}
        await press(pilot, "r")
        assert "peak" in screen_text(app)
        assert "Long horizon" in screen_text(app)


async def test_a_file_that_cannot_be_read_says_why_and_is_tried_again(sample_portfolio: Portfolio) -> None:
    tries: list[int] = []

    def opener() -> Meddler:
        tries.append(1)
        if len(tries) == 1:
            raise KaptuiError("kap.duckdb: is being written", "Wait a moment.")
        return Meddler(sample_portfolio)

    app = dashboard(opener)
    async with running(app) as pilot:
        assert "is being written" in screen_text(app)
        await press(pilot, "r")
        assert "Helvia Group" in screen_text(app)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_quitting_interrupts_what_runs(sample_portfolio: Portfolio, key: str) -> None:
    meddler = Meddler(sample_portfolio)
    meddler.held["whale_curve"] = threading.Event()
    app = dashboard(meddler)
    async with app.run_test(size=(80, 24)):
        pilot = Driver(app)
        await until(pilot, lambda: "whale_curve" in {question for question, _ in meddler.asked})
        started = time.monotonic()
        await pilot.press(key)
        await pilot.pause()
    assert "whale_curve" in {question for question, _ in meddler.asked}
    assert meddler.interrupted
    assert time.monotonic() - started < 5


async def test_keys_of_basis_window_and_mode_are_seen_and_esc_never_quits(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        # basis and window are named on line 1
        assert "EUR contr. 12 months" in screen_lines(app)[0]
        await pilot.press("b", "t")  # what stands between is not waited for
        await press(pilot)
        assert "EUR gross since Jan" in screen_lines(app)[0]
        await pilot.press("b", "F")
        await press(pilot)
        assert "EUR contr. since Jan const. FX" in screen_lines(app)[0], "fewer letters"
        assert "vs Q2 2026 committee" in screen_lines(app)[0], "before anything is left out"

        # m switches to all accounts, and s sorts them
        await press(pilot, "m")
        assert "All accounts" in screen_text(app)
        await press(pilot, "s", *"revenue", "enter")
        assert "Revenue▼" in screen_text(app)
        assert app.focused is table(app)

        await press(pilot, "z", "escape", "escape", "escape")
        assert app.is_running
        assert app.screen.query("FiguresRow").results(FiguresRow)
