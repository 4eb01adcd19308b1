"""The two streams of the command line: stdout is data, stderr is talk."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from kaptui.errors import KaptuiError
from kaptui.text import clean
from kaptui.web import DRIVER

_QUIET_SECONDS = 0.5


def out(data: bytes) -> None:
    """Write data to stdout, every byte as it is; to a terminal, which obeys what stands in a text, harmless lines."""
    if sys.stdout is None or not sys.stdout.isatty():
        _write(data)
        return
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise KaptuiError("this is no text, and stdout is a terminal", "write it into a file: -o FILE") from error
    out_lines(map(clean, text.replace("\r\n", "\n").removesuffix("\n").split("\n")))


def out_lines(lines: Iterable[str]) -> None:
    """Write lines of text to stdout; what its encoding does not have becomes `?`."""
    text = "".join(f"{line}\n" for line in lines)
    _write(text.encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace"))


def _write(data: bytes) -> None:
    """A reader that has seen enough (`| head`) is no error, a stdout that is closed is one."""
    if sys.stdout is None:
        raise KaptuiError("stdout is closed, so the answer cannot be shown", "leave out `>&-`")
    stream = sys.stdout.buffer
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        raise KaptuiError(f"stdout cannot be written: {error.strerror}") from error


def say(*lines: str) -> None:
    """Write lines to stderr, harmless on a terminal; nobody need listen."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write("".join(f"{clean(line)}\n" for line in lines))
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


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
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None


class Progress:
    """One line on the terminal that says how far a long load is; short ones show nothing."""

    def __init__(self, *, shown: bool = True) -> None:
        self._started = time.monotonic() if shown else float("inf")
        self._shown = 0

    def __call__(self, what: str, done: int, of: int) -> None:
        """Called by the loader before each step."""
        if sys.stderr is not None and sys.stderr.isatty() and time.monotonic() - self._started > _QUIET_SECONDS:
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


def silence(stream: TextIO | None) -> None:
    """Let what a stream still holds go nowhere, or the interpreter complains at exit."""
    with suppress(OSError, ValueError, AttributeError):  # a closed stream, or one without a number
        number = stream.fileno() if stream is not None else -1
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def flush() -> None:
    """Write what the streams still hold; a reader that has gone is no error."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            silence(stream)
