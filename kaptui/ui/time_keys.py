"""The keys that choose time and basis; every panel, the sentence and the export follow the filters they set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual.app import App
from textual.reactive import reactive

from kaptui.filters import Basis, Filters
from kaptui.ui.situation import Situation

if TYPE_CHECKING:
    from kaptui.ui.screens.finder import Choice


class TimeKeys(App[None]):
    """The part of the app that answers `d`, `t`, `b` and As of."""

    filters: reactive[Filters] = reactive(Filters(), init=False)
    situation: reactive[Situation | None] = reactive(None, init=False)

    def action_basis(self) -> None:
        if self.situation is not None:
            other: Basis = "gross" if self.situation.context.basis == "contribution" else "contribution"
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

        if self.situation is not None:
            self.push_screen(CompareMenu(self.situation), compare_with)

    def action_as_of(self) -> None:
        from kaptui.ui.screens.compare import BACK_TO_DEFAULT, AsOfMenu, with_as_of

        def of_day(choice: Choice | None) -> None:
            if choice is None or self.situation is None:
                return
            former = self.filters
            self.filters = with_as_of(former, choice.value, self.situation.context.since)
            if self.filters.since != former.since:
                self.notify(BACK_TO_DEFAULT)

        if self.situation is not None:
            self.push_screen(AsOfMenu(self.situation, date.today()), of_day)
