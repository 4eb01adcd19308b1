"""What each general key does: not only that nothing breaks, but its effect, and on which screens it works."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from textual.screen import Screen

from kaptui.filters import Context, Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.why_screen import WhyScreen
from kaptui.ui.export import clipboard_text
from kaptui.ui.export.export_dialog import ExportDialog
from kaptui.ui.keys import BY_ID
from kaptui.ui.screen_factory import SCREENS
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.compare import AsOfMenu, CompareMenu
from kaptui.ui.screens.finder import Finder
from kaptui.ui.screens.help import HelpScreen
from kaptui.ui.screens.table_menus import ColumnMenu, SortMenu
from kaptui.ui.screens.views import ViewList
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.ui.harness import START, Driver, Meddler, dashboard, dashboard_screen, press, running, settled, sound, until

OPENS: dict[str, type[Screen[Any]]] = {
    "d": CompareMenu,
    "D": AsOfMenu,
    "v": ViewList,
    "e": ExportDialog,
    "colon": Finder,
    "question_mark": HelpScreen,
    "s": SortMenu,
    "c": ColumnMenu,
    "w": WhyScreen,
}
FILTERED = Filters("-status:exited")
"""What `x` clears: the dashboard itself begins without a filter."""
CHOOSES = {"b": ("basis", "gross"), "t": ("window", "ytd"), "F": ("rates", "constant"), "x": ("where", "")}
COPIES: dict[str, Callable[[DashboardScreen], str]] = {
    "y": lambda here: clipboard_text.row_text(here.current),
    "C": lambda here: clipboard_text.cell_text(here.current),
    "Y": lambda here: clipboard_text.panel_text(here.current),
}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path))
    monkeypatch.setattr("kaptui.ui.clipboard.PROGRAMS", ())


async def to_a_list(pilot: Driver, here: DashboardScreen) -> None:
    """Tab to the first panel that is a list with rows."""
    for _ in here.panels:
        content = here.current.content
        if isinstance(content, DataTableView) and content.pointed is not None:
            return
        await press(pilot, "tab")
    raise AssertionError("no list on this screen")


async def opens(pilot: Driver, app: KaptuiApp, here: DashboardScreen, key: str) -> None:
    """The key brings its own dialog, and Esc takes that away again."""
    await pilot.press(key)
    await pilot.pause()
    assert type(app.screen) is OPENS[key], key
    sound(app, key)
    await pilot.press("escape")
    await pilot.pause()
    assert dashboard_screen(app) is here, key
    sound(app, key)


async def copies(pilot: Driver, app: KaptuiApp, here: DashboardScreen) -> None:
    """Row, cell and panel, as the list under the cursor has them."""
    taken = {}
    for key, text in COPIES.items():
        await pilot.press(key)
        await pilot.pause()
        assert app.clipboard == text(here), key
        taken[key] = app.clipboard
        sound(app, key)
    assert taken["C"].strip() in taken["y"], "the cell stands in its row"
    assert taken["y"] in taken["Y"], "the row stands in its panel"


async def chooses(pilot: Driver, app: KaptuiApp, here: DashboardScreen, keys: Iterable[str]) -> None:
    """Basis, window, rates and no filter: each is the other one; `/` gives the keyboard to the filter.

    Answers are not waited for here: that panels follow the choices and line 1 says so, test_time.py and others try.
    """
    await pilot.press("slash")
    await pilot.pause()
    assert here.query_one(FilterBar).editing
    sound(app, "/")
    await pilot.press("escape")
    await pilot.pause()
    assert not here.query_one(FilterBar).editing
    sound(app, "/")
    assert app.filters == FILTERED
    for key in keys:
        field, value = CHOOSES[key]
        before = app.filters
        assert getattr(before, field) != value, key
        await pilot.press(key)
        expected = replace(before, **{field: value})  # type: ignore[arg-type]
        await until(pilot, partial(filters_are, app, expected))
        sound(app, key)
    app.filters = FILTERED


def filters_are(app: KaptuiApp, expected: Filters) -> bool:
    """Whether these are the filters now; a key tells the app by a message."""
    return app.filters == expected


async def zooms(pilot: Driver, app: KaptuiApp, here: DashboardScreen) -> None:
    """One panel has the room of all of them, and gives it back."""
    panel, others = here.current, [one for one in here.panels if one is not here.current]
    was = panel.region.area
    await pilot.press("z")
    await pilot.pause()
    assert panel.region.area > was
    assert not any(one.display and one.region.area for one in others)
    sound(app, "z")
    await pilot.press("z")
    await pilot.pause()
    assert panel.region.area == was
    sound(app, "z")


WORKING = {
    "filter",
    "clear",
    "views",
    "zoom",
    "compare",
    "as_of",
    "basis",
    "rates",
    "window",
    "export",
    "refresh",
    "why",
    "copy",
    "copy.cell",
    "copy.panel",
    "help",
    "palette",
}


def in_force(here: DashboardScreen) -> set[str]:
    """The general keys that mean on this screen what they say, whatever its lists and itself bind besides."""
    active = here.active_bindings
    return {
        name
        for name in WORKING
        if all(key in active and active[key].binding.id == name for key in BY_ID[name].keys.split(","))
    }


class Still(Meddler):
    """Figures of one basis, window and rate whatever is chosen: another choice costs a second that nobody looks at."""

    def _settled(self, filters: Filters) -> Filters:
        return replace(filters, basis=START.basis, window=START.window, rates=START.rates)

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer under the choice at the start."""
        return super().ask(question, self._settled(filters))

    def context(self, filters: Filters) -> Context:
        """What is compared at the start."""
        return self._portfolio.context(self._settled(filters))

    def card(self, filters: Filters) -> pl.DataFrame:
        """The accounts as they stand at the start."""
        return self._portfolio.card(self._settled(filters))

    def matching(self, filters: Filters) -> pl.DataFrame:
        """The accounts that the filter leaves."""
        return self._portfolio.matching(self._settled(filters))

    def reviews(self, filters: Filters) -> list[tuple[str, date]]:
        """The reviews of the file."""
        return self._portfolio.reviews(self._settled(filters))


@pytest.mark.parametrize("lead", [BY_ID["screen.sponsors"].keys, "enter"], ids=["sponsors", "account"])
async def test_each_general_key_does_what_it_says(sample_portfolio: Portfolio, lead: str) -> None:
    """On Sponsors, which has actions of its own between, and on an account's page, which lies on top of a screen."""
    opened: list[int] = []

    def opener() -> Meddler:
        opened.append(1)
        return Still(sample_portfolio)

    app = dashboard(opener, FILTERED)
    async with running(app) as pilot:
        await press(pilot, lead)
        here = dashboard_screen(app)
        assert isinstance(here, AccountScreen) is (lead == "enter")
        await to_a_list(pilot, here)
        for key in OPENS:
            await opens(pilot, app, here, key)
        await copies(pilot, app, here)
        await zooms(pilot, app, here)
        await chooses(pilot, app, here, CHOOSES)
        await pilot.press("r")
        await settled(pilot)
        assert len(opened) == 2, "the file is read again"
        sound(app, "r")


async def test_they_do_the_same_on_every_other_screen(sample_portfolio: Portfolio) -> None:
    """One dashboard. What is about the list under the cursor is tried everywhere; dialogs and choices take turns.

    That no screen uses the key of a dialog otherwise shows in what it is bound to there.
    """
    app = dashboard(Still(sample_portfolio), FILTERED)
    async with running(app) as pilot:
        turn = 0
        for mode in SCREENS:
            await press(pilot, BY_ID[f"screen.{mode}"].keys)
            here = dashboard_screen(app)
            assert {key.id for key in here.keys.working()} >= WORKING, mode
            assert in_force(here) == WORKING, mode
            if mode == "sponsors":
                continue
            if mode != "brief":  # its sentences are no list of columns
                await to_a_list(pilot, here)
            for key in ("w", *[key for key in OPENS if key != "w"][turn::5]):
                await opens(pilot, app, here, key)
            await copies(pilot, app, here)
            await zooms(pilot, app, here)
            await chooses(pilot, app, here, list(CHOOSES)[turn % 4])
            turn += 1
