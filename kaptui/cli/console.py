"""The two streams of the command line: stdout is data, stderr is talk."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable

from kaptui.errors import KaptuiError
from kaptui.text import clean
from kaptui.web import DRIVER

_QUIET_SECONDS = 0.5


def out(data: bytes) -> None:
    """Write data to stdout. A reader that has seen enough (`| head`) is no error."""
    stream = sys.stdout.buffer
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        _silence()
        raise KaptuiError(f"stdout cannot be written: {error.strerror}") from error


def out_lines(lines: Iterable[str]) -> None:
    """Write lines of text to stdout; what its encoding does not have becomes `?`."""
    text = "".join(f"{line}\n" for line in lines)
    out(text.encode(sys.stdout.encoding or "utf-8", "replace"))


def say(*lines: str) -> None:
    """Write lines to stderr, harmless on a terminal."""
    try:
        sys.stderr.write("".join(f"{clean(line)}\n" for line in lines))
        sys.stderr.flush()
    except OSError:
        return  # nobody listens


def say_error(error: KaptuiError) -> None:
    """`kaptui: message`, below it the hint."""
    first, *more = error.message.splitlines() or [""]
    say(f"kaptui: {first}", *more, *(f"  {line}" for line in error.hint.splitlines()))


def is_interactive() -> bool:
    """Whether a dashboard can be shown: keys come in, and the screen can do more than print lines.

    Textual draws on stderr: redirected, it would leave an empty screen. With `kaptui serve` a browser is it.
    """
    if os.environ.get("TEXTUAL_DRIVER") == DRIVER:
        return True
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


_COLOURS = ("auto", "standard", "256", "truecolor", "windows")


def settle_colours() -> None:
    """Say of a TEXTUAL_COLOR_SYSTEM that nobody knows that it is not used: Textual would stop over it."""
    told = os.environ.get("TEXTUAL_COLOR_SYSTEM")
    if told is not None and told not in _COLOURS:
        say(f"kaptui: TEXTUAL_COLOR_SYSTEM '{told}' is not used", f"  it may be {', '.join(_COLOURS)}")
        del os.environ["TEXTUAL_COLOR_SYSTEM"]


def room() -> int | None:
    """The width of the terminal that stdout is; None if it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


class Progress:
    """One line on the terminal that says how far a long load is; short ones show nothing."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown = 0

    def __call__(self, what: str, done: int, of: int) -> None:
        """Called by the loader before each step."""
        if sys.stderr.isatty() and time.monotonic() - self._started > _QUIET_SECONDS:
            line = clean(f"{100 * done // max(of, 1):3} %  {what}")[: shutil.get_terminal_size().columns - 1]
            self._write(line)
            self._shown = len(line)

    def end(self) -> None:
        """Leave no trace on the line."""
        if self._shown:
            self._write("")
            self._shown = 0

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self._shown)}" if line else f"\r{' ' * self._shown}\r")
        sys.stderr.flush()


def _silence() -> None:
    """Let what is still buffered go nowhere, or the interpreter complains at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
