"""The pack as a workbook: the answers behind its pages, a sheet each, for whoever wants to work with the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaptui.export import Answer, content
from kaptui.pack.pages import shown_modes

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

MORE = ("accounts",)
"""Questions that no page shows as they are, and whoever works with the numbers wants."""


def board_workbook(portfolio: Portfolio, state: DashboardState) -> bytes:
    """The Brief and its decisions first, then every list of the screens in their order, all accounts, and "About"."""
    questions = dict.fromkeys([*(mode.question for mode in shown_modes()), *MORE])
    filters, context = state.filters, state.context
    answers = [Answer(one, filters, context, state.file, portfolio.ask(one, filters)) for one in questions]
    return content(answers, "xlsx")
