"""What a newcomer to the screens stumbles over: keys that do nothing, what is cut, what is waited for."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

from textual.widgets import Static

from kaptui.config import Config
from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text.words import MARKS
from kaptui.ui.export.export_dialog import ExportDialog
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.widgets.option_row import OptionRow
from tests.reference.shelf import Shelf
from tests.ui.harness import (
    START,
    Driver,
    Meddler,
    dashboard,
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


def footer(lines: list[str]) -> set[str]:
    """The keys that the last line offers."""
    return {words.split()[0] for words in lines[-1].removesuffix(f"{MARKS} ").split("  ") if words.strip()}


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
        await until(pilot, lambda: app.screen.query("Panel.-waiting"))
        waiting = app.screen.query("Panel.-waiting").first()
        amber = waiting.styles.border_subtitle_color
        gate.set()
        await settled(pilot)
        assert "Working it out ..." not in screen_text(app)
        assert waiting.styles.border_subtitle_color != amber, "its frame says so too, and no longer"

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
            "this screen ",
            "account list",
            "all 48 accounts",
            "CSV",
            "Parquet",
            "JSON",
            "Excel",
            "as it is",
            "safe in a spreadsheet",
            "Excel on this machine",
        ]
        assert [one for one in words if f") {one}" not in seen] == []
        assert "Esc closes" in seen
        row = app.screen.query_one("#format", OptionRow)
        row.focus()
        row.scroll_visible(animate=False, immediate=True)
        await settled(pilot)
        line = next(y for y in range(row.region.y, row.region.bottom) if ") Excel" in screen_lines(app)[y])
        await pilot.click(offset=(screen_lines(app)[line].index(") Excel") + 3, line))
        await settled(pilot)
        assert row.value == "xlsx"


async def test_the_demo_names_no_command_that_would_fail() -> None:
    portfolio = Portfolio.demo()
    app = dashboard(portfolio)
    async with running(app) as pilot:
        await press(pilot, "e")
        assert isinstance(app.screen, ExportDialog)
        assert "Writes   attention 17 rows" in screen_text(app)
        assert "Same as" not in screen_text(app)
    portfolio.close()


async def test_three_lines_at_the_first_start_go_with_the_first_key(
    sample_portfolio: Portfolio, tmp_path: Path
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    config = Config(state=tmp_path / "state" / "state.json", keys={"why": "f9"})
    app.services.config, app.services.first_start = config, config.first_start
    assert config.first_start
    async with running(app) as pilot:
        for size in ((120, 36), (80, 24), (60, 16)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            text = " ".join(screen_text(app).split())
            assert "The blue sentence on top says what all numbers below it come to" in text, size
            assert "f9 says why" in text, size
            assert fits(app), size
        await press(pilot, "down")
        assert "blue sentence" not in screen_text(app)
        assert table(app).cursor == 1, "the key does what it always does"
        await until(pilot, lambda: not config.first_start)  # it is written in a thread that nobody waits for
        await press(pilot, "2")
        assert "blue sentence" not in screen_text(app)
        await press(pilot, "question_mark")
        assert "The blue sentence" in str(app.screen.query_one("#help-text", Static).content)


async def test_a_start_without_a_state_folder_forgets_without_a_word(
    sample_portfolio: Portfolio, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    app = dashboard(Meddler(sample_portfolio))
    app.services.config, app.services.first_start = Config(state=tmp_path / "file" / "state.json"), True
    async with running(app) as pilot:
        await press(pilot, "down")
        assert "blue sentence" not in screen_text(app)
    assert not Config().first_start, "without a state folder there is no first start"


async def test_a_notice_stands_neither_over_the_result_nor_over_the_keys(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with app.run_test(size=(120, 36), notifications=True):
        pilot = Driver(app)
        for size in ((120, 36), (80, 24)):
            app.clear_notifications()
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: "Written" not in screen_text(app))
            await settled(pilot)
            before = screen_lines(app)
            for _ in range(3):
                app.notify("Written: a-file-with-a-long-name.csv and more words than one line holds, 17 rows " * 2)
            await until(pilot, lambda: "Written" in screen_text(app))
            await pilot.pause(0.1)
            top = max(app.screen.query_one(one).region.bottom for one in ("#status", "#tabs", "#filter", "#headline"))
            after = screen_lines(app)
            assert after[:top] == before[:top], f"over the result at {size}"
            assert after[-1] == before[-1], f"over the keys at {size}"
            assert sum(new != old for new, old in zip(after, before, strict=True)) <= size[1] // 3, size
