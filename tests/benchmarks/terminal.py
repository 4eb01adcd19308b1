"""A program in a pseudo terminal of 120 x 36, watched from outside: what it draws, and when."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COLUMNS, ROWS = 120, 36
STAMPS = "KAPTUI_BENCHMARK_STAMPS"
_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


class Silent(Exception):
    """The program did not do in time what was waited for."""


class Terminal:
    """A running program; times are those of `time.time()`, the same for parent and child."""

    def __init__(self, pid: int, screen: int, stamps: Path) -> None:
        self.started = time.time()
        self._pid, self._screen, self._stamps = pid, screen, stamps
        self._drawn = b""
        self._read = 0
        self._gone = False

    def press(self, key: bytes) -> float:
        """Send a key; when."""
        self._drawn = b""
        now = time.time()
        os.write(self._screen, key)
        return now

    def draws(self, text: bytes = b"") -> float:
        """Wait until `text`, or anything, is drawn; when its last byte came."""
        end = time.time() + _PATIENCE
        while time.time() < end and not self._gone:
            came = self._listen(end - time.time())
            if came is not None and text in self._drawn:
                return came
        raise Silent(f"{text!r} was not drawn; {self._last_words()}")

    def calm(self, seconds: float) -> None:
        """Wait until nothing was drawn for so long."""
        while not self._gone and self._listen(seconds) is not None:
            pass

    def stamps(self) -> list[Mapping[str, Any]]:
        """What the program wrote down since last asked."""
        if not self._stamps.exists():
            return []
        whole = self._stamps.read_text(encoding="utf-8")
        new, self._read = whole[self._read : whole.rfind("\n") + 1], whole.rfind("\n") + 1
        return [json.loads(line) for line in new.splitlines()]

    def stamped(self, where: str | None = None) -> float:
        """Wait until the program says that every panel stands, for the filter text `where` or any; when."""
        end = time.time() + _PATIENCE
        while time.time() < end and not self._gone:
            self._listen(0.01)
            for stamp in self.stamps():
                if where is None or stamp["where"] == where:
                    return float(stamp["at"])
        raise Silent(f"not filled for {where!r}; {self._last_words()}")

    def _last_words(self) -> str:
        words = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self._drawn.decode(errors="replace"))
        return f"the program {'ended' if self._gone else 'runs on'}: {' '.join(words.split())[-500:]}"

    def _listen(self, seconds: float) -> float | None:
        if not select.select([self._screen], [], [], max(0.0, seconds))[0]:
            return None
        try:
            chunk = os.read(self._screen, 1 << 16)
        except OSError:  # Linux says so where the program has left its terminal
            chunk = b""
        self._gone = not chunk
        self._drawn += chunk
        return time.time()


@contextmanager
def running(arguments: list[str], scratch: Path) -> Iterator[Terminal]:
    """Start `child.py` with these arguments, byte code at hand as for an installed program; end it afterwards.

    What kaptui keeps and remembers lies in `scratch` as well.
    """
    stamps = scratch / "stamps.jsonl"
    stamps.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "CI")}
    environment |= {
        "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"),
        "PYTHONPATH": str(_ROOT),
        "KAPTUI_CACHE_DIR": str(scratch / "cache"),
        "KAPTUI_STATE_DIR": str(scratch / "state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        STAMPS: str(stamps),
    }
    command = [sys.executable, "-m", "tests.benchmarks.child", *arguments]
    begin = time.time()
    pid, screen = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.execve(command[0], command, environment)
    terminal = Terminal(pid, screen, stamps)
    terminal.started = begin
    try:
        yield terminal
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(screen)
