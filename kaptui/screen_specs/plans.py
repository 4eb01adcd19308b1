"""What stands on the Plans screen: which plans are not alive?"""

from __future__ import annotations

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of, single
from kaptui.views import Notes


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.plans import plans_headline

    return Notes((plans_headline(frames["plan_overview"].row(0, named=True), state.accounts),), "")


HEADLINE = headline_of(sentence, "plan_overview")
SPECS = (
    single("figures", "plan_overview", "Plans at a glance"),
    PanelSpec(
        "plans",
        (
            Mode(("plan_health",), "Plans: not alive first, by revenue", tab="Plans"),
            Mode(("plan_actions",), "Open actions, the latest first", tab="Actions"),
        ),
    ),
    single("managers", "plans_by_manager", "Not alive, by manager", short="Managers"),
    single("functions", "actions_by_function", "Overdue actions, by function", short="Overdue"),
)
