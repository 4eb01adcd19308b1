"""The dashboard: owns the filter and the open file; screens show, workers ask."""

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
from kaptui.ui.app_base import AppBase
from kaptui.ui.dashboard_state import DashboardState, settle
from kaptui.ui.error_boundary import ErrorBoundary, unexpected_error
from kaptui.ui.file_watcher import PAUSE, FileWatcher, new_remarks, trouble
from kaptui.ui.key_queue import KeyQueue
from kaptui.ui.keys import GENERAL, bindings, known, remapped
from kaptui.ui.process import CALM_AFTER, calm_down, end_on_signals, import_ahead, look_ahead
from kaptui.ui.query_scheduler import HOLD, QueryScheduler
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import SLOW, Panel
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.wording import clean

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
_IN_THE_BACKGROUND = ("ahead", "watch")
"""Threads whose work nobody waits for."""


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

    @dataclass
    class FiltersApplied(Message):
        """A filter holds; `state` is what it came to."""

        state: DashboardState

    @dataclass
    class FiltersRejected(Message):
        """A filter does not hold: an unknown field, an impossible date."""

        filters: Filters
        error: KaptuiError

    trouble: reactive[str] = reactive("", init=False, repaint=False)

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
        self._answers = QueryScheduler[Panel](self._tell)
        self._reader = FileWatcher(opener, watch, self._tell)
        self._watched = watch is not None
        self._file = name
        self._today = today or date.today()
        self._portfolio: Portfolio | None = None
        self._former: list[Portfolio] = []
        self._refused: Filters | None = None
        self.interrupted: Callable[[], bool] = lambda: False
        self._leaving = False
        self._ahead = False
        self._there = threading.Event()
        self._keys = KeyQueue(self, super().on_event)
        self.set_reactive(KaptuiApp.filters, filters)
        self.furnish(settings)
        for mode, place in SCREENS.items():
            self.add_mode(mode, partial(self._make_screen, place))

    # Start and end

    def read_ahead(self) -> None:
        """Begin to read the file before there is a screen; what comes of it is told when there is one."""
        self._ahead = True
        threading.Thread(target=self._reader.read).start()

    def on_mount(self) -> None:
        self._there.set()
        if not self.is_headless:
            end_on_signals(partial(self.call_later, self.action_quit))
        if self.interrupted():
            self.call_after_refresh(self.action_quit)
        if self.first_view is not None:
            self.call_after_refresh(self.show_as, self.first_view)
        self.complain()
        self.call_after_refresh(self._go_on)
        if self._watched:
            self.set_interval(PAUSE, self._look)

    def _go_on(self) -> None:
        """The first frame is on screen."""
        if not self._ahead:
            self._open()
        import_ahead()
        self.set_timer(CALM_AFTER, self._calm)

    def _calm(self) -> None:
        calm_down()
        if self._portfolio is not None and not self._leaving:
            modules = [*(place.partition(":")[0] for place in SCREENS.values()), "kaptui.ui.screens.account"]
            self._in_thread("ahead", partial(look_ahead, self._portfolio, self.filters, modules))

    def _make_screen(self, place: str) -> DashboardScreen:
        module, _, name = place.partition(":")
        screens = remapped(known({f"screen.{mode}" for mode in SCREENS}), self.config.keys)
        made = getattr(import_module(module), name)
        screen: DashboardScreen = made(self._file, self.filters.where, self._today, screens)
        screen.set_reactive(DashboardScreen.state, self.state)
        screen.layouts, screen.unread = self.layouts, self.unread
        return screen

    def release(self) -> None:
        """Stop what runs and let the file go."""
        self._leaving = self._reader.left = True
        self._there.set()
        self._answers.close()
        for portfolio in [*self._former, *([self._portfolio] if self._portfolio else [])]:
            portfolio.close()
        self._former, self._portfolio = [], None

    async def action_quit(self) -> None:
        self._leaving = self._reader.left = True
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
        self._in_thread("open", self._reader.read)

    def _look(self) -> None:
        self._in_thread("watch", self._reader.look)

    def _settle(self, portfolio: Portfolio, filters: Filters) -> None:
        if self._leaving or filters != self.filters:
            return
        try:
            self._tell(self.FiltersApplied(settle(portfolio, filters)))
        except KaptuiError as error:
            self._tell(self.FiltersRejected(filters, error))
        except Exception as error:  # noqa: BLE001 - the worker boundary
            self._tell(self.FiltersRejected(filters, unexpected_error(error)))

    @property
    def awaited(self) -> tuple[str, ...]:
        """What the dashboard waits for, in words; empty where nothing is read, settling, asked or held back."""
        settled = self.state is not None and self.state.filters == self.filters
        threads = (one.group for one in self.workers if not one.is_finished and one.group not in _IN_THE_BACKGROUND)
        screen = self.screen if isinstance(self.screen, DashboardScreen) else None
        told = {
            "the file": self._portfolio is None and self.unread is None,
            "the filter": self._portfolio is not None and not settled and self._refused != self.filters,
            "keys": self._keys.holds,
            "answers": self._answers.waiting,
            "typing": screen is not None and screen.typing,
            **{f"panel {panel.id}": panel.waiting for panel in (screen.all_panels if screen is not None else ())},
            **{f"thread {group}": True for group in threads},
        }
        return tuple(words for words, holds in told.items() if holds)

    def _tell(self, message: Message) -> None:
        self._there.wait()
        if not self._leaving:
            self.post_message(message)

    # What workers and screens say

    def on_file_watcher_opened(self, event: FileWatcher.Opened) -> None:
        if self._portfolio is not None and self._portfolio is not event.portfolio:
            self._former.append(self._portfolio)  # asked until the new one has a state
        self._portfolio, self.unread = event.portfolio, None
        for screen in self.dashboard_screens():
            screen.unread = None
        self._read_at = datetime.now()
        self.trouble = ""
        self._settle_again()

    def on_file_watcher_open_failed(self, event: FileWatcher.OpenFailed) -> None:
        if self._portfolio is None:
            self.unread = event.error
            for screen in self.dashboard_screens():
                screen.unread = event.error
                screen.fail(event.error)
            return
        if not self.trouble:
            self.notify(clean(event.error.message), severity="warning", markup=False)
        again = "retrying" if self._watched else "r retries"
        self.trouble = f"copy of {self._read_at:%H:%M}, {trouble(event.error)}, {again}"

    def watch_filters(self) -> None:
        self._refused = None
        self._settle_again()

    def _settle_again(self) -> None:
        if self._portfolio is not None:
            self._in_thread("settle", partial(self._settle, self._portfolio, self.filters))
            self.set_timer(SLOW, partial(self.admit_settling, self.filters))

    def on_kaptui_app_filters_applied(self, event: KaptuiApp.FiltersApplied) -> None:
        if event.state.filters == self.filters:
            if told := new_remarks(self.state, event.state):
                self.notify(told, severity="warning", markup=False)
            self.state = replace(event.state, undoable=self.undoable(event.state.filters.where))

    def on_kaptui_app_filters_rejected(self, event: KaptuiApp.FiltersRejected) -> None:
        if event.filters == self.filters:
            self._refused = event.filters
            for screen in self.dashboard_screens():
                screen.refuse(event.error)

    def watch_state(self, former: DashboardState | None, now: DashboardState | None) -> None:
        self._answers.begin(now)
        if former is not None and self._portfolio is not None:
            self._portfolio.interrupt()
        for screen in self.dashboard_screens():
            screen.state = now
        for portfolio in self._former:
            portfolio.close()
        self._former = []

    def on_panel_data_requested(self, event: Panel.DataRequested) -> None:
        if self._portfolio is not None:
            self._answers.take(self._portfolio, event.panel, event.source, event.state)

    async def on_query_scheduler_data_ready(self, event: QueryScheduler.DataReady) -> None:
        if event.complete:
            await self._deliver()
        else:
            self.set_timer(HOLD, self._deliver)

    async def _deliver(self) -> None:
        """Give every panel the reply that is ready for it, and draw them in one frame."""
        ready = self._answers.ready()
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
        self._answers.stop()
        if self._portfolio is not None:
            self._portfolio.interrupt()
        if self.state is not None:
            self.filters = self.state.filters

    # Keys

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            await self._keys.take(event)
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
        page.came = below.way
        page.set_reactive(DashboardScreen.state, self.state)
        page.layouts = self.layouts
        self.push_screen(page, lambda _: below.see(page.account_id))

    def action_refresh(self) -> None:
        self._open()
