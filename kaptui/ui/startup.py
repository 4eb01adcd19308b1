"""How the dashboard starts: the app is imported, made and run to its end; it reads the file after its first frame.

Imported before Textual is: this file imports nothing that takes time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.common import endings
from kaptui.ui.process import hold_interrupts

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio
    from kaptui.saved_views import SavedView
    from kaptui.ui.first_screen import FirstScreen


def run(  # noqa: PLR0913, PLR0917 - what a dashboard begins with
    opener: Callable[[], Portfolio],
    name: str,
    filters: Filters,
    watch: Path | None = None,
    view: SavedView | None = None,
    first: FirstScreen | None = None,
) -> int:
    """Show the dashboard until the reader leaves it; the exit code of the program.

    `opener` reads the file, in a thread, once the first frame is drawn: both at once keep each other waiting. A
    KaptuiError it raises is shown on screen, `name` on line 1 meanwhile. `watch` is a file that is read again when it
    changes, `view` the screen and list that come first, `first` what is kept of the screen that does. Needs a terminal.
    """
    from kaptui.ui.app import KaptuiApp
    from kaptui.ui.services import read_config

    app = KaptuiApp(opener, name, filters, watch=watch, settings=read_config())
    app.first_view, app.interrupted = view, hold_interrupts()
    app.services.first_start = app.services.config.first_start
    app.services.first_screen = first
    try:
        app.run()
    finally:
        app.close_portfolios()
    return endings.code(app.return_code or 0)
