"""What stands on the Value screen: re-price, fix, protect or invest?"""

from __future__ import annotations

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of, single
from kaptui.screen_specs import value_views as views
from kaptui.views import Notes


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.value import value_headline

    words = value_headline(frames["whale_curve"], frames["value_mix"], state.context, state.accounts)
    return Notes((words,), "")


HEADLINE = headline_of(sentence, "whale_curve", "value_mix")
SPECS = (
    single(
        "mix_table",
        "value_mix",
        "Accounts: revenue against profit",
        views.table,
        also=("portfolio",),
        short="Accounts",
    ),
    single(
        "whale",
        "whale_curve",
        "Profit curve, best account to worst",
        views.curve,
        also=("portfolio",),
        short="Curve",
    ),
    PanelSpec(
        "bridge",
        (
            Mode(("profit_bridge", "bridge_accounts", "portfolio"), "Profit bridge", views.bridge, tab="Bridge"),
            Mode(("bridge_accounts",), "Accounts behind the bridge", tab="Behind it"),
        ),
        short="Bridge",
    ),
    single("months", "revenue_trend", "Revenue and profit by month", short="Trend"),
    single("quadrant", "value_mix", "Quadrants", views.quadrant, short="Quadrant"),
    PanelSpec("mix", views.MIX[0], views.MIX, short="Mix"),
    PanelSpec(
        "lists",
        (
            Mode(("value_mix",), views.POORER, views.poorer, layout="poorer", tab="Growth"),
            Mode(("co_innovation_gaps",), "Co-innovation: no return, no programme", tab="No return"),
            Mode(("co_innovation",), "Co-innovation programmes", tab="Programmes"),
            Mode(("value_mix",), "Value pricing against profit index", views.pricing, tab="Pricing"),
        ),
        short="Lists",
    ),
)
