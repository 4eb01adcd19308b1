"""The filter bar: chips that can be dropped, words that wait, facets, saved views."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key as Pressed
from textual.keys import _character_to_key
from textual.widgets import Input

from kaptui import saved_views
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.saved_views import SavedView
from kaptui.text.words import MARKS
from kaptui.ui.app import KaptuiApp
from kaptui.ui.screens.finder import Finder
from kaptui.ui.widgets.facets import FacetBox
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.filter_input import FilterInput
from tests.ui.harness import (
    Driver,
    Meddler,
    Remembered,
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
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))


async def test_chips_are_dropped_ticks_stay_and_what_comes_with_the_key_is_typed(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio), Filters("-status:exited region:DACH tier:1"))
    async with running(app) as pilot:
        at = screen_lines(app)[2].index("[region:DACH]")
        await pilot.click(offset=(at + 4, 2))
        await settled(pilot)
        assert app.filters.where == "-status:exited tier:1"
        await pilot.click(offset=(70, 2))
        assert app.filters.where == "-status:exited tier:1"
        await press(pilot, "slash", "alt+1")
        assert app.screen.query_one(FilterInput).value == "tier:1 "
        await press(pilot, "alt+7")
        assert app.filters.where == "tier:1"
        await press(pilot, "escape")
        assert app.filters.where == "-status:exited tier:1"
        assert app.focused is table(app)

        await press(pilot, "x")
        await what_is_chosen_among_facets_stays_when_typing_is_undone(pilot, app)
        await press(pilot, "escape", "x")
        await what_comes_with_the_key_is_typed_into_the_line(pilot, app)


async def what_is_chosen_among_facets_stays_when_typing_is_undone(pilot: Driver, app: KaptuiApp) -> None:
    """A tick is kept, letters are not."""
    await press(pilot, "slash", "down", "down", "enter")
    chosen = app.filters.where
    assert chosen, "without a tick Enter takes the value under the cursor"
    bar = dashboard_screen(app).query_one(FilterBar)
    assert not bar.editing
    await press(pilot, "slash", *"helvia", "escape")
    assert app.filters.where == chosen
    assert "Dropped what was typed: " in told(app)
    await press(pilot, "slash", "down", "right", "space", "escape")
    assert not bar.editing, "Esc closes"
    assert app.filters.where.startswith(f"{chosen} tier:")
    assert f"Kept what was ticked: {app.filters.where}." in told(app)
    await press(pilot, "slash", "down")
    box = app.screen.query_one(FacetBox)
    assert (box._at, box._row(0)) == (0, 0), "opened anew it begins at the top"


async def what_comes_with_the_key_is_typed_into_the_line(pilot: Driver, app: KaptuiApp) -> None:
    """Nothing of what is pasted after the key that opens it is lost."""
    for letter in "/region:nordics ":
        app.post_message(Pressed(_character_to_key(letter), letter))  # all at once, as a paste into a slow line
    await press(pilot, "enter")
    assert app.filters.where == "region:nordics"
    for letter in ":export":
        app.post_message(Pressed(_character_to_key(letter), letter))
    await press(pilot)
    assert app.screen.query_one(Input).value == "export"
    await press(pilot, "escape", "x", "slash")
    assert "1 more facet: arrows." in screen_text(app), "one facet out of sight is one facet"


async def test_facets_count_and_choose_and_a_word_that_begins_a_field_waits(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "slash")
        assert "region" in screen_lines(app)[3]
        assert "DACH            12" in screen_lines(app)[4]
        await press(pilot, "down")
        assert isinstance(app.focused, FacetBox)
        keys = screen_lines(app)[-1].removesuffix(f"{MARKS} ")
        assert keys.split() == [
            "Space",
            "Tick",
            "Enter",
            "Apply",
            "Esc",
            "Close",
            "→",
            "Facet",
        ]
        await press(pilot, "space")
        assert app.filters.where == "region:DACH"
        assert "[x] DACH" in screen_text(app)
        assert "[ ] Nordics" in screen_text(app)
        await press(pilot, "right", "right", "down", "down", "space")
        assert app.filters.where == 'region:DACH manager:"Claire Laurent"'
        assert "0 of 48" in screen_lines(app)[2]
        await press(pilot, "space", "tab", "tab", "tab")
        assert app.filters.where == "region:DACH"
        assert "quadrant" in screen_text(app)
        assert fits(app)
        at = next(y for y, line in enumerate(screen_lines(app)) if "fix or exit" in line)
        await pilot.click(offset=(screen_lines(app)[at].index("fix or exit"), at))
        await settled(pilot)
        assert app.filters.where == 'region:DACH quadrant:"fix or exit"'
        await press(pilot, *["up"] * 5)
        assert isinstance(app.focused, FilterInput), "above the first row one types again"
        await press(pilot, "down", "enter")
        assert dashboard_screen(app).query_one(FilterBar).editing is False, "Enter applies and closes"
        assert "[ ] DACH" not in screen_text(app)
        assert app.filters.where == 'region:DACH quadrant:"fix or exit"', "and never unticks what is under the cursor"

        # a word that begins a field waits
        await press(pilot, "x")
        assert app.filters.where == ""
        await pilot.press("slash")
        for letters, where in (
            ("reg", ""),
            ("ion:", ""),
            ("DA", ""),
            ("CH", "region:DACH"),
        ):
            await type_text(pilot, letters)
            await settled(pilot)
            assert app.filters.where == where
            assert "0 of 48" not in screen_text(app)
            assert "no value" not in screen_text(app)
        await type_text(pilot, " zzz")
        await settled(pilot)
        assert "Without zzz: 12" in screen_text(app), "11 in the programme and one that left it"
        assert " zzz" in screen_lines(app)[2]
        await press(pilot, "backspace", "backspace", "backspace", *"reg", "enter")
        assert app.filters.where == "region:DACH reg"


def told(app: KaptuiApp) -> str:
    """The notices on screen."""
    return " ".join(one.message for one in app._notifications)


async def test_views_are_saved_listed_applied_and_deleted(sample_portfolio: Portfolio, tmp_path: Path) -> None:
    file = tmp_path / "views.toml"
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "m")
        table(app).sort_by("revenue")
        await press(pilot, "b")
        await press(pilot, "slash")
        await type_text(pilot, "region:UKI")
        await press(pilot, "ctrl+s", *"best", "enter")
        expected = SavedView("best", "region:UKI", basis="gross", screen="overview", question="accounts")
        saved = saved_views.read(file)[0]
        assert (saved.name, saved.filters, saved.question) == (expected.name, expected.filters, expected.question)
        assert saved.sort == "revenue:desc"
        table(app).sort_by("revenue")
        await press(pilot, "x")
        await press(pilot, "m")
        await press(pilot, "v")
        assert "best" in screen_text(app)
        await press(pilot, "enter")
        assert app.filters == saved.filters
        assert "All accounts" in screen_text(app)
        assert "Revenue▼" in screen_text(app)
        await press(pilot, "v", "down", "enter")
        await press(pilot, *"best", "enter")
        assert "Enter again replaces it" in screen_text(app)
        await press(pilot, "escape")
        await press(pilot, "v", "delete")
        assert "Delete again" in screen_text(app)
        assert saved_views.read(file)
        await press(pilot, "delete")
        assert not saved_views.read(file)
        assert isinstance(app.screen, Finder)
        await press(pilot, "escape")
        file.write_text("[x\n")
        await press(pilot, "v")
        assert any("views.toml, line 1: " in said.message for said in app._notifications)
        await press(pilot, "ctrl+s", *"mine", "enter")
        assert "line 1" in screen_text(app)
        assert file.read_text() == "[x\n"


async def test_a_view_can_be_what_one_starts_with(sample_portfolio: Portfolio) -> None:
    view = SavedView(
        "v", "tier:1", question="accounts", sort="name:desc", columns=("name", "profit"), screen="overview"
    )
    app = dashboard(Meddler(sample_portfolio), view.filters)
    app.first_view = view
    async with running(app):
        assert "[tier:1]" in screen_lines(app)[2]
        assert "All accounts" in screen_text(app)
        assert [column.name for column in table(app).columns] == ["name", "profit"]
        assert table(app).arrangement.sort == ("name", True)


async def test_an_answer_of_another_length_moves_nothing(sample_portfolio: Portfolio) -> None:
    """Each panel has its place already: only the words of the base and the sentence may need another room."""
    app = dashboard(Remembered(sample_portfolio), Filters("-tier:2"))
    async with running(app) as pilot:
        layouts: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, layouts.append, immediate=True)
        counts = []
        for where in 2 * ("-tier:3", "-tier:1", "-region:DACH"):
            layouts.clear()
            app.filters = Filters(where)
            await settled(pilot)
            counts.append(len(layouts))
        counts = counts[3:]  # the answers were known by then: no panel has to say that it waits
        assert max(counts) <= 2, counts


async def test_a_word_that_names_nobody_offers_the_value_it_may_have_meant(sample_portfolio: Portfolio) -> None:
    app = dashboard(Remembered(sample_portfolio), Filters("DACH"))
    async with running(app):
        text = " ".join(screen_text(app).split())
        assert "0 of 48 accounts match." in text
        assert "Did you mean region:DACH? 12" in text
