"""The board pack: the views of the screens and of the account page as HTML, PDF, slides or a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaptui.pack.explained import Explanation, Number
    from kaptui.pack.pages import Page
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

__all__ = [
    "ALL",
    "ATTENTION",
    "board",
    "board_as",
    "brief",
    "brief_as",
    "chosen_accounts",
    "printed_board",
    "printed_brief",
    "slides",
    "workbook",
]

ATTENTION, ALL = "attention", "all"
"""Whose pages are in a pack: those of the accounts that need the director, or of all that the filter leaves."""


def board_as(ending: str, portfolio: Portfolio, state: DashboardState, accounts: Sequence[str] = (ATTENTION,)) -> bytes:
    """The pack as a file of this ending: HTML, a workbook, PDF or slides. Workbook and slides are of screens only."""
    from kaptui.pack.formats import PDF, SLIDES, WORKBOOK

    if ending in (WORKBOOK, SLIDES):
        return (workbook if ending == WORKBOOK else slides)(portfolio, state)
    return (printed_board if ending == PDF else board)(portfolio, state, accounts)


def brief_as(ending: str, portfolio: Portfolio, state: DashboardState, account_id: str) -> bytes:
    """The page of one account as a file of this ending: HTML or PDF."""
    from kaptui.pack.formats import PDF

    return (printed_brief if ending == PDF else brief)(portfolio, state, account_id)


def board(portfolio: Portfolio, state: DashboardState, accounts: Sequence[str] = (ATTENTION,)) -> bytes:
    """The pack of what the filter leaves: the Brief, what is in it, a page per screen and per account.

    `accounts` says whose pages: ATTENTION, ALL, names or ids, one or several of them. UsageError: a name fits none
    of the accounts, or several.
    """
    from kaptui.pack.document import board_pack

    return board_pack(state, *_pages(portfolio, state, accounts))


def printed_board(portfolio: Portfolio, state: DashboardState, accounts: Sequence[str] = (ATTENTION,)) -> bytes:
    """The same pages as PDF, on A4; it needs the extra `kaptui[pack]`. KaptuiError: they cannot be set."""
    from kaptui.pack.paper import board_pages
    from kaptui.pack.pdf import printed

    return printed(board_pages(state, *_pages(portfolio, state, accounts)))


def brief(portfolio: Portfolio, state: DashboardState, account_id: str) -> bytes:
    """The page of one account with every panel, for whoever meets the customer."""
    from kaptui.pack.document import account_brief

    return account_brief(state, _brief_page(portfolio, state, account_id))


def printed_brief(portfolio: Portfolio, state: DashboardState, account_id: str) -> bytes:
    """The same page as PDF; it needs the extra `kaptui[pack]`. KaptuiError: it cannot be set."""
    from kaptui.pack.paper import brief_page
    from kaptui.pack.pdf import printed

    return printed(brief_page(state, _brief_page(portfolio, state, account_id)))


def slides(portfolio: Portfolio, state: DashboardState) -> bytes:
    """Ten slides from the Brief to the proposal, with charts and tables that can be edited.

    They need the extra `kaptui[pack]`.
    """
    from kaptui.pack.asked_together import AskedOnce
    from kaptui.pack.pages import screen_pages
    from kaptui.pack.slide_drawing import deck

    return deck(state, screen_pages(AskedOnce(portfolio), state))


def workbook(portfolio: Portfolio, state: DashboardState) -> bytes:
    """The pages of the screens as one Excel workbook, and the answers behind them, a sheet each."""
    from kaptui.pack.sheets import board_workbook

    return board_workbook(portfolio, state)


def _pages(
    portfolio: Portfolio, state: DashboardState, accounts: Sequence[str]
) -> tuple[list[Page], list[Page], Mapping[Number, Explanation]]:
    """The pages of the screens, those of the accounts, and why the key figures are what they are."""
    from concurrent.futures import ThreadPoolExecutor

    from kaptui.pack.asked_together import AskedOnce
    from kaptui.pack.explained import explanations
    from kaptui.pack.pages import account_pages, screen_pages

    chosen = chosen_accounts(portfolio, state, accounts)
    screens = screen_pages(AskedOnce(portfolio), state)
    with ThreadPoolExecutor(1) as pool:
        why = pool.submit(explanations, portfolio, state.filters, screens)
        return screens, account_pages(portfolio, state, chosen), why.result()


def _brief_page(portfolio: Portfolio, state: DashboardState, account_id: str) -> Page:
    from kaptui.pack.pages import account_pages

    return account_pages(portfolio, state, [account_id], whole=True)[0]


def chosen_accounts(portfolio: Portfolio, state: DashboardState, accounts: Sequence[str]) -> list[str]:
    """The ids of those with a page in the pack, each once, as `board` is told of them."""
    from kaptui.account_page.finding import find

    ids: list[str] = []
    for wanted in accounts:
        if wanted in (ATTENTION, ALL):
            question = "attention" if wanted == ATTENTION else "accounts"
            ids += portfolio.ask(question, state.filters)["account_id"].to_list() if state.matching else []
        else:
            ids.append(find(wanted, portfolio.matching(state.filters)))
    return list(dict.fromkeys(ids))
