"""The Factors screen: heatmap, modes, groups, claims against facts, and what its keys do."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.why_screen import WhyScreen
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.screens.factors import FactorsScreen
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.reference.shelf import Shelf
from tests.ui.harness import (
    Meddler,
    dashboard,
    dashboard_screen,
    fits,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
)

SIZES = ((120, 36), (80, 24), (48, 14))
HELVIA = "  4/6!      29! ▼ 25!    25!  ▼  0!     50~  ▼ 25!    50~     14.1m"
"""Helvia in the sample: four of six factors red, three of them a level lower than in June."""


def grid(app: KaptuiApp) -> DataTableView:
    """The heatmap."""
    return app.screen.query_one("#heatmap DataTableView", DataTableView)


def line(app: KaptuiApp, words: str) -> str:
    """The first line on screen with these words."""
    return next(one for one in screen_lines(app) if words in one)


def squeezed(text: str) -> list[str]:
    """The words of a line without its frame."""
    return text.replace("│", " ").replace(">", " ").split()


async def test_column_row_and_claim_are_seen_at_once(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "2")
        assert isinstance(app.screen, FactorsScreen)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert fits(app), size
            text = " ".join(screen_text(app).split())
            assert ("Programme problem: Long horizon, red in 11 of" + " 43" * (size[0] >= 80)) in text, size
            assert grid(app).has_focus, size
            assert grid(app).key == "KA002", "the worst row is under the cursor"
            assert {"Helvia", "4/6!", "■"} <= set(squeezed(line(app, "> Helvia"))), size
            if size[0] >= 80:
                named = ": Northstar" if size[0] > 80 else " …"
                assert f"5 account problems, worst Helvia Group 4 of 6 red; 3 overclaimed{named}" in text
                assert squeezed(line(app, "Red of scored"))[3:] == ["11/43!", "4/43", "7/43", "7/42", "3/42", "3/43"]
                assert squeezed(line(app, "Mean "))[1:] == ["53~", "59~", "60~", "60~", "63~", "63~"], "weakest first"
                assert squeezed(line(app, "Not scored  "))[2:] == ["3/46", "3/46", "3/46", "4/46", "4/46", "3/46"]
                claims = [squeezed(one) for one in screen_lines(app) if "+100!" in one]
                assert claims[0][:7] == ["Northstar", "Foods", "Anchored", "at", "the", "top", "+100!"]


async def test_m_and_u_change_what_cells_say_and_how_rows_are_grouped(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    said: dict[str, list[str]] = {}
    async with running(app) as pilot:
        await press(pilot, "2")
        assert squeezed(line(app, "Helvia Group  "))[3:11] == ["▼", "■", "▼", "■", "▼", "■", "■", "▪"]
        await press(pilot, "m")
        for mode in ("index", "change", "age", "confidence", "claim"):
            assert f"Accounts x factors: {mode}" in screen_text(app)
            text = {one.item: one.text for one in grid(app).columns}["TOP"]
            assert text is not None
            helvia = grid(app)._frame.filter(grid(app)._frame["account_id"] == "KA002").row(0, named=True)
            said[mode] = text(helvia).split()
            assert text(helvia).strip() in line(app, "Helvia Group  ")
            await press(pilot, "m")
        assert "Accounts x factors: weak" in screen_text(app)
        # 25 on TOP fell by a level since June, was assessed on 17 Aug (44 days), is sure, and a quarter of the facts
        # holds.
        assert list(said.values()) == [["▼", "25!"], ["-25!"], ["44"], ["high"], ["0"]]

        # Groups, the weakest first; Enter on a subtotal keeps its accounts.
        await press(pilot, "u")
        assert "Accounts x factors: weak, by region" in screen_text(app)
        assert grid(app).key == "KA002", "the cursor stays with the account"
        assert grid(app)._frame["_subtotal"].drop_nulls().len() == 6
        await press(pilot, "g")
        assert grid(app).pointed is None, "a subtotal is no account"
        group = grid(app).table.subtotals[0]
        answer = sample_portfolio.ask("factor_groups", Filters("")).to_dicts()
        regions = [row for row in answer if row["grouping"] == "region"]
        assert group.value == min(regions, key=lambda row: row["index_mean"])["value"], "the weakest group first"
        await press(pilot, "enter")
        assert app.filters.where == f"{group.narrow}"
        await press(pilot, "escape", "u")
        assert "by tier" in screen_text(app)
        assert "tier 3 (" in screen_text(app)
        await press(pilot, "u")
        await press(pilot, "G")
        assert "by manager" in screen_text(app)
        await press(pilot, "u", "u")
        assert "_subtotal" not in grid(app)._frame.columns


async def test_a_cell_leads_to_its_red_accounts_its_explanation_and_its_account(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        # A column narrows to its red accounts, and back.
        await press(pilot, "2", "R")
        assert app.filters.where == "", "the name is no factor"
        await press(pilot, "right", "right")
        assert grid(app).pointed is not None
        assert grid(app).pointed[1].item == "LON"  # type: ignore[index]
        await press(pilot, "R")
        assert app.filters.where == "LON<34"
        assert "11 of 48 accounts" in screen_text(app)
        await press(pilot, "R")
        assert app.filters.where == ""
        await press(pilot, "tab", "tab", "j", "R")
        assert app.filters.where == "TOP<34", "a row of the means stands for its factor, the second weakest"

        # The cell under the cursor says its number and what it means; numbers for all are one key away, and a tab.
        app.filters = Filters()
        await settled(pilot)
        grid(app).focus()
        await press(pilot, "g", *["left"] * 9, "right", "right")
        assert "Long horizon: 0 of 100, red (below 34), -25 worse, assessed 44 days ago" in screen_text(app)
        assert "0!" not in line(app, "> Helvia")
        await press(pilot, "m")
        assert "0!" in line(app, "> Helvia")
        y, tabs = next((y, one) for y, one in enumerate(screen_lines(app)) if "Weak cells  [" in one)
        await pilot.click(offset=(tabs.index("Weak cells"), y))
        await settled(pilot)
        assert "0!" not in line(app, "> Helvia")
        await press(pilot, *["left"] * 5)

        # A cell explains itself, a row opens its account.
        app.filters = Filters()
        grid(app).focus()
        await press(pilot, "g", *["left"] * 5, "right", "right", "right", "w")
        assert isinstance(app.screen, WhyScreen)
        assert "Why: Anchored, Helvia Group" in screen_text(app)
        assert "the account index moves from 29.2 to 33.3" in screen_text(app)
        await press(pilot, "escape", "right", "right", "right", "right", "right", "right", "left", "enter")
        assert isinstance(app.screen, AccountScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, FactorsScreen)
        assert grid(app).has_focus
        assert grid(app).key == "KA002"

        # Sorted by a factor the worst come first; n goes from red cell to red cell.
        grid(app).sort_by("factor.KAM")
        await press(pilot, "g")
        row = grid(app)._frame.row(0, named=True)
        assert (row["name"], row["factor.KAM"]) == ("Cobalt Harbour", 0)
        assert grid(app)._frame["factor.KAM"].drop_nulls().is_sorted()
        await press(pilot, "n")
        assert grid(app).cursor == 1


async def test_panels_share_a_place_on_a_small_screen_and_means_stand_beside_their_base(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    titles = (
        "Indicators",
        "What the means rest on",
        "From review to review",
        "The weakest factor by region",
        "The weakest factor by tier",
        "The weakest factor by manager",
        "The weakest factor by industry",
        "Claims against facts",
    )
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "2", "tab")
        assert "Claims against facts" in screen_text(app)
        for title in titles:
            await press(pilot, "m")
            assert title in screen_text(app)
            assert "Accounts x factors" in screen_text(app), "the heatmap stays"
            assert fits(app)
        await press(pilot, "tab")
        assert dashboard_screen(app).current.id == "bases"
        assert "Claims against facts" not in screen_text(app)
        await press(pilot, "tab")
        assert grid(app).has_focus
        assert "What the means rest on" in screen_text(app), "what was in front stays there"

        # In a larger window, the means with their base.
        await pilot.resize_terminal(120, 36)
        await press(pilot, "tab", "tab", "z")
        row = sample_portfolio.ask("factor_summary", Filters("")).row(2, named=True)
        words = squeezed(line(app, "Long horizon*"))[1:]
        parts = (("accounts_known", "accounts"), ("fresh", "accounts_known"), ("high", "accounts_known"))
        known, fresh, sure = (f"{row[name]}/{row[base]}" for name, base in parts)
        assert words[:9] == ["horizon*", "53~", "53", "11/43!", known, "99", "%", fresh, sure]
        assert "*: a factor that is proposed" in screen_text(app)
        await press(pilot, "m")
        assert squeezed(line(app, "Long horizon "))[2:4] == ["▂▁▁▁", "53~"]
        assert "55 (44)" in line(app, "Long horizon "), "44 accounts were scored at the first review"


def nine() -> dict[str, str]:
    """Nine factors of a company's own, one of them never scored; three accounts."""
    factors = "".join(f"{n},F{n},Factor {n},{n % 3},{n + 2}\n" for n in range(1, 9))
    scores = "".join(f"A,{n},2026-06-01,{n % 3}\nB,{n},2025-01-01,2\n" for n in range(1, 9))
    return {
        "account": "account_id,name\nA,Anna\nB,Bert\nC,Carl\n",
        "success_factor": f"factor_id,code,name,weight,scale_max\n{factors}9,[red]N[/],Never,0,4\n",
        "assessment": f"account_id,factor_id,assessed_on,score\n{scores}",
        "setting": "key,value\nas_of,2026-06-30\n",
    }


async def test_expired_and_missing_scores_have_marks_and_no_weight(shelf: Shelf) -> None:
    app = dashboard(Meddler(shelf.portfolio(nine())), Filters())
    async with running(app) as pilot:
        await press(pilot, "2")
        weak = next(one for one in grid(app).columns if one.name == "factor.F1")
        assert weak.text is not None
        assert weak.state is not None
        seen = {row["account_id"]: (weak.text(row), weak.state(row)) for row in grid(app)._frame.iter_rows(named=True)}
        assert seen == {"A": ("  ■", "bad"), "B": ("  x", ""), "C": ("  ?", "")}, "what is not known is seen"
        await press(pilot, "m")
        cells = {row["account_id"]: row for row in grid(app)._frame.iter_rows(named=True)}
        column = next(one for one in grid(app).columns if one.name == "factor.F1")
        assert column.text is not None
        assert column.state is not None
        said = {key: (column.text(row), column.state(row)) for key, row in cells.items()}
        # A: 1 of 3 is 33, red. B: 2 of 3 but from January 2025. C: never.
        assert said == {"A": ("  33!", "bad"), "B": ("x 67", "muted"), "C": ("  --", "muted")}
        foot = [line["factor.F1"].strip() for line in grid(app).table.foot]
        assert foot == ["33!", "--", "1/1!"], "the mean of Anna alone; nobody has revenue"


async def test_the_screen_opens_on_what_was_filtered_before_and_says_what_to_drop(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio), Filters("region:DACH name:nobody"))
    async with running(app) as pilot:
        await press(pilot, "2")
        assert "None of 48 accounts matches the filter" in screen_text(app)
        assert "Without name:nobody: 11" in screen_text(app) or "Without name:nobody" in screen_text(app)
        await press(pilot, "m", "u", "R", "x")
        assert "Helvia Group" in screen_text(app)

        # Narrowed on another screen meanwhile.
        await press(pilot, "1", "tab", "enter", "2")
        assert app.filters.where == "LON<34"
        assert "11 of 48 accounts" in screen_text(app)
        assert grid(app).table.frame.height == 11


async def test_how_the_heatmap_is_arranged_is_its_own_and_saved_with_a_view(
    sample_portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "2")
        grid(app).sort_by("factor.LON")
        grid(app).toggle_column("factor.SEL")
        await press(pilot, "m", "m", "ctrl+s", *"lon", "enter")
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        await press(pilot, "2")
        scores = [one for one in app.screen.query(DataTableView) if one.table.columns[0].name == "code"]
        assert scores, [one.table.columns[0].name for one in app.screen.query(DataTableView)]
        assert all(len(one.columns) > 3 for one in scores), "the page's table of scores keeps its columns"
        await press(pilot, "escape", "1")
        app.services.layouts.clear()
        await press(pilot, "v", *"lon", "enter")
        assert isinstance(app.screen, FactorsScreen)
        assert grid(app).arrangement.sort == ("factor.LON", False)
        assert "factor.SEL" not in [one.name for one in grid(app).columns]
        assert "Accounts x factors: change" in screen_text(app), "the mode stays"
