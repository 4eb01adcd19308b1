"""The Textual app: it owns the one filter and the open file; screens show, workers ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.events import Event, Key
from textual.reactive import reactive

from kaptui.config import Config
from kaptui.filters import Filters
from kaptui.text import clean
from kaptui.ui.app_base import AppBase
from kaptui.ui.dashboard_state import DashboardState
from kaptui.ui.file_watcher import PAUSE, FileWatcher, new_remarks
from kaptui.ui.key_queue import KeyQueue
from kaptui.ui.keys import GENERAL, bindings, known, remapped
from kaptui.ui.portfolio_session import IN_THE_BACKGROUND, PortfolioSession
from kaptui.ui.process import CALM_AFTER, calm_down, end_on_signals, import_ahead
from kaptui.ui.query_scheduler import HOLD, QueryScheduler
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import SLOW, Panel
from kaptui.ui.widgets.view_widget import ViewWidget

if TYPE_CHECKING:
    import polars as pl

    from kaptui.portfolio import Portfolio

SCREENS: Mapping[str, str] = {
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


class KaptuiApp(AppBase):
    """Opens the file, starts the workers, and knows the screens."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        f"styles/{name}.tcss" for name in ("shell", "panels", "overview", "dialogs")
    ]
    BINDINGS = bindings(*(f"screen.{mode}" for mode in SCREENS), *GENERAL)
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kaptui"
    DEFAULT_MODE = "overview"
    screen_names = tuple(SCREENS)

    file_problem: reactive[str] = reactive("", init=False, repaint=False)

    def __init__(  # noqa: PLR0913, PLR0917 - what the dashboard is made of
        self,
        opener: Callable[[], Portfolio],
        name: str,
        filters: Filters,
        today: date | None = None,
        watch: Path | None = None,
        settings: Config = Config(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__()
        self.session = PortfolioSession(opener, watch, self.post_message, self._in_thread)
        self._scheduler = QueryScheduler[Panel](self.session.post)
        self._file = name
        self._today = today or date.today()
        self.interrupted: Callable[[], bool] = lambda: False
        self._key_queue = KeyQueue(self, super().on_event)
        self.set_reactive(KaptuiApp.filters, filters)
        self.apply_config(settings)
        for mode, place in SCREENS.items():
            self.add_mode(mode, partial(self._make_screen, place))

    # Start and end

    def on_mount(self) -> None:
        self.session.listen()
        if not self.is_headless:
            end_on_signals(partial(self.call_later, self.action_quit))
        if self.interrupted():
            self.call_after_refresh(self.action_quit)
        if self.first_view is not None:
            self.call_after_refresh(self.show_as, self.first_view)
        self.show_config_problems()
        self.call_after_refresh(self._after_first_frame)
        if self.session.watched:
            self.set_interval(PAUSE, self.session.look)

    def _after_first_frame(self) -> None:
        """The first frame is on screen."""
        self.session.begin()
        import_ahead()
        self.set_timer(CALM_AFTER, self._end_of_start)

    def _end_of_start(self) -> None:
        calm_down()
        modules = [*(place.partition(":")[0] for place in SCREENS.values()), "kaptui.ui.screens.account"]
        self.session.prepare(self.filters, modules)

    def _make_screen(self, place: str) -> DashboardScreen:
        module, _, name = place.partition(":")
        screens = remapped(known({f"screen.{mode}" for mode in SCREENS}), self.config.keys)
        made = getattr(import_module(module), name)
        screen: DashboardScreen = made(self._file, self.filters.where, self._today, screens)
        screen.set_reactive(DashboardScreen.state, self.state)
        screen.layouts, screen.open_error = self.layouts, self.open_error
        return screen

    def close_portfolios(self) -> None:
        """Stop what runs and let the file go."""
        self._scheduler.close()
        self.session.close()

    async def action_quit(self) -> None:
        self.session.leave()
        self.exit()

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        return self.session.ask(question, filters)

    def explain(self, measure: str, filters: Filters, account_id: str, item: str) -> pl.DataFrame:
        return self.session.explain(measure, filters, account_id, item)

    def _in_thread(self, group: str, work: Callable[[], None]) -> None:
        self.run_worker(work, group=group, thread=True, exit_on_error=False)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """What the dashboard waits for, in words; empty where nothing is read, applied, asked or held back."""
        threads = (one.group for one in self.workers if not one.is_finished and one.group not in IN_THE_BACKGROUND)
        screen = self.screen if isinstance(self.screen, DashboardScreen) else None
        waits = {
            **self.session.waits_for(self.filters, self.state),
            "keys": self._key_queue.holds,
            "answers": self._scheduler.waiting,
            "typing": screen is not None and screen.typing,
            **{f"panel {panel.id}": panel.waiting for panel in (screen.all_panels if screen is not None else ())},
            **{f"thread {group}": True for group in threads},
        }
        return tuple(words for words, holds in waits.items() if holds)

    # What the file and the one filter come to

    def on_file_watcher_opened(self, event: FileWatcher.Opened) -> None:
        self.session.take(event.portfolio)
        self.open_error = None
        for screen in self.dashboard_screens():
            screen.open_error = None
        self.file_problem = self.session.file_problem
        self._apply_filters()

    def on_file_watcher_open_failed(self, event: FileWatcher.OpenFailed) -> None:
        self.session.fail(event.error)
        self.open_error = self.session.open_error
        if self.session.portfolio is None:
            for screen in self.dashboard_screens():
                screen.open_error = event.error
                screen.fail(event.error)
        elif not self.file_problem:
            self.notify(clean(event.error.message), severity="warning", markup=False)
        self.file_problem = self.session.file_problem

    def watch_filters(self) -> None:
        self._apply_filters()

    def _apply_filters(self) -> None:
        self.session.apply(self.filters)
        if self.session.portfolio is not None:
            self.set_timer(SLOW, partial(self.show_applying, self.filters))

    def on_portfolio_session_filters_applied(self, event: PortfolioSession.FiltersApplied) -> None:
        if event.state.filters == self.filters:
            if remarks := new_remarks(self.state, event.state):
                self.notify(remarks, severity="warning", markup=False)
            self.state = replace(event.state, undoable=self.undoable(event.state.filters.where))

    def on_portfolio_session_filters_rejected(self, event: PortfolioSession.FiltersRejected) -> None:
        if event.filters == self.filters:
            self.session.reject(event.filters)
            for screen in self.dashboard_screens():
                screen.reject(event.error)

    def watch_state(self, former: DashboardState | None, now: DashboardState | None) -> None:
        self._scheduler.begin(now)
        if former is not None:
            self.session.interrupt()
        for screen in self.dashboard_screens():
            screen.state = now
        self.session.close_former()

    # What panels ask

    def on_panel_data_requested(self, event: Panel.DataRequested) -> None:
        if self.session.portfolio is not None:
            self._scheduler.take(self.session.portfolio, event.panel, event.source, event.state)

    async def on_query_scheduler_data_ready(self, event: QueryScheduler.DataReady) -> None:
        if event.complete:
            await self._deliver()
        else:
            self.set_timer(HOLD, self._deliver)

    async def _deliver(self) -> None:
        """Give every panel the reply that is ready for it, and draw them in one frame."""
        ready = self._scheduler.ready()
        if ready:
            with self.batch_update():
                for panel, reply in ready:
                    try:
                        await panel.take(reply)
                    except Exception as error:  # noqa: BLE001 - the border of a panel
                        self.error_boundary.fail(panel, error)

    def on_dashboard_screen_stop_requested(self) -> None:
        """Stop what runs; a filter or a date that is still being applied gives way to what is on screen."""
        self._scheduler.stop()
        self.session.interrupt()
        if self.state is not None:
            self.filters = self.state.filters

    # Keys

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            await self._key_queue.take(event)
        else:
            await super().on_event(event)

    def action_go(self, mode: str) -> None:
        self.switch_mode(mode)

    def on_view_widget_account_selected(self, event: ViewWidget.AccountSelected) -> None:
        once = list(dict.fromkeys(event.ids))  # an account may have many rows
        self.open_account(once, once.index(event.ids[event.at]))

    def open_account(self, ids: list[str], at: int) -> None:
        """Put the page of account number `at` of `ids` on top."""
        from kaptui.ui.screens.account import TAB_KEYS, AccountScreen

        below = self.dashboard_screens()[-1]
        tabs = remapped(known(set(TAB_KEYS)), self.config.keys)
        page = AccountScreen(self._file, self.filters.where, self._today, ids, at, tabs)
        page.opened_from = below.breadcrumb
        page.set_reactive(DashboardScreen.state, self.state)
        page.layouts = self.layouts
        self.push_screen(page, lambda _: below.highlight_account(page.account_id))

    def action_refresh(self) -> None:
        self.session.refresh()
