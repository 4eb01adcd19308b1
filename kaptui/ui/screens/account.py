"""The account page. One account: is it in order, and what do I ask for?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from textual.dom import DOMNode
from textual.reactive import reactive

from kaptui.account_page import HEADLINE, TABS, Tab
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.ui.keys import Key, bindings
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.header import TabsLine
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.view_widget import ViewWidget

TAB_KEYS = tuple(f"tab.{tab.name}" for tab in TABS)
ELSEWHERE = "-elsewhere"
"""The class of a panel that stands on another tab."""


class AccountScreen(DashboardScreen):
    """An account of a list; `[` and `]` go through the list and keep the tab, Esc goes back to it.

    `opened_from` is where from. The panels of a tab are made when it is shown for the first time.
    """

    BINDINGS = bindings("account.previous", "account.next", *TAB_KEYS)
    CSS_PATH = "../styles/account.tcss"

    headline = HEADLINE

    showing: reactive[str] = reactive(TABS[0].name, init=False)

    def __init__(  # noqa: PLR0913, PLR0917 - where it stands in the list
        self, file: str, where: str, today: date, ids: Sequence[str], at: int, tabs: Iterable[Key] = ()
    ) -> None:
        super().__init__(file, where, today, tabs)
        self.opened_from = ""
        self._account = ids[at]
        self._ids = list(ids)
        self._at = at
        self._places = {tab.name: tab.first for tab in TABS}
        self._made = {TABS[0].name}
        self._here: list[Panel] = []

    # Tabs

    def make_panels(self) -> Iterable[Panel]:
        return self._panels_on(TABS[0])

    def _panels_on(self, tab: Tab) -> list[Panel]:
        panels = [Panel(replace(part, id=f"{tab.name}-{part.id}")) for part in tab.parts]
        for part, panel in zip(tab.parts, panels, strict=True):
            panel.add_class(f"on-{tab.name}", f"is-{part.id}")
            panel.layouts = self.services.layouts
        return panels

    @property
    def panels(self) -> list[Panel]:
        return self._here or self._panels

    async def action_tab(self, name: str) -> None:
        """Show another tab; the panel and the row that had the keyboard there have it again."""
        if name == self.showing:
            return
        self._places[self.showing] = self._current
        with self.app.batch_update():
            self.showing = name
            if name not in self._made:
                self._made.add(name)
                tab = next(one for one in TABS if one.name == name)
                panels = self._panels_on(tab)
                self._panels.extend(panels)
                await self.query_one("#body").mount_all(panels)
                self.watch_showing()
                self._hand_down()
            self._go_to(self._places[name])
        self.refresh_bindings()

    def watch_showing(self) -> None:
        headline = self.query_one("#headline")
        turned: list[DOMNode] = [self, self.query_one("#body"), headline, *headline.walk_children()]
        for panel in self._panels:
            away = not panel.has_class(f"on-{self.showing}")
            if away != panel.has_class(ELSEWHERE):
                panel.set_class(away, ELSEWHERE, update=False)
                turned.append(panel)
        self.update_classes({f"-tab-{tab.name}": tab.name == self.showing for tab in TABS}, update=False)
        # all that account.tcss says of a tab is about these; the screen has ten times as many widgets
        self.app.stylesheet.update_nodes(turned)
        self._here = [panel for panel in self._panels if not panel.has_class(ELSEWHERE)]
        self._current = self._places[self.showing]  # the tab before may have had more panels
        self.query_one(TabsLine).here = f"tab.{self.showing}"

    # The account

    def on_mount(self) -> None:
        super().on_mount()
        self.watch_showing()

    def scoped_state(self, state: DashboardState) -> DashboardState:
        account_id = self.account_id
        found = state.account_card.filter(state.account_card["account_id"] == account_id)
        self._account = found["name"][0] if found.height else account_id
        place = f"{self._at + 1} of {len(self._ids)}" if len(self._ids) > 1 else ""
        self.query_one(TabsLine).show_breadcrumb((*self.opened_from.split(" > "), self._account), place)
        return state.of_account(account_id)

    @property
    def account_id(self) -> str:
        """The account on the page."""
        return self._ids[self._at]

    @property
    def subject(self) -> str:
        return self.account_id

    @property
    def breadcrumb(self) -> str:
        return f"{self.opened_from} > {self._account}"

    @property
    def can_go_back(self) -> bool:
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self._ids) > 1 if action == "walk" else super().check_action(action, parameters)

    def action_walk(self, step: int) -> None:
        """Another account of the list; the ends hold."""
        place = max(0, min(self._at + step, len(self._ids) - 1))
        if place != self._at:
            self._at = place
            self.watch_state()

    def on_view_widget_filter_toggled(self, event: ViewWidget.FilterToggled) -> None:
        """A kind of event was chosen: the timeline shows only this kind, or all again."""
        name, _, kind = event.where.partition(":")
        if name == "kind":
            event.stop()
            events = self.query_one("#timeline-events", Panel)
            events.call_later(events.show_mode, f"Timeline: {kind}")  # what it asks is to come from the panel

    def stop(self) -> None:
        """A page that is slow is left as well: who went back does not ask for its numbers any more."""
        super().stop()
        if not self.applying:
            self.leave()

    def leave(self) -> None:
        self.dismiss(None)
