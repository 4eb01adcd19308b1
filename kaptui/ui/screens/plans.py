"""The Plans screen: which plans are not alive?"""

from __future__ import annotations

from kaptui.screen_specs.plans import HEADLINE, SPECS
from kaptui.ui.screens.base import DashboardScreen


class PlansScreen(DashboardScreen):
    """Plans at a glance, the list of them with the worst first, who is behind, and what is overdue."""

    tab = "screen.plans"
    compares = False
    CSS_PATH = "../styles/plans.tcss"

    headline = HEADLINE
    specs = SPECS
