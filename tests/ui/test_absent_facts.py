"""A file without accounts, or with accounts and nothing else: each screen says what would stand there."""

from __future__ import annotations

from kaptui.filters import Filters
from tests.reference.shelf import Shelf
from tests.ui.harness import Meddler, dashboard, fits, press, running, screen_lines, screen_text, settled


async def test_an_empty_file_says_what_would_stand_there(shelf: Shelf) -> None:
    app = dashboard(Meddler(shelf.portfolio({"account": "account_id,name\n"})), Filters())
    async with running(app) as pilot:
        # Overview
        text = screen_text(app)
        assert "This file holds no accounts yet" in text
        assert "Fill account.csv and load again" in " ".join(text.split())
        await press(pilot, "enter", "m", "s", "e", "z", "tab", "b")
        assert app.is_running
        await press(pilot, "escape", "escape", "escape")

        # Changes
        await press(pilot, "6")
        assert "fill account.csv and load again" in screen_text(app)

        # Sponsors
        await press(pilot, "4")
        for size in ((80, 24), (48, 14)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert "This file holds no accounts yet" in screen_text(app)
            await press(pilot, "i", "u", "backspace", "e", "escape", "m", "tab", "o", "escape")
            assert app.is_running
            assert "mistake in kaptui" not in screen_text(app)


ACCOUNT_ALONE = {
    "account": "account_id,name\nA1,Acme\n",
    "review_point": "name,held_on\nNext one,2026-12-01\n",
    "setting": "key,value\nas_of,2026-09-30\n",
}


async def test_what_nothing_is_known_of_is_said_and_never_called_bad(shelf: Shelf) -> None:
    app = dashboard(Meddler(shelf.portfolio(ACCOUNT_ALONE)), Filters())
    async with running(app) as pilot:
        # Factors: nothing to score
        await press(pilot, "2")
        assert "No factor has a valid score: none of 1 account is assessed" in screen_text(app)
        assert "This file holds no assessment yet." in screen_text(app)
        await press(pilot, "m", "u", "R", "tab", "m", "tab", "m", "m")
        assert fits(app)

        # Sponsors: nobody is called uncovered
        await press(pilot, "4")
        assert "fill sponsorship.csv" in screen_lines(app)[3]
        assert "NONE !" not in screen_text(app)
        assert "This file holds no sponsorship yet." in screen_text(app)

        # Plans
        await press(pilot, "5")
        said = " ".join(screen_text(app).split())
        assert "Nothing is known of the plans of 1 account: fill plan.csv and load again" in said
        assert "Fill plan.csv and load again" in said
        assert fits(app)

        # Changes: no review held yet
        await press(pilot, "6")
        assert "No earlier review, so since 30 Jun 2026: nothing has changed" in screen_text(app)
        assert "Nothing has changed since the review." in screen_text(app)
