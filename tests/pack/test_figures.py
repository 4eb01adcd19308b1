"""Every figure of every page of the sample's pack is the one that its question answers."""

from __future__ import annotations

import pytest

from kaptui.account_page import HEADLINE, TABS
from kaptui.filters import Filters
from kaptui.pack import board, brief
from kaptui.pack.pages import OF_AN_ACCOUNT, SHOWN, panels_of
from kaptui.pack.view_html import MONTHS_TOLD
from kaptui.panels.spec import Mode
from kaptui.portfolio import Portfolio
from kaptui.screen_specs import SCREENS
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters
from kaptui.screen_specs.data_source import answer
from kaptui.text import clean, show, with_mark
from kaptui.views import (
    Bars,
    Column,
    Curve,
    Figures,
    MonthBars,
    Notes,
    Row,
    Scatter,
    Sentences,
    Table,
    View,
    Waterfall,
)
from tests.pack.parsing import Element, pages, panels

FILTERS = Filters()


@pytest.fixture(scope="module")
def state(remembered_sample: Portfolio) -> DashboardState:
    """The whole sample on one day."""
    return apply_filters(remembered_sample, FILTERS)


@pytest.fixture(scope="module")
def packed(remembered_sample: Portfolio, state: DashboardState) -> dict[str, Element]:
    """The pack of the sample, made and read once."""
    return pages(board(remembered_sample, state))


def same(words: str) -> str:
    return clean(words).strip()


def line(column: Column, row: Row) -> str:
    return same(column.text(row) if column.text else show(row[column.name], column.kind))


def table_rows(view: Table) -> list[list[str]]:
    """What a reader should find in a table: heading, rows under their subtotals, and what is pinned below."""
    rows = [[same(one.label) for one in view.columns]]
    for group in view.subtotals or [None]:
        frame = view.frame
        if group is not None:
            frame = frame.filter(frame[view.group].eq_missing(group.value))
            rows.append([same(group.texts.get(one.name, "")) for one in view.columns])
        rows += [[line(one, row) for one in view.columns] for row in frame.iter_rows(named=True)]
    return rows + [[same(words.get(one.name, "")) for one in view.columns] for words in view.foot]


def holds(panel: Element, view: View, names: dict[str, str]) -> int:  # noqa: PLR0911 - one way per kind of view
    """Assert that the panel says all that the view does; how many figures that were."""
    match view:
        case Notes():
            assert panel.texts("p") == [same(one) for one in view.lines if one.strip()]
            return len(view.lines)
        case Figures():
            assert panel.texts("div", "value") == [same(with_mark(one.value, one.state)) for one in view.figures]
            assert panel.texts("div", "label") == [same(one.label) for one in view.figures]
            assert panel.texts("div", "base") == [same(one.note) for one in view.figures if one.note]
            return len(view.figures)
        case Bars() | Waterfall():
            bars = view.bars if isinstance(view, Bars) else view.steps
            found = [[row[0], *row[2:]] for row in panel.rows()]
            assert found == [[same(one.label), same(with_mark(one.text, one.state)), same(one.note)] for one in bars]
            return len(bars)
        case Sentences():
            rows = panel.rows()
            assert [[row[0], row[2]] for row in rows] == [[same(one.label), same(one.text)] for one in view.lines]
            assert all(row[1].startswith(one.mark) for row, one in zip(rows, view.lines, strict=True))
            return len(view.lines)
        case Table():
            assert panel.rows() == table_rows(view)
            return view.frame.height * len(view.columns)
        case Curve():
            told = [
                f"{names[account]}: {show(y, view.y_kind)}"
                for one in view.lines
                for account, y in zip(one.ids, one.ys, strict=False)
                if account
            ]
            assert panel.texts("title") == [same(one) for one in told]
            return len(told)
        case Scatter():
            dots = view.frame.select("name", "x", "y").rows()
            told = [f"{name}: {show(x, view.x_kind)}, {show(y, view.y_kind)}" for name, x, y in dots]
            assert panel.texts("title") == [same(one) for one in told]
            return len(told)
        case MonthBars():
            months = view.months[-MONTHS_TOLD:]
            amounts = [[one.label, *(show(x, view.kind) for x in (*one.lines, one.bar))] for one in months]
            assert panel.rows()[1:] == amounts
            said = [f"{one.label}: {view.bar_label} {show(one.bar, view.kind)}" for one in view.months if one.bar]
            assert set(map(same, said)) <= set(panel.texts("title"))
            return len(amounts)


def modes_of_account(whole: bool = False) -> list[Mode]:
    """The modes of an account's page, in no order."""
    return [part.first for tab in TABS for part in tab.parts if whole or part.id in OF_AN_ACCOUNT.get(tab.name, ())]


def test_every_figure_of_every_screen(
    remembered_sample: Portfolio, state: DashboardState, packed: dict[str, Element]
) -> None:
    names = dict(state.account_card.select("account_id", "name").iter_rows())
    figures = 0
    for screen in SCREENS:
        page = packed[screen.name]
        said = answer(remembered_sample, screen.headline.first, state).view
        assert isinstance(said, Notes)
        assert page.texts("p", "said") == [same(one) for one in said.lines]
        shown = {f"{screen.name}.{spec.id}": spec for spec in panels_of(screen)}
        modes = [
            mode
            for place, spec in shown.items()
            for mode in spec.modes
            if mode.tab in SHOWN.get(place, ()) or (place not in SHOWN and mode is spec.first)
        ]
        assert [one.attributes["data-question"] for one in panels(page)] == [one.question for one in modes]
        for panel, mode in zip(panels(page), modes, strict=True):
            figures += holds(panel, answer(remembered_sample, mode, state).view, names)
    assert figures > 2000


def test_every_figure_of_every_account(
    remembered_sample: Portfolio, state: DashboardState, packed: dict[str, Element]
) -> None:
    """A page's answers are asked for all accounts at once; each is compared with the one asked about it alone."""
    ids = remembered_sample.ask("attention", FILTERS)["account_id"].to_list()
    assert [key for key in packed if key.startswith("account-")] == [f"account-{at}" for at in range(1, len(ids) + 1)]
    for at, account in enumerate(ids, 1):
        page, alone = packed[f"account-{at}"], state.of_account(account)
        said = answer(remembered_sample, HEADLINE.first, alone).view
        assert isinstance(said, Notes)
        assert page.texts("p", "said") == [same(one) for one in said.lines if one]
        left = modes_of_account()
        for panel in panels(page):
            title = next(panel.all("h2")).text
            mode = next(one for one in left if one.title == title)
            left.remove(mode)
            holds(panel, answer(remembered_sample, mode, alone).view, {})
        assert not left


def test_a_brief_has_every_panel_of_every_tab(remembered_sample: Portfolio, state: DashboardState) -> None:
    content = brief(remembered_sample, state, "KA002")
    (page,) = pages(content).values()
    modes = modes_of_account(whole=True)
    assert len(panels(page)) == len(modes)
    for panel, mode in zip(panels(page), modes, strict=True):
        holds(panel, answer(remembered_sample, mode, state.of_account("KA002")).view, {})


def test_a_comparison_reaches_every_page(remembered_sample: Portfolio) -> None:
    """With a chosen day to compare with, the pages say the same changes as the screens."""
    state = apply_filters(remembered_sample, Filters(since="2026-03-31", where="tier:1"))
    found = pages(board(remembered_sample, state, ("KA002", "northstar")))
    for anchor, account in (("account-1", "KA002"), ("account-2", "KA004")):
        part = next(one for tab in TABS for one in tab.parts if one.id == "figures").first
        panel = panels(found[anchor])[0]
        told = answer(remembered_sample, part, state.of_account(account))
        holds(panel, told.view, {})
        assert told.compared
        assert told.compared in next(panel.all("h2")).text
