"""The dialogs of a screen of panels: help, palette, explanation, menus, saved views, export, and what they lead to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.panels.spec import Mode
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import clean, count
from kaptui.ui.choice import Choice
from kaptui.ui.filter_controller import Setting, view_of
from kaptui.ui.keys import KEYS, OWN, Key, remapped
from kaptui.ui.services import Services
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.table_layout import Layout
from kaptui.ui.widgets.view_widget import ViewWidget

if TYPE_CHECKING:
    from kaptui.saved_views import SavedView
    from kaptui.ui.explain.number_at_cursor import NumberAtCursor
    from kaptui.ui.export.export_dialog import Written
    from kaptui.ui.palette import BoardQuestion
    from kaptui.ui.widgets.table.data_table_view import DataTableView


class Dialogs:
    """Opens dialogs over `screen`. What the reader chooses in them, the screen posts: it changes the one filter.

    Each method is given what the dialog is about, as it stands on the screen at that moment.
    """

    @dataclass
    class SettingChosen(Message):
        """Count money in this way; an empty `value` is the other of the two."""

        setting: Setting
        value: str = ""

    @dataclass
    class SinceChosen(Message):
        """Compare with this review or ISO day."""

        value: str

    @dataclass
    class AsOfChosen(Message):
        """Look back from this ISO day."""

        value: str

    @dataclass
    class ViewChosen(Message):
        """Show this saved view."""

        view: SavedView

    def __init__(self, screen: Screen[None], services: Services) -> None:
        self._screen, self._services = screen, services

    def show_error(self, error: KaptuiError) -> None:
        """Say what went wrong, in a notice."""
        words = clean(f"{error.message} {error.hint}")
        self._screen.notify(words, severity="error", timeout=10, markup=False)

    # Help, palette, why

    def help(
        self, state: DashboardState | None, working: Sequence[Key], panels: Sequence[Panel], with_headline: list[Panel]
    ) -> None:
        """What one looks at, and which keys work: those of `working` here."""
        from kaptui.ui.legend import legend, titles
        from kaptui.ui.screens.help import HelpScreen

        config = self._services.config
        lacks = state.lacks if state is not None else ()
        lights = (state.context.red_below, state.context.green_from) if state is not None else None
        own = state is not None and state.own_questions
        everywhere = [key for key in remapped(KEYS, config.keys) if key.id != OWN or own]
        names = legend(with_headline)
        self._screen.app.push_screen(
            HelpScreen(working, titles(panels), everywhere, config.problems, lacks, names, lights)
        )

    def palette(
        self,
        state: DashboardState | None,
        working: Sequence[Key],
        run_key: Callable[[str], Awaitable[None]],
        picture: Callable[[bool], None],
    ) -> None:
        """One list of accounts, commands, views, themes and settings; `run_key` does a command, `picture` takes one."""
        from kaptui.ui import palette
        from kaptui.ui.screens.finder import Finder

        screen = self._screen
        commands = (replace(one, do=partial(screen.call_next, run_key, one.value)) for one in palette.commands(working))
        settings = palette.settings(state.context, self._choose_setting) if state is not None else ()
        later = partial(screen.set_timer, 0.1, partial(picture, False))  # once the palette is gone
        print_later = partial(screen.set_timer, 0.1, partial(picture, True))
        offered = [
            *commands,
            *(palette.board_questions(partial(self._take_board_question, state.filters)) if state is not None else ()),
            palette.reset(partial(self._show_filters, Filters())),
            *palette.views(self._take_view),
            *palette.own_questions(state, self._services.open_question),
            *settings,
            *palette.themes(screen.app.theme, self._use_theme),
            Choice("Command", "Screenshot: a picture of this screen as SVG file", "", "screenshot", later),
            Choice("Command", "Screenshot for paper: light, to be printed", "", "screenshot paper print", print_later),
            *(one for offer in self._services.choice_sources for one in offer()),
        ]
        search = partial(palette.search, state, offered)
        nearby = partial(palette.nearby, state, offered)
        finder = Finder("Accounts, questions, commands, views, themes, settings", (), search, nearby)
        screen.app.push_screen(finder, self._take_choice)

    def _take_board_question(self, filters: Filters, asked: BoardQuestion) -> None:
        self._show_filters(replace(filters, where=asked.where), asked.screen, asked.question)

    def _show_filters(self, filters: Filters, screen: str = "", question: str = "") -> None:
        self._screen.post_message(self.ViewChosen(view_of(filters, screen, question, None, ())))

    def _take_choice(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.do is not None:
            choice.do()
        elif choice.kind == "Account":
            self._screen.post_message(ViewWidget.AccountSelected([choice.value], 0))

    def _choose_setting(self, setting: Setting, value: str) -> None:
        self._screen.post_message(self.SettingChosen(setting, value))

    def _use_theme(self, name: str) -> None:
        self._screen.app.theme = name
        self._services.config.keep_theme(name)

    def why(self, state: DashboardState, numbers: Sequence[NumberAtCursor], at: int, filters: Filters) -> None:
        """Why number `at` of a row is what it is, and its neighbours where the reader goes on; asked with `filters`."""
        from kaptui.ui.explain.why_screen import Explained, WhyScreen

        accounts = state.account_card
        shown = []
        for number in numbers:
            names = accounts.filter(accounts["account_id"] == number.account_id)["name"].to_list()
            title = ", ".join(part for part in (number.label, *names) if part)
            query = (number.measure, filters, number.account_id, number.item)
            shown.append(Explained(title, partial(self._services.session.explain, *query)))
        self._screen.app.push_screen(WhyScreen(shown, at))

    # Menus

    def compare(self, state: DashboardState) -> None:
        """What the numbers are compared with."""
        from kaptui.ui.screens.compare import CompareMenu

        def take(choice: Choice | None) -> None:
            if choice is not None:
                self._screen.post_message(self.SinceChosen(choice.value))

        self._screen.app.push_screen(CompareMenu(state), take)

    def as_of(self, state: DashboardState) -> None:
        """Which day the numbers are of."""
        from kaptui.ui.screens.compare import AsOfMenu

        def take(choice: Choice | None) -> None:
            if choice is not None:
                self._screen.post_message(self.AsOfChosen(choice.value))

        self._screen.app.push_screen(AsOfMenu(state, date.today()), take)

    def sort(self, event: DataTableView.SortRequested) -> None:
        """By what a list is sorted."""
        from kaptui.ui.screens.table_menus import SortMenu

        menu = SortMenu(event.columns, event.current)
        self._screen.app.push_screen(menu, lambda choice: event.choose(choice.value) if choice else None)

    def columns(self, table: DataTableView) -> None:
        """Which columns a list shows."""
        from kaptui.ui.screens.table_menus import ColumnMenu

        self._screen.app.push_screen(ColumnMenu(table))

    # Saved views

    def views(self) -> None:
        """The saved views, to show or delete one."""
        from kaptui.ui.screens.views import ViewList

        try:
            self._screen.app.push_screen(ViewList(), self._take_view)
        except KaptuiError as error:
            self.show_error(error)

    def _take_view(self, choice: Choice | None) -> None:
        from kaptui import saved_views

        if choice is None:
            return
        if not choice.value:
            self._screen.post_message(FilterBar.SaveViewRequested())
            return
        try:
            view = saved_views.find(choice.value, saved_views.read(saved_views.path()))
        except KaptuiError as error:
            self.show_error(error)
        else:
            self._screen.post_message(self.ViewChosen(view))

    def save_view(self, filters: Filters, screen: str, source: Mode) -> None:
        """Ask for a name, and save a view under it: these filters, and the list of `source` on the screen so called."""
        from kaptui.ui.screens.views import ViewName

        layout = self._services.layouts.get(source.arranged_as, Layout())
        view = view_of(filters, screen, source.question, layout.sort, layout.columns)

        def saved(name: str | None) -> None:
            if name is not None:
                self._screen.notify(clean(f"Saved as '{name}'. v lists the views."), markup=False)

        self._screen.app.push_screen(ViewName(view), saved)

    # What the reader takes away

    def export(self, panel: Panel, panels: Sequence[Panel], name: str) -> None:
        """Write the answer of `panel` into a file, or those of all `panels` of the screen of this name."""
        from kaptui.ui.export.export_dialog import ExportDialog
        from kaptui.ui.export.items import shown_panel

        shown = shown_panel(panel)
        others = [one for one in map(shown_panel, panels) if one is not None]
        if shown is None:
            words = "Nothing to export yet: this panel has no answer."
            self._screen.notify(words, severity="warning", markup=False)
        else:
            dialog = ExportDialog(shown, others, self._services.session.ask, self._services.config, name)
            self._screen.app.push_screen(dialog, self._exported)

    def _exported(self, written: Written | None) -> None:
        from kaptui.ui.export.delivery import deliver

        if written is not None:
            more = f" and {len(written.files) - 1} more" if len(written.files) > 1 else ""
            words = f"Written: {written.files[0]}{more}, {count('row', written.rows)}"
            self._screen.notify(clean(words), markup=False)
            deliver(self._screen.app, written.files)

    def pack(self, state: DashboardState, account_id: str) -> None:
        """Ask as what file the board pack of `state`, or the brief of one account, is to be written, and write it."""
        from kaptui.ui.export.pack import GROUP
        from kaptui.ui.export.pack_dialog import PackDialog

        app = self._screen.app
        if any(one.group == GROUP and not one.is_finished for one in app.workers):
            self._screen.notify("The pack is being written.", markup=False, timeout=3)
            return

        def chosen(ending: str | None) -> None:
            if ending is not None:
                self._write_pack(state, account_id, ending)

        app.push_screen(PackDialog(of_account=bool(account_id), needing=state.needing), chosen)

    def _write_pack(self, state: DashboardState, account_id: str, ending: str) -> None:
        """Write it into the current folder, in a thread."""
        from kaptui.ui.export.pack import GROUP, write_pack

        app, portfolio = self._screen.app, self._services.session.portfolio
        if portfolio is None:
            return
        self._screen.notify("Writing the pack ...", markup=False, timeout=2)

        def write() -> None:
            told = write_pack(portfolio, state, account_id, ending)
            app.call_from_thread(self._packed, told)

        app.run_worker(write, group=GROUP, thread=True, exit_on_error=False)

    def _packed(self, told: Path | KaptuiError) -> None:
        from kaptui.ui.export.delivery import deliver

        if isinstance(told, KaptuiError):
            self.show_error(told)
        else:
            self._screen.app.notify(clean(f"Pack written: {told}"), markup=False, timeout=10)
            deliver(self._screen.app, [told])

    def save_picture(self, state: DashboardState | None, name: str, paper: bool = False) -> None:
        """Write the screen of this name as SVG, beside the exports; for `paper` as the light theme shows it."""
        from kaptui.ui.export.picture import PAPER

        app, theme = self._screen.app, self._screen.app.theme
        if not paper:
            self._write_picture(state, name)
            return

        def take() -> None:
            try:
                self._write_picture(state, name, paper=True)
            finally:
                app.theme = theme

        app.theme = PAPER
        self._screen.set_timer(0.2, take)  # once everything is drawn in its colours

    def _write_picture(self, state: DashboardState | None, name: str, paper: bool = False) -> None:
        from kaptui.ui.export.picture import for_paper, write_picture

        day = state.context.as_of.isoformat() if state is not None else "kaptui"
        try:
            svg = self._screen.app.export_screenshot()
            target = write_picture(for_paper(svg) if paper else svg, self._services.config.export_folder, day, name)
        except KaptuiError as error:
            self._screen.notify(clean(error.message), severity="error", markup=False)
        else:
            self._screen.notify(clean(f"Picture written: {target}"), markup=False)
