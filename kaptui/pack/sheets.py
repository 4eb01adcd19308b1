"""The pack as a workbook: a sheet for each screen with its charts, all accounts, and the answers behind the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaptui.export import Answer
from kaptui.export.sheets import about, sheets
from kaptui.export.workbook import workbook
from kaptui.pack.asked_together import AskedOnce
from kaptui.pack.explained import rules_behind
from kaptui.pack.pages import screen_pages, shown_modes
from kaptui.pack.screen_sheets import drawn
from kaptui.pack.sheet_charts import DATA, ChartData

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

FIRST = ("accounts",)
"""Questions that no page shows as they are, and whoever works with the numbers wants first."""


def board_workbook(portfolio: Portfolio, state: DashboardState) -> bytes:
    """The Brief and the other screens, all accounts, every answer behind the screens in their order, and "About"."""
    asked = AskedOnce(portfolio)
    questions = dict.fromkeys([*FIRST, *(mode.question for mode in shown_modes())])
    filters, context = state.filters, state.context
    answers = [Answer(one, filters, context, state.file, asked.ask(one, filters)) for one in questions]
    pages, data = screen_pages(asked, state), ChartData()
    names = {str(key): str(name) for key, name in state.account_card.select("account_id", "name").iter_rows()}
    said = ("Screens", f"{', '.join(one.title for one in pages)}: as on the pages of the pack, with their charts")
    lines = about(answers)
    rules = [(", ".join(one.names), one.text) for one in dict.fromkeys(rules_behind(pages).values())]
    return workbook(
        sheets(answers),
        [
            *lines[:1],
            said,
            *lines[1:],
            (),
            ("Rules", "behind the numbers; … stands for what the file says there"),
            *rules,
        ],
        opening=[(one.title, drawn(one, state, data, names)) for one in pages],
        closing=[(DATA, data.draw)],
    )
