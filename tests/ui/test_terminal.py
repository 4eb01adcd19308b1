"""However the dashboard ends, the terminal is left as it was found."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

START = b"\x1b[?1049h"
LEFT = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
"""The alternate screen is left, the mouse is no longer reported, the cursor is shown."""
READY = b"Helvia"
PATIENCE = 30.0


class Terminal:
    """The dashboard in a terminal of its own."""

    def __init__(self, *program: str, ignoring: signal.Signals | None = None) -> None:
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            if ignoring is not None:
                signal.signal(ignoring, signal.SIG_IGN)
            root = str(Path(__file__).parents[2])
            environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": root}
            os.execve(sys.executable, [sys.executable, *(program or ("-m", "kaptui", "demo"))], environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.written = b""

    def read_until(self, wanted: bytes) -> None:
        """Read what is drawn until `wanted` is in it."""
        end = time.monotonic() + PATIENCE
        while wanted not in self.written:
            assert time.monotonic() < end, f"{wanted!r} was not drawn"
            self._read(0.2)

    def read_to_the_end(self) -> tuple[int, float]:
        """Read on until the process is gone: its wait status, and how long that took in seconds."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            self._read(0.02)
            gone, status = os.waitpid(self.pid, os.WNOHANG)
            if gone:
                took = time.monotonic() - begun
                while self._read(0.05):
                    pass
                return status, took
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("the dashboard did not end")

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self.master], [], [], patience)
        if not ready:
            return False
        try:
            piece = os.read(self.master, 65536)
        except OSError:  # what Linux says when the other side is gone
            return False
        self.written += piece
        return bool(piece)


@pytest.mark.parametrize("end", ["SIGTERM", "SIGHUP", "ctrl+c"])
def test_the_terminal_is_left_clean(end: str) -> None:
    terminal = Terminal()
    terminal.read_until(READY)
    assert START in terminal.written
    if end == "ctrl+c":
        os.write(terminal.master, b"\x03")
    else:
        os.kill(terminal.pid, signal.Signals[end])
    status, took = terminal.read_to_the_end()
    assert os.WIFEXITED(status)
    assert took < 5, "a second, and as much again for a machine under load"
    for sequence in LEFT:
        assert terminal.written.rfind(sequence) > terminal.written.rfind(START), sequence
    assert b"Traceback" not in terminal.written


def test_ctrl_z_gives_the_terminal_back_and_fg_the_whole_screen() -> None:
    terminal = Terminal()
    terminal.read_until(READY)
    os.write(terminal.master, b"\x1a")
    end = time.monotonic() + PATIENCE
    while not os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)[0]:
        assert time.monotonic() < end, "it was not stopped"
        terminal._read(0.05)
    while terminal._read(0.05):
        pass
    for sequence in LEFT:
        assert terminal.written.rfind(sequence) > terminal.written.rfind(START), sequence
    terminal.written = b""
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.read_until(READY)
    assert START in terminal.written
    os.write(terminal.master, b"q")
    status, _ = terminal.read_to_the_end()
    assert os.waitstatus_to_exitcode(status) == 0


FAULTY = """
from kaptui.ui.screens.base import DashboardScreen
DashboardScreen.action_filter = lambda screen: 1 / 0
from kaptui.cli import main
main(["demo"])
"""


def test_a_mistake_outside_the_panels_is_one_line_and_exit_code_1() -> None:
    terminal = Terminal("-c", FAULTY)
    terminal.read_until(READY)
    os.write(terminal.master, b"/")
    status, _ = terminal.read_to_the_end()
    assert os.waitstatus_to_exitcode(status) == 1
    for sequence in LEFT:
        assert terminal.written.rfind(sequence) > terminal.written.rfind(START), sequence
    last = terminal.written[terminal.written.rfind(LEFT[0]) :]
    assert b"kaptui: This is a mistake in kaptui: ZeroDivisionError: division by zero" in last
    assert b"Traceback" not in terminal.written


SLOW = """
import os
from kaptui.portfolio import model_schema
from kaptui.ui import startup

def slow(sql, cursor):
    return ["select count(*) from range(90000) a (i), range(90000) b (j) where (i * j) % 7 = 1"]

def told(*given):
    os.write(1, b"begun")
    return run(*given)

model_schema._parsed, run, startup.run = slow, startup.run, told
from kaptui.cli import main
main(["demo"])
"""
"""A program whose model takes many seconds to be built."""
UNSEEMLY = (b"Traceback", b"terminate called", b"FATAL", b"leaked", b"mistake in kaptui")


def test_quitting_does_not_wait_for_a_model() -> None:
    terminal = Terminal("-c", SLOW)
    terminal.read_until(b"Help")
    time.sleep(1)  # the file is open and its model begun
    os.write(terminal.master, b"q")
    status, took = terminal.read_to_the_end()
    assert os.waitstatus_to_exitcode(status) == 0
    assert took < 5, "a second, and as much again for a machine under load"
    assert [words for words in UNSEEMLY if words in terminal.written] == []


@pytest.mark.parametrize("seconds", [0, 0.3, 0.7, 1.1, 1.6])
def test_an_interrupt_while_it_starts_is_a_quit(seconds: float) -> None:
    """From the first frame on a thread is in the database: Python would crash if it ended before that."""
    terminal = Terminal("-c", SLOW)
    terminal.read_until(b"begun")
    time.sleep(seconds)
    os.kill(terminal.pid, signal.SIGINT)
    status, took = terminal.read_to_the_end()
    assert os.WIFEXITED(status), "and no signal ended it"
    assert os.waitstatus_to_exitcode(status) in (0, 130)
    assert took < 5, "a second, and as much again for a machine under load"
    assert [words for words in UNSEEMLY if words in terminal.written] == []


LATE = """
import asyncio, os, signal, time
from kaptui.ui.process import end_on_signals

async def dashboard():
    end_on_signals(print)

asyncio.run(dashboard())
os.kill(os.getpid(), signal.SIGINT)
time.sleep(20)
"""


def test_an_interrupt_after_the_last_frame_ends_it_without_a_word() -> None:
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, timeout=15, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("shown", [START, READY])
@pytest.mark.parametrize("ignoring", [None, signal.SIGHUP], ids=["told", "not told"])
def test_a_closed_terminal_ends_the_process(shown: bytes, ignoring: signal.Signals | None) -> None:
    """Under `nohup` no signal tells of it; the exit code is that of the signal all the same."""
    terminal = Terminal(ignoring=ignoring)
    terminal.read_until(shown)
    os.close(terminal.master)
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        gone, status = os.waitpid(terminal.pid, os.WNOHANG)
        if gone:
            assert os.waitstatus_to_exitcode(status) in (-signal.SIGHUP, 128 + signal.SIGHUP)
            return
        time.sleep(0.05)
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    raise AssertionError("the dashboard outlived its terminal")
