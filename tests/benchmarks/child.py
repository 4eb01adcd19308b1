"""What runs in the pseudo terminal: `bare`, an empty Textual app, or `kaptui ...`, the product as its users start it.

The product is not changed for it: its app is watched from here, and each frame on which every visible panel
shows its answer is written down, one JSON line with the time and the filter text: once for a filter and a screen. So
is the first with the kept picture of them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from .terminal import STAMPS

MARK = "an empty app"


def bare() -> None:
    """One line of text, drawn again at every key."""
    from textual import events
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Bare(App[None]):
        keys = 0

        def compose(self) -> ComposeResult:
            yield Static(MARK)

        def on_key(self, event: events.Key) -> None:
            self.keys += 1
            self.query_one(Static).update(f"{MARK} {self.keys}")

    Bare().run()


def product(arguments: list[str]) -> None:
    """kaptui with these arguments, watched. Nothing is imported before the product imports it itself."""
    from kaptui.cli import main
    from kaptui.ui import startup

    usual = startup.run

    def watched(*given: Any) -> int:
        _watch()  # imports the dashboard, as the product does next
        return usual(*given)

    startup.run = watched  # type: ignore[assignment]
    main(arguments)


def _watch() -> None:
    from textual.screen import Screen

    from kaptui.ui.app import KaptuiApp
    from kaptui.ui.screens.base import DashboardScreen
    from kaptui.ui.widgets.panel import Panel
    from kaptui.ui.widgets.screen_picture import ScreenPicture

    draw = KaptuiApp._display
    told: list[object] = []

    def stands(screen: Screen[object]) -> bool:
        shown = [card for card in screen.query(Panel) if card.display]
        return bool(shown) and not any(card.waiting or card.answer is None for card in shown)

    def watched(app: KaptuiApp, screen: Screen[object], frame: object) -> None:
        draw(app, screen, frame)  # type: ignore[arg-type]
        state = screen.state if isinstance(screen, DashboardScreen) else None
        if not told and screen.query(ScreenPicture):
            told.append(screen)
            _write_down(app.filters.where)
        if state is not None and [state, screen] != told and stands(screen):
            told[:] = [state, screen]
            _write_down(state.filters.where)

    KaptuiApp._display = watched  # type: ignore[assignment, method-assign]


def _write_down(where: str) -> None:
    with open(os.environ[STAMPS], "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be one import more
        file.write(json.dumps({"at": time.time(), "where": where}) + "\n")


if __name__ == "__main__":
    _, program, *rest = sys.argv
    bare() if program == "bare" else product(rest)
