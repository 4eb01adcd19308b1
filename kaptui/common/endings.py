"""Signals that tell the process to end, as a scheduler or a closed terminal does: noted, and made an interrupt."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn, Protocol

GRACE = 0.7
"""Seconds for leaving in good order."""
_AT_LAST = 5.0
"""Seconds after which a process that was told to end is ended, whatever it does."""

_came: list[int] = []
_stuck: list[str] = []
_first: list[Callable[[], None]] = []


class Interruptible(Protocol):
    """Something at work that another thread may stop: a connection to a database."""

    def interrupt(self) -> None:
        """Stop what it is doing; where it does nothing, nothing happens."""


def note(number: int) -> None:
    """The process was told to end by this signal."""
    _came.append(number)


def code(otherwise: int) -> int:
    """The exit code: 128 and the number of the first signal that told the process to end, as a shell has it."""
    return 128 + _came[0] if _came else otherwise


def is_told() -> bool:
    """Whether the process was told to end."""
    return bool(_came)


def never_ends(what: str) -> None:
    """A thread is inside the database and hears no stop: the process does not wait for it to end."""
    _stuck.append(what)


def is_at_once() -> bool:
    """Whether the process is to end without waiting for its threads."""
    return bool(_came or _stuck)


def before_leaving(work: Callable[[], None]) -> None:
    """Do this first where the process ends without Python's own end."""
    _first.append(work)


@contextmanager
def ended_with_this(end: Callable[[], None]) -> Iterator[None]:
    """What is begun within ends where the process does: another process, say."""
    _first.append(end)
    try:
        yield
    except BaseException:
        end()
        raise
    finally:
        _first.remove(end)


def leave(code: int) -> NoReturn:
    """End the process now, whatever its threads do."""
    for work in list(_first):
        work()
    os._exit(code)


def interrupt_on_end() -> None:
    """Make SIGTERM and SIGHUP what Ctrl+C is, so that what is half-written is taken away; the next one ends at once.

    One that is ignored, as under `nohup`, stays so.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _interrupt)


def word() -> str:
    """What is said of the end: Ctrl+C interrupts, other signals end."""
    return "ended" if _came and _came[0] != signal.SIGINT else "interrupted"


def _interrupt(number: int, _: FrameType | None) -> None:
    note(number)
    signal.signal(number, signal.SIG_DFL)
    end_at_last(number)  # where a library keeps the interrupt to itself
    raise KeyboardInterrupt


def end_at_last(number: int, after: float = _AT_LAST) -> None:
    """End the process after so many seconds, whatever it does then, as this signal would or the first that came."""
    last = threading.Timer(after, lambda: leave(code(128 + number)))
    last.daemon = True
    last.start()


@contextmanager
def prompt_end(*connections: Interruptible, left: Path) -> Iterator[list[Interruptible]]:
    """An interrupt within is heeded at once, though Python hears of it only when the database has come to an end.

    A thread of its own stops the `connections`, to which others may be added; if the process is still there after
    `GRACE` it ends it, with the folder `left`. Outside the main thread, and on Windows, nothing of this is done.
    """
    stoppable = list(connections)
    if os.name == "nt" or threading.current_thread() is not threading.main_thread():
        yield stoppable
        return
    listening, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    over = threading.Event()

    def heed() -> None:
        while number := os.read(listening, 1)[:1]:
            if number[0] not in {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}:
                continue
            for each in stoppable:
                each.interrupt()
            if not over.wait(GRACE):
                shutil.rmtree(left, ignore_errors=True)
                os.write(2, b"kaptui: interrupted\n")
                leave(128 + number[0])

    listener = threading.Thread(target=heed, name="endings", daemon=True)
    listener.start()
    try:
        yield stoppable
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        os.close(told)
        listener.join()
        os.close(listening)


def is_running(process: int) -> bool:
    """Whether a process of this number lives; on Windows False, where asking would end it."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
