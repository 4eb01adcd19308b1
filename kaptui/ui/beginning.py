"""What makes a start quick. Imported before Textual is: this file imports nothing that takes time."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from kaptui.errors import KaptuiError

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

CALM_AFTER = 3.0
"""Seconds after the first frame when memory is looked through for rubbish again."""
_NEEDED_NEXT = ("polars", "lark", "plotext", "kaptui.panels", "kaptui.sentences")


def hold_collector() -> None:
    """Look for no rubbish in memory while the dashboard starts: nearly all of what is made then stays."""
    gc.disable()


def free_collector() -> None:
    """Look for rubbish again, but never among what the start has made: a key would have to wait for that."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def building_ahead(opener: Callable[[], Portfolio], filters: Filters) -> Callable[[], Portfolio]:
    """An opener that builds the model for `filters` in a thread of its own as soon as the file is read."""

    def opened() -> Portfolio:
        portfolio = opener()
        threading.Thread(target=_build, args=(portfolio, filters)).start()
        return portfolio

    return opened


def _build(portfolio: Portfolio, filters: Filters) -> None:
    with suppress(KaptuiError):  # whoever asks meets the same error, and tells it
        portfolio.context(filters)


def import_ahead() -> None:
    """Import on the side what the first answers need, while the database still works without Python."""
    threading.Thread(target=lambda: [import_module(name) for name in _NEEDED_NEXT]).start()
