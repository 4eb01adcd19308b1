"""What a newcomer to the screens stumbles over: keys that do nothing, what is cut, what is waited for."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.export.export_dialog import ExportDialog
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.widgets.option_row import OptionRow
from tests.reference.shelf import Shelf
from tests.ui.harness import (
    START,
    Meddler,
    dashboard,
    fits,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    type_text,
    until,
)


def footer(lines: list[str]) -> set[str]:
    """The keys that the last line offers."""
    return {words.split()[0] for words in lines[-1].split("  ") if words.strip()}


async def test_figures_in_one_line_are_as_many_as_fit_and_a_plan_says_how_its_objectives_stand(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    pairs = ("No live sponsor 4 of 46!", "Inside 38 of 46", "At customer 32 of 46", "Both sides 29 of 46")
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "4")
        for width, shown in ((80, 3), (60, 2), (120, 4)):
            await pilot.resize_terminal(width, 24 if width < 100 else 18)
            await settled(pilot)
            assert [pair in screen_text(app) for pair in pairs[:shown]] == [True] * shown, width
            assert fits(app), width

        await pilot.resize_terminal(80, 24)
        await press(pilot, "1", "enter", "2")
        head = next(line for line in screen_lines(app) if "Objective, - action" in line)
        assert "Status" in head
        row = next(line for line in screen_lines(app) if "Launch one joint product" in line)
        assert "under way  9 Dec 2026   Jonas Meier" in row


async def test_a_panel_that_waits_says_for_what_and_esc_leaves_its_page(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app, (80, 24)) as pilot:
        meddler.held["account_profile"] = gate = threading.Event()
        await pilot.press("enter")
        await until(pilot, lambda: "Working it out ..." in screen_text(app))
        assert isinstance(app.screen, AccountScreen)
        assert "Reading the file" not in screen_text(app)
        gate.set()
        await settled(pilot)
        assert "Working it out ..." not in screen_text(app)

        await press(pilot, "escape")
        await pilot.resize_terminal(120, 36)
        await press(pilot, "down")
        assert not meddler.interrupted
        meddler.held["account_profile"] = threading.Event()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AccountScreen) and app.screen.slow)
        await press(pilot, "escape")
        assert not isinstance(app.screen, AccountScreen)
        assert meddler.interrupted, "nobody waits for its numbers any more"
        assert "stopped, r retries" not in screen_text(app)


async def test_enter_takes_the_suggestion_for_a_value_that_is_only_begun(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        for typed, kept in (("region:d", "region:DACH"), ("region:dach", "region:dach"), ("zzz", "zzz")):
            await press(pilot, "x", "slash")
            await type_text(pilot, typed)
            await settled(pilot)
            await press(pilot, "enter")
            assert app.filters.where == kept


async def test_without_a_file_no_key_is_offered_that_does_nothing() -> None:
    def opener() -> Portfolio:
        raise KaptuiError("not a file", "")

    app = dashboard(opener)
    async with running(app, (160, 30)) as pilot:
        for screen in "123456":
            await press(pilot, screen)
            assert "r" in footer(screen_lines(app))
            assert footer(screen_lines(app)) <= {"r", "?", ":", "q", "Enter", "Esc"}, screen


async def test_a_file_that_opens_at_last_leaves_no_word_of_the_failure(sample_portfolio: Portfolio) -> None:
    there: list[Portfolio] = []

    def opener() -> Any:
        if not there:
            raise KaptuiError("not a file", "")
        return Meddler(there[0])

    app = dashboard(opener)
    async with running(app) as pilot:
        await press(pilot, "slash", "A", "d")
        assert "not a file" in screen_text(app)
        assert app.filters == START
        there.append(sample_portfolio)
        await press(pilot, "r")
        await press(pilot, "question_mark", "escape", "2", "1")
        assert "not a file" not in screen_text(app)
        assert {"/", "w", "z"} <= footer(screen_lines(app))


async def test_an_empty_panel_is_not_grouped_or_narrowed(shelf: Shelf) -> None:
    portfolio = shelf.portfolio({"account": "account_id,name\nA,Alpha\n"})
    app = dashboard(Meddler(portfolio), Filters(as_of=date(2026, 6, 30)))
    async with running(app, (160, 30)) as pilot:
        for screen, idle in (("2", "uR"), ("4", "io")):
            await press(pilot, screen)
            assert "e" in footer(screen_lines(app))
            assert not footer(screen_lines(app)) & set(idle), screen


async def test_the_export_dialog_shows_every_option_on_a_small_screen(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (48, 14)) as pilot:
        await press(pilot, "e")
        seen = screen_text(app)
        for _ in range(8):
            await press(pilot, "up")
            seen += screen_text(app)
        words = [
            "this panel",
            "screen: ",
            "account list",
            "all 48 accounts",
            "CSV",
            "Parquet",
            "JSON",
            "Excel",
            "as it is",
            "for Excel",
        ]
        assert [one for one in words if f") {one}" not in seen] == []
        assert "Esc closes" in seen
        row = app.screen.query_one("#format", OptionRow)
        row.scroll_visible(animate=False)
        await pilot.pause()
        line = next(y for y, text in enumerate(screen_lines(app)) if ") Excel" in text)
        await pilot.click(offset=(screen_lines(app)[line].index(") Excel") + 3, line))
        assert row.value == "xlsx"


async def test_the_demo_names_no_command_that_would_fail() -> None:
    portfolio = Portfolio.demo()
    app = dashboard(portfolio)
    async with running(app) as pilot:
        await press(pilot, "e")
        assert isinstance(app.screen, ExportDialog)
        assert "Writes attention 17 rows" in screen_text(app)
        assert "Same as" not in screen_text(app)
