"""Text from data is text: it shows as itself and breaks nothing, on every screen."""

from __future__ import annotations

import pytest

from kaptui.filters import Filters
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.filter_input import FilterInput
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.reference.shelf import Shelf
from tests.ui.harness import (
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
)

NAMES = (
    "Acme [UK] Ltd",
    "[/]",
    "[@click=app.quit]press[/]",
    "esc \x1b]0;owned\x07 \x1b[31m",
    "שלום \u202egnitaehc",
    "日本製鉄株式会社 🏭🏭🏭",
    "=cmd|' /C calc'!A0",
    "x" * 200,
)
SMALL, NARROW, WIDE = (48, 14), (80, 24), (120, 36)


def rows(*names: str) -> str:
    """Rows of the account table, one hostile name each."""
    return "".join(f'A{number},"{name.replace(chr(34), chr(34) * 2)}"\n' for number, name in enumerate(names))


ACCOUNTS = {"account": "account_id,name\n" + rows(*NAMES)}


async def test_hostile_names_show_as_text_everywhere(shelf: Shelf) -> None:
    app = dashboard(Meddler(shelf.portfolio(ACCOUNTS)), Filters())
    async with running(app) as pilot:
        await press(pilot, "m")
        # Wide names keep their row straight.
        widths = {strip.cell_length for strip in (table(app).render_line(y) for y in range(9))}
        assert widths == {table(app).size.width}
        await _at_both_sizes(pilot)
        for _ in NAMES:
            await pilot.press("j")
            assert fits(app)
            _harmless(screen_text(app))
        await press(pilot, "g", "enter")
        seen = ""
        for _ in NAMES:  # one walk from page to page; the line of names says whose page it is
            seen += await _at_both_sizes(pilot)
            await press(pilot, "right_square_bracket")
        assert all(name[:6] in seen for name in ("Acme [UK] Ltd", "[/]", "[@click=app.quit]", "=cmd|' /C calc'!A0"))
        await press(pilot, "escape", "colon", *"acme")
        assert "Acme [UK] Ltd" in screen_text(app)
        await press(pilot, "escape", "slash", *"name:")
        _harmless(screen_text(app))
        app.screen.query_one(FilterInput).value = f'name:"{NAMES[4]}{NAMES[3]}'  # as if it was completed
        await settled(pilot)
        _harmless(screen_text(app))


async def _at_both_sizes(pilot: Driver) -> str:
    """What stands on the screen is harmless and fits, in a wide window and in a small one; the wide line of names."""
    app = pilot.app
    assert isinstance(app, KaptuiApp)
    here = tuple(app.size)
    names = ""
    for size in (here, WIDE if here == (60, 16) else (60, 16)):  # as it is, then the other one, and so the next time
        await pilot.resize_terminal(*size)
        assert fits(app)
        _harmless(screen_text(app))
        names += screen_lines(app)[1] if size == WIDE else ""
    return names


def _harmless(text: str) -> None:
    assert not [letter for letter in text if (ord(letter) < 32 and letter != "\n") or letter == "\u202e"]


MORE_NAMES = (
    "[/] Ltd",
    "[b]x[/b]",
    "\x1b]0;owned\x07",
    "شركة الواحة",
    "👩‍👩‍👧 Ltd",
    "W" * 200,
    "Long " * 40,
    "=1+1",
    "[@click=app.quit]x[/]",
    "Dry",
)
"""The last but one is scored worst; the last one has no figures at all."""
ALL_KINDS = {
    "account": "account_id,name,region\n"
    + "".join(
        f"{line},{region}\n"
        for line, region in zip(rows(*MORE_NAMES).splitlines(), ("[R]", "\u202eklat", "", "[R]", "DE") * 2, strict=True)
    ),
    "person": 'person_id,name,function,level,active\nP,"[@click=app.quit]x[/]",Finance,5,true\n'
    'Q,"\u202eklat \x1b]0;owned\x07",Legal,4,false\nR,"👩‍👩‍👧 W' + "W" * 200 + '",,4,true\n',
    "sponsorship": "sponsorship_id,account_id,person_id,side,start_on\n"
    "1,A0,P,internal,2020-01-01\n2,A3,Q,external,2020-01-01\n3,A6,R,internal,2026-06-30\n",
    "success_factor": "factor_id,code,name,weight,scale_max\n"
    + "".join(f"{n},F{n},Factor {n},{n % 3},{n + 2}\n" for n in range(1, 9))
    + "9,[red]N[/],[b]Never,0,4\n",
    "assessment": "account_id,factor_id,assessed_on,score\n"
    + "".join(f"A8,{n},2026-06-01,{n % 3}\nA5,{n},2025-01-01,2\n" for n in range(1, 9)),
    "financial_period": "account_id,period_start,currency,revenue,cogs,cost_to_serve\n"
    + "".join(f"A{n},2026-0{n % 3 + 1}-01,EUR,{6000 - n * 1000},{n * 400},\n" for n in range(9)),
    "setting": "key,value\nas_of,2026-06-30\n",
}
"""Hostile names of accounts, regions, people and factors; nine factors, one of them never scored; unknown money."""


async def each(pilot: Driver, app: KaptuiApp, *keys: str) -> None:
    """After each key the dashboard goes on, fits its window and shows names as text."""
    for key in keys:
        await press(pilot, key)
        assert app.is_running, key
        assert fits(app), key
        _harmless(screen_text(app))
        assert "mistake in kaptui" not in screen_text(app), key


async def test_factors_take_any_number_and_any_name(shelf: Shelf) -> None:
    app = dashboard(Meddler(shelf.portfolio(ALL_KINDS)), Filters())
    async with running(app, SMALL) as pilot:
        await press(pilot, "2")
        for size in (SMALL, NARROW, WIDE):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            grid = app.screen.query_one("#heatmap DataTableView", DataTableView)
            grid.focus()
            await press(pilot, "g", *["left"] * 12)
            assert "[@click=app" in screen_text(app)
            assert len([one for one in grid.columns if one.name.startswith("factor.")]) == 9
            if grid.pointed is None:
                await press(pilot, "down")  # from a subtotal to an account
            place = next(at for at, one in enumerate(grid.columns) if one.item == "[red]N[/]")
            await press(pilot, *["right"] * place)
            assert grid.pointed is not None
            assert grid.pointed[1] is not None
            assert grid.pointed[1].item == "[red]N[/]"
            assert "[b]Never" in screen_text(app), "the column under the cursor is scrolled to"
            await each(pilot, app, "m", "m", "m", "m", "u", "tab", "m", "tab", "m", "m", "R")
            app.filters = Filters()


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=str)
async def test_no_panel_of_any_screen_takes_names_for_more_than_text(shelf: Shelf, size: tuple[int, int]) -> None:
    app = dashboard(Meddler(shelf.portfolio(ALL_KINDS)), Filters())
    async with running(app, size) as pilot:
        # Sponsors: accounts in the matrix, leaders in the moves that are offered.
        await each(pilot, app, "4")
        seen = screen_text(app)
        for _ in range(9):
            await press(pilot, "down")
            seen += screen_text(app)
        assert "[/] Ltd" in seen
        await press(pilot, "g")
        await press(pilot, "i")
        assert "[@click=ap" in screen_text(app), "cut where the screen is narrow, and never a link"
        await each(pilot, app, "enter", "o", "m", "tab", "m", "tab", "m", "escape")

        # Plans, Changes, Value.
        app.filters = Filters()
        await each(pilot, app, "5", "m", "6", "m")
        await each(
            pilot, app, "3", "m", "tab", "m", "enter", "escape", "u", "tab", "m", "enter", "z", "z", "m", "m", "u"
        )
