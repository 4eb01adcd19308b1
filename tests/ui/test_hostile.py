"""Text from data is text: it shows as itself and breaks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaptui.filters import Filters
from tests.ui.harness import dashboard, fits, made_of, press, running, screen_text, table

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


@pytest.mark.parametrize("size", [(120, 36), (60, 16)])
async def test_hostile_names_show_as_text_everywhere(tmp_path: Path, size: tuple[int, int]) -> None:
    portfolio = made_of(tmp_path, {"account": accounts()})
    app = dashboard(portfolio, Filters())
    async with running(app, size) as pilot:
        await press(pilot, "m")
        for _ in NAMES:
            assert fits(app)
            _harmless(screen_text(app))
            await press(pilot, "enter")
            assert fits(app)
            _harmless(screen_text(app))
            await press(pilot, "escape", "j")
        await press(pilot, "colon", *"acme")
        assert "Acme [UK] Ltd" in screen_text(app)
        await press(pilot, "escape", "slash", *"name:")
        _harmless(screen_text(app))
    portfolio.close()


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
