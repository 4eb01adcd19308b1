"""The board pack: the views of the screens and of the account page as one HTML file, and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

__all__ = ["ALL", "ATTENTION", "board", "brief", "workbook"]

ATTENTION, ALL = "attention", "all"
"""Whose pages are in a pack: those of the accounts that need the director, or of all that the filter leaves."""


def board(portfolio: Portfolio, state: DashboardState, accounts: Sequence[str] = (ATTENTION,)) -> bytes:
    """The pack of what the filter leaves: the Brief, what is in it, a page per screen and per account.

    `accounts` says whose pages: ATTENTION, ALL, names or ids, one or several of them. UsageError: a name fits none
    of the accounts, or several.
    """
    from kaptui.pack.asked_together import AskedOnce
    from kaptui.pack.document import board_pack
    from kaptui.pack.explained import explanations
    from kaptui.pack.pages import account_pages, screen_pages

    chosen = _chosen(portfolio, state, accounts)
    screens = screen_pages(AskedOnce(portfolio), state)
    why = explanations(portfolio, state.filters, screens)
    return board_pack(state, screens, account_pages(portfolio, state, chosen), why)


def brief(portfolio: Portfolio, state: DashboardState, account_id: str) -> bytes:
    """The page of one account with every panel, for whoever meets the customer."""
    from kaptui.pack.document import account_brief
    from kaptui.pack.pages import account_pages

    return account_brief(state, account_pages(portfolio, state, [account_id], whole=True)[0])


def workbook(portfolio: Portfolio, state: DashboardState) -> bytes:
    """The answers behind the pack as one Excel workbook, a sheet each."""
    from kaptui.pack.sheets import board_workbook

    return board_workbook(portfolio, state)


def _chosen(portfolio: Portfolio, state: DashboardState, accounts: Sequence[str]) -> list[str]:
    """The ids of the accounts, each once, in the order in which they are asked for."""
    from kaptui.account_page.finding import find

    ids: list[str] = []
    for wanted in accounts:
        if wanted in (ATTENTION, ALL):
            question = "attention" if wanted == ATTENTION else "accounts"
            ids += portfolio.ask(question, state.filters)["account_id"].to_list() if state.matching else []
        else:
            ids.append(find(wanted, portfolio.matching(state.filters)))
    return list(dict.fromkeys(ids))
