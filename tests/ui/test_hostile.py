"""Text from data is text: it shows as itself and breaks nothing."""

from __future__ import annotations

from pathlib import Path

from kaptui.filters import Filters
from kaptui.ui.app import KaptuiApp
from tests.ui.harness import (
    Driver,
    dashboard,
    fits,
    made_of,
    press,
    running,
    screen_lines,
    screen_text,
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


def accounts() -> str:
    """The account table, one hostile name each."""
    rows = [f'A{number},"{name.replace(chr(34), chr(34) * 2)}"' for number, name in enumerate(NAMES)]
    return "\n".join(["account_id,name", *rows]) + "\n"


async def test_hostile_names_show_as_text_everywhere(tmp_path: Path) -> None:
    portfolio = made_of(tmp_path, {"account": accounts()})
    app = dashboard(portfolio, Filters())
    async with running(app) as pilot:
        await press(pilot, "m")
        await _at_both_sizes(pilot)
        for _ in NAMES:
            await pilot.press("j")
            assert fits(app)
            _harmless(screen_text(app))
        await press(pilot, "g", "enter")
        seen = ""
        for _ in NAMES:  # one walk from page to page; the line of names says whose page it is
            await _at_both_sizes(pilot)
            seen += screen_lines(app)[1]
            await press(pilot, "right_square_bracket")
        assert all(name[:6] in seen for name in ("Acme [UK] Ltd", "[/]", "[@click=app.quit]", "=cmd|' /C calc'!A0"))
        await press(pilot, "escape", "colon", *"acme")
        assert "Acme [UK] Ltd" in screen_text(app)
        await press(pilot, "escape", "slash", *"name:")
        _harmless(screen_text(app))
    portfolio.close()


async def _at_both_sizes(pilot: Driver) -> None:
    """What stands on the screen is harmless and fits, in a wide window and in a small one."""
    app = pilot.app
    assert isinstance(app, KaptuiApp)
    for size in ((60, 16), (120, 36)):
        await pilot.resize_terminal(*size)
        assert fits(app)
        _harmless(screen_text(app))


def _harmless(text: str) -> None:
    assert not [letter for letter in text if (ord(letter) < 32 and letter != "\n") or letter == "\u202e"]


async def test_an_empty_file_says_what_would_stand_there(tmp_path: Path) -> None:
    portfolio = made_of(tmp_path, {"account": "account_id,name\n"})
    app = dashboard(portfolio, Filters())
    async with running(app) as pilot:
        text = screen_text(app)
        assert "This file holds no accounts yet" in text
        assert "Fill account.csv and load again" in " ".join(text.split())
        await press(pilot, "enter", "m", "s", "e", "z", "tab", "b")
        assert app.is_running
    portfolio.close()


async def test_wide_names_keep_their_row_straight(tmp_path: Path) -> None:
    portfolio = made_of(tmp_path, {"account": accounts()})
    app = dashboard(portfolio, Filters())
    async with running(app) as pilot:
        await press(pilot, "m")
        widths = {strip.cell_length for strip in (table(app).render_line(y) for y in range(9))}
        assert widths == {table(app).size.width}
    portfolio.close()
