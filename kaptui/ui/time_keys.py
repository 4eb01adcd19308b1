"""The keys that choose time and basis; every panel, the sentence and the export follow the filters they set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual.reactive import reactive

from kaptui.filters import Basis, Filters
from kaptui.text import day
from kaptui.ui.choice import Choice
from kaptui.ui.dashboard_state import DashboardState
from kaptui.ui.error_boundary import AppErrorBoundary
from kaptui.ui.textual_internals import GuardedApp
from kaptui.ui.widgets.view_widget import ViewWidget

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode


class TimeKeys(GuardedApp):
    """The part of the app that answers `d`, `t`, `b` and As of."""

    filters: reactive[Filters] = reactive(Filters(), init=False, repaint=False)
    state: reactive[DashboardState | None] = reactive(None, init=False, repaint=False)

    def __init__(self) -> None:
        self.error_boundary = AppErrorBoundary()
        super().__init__(self.error_boundary)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        done = super().run_action(action, default_namespace, namespaces)
        return await self.error_boundary.guard(done, default_namespace)

    def action_basis(self) -> None:
        if self.state is not None:
            other: Basis = "gross" if self.state.context.basis == "contribution" else "contribution"
            self.filters = replace(self.filters, basis=other)

    def action_window(self) -> None:
        self.filters = replace(self.filters, window="ytd" if self.filters.window == "ttm" else "ttm")

    def action_rates(self) -> None:
        self.filters = replace(self.filters, rates="constant" if self.filters.rates == "monthly" else "monthly")

    def action_compare(self) -> None:
        from kaptui.ui.screens.compare import CompareMenu, with_since

        def compare_with(choice: Choice | None) -> None:
            if choice is not None:
                self.filters = with_since(self.filters, choice.value)

        if self.state is not None:
            self.push_screen(CompareMenu(self.state), compare_with)

    def action_as_of(self) -> None:
        from kaptui.ui.screens.compare import AsOfMenu

        def of_day(choice: Choice | None) -> None:
            if choice is not None:
                self._look_back_from(choice.value)

        if self.state is not None:
            self.push_screen(AsOfMenu(self.state, date.today()), of_day)

    def on_view_widget_date_selected(self, event: ViewWidget.DateSelected) -> None:
        """A month was chosen: its last day becomes the day the numbers are of."""
        if self.state is not None and event.day != self.state.context.as_of:
            self._look_back_from(event.day.isoformat())
            self.notify(f"As of {day(event.day)}. D chooses another day, or the default.", markup=False)

    def _look_back_from(self, value: str) -> None:
        from kaptui.ui.screens.compare import BACK_TO_DEFAULT, with_as_of

        if self.state is None:
            return
        former = self.filters
        self.filters = with_as_of(former, value, self.state.context.since)
        if self.filters.since != former.since:
            self.notify(BACK_TO_DEFAULT)
