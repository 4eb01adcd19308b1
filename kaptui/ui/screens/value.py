"""The Value screen: re-price, fix, protect or invest?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.events import Resize
from textual.geometry import Size

from kaptui.screen_specs.value import HEADLINE, SPECS
from kaptui.ui.keys import Key
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.breakpoints import breakpoint_class
from kaptui.ui.screens.places import ROOMY, Place, Places, place_of, places
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.shared_panel import SharedPanel
from kaptui.ui.widgets.view_widget import ViewWidget


class ValueScreen(DashboardScreen):
    """Who makes the profit and who gives it back: curve, quadrants, bridge, mix and the list with its levers."""

    CSS_PATH: ClassVar[str] = "../styles/value.tcss"
    tab = "screen.value"
    compares = False
    first_panel = 0

    def __init__(self, file: str, where: str, today: date, screens: Iterable[Key]) -> None:
        super().__init__(file, where, today, screens)
        self._places: Places = ()
        self._stacked = False
        self._in_front: dict[Place, str] = {}

    headline = HEADLINE
    specs = SPECS
    kinds: ClassVar[Mapping[str, type[Panel]]] = {spec.id: SharedPanel for spec in specs}

    # Places

    @property
    def panels(self) -> list[Panel]:
        return [panel for panel in super().panels if not panel.has_class("-behind")]

    @property
    def list_panel(self) -> Panel:
        return self.query_one("#mix_table", Panel)

    def on_resize(self, event: Resize) -> None:
        self._settle_places(event.size)
        self._arrange()

    def _settle_places(self, size: Size) -> None:
        shape = breakpoint_class(*size)
        self._stacked = shape == "-stack"
        self.set_class(shape == "-grid" and size.height >= ROOMY, "-roomy")
        self._places = places(self.tab, shape, size.height)

    def restack(self) -> None:
        self._in_front.clear()
        self._arrange()

    def _arrange(self, focus: str = "") -> None:
        """Show one panel of each place; `focus` names the one that gets the keyboard."""
        shown = {self._in_front.get(place, place[0]) for place in self._places}
        here = focus or self._here()
        for panel in super().panels:
            assert isinstance(panel, SharedPanel)
            place = place_of(str(panel.id), self._places)
            panel.share_with([self.query_one(f"#{name}", Panel) for name in place], len(place) > 1 or self._stacked)
            panel.set_class(bool(self._places) and panel.id not in shown, "-behind")
        names = [panel.id for panel in self.panels]
        self._current = names.index(here) if here in names else 0
        for panel in super().panels:
            panel.set_class(panel.id == names[self._current], "-current")
        if focus:
            self.call_after_refresh(self._focus_current)
        self.refresh_bindings()

    def _here(self) -> str:
        panels = self.panels
        return str(panels[self._current].id) if self._current < len(panels) else ""

    def on_shared_panel_next_panel_requested(self, event: SharedPanel.NextPanelRequested) -> None:
        """The next panel of this place comes to the front; from the list, that of the place beside it."""
        name = event.panel_id
        place = place_of(name, self._places)
        alone = len(place) == 1
        if alone:
            place = self._places[-1]
            name = self._in_front.get(place, place[0])
        following = place[(place.index(name) + 1) % len(place)]
        self._in_front[place] = following
        self._arrange("" if alone else following)

    def bring_forward(self, panel: Panel) -> None:
        self._settle_places(self.app.size)  # the screen may be so new that it has not been told of its size
        place = place_of(str(panel.id), self._places)
        self._in_front[place] = str(panel.id)
        self._arrange(str(panel.id))

    def on_view_widget_row_highlighted(self, event: ViewWidget.RowHighlighted) -> None:
        self.highlight_account(event.key)

    def highlight_account(self, account_id: str) -> None:
        for panel in super().panels:
            if not panel.content.has_focus:
                panel.highlight_account(account_id)
