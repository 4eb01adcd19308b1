"""One list of accounts, commands, views, themes and settings; any part of the dashboard may add to it."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui import palette
from kaptui.ui.choice import Choice
from kaptui.ui.keys import key_name
from kaptui.ui.screen_factory import SCREENS
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
        assert "Export: Needs attention" in screen_text(app)
        await press(pilot, "escape", "colon", *"helvia")
        assert "Account" in screen_text(app)


WAYS = (
    ("silent", "sponsors", "sponsorship_gaps", "reason:side_stale"),
    ("leaving", "sponsors", "sponsor_load", "reason:orphan_risk"),
    ("year-end", "sponsors", "sponsorship_mechanisms", "year_end:alone"),
    ("unreviewed", "plans", "plan_health", "plan:unreviewed"),
    ("bridge", "value", "profit_bridge", ""),
    ("revenue up", "value", "value_mix", "reason:empty_growth"),
    ("weakest", "factors", "factor_summary", ""),
    ("got worse", "changes", "changes", ""),
)


async def test_business_words_lead_to_their_answer(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "enter")
        for typed, screen, question, where in WAYS:
            await press(pilot, "colon", *typed, "enter")
            assert (app.current_mode, app.filters.where) == (screen, where), typed
            current = app.dashboard_screens()[-1].current
            assert current.source.question == question, typed
            assert current.answer is not None, typed
            assert current.content.has_focus, typed
        await press(pilot, "b", "colon", *"reset", "enter")
        assert app.filters == Filters()


@pytest.mark.parametrize("asked", palette.BOARD, ids=lambda one: one.asks)
def test_the_filter_of_a_board_question_holds(sample_portfolio: Portfolio, asked: palette.BoardQuestion) -> None:
    assert asked.screen in SCREENS
    assert sample_portfolio.matching(Filters(where=asked.where)).height > 0
    sample_portfolio.ask(asked.question, Filters(where=asked.where))


async def test_what_finds_nothing_says_so_and_offers_the_nearest(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "colon", *"helvai")
        assert "Nothing holds 'helvai'. The nearest:" in screen_text(app)
        assert "Helvia Group" in screen_text(app)
        app.copy_to_clipboard("a table of 10,000 rows " * 500)
        await press(pilot, "ctrl+v")
        assert app.screen.query_one(Input).value == "helvai", "what is far too long is not looked for"
        await press(pilot, "enter")
        assert app.dashboard_screens()[-1].tab == "screen.overview", "what was not asked for is not done"
        await press(pilot, "colon", *"helvai", "down", "enter")
        assert app.dashboard_screens()[-1].subject == "KA002"
        await press(pilot, "escape", "colon", *"qqqqqq")
        assert "Nothing holds 'qqqqqq'. Nothing is like it." in screen_text(app)
        await press(pilot, "escape", "question_mark", *"revnue")
        assert "Nothing about 'revnue' here. The nearest:" in screen_text(app)


async def test_the_column_menu_says_what_has_no_room(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "3", "c")
        lines = [line for line in screen_lines(app) if "no room: → scrolls to it" in line]
        assert any("Lever" in line for line in lines)
        assert not any("Revenue share" in line for line in lines)


def test_names_of_keys() -> None:
    names = {"?": "question_mark", "f": "f", "ctrl+p": "ctrl+p", "+": "plus", "f5": "f5", "pageup": "pageup"}
    assert {key: key_name(key) for key in names} == names
    assert [key_name(key) for key in ("ctlr+p", "nokey", "hyper+x")] == [None, None, None]
