"""The account page: its tabs, what stands on them, and the way through months and kinds."""

from __future__ import annotations

from datetime import date

from kaptui.account_page import TABS
from kaptui.cli.account_text import page
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text import clean
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.number_at_cursor import number_at_cursor
from kaptui.ui.export.clipboard_text import panel_text
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.text import MARKS
from kaptui.ui.widgets.charts.month_bars_plot import MonthBarsPlot
from kaptui.ui.widgets.notes_box import NotesBox
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.views import Bars, Figures, MonthBars, Notes
from tests.reference.shelf import Shelf
from tests.ui.harness import (
    START,
    Driver,
    Meddler,
    dashboard,
    dashboard_screen,
    fits,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    table,
)

NAMES = [tab.name for tab in TABS]


def account(app: KaptuiApp) -> AccountScreen:
    """The page on top."""
    assert isinstance(app.screen, AccountScreen)
    return app.screen


def panel(app: KaptuiApp, id: str) -> Panel:
    """A panel of the page."""
    return app.screen.query_one(f"#{id}", Panel)


async def open_helvia(pilot: Driver) -> None:
    """Open the first account of the list, the loss-making giant."""
    await press(pilot, "enter")


SIZES = [(120, 36), (80, 24), (48, 14)]


async def test_every_tab_fits_has_the_keyboard_and_says_what_is_needed(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        await walking_keeps_the_tab_and_esc_leads_back_to_the_row(pilot, app)
        await press(pilot, "g")
        await open_helvia(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            for number, tab in enumerate(TABS, 1):
                await press(pilot, str(number))
                at = f"{tab.name} at {size}"
                assert account(app).showing == tab.name, at
                assert fits(app), at
                assert "mistake in kaptui" not in screen_text(app), at
                assert f"{number} {tab.label[:4]}" in screen_lines(app)[1], at
                assert app.focused is account(app).current.content, at
                assert [one.id for one in account(app).panels] == [f"{tab.name}-{part.id}" for part in tab.parts], at
                if size[1] >= 24:
                    assert "loses 0.6m" in screen_text(app), at
                    assert "no live sponsor" in " ".join(screen_text(app).split()), at
                if size[1] >= 24 and number == 1:
                    says_what_to_ask_for(app)


async def walking_keeps_the_tab_and_esc_leads_back_to_the_row(pilot: Driver, app: KaptuiApp) -> None:
    """From account to account, and back to the list."""
    await press(pilot, "j")
    key = table(app).key
    await press(pilot, "enter", "2")
    first = panel_text(panel(app, "plan-objectives"))
    await press(pilot, "right_square_bracket")
    assert account(app).showing == "plan"
    assert "3 of 17" in screen_lines(app)[1]
    assert panel_text(panel(app, "plan-objectives")) != first
    assert app.focused is panel(app, "plan-objectives").content
    await press(pilot, "left_square_bracket", "3", "escape")
    assert table(app).key == key
    assert app.focused is table(app)


def says_what_to_ask_for(app: KaptuiApp) -> None:
    """The first tab, where there is room for it: what is wrong, and what to ask for."""
    said = " ".join(" ".join(screen_lines(app)[3:7]).split())
    assert "Needs a decision: loses 0.6m; revenue +7.6 %, profit -0.71m; 4 factors red; plan ended 30 Jun" in said
    # The customer's side ended on 15 July; inside, 8 May and 90 days cover to 6 August.
    assert "no live sponsor on either side since 7 Aug 2026" in said
    assert (
        "Ask: 1.9m more by cutting cost to serve to the programme's rate; renew the plan; appoint Grace Holloway (at "
        in said
    )


def figures_of(panel: Panel) -> list[str]:
    """Every text that a panel shows, cell by cell."""
    view = panel.answer.view if panel.answer is not None else None
    content = panel.content
    if isinstance(content, DataTableView):
        lines = panel_text(panel).splitlines()[1:]
        return [cell.removeprefix("'") for line in lines for cell in line.split("\t")] + [content.table.caption]
    match view:
        case Figures():
            return [text for one in view.figures for text in (one.label, one.value, one.note)]
        case Bars():
            return [text for one in view.bars for text in (one.label, one.text, one.note)]
        case Notes():
            return list(view.lines)
        case MonthBars():
            return [view.caption]
    raise AssertionError(f"{panel.id} shows nothing that can be compared")


async def test_the_text_page_has_every_figure_of_the_screen(sample_portfolio: Portfolio) -> None:
    ids = ["KA002", "KA036"]  # one loses money, the other has no plan
    app = dashboard(Meddler(sample_portfolio), Filters(where=""))
    async with running(app, (120, 36)) as pilot:
        app.open_account(ids, 0)
        await settled(pilot)
        for account_id in ids:
            assert account(app).account_id == account_id
            text = "\n".join(page(sample_portfolio, account_id, Filters(where="")))
            seen = 0
            for number in range(1, len(TABS) + 1):
                await press(pilot, str(number))
                for panel in (account(app).query_one("#headline", Panel), *account(app).panels):
                    for words in figures_of(panel):
                        assert clean(words).strip() in text, (account_id, panel.id, words)
                        seen += 1
            assert seen > 100, account_id
            await press(pilot, "right_square_bracket")


async def test_a_tab_asks_when_it_is_seen_and_comes_back_as_it_was_left(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app) as pilot:
        await open_helvia(pilot)
        asked = {question for question, _ in meddler.asked}
        assert {"account_asks", "account_profile", "changes", "plan_actions"} <= asked
        assert not {"account_plan", "account_timeline", "account_contacts"} & asked
        await press(pilot, "tab", "tab", "tab", "2")  # from the fifth panel to a tab that has four
        before = len(meddler.asked)
        await press(pilot, "right_square_bracket")
        walked = {question for question, _ in meddler.asked[before:]}
        assert "account_plan" in walked
        assert "account_profile" not in walked  # the first tab waits until it is seen

        await press(pilot, "left_square_bracket")
        await press(pilot, "j", "j", "tab", "3", "2")
        assert account(app).current.id == "plan-words"
        content = panel(app, "plan-objectives").content
        assert isinstance(content, DataTableView)
        assert content.cursor == 2
        known = len(meddler.asked)
        await press(pilot, "3", "2")
        assert len(meddler.asked) == known  # nothing is asked twice

        await a_month_looks_back_from_its_end(pilot, app)
        app.filters = START
        await settled(pilot)
        await kinds_narrow_the_timeline_and_widen_it_again(pilot, app)


async def a_month_looks_back_from_its_end(pilot: Driver, app: KaptuiApp) -> None:
    """A month of the table, and one of the trend."""
    await press(pilot, "4")
    await press(pilot, "j", "j", "enter")  # the months begin with September 2026
    assert app.filters.as_of == date(2026, 7, 31)
    assert "as of 31 Jul 2026" in screen_lines(app)[0]
    months = panel(app, "value-months").content
    assert isinstance(months, DataTableView)
    assert months.table.frame["month"][0] == date(2026, 7, 1)
    assert account(app).showing == "value"

    app.filters = START
    await settled(pilot)
    await press(pilot, "shift+tab")
    trend = panel(app, "value-trend").content
    assert isinstance(trend, MonthBarsPlot)
    await press(pilot, "left", "left")
    assert "Aug 2026: revenue 1.1m, budget 1.1m, profit -56k" in screen_text(app)
    asked = number_at_cursor(panel(app, "value-trend"), "KA002")
    assert asked is not None  # the month, not the account of a point
    assert (asked.measure, asked.account_id, asked.item) == ("account_financials.profit", "KA002", "2026-08-01")
    await press(pilot, "enter")
    assert app.filters.as_of == date(2026, 8, 31)
    answer = panel(app, "value-trend").answer
    assert answer is not None  # what `e` writes: every month that is shown
    assert answer.frame["month"].max() == date(2026, 8, 1)
    assert answer.frame.height == 35


async def kinds_narrow_the_timeline_and_widen_it_again(pilot: Driver, app: KaptuiApp) -> None:
    """Enter on a kind, and once more."""
    await press(pilot, "6", "tab")
    await press(pilot, "j", "j", "enter")  # meeting, promotion, score
    events = panel(app, "timeline-events").content
    assert isinstance(events, DataTableView)
    assert set(events.table.frame["about"]) == {"score"}
    assert events.table.frame.height == 41
    assert "41 of 83 events" in screen_text(app)
    assert app.filters == START  # the accounts are not filtered
    await press(pilot, "enter")
    events = panel(app, "timeline-events").content
    assert isinstance(events, DataTableView)
    assert events.table.frame.height == 83
    await press(pilot, "shift+tab", "m")
    assert "All  [Meeting]  Promotion" in screen_text(app)
    assert panel(app, "timeline-events").source.title == "Timeline: meeting"


BARE = {
    "account": "account_id,name\nA1,[b]Acme[/]\n",
    "plan": "plan_id,account_id,name,status,start_on\np1,A1,Old,active,2025-01-01\np2,A1,New,active,2026-01-01\n",
    "objective": "objective_id,plan_id,name,status,baseline_value,target_value,current_value\n"
    "o1,p2,stand [still],new,5,5,5\no2,p2,say \x1b[31mmuch,new,,,\n",
    "action": "action_id,objective_id,name,owner_id,due_on\nx1,o1,do it,,2026-01-31\n",
    "review_point": "name,held_on\nLater,2026-12-31\n",
}


async def test_bad_input_and_an_account_that_left_the_file_are_told_in_words(shelf: Shelf) -> None:
    app = dashboard(Meddler(shelf.portfolio(BARE)), Filters(as_of=date(2026, 6, 30)))
    async with running(app) as pilot:
        app.open_account(["A1", "GONE"], 0)
        await settled(pilot)
        await press(pilot, "2")
        said = " ".join(screen_text(app).split())
        words = panel_text(panel(app, "plan-words"))
        assert "2 plans are active at once; the one that starts last counts" in words
        assert "target = start" in said
        assert "no target" in said
        assert "no owner" in said
        assert "stand [still]" in said
        assert "␛[31m" in said
        assert "vs 3 months earlier" in screen_lines(app)[0]  # a review point that lies ahead is none yet
        for number in range(1, 7):
            await press(pilot, str(number))
            assert fits(app), number
            assert "mistake in kaptui" not in screen_text(app), number
            assert not [sign for sign in screen_text(app) if ord(sign) < 32 and sign != "\n"], number

        await press(pilot, "right_square_bracket")
        for number in range(1, 7):
            await press(pilot, str(number))
            assert fits(app), number
            assert "This account is no longer in the file" in screen_text(app), number
            assert "mistake in kaptui" not in screen_text(app), number


async def test_empty_tables_say_which_file_feeds_them(shelf: Shelf) -> None:
    portfolio = shelf.portfolio({"account": "account_id,name\nA1,Acme\n"})
    app = dashboard(Meddler(portfolio), Filters(as_of=date(2026, 6, 30)))
    async with running(app) as pilot:
        app.open_account(["A1"], 0)
        await settled(pilot)
        for number, file in ((2, "objective"), (3, "assessment"), (4, "financial_period"), (5, "stakeholder")):
            await press(pilot, str(number))
            assert any(isinstance(one.content, NotesBox) for one in dashboard_screen(app).panels), file
            assert f"{file}.csv" in " ".join(screen_text(app).split())
    text = "\n".join(page(portfolio, "A1", Filters(as_of=date(2026, 6, 30))))
    assert "Fill objective.csv and load again." in text


def test_marks_are_the_same_on_screen_and_in_text() -> None:
    from kaptui.text import STATE_MARKS, with_mark

    assert MARKS is STATE_MARKS
    assert [with_mark("n/a", state) for state in ("bad", "warn", "good", "")] == ["n/a !", "n/a ~", "n/a", "n/a"]
