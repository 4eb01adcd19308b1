"""What makes a start quick. Imported before Textual is: this file imports nothing that takes time."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING

from kaptui.common.threads import OPENER
from kaptui.errors import KaptuiError

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

CALM_AFTER = 3.0
"""Seconds after the first frame when the hurry is over."""
_TURN, _USUAL_TURN = 0.001, 0.005
_NEEDED_NEXT = (
    "polars", "lark", "plotext", "kaptui.headlines.overview",
    "kaptui.ui.widgets.frame_table", "kaptui.ui.widgets.figures_row",
    "kaptui.ui.widgets.bar_list", "kaptui.ui.widgets.curve_plot",
)  # fmt: skip


@contextmanager
def hurry() -> Iterator[None]:
    """Until `calm_down`, look for no rubbish in memory: nearly all of what a start makes stays.

    Threads also take turns more often, so that the database is not kept waiting for its next statement. What was
    usual before is usual again at the end.
    """
    usual = sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        gc.unfreeze()
        gc.enable()


def calm_down() -> None:
    """Look for rubbish again, but never among what the start has made: a key would have to wait for that."""
    if not gc.isenabled():
        sys.setswitchinterval(_USUAL_TURN)
        gc.freeze()
        gc.enable()


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
        with suppress(KaptuiError):  # whoever asks meets the same error, and tells it
            portfolio.context(filters)

    threading.Thread(target=begin, args=(first[0],), name=OPENER, daemon=True).start()
    return lambda: first.pop().result() if first else opener()


def look_ahead(portfolio: Portfolio, filters: Filters, modules: Iterable[str]) -> None:
    """Import and build what the reader will ask for next, while he looks at the first screen; in a thread."""
    for name in modules:
        import_module(name)
    with suppress(KaptuiError):  # whoever asks meets the same error, and tells it
        portfolio.prepare(filters)


def import_ahead() -> None:
    """Import on the side what the first answers need, while the database still works without Python."""
    threading.Thread(target=lambda: [import_module(name) for name in _NEEDED_NEXT]).start()
