"""One list of accounts, commands, views, themes and settings; any part of the dashboard may add to it."""

from __future__ import annotations

from kaptui.portfolio import Portfolio
from kaptui.ui.choice import Choice
from kaptui.ui.keys import key_name
from tests.ui.harness import Meddler, dashboard, press, running, screen_lines, screen_text


async def test_settings_accounts_and_what_others_offer(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    done: list[str] = []
    app.services.choice_sources.append(lambda: [Choice("View", "My [view]", "", "v", lambda: done.append("v"))])
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "ctrl+p", *"setting gross", "enter")
        assert "EUR gross" in screen_lines(app)[0]
        await press(pilot, "colon", *"year to date", "enter")
        assert app.filters.window == "ytd"
        await press(pilot, "colon", *"my [view", "enter")
        assert done == ["v"]
        await press(pilot, "colon", *"export", "enter")
        assert "Export attention" in screen_text(app)
        await press(pilot, "escape", "colon", *"helvia")
        assert "Account" in screen_text(app)


def test_names_of_keys() -> None:
    names = {"?": "question_mark", "f": "f", "ctrl+p": "ctrl+p", "+": "plus", "f5": "f5", "pageup": "pageup"}
    assert {key: key_name(key) for key in names} == names
    assert [key_name(key) for key in ("ctlr+p", "nokey", "hyper+x")] == [None, None, None]
