"""The controller of the one filter: what typing, panels, facets and saved views make of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widget import AwaitMount

from kaptui.errors import KaptuiError, UsageError
from kaptui.text import clean
from kaptui.ui.choice import Choice
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.time_keys import TimeKeys
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.table.table_layout import Layout
from kaptui.ui.widgets.view_widget import ViewWidget

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.saved_views import SavedView


class FilterController(TimeKeys):
    """Sets the one `filters`; nobody else does. `layouts` is how the reader wants the list of each question.

    `open_error` is why there is no file to ask, where it could not be opened. `screen_names` are the screens
    that a saved view may name.
    """

    screen_names: Collection[str] = ()

    def __init__(self) -> None:
        super().__init__()
        self.layouts: dict[str, Layout] = {}
        self.first_view: SavedView | None = None
        self.open_error: KaptuiError | None = None
        self._narrowed: tuple[str, ...] = ()

    def dashboard_screens(self) -> list[DashboardScreen]:
        """The screens of panels, the one on top last."""
        return [screen for screen in self.screen_stack if isinstance(screen, DashboardScreen)]

    def switch_mode(self, mode: str) -> AwaitMount:
        """Go to another screen; what was settled while it was away holds there too."""
        done = super().switch_mode(mode)
        for screen in self.dashboard_screens():
            screen.state, screen.open_error = self.state, self.open_error
        return done

    def show_applying(self, filters: Filters) -> None:
        """Say that these filters are still being applied, if they are: Esc goes back to what is on screen."""
        if self.filters == filters and (self.state is None or self.state.filters != filters):
            for screen in self.dashboard_screens():
                screen.applying = True
                screen.refresh_bindings()

    # The text

    def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        self.filters = replace(self.filters, where=event.where)

    def on_view_widget_filter_toggled(self, event: ViewWidget.FilterToggled) -> None:
        """Add what a panel stands for, or take it away if it is there already."""
        from kaptui.filter_language import holds, toggled

        try:
            where = toggled(self.filters.where, event.where)
            added = holds(where, event.where)
        except UsageError as error:
            self._show_error(error)
            return
        others = tuple(one for one in self._narrowed if one != event.where)
        self._narrowed = (*others, event.where) if added else others
        self.filters = replace(self.filters, where=where)

    def on_dashboard_screen_filter_undone(self) -> None:
        """Undo the last narrowing that a panel made and that is still there."""
        from kaptui.filter_language import toggled

        last = self.undoable(self.filters.where)
        if last:
            self._narrowed = self._narrowed[:-1]
            self.filters = replace(self.filters, where=toggled(self.filters.where, last))

    def undoable(self, where: str) -> str:
        """The last condition that a panel added to `where`, a filter that holds; those gone from it are forgotten."""
        from kaptui.filter_language import holds

        self._narrowed = tuple(one for one in self._narrowed if holds(where, one))
        return self._narrowed[-1] if self._narrowed else ""

    # Saved views

    def action_views(self) -> None:
        from kaptui.ui.screens.views import ViewList

        try:
            self.push_screen(ViewList(), self._take_view)
        except KaptuiError as error:
            self._show_error(error)

    def _take_view(self, choice: Choice | None) -> None:
        from kaptui import saved_views

        if choice is None:
            return
        if not choice.value:
            self.action_save_view()
            return
        try:
            view = saved_views.find(choice.value, saved_views.read(saved_views.path()))
        except KaptuiError as error:
            self._show_error(error)
            return
        self.filters = view.filters
        self.call_next(self.show_as, view)

    async def show_as(self, view: SavedView) -> None:
        """Go to the screen of a view, and show its list as the view does."""
        if view.screen in self.screen_names and view.screen != self.current_mode:
            await self.switch_mode(view.screen)
        if view.question:
            name, _, way = view.sort.partition(":")
            panel = self.dashboard_screens()[0].list_panel
            layout = Layout((name, way == "desc") if name else None, view.columns)
            self.layouts[panel.arranged_as(view.question)] = layout
            panel.show_question(view.question)

    def on_filter_bar_save_view_requested(self) -> None:
        self.action_save_view()

    def action_save_view(self) -> None:
        """Ask for a name, and save what is on screen under it."""
        from kaptui.ui.screens.views import ViewName

        now = self.filters
        source = self.dashboard_screens()[0].list_panel.source
        question, layout = source.question, self.layouts.get(source.arranged_as, Layout())
        sort = layout.sort[0] + (":desc" if layout.sort[1] else "") if layout.sort else ""
        screen = self.current_mode if self.current_mode in self.screen_names else ""
        view = SavedView(
            "",
            now.where,
            now.as_of,
            now.since,
            now.basis,
            now.window,
            screen,
            question,
            sort,
            layout.columns,
            now.rates,
        )
        self.push_screen(ViewName(view), self._saved)

    def _saved(self, name: str | None) -> None:
        if name is not None:
            self.notify(clean(f"Saved as '{name}'. v lists the views."), markup=False)

    def _show_error(self, error: KaptuiError) -> None:
        self.notify(clean(f"{error.message} {error.hint}"), severity="error", timeout=10, markup=False)
