"""How the dashboard starts: the file is read while Textual is still being imported, then the app runs to its end.

Imported before Textual is: this file imports nothing that takes time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.common import endings
from kaptui.common.threads import OPENER
from kaptui.filters import Filters
from kaptui.ui.process import hold_interrupts

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.saved_views import SavedView
    from kaptui.ui.first_screen import FirstScreen


def begun(opener: Callable[[], Portfolio], filters: Filters) -> Callable[[], Portfolio]:
    """An opener whose first portfolio is being read already, in a thread, and its model for `filters` built.

    Most of that is done by the database and needs no Python, so the first frame is drawn meanwhile.
    """
    first: list[Future[Portfolio]] = [Future()]

    def begin(future: Future[Portfolio]) -> None:
        try:
            portfolio = opener()
        except BaseException as error:  # noqa: BLE001 - whoever opens meets it, and tells it
            future.set_exception(error)
            return
        future.set_result(portfolio)
        with suppress(Exception):  # whoever asks meets the same error, and tells it
            portfolio.context(filters)

    threading.Thread(target=begin, args=(first[0],), name=OPENER, daemon=True).start()
    return lambda: first.pop().result() if first else opener()


def run(  # noqa: PLR0913, PLR0917 - what a dashboard begins with
    opener: Callable[[], Portfolio],
    name: str,
    filters: Filters,
    watch: Path | None = None,
    view: SavedView | None = None,
    first: FirstScreen | None = None,
) -> int:
    """Show the dashboard until the reader leaves it; the exit code of the program.

    `opener` reads the file, in a thread; a KaptuiError it raises is shown on screen, `name` on line 1 meanwhile.
    `watch` is a file that is read again when it changes, `view` the screen and list that come first, `first` what is
    kept of the screen that does: with a picture of it the file is read after the first frame, for that comes sooner so.
    Needs a terminal.
    """
    from kaptui.ui.app import KaptuiApp
    from kaptui.ui.services import read_config

    app = KaptuiApp(opener, name, filters, watch=watch, settings=read_config())
    app.first_view, app.interrupted = view, hold_interrupts()
    app.services.first_start = app.services.config.first_start
    app.services.first_screen = first
    if first is None or first.kept is None:
        app.session.read_ahead()
    try:
        app.run()
    finally:
        app.close_portfolios()
    return endings.code(app.return_code or 0)
