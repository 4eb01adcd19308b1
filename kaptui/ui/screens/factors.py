"""The Factors screen: a problem of the programme, or of one account? And is a good score a claim or a fact?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual.events import Resize

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of
from kaptui.ui.keys import bindings
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.breakpoints import breakpoint_class
from kaptui.ui.screens.places import place_of, places
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.shared_panel import SharedPanel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Notes, Table, View

MODES = {
    "weak": "Weak cells",
    "index": "Numbers",
    "change": "Change",
    "age": "Age",
    "confidence": "Confidence",
    "claim": "Claim",
}
"""The modes of the heatmap, and what they are called as tabs."""
GROUPINGS = ("", "region", "tier", "manager", "industry")
HEATMAP = ("factor_scores", "factor_accounts", "factor_groups")


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line: column or row, and what is claimed."""
    from kaptui.headlines.factors import factors_headline

    accounts, gaps = frames["factor_accounts"], frames["factor_gaps"]
    weak = accounts.filter(accounts["account_problem"]).to_dicts()
    over = gaps.filter(gaps["claim"] == "overclaimed").to_dicts()
    factors = frames["factor_summary"].iter_rows(named=True)
    serious = state.context.reds_serious
    said = factors_headline(factors, weak, over, accounts.height, state.accounts, reds_serious=serious)
    return Notes((said,), "")


def heatmap(mode: str, grouping: str, frames: Frames, state: Scope) -> Table:
    """Accounts x factors in one of its modes, grouped or not."""
    from kaptui.panels import heatmap
    from kaptui.panels.heatmap_modes import MODES as ways

    shown = next(one for one in ways if one.name == mode)
    scores, accounts, groups = (frames[question] for question in HEATMAP)
    return heatmap.heatmap(scores, accounts, groups, state.context, shown, grouping)


def bases(frames: Frames, state: Scope) -> View:
    """Each factor's mean with what it rests on."""
    from kaptui.panels.factor_summary import bases

    return bases(frames["factor_summary"], state.context)


def distribution(grouping: str, frames: Frames, state: Scope) -> View:
    """The weakest factor, group by group."""
    from kaptui.panels.factor_groups import distribution

    weakest = frames["factor_summary"].sort("weakness", "factor_id")["code"].first()
    return distribution(frames["factor_groups"], state.context, grouping, str(weakest))


def _heatmaps(grouping: str) -> tuple[Mode, ...]:
    by = f", by {grouping}" if grouping else ""
    return tuple(
        Mode(HEATMAP, f"Accounts x factors: {mode}{by}", partial(heatmap, mode, grouping), layout="heatmap", tab=tab)
        for mode, tab in MODES.items()
    )


def _distributions() -> tuple[Mode, ...]:
    asked = ("factor_groups", "factor_summary")
    names = GROUPINGS[1:]
    return tuple(
        Mode(asked, f"The weakest factor by {name}", partial(distribution, name), tab=f"By {name}") for name in names
    )


class FactorsScreen(DashboardScreen):
    """The heatmap, claims against facts, and what the factors' means rest on."""

    BINDINGS = bindings("narrow")
    CSS_PATH = "../styles/factors.tcss"
    tab = "screen.factors"

    headline = headline_of(sentence, "factor_summary", "factor_accounts", "factor_gaps")
    specs = (
        PanelSpec("heatmap", _heatmaps(""), tuple(map(_heatmaps, GROUPINGS)), short="Factors"),
        PanelSpec(
            "claims",
            (
                Mode(("factor_gaps",), "Claims against facts", tab="Claims"),
                Mode(("factor_evidence",), "Indicators", tab="Indicators"),
            ),
            short="Claims",
        ),
        PanelSpec(
            "bases",
            (
                Mode(("factor_summary",), "What the means rest on", bases, tab="Means"),
                Mode(("factor_trend",), "From review to review", tab="Trend"),
                *_distributions(),
            ),
            short="Means",
        ),
    )
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
