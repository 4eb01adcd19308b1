"""Which screens there are, and how each is made when it is first shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.ui.keys import OWN, known, remapped
from kaptui.ui.services import Services

if TYPE_CHECKING:
    from kaptui.ui.screens.account import AccountScreen
    from kaptui.ui.screens.base import DashboardScreen

SCREENS: Mapping[str, str] = {
    "brief": "kaptui.ui.screens.brief:BriefScreen",
    "overview": "kaptui.ui.screens.overview:OverviewScreen",
    "factors": "kaptui.ui.screens.factors:FactorsScreen",
    "value": "kaptui.ui.screens.value:ValueScreen",
    "sponsors": "kaptui.ui.screens.sponsors:SponsorsScreen",
    "plans": "kaptui.ui.screens.plans:PlansScreen",
    "changes": "kaptui.ui.screens.changes:ChangesScreen",
}
"""Mode -> module:class of its screen, imported when it is first shown: a start pays only for the screen it shows.

A screen names its own style sheet (`CSS_PATH = "../styles/<mode>.tcss"`), read with it.
"""
OWN_QUESTIONS = "kaptui.ui.screens.own_questions:OwnQuestionsScreen"
"""The screen of a company's own questions; there is none where there are none."""
MODULES = [*(place.partition(":")[0] for place in SCREENS.values()), "kaptui.ui.screens.account"]
"""The modules of all screens, to be imported ahead."""


class ScreenFactory:
    """Makes screens over the `file` of this name, with what all of them share."""

    def __init__(self, file: str, today: date, services: Services) -> None:
        self._file, self._today, self._services = file, today, services

    def make(self, place: str, where: str, state: DashboardState | None) -> DashboardScreen:
        """The screen at `module:class`, under the filter that holds."""
        module, _, name = place.partition(":")
        screens = remapped(known({*(f"screen.{mode}" for mode in SCREENS), OWN}), self._services.config.keys)
        screen: DashboardScreen = getattr(import_module(module), name)(self._file, where, self._today, screens)
        screen.equip(self._services, state)
        return screen

    def page(
        self, ids: list[str], at: int, opened_from: str, where: str, state: DashboardState | None
    ) -> AccountScreen:
        """The page of account number `at` of `ids`; `opened_from` says where the reader came from."""
        from kaptui.ui.screens.account import TAB_KEYS, AccountScreen

        tabs = remapped(known(set(TAB_KEYS)), self._services.config.keys)
        page = AccountScreen(self._file, where, self._today, ids, at, tabs)
        page.opened_from = opened_from
        page.equip(self._services, state)
        return page
