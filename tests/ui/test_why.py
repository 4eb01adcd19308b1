"""`w` on a number: the dialog, its keys, where it was asked from, and what goes wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.render import as_text, explained
from kaptui.ui.explain.why_screen import WhyScreen
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.ui.widgets.figures_row import FiguresRow
from tests.reference.shelf import Shelf
from tests.ui.harness import (
    Driver,
    Meddler,
    dashboard,
    fits,
    made_of,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    table,
    until,
)


async def why(pilot: Driver) -> WhyScreen:
    """Press w, and wait until the explanation stands."""
    await press(pilot, "w")
    assert isinstance(pilot.app.screen, WhyScreen)
    app = pilot.app
    assert isinstance(app, KaptuiApp)
    await until(pilot, lambda: "working it out ..." not in screen_text(app))
    await settled(pilot)
    return pilot.app.screen


async def test_a_cell_figures_bars_and_the_curve_are_explained(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        # w explains the cell and comes back to it
        await press(pilot, *["down"] * 5, "right", "right")
        focused, row, column = app.screen.focused, table(app).key, table(app).column
        dialog = await why(pilot)
        lines = screen_lines(app)
        assert any("Why: Profit, Quercy Aciers" in line for line in lines)
        places = [
            dialog.plain_text.index(words)
            for words in ("Profit: -190,000", "Rule", "What lifts it", "What goes into it")
        ]
        assert places == sorted(places), "the number, the rule, what lifts it, then the inputs"
        assert "financial_period.csv row" in screen_text(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, WhyScreen)
        assert (app.screen.focused, table(app).key, table(app).column) == (focused, row, column)
        # → and ← explain the other numbers of the row
        await why(pilot)
        await press(pilot, "left")
        assert "Why: Revenue, Quercy Aciers" in screen_text(app)
        assert "Revenue: 2,000,000" in screen_text(app)
        await press(pilot, "left", "left", "right", "right")
        await until(pilot, lambda: "Profit: -190,000" in screen_text(app))
        assert "→ ← others (" in screen_text(app)
        await press(pilot, "w")
        assert not isinstance(app.screen, WhyScreen), "the same key closes it"
        assert table(app).column == column, "the cursor is where it was"

        app.screen.query_one(FiguresRow).focus()
        await press(pilot, "right", "right")
        assert ">Success index" in screen_text(app), "the chosen figure is marked"
        assert "Success index: 60; 42 of 46 scored" in (await why(pilot)).plain_text
        await press(pilot, "escape", "right", "right", "right", "right")
        assert "Accounts that need you: 17" in (await why(pilot)).plain_text, "the last figure holds"
        await press(pilot, "escape")
        app.screen.query_one("#factors BarList", BarList).focus()
        await press(pilot, "down")
        dialog = await why(pilot)
        assert "Why: Anchored at the top" in screen_text(app)
        assert "TOP Anchored at the top: " in dialog.plain_text
        await press(pilot, "escape")
        app.screen.query_one("#coverage BarList", BarList).focus()
        await press(pilot, "down")
        assert "At customer covered: 32; of 46 accounts" in (await why(pilot)).plain_text
        await press(pilot, "escape")
        app.screen.query_one("#curve CurvePlot", CurvePlot).focus()
        await press(pilot, "right")
        assert "Why: Profit, " in screen_text_of(await why(pilot))


def screen_text_of(dialog: WhyScreen) -> str:
    return dialog.plain_text


async def test_palette_help_and_an_account_page_explain_among_all_that_are_chosen(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "right", "colon")
        await press(pilot, *"why")
        assert "Why this number: rule, what lifts it" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, WhyScreen), "chosen in the palette, it explains the cell under the cursor"
        await press(pilot, "escape", "question_mark")
        await press(pilot, *"why")
        assert "w          Why this number" in screen_text(app)
        await press(pilot, "escape")

        # an account page explains its own numbers
        await press(pilot, "enter")
        row = app.screen.query_one(FiguresRow)
        row.focus()
        for _ in range(8):
            if row.pointed is None or row.pointed.measure != "revenue":
                await pilot.press("right")
        dialog = await why(pilot)
        assert "Why: Revenue" in screen_text(app)
        assert dialog.plain_text.count("financial_period.csv row") == 12


async def test_it_fits_scrolls_and_can_be_copied(sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(KaptuiApp, "copy_to_clipboard", lambda self, text: copied.append(text))
    monkeypatch.setattr("kaptui.ui.clipboard.store", lambda text, fallback: "clipboard")
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (120, 36)) as pilot:
        await press(pilot, "right", "right")
        for size in ((120, 36), (80, 24), (48, 14)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            copied.clear()
            dialog = await why(pilot)
            assert fits(app), size
            assert "Profit: -600,000" in screen_text(app), size
            assert "y copies, Esc closes" in screen_text(app), size
            before = screen_text(app)
            await press(pilot, "y", "G")
            assert copied == [dialog.plain_text], size
            assert all(cell_len(line) <= 100 for line in copied[0].splitlines()), size
            if size[1] < 36:
                assert screen_text(app) != before, "scrolled to the end"
                await press(pilot, "g")
            assert "Profit: -600,000" in screen_text(app), size
            await press(pilot, "escape")


async def test_what_goes_wrong_is_said_inside(sample_portfolio: Portfolio) -> None:
    class Failing(Meddler):
        wrong: Exception = KaptuiError("the disk is gone", "Bring it back.")

        def explain(self, *told: object) -> object:
            raise self.wrong

    portfolio = Failing(sample_portfolio)
    app = dashboard(portfolio)
    async with running(app) as pilot:
        await press(pilot, "right")
        assert "the disk is gone. Bring it back." in (await why(pilot)).plain_text
        await press(pilot, "escape")
        portfolio.wrong = ValueError("[/] no such thing")
        assert "This is a mistake in kaptui: ValueError: [/] no such thing" in (await why(pilot)).plain_text
        await press(pilot, "escape")
        await press(pilot, "down", "enter")
        assert "Northstar Foods" in screen_text(app), "the dashboard lives on"


MONTHS = "account_id,period_start,currency,revenue,cogs\na,2026-05-01,EUR,100,120\nc,2026-05-01,EUR,900,100\n"
SCORES = "account_id,factor_id,assessed_on,score,evidence,note\na,1,2026-05-01,2,[@click=x]seen\x07,\x1b]52;c;x\x07\n"
NAMES = {
    "account": "account_id,name,manager_id,region\n"
    "a,[bold]Brackets [/] & \x1b]0;title\x07Co,m,\x1b[31mRED\nb,\u202eerocS,m,\nc,"
    + "W" * 200
    + ",,\nd,\u0634\u0631\u0643\u0629 \U0001f331,,\n",
    "person": "person_id,name\nm,Man[a]ger\x1b[2J\n",
    "assessment": SCORES,
    "financial_period": MONTHS,
    "setting": "key,value\nas_of,2026-06-30\n",
}


async def test_hostile_text_is_text(tmp_path: Path) -> None:
    portfolio = made_of(tmp_path, NAMES)
    app = dashboard(Meddler(portfolio), Filters())
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "m")
        for _ in "abcd":
            for _ in range(2):
                await why(pilot)
                assert fits(app)
                assert not any(sign in screen_text(app) for sign in "\x1b\x07\u202e")
                await pilot.press("escape", "right")
            await pilot.press("left", "left", "down")
    for width in (20, 40, 76, 110):
        for account in "abcd":
            for measure, item in (
                ("factor_index", "TOP"),
                ("name", ""),
                ("manager", ""),
                ("profit", ""),
                ("index", ""),
            ):
                frame = portfolio.explain(measure, Filters(), account, item)
                assert frame.height
                lines = [as_text(line) for line in explained(frame, width)]
                assert lines
                assert max(map(cell_len, lines)) <= max(width, 30), f"{measure} of {account} at {width}"


async def test_an_account_without_any_data_has_its_unknowns_explained(shelf: Shelf) -> None:
    portfolio = shelf.portfolio({"account": "account_id,name\nx,Lonely\n", "setting": "key,value\nas_of,2026-06-30\n"})
    app = dashboard(Meddler(portfolio), Filters())
    async with running(app) as pilot:
        await press(pilot, "m")
        seen = set()
        for column in table(app).columns:
            dialog = await why(pilot)
            assert "Rule" in dialog.plain_text, column.name
            seen.add(dialog.plain_text.splitlines()[1].partition(";")[0])
            await pilot.press("escape", "right")
        assert {"Revenue: n/a", "Profit: n/a", "Margin: n/a", "Success index: n/a"} <= seen
        assert any(words.startswith("Coverage: cannot be judged") for words in seen), seen
        assert {"Plan: not known", "Weakest factor: none", "Serious reasons: 0"} <= seen
        app.screen.query_one(FiguresRow).focus()
        await press(pilot, "left", "left", "left", "left", "left")
        assert "Revenue: n/a" in (await why(pilot)).plain_text, "unknown is never 0"


async def test_w_without_a_number_says_so(shelf: Shelf) -> None:
    portfolio = shelf.portfolio({"account": "account_id,name\n", "setting": "key,value\nas_of,2026-06-30\n"})
    app = dashboard(Meddler(portfolio), Filters())
    async with running(app) as pilot:
        await press(pilot, "w")
        assert not isinstance(app.screen, WhyScreen)
        assert any("Put the cursor on a number" in told.message for told in app._notifications)
