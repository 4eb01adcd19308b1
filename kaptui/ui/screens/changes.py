"""The Changes screen: what moved since the review, and who explains it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.events import Resize
from textual.geometry import Size

from kaptui.screen_specs.changes import HEADLINE, SPECS
from kaptui.ui.keys import Key
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.breakpoints import breakpoint_class
from kaptui.ui.screens.places import Place, place_of, places
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.shared_panel import SharedPanel


class ChangesScreen(DashboardScreen):
    """Key figures by kind, then three lists that are never mixed: money, points of scores, people and plans.

    Where there is no room for three they share one place. Behind them stand what is no fact, and further lists.
    """

    CSS_PATH: ClassVar[str] = "../styles/changes.tcss"
    tab = "screen.changes"

    headline = HEADLINE
    specs = SPECS
    kinds: ClassVar[Mapping[str, type[Panel]]] = dict.fromkeys(("movers", "scores", "others", "further"), SharedPanel)

    def __init__(self, file: str, where: str, today: date, screens: Iterable[Key]) -> None:
        super().__init__(file, where, today, screens)
        self._in_front: dict[Place, str] = {}

    # Lists that share a place

    def on_resize(self, event: Resize) -> None:
        self._arrange(event.size)

    def _arrange(self, size: Size) -> None:
        """Show one list of each place."""
        at_this_size = places(self.tab, breakpoint_class(*size), size.height)
        for panel in self.query(SharedPanel):
            place = place_of(str(panel.id), at_this_size)
            panel.share_with([self.query_one(f"#{name}", SharedPanel) for name in place], len(place) > 1)
            behind = panel.id != self._in_front.get(place, place[0])
            if behind != panel.has_class("-behind"):
                panel.set_class(behind, "-behind")
                self.call_after_refresh(panel.ask_if_visible)
        if self.current.has_class("-behind"):
            place = place_of(str(self.current.id), at_this_size)
            self._go_to(self._at(self._in_front.get(place, place[0])))

    def restack(self) -> None:
        self._in_front.clear()
        self._arrange(self.app.size)

    def _at(self, name: str) -> int:
        return [panel.id for panel in self.panels].index(name)

    def _go_to(self, place: int, focus: bool = True) -> None:
        """Go to a panel, which comes to the front of its place."""
        size = self.app.size  # the screen may be so new that it has not been told of its own
        name = str(self.panels[place % len(self.panels)].id)
        shared = place_of(name, places(self.tab, breakpoint_class(*size), size.height))
        moves = len(shared) > 1 and self._in_front.get(shared, shared[0]) != name
        super()._go_to(place, focus)
        if moves:
            self._in_front[shared] = name
            self._arrange(size)

    def action_panel(self, step: int) -> None:
        """The next panel; of a place the one in front, in -one every list."""
        place = self._current + step
        while self.panels[place % len(self.panels)].has_class("-behind"):
            place += step
        self._go_to(place)

    def on_shared_panel_next_panel_requested(self, event: SharedPanel.NextPanelRequested) -> None:
        """The next list of this place comes to the front."""
        event.stop()
        shared = place_of(event.panel_id, places(self.tab, breakpoint_class(*self.app.size), self.app.size.height))
        self._go_to(self._at(shared[(shared.index(event.panel_id) + 1) % len(shared)]))
