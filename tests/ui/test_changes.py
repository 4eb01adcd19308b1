"""The Changes screen: what moved since the review, who explains it, and what is no fact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from rich.cells import cell_len

from kaptui.filters import Filters
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.widgets.shared_panel import SharedPanel
from kaptui.ui.widgets.table import table_layout
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.loading.sources import MONTHS, write
from tests.ui.harness import Meddler, dashboard, dashboard_screen, fits, press, running, screen_text, settled

WIDE, NARROW, SMALL = (120, 36), (80, 24), (48, 14)
GROUPS = {
    "movers": [
        ({"name": "Worse: 12", "effect": "-0.6m"}, "bad"),
        ({"name": "Better: 30", "effect": "+0.57m"}, "good"),
        ({"name": "Neither: 2", "before": "2 now unknown"}, ""),
    ],
    "scores": [
        ({"name": "Worse: 6", "what": "4 accounts", "revenue_touched": "34.4m"}, "bad"),
        ({"name": "Better: 4", "what": "4 accounts", "revenue_touched": "27.1m"}, "good"),
        ({"name": "Neither: 3", "what": "2, 1 unknown", "revenue_touched": "0.42m"}, ""),
    ],
    "others": [
        ({"name": "Worse: 28", "what": "people 6, plans 22"}, "bad"),
        ({"name": "Better: 49", "what": "people 9, plans 40"}, "good"),
        ({"name": "Neither: 1", "what": "plans 1"}, ""),
    ],
}
"""The line above each group of the sample's three lists."""
HOSTILE = "[@click=app.quit]x[/] \x1b]0;owned\x07 \u202eklat " + "W" * 200


@pytest.fixture(scope="module")
def restated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """A file loaded twice: a month corrected, an account out and one in, with a name that tries everything."""
    folder = tmp_path_factory.mktemp("restated")
    name = HOSTILE.replace("\x1b", "").replace("\x07", "")  # a load refuses nothing of the rest
    for out, revenue in (("A8,Old Hand", 100), (f'A9,"{name}"', 80)):
        accounts = f'account_id,name\nA1,"{name}"\n{out}\n'
        source = write(folder, account=accounts, financial_period=f"{MONTHS}A1,2026-05-01,EUR,{revenue}\n")
        load(source, folder / "kap.duckdb")
    with closing(Portfolio.open(folder / "kap.duckdb")) as portfolio:
        yield portfolio


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def panel(app: object, name: str) -> DataTableView:
    """The list in a panel of the present screen."""
    return dashboard_screen(app).query_one(f"#{name} DataTableView", DataTableView)  # type: ignore[arg-type]


async def test_it_says_what_moved_and_lists_the_largest_first(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, SMALL) as pilot:
        await press(pilot, "6")
        for size in (SMALL, NARROW, WIDE):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert "Since Q2 2026 committee: 6 scores fell" in screen_text(app)
            effects = panel(app, "movers").table.frame["effect"].drop_nulls().to_list()
            worse, better = [one for one in effects if one < 0], [one for one in effects if one > 0]
            assert effects == [*sorted(worse), *sorted(better, reverse=True)], "worse first, each by size"
            assert len(effects) > 40
            assert fits(app)

        assert screen_text(app).count("none told") == 2, "no load before this one: of corrections and joiners no 0"
        # At 120 columns "was" and "now" are never cut.
        lines = {
            name: app.screen.query_one(f"#{name} DataTableView", DataTableView)
            for name in ("movers", "scores", "others")
        }
        for name, table in lines.items():
            at = [column.name for column in table.columns].index("before")
            wide = table_layout.widths(
                table.table, table.columns, table.scrollable_content_region.width - table_layout.MARGIN
            )
            column = table.columns[at]
            heading = table_layout.header(column, wide[at], "", table_layout.tight(table.columns, wide)).strip()
            assert heading in (column.label, column.short), "whole, in full or in short"
            texts = [heading, *(table_layout.text_of(column, row) for row in table.table.frame.rows(named=True))]
            assert max(map(cell_len, texts)) <= wide[at], name
            begins = table_layout.MARGIN + sum(wide[:at]) + table_layout.GAP * at
            assert begins + max(map(cell_len, texts)) <= table.scrollable_content_region.width, name

        # Each list says in words and colour what got worse, then what better; revenue counts each account once.
        for name, groups in GROUPS.items():
            assert [(one.texts, one.state) for one in panel(app, name).table.subtotals] == groups
            directions = panel(app, name).table.frame["direction"].to_list()
            assert directions == sorted(directions, key=["worse", "better", "neither"].index)
        shown = words(screen_text(app))
        assert [one for one in ("Worse: 12 -0.6m", "Worse: 6 4 accounts 34.4m", "Worse: 28") if one not in shown] == []
        for name, moved in (("movers", "effect"), ("scores", "points")):
            table = panel(app, name)
            colours = {one.name: one.state for one in table.columns if one.state is not None}
            assert set(colours) == {moved}, "one cell of a line has a colour"
            judged = {(row["direction"], colours[moved](row)) for row in table.table.frame.rows(named=True)}
            assert judged == {("worse", "bad"), ("better", "good"), ("neither", "")}

        # By account, and by what was known at both dates.
        app.screen.query_one("#others DataTableView").focus()
        await press(pilot, "m", "m")
        by_account = panel(app, "further").table.frame
        assert by_account["account_id"].is_unique().all()
        # Three of Helvia's six scores, which weigh alike, fell by a level of 25 points: its index by 75 / 6 points.
        helvia = by_account.filter(by_account["account_id"] == "KA002").row(0, named=True)
        assert helvia["score_points"] == -12.5
        assert by_account["account_id"][0] == "KA002"
        await press(pilot, "m")
        assert "Profit of every account, then and now" in screen_text(app)
        assert "standing" in panel(app, "further").table.frame.columns
        await press(pilot, "m")
        assert "Worse: 28" in screen_text(app), "after the last one the place begins anew"


async def test_lists_that_share_a_place_come_forward_one_by_one_and_the_largest_terminal_shows_three(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, NARROW) as pilot:
        await press(pilot, "6")
        seen = []
        for _ in range(4):
            lists = [one for one in dashboard_screen(app).query(SharedPanel) if one.display]
            assert [one.id for one in lists] == [dashboard_screen(app).current.id]
            seen.append((lists[0].id, "Worse: " in screen_text(app)))
            await press(pilot, "m")
        assert seen == [("movers", True), ("scores", True), ("others", True), ("further", False)]
        await press(pilot, "m", "m", "shift+tab")
        assert dashboard_screen(app).current.id == "figures"
        await press(pilot, "tab")
        assert dashboard_screen(app).current.id != "figures"
        await pilot.resize_terminal(200, 50)
        await settled(pilot)
        assert words(screen_text(app)).count("Worse: ") == 3
        tops = {dashboard_screen(app).query_one(f"#{name}").region.y for name in GROUPS}
        assert len(tops) == 1, "side by side"


async def test_kinds_are_kept_apart_and_names_that_try_everything_stay_text(restated: Portfolio) -> None:
    app = dashboard(Meddler(restated), Filters(as_of=date.today(), since="2000-01-01"))
    async with running(app) as pilot:
        await press(pilot, "6", "tab", "tab", "m")
        frame = panel(app, "further").table.frame
        assert frame.select("account_id", "kind").rows() == [("A1", "correction"), ("A9", "joined"), ("A8", "left")]
        text = words(screen_text(app))
        assert [line for line in ("Corrections: 1", "Joined: 1", "Left: 1") if line not in text] == []
        assert "1 correction; 1 joined, 1 left" in text
        assert "No profit has moved since." in text
        assert "No score has moved since." in text
        assert fits(app)

        for size in (WIDE, NARROW, SMALL):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            for key in ("m", "m", "tab", "tab", "z", "enter", "escape", "escape", "shift+tab", "shift+tab"):
                await press(pilot, key)
                assert fits(app)
                assert "mistake" not in screen_text(app)
                assert not set(screen_text(app)) & set("\x1b\x07\u202e")


async def test_enter_opens_the_account_and_a_row_stays_where_it_is(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "6", "tab", "down", "down")
        listed = panel(app, "scores")
        assert listed.pointed is not None
        assert listed.pointed[0]["name"] == "Helvia Group"
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert app.screen.account_id == "KA002"
        await press(pilot, "]")
        assert app.screen.account_id == "KA005"
        await press(pilot, "escape")
        assert listed.cursor == 3  # the same row below the line of its group, though the account has several

        # A refresh keeps the very row.
        await press(pilot, "shift+tab", "g", "down", "down", "down", "r")
        assert panel(app, "movers").cursor == 3

        # Filter and comparison move every panel.
        everyone = panel(app, "movers").table.frame.height
        app.filters = Filters(where="account_id:KA002")
        await press(pilot)
        assert set(panel(app, "movers").table.frame["account_id"]) == {"KA002"}
        assert panel(app, "movers").table.frame.height < everyone
        assert set(panel(app, "others").table.frame["account_id"]) == {"KA002"}
        app.filters = Filters(where="account_id:KA002", since="Q4 2025 committee")
        await press(pilot)
        assert "Since Q4 2025 committee" in screen_text(app)
        app.filters = Filters(where="nobody-at-all")
        await press(pilot)
        assert "0 of 48 accounts match." in screen_text(app)
