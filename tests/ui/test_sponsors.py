"""The Sponsors screen: who stands behind whom, found at a glance; and a what-if that leaves no trace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from textual.widgets import Input

from kaptui.filters import Filters, Move
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.export.export_dialog import ExportDialog
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.finder import Finder
from kaptui.ui.screens.sponsors import SponsorsScreen
from kaptui.ui.widgets.panel import SLOW, Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.ui.harness import Driver, Meddler, dashboard, press, running, screen_lines, screen_text, settled

SIZES = [(120, 36), (80, 24)]


async def sponsors(pilot: Driver) -> SponsorsScreen:
    """Go to the screen and wait for its panels."""
    await press(pilot, "4")
    screen = pilot.app.screen
    assert isinstance(screen, SponsorsScreen)
    return screen


def shown(app: KaptuiApp, panel: str) -> DataTableView:
    """The list that a panel shows."""
    return app.screen.query_one(f"#{panel} DataTableView", DataTableView)


def line(app: KaptuiApp, word: str) -> str:
    """The first line of the screen with this word."""
    return next(text for text in screen_lines(app) if word in text)


def in_sight(app: KaptuiApp) -> None:
    """Helvia, 14.1m: nobody outside, inside silent for 145 days; Lind carries 7 accounts, the limit is 5."""
    assert "open" in line(app, "> Helvia")
    assert "silent 145/90" in line(app, "> Helvia"), "the days since a touch, and those allowed"
    assert "Lind over" in line(app, "Account  ")


async def test_gaps_and_overload_are_in_sight_and_m_shows_the_rest(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        screen = await sponsors(pilot)
        in_sight(app)
        text = " ".join(screen_lines(app)[3:5])
        assert "4 of 46 accounts have no live sponsor (14 % of revenue, 1 unknown), 12 on one side only" in text
        assert "1 leader over the limit; if R. Lind leaves, 33.8m loses cover" in " ".join(text.split())

        # The matrix steps to practice and to contacts, and back to itself.
        await press(pilot, "m")
        assert "leader at 23 of 37 year-end negotiations, 1 of 8 goes into the next one alone" in screen_text(app)
        await press(pilot, "m")
        await press(pilot, "g")
        assert "6 single, 15 thin, 25 broad" in screen_text(app)
        assert "nobody" in line(app, "Cobalt Harbour")
        await press(pilot, "m", "g")

        # In a small window the other panels share a place: m steps through all of them, and round.
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        in_sight(app)
        await press(pilot, "tab")
        titles = []
        for _ in range(6):
            titles.append(screen.current.source.title)
            await press(pilot, "m")
        assert titles == [
            "Open and silent sides, by revenue",
            "One proposal for all of them",
            "Coverage by tier, region, manager",
            "Leaders",
            "Programme promotion by quarter",
            "Open and silent sides, by revenue",
        ]


async def test_enter_opens_or_narrows_and_o_turns_the_matrix_round_and_back(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await sponsors(pilot)
        straight = screen_text(app)

        # The axes turned: an account's column opens it; turned back, all is as it was.
        await press(pilot, "o")
        assert shown(app, "matrix").table.key == "person_id"
        assert "Enter This one" in screen_lines(app)[-1]
        assert "I 145~" in line(app, "Renate Lind")
        assert "Helvia" in line(app, "Leader  ")
        await press(pilot, *["right"] * 4)
        column = shown(app, "matrix").columns[4]
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert app.screen.account_id == column.item, "an account's column opens it"
        await press(pilot, "escape")
        await press(pilot, *["left"] * 4)
        await press(pilot, "s", "escape", "o")
        assert screen_text(app) == straight

        # A row opens its account, a leader keeps only his.
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert app.screen.account_id == "KA002", "no live sponsor, the most revenue at risk"
        await press(pilot, "escape", "tab", "tab", "enter")
        assert app.filters.where == 'sponsor:"Renate Lind"'
        await press(pilot, "escape")
        assert app.filters.where == ""

        # The moves that are offered are about the cell under the cursor.
        await press(pilot, "shift+tab", "shift+tab", "g", "right", "right", "right", "right")
        while shown(app, "matrix").key != "KA001":
            await press(pilot, "down")
        await press(pilot, "i")
        said = screen_text(app)
        assert "Renate Lind to Sunfold Energy, at customer" in said
        assert "Renate Lind from Sunfold Energy, inside" in said
        assert "Renate Lind leaves the company" in said
        assert "Osei to" not in said


async def test_a_what_if_moves_every_panel_of_its_screen_and_undo_brings_the_first_answer(
    sample_portfolio: Portfolio, tmp_path: Path
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        before = screen_text(app)
        screen = await sponsors(pilot)
        file = {panel.id: panel.answer.frame for panel in screen.all_panels if panel.answer is not None}
        await press(pilot, "i")
        assert isinstance(app.screen, Finder)
        assert "suggested: carries 2" in screen_text(app)
        await press(pilot, "enter")
        assert screen.moves == (Move("assign", "HOL", "KA002", "external"),)
        assert screen_lines(app)[3].startswith(
            " What if, 1 move: 3 of 46 accounts have no live sponsor (6.8 % of revenue, 1 unknown)"
        )
        assert "new" in line(app, "Helvia Group")
        assert "was 4 of 46" in screen_text(app)
        assert "open      new" in line(app, "1 Holloway to")
        (measure,) = (one for one in screen_lines(app) if "No live sponsor" in one and "better" in one)
        assert "4 of 46" in measure
        assert "-1 better" in measure

        # It can be taken away as data and as a page to read.
        await press(pilot, "e")
        assert isinstance(app.screen, ExportDialog)
        assert "what_if_moves" in screen_text(app)
        app.screen.query_one(Input).value = str(tmp_path / "proposal.csv")
        await press(pilot, "enter")
        rows = pl.read_csv(tmp_path / "proposal.csv")
        assert rows["leader"].to_list() == ["Grace Holloway"]
        assert rows["status_after"].to_list() == ["new"]
        about = json.loads((tmp_path / "proposal.csv.meta.json").read_text(encoding="utf-8"))
        assert about["what_if"] == "assign HOL KA002 external"
        page = (tmp_path / "proposal.txt").read_text(encoding="utf-8")
        assert "1 G. Holloway to Helvia Group, at customer" in page
        assert "No live sponsor  " in page
        assert "nothing of this is saved" in page
        await press(pilot, "e")
        app.screen.query_one(Input).value = str(tmp_path / "proposal.csv")
        await press(pilot, "enter")
        assert "Enter again replaces them" in screen_text(app)
        await press(pilot, "escape")

        # Other screens never see it.
        await press(pilot, "1")
        app.clear_notifications()  # how to undo it, and what was written
        await settled(pilot)
        assert screen_text(app) == before

        await press(pilot, "4", "u")
        assert not screen.moves
        for panel in screen.all_panels:
            if panel.id in file and panel.answer is not None:
                assert panel.answer.frame.equals(file[panel.id]), panel.id
        assert "What if, " not in screen_lines(app)[3]


@pytest.mark.parametrize("size", SIZES)
async def test_a_what_if_can_be_left_kept_and_reset(sample_portfolio: Portfolio, size: tuple[int, int]) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, size) as pilot:
        screen = await sponsors(pilot)
        await press(pilot, "tab", "tab", "i", "enter")  # the first leader, Lind, leaves
        assert screen.moves == (Move("leave", "LIN"),)
        assert "Lind leaves" in screen_text(app)
        await press(pilot, "escape")
        assert not screen.trying
        assert "What if" not in "".join(screen_lines(app)[3:5])
        await press(pilot, "i")
        assert screen.trying
        assert screen_lines(app)[3].startswith(" What if, 1 move")
        await press(pilot, "backspace")
        assert not screen.moves
        assert screen.trying
        await press(pilot, "1")
        assert isinstance(app.screen, DashboardScreen)
        assert "What if" not in screen_text(app)


def worst_first(row: dict[str, Any]) -> tuple[int, float, str]:
    """No live sponsor first, then one side alone, then the others; each by revenue."""
    dead = sum(row[side] in ("uncovered", "stale") for side in ("internal", "external"))
    return -dead, -row["revenue"], row["account_id"]


async def test_a_what_if_on_a_filtered_view_keeps_its_accounts_even_none(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio), Filters(where="external:uncovered"))
    async with running(app) as pilot:
        screen = await sponsors(pilot)
        accounts = shown(app, "matrix").table.frame["account_id"].to_list()
        await press(pilot, "tab", "i", "enter")
        assert screen.moves == (Move("replace", "EKL", "KA002", "internal"),), "the largest gap is a silent side"
        rows = shown(app, "matrix").table.frame.to_dicts()
        assert {row["account_id"] for row in rows} == set(accounts)
        assert len(rows) == len(accounts)
        assert rows == sorted(rows, key=worst_first), "in the order in which the matrix promises them, after the move"
        assert rows[0]["account_id"] != "KA002", "its silent side is new now"
        await press(pilot, "x")
        assert len(shown(app, "matrix").table.frame) == 46, "those in the programme"
        assert screen.moves

        # And where none is left, it says how to get some.
        await press(pilot, "u", "escape")
        app.filters = Filters(where="name:nobody-at-all")
        await settled(pilot)
        assert "None of 48 accounts matches the filter" in screen_text(app)
        assert all(not isinstance(panel.content, DataTableView) for panel in app.screen.query(Panel))
        await press(pilot, "i", "escape")
        assert app.is_running


WAYS = ["tab m m", "tab tab m m", "tab tab tab m m"]


async def test_no_panel_waits_for_good_after_its_views_were_turned(sample_portfolio: Portfolio) -> None:
    """Whether a key waits for the one before it or comes before its answer; each way begins with nothing answered."""
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        screen = await sponsors(pilot)
        for first, size in enumerate([(120, 36), (80, 24), (200, 50)]):
            await pilot.resize_terminal(*size)
            for n, way in enumerate(WAYS[first:] + WAYS[:first]):
                app.filters = Filters(where=("", "tier:1", "tier:2")[n])
                await settled(pilot)
                shown(app, "matrix").focus()
                await pilot.press(*way.split())
                await settled(pilot)
                await pilot.pause(SLOW)
                assert "orking it out" not in screen_text(app), (size, way)
                await press(pilot, *way.split())
                await pilot.pause(SLOW)
                assert "orking it out" not in screen_text(app), (size, way)
                waiting = [panel.id for panel in screen.all_panels if panel.waiting or panel.has_class("-waiting")]
                assert not waiting, (size, way)
