"""What is not hidden: modes as tabs, keys that say where they work, what `w` explains of a row, cards that lead on."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import pytest

from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.why_screen import WhyScreen
from kaptui.ui.screens.changes import ChangesScreen
from kaptui.ui.screens.factors import FactorsScreen
from kaptui.ui.screens.plans import PlansScreen
from kaptui.ui.screens.sponsors import SponsorsScreen
from kaptui.ui.screens.value import ValueScreen
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.panel_frame import tabs_line
from tests.ui.harness import (
    Driver,
    Meddler,
    dashboard,
    dashboard_screen,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    table,
    until,
)

SEVEN = ("Claims", "Indicators", "Means", "Trend", "Region", "Tier", "Manager")


@pytest.mark.parametrize(
    ("room", "line"),
    [
        (80, "[Claims against facts]  Indicators  Means  Trend  Region  Tier  Manager"),
        (64, "[Claims]  Indicators  Means  Trend  Region  Tier  Manager"),
        (50, "[Claims against facts]  Indicators  Means  …"),
        (40, "[Claims against facts]  Indicators  …"),
        (30, "[Claims]  Indicators  Means  …"),
        (9, "[Claims]…"),
    ],
)
def test_the_present_tab_is_whole_and_the_next_ones_follow(room: int, line: str) -> None:
    words, edges = tabs_line(SEVEN, 0, "Claims against facts", "", room)
    assert words == line
    for at, begin, end in edges[1:]:
        assert words[begin:end] == SEVEN[at]


def test_the_last_tab_has_the_first_after_it_and_a_hint_stands_behind_all() -> None:
    words, _ = tabs_line(SEVEN, 6, "By manager", "", 40)
    assert "[By manager]" in words
    assert words.startswith("Claims"), "m leads back to it"
    assert tabs_line(("A", "B"), 1, "Second", "o turns it", 40)[0] == "A  [Second]   o turns it"
    assert tabs_line(("A", "B"), 1, "Second", "o turns it", 20)[0] == "A  [Second]"


def titles(app: KaptuiApp) -> dict[str, str]:
    """The top lines of the panels in sight."""
    return {str(one.id): one.border_title_words for one in app.screen.query(Panel) if one.display}


async def click_on(pilot: Driver, words: str) -> None:
    """Click on these words, where they stand first."""
    lines = screen_lines(pilot.app)  # type: ignore[arg-type]
    y, line = next((y, line) for y, line in enumerate(lines) if words in line)
    await pilot.click(offset=(line.index(words) + 1, y))
    await settled(pilot)


async def on_card(pilot: Driver, label: str) -> None:
    """Enter on the card of this name."""
    row = pilot.app.screen.query_one(FiguresRow)
    row.focus()
    row.cursor = 0
    while row.pointed is not None and row.pointed.label != label:
        await press(pilot, "right")
    await press(pilot, "enter")


async def test_every_mode_is_a_tab_and_a_click_brings_it(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        for size in ((80, 24), (120, 36)):
            await pilot.resize_terminal(*size)
            for screen in ("1", "2", "3", "4", "5", "6"):
                await press(pilot, screen)
                for panel in app.screen.query(Panel):
                    framed = panel.display and panel.id != "headline" and panel.styles.border_top[0]
                    if framed and len(panel.tab_names) > 1:
                        assert panel.border_title_words.count("[") >= 1, (screen, panel.id, size)

        await press(pilot, "3")
        assert isinstance(app.screen, ValueScreen)
        assert titles(app)["whale"] == "[Curve]  Bridge  Behind it  Trend"
        await click_on(pilot, "Behind it")
        assert "[Accounts behind the bridge]" in titles(app)["bridge"]
        assert dashboard_screen(app).current.id == "bridge"
        assert "whale" not in titles(app)
        await click_on(pilot, "Curve")
        assert "[Curve]" in titles(app)["whale"]

        await press(pilot, "4")
        await click_on(pilot, "Contacts")
        assert titles(app)["matrix"].startswith("Matrix  Practice  [Contacts")
        await on_card(pilot, "Negotiating alone")
        assert app.filters.where == "year_end:alone"
        assert "[Sponsorship in practice" in titles(app)["matrix"]
        assert "1 of 48 accounts" in screen_lines(app)[2]
        await press(pilot, "escape")
        assert app.filters.where == ""

        await pilot.resize_terminal(80, 24)
        await press(pilot, "6")
        assert titles(app)["movers"] == "[Money, worse first]  Scores  People  No facts  Accounts  Profit"
        await click_on(pilot, "Accounts")
        assert titles(app)["further"].startswith("Money  Scores  People  No facts  [Movers, by account]")


def told(app: KaptuiApp) -> str:
    """The notices on screen."""
    return " ".join(one.message for one in app._notifications)


WORKS: MappingProxyType[str, str] = MappingProxyType(
    {
        "u": "u Group works on 2 Factors, 3 Value.",
        "i": "i What if works on 4 Sponsors.",
        "o": "o Flip works on 4 Sponsors.",
        "R": "R Only red works on 2 Factors.",
        "right_square_bracket": "] Next works on an account's page.",
        "x": "There is no filter to clear.",
        "7": "7 Questions has nothing to do here. Questions: your own",
    }
)


async def test_a_key_without_effect_says_where_it_works(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        for key, words in WORKS.items():
            app.clear_notifications()
            await press(pilot, key)
            assert words in told(app), key
        app.clear_notifications()
        await press(pilot, "down", "escape", "left")
        await pilot.press("t", "t")  # what stands between is not waited for
        await press(pilot)
        assert not told(app), "what moves the cursor, goes back or works says nothing"

        # In another panel of this screen: Tab goes there.
        await press(pilot, "2", "tab", "tab", "u")
        assert "u Group works in Accounts x factors: weak: Tab goes there." in told(app)
        await press(pilot, "slash", "u")
        assert told(app).count("Group") == 1, "typed, it is a letter"


def parts(row: FiguresRow, y: int) -> Sequence[tuple[str, str]]:
    """The words of a line and the colour each stands in."""
    return [
        (one.text.strip(" ,"), str(one.style.color.name)) for one in row.render_line(y) if one.style and one.style.color
    ]


def only_what_is_worse_is_coloured(app: KaptuiApp) -> None:
    """Of the figures of what changed."""
    row = app.screen.query_one(FiguresRow)
    bad = row.get_component_rich_style("figures--bad").color
    warn = row.get_component_rich_style("figures--warn").color
    assert bad is not None
    assert warn is not None
    loud = [text for y in (1, 2, 3) for text, colour in parts(row, y) if colour in (bad.name, warn.name)]
    assert {"6 fell", "EUR -34k worse", "1 lost", "5 sides lost"} <= set(loud)
    assert not [text for text in loud if "rose" in text or "known" in text or "gained" in text or "done" in text]


async def test_w_on_a_row_explains_its_most_telling_cell(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))

    async def why(pilot: Driver) -> str:
        await press(pilot, "w")
        assert isinstance(app.screen, WhyScreen)
        await until(pilot, lambda: "working it out ..." not in screen_text(app))
        text = app.screen.plain_text
        await press(pilot, "escape")
        return text

    async with running(app) as pilot:
        assert (await why(pilot)).startswith("Why: Profit, Helvia Group"), "it loses money"
        await press(pilot, "6", "tab")
        text = await why(pilot)
        assert text.startswith("Why: Points, Helvia Group")
        assert "KAM" in text
        only_what_is_worse_is_coloured(app)
        await press(pilot, "5")
        assert (await why(pilot)).startswith("Why: Health, Helvia Group\nPlan: expired")
        await press(pilot, "right", "right")
        assert (await why(pilot)).startswith("Why: Why, Helvia Group"), "any other cell speaks for itself"


async def test_enter_and_a_click_on_a_card_go_to_what_stands_behind_it(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))

    async with running(app) as pilot:
        app.screen.query_one(FiguresRow).focus()
        await settled(pilot)
        assert "Enter Evidence" in screen_lines(app)[-1]
        await on_card(pilot, "Success index")
        assert isinstance(app.screen, FactorsScreen)
        await press(pilot, "escape")
        await on_card(pilot, "Fully sponsored")
        assert isinstance(app.screen, SponsorsScreen)
        assert app.filters.where == "coverage:full", "the accounts that the card counts"
        assert "29 of 48 accounts" in screen_lines(app)[2]
        app.screen.query_one(FiguresRow).focus()
        await settled(pilot)
        await press(pilot, "escape")
        assert app.filters.where == ""
        await on_card(pilot, "Need attention")
        assert dashboard_screen(app).current.id == "attention"

        # A click on a card leads on at once.
        await click_on(pilot, "EUR 185.5m")
        assert isinstance(app.screen, ValueScreen)

        await press(pilot, "5")
        await on_card(pilot, "Actions overdue")
        assert isinstance(app.screen, PlansScreen)
        assert app.screen.current.source.title == "Open actions, the latest first"
        await on_card(pilot, "No plan")
        assert app.filters.where == "plan:none"
        await press(pilot, "x", "6")
        assert isinstance(app.screen, ChangesScreen)
        await on_card(pilot, "Scores")
        assert app.screen.current.id == "scores"

        # Where nothing else stands behind a figure, it explains itself.
        await press(pilot, "1")
        table(app).focus()
        await press(pilot, "enter")
        app.screen.query_one(FiguresRow).focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, WhyScreen)
