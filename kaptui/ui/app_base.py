"""What the app does beside asking: themes, palette, help, menus of a list, what-if moves, export and clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kaptui.config import Config, Vocabulary, read, state_dir
from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.text import clean, count
from kaptui.ui.choice import Choice
from kaptui.ui.filter_controller import FilterController
from kaptui.ui.keys import BY_ID, KEYS, OF_A_FILE, OWN, key_name, remapped
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.textual_internals import CachedStylesheet
from kaptui.ui.themes import themes
from kaptui.ui.widgets.footer import KeyBar

if TYPE_CHECKING:
    import polars as pl

    from kaptui.ui.export.export_dialog import Written
    from kaptui.ui.screens.own_questions import OwnQuestionsScreen
    from kaptui.ui.screens.sponsors import SponsorsScreen
    from kaptui.ui.widgets.header import TabsLine
    from kaptui.ui.widgets.table.data_table_view import DataTableView

ChoiceSource = Callable[[], "Iterable[Choice]"]
"""More lines for the palette, made each time it opens. What choosing one does is its `do`."""


def config() -> Config:
    """The reader's config file, judged by the themes and keys there are."""
    return read(Vocabulary(tuple(theme.name for theme in themes()), {key.id: key.keys for key in KEYS}, key_name))


class AppBase(FilterController):
    """The base of the dashboard. Other parts add to `choice_sources` what the palette should list."""

    config = Config()

    def apply_config(self, config: Config) -> None:
        """Take theme and keys from the reader's config."""
        self.config = config
        names = [theme.name for theme in themes()]
        for theme in themes():
            self.register_theme(theme)
        self.theme = next(one for one in (config.chosen, config.theme, names[0]) if one in names)
        self.stylesheet = CachedStylesheet(variables=self.get_css_variables())
        self.set_keymap(dict(config.keys))
        self.choice_sources: list[ChoiceSource] = [
            self._view_choices,
            self._question_choices,
            self._setting_choices,
            partial(self._theme_choices, names),
            self._file_choices,
        ]

    def show_config_problems(self) -> None:
        """Say what is wrong with the config file."""
        for problem in self.config.problems:
            self.notify(clean(problem), title="Config", severity="warning", markup=False, timeout=10)

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to a question; in a thread. KaptuiError: there is none."""
        raise NotImplementedError

    def explain(self, measure: str, filters: Filters, account_id: str, item: str) -> pl.DataFrame:
        """Why a number is what it is; in a thread. KaptuiError: nothing says so."""
        raise NotImplementedError

    # Why

    def on_dashboard_screen_why_requested(self, event: DashboardScreen.WhyRequested) -> None:
        from kaptui.ui.explain.why_screen import WhyScreen

        if self.state is None:
            return
        accounts, number = self.state.account_card, event.number
        names = accounts.filter(accounts["account_id"] == number.account_id)["name"].to_list()
        title = ", ".join(part for part in (number.label, *names) if part)
        query = (number.measure, event.filters or self.state.filters, number.account_id, number.item)
        self.push_screen(WhyScreen(title, partial(self.explain, *query)))

    # Palette

    def _view_choices(self) -> Iterable[Choice]:
        from kaptui.ui import palette

        return palette.views(self._take_view)

    def _question_choices(self) -> Iterable[Choice]:
        from kaptui.ui import palette

        return palette.own_questions(self.state, lambda name: self.call_next(self.action_questions, name))

    async def action_questions(self, name: str = "") -> None:
        """Go to a company's own questions, to the one of this name; Esc leads back here."""
        from kaptui.ui.screens.own_questions import OwnQuestionsScreen

        here = self.current_mode
        await self.switch_mode(OWN)
        for screen in self.dashboard_screens():
            if isinstance(screen, OwnQuestionsScreen):
                screen.opened_from = here if here != OWN else screen.opened_from
                screen.show_own(name)

    def on_own_questions_screen_left(self, event: OwnQuestionsScreen.Left) -> None:
        self.switch_mode(event.opened_from)

    def _setting_choices(self) -> Iterable[Choice]:
        if self.state is None:
            return
        context = self.state.context
        for basis, label in (("contribution", "contribution"), ("gross", "gross margin")):
            now = "now" if context.basis == basis else ""
            yield Choice("Setting", f"Basis: profit as {label}", now, basis, partial(self._choose_setting, basis=basis))
        for window, label in (("ttm", "trailing twelve months"), ("ytd", "year to date")):
            now = "now" if context.window == window else ""
            yield Choice("Setting", f"Window: {label}", now, window, partial(self._choose_setting, window=window))

        for rates, label in (("monthly", "of each month"), ("constant", "constant, those of a year earlier")):
            now = "now" if context.rates == rates else ""
            yield Choice("Setting", f"Exchange rates: {label}", now, rates, partial(self._choose_setting, rates=rates))

    def _choose_setting(self, **choices: str) -> None:
        self.filters = replace(self.filters, **choices)  # type: ignore[arg-type]

    def _theme_choices(self, names: list[str]) -> Iterable[Choice]:
        for name in names:
            yield Choice("Theme", name, "now" if name == self.theme else "", name, partial(self._use_theme, name))

    def _use_theme(self, name: str) -> None:
        self.theme = name
        self.config.keep_theme(name)

    def _file_choices(self) -> Iterable[Choice]:
        label = "Screenshot: a picture of this screen as SVG file"
        yield Choice("Command", label, "", "screenshot", lambda: self.set_timer(0.1, self.action_save_picture))

    def action_palette(self) -> None:
        from kaptui.ui import palette
        from kaptui.ui.screens.finder import Finder

        if isinstance(self.screen, DashboardScreen):
            commands = [_command(key, self) for key in palette.commands(self.screen.working_keys())]
            offered = [*commands, *(one for offer in self.choice_sources for one in offer())]
            search = partial(palette.search, self.state, offered)
            self.push_screen(Finder("Accounts, commands, views, themes, settings", (), search), self._take_choice)

    def _take_choice(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.do is not None:
            choice.do()
        elif choice.kind == "Account":
            self.open_account([choice.value], 0)

    def open_account(self, ids: list[str], at: int) -> None:
        """Put the page of account number `at` of `ids` on top."""
        raise NotImplementedError

    async def run_key(self, key_id: str) -> None:
        """Do what this key does, wherever between the focus and the screen it is done."""
        action, start = BY_ID[key_id].action, self.screen.focused or self.screen
        named = f"action_{action.partition('(')[0]}"
        await self.run_action(action, next((one for one in start.ancestors_with_self if hasattr(one, named)), start))

    async def on_tabs_line_tab_clicked(self, event: TabsLine.TabClicked) -> None:
        await self.run_key(event.key_id)

    async def on_key_bar_key_clicked(self, event: KeyBar.KeyClicked) -> None:
        await self.run_key(event.key_id)

    # Menus of a list

    def on_data_table_view_sort_requested(self, event: DataTableView.SortRequested) -> None:
        from kaptui.ui.screens.table_menus import SortMenu

        menu = SortMenu(event.columns, event.current)
        self.push_screen(menu, lambda choice: event.choose(choice.value) if choice else None)

    def on_data_table_view_columns_requested(self, event: DataTableView.ColumnsRequested) -> None:
        from kaptui.ui.screens.table_menus import ColumnMenu

        self.push_screen(ColumnMenu(event.table))

    # What if

    def on_sponsors_screen_moves_requested(self, event: SponsorsScreen.MovesRequested) -> None:
        self.run_worker(
            partial(self._find_moves, event), group="moves", thread=True, exclusive=True, exit_on_error=False
        )

    def _find_moves(self, event: SponsorsScreen.MovesRequested) -> None:
        """Ask what the moves are made of; in a thread."""
        from kaptui.ui.sponsorship import moves

        try:
            standing = moves.Standing(*(self.ask(question, event.filters) for question in moves.QUESTIONS))
            offers = moves.offers(event.subject, standing)
        except KaptuiError as error:
            self.call_from_thread(self._show_error, error)
        else:
            self.call_from_thread(self._offer_moves, event, offers)

    def _offer_moves(self, event: SponsorsScreen.MovesRequested, offers: Sequence[tuple[Choice, Move]]) -> None:
        from kaptui.ui.screens.finder import Finder

        if not offers:
            self.notify("No move to offer here: nobody to assign, remove or let go.", markup=False)
            return

        def take(choice: Choice | None) -> None:
            if choice is not None:
                event.choose(offers[int(choice.value)][1])

        self.push_screen(Finder("What if ...", [choice for choice, _ in offers]), take)

    # Help

    def action_help(self) -> None:
        from kaptui.ui.legend import legend, titles
        from kaptui.ui.screens.help import HelpScreen

        if isinstance(self.screen, DashboardScreen):
            own = self.state is not None and self.state.own_questions
            everywhere = [key for key in remapped(KEYS, self.config.keys) if key.id != OWN or own]
            lacks = self.state.lacks if self.state is not None else ()
            working, panels = self.screen.working_keys(), titles(self.screen.panels)
            context = self.state.context if self.state is not None else None
            lights = (context.red_below, context.green_from) if context is not None else None
            names = legend(self.screen.all_panels)
            self.push_screen(HelpScreen(working, panels, everywhere, self.config.problems, lacks, names, lights))

    # What the reader takes away

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in OF_A_FILE and self.open_error is not None:
            return False
        if action == "questions":
            return bool(self.state and self.state.own_questions) and self.current_mode != OWN
        if action == "export" and self.screen_stack and isinstance(self.screen, DashboardScreen):
            return self.screen.exported_panel.answer is not None
        return super().check_action(action, parameters)

    def action_export(self) -> None:
        from kaptui.ui.export.export_dialog import ExportDialog
        from kaptui.ui.export.items import shown_panel

        if isinstance(self.screen, DashboardScreen):
            panel = shown_panel(self.screen.exported_panel)
            others = [one for one in map(shown_panel, self.screen.panels) if one is not None]
            if panel is None:
                self.notify("Nothing to export yet: this panel has no answer.", severity="warning", markup=False)
            else:
                self.push_screen(ExportDialog(panel, others, self.ask, self.config), self._exported)

    def _exported(self, written: Written | None) -> None:
        if written is not None:
            more = f" and {len(written.files) - 1} more" if len(written.files) > 1 else ""
            self.notify(clean(f"Written: {written.files[0]}{more}, {count('row', written.rows)}"), markup=False)

    def action_copy(self) -> None:
        self._copy("Row")

    def action_copy_panel(self) -> None:
        self._copy("Panel")

    def action_copy_cell(self) -> None:
        self._copy("Cell")

    def _copy(self, what: Literal["Row", "Panel", "Cell"]) -> None:
        from kaptui.ui.explain.why_screen import WhyScreen
        from kaptui.ui.export import clipboard_text

        if isinstance(self.screen, WhyScreen):
            label, text = "Explanation", self.screen.plain_text
        elif isinstance(self.screen, DashboardScreen):
            of = {"Row": clipboard_text.row_text, "Panel": clipboard_text.panel_text, "Cell": clipboard_text.cell_text}
            label, text = what, of[what](self.screen.current)
        else:
            return
        self.copy_to_clipboard(text)
        self.run_worker(partial(self._store, label, text), group="copy", thread=True, exit_on_error=False)

    def _store(self, what: str, text: str) -> None:
        from kaptui.ui.clipboard import store

        where = store(text, state_dir() / "copied.txt")
        lines = count("line", text.count("\n") + 1)
        self.call_from_thread(self.notify, clean(f"{what} copied, {lines}: {where}"), markup=False)

    def action_save_picture(self) -> None:
        """Write the screen as SVG, beside the exports."""
        from platformdirs import user_documents_path

        folder = self.config.export_folder or user_documents_path()
        day = self.state.context.as_of.isoformat() if self.state is not None else "kaptui"
        name = getattr(self.screen, "tab", "").removeprefix("screen.") or "account"
        base = folder if folder.is_dir() else Path.cwd()
        numbers = ("", *(f"_{number}" for number in range(2, 1000)))
        target = next(path for end in numbers if not (path := base / f"{day}_{name}{end}.svg").exists())
        try:
            target.write_text(self.export_screenshot(), encoding="utf-8")
        except OSError as error:
            self.notify(clean(f"{target}: cannot be written: {error.strerror}"), severity="error", markup=False)
        else:
            self.notify(clean(f"Picture written: {target}"), markup=False)


def _command(choice: Choice, app: AppBase) -> Choice:
    return replace(choice, do=lambda: app.call_next(app.run_key, choice.value))
