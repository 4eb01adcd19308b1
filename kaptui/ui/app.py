"""The Textual app: it owns the one filter and holds the open portfolio; screens show, workers ask.

More than 350 lines because it answers every message that changes the filter or the file, and most take three lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.events import Event, Key
from textual.reactive import reactive
from textual.widget import AwaitMount

from kaptui.config import Config
from kaptui.errors import UsageError
from kaptui.filters import Filters
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import clean, day
from kaptui.ui.cover import SETTLED, Cover
from kaptui.ui.error_boundary import AppErrorBoundary
from kaptui.ui.file_watcher import PAUSE, FileWatcher, new_remarks
from kaptui.ui.filter_controller import FilterController, with_as_of, with_other, with_setting, with_since
from kaptui.ui.key_queue import KeyQueue
from kaptui.ui.keys import LEAVING, OWN, bindings
from kaptui.ui.portfolio_session import IN_THE_BACKGROUND, PortfolioSession
from kaptui.ui.process import CALM_AFTER, calm_down, employ_workers, end_on_signals, import_ahead
from kaptui.ui.query_scheduler import HOLD, QueryScheduler
from kaptui.ui.screen_factory import MODULES, OWN_QUESTIONS, SCREENS, ScreenFactory
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.dialogs import Dialogs
from kaptui.ui.services import Services
from kaptui.ui.textual_internals import CachedStylesheet, GuardedApp
from kaptui.ui.themes import themes
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.first_start import FirstStart
from kaptui.ui.widgets.panel import SLOW, Panel
from kaptui.ui.widgets.table.table_layout import Layout
from kaptui.ui.widgets.view_widget import ViewWidget

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from kaptui.portfolio import Portfolio
    from kaptui.saved_views import SavedView

BACK_TO_DEFAULT = "The comparison was not before the new as-of: back to the default."


class KaptuiApp(GuardedApp):
    """Sets the one `filters`; nobody else does. It knows the screens, and hands down to them what a filter came to.

    Everything else is held: `session` has the portfolio, `services` is what all screens share, `error_boundary`
    deals with errors. `first_view` is a saved view to begin with, `interrupted` tells whether the reader wanted to
    leave before there was a dashboard.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        f"styles/{name}.tcss" for name in ("shell", "panels", "overview", "dialogs")
    ]
    BINDINGS = bindings(*(f"screen.{mode}" for mode in SCREENS), OWN, *LEAVING)
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kaptui"
    DEFAULT_MODE = "overview"

    filters: reactive[Filters] = reactive(Filters(), init=False, repaint=False)
    state: reactive[DashboardState | None] = reactive(None, init=False, repaint=False)
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
        self.error_boundary = AppErrorBoundary()
        super().__init__(self.error_boundary)
        self.session = PortfolioSession(opener, watch, self.post_message, self._in_thread)
        self.services = Services(self.session)
        self.first_view: SavedView | None = None
        self.interrupted: Callable[[], bool] = lambda: False
        self._scheduler = QueryScheduler[Panel](self.session.post)
        self._filter_controller = FilterController()
        self._cover = Cover(self, self.services, lambda: self._scheduler.waiting)
        self._key_queue = KeyQueue(self, self._cover.handing_on(super().on_event), self._cover.must_wait)
        self._factory = ScreenFactory(name, today or date.today(), self.services)
        self.set_reactive(KaptuiApp.filters, filters)
        self.services.open_question = partial(self.call_next, self.action_questions)
        self.apply_config(settings)
        for mode, place in SCREENS.items():
            self.add_mode(mode, partial(self._make_screen, place))
        self.add_mode(OWN, partial(self._make_screen, OWN_QUESTIONS))

    def apply_config(self, config: Config) -> None:
        """Take theme and keys from the reader's config."""
        self.services.config = config
        names = [theme.name for theme in themes()]
        for theme in themes(self.no_color):
            self.register_theme(theme)
        self.theme = next(one for one in (config.chosen, config.theme, names[0]) if one in names)
        self.stylesheet = CachedStylesheet(variables=self.get_css_variables())
        self.set_keymap(dict(config.keys))

    # Start and end

    def on_mount(self) -> None:
        self.session.listen()
        if not self.is_headless:
            end_on_signals(partial(self.call_later, self.action_quit))
            employ_workers()
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))  # a shell wrote over the screen
        if self.interrupted():
            self.call_after_refresh(self.action_quit)
        if self.first_view is not None:
            self.call_after_refresh(self._show_as, self.first_view)
        for problem in self.services.config.problems:
            self.notify(clean(problem), title="Config", severity="warning", markup=False, timeout=10)
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
        if self.session.open_error is None and (self.state is None or self._scheduler.waiting):
            self.set_timer(CALM_AFTER, self._end_of_start)  # not before the first screen is filled
            return
        self.session.prepare(self.filters, MODULES, self._cover.keep)

    async def action_quit(self) -> None:
        self.session.leave()
        self.exit()

    def close_portfolios(self) -> None:
        """Stop what runs and let the file go."""
        self._scheduler.close()
        self.session.close()

    # Screens

    def _make_screen(self, place: str) -> DashboardScreen:
        screen = self._factory.make(place, self.filters.where, self.state)
        screen.ready_for(self)
        return screen

    def dashboard_screens(self) -> list[DashboardScreen]:
        """The screens of panels, the one on top last."""
        return [screen for screen in self.screen_stack if isinstance(screen, DashboardScreen)]

    async def action_go(self, mode: str) -> None:
        await self.switch_mode(mode)
        for screen in self.dashboard_screens():
            screen.opened_by = None

    async def action_questions(self, name: str = "") -> None:
        """Go to a company's own questions, to the one of this name; Esc leads back here."""
        from kaptui.ui.screens.own_questions import OwnQuestionsScreen

        here = self.current_mode
        await self.switch_mode(OWN)
        for screen in self.dashboard_screens():
            if isinstance(screen, OwnQuestionsScreen):
                screen.opened_from = here if here != OWN else screen.opened_from
                screen.show_own(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "questions":
            return bool(self.state and self.state.own_questions) and self.current_mode != OWN
        return super().check_action(action, parameters)

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to another screen; what was settled while it was away holds there too.

        A company's own question that is slow is stopped: one that never ends would keep all others waiting.
        """
        for screen in self.dashboard_screens():
            if screen.tab == OWN and mode != OWN and screen.slow:
                screen.wait_no_longer()
                self.on_dashboard_screen_stop_requested()
        done = super().switch_mode(mode)
        for screen in self.dashboard_screens():
            screen.state = self.state
        return done

    def on_view_widget_account_selected(self, event: ViewWidget.AccountSelected) -> None:
        once = list(dict.fromkeys(event.ids))  # an account may have many rows
        self.open_account(once, once.index(event.ids[event.at]))

    def open_account(self, ids: list[str], at: int) -> None:
        """Put the page of account number `at` of `ids` on top."""
        below = self.dashboard_screens()[-1]
        page = self._factory.page(ids, at, below.breadcrumb, self.filters.where, self.state)
        page.ready_for(self)
        self.push_screen(page, lambda _: below.highlight_account(page.account_id))

    # The one filter

    def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        self.filters = self._filter_controller.typed(self.filters, event.where)

    async def on_view_widget_filter_toggled(self, event: ViewWidget.FilterToggled) -> None:
        controller, here = self._filter_controller, self.current_mode
        change = controller.narrowed if event.screen else controller.toggled
        try:
            self.filters = change(self.filters, event.where)
        except UsageError as error:
            self.dashboard_screens()[-1].dialogs.show_error(error)
            return
        if event.screen:
            await self.switch_mode(event.screen)
            screen = self.dashboard_screens()[0]
            screen.opened_by = (here, event.where)
            screen.show_evidence(event.question)

    async def on_dashboard_screen_filter_undone(self, event: DashboardScreen.FilterUndone) -> None:
        if event.back_to is None or self._filter_controller.undoable(self.filters.where) == event.back_to[1]:
            self.filters = self._filter_controller.undone(self.filters)
        if event.back_to is not None:
            await self.action_go(event.back_to[0])

    def on_dialogs_setting_chosen(self, event: Dialogs.SettingChosen) -> None:
        context = self.state.context if self.state is not None else None
        if event.value:
            self.filters = with_setting(self.filters, event.setting, event.value)
        else:
            self.filters = with_other(self.filters, event.setting, context)

    def on_dialogs_since_chosen(self, event: Dialogs.SinceChosen) -> None:
        self.filters = with_since(self.filters, event.value)

    def on_dialogs_as_of_chosen(self, event: Dialogs.AsOfChosen) -> None:
        self._look_back_from(event.value)

    def on_view_widget_date_selected(self, event: ViewWidget.DateSelected) -> None:
        """A month was chosen: its last day becomes the day the numbers are of."""
        if self.state is not None and event.day != self.state.context.as_of:
            self._look_back_from(event.day.isoformat())
            self.notify(f"As of {day(event.day)}. D chooses another day, or the default.", markup=False)

    def _look_back_from(self, value: str) -> None:
        if self.state is None:
            return
        former = self.filters
        self.filters = with_as_of(former, value, self.state.context.since)
        if self.filters.since != former.since:
            self.notify(BACK_TO_DEFAULT)

    def on_dialogs_view_chosen(self, event: Dialogs.ViewChosen) -> None:
        self.filters = event.view.filters
        self.call_next(self._show_as, event.view)

    async def _show_as(self, view: SavedView) -> None:
        """Go to the screen of a view, away from an account, and show its list as the view does."""
        if view.screen in SCREENS:
            for page in self.dashboard_screens()[1:]:
                await page.dismiss()
            if view.screen != self.current_mode:
                await self.switch_mode(view.screen)
        if view.question:
            name, _, way = view.sort.partition(":")
            layout = Layout((name, way == "desc") if name else None, view.columns)
            self.dashboard_screens()[0].show_question(view.question, layout)

    def on_filter_bar_save_view_requested(self) -> None:
        """What is on screen is to be saved; it asks for a name."""
        screens = self.dashboard_screens()
        mode = self.current_mode if self.current_mode in SCREENS else ""
        screens[-1].dialogs.save_view(self.filters, mode, screens[0].list_panel.source)

    # What the file and the filter come to

    def action_refresh(self) -> None:
        self.session.refresh()

    def on_file_watcher_opened(self, event: FileWatcher.Opened) -> None:
        self.session.take(event.portfolio)
        self.file_problem = self.session.file_problem
        self.watch_filters()

    async def on_file_watcher_open_failed(self, event: FileWatcher.OpenFailed) -> None:
        self.session.fail(event.error)
        await self._cover.end_for_good()
        if self.session.open_error is not None:
            for screen in self.dashboard_screens():
                screen.fail(event.error)
        elif not self.file_problem:
            self.notify(clean(event.error.message), severity="warning", markup=False)
        self.file_problem = self.session.file_problem

    def watch_filters(self) -> None:
        self.session.apply(self.filters)
        if self.session.portfolio is not None:
            self.set_timer(SLOW, partial(self._show_applying, self.filters))

    def _show_applying(self, filters: Filters) -> None:
        """Say that these filters are still being applied, if they are: Esc goes back to what is on screen."""
        if self.filters == filters and (self.state is None or self.state.filters != filters):
            for screen in self.dashboard_screens():
                screen.applying = True
                screen.refresh_bindings()

    def on_portfolio_session_filters_applied(self, event: PortfolioSession.FiltersApplied) -> None:
        if event.state.filters == self.filters:
            if remarks := new_remarks(self.state, event.state):
                self.notify(remarks, severity="warning", markup=False)
            undoable = self._filter_controller.undoable(event.state.filters.where)
            self.state = replace(event.state, undoable=undoable)

    async def on_portfolio_session_filters_rejected(self, event: PortfolioSession.FiltersRejected) -> None:
        if event.filters == self.filters:
            await self._cover.end()
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
                if not self._scheduler.waiting:
                    await self._cover.end()
                    self.set_timer(SETTLED, self._cover.take)

    def on_dashboard_screen_stop_requested(self) -> None:
        """Stop what runs; a filter or a date that is still being applied gives way to what is on screen."""
        self._scheduler.stop()
        self.session.interrupt()
        if self.state is not None:
            self.filters = self.state.filters

    # Keys, threads, errors

    async def on_event(self, event: Event) -> None:
        self._cover.see(event)
        if isinstance(event, Key) and not event.is_forwarded:
            if self.services.first_start:  # the first key: its lines go, for good
                self.services.first_start = False
                FirstStart.leave(self.screen_stack)
                self._in_thread("first start", self.services.config.keep_started)
            await self._key_queue.take(event)
        else:
            await super().on_event(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        done = super().run_action(action, default_namespace, namespaces)
        return await self.error_boundary.guard(done, default_namespace)

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
