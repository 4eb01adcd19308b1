"""Signals that tell the process to end, as a scheduler or a closed terminal does: noted, and made an interrupt."""

from __future__ import annotations

import os
import signal
from types import FrameType

_came: list[int] = []


def note(number: int) -> None:
    """The process was told to end by this signal."""
    _came.append(number)


def code(otherwise: int) -> int:
    """The exit code: 128 and the number of the first signal that told the process to end, as a shell has it."""
    return 128 + _came[0] if _came else otherwise


def is_told() -> bool:
    """Whether the process was told to end."""
    return bool(_came)


def interrupt_on_end() -> None:
    """Make SIGTERM and SIGHUP what Ctrl+C is, so that what is half-written is taken away; the next one ends at once.

    One that is ignored, as under `nohup`, stays so.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: FrameType | None) -> None:
    note(number)
    signal.signal(number, signal.SIG_DFL)
    raise KeyboardInterrupt


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
