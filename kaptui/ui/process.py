"""The Python process of the dashboard: memory and threads at a start, imports ahead, and signals that end it.

Imported before Textual is: this file imports nothing that takes time.
"""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Any

from kaptui.common import endings
from kaptui.errors import KaptuiError

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

CALM_AFTER = 3.0
"""Seconds after the first frame when the hurry is over."""
_TURN, _USUAL_TURN = 0.001, 0.005
_NEEDED_NEXT = (
    "polars",
    "lark",
    "plotext",
    "kaptui.headlines.overview",
    "kaptui.ui.widgets.table.data_table_view",
    "kaptui.ui.widgets.figures_row",
    "kaptui.ui.widgets.charts.bar_list",
    "kaptui.ui.widgets.charts.curve_plot",
)
GRACE = 0.7
"""Seconds for leaving in good order. A terminal that is gone swallows no more output, and that would never end."""


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


def look_ahead(
    portfolio: Portfolio, filters: Filters, modules: Iterable[str], then: Callable[[], object] = lambda: None
) -> None:
    """Import and build what the reader will ask for next, while he looks at the first screen; in a thread.

    What is built then is kept for the next start; `then` is done where it is.
    """
    for name in modules:
        import_module(name)
    with suppress(KaptuiError):  # whoever asks meets the same error, and tells it
        portfolio.prepare(filters)
        if portfolio.keep(filters):
            then()
        portfolio.ask_ahead(filters)


def import_ahead() -> None:
    """Import on the side what the first answers need, while the database still works without Python."""
    threading.Thread(target=lambda: [import_module(name) for name in _NEEDED_NEXT]).start()


def hold_interrupts() -> Callable[[], bool]:
    """Keep signals that end for later, until `end_on_signals`: half a screen cannot be taken down. Tells of one.

    Where the terminal is gone, what is written to it may be waited for without end: then the process ends at last.
    """

    def held(number: int, _: FrameType | None) -> None:
        endings.note(number)
        if signal.Signals(number).name == "SIGHUP":
            endings.end_at_last(number, GRACE)

    for number in _endings():
        signal.signal(number, held)
    _end_with_terminal()
    return endings.is_told


def _end_with_terminal() -> None:
    """Once the terminal has vanished, end as by SIGHUP, though that be ignored, as under `nohup`.

    It may also be meant for another process of the terminal. Textual would read the end of its input for ever.
    """
    if sys.__stdin__ is None or not hasattr(select, "poll"):
        return
    keys = sys.__stdin__.fileno()
    if not stat.S_ISCHR(os.fstat(keys).st_mode):  # a browser's keys come through a pipe, and end in their own way
        return
    vanished = select.poll()
    vanished.register(keys, 0)  # tells of the hang-up only, which cannot be left out

    def watch() -> None:
        if any(what & select.POLLHUP for _, what in vanished.poll()):
            endings.note(signal.SIGHUP)
            endings.end_at_last(signal.SIGHUP, GRACE)
            os.kill(os.getpid(), signal.SIGTERM)  # to leave in good order; the exit code is that of the first signal

    threading.Thread(target=watch, name="terminal", daemon=True).start()


def _endings() -> list[signal.Signals]:
    """The signals of this system that tell a process to end, but those that it was started to ignore."""
    names = {"SIGTERM", "SIGHUP", "SIGINT"} & set(signal.Signals.__members__)
    return [signal.Signals[name] for name in names if signal.getsignal(signal.Signals[name]) is not signal.SIG_IGN]


class Workers(ThreadPoolExecutor):
    """The threads of what is done beside the dashboard; its end waits for them a moment only.

    One may be setting a PDF of a thousand pages: nobody can stop that, and nobody waits for it who has left.
    """

    def __init__(self) -> None:
        super().__init__(thread_name_prefix="workers")
        self._works: set[Future[Any]] = set()

    def submit(self, *work: Any, **more: Any) -> Future[Any]:
        """Do it in a thread."""
        begun = super().submit(*work, **more)
        self._works.add(begun)
        begun.add_done_callback(self._works.discard)
        return begun

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Begin nothing more; where something does not end, the process will not wait for it."""
        super().shutdown(wait=False, cancel_futures=wait or cancel_futures)
        if wait and _not_ended(self._works):
            endings.never_ends("what is done beside the dashboard")


def _not_ended(works: Iterable[Future[Any]]) -> bool:
    """Whether something is still at work after a moment."""
    return bool(wait(list(works), GRACE).not_done)


def employ_workers() -> None:
    """From now on what the running event loop does in threads is done by `Workers`."""
    asyncio.get_running_loop().set_default_executor(Workers())


def end_on_signals(leave: Callable[[], object]) -> None:
    """Call `leave` in the running event loop when the process is told to end, and end it if that does not."""
    loop = asyncio.get_running_loop()

    def ended(number: int, _: FrameType | None) -> None:
        endings.note(number)
        endings.end_at_last(number, GRACE)
        with suppress(RuntimeError):  # the loop has ended already: so will the process
            loop.call_soon_threadsafe(leave)

    for number in _endings():
        signal.signal(number, ended)
