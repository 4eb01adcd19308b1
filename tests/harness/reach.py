"""What kaptui reaches, as the system sees it (strace): no socket, and nothing written but what was asked for.

Written may be what a call names, and below the user's own config, state and cache folders, each his alone.
"""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.harness.kills import ROOT, kaptui, surroundings
from tests.harness.tally import Tally

TRIES = 1
_SOCKET = re.compile(r"\b(?:socket|connect|bind)\(")  # socketpair reaches nobody else: asyncio wakes itself by one
_WRITES = re.compile(
    r'\b(?:open|openat|creat)\((?:AT_FDCWD, )?"(?P<opened>[^"]*)", [^)]*O_(?:WRONLY|RDWR|CREAT)[^)]*\) = \d'
    r'|\b(?:mkdir|mkdirat|unlink|unlinkat|rmdir|chmod|symlink)\((?:AT_FDCWD, )?"(?P<made>[^"]*)"[^=]*\) = 0'
    r'|\brename(?:at2?)?\((?:AT_FDCWD, )?"[^"]*", (?:AT_FDCWD, )?"(?P<moved>[^"]*)"[^=]*\) = 0'
)
_OF_THE_SYSTEM = ("/dev/", "/proc/self/", "/sys/")
_KEYS = ("2", "3", "w", "\x1b", "/tier:1\r", "e", "\x1b", "q")
_DASHBOARD = """
import os, pty, select, sys, time
pid, screen = pty.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, "-m", "kaptui", *sys.argv[2:]])
def read(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([screen], [], [], 0.1)[0]:
            try:
                if not os.read(screen, 65536):
                    return
            except OSError:
                return
read(25)
for key in eval(sys.argv[1]):
    os.write(screen, key.encode())
    read(5)
os.waitpid(pid, 0)
"""


def run(tally: Tally, tries: int, seed: int) -> None:
    """A load, a check, questions, an export, a pack and a dashboard, each watched."""
    del seed
    if shutil.which("strace") is None:
        tally.failed("reach", "strace is not installed")
        return
    for _ in range(tries):
        with tempfile.TemporaryDirectory(prefix="kaptui-reach-") as made:
            work = Path(made).resolve()
            (work / "tmp").mkdir()
            (work / "out").mkdir()
            environment = surroundings(work) | {"PYTHONDONTWRITEBYTECODE": "1"}
            file, source = str(work / "out" / "kap.duckdb"), str(ROOT / "sample_data")
            calls = {
                "load": kaptui("load", source, "-o", file),
                "check": kaptui("check", source),
                "check of a file": kaptui("check", file),
                "show": kaptui("show", "accounts", file),
                "export": kaptui("export", "accounts", file, "-o", str(work / "out" / "x.csv")),
                "pack": kaptui("pack", file, "-o", str(work / "out" / "x.html")),
                "dashboard": [sys.executable, "-c", _DASHBOARD, repr(_KEYS), file],
                "demo": [sys.executable, "-c", _DASHBOARD, repr(_KEYS), "demo"],
            }
            for name, call in calls.items():
                trace = work / "trace"
                command = ["strace", "-f", "-qq", "-e", "trace=%network,%file", "-o", str(trace), *call]
                subprocess.run(command, env=environment, cwd=work / "tmp", capture_output=True, check=False)
                lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
                with tally.tried(f"no socket: {name}", ""):
                    assert len(lines) > 100, "nothing was traced"
                    assert not (found := [line for line in lines if _SOCKET.search(line)]), found[:3]
                with tally.tried(f"writes only where it may: {name}", ""):
                    mine = [work / each for each in ("out", "tmp", "home/.config", "home/.local", "home/.cache")]
                    own = {path for path in _written(lines) if not any(path.is_relative_to(each) for each in mine)}
                    own -= {work / "home"}
                    assert not own, sorted(map(str, own))[:5]
            with tally.tried("its folders are private", ""):
                _private(work / "home")


def _written(lines: list[str]) -> Iterator[Path]:
    for line in lines:
        if match := _WRITES.search(line):
            path = next(each for each in match.groups() if each is not None)
            if path.startswith("/") and not path.startswith(_OF_THE_SYSTEM):
                yield Path(path)


def _private(home: Path) -> None:
    """What is called kaptui below `home` nobody else may look into."""
    found = [each for each in home.rglob("kaptui") if each.is_dir()]
    assert found, "it kept nothing"
    open_to_others = [each for each in found if stat.S_IMODE(each.stat().st_mode) & 0o077]
    assert not open_to_others, [(str(each), oct(each.stat().st_mode)) for each in open_to_others]
