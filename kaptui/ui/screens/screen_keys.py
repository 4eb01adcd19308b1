"""The keys of a screen: which work now, the footer that names them, and what is said of one without effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.events import Key as KeyPressed

from kaptui.ui.keys import BY_ID, Key, working
from kaptui.ui.widgets.filter_bar import FilterBar
from kaptui.ui.widgets.footer import KeyBar

if TYPE_CHECKING:
    from kaptui.ui.screens.where_keys import PanelScreen
    from kaptui.ui.textual_internals import SteadyScreen


class ScreenKeys:
    """Knows what each key does on `screen` at this moment; the screen holds it and asks."""

    def __init__(self, screen: SteadyScreen) -> None:
        self._screen = screen

    def working(self) -> list[Key]:
        """The keys that work now, in the order of the list: while typing only those the filter bar acts upon."""
        screen = self._screen
        bar = screen.query_one(FilterBar)
        only = {*bar.working, "interrupt"} if bar.editing else None
        return working(screen.active_bindings.values(), only)

    def write_footer(self) -> None:
        """Show the keys that work now."""
        screen = self._screen
        if screen.is_mounted and screen.is_current:
            keys = self.working()
            if screen.has_class("-one"):  # the other panels are found by it alone
                keys = [replace(key, rank=2) if key.id == "panel.next" else key for key in keys]
            screen.query_one(KeyBar).keys = tuple(keys)

    async def run(self, key_id: str) -> None:
        """Do what this key does, wherever between the focus and the screen it is done."""
        action, start = BY_ID[key_id].action, self._screen.focused or self._screen
        named = f"action_{action.partition('(')[0]}"
        place = next((one for one in start.ancestors_with_self if hasattr(one, named)), start)
        await self._screen.app.run_action(action, place)

    def without_effect(self, event: KeyPressed, keymap: Mapping[str, str], here: PanelScreen) -> str:
        """Where a key works that does nothing here; empty for one that does, and for keys that move or close."""
        from kaptui.ui.screens.where_keys import keys_of, where_it_works

        meant = keys_of(event.aliases, keymap)
        works = self._screen.active_bindings.get(event.key) if meant else None
        return where_it_works(meant, here) if meant and (works is None or not works.enabled) else ""
