"""The Overview screen: whom do I call this week?"""

from __future__ import annotations

from kaptui.screen_specs.overview import HEADLINE, SPECS
from kaptui.ui.screens.base import DashboardScreen


class OverviewScreen(DashboardScreen):
    """Key figures, the list of who needs attention, factors, profit curve and sponsorship."""

    tab = "screen.overview"

    headline = HEADLINE
    specs = SPECS
