"""The base of every screen: the lines around the panels, the keys, and which panels are seen at this size.

More than 350 lines because every key that works on all screens is answered here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.events import DescendantFocus, Resize
from textual.events import Key as KeyPressed
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.panels.spec import PanelSpec
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.ui.clipboard import copy
from kaptui.ui.filter_controller import Setting
from kaptui.ui.keys import BY_ID, GENERAL, KEYS, OF_A_FILE, OF_A_ROW, OWN, Key, bindings, remapped
from kaptui.ui.screens.breakpoints import SIZE_CLASSES, size_classes
from kaptui.ui.screens.dialogs import Dialogs
from kaptui.ui.screens.screen_keys import ScreenKeys
from kaptui.ui.services import Services
from kaptui.ui.textual_internals import SteadyScreen
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.first_start import FirstStart, first_lines
from kaptui.ui.widgets.footer import KeyBar
from kaptui.ui.widgets.header import StatusLine, TabsLine
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.placed import PlacedContainer
from kaptui.ui.widgets.screen_picture import ScreenPicture
from kaptui.ui.widgets.table.table_layout import Layout
from kaptui.ui.widgets.view_widget import ViewWidget

if TYPE_CHECKING:
    from kaptui.ui.widgets.table.data_table_view import DataTableView


class DashboardScreen(SteadyScreen):
    """A screen of panels. Its owner sets `state`; each panel then asks for itself."""

    BINDINGS = bindings(
        "back",
        "filter",
        "clear",
        "views",
        "view.save",
        "zoom",
        "compare",
        "as_of",
        "basis",
        "window",
        "rates",
        "export",
        "pack",
        "why",
        "refresh",
        "panel.next",
        "panel.previous",
        *GENERAL,
    )

    @dataclass
    class FilterUndone(Message):
        """One step back: the last narrowing that a panel made is to go.

        `back_to`: only where it is this filter, and in any case back to the screen of this name.
        """

        back_to: tuple[str, str] | None = None

    class StopRequested(Message):
        """The reader does not want to wait for what runs."""

    AUTO_FOCUS: ClassVar[str | None] = ""  # else the filter takes the first keys
    tab = ""
    opened_by: tuple[str, str] | None = None
    """The screen whose line led here, and the filter that the line added."""
    state: reactive[DashboardState | None] = reactive(None, init=False, repaint=False)

    def __init__(self, file: str, where: str, today: date, screens: Iterable[Key]) -> None:
        super().__init__()
        self.keys = ScreenKeys(self)
        self._file, self._where, self._today, self._screens = file, where, today, list(screens)
        self._headline: Panel | None = None
        self._panels: list[Panel] = []
        self._current = self.first_panel
        self._stale, self.applying = True, False

    def equip(self, services: Services, state: DashboardState | None) -> None:
        """Give a new screen what all screens share, and what the filter came to so far."""
        self.services, self.dialogs = services, Dialogs(self, services)
        self.set_reactive(DashboardScreen.state, state)

    @property
    def open_error(self) -> KaptuiError | None:
        """Why there is no file to ask, where it could not be opened."""
        return self.services.session.open_error

    # What a screen fills in

    headline: PanelSpec  # says the screen's sentence
    specs: ClassVar[tuple[PanelSpec, ...]] = ()
    """The panels in the order of decision."""
    compares = True
    """Whether a panel is compared with the review without being asked to."""
    first_panel = 1  # has the keyboard at start: the key figures stand before it
    kinds: ClassVar[Mapping[str, type[Panel]]] = {}
    """The panels that do more than any other, by their ids."""

    def make_panels(self) -> Iterable[Panel]:
        return (self.kinds.get(spec.id, Panel)(spec) for spec in self.specs)

    def scoped_state(self, state: DashboardState) -> DashboardState:
        """The state its panels ask about."""
        return state

    def state_of(self, state: DashboardState, panel: Panel) -> DashboardState:
        """The state that this panel asks about, where it is not that of all others."""
        return state

    # Shell

    def compose(self) -> ComposeResult:
        self._take_shape(self.app.size)  # while nothing is styled yet: later it would style every widget again
        yield StatusLine(self._file, self._today, self.compares)
        yield TabsLine([key for key in self._screens if key.id != OWN], self.tab)
        yield FilterBar(self._where)
        self._panels, self._headline = list(self.make_panels()), Panel(self.headline)
        yield self._headline
        with PlacedContainer(id="body", classes="panels"):
            yield from self._panels
        if self.services.first_start:
            yield FirstStart(first_lines(remapped(KEYS, self.services.config.keys)))
        yield KeyBar()
        if self.services.first_screen is not None and (picture := self.services.first_screen.to_show()) is not None:
            yield ScreenPicture(picture)

    def on_mount(self) -> None:
        self.call_after_refresh(self._focus_current)
        self.call_after_refresh(self._catch_up)  # a screen first shown when there is a state already

    @property
    def panels(self) -> list[Panel]:
        """The panels one can go to, in order."""
        return self._panels

    @property
    def all_panels(self) -> list[Panel]:
        """All panels, with the one that holds the sentence."""
        return [self._headline, *self._panels] if self._headline is not None else []

    @property
    def current(self) -> Panel:
        """The panel that has the keyboard, or had it last."""
        return self.panels[self._current]

    @property
    def exported_panel(self) -> Panel:
        """The panel that `e` offers first."""
        return self.current

    @property
    def list_panel(self) -> Panel:
        """The panel of the screen's list; a saved view keeps how it is shown."""
        return self.panels[1]

    def watch_state(self) -> None:
        self._stale, self.applying = True, False
        if self.is_current and self.is_mounted:
            self._hand_down()

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        if self._stale and self.is_mounted:
            self._hand_down()
        if self.open_error is not None and self.is_mounted:
            self.fail(self.open_error)

    def _hand_down(self) -> None:
        if self.state is None:
            return
        self._stale = False
        self.tell_lines()
        for tabs in self.query(TabsLine):
            tabs.screens = tuple(key for key in self._screens if key.id != OWN or self.state.own_questions)
        narrowed = self.scoped_state(self.state)
        for panel in self.all_panels:
            panel.layouts = self.services.layouts
            panel.state = self.state_of(narrowed, panel)
        self.refresh_bindings()

    def tell_lines(self) -> None:
        """Say above the panels what the present one is about."""
        unfiltered = self.state and not self.state_of(self.state, self.current).filtered
        state = replace(self.state, filtered=False) if self.state and unfiltered else self.state
        for line in (*self.query(StatusLine), *self.query(FilterBar)):  # none, where the dashboard is closing
            line.state = state

    def reject(self, error: KaptuiError) -> None:
        """The filter does not hold. Without any answer yet, the panels say so too."""
        self.applying = False
        self.query_one(FilterBar).reject(error)
        if self.state is None:
            self.fail(error)

    def fail(self, error: KaptuiError) -> None:
        """There is no file to ask."""
        for line in self.query(StatusLine):
            line.failed = True
        for panel in self.all_panels:
            panel.fail((error.message, error.hint) if panel in self.panels else (error.message,))
        self.refresh_bindings()

    # Which panels are seen

    def on_resize(self, event: Resize) -> None:
        self._take_shape(event.size)

    def _take_shape(self, size: Size) -> None:
        now, given = size_classes(size.width, size.height), SIZE_CLASSES & self.classes
        if now != given:
            self.set_classes((self.classes - given) | now)
            if self.is_mounted:
                self.refresh_bindings()  # other keys are the most useful here

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        for place, panel in enumerate(self.panels):
            if event.widget in panel.walk_children(Widget):
                self._go_to(place, focus=False)

    def _go_to(self, place: int, focus: bool = True) -> None:
        self._current = place % len(self.panels)
        for number, panel in enumerate(self.panels):
            panel.set_class(number == self._current, "-current")
        if focus:
            self.call_after_refresh(self._focus_current)

    def _focus_current(self) -> None:
        self._go_to(self._current, focus=False)
        if self.is_current and not self.query_one(FilterBar).editing:
            for panel in self.panels:
                panel.expects_focus = False
            self.current.take_focus()

    def action_panel(self, step: int) -> None:
        self._go_to(self._current + step)

    def action_zoom(self) -> None:
        self.toggle_class("-zoom")
        self.refresh_bindings()
        self.call_after_refresh(self._focus_current)

    def action_back(self) -> None:
        """One step: first what is slow is stopped, then a zoomed panel gives way, then the screen."""
        if self.slow:
            self.stop()
        elif self.has_class("-zoom"):
            self.remove_class("-zoom")
        elif self.opened_by is not None and self._narrowed in ("", self.opened_by[1]):
            self.post_message(self.FilterUndone(self.opened_by))
            self.opened_by = None
        elif self._narrowed:
            self.post_message(self.FilterUndone())
        else:
            self.leave()
        self.refresh_bindings()

    def stop(self) -> None:
        """Wait no longer for what is slow, and have it stopped."""
        self.wait_no_longer()
        self.app.post_message(self.StopRequested())

    def wait_no_longer(self) -> None:
        """Say of what is slow that it is not waited for."""
        for panel in self.all_panels:
            panel.stop()

    def leave(self) -> None:
        """Go to the screen below, where there is one."""

    @property
    def typing(self) -> bool:
        """Whether a filter was typed that is still to be applied."""
        return self.is_mounted and self.query_one(FilterBar).undecided

    @property
    def slow(self) -> bool:
        """Whether a panel says that it is waiting, or a filter is long in being applied."""
        return self.applying or any(panel.waiting and panel.has_class("-waiting") for panel in self.all_panels)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in OF_A_FILE and self.open_error is not None:
            return False
        if action == "export":
            return bool(self.panels) and self.exported_panel.answer is not None
        return self.can_go_back if action == "back" else super().check_action(action, parameters)

    def awaits(self, key: str) -> bool:
        """Whether a key is for the view of the panel with the keyboard, which has still to come."""
        if not self.panels or self.current.answer is not None or self.current.has_no_data:
            return False
        works = self.active_bindings.get(key)
        here = self.focused is None or self.current in self.focused.ancestors
        return here and (works is None or not works.enabled or works.binding.action.partition("(")[0] in OF_A_ROW)

    @property
    def can_go_back(self) -> bool:
        """Whether Esc leads anywhere."""
        return self.slow or self.has_class("-zoom") or self.opened_by is not None or bool(self._narrowed)

    @property
    def _narrowed(self) -> str:
        """The condition of a panel that Esc takes back."""
        return self.state.undoable if self.state is not None else ""

    @property
    def subject(self) -> str:
        """The account that the screen is about; empty where it is about many."""
        return ""

    @property
    def breadcrumb(self) -> str:
        """Where the reader is, for a screen opened from here."""
        return f"{BY_ID[self.tab].label} > {self.current.source.title}" if self.tab else ""

    def show_question(self, question: str, layout: Layout) -> None:
        """Bring the panel that answers this question forward, in the mode that does, its list laid out so."""
        panel = next((one for one in self._panels if one.shows(question)), None)
        if panel is not None:
            self.services.layouts[panel.arranged_as(question)] = layout
            panel.show_question(question)
            self.bring_forward(panel)

    def show_evidence(self, question: str) -> None:
        """Bring the panel that answers this question forward; without one, what the screen shows at first."""
        panel = next((one for one in self._panels if one.shows(question)), None)
        if panel is not None:
            panel.show_question(question)
        else:
            for one in self._panels:
                one.show_first()
            self.restack()
            panel = self._panels[self.first_panel]
        self.bring_forward(panel)

    def restack(self) -> None:
        """Bring the first panel of each shared place forward; most screens share none."""

    def bring_forward(self, panel: Panel) -> None:
        """Give this panel the keyboard, in front of those whose place it shares."""
        self._go_to(self.panels.index(panel))

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        event.stop()
        self.bring_forward(event.panel)

    def highlight_account(self, account_id: str) -> None:
        """Put every cursor on this account."""
        for panel in self.panels:
            panel.highlight_account(account_id)

    # What the reader does

    def on_view_widget_row_highlighted(self, event: ViewWidget.RowHighlighted) -> None:
        current = self.current
        for panel in self.panels:
            if panel is not current:
                panel.highlight_account(event.key)

    def on_view_widget_panel_requested(self, event: ViewWidget.PanelRequested) -> None:
        panel = next((one for one in self._panels if one.id == event.panel_id), None)
        if panel is not None:
            if event.question:
                panel.show_question(event.question)
            self.bring_forward(panel)

    def on_view_widget_why_requested(self) -> None:
        self.action_why()

    def action_filter(self) -> None:
        self.query_one(FilterBar).edit()
        self.refresh_bindings()

    def action_why(self) -> None:
        from kaptui.ui.explain.number_at_cursor import numbers_in_row

        numbers, at = numbers_in_row(self.current, self.subject)
        if not numbers or self.state is None:
            self.notify("Put the cursor on a number, then w says why.", markup=False, timeout=3)
        else:
            self.dialogs.why(self.state, numbers, at, self._filters_asked() or self.state.filters)

    def _filters_asked(self) -> Filters | None:
        """What the present panel was asked with; a page about one account compares it with all that are chosen."""
        state = self.current.state
        if state is None:
            return None
        return replace((state.unscoped or state).filters, moves=state.filters.moves)

    def on_key(self, event: KeyPressed) -> None:
        """A key that does nothing here says where it works."""
        if self.state is None or self.query_one(FilterBar).editing:
            return
        if said := self.keys.without_effect(event, self.services.config.keys, self):
            self.notify(said, markup=False, timeout=4)

    def action_clear(self) -> None:
        if self.state is not None and not self.state.filters.where.strip():
            self.notify("There is no filter to clear.", markup=False, timeout=2)
        self.post_message(FilterBar.Typed(""))

    def on_filter_bar_closed(self, event: FilterBar.Closed) -> None:
        event.stop()
        self._focus_current()
        self.refresh_bindings()

    def refresh_bindings(self) -> None:
        super().refresh_bindings()
        self.call_after_refresh(self.keys.write_footer)

    async def on_tabs_line_tab_clicked(self, event: TabsLine.TabClicked) -> None:
        await self.keys.run(event.key_id)

    async def on_key_bar_key_clicked(self, event: KeyBar.KeyClicked) -> None:
        await self.keys.run(event.key_id)

    # Dialogs, and what the reader takes away

    def action_help(self) -> None:
        self.dialogs.help(self.state, self.keys.working(), self.panels, self.all_panels)

    def action_palette(self) -> None:
        self.dialogs.palette(self.state, self.keys.working(), self.keys.run, self._save_picture)

    def _save_picture(self, paper: bool) -> None:
        self.dialogs.save_picture(self.state, self._own_name, paper)

    @property
    def _own_name(self) -> str:
        """What the screen is called in the name of a file."""
        return self.tab.removeprefix("screen.") or "account"

    def action_setting(self, name: Setting) -> None:
        """Count money in the other way."""
        self.post_message(Dialogs.SettingChosen(name))

    def action_compare(self) -> None:
        if self.state is not None:
            self.dialogs.compare(self.state)

    def action_as_of(self) -> None:
        if self.state is not None:
            self.dialogs.as_of(self.state)

    def on_data_table_view_sort_requested(self, event: DataTableView.SortRequested) -> None:
        self.dialogs.sort(event)

    def on_data_table_view_columns_requested(self, event: DataTableView.ColumnsRequested) -> None:
        self.dialogs.columns(event.table)

    def action_views(self) -> None:
        self.dialogs.views()

    def action_save_view(self) -> None:
        self.post_message(FilterBar.SaveViewRequested())

    def action_export(self) -> None:
        self.dialogs.export(self.exported_panel, self.panels, self._own_name)

    def action_pack(self) -> None:
        if self.state is not None:
            self.dialogs.pack(self.state, self.subject)

    def action_copy(self, what: str = "row") -> None:
        """Copy the row under the cursor, its cell, or the whole panel."""
        from kaptui.ui.export.clipboard_text import TEXTS

        copy(self, what.capitalize(), TEXTS[what](self.current))
