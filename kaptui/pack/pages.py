"""What stands in a pack: a page for each screen and for each account, with the views of their panels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kaptui.account_page import HEADLINE, TABS
from kaptui.pack import first_page
from kaptui.pack.asked_together import AskedOnce, AskedTogether
from kaptui.panels import panel_of
from kaptui.panels.spec import Mode, PanelSpec
from kaptui.screen_specs import SCREENS, ScreenSpec
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.screen_specs.data_source import DataSource, answer, queries
from kaptui.text import clean, count, share
from kaptui.text.accounts import base_in_words
from kaptui.text.window import basis_line
from kaptui.views import Notes, View

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio

SHOWN: Mapping[str, tuple[str, ...]] = {
    "factors.heatmap": ("Numbers",),
    "factors.bases": ("Means", "Trend"),
    "sponsors.gaps": ("Gaps", "Proposal"),
    "value.lists": ("Growth", "No return"),
}
"""The modes of a panel that a page shows, by their tabs, where that is not its first mode alone."""

OF_AN_ACCOUNT: Mapping[str, tuple[str, ...]] = {
    "overview": ("figures", "reasons", "scores", "changes", "actions"),
    "value": ("trend",),
    "plan": ("objectives",),
    "sponsors": ("sides", "contacts"),
}
"""The panels of an account's page in a pack: on which tab, and which of them. A brief has them all."""

NOT_COMPARED = ("sponsorship_coverage",)
"""Questions of an account's page whose changes are those of many accounts: one account has nothing to compare there."""

OF_ALL = ("brief", "changes")
"""Screens that tell of what the others show: what stands behind those stands behind them."""

ASKED_AT_ONCE = 2
"""Questions that are asked at the same time, as in the dashboard."""
LEGENDS = ("overview.attention",)
"""Panels whose hint on the screen says what the marks in their cells mean, and no key."""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One panel on a page: the question it answers, its title and what it shows.

    `compared` is what the title says of the day that the reader chose to compare with, `legend` what marks mean.
    """

    id: str
    question: str
    title: str
    view: View
    compared: str = ""
    legend: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page: its anchor in the file, its title and the decision it supports, its sentence, its panels.

    `sources` are the tables of the file that its answers come from, `account` is the id of its account, if it is
    about one.
    """

    anchor: str
    title: str
    asks: str
    headline: Notes
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    account: str = ""


def screen_pages(asked: AskedOnce, state: DashboardState) -> list[Page]:
    """A page for each screen. Where the filter leaves no account, each has its sentence only.

    While one page is drawn the questions of the next ones are asked.
    """
    modes = [mode for screen in SCREENS for _, mode in _modes(screen, state)]
    ahead = dict.fromkeys(query for mode in modes for query in queries(mode, state))
    pool = ThreadPoolExecutor(ASKED_AT_ONCE)
    try:
        for query in ahead:
            pool.submit(asked.ask, *query)
        pages = [_screen_page(asked, state, screen) for screen in SCREENS]
    finally:
        pool.shutdown(cancel_futures=True)
    behind = tuple(dict.fromkeys(table for page in pages for table in page.sources))
    return [replace(page, sources=behind) if page.anchor in OF_ALL and page.sources else page for page in pages]


def _modes(screen: ScreenSpec, state: DashboardState) -> list[tuple[str, Mode]]:
    """What the page of a screen shows, each with the name of its panel."""
    return [
        (spec.id, mode)
        for spec in (panels_of(screen) if state.matching else ())
        for mode in _shown(f"{screen.name}.{spec.id}", spec)
    ]


def _screen_page(portfolio: DataSource, state: DashboardState, screen: ScreenSpec) -> Page:
    modes = _modes(screen, state)
    legends = [mode.hint if f"{screen.name}.{id_}" in LEGENDS else "" for id_, mode in modes]
    sections = [
        _section(portfolio, state, id_, mode, legend) for (id_, mode), legend in zip(modes, legends, strict=True)
    ]
    headline = _headline(portfolio, state, screen.headline)
    asks = screen.asks[:1].upper() + screen.asks[1:]
    return Page(screen.name, screen.label, asks, headline, tuple(sections), _sources(mode for _, mode in modes))


def shown_modes() -> list[Mode]:
    """Every mode that a page of a screen shows, in their order."""
    return [
        mode for screen in SCREENS for spec in panels_of(screen) for mode in _shown(f"{screen.name}.{spec.id}", spec)
    ]


def panels_of(screen: ScreenSpec) -> tuple[PanelSpec, ...]:
    """The panels of the page of this screen: its own, but for the first page."""
    return first_page.SPECS if screen.name == first_page.SCREEN else screen.panels


def _shown(place: str, spec: PanelSpec) -> Sequence[Mode]:
    tabs = SHOWN.get(place)
    return [mode for mode in spec.modes if mode.tab in tabs] if tabs else spec.modes[:1]


def account_pages(
    portfolio: Portfolio, state: DashboardState, accounts: Sequence[str], *, whole: bool = False
) -> list[Page]:
    """A page for each of these accounts, in their order; `whole` shows every panel of every tab."""
    together = AskedTogether(portfolio, accounts)
    names = dict(state.account_card.select("account_id", "name").iter_rows())
    specs = [
        (f"{tab.name}-{part.id}", part.first)
        for tab in (TABS if whole else sorted(TABS, key=lambda tab: [*OF_AN_ACCOUNT, tab.name].index(tab.name)))
        for part in tab.parts
        if whole or part.id in OF_AN_ACCOUNT.get(tab.name, ())
    ]
    pages = []
    for place, account in enumerate(accounts, 1):
        source, of_account = together.about(account), state.of_account(account)
        alone = replace(of_account, earlier=None)
        sections = tuple(
            _section(source, alone if mode.question in NOT_COMPARED else of_account, id_, mode) for id_, mode in specs
        )
        headline = _headline(source, of_account, HEADLINE)
        sources = _sources(mode for _, mode in specs)
        title = str(names.get(account) or account)
        pages.append(Page(f"account-{place}", title, account, headline, sections, sources, account))
    return pages


def _section(source: DataSource, state: DashboardState, id_: str, mode: Mode, legend: str = "") -> Section:
    found = answer(source, mode, state)
    title = mode.title or panel_of(mode.question).title
    return Section(id_, mode.question, title, found.view, found.compared, legend)


def _headline(source: DataSource, state: DashboardState, spec: PanelSpec) -> Notes:
    said = answer(source, spec.first, state).view
    return said if isinstance(said, Notes) else Notes(())


def _sources(modes: Iterable[Mode]) -> tuple[str, ...]:
    """The tables behind the answers, each once, in the order in which they are needed."""
    tables = (table for mode in modes for name in mode.questions for table in panel_of(name).source_tables)
    return tuple(dict.fromkeys(tables))


def basis(state: DashboardState, *, of_account: bool) -> str:
    """Which days, which profit, which accounts: what every number of the page stands on."""
    if of_account:
        base = base_in_words(1, 0, state.accounts)
    else:
        base = base_in_words(state.matching, state.exited, state.accounts)
        if state.filters.where.strip() and state.revenue_share is not None:
            base += f" = {share(state.revenue_share)} of revenue"
    chosen = f"; filter: {clean(state.filters.where.strip())}" if state.filters.where.strip() else "; no filter"
    line = basis_line(state.context, base)
    return f"{line[:1].upper()}{line[1:]}{chosen}"


def ways_out(state: DashboardState) -> list[str]:
    """Which conditions to drop where the filter leaves no account, and how many accounts match then."""
    return [f"Without {chip}: {count('account', accounts)}" for chip, accounts in state.rescue if accounts]
