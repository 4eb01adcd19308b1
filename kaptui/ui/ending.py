"""A kill, an interrupt, a lost connection or a closed terminal is a quit: the terminal is left as it was found."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

GRACE = 0.7
"""Seconds for leaving in good order. A terminal that is gone swallows no more output, and that would never end."""


def hold_interrupts() -> Callable[[], bool]:
    """Keep interrupts for later, until `end_on_signals`: half a screen cannot be taken down. Tells whether one came."""
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    return lambda: bool(came)


def end_on_signals(leave: Callable[[], object]) -> None:
    """Call `leave` in the running event loop when the process is told to end, and end it if that does not."""
    loop = asyncio.get_running_loop()

    def told(number: int, _: FrameType | None) -> None:
        last = threading.Timer(GRACE, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        with suppress(RuntimeError):  # the loop has ended already: so will the process
            loop.call_soon_threadsafe(leave)

    for name in {"SIGTERM", "SIGHUP", "SIGINT"} & set(signal.Signals.__members__):
        signal.signal(signal.Signals[name], told)
