"""The dashboard: owns the filter and the open file; screens show, workers ask."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.message import Message
from textual.reactive import reactive

from kaptui.errors import KaptuiError
from kaptui.filters import Basis, Filters
from kaptui.ui import messages
from kaptui.ui.asking import answer, crashed
from kaptui.ui.keys import BY_ID, bindings, known
from kaptui.ui.screens.board import Board
from kaptui.ui.screens.overview import OverviewScreen
from kaptui.ui.situation import Situation, settle
from kaptui.ui.themes import themes

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.ui.screens.finder import Choice
    from kaptui.ui.widgets.table_layout import Layout

SCREENS = {"overview": OverviewScreen}


def run(opener: Callable[[], Portfolio], name: str, filters: Filters) -> None:
    """Show the dashboard until the reader leaves it.

    `opener` reads the file, in a thread, after the first frame is on screen; a KaptuiError it raises is shown
    there. `name` stands on line 1 meanwhile. Needs a terminal.
    """
    app = KaptuiApp(opener, name, filters)
    try:
        app.run()
    finally:
        app.release()


class KaptuiApp(App[None]):
    """Sets the one `filters`; nobody else does."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        f"styles/{name}.tcss" for name in ("shell", "panels", "overview", "account", "dialogs")
    ]
    BINDINGS = bindings("screen.overview", "help", "palette", "quit", "interrupt")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kaptui"
    DEFAULT_MODE = "overview"

    filters: reactive[Filters] = reactive(Filters(), init=False)
    situation: reactive[Situation | None] = reactive(None, init=False)

    def __init__(self, opener: Callable[[], Portfolio], name: str, filters: Filters, today: date | None = None) -> None:
        super().__init__()
        self._opener = opener
        self._file = name
        self._today = today or date.today()
        self._portfolio: Portfolio | None = None
        self.layouts: dict[str, Layout] = {}
        self._leaving = False
        self.set_reactive(KaptuiApp.filters, filters)
        self._themes = [theme.name for theme in themes()]
        for theme in themes():
            self.register_theme(theme)
        self.theme = self._themes[0]
        for mode, screen in SCREENS.items():
            self.add_mode(mode, partial(self._board, screen))

    # Start and end

    def on_mount(self) -> None:
        if not self.is_headless:
            self._end_on_signals()
        self.call_after_refresh(self._open)

    def _end_on_signals(self) -> None:
        """A kill or a closed terminal is a quit: the terminal is left as it was found."""
        loop = asyncio.get_running_loop()
        for name in {"SIGTERM", "SIGHUP"} & set(signal.Signals.__members__):
            with suppress(NotImplementedError):  # Windows has no such handlers
                loop.add_signal_handler(signal.Signals[name], self.call_later, self.action_quit)

    def _board(self, screen: type[Board]) -> Board:
        board = screen(self._file, self.filters.where, self._today, known({f"screen.{mode}" for mode in SCREENS}))
        board.set_reactive(Board.situation, self.situation)
        board.layouts = self.layouts
        return board

    def release(self) -> None:
        """Stop what runs and let the file go."""
        self._leaving = True
        if self._portfolio is not None:
            self._portfolio.close()
            self._portfolio = None

    async def action_quit(self) -> None:
        self._leaving = True
        if self._portfolio is not None:
            self._portfolio.interrupt()
        self.exit()

    # Workers: they compute and post, and touch no widget

    def _in_thread(self, group: str, work: Callable[[], None]) -> None:
        self.run_worker(work, group=group, thread=True, exit_on_error=False)

    def _open(self) -> None:
        self._in_thread("open", self._read_file)

    def _read_file(self) -> None:
        try:
            portfolio = self._opener()
        except KaptuiError as error:
            self._tell(messages.OpenFailed(error))
        except Exception as error:  # noqa: BLE001 - the worker boundary: named on screen, never a traceback
            self._tell(messages.OpenFailed(crashed(error)))
        else:
            if self._leaving:
                portfolio.close()
            else:
                self._tell(messages.Opened(portfolio))

    def _settle(self, portfolio: Portfolio, filters: Filters) -> None:
        if self._leaving or filters != self.filters:
            return
        try:
            self._tell(messages.Settled(settle(portfolio, filters)))
        except KaptuiError as error:
            self._tell(messages.Refused(filters, error))
        except Exception as error:  # noqa: BLE001 - the worker boundary
            self._tell(messages.Refused(filters, crashed(error)))

    def _answer(self, portfolio: Portfolio, asked: messages.Asked) -> None:
        card, source, situation = asked.card, asked.source, asked.situation
        if self._leaving or (situation.whole or situation) is not self.situation:
            return
        try:
            reply: Message = messages.Answered(source, situation, answer(portfolio, source, situation))
        except KaptuiError as error:
            reply = messages.Failed(source, situation, error)
        except Exception as error:  # noqa: BLE001 - the worker boundary: a crash of one panel stays in that panel
            reply = messages.Failed(source, situation, crashed(error))
        if not self._leaving:
            card.post_message(reply)

    def _tell(self, message: Message) -> None:
        if not self._leaving:
            self.post_message(message)

    # What workers and screens say

    def on_opened(self, event: messages.Opened) -> None:
        former, self._portfolio = self._portfolio, event.portfolio
        if former is not None and former is not event.portfolio:
            former.close()
        self._settle_again()

    def on_open_failed(self, event: messages.OpenFailed) -> None:
        if self._portfolio is not None:
            self.notify(f"{event.error.message} The copy read before stays.", severity="warning", markup=False)
            return
        for board in self._boards():
            board.fail(event.error)

    def watch_filters(self) -> None:
        self._settle_again()

    def _settle_again(self) -> None:
        if self._portfolio is not None:
            self._in_thread("settle", partial(self._settle, self._portfolio, self.filters))

    def on_settled(self, event: messages.Settled) -> None:
        if event.situation.filters == self.filters:
            self.situation = event.situation

    def on_refused(self, event: messages.Refused) -> None:
        if event.filters == self.filters:
            for board in self._boards():
                board.refuse(event.error)

    def watch_situation(self, former: Situation | None, now: Situation | None) -> None:
        if former is not None and self._portfolio is not None:
            self._portfolio.interrupt()
        for board in self._boards():
            board.situation = now

    def _boards(self) -> list[Board]:
        return [screen for screen in self.screen_stack if isinstance(screen, Board)]

    def on_asked(self, event: messages.Asked) -> None:
        if self._portfolio is not None:
            self._in_thread("ask", partial(self._answer, self._portfolio, event))

    def on_stop_wanted(self) -> None:
        if self._portfolio is not None:
            self._portfolio.interrupt()

    def on_filter_typed(self, event: messages.FilterTyped) -> None:
        self.filters = replace(self.filters, where=event.where)

    def on_narrowed(self, event: messages.Narrowed) -> None:
        self.filters = replace(self.filters, where=f"{self.filters.where} {event.where}".strip())

    # Keys

    def action_go(self, mode: str) -> None:
        self.switch_mode(mode)

    def on_account_chosen(self, event: messages.AccountChosen) -> None:
        self.open_account(event.ids.to_list(), event.at)

    def open_account(self, ids: list[str], at: int) -> None:
        """Put the page of account number `at` of `ids` on top."""
        from kaptui.ui.screens.account import AccountScreen

        below = self.screen
        assert isinstance(below, Board), "only a board opens accounts"
        page = AccountScreen(self._file, self.filters.where, self._today, ids, at)
        page.came = below.way
        page.set_reactive(Board.situation, self.situation)
        page.layouts = self.layouts
        self.push_screen(page, lambda _: below.see(page.account_id))

    def on_sort_wanted(self, event: messages.SortWanted) -> None:
        from kaptui.ui.screens.table_menus import SortMenu

        menu = SortMenu(event.columns, event.current)
        self.push_screen(menu, lambda choice: event.choose(choice.value) if choice else None)

    def on_columns_wanted(self, event: messages.ColumnsWanted) -> None:
        from kaptui.ui.screens.table_menus import ColumnMenu

        self.push_screen(ColumnMenu(event.table))

    def action_palette(self) -> None:
        from kaptui.ui import palette
        from kaptui.ui.screens.finder import Finder

        if isinstance(self.screen, Board):
            ids = self.screen.working_keys()
            search = partial(palette.search, self.situation, ids, self._themes)
            self.push_screen(Finder("Accounts, commands, themes", (), search), self._take)

    def _take(self, choice: Choice | None) -> None:
        if choice is None:
            return
        match choice.kind:
            case "Account":
                self.open_account([choice.value], 0)
            case "Theme":
                self.theme = choice.value
            case "Command":
                self.call_next(self._do, choice.value)

    async def _do(self, key_id: str) -> None:
        action = BY_ID[key_id].action
        await self.run_action(action, (self.screen.focused or self.screen))

    def action_help(self) -> None:
        from kaptui.ui.screens.help import HelpScreen

        if isinstance(self.screen, Board):
            self.push_screen(HelpScreen(self.screen.working_keys(), self.screen.shown_panels()))

    def action_export(self) -> None:
        from kaptui.ui.screens.export_dialog import ExportDialog

        if not isinstance(self.screen, Board):
            return
        card = self.screen.current
        if card.answer is not None and card.situation is not None:
            dialog = ExportDialog(card.source.question, card.answer.frame, card.situation)
            self.push_screen(dialog, self._exported)

    def _exported(self, target: Path | None) -> None:
        if target is not None:
            self.notify(f"Written: {target}", markup=False)

    def action_basis(self) -> None:
        if self.situation is not None:
            other: Basis = "gross" if self.situation.context.basis == "contribution" else "contribution"
            self.filters = replace(self.filters, basis=other)

    def action_window(self) -> None:
        self.filters = replace(self.filters, window="ytd" if self.filters.window == "ttm" else "ttm")

    def action_refresh(self) -> None:
        self._open()
