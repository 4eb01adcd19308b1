"""The Factors screen: a problem of the programme, or of one account? And is a good score a claim or a fact?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.events import Resize

from kaptui.screen_specs.factors import HEADLINE, SPECS
from kaptui.ui.keys import bindings
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.breakpoints import breakpoint_class
from kaptui.ui.screens.places import place_of, places
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.shared_panel import SharedPanel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.view_widget import ViewWidget


class FactorsScreen(DashboardScreen):
    """The heatmap, claims against facts, and what the factors' means rest on."""

    BINDINGS = bindings("narrow")
    CSS_PATH = "../styles/factors.tcss"
    tab = "screen.factors"

    headline = HEADLINE
    specs = SPECS
    kinds: ClassVar[Mapping[str, type[Panel]]] = {"claims": SharedPanel, "bases": SharedPanel}
    first_panel = 0

    @property
    def list_panel(self) -> Panel:
        return self.panels[0]

    def on_mount(self) -> None:
        super().on_mount()
        self.panels[1].add_class("-front")

    def on_resize(self, event: Resize) -> None:
        for panel in self.query(SharedPanel):
            shared = places(self.tab, breakpoint_class(*event.size), event.size.height)
            place = place_of(str(panel.id), shared)
            panel.share_with([self.query_one(f"#{name}", Panel) for name in place], len(place) > 1)

    def _go_to(self, place: int, focus: bool = True) -> None:
        lower = self.panels[1:]
        if place % len(self.panels):
            for panel in lower:
                panel.set_class(panel is self.panels[place % len(self.panels)], "-front")
        super()._go_to(place, focus)

    def on_shared_panel_next_panel_requested(self, event: SharedPanel.NextPanelRequested) -> None:
        event.stop()
        self._go_to(2 if event.panel_id == self.panels[1].id else 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        has_no_data = bool(self.panels) and self.current.has_no_data
        return not has_no_data if action == "narrow" else super().check_action(action, parameters)

    def action_narrow(self) -> None:
        """Keep the accounts red on the factor under the cursor, or no longer."""
        from kaptui.panels.factor_summary import narrowing

        content = self.current.content
        row, column = content.pointed or ({}, None) if isinstance(content, DataTableView) else ({}, None)
        code = (column.item if column is not None else "") or row.get("code", "")
        where = narrowing(code, row.get("red_below")) if code else ""
        if where:
            self.post_message(ViewWidget.FilterToggled(where))
        else:
            self.notify("Go to the column of a factor first, with the arrow keys.", markup=False, timeout=3)
