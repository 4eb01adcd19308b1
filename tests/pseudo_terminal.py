"""kaptui in a pseudo terminal of 80 x 24, seen from outside: what it writes, how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping
from types import TracebackType

START = b"\x1b[?1049h"
LEFT = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
"""The alternate screen is left, the mouse is no longer reported, the cursor is shown."""
_PATIENCE = 60.0


class PseudoTerminal:
    """A dashboard in a terminal of its own; at the end of a `with` it is gone, whatever it did."""

    def __init__(self, environment: Mapping[str, str], *arguments: str) -> None:
        self.written = b""
        self.code: int | None = None
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            command = [sys.executable, "-m", "kaptui", *(arguments or ("demo",))]
            os.execve(command[0], command, dict(environment))

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.close()

    def close(self) -> None:
        """The terminal vanishes, as when its window is closed."""
        if self.screen >= 0:
            os.close(self.screen)
            self.screen = -1

    def press(self, keys: bytes) -> None:
        """Send keys; nobody need be there any more."""
        os.write(self.screen, keys)

    def read_for(self, seconds: float) -> None:
        """Take in what is written for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._read(left):
                time.sleep(min(0.01, left))

    def read_until(self, wanted: bytes) -> None:
        """Take in what is written until `wanted` is in it."""
        end = time.monotonic() + _PATIENCE
        while wanted not in self.written:
            assert time.monotonic() < end, f"{wanted!r} was not drawn: {self.written[-200:]!r}"
            self._read(0.2)

    def read_until_quiet(self, seconds: float = 1.0) -> None:
        """Take in what is written until nothing has come for so long."""
        end = time.monotonic() + _PATIENCE
        while self._read(seconds):
            assert time.monotonic() < end, "it writes on and on"

    def wait_until_stopped(self) -> None:
        """Wait until Ctrl+Z has stopped it."""
        end = time.monotonic() + _PATIENCE
        while not os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)[0]:
            assert time.monotonic() < end, "it was not stopped"
            self._read(0.05)
        while self._read(0.05):
            pass

    def end(self, number: signal.Signals | None) -> float:
        """Send a signal, if one is given, and wait until the process is gone: after how many seconds."""
        if number is not None:
            os.kill(self.pid, number)
        begin = time.monotonic()
        while time.monotonic() - begin < _PATIENCE:
            if self.screen >= 0:
                self._read(0.02)
            else:
                time.sleep(0.02)
            gone, status = os.waitpid(self.pid, os.WNOHANG)
            if gone:
                took = time.monotonic() - begin
                self.code = os.waitstatus_to_exitcode(status)
                while self.screen >= 0 and self._read(0.05):
                    pass
                return took
        raise AssertionError("it did not end")

    def _read(self, patience: float) -> bool:
        if not select.select([self.screen], [], [], patience)[0]:
            return False
        try:
            piece = os.read(self.screen, 1 << 16)
        except OSError:  # what Linux says when the other side is gone
            return False
        self.written += piece
        return bool(piece)
