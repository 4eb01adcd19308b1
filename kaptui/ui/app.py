"""The Textual app: it owns the one filter and the open file; screens show, workers ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.events import Event, Key
from textual.message import Message
from textual.reactive import reactive

from kaptui.config import Config
from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.text import clean
from kaptui.ui.app_base import AppBase
from kaptui.ui.dashboard_state import DashboardState, apply_filters
from kaptui.ui.error_boundary import ErrorBoundary, unexpected_error
from kaptui.ui.file_watcher import PAUSE, FileWatcher, file_problem, new_remarks
from kaptui.ui.key_queue import KeyQueue
from kaptui.ui.keys import GENERAL, OWN, bindings, known, remapped
from kaptui.ui.process import CALM_AFTER, calm_down, end_on_signals, import_ahead, look_ahead
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
OWN_QUESTIONS = "kaptui.ui.screens.own_questions:OwnQuestionsScreen"
"""The screen of a company's own questions; there is none where there are none."""
_IN_THE_BACKGROUND = ("ahead", "watch")
"""Threads whose work nobody waits for."""


class KaptuiApp(AppBase):
    """Opens the file, starts the workers, and knows the screens."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        f"styles/{name}.tcss" for name in ("shell", "panels", "overview", "dialogs")
    ]
    BINDINGS = bindings(*(f"screen.{mode}" for mode in SCREENS), OWN, *GENERAL)
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kaptui"
    DEFAULT_MODE = "overview"
    screen_names = tuple(SCREENS)

    @dataclass
    class FiltersApplied(Message):
        """A filter holds; `state` is what it came to."""

        state: DashboardState

    @dataclass
    class FiltersRejected(Message):
        """A filter does not hold: an unknown field, an impossible date."""

        filters: Filters
        error: KaptuiError

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
        self._scheduler = QueryScheduler[Panel](self._post_from_thread)
        self._file_watcher = FileWatcher(opener, watch, self._post_from_thread)
        self._watched = watch is not None
        self._file = name
        self._today = today or date.today()
        self._portfolio: Portfolio | None = None
        self._old_portfolios: list[Portfolio] = []
        self._rejected_filters: Filters | None = None
        self.interrupted: Callable[[], bool] = lambda: False
        self._quitting = False
        self._read_ahead = False
        self._mounted = threading.Event()
        self._key_queue = KeyQueue(self, super().on_event)
        self.set_reactive(KaptuiApp.filters, filters)
        self.apply_config(settings)
        for mode, place in SCREENS.items():
            self.add_mode(mode, partial(self._make_screen, place))
        self.add_mode(OWN, partial(self._make_screen, OWN_QUESTIONS))

    # Start and end

    def read_ahead(self) -> None:
        """Begin to read the file before there is a screen; what comes of it is told when there is one."""
        self._read_ahead = True
        threading.Thread(target=self._file_watcher.read).start()

    def on_mount(self) -> None:
        self._mounted.set()
        if not self.is_headless:
            end_on_signals(partial(self.call_later, self.action_quit))
        if self.interrupted():
            self.call_after_refresh(self.action_quit)
        if self.first_view is not None:
            self.call_after_refresh(self.show_as, self.first_view)
        self.show_config_problems()
        self.call_after_refresh(self._after_first_frame)
        if self._watched:
            self.set_interval(PAUSE, self._check_file)

    def _after_first_frame(self) -> None:
        """The first frame is on screen."""
        if not self._read_ahead:
            self._open()
        import_ahead()
        self.set_timer(CALM_AFTER, self._end_of_start)

    def _end_of_start(self) -> None:
        calm_down()
        if self._portfolio is not None and not self._quitting:
            modules = [*(place.partition(":")[0] for place in SCREENS.values()), "kaptui.ui.screens.account"]
            self._in_thread("ahead", partial(look_ahead, self._portfolio, self.filters, modules))

    def _make_screen(self, place: str) -> DashboardScreen:
        module, _, name = place.partition(":")
        screens = remapped(known({*(f"screen.{mode}" for mode in SCREENS), OWN}), self.config.keys)
        made = getattr(import_module(module), name)
        screen: DashboardScreen = made(self._file, self.filters.where, self._today, screens)
        screen.set_reactive(DashboardScreen.state, self.state)
        screen.layouts, screen.open_error = self.layouts, self.open_error
        return screen

    def close_portfolios(self) -> None:
        """Stop what runs and let the file go."""
        self._quitting = self._file_watcher.left = True
        self._mounted.set()
        self._scheduler.close()
        for portfolio in [*self._old_portfolios, *([self._portfolio] if self._portfolio else [])]:
            portfolio.close()
        self._old_portfolios, self._portfolio = [], None

    async def action_quit(self) -> None:
        self._quitting = self._file_watcher.left = True
        if self._portfolio is not None:
            self._portfolio.interrupt()
            # else whoever waits for his turn would begin a query now; `release` waits for it to be done
            threading.Thread(target=self._portfolio.close, daemon=True).start()
        self.exit()

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        if self._portfolio is None:
            raise KaptuiError("no file is open", "r reads it again.")
        return self._portfolio.ask(question, filters)

    def explain(self, measure: str, filters: Filters, account_id: str, item: str) -> pl.DataFrame:
        if self._portfolio is None:
            raise KaptuiError("no file is open", "r reads it again.")
        return self._portfolio.explain(measure, filters, account_id, item)

    # Workers: they compute and post, and touch no widget

    def _in_thread(self, group: str, work: Callable[[], None]) -> None:
        self.run_worker(work, group=group, thread=True, exit_on_error=False)

    def _open(self) -> None:
        self._in_thread("open", self._file_watcher.read)

    def _check_file(self) -> None:
        self._in_thread("watch", self._file_watcher.look)

    def _apply_filters(self, portfolio: Portfolio, filters: Filters) -> None:
        if self._quitting or filters != self.filters:
            return
        try:
            self._post_from_thread(self.FiltersApplied(apply_filters(portfolio, filters)))
        except KaptuiError as error:
            self._post_from_thread(self.FiltersRejected(filters, error))
        except Exception as error:  # noqa: BLE001 - the worker boundary
            self._post_from_thread(self.FiltersRejected(filters, unexpected_error(error)))

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """What the dashboard waits for, in words; empty where nothing is read, applied, asked or held back."""
        settled = self.state is not None and self.state.filters == self.filters
        threads = (one.group for one in self.workers if not one.is_finished and one.group not in _IN_THE_BACKGROUND)
        screen = self.screen if isinstance(self.screen, DashboardScreen) else None
        waits = {
            "the file": self._portfolio is None and self.open_error is None,
            "the filter": self._portfolio is not None and not settled and self._rejected_filters != self.filters,
            "keys": self._key_queue.holds,
            "answers": self._scheduler.waiting,
            "typing": screen is not None and screen.typing,
            **{f"panel {panel.id}": panel.waiting for panel in (screen.all_panels if screen is not None else ())},
            **{f"thread {group}": True for group in threads},
        }
        return tuple(words for words, holds in waits.items() if holds)

    def _post_from_thread(self, message: Message) -> None:
        self._mounted.wait()
        if not self._quitting:
            self.post_message(message)

    # What workers and screens say

    def on_file_watcher_opened(self, event: FileWatcher.Opened) -> None:
        if self._portfolio is not None and self._portfolio is not event.portfolio:
            self._old_portfolios.append(self._portfolio)  # asked until the new one has a state
        self._portfolio, self.open_error = event.portfolio, None
        for screen in self.dashboard_screens():
            screen.open_error = None
        self._read_at = datetime.now()
        self.file_problem = ""
        self._apply_filters_again()

    def on_file_watcher_open_failed(self, event: FileWatcher.OpenFailed) -> None:
        if self._portfolio is None:
            self.open_error = event.error
            for screen in self.dashboard_screens():
                screen.open_error = event.error
                screen.fail(event.error)
            return
        if not self.file_problem:
            self.notify(clean(event.error.message), severity="warning", markup=False)
        again = "retrying" if self._watched else "r retries"
        self.file_problem = f"copy of {self._read_at:%H:%M}, {file_problem(event.error)}, {again}"

    def watch_filters(self) -> None:
        self._rejected_filters = None
        self._apply_filters_again()

    def _apply_filters_again(self) -> None:
        if self._portfolio is not None:
            self._in_thread("filters", partial(self._apply_filters, self._portfolio, self.filters))
            self.set_timer(SLOW, partial(self.show_applying, self.filters))

    def on_kaptui_app_filters_applied(self, event: KaptuiApp.FiltersApplied) -> None:
        if event.state.filters == self.filters:
            if remarks := new_remarks(self.state, event.state):
                self.notify(remarks, severity="warning", markup=False)
            self.state = replace(event.state, undoable=self.undoable(event.state.filters.where))

    def on_kaptui_app_filters_rejected(self, event: KaptuiApp.FiltersRejected) -> None:
        if event.filters == self.filters:
            self._rejected_filters = event.filters
            for screen in self.dashboard_screens():
                screen.reject(event.error)

    def watch_state(self, former: DashboardState | None, now: DashboardState | None) -> None:
        self._scheduler.begin(now)
        if former is not None and self._portfolio is not None:
            self._portfolio.interrupt()
        for screen in self.dashboard_screens():
            screen.state = now
        for portfolio in self._old_portfolios:
            portfolio.close()
        self._old_portfolios = []

    def on_panel_data_requested(self, event: Panel.DataRequested) -> None:
        if self._portfolio is not None:
            self._scheduler.take(self._portfolio, event.panel, event.source, event.state)

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
                        self.mistakes.append(error)
                        panel.post_message(ErrorBoundary.Failed(error))

    def on_dashboard_screen_stop_requested(self) -> None:
        """Stop what runs; a filter or a date that is still being applied gives way to what is on screen."""
        self._scheduler.stop()
        if self._portfolio is not None:
            self._portfolio.interrupt()
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
        self._open()
