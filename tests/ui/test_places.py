"""The table of places: it names panels that there are, each in one place, at every size."""

from __future__ import annotations

from importlib import import_module

import pytest

from kaptui.ui.screen_factory import SCREENS
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.breakpoints import BREAKPOINTS
from kaptui.ui.screens.places import PLACES, place_of, places


def screen(name: str) -> type[DashboardScreen]:
    module, _, made = SCREENS[name.removeprefix("screen.")].partition(":")
    found: type[DashboardScreen] = getattr(import_module(module), made)
    return found


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("shape", BREAKPOINTS)
def test_every_panel_of_a_place_is_one_of_its_screen_and_stands_there_once(name: str, shape: str) -> None:
    known = [spec.id for spec in screen(name).specs]
    for lines in range(5, 80):
        named = [panel for place in places(name, shape, lines) for panel in place]
        assert len(named) == len(set(named))
        assert set(named) <= set(known)
        assert all(panel in place_of(panel, places(name, shape, lines)) for panel in known)


def test_a_panel_of_the_value_screen_is_never_forgotten() -> None:
    for shape in BREAKPOINTS[1:]:
        for lines in range(16, 80):
            named = {panel for place in places("screen.value", shape, lines) for panel in place}
            assert named == {spec.id for spec in screen("screen.value").specs}
