"""The dashboard from its first frame to its last, and the exit code it leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.filters import Filters
from kaptui.ui.app import KaptuiApp
from kaptui.ui.desk import config
from kaptui.ui.ending import hold_interrupts

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.saved_views import SavedView


def run(
    opener: Callable[[], Portfolio],
    name: str,
    filters: Filters,
    watch: Path | None = None,
    view: SavedView | None = None,
) -> int:
    """Show the dashboard until the reader leaves it; the exit code of the program.

    `opener` reads the file, in a thread; a KaptuiError it raises is shown on screen, `name` on line 1 meanwhile.
    `watch` is a file that is read again when it changes, `view` the screen and list that come first. Needs a terminal.
    """
    app = KaptuiApp(opener, name, filters, watch=watch, settings=config())
    app.first_view, app.interrupted = view, hold_interrupts()
    app.read_ahead()
    try:
        app.run()
    finally:
        app.release()
    return app.return_code or 0
