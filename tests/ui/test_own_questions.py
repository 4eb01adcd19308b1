"""A company's own questions on screen: each in a plain table, found in the palette, the help and among the screens."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from kaptui import loading
from kaptui.portfolio import Portfolio
from kaptui.resources import sample_dir
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.ui.harness import (
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
    type_text,
    until,
)

SIZES = [(80, 24), (120, 36), (40, 12)]
ODD = "it's [red]odd[] \x1b]0;x\x07 *"

OWN = {
    "broken": "-- Does this [b]work[/b]?\nselect nonsense from account_card\n",
    "large": "-- Which accounts are large?\nselect account_id, name, revenue, date '2026-03-01' as seen"
    " from account_card join selection using (account_id) where revenue > 5e6 order by revenue desc\n",
    ODD: '-- Which names [/] \x1b[31m are odd?\nselect 2 as "*", \'a [b]x[/]\x1b[31m\' as "^.*$", [1, 2] as _subtotal,'
    " {a: 1} as \"[@click=app.quit]y\", 'q' as _row, 1.5 as month, null as \"line\nbreak\", 'infinity'::date as ever,"
    " date '-4000-01-01' as then, 'nan'::double as nan"
    " union all select 1, 'b', [3], {a: 2}, 'r', -1e30, null, null, null, 'inf'::double order by 1 desc\n",
    "regions": "-- How many accounts has the whole file in each region?\nselect region, count(*) as accounts"
    " from account_card group by region order by region\n",
    "nobody": "-- Which accounts of the whole file are on the moon?\nfrom account_card where region = 'Moon'\n",
}
"""Name -> its file: one that fails, one that the filter changes, one with hostile names, two that it does not."""

ORDER = sorted(OWN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    for name, sql in OWN.items():
        (folder / f"{name}.sql").write_text(sql, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def portfolio(folder: Path) -> Iterator[Portfolio]:
    portfolio = Portfolio.over(loading.into_memory(sample_dir()), "sample", folder)
    yield portfolio
    portfolio.close()


async def at(pilot: Driver, name: str) -> None:
    """Go to this question by the keys."""
    app = pilot.app
    assert isinstance(app, KaptuiApp)
    await press(pilot, "7")
    for _ in ORDER:
        if panel(app).source.question != name:
            await press(pilot, "tab")
    assert panel(app).source.question == name


def said(app: KaptuiApp) -> str:
    return " ".join(screen_text(app).split())


def panel(app: KaptuiApp) -> Panel:
    return dashboard_screen(app).current


async def at_each_size(pilot: Driver) -> AsyncIterator[tuple[int, int]]:
    """Resize from one to the next."""
    for size in SIZES:
        await pilot.resize_terminal(*size)
        await settled(pilot)
        yield size


async def test_every_question_stands_in_a_table_of_its_own(portfolio: Portfolio) -> None:
    app = dashboard(Meddler(portfolio))
    async with running(app, SIZES[0]) as pilot:
        await press(pilot, "7")
        async for size in at_each_size(pilot):
            for place, name in enumerate(ORDER, 1):
                assert panel(app).source.question == name, size
                assert f"{place} of {len(ORDER)}" in said(app), size
                assert "[7 Questions]" in screen_lines(app)[1], size
                assert fits(app), (size, name)
                await press(pilot, "tab")
            assert panel(app).source.question == ORDER[0], "after the last comes the first"


async def test_the_filter_applies_where_the_question_uses_it_and_what_no_filter_changes_says_so(
    portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(portfolio))
    async with running(app, SIZES[0]) as pilot:
        await at(pilot, "large")
        whole = portfolio.ask("large", app.filters)
        async for size in at_each_size(pilot):
            assert f"{whole.height} rows" in said(app), size
            assert "Which accounts are large?" in said(app), size
        await press(pilot, "slash")
        await type_text(pilot, "region:DACH")
        await press(pilot, "enter")
        chosen = portfolio.ask("large", app.filters)
        assert 0 < chosen.height < whole.height
        assert app.state is not None
        base = f"{app.state.matching} of {app.state.accounts}"
        assert f"{app.state.matching} of 48" == base
        async for size in at_each_size(pilot):
            assert f"{chosen.height} rows" in said(app), size
            assert "not filtered" not in said(app), size
            assert base in said(app), size
        await at(pilot, "regions")
        async for size in at_each_size(pilot):
            lines = screen_lines(app)
            assert "not filtered" in lines[0], size
            assert "not filtered" in lines[2], size
            assert "rows, not filtered" in said(app), size
            assert base not in said(app), size
            assert "region:DACH" in lines[2], "the filter itself is kept"
            assert panel(app).answer is not None
        await at(pilot, "large")
        async for size in at_each_size(pilot):
            assert base in said(app), size

        # what no filter changes is shown where nothing matches
        await pilot.resize_terminal(120, 36)
        await press(pilot, "x", "slash")
        await type_text(pilot, "revenue>9999m")
        await press(pilot, "enter")
        await at(pilot, "regions")
        assert "6 rows, not filtered" in said(app)
        await at(pilot, "nobody")
        assert "No rows, not filtered." in said(app)


async def test_an_error_stays_in_its_panel(portfolio: Portfolio) -> None:
    app = dashboard(Meddler(portfolio))
    async with running(app, SIZES[0]) as pilot:
        async for size in at_each_size(pilot):
            await at(pilot, "broken")
            assert 'column "nonsense" not found' in said(app).replace(" │ │ ", " "), size
            assert "broken.sql" in said(app), size
            assert "Does this [b]work[/b]?" in said(app), "what it asks stands there all the same"
            assert not app.screen.check_action("zoom", ()), size
            await press(pilot, "w", "y", "tab")
            assert panel(app).answer is not None, size


async def test_hostile_names_are_only_text(portfolio: Portfolio) -> None:
    """Each key in one size, from column to column; that nothing breaks and all fits in every size."""
    app = dashboard(Meddler(portfolio))
    async with running(app, SIZES[0]) as pilot:
        await at(pilot, ODD)
        assert "it's [red]odd[] ␛]0;x␇ *" in said(app)
        table = app.screen.query_one(f"#{panel(app).id} DataTableView", DataTableView)
        labels = [column.label for column in table.columns]
        assert labels == [
            "*", "^.*$", "_subtotal", "[@click=app.quit]y", "_row", "month", "line break", "ever", "then", "nan",
        ]  # fmt: skip
        for column in table.columns:
            table.sort_by(column.name)
            await settled(pilot)
            table.toggle_column(column.name)
            await press(pilot, "right", "enter", "w", "y", "C", "Y", "n")
            async for size in at_each_size(pilot):
                assert fits(app), (size, column.name)
                assert "\x1b" not in screen_text(app), (size, column.name)
        assert app.screen is dashboard_screen(app), "nothing was opened"


async def test_it_is_exported_as_it_stands(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path)
    app = dashboard(Meddler(portfolio))
    async with running(app) as pilot:
        await press(pilot, "slash")
        await type_text(pilot, "region:DACH")
        await press(pilot, "enter")
        for name in ORDER:
            if name == "broken":
                continue
            await at(pilot, name)
            await press(pilot, "e")
            assert ("not filtered" in said(app)) == (name != "large")
            target = Path(app.screen.query_one(Input).value)
            assert "\x1b" not in target.name + screen_text(app)
            await press(pilot, "enter")
            if name == ODD:
                assert "CSV format does not support nested data" in said(app)
                await press(pilot, "escape", "escape")
                continue
            with target.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            assert len(rows) == 1 + portfolio.ask(name, app.filters).height
            await press(pilot, "escape")
            assert app.current_mode == "overview"


async def test_it_is_found_in_the_palette_and_in_help_and_its_rows_open_accounts(portfolio: Portfolio) -> None:
    app = dashboard(Meddler(portfolio))
    async with running(app, (80, 24)) as pilot:
        for words in ("regions", "whole file each region"):
            await press(pilot, "2", "colon")
            await type_text(pilot, words)
            await settled(pilot)
            assert "Own question" in said(app)
            assert "not filtered" in said(app)
            await press(pilot, "enter")
            assert panel(app).source.question == "regions"
            await until(pilot, lambda: isinstance(app.focused, DataTableView))
        await press(pilot, "colon")
        await type_text(pilot, "question large")
        await press(pilot, "enter")
        assert panel(app).source.question == "large"

        # an account of a row is opened, and esc leads all the way back
        await pilot.resize_terminal(120, 36)
        await press(pilot, "question_mark")
        await type_text(pilot, "your own")
        await settled(pilot)
        assert "your own, from the folder" in said(app)
        await press(pilot, "escape", "3")
        await at(pilot, "large")
        await press(pilot, "down", "enter")
        assert "Questions > large > Helvia Group" in screen_lines(app)[1]
        await press(pilot, "escape")
        assert panel(app).source.question == "large"
        await press(pilot, "escape")
        assert app.current_mode == "value"

        # help names the key and the questions
        await pilot.resize_terminal(120, 60)
        await press(pilot, "1", "question_mark")
        assert "7 Questions: your own" in said(app)
        await press(pilot, "escape")
        await at(pilot, "large")
        await press(pilot, "question_mark")
        await type_text(pilot, "large")
        await settled(pilot)
        assert "large: Which accounts are large?" in said(app)


async def test_without_any_nothing_of_it_is_seen(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        before = screen_text(app)
        await press(pilot, "7")
        assert screen_text(app) == before
        await press(pilot, "question_mark")
        await type_text(pilot, "your own")
        await settled(pilot)
        assert "your own, from the folder" not in said(app), "no key for what is not there"
        await press(pilot, "escape", "colon")
        await type_text(pilot, "question")
        await settled(pilot)
        assert "Own question" not in said(app)


async def test_a_question_that_was_added_stands_there_once_the_file_is_read_again(tmp_path: Path) -> None:
    own, facts = tmp_path / "own", tmp_path / "facts"
    own.mkdir()
    facts.mkdir()
    (facts / "account.csv").write_text("account_id,name,region\n" + "".join(f"{n},A{n},R{n}\n" for n in range(6)))
    (own / "large.sql").write_text(OWN["large"])
    app = dashboard(lambda: Portfolio.over(loading.into_memory(facts), "small", own))
    async with running(app) as pilot:
        await press(pilot, "7")
        assert "1 of 1" not in screen_text(app)
        (own / "aaa.sql").write_text(OWN["regions"])
        await press(pilot, "r")
        assert panel(app).source.question == "large"
        assert "2 of 2" in screen_text(app)
        await press(pilot, "tab")
        assert "6 rows, not filtered" in said(app)
        assert "How many accounts has the whole file" in said(app)
    app.close_portfolios()


async def test_one_that_never_ends_is_stopped_by_leaving_it(tmp_path: Path) -> None:
    """Two of them would take both threads that ask, and every other screen would wait for ever."""
    endless = "-- Does it end?\nwith recursive t(n) as (select 1::bigint union all select n + 1 from t)"
    for name in ("endless", "on_and_on"):
        (tmp_path / f"{name}.sql").write_text(f"{endless} select max(n) as n from t\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "account.csv").write_text("account_id,name\nA1,Acme\n", encoding="utf-8")
    portfolio = Portfolio.over(loading.into_memory(tmp_path / "in"), "one account", tmp_path)
    app = dashboard(portfolio)
    async with running(app, SIZES[0]) as pilot:
        await pilot.press("7")
        await until(pilot, lambda: dashboard_screen(app).slow)
        await pilot.press("tab")
        await until(pilot, lambda: panel(app).has_class("-waiting"))
        await press(pilot, "5")
        assert app.current_mode != "questions"
        assert not portfolio._cursors
        await press(pilot, "7")
        assert "stopped, r retries" in said(app)
    portfolio.close()
