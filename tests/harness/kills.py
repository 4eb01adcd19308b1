"""Ends of every kind at random moments: load, export and pack are killed, the dashboard is signalled, stopped, resumed.

Whatever the moment, a target is the old one or the new one, nothing is left beside it (after `kill -9`: after the next
run), the terminal is left as it was found, and the exit code says what happened.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from tests.harness.tally import Tally
from tests.pseudo_terminal import LEFT, START, PseudoTerminal

TRIES = 420
ROOT = Path(__file__).resolve().parents[2]
GONE = 1.0
"""Seconds within which a process is gone that was told to end, on a machine with nothing else to do."""
_UNSEEMLY = (b"Traceback", b"terminate called", b"FATAL", b"leaked", b"mistake in kaptui", b"Fatal Python error")


@dataclass(frozen=True, slots=True)
class Target:
    """A command that writes `path`: what may stand there when it was ended at any moment."""

    name: str
    arguments: tuple[str, ...]
    path: Path
    is_good: Callable[[], bool]


def run(tally: Tally, tries: int, seed: int) -> None:
    """A third of the tries kill commands, a third end the dashboard, the rest stops it and loads twice at once."""
    chance = random.Random(seed)
    for ignored in (signal.SIGINT, signal.SIGHUP):  # as `nohup` and `&` leave them: whatever is started inherits it
        signal.signal(ignored, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="kaptui-kills-") as made:
        work = Path(made)
        environment = surroundings(work)
        targets = _targets(work, environment)
        for number in range(tries // 2):
            target = targets[number % len(targets)]
            _kill(tally, target, chance, environment)
        for _ in range(max(tries // 40, 2)):
            _two_loads(tally, work, chance, environment)
        with PseudoTerminal(environment) as first:
            begin = time.monotonic()
            first.read_until(b"Helvia")
            until_ready = time.monotonic() - begin
        for number in range(tries // 2):
            _signal(tally, ("SIGTERM", "SIGHUP", "SIGINT")[number % 3], chance, until_ready, environment)
        for _ in range(max(tries // 20, 2)):
            _stop_and_resume(tally, chance, environment)


def surroundings(work: Path) -> dict[str, str]:
    """Variables of a user who has nothing but these folders."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KAPTUI_", "XDG_"))}
    home = work / "home"
    home.mkdir(exist_ok=True)
    return kept | {"HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "TMPDIR": str(work / "tmp")}


def kaptui(*arguments: str) -> list[str]:
    """The command line that runs kaptui with these arguments."""
    return [sys.executable, "-m", "kaptui", *arguments]


def _targets(work: Path, environment: dict[str, str]) -> list[Target]:
    """A load, an export and a pack whose targets are there already, with what is old and what is new in each."""
    (work / "tmp").mkdir()
    out, other = work / "out", work / "other"
    out.mkdir()
    shutil.copytree(ROOT / "sample_data", other)
    accounts = (other / "review_point.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (other / "review_point.csv").write_text("".join(accounts[:-1]), encoding="utf-8")
    file, origin = out / "kap.duckdb", work / "origin.duckdb"
    for source, to in ((other, file), (ROOT / "sample_data", origin)):
        subprocess.run(kaptui("load", str(source), "-o", str(to), "--quiet"), env=environment, check=True, stderr=-3)

    def loads() -> bool:
        with duckdb.connect(str(file), read_only=True) as made:
            counts = [made.sql(f"select count(*) from {name}").fetchall()[0][0] for name in ("account", "review_point")]
            return counts in ([48, 2], [48, 3])

    targets = [Target("load", ("load", str(ROOT / "sample_data"), "-o", str(file)), file, loads)]
    for name in ("export accounts", "pack"):
        path = out / {"pack": "board.html"}.get(name, "accounts.csv")
        arguments = (*name.split(), str(origin), "-o", str(path), "--force")
        subprocess.run(kaptui(*arguments), env=environment, check=True, stderr=-3, stdout=-3)
        new = path.read_bytes()
        old = new.replace(b"Helvia", b"Former")
        path.write_bytes(old)
        targets.append(Target(name, arguments, path, partial(_is_one_of, path, (old, new))))
    return targets


def _is_one_of(path: Path, contents: tuple[bytes, bytes]) -> bool:
    return path.read_bytes() in contents


def _kill(tally: Tally, target: Target, chance: random.Random, environment: dict[str, str]) -> None:
    number = chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT))
    kind = f"{number.name} of {target.name}"
    delay = chance.uniform(0.0, _usual(target, environment))
    begun = subprocess.Popen(kaptui(*target.arguments), env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(delay)
    begun.send_signal(number)
    begin = time.monotonic()
    with tally.tried(kind, f"after {delay:.2f} s"):
        try:
            _, told = begun.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            begun.kill()
            begun.communicate()
            raise
        took, code = time.monotonic() - begin, begun.returncode
        assert target.is_good(), "the target is neither old nor new"
        assert code in (0, -number, 128 + number), f"exit code {code}: {told[-300:]!r}"
        assert not any(words in told for words in _UNSEEMLY), told[-300:]
        assert took < _patience(), f"gone after {took:.1f} s"
        # what a killed load left in the same folder stays until its next
        mine = f".{target.path.name}."
        left = [each.name for each in target.path.parent.iterdir() if each.name.startswith(mine)]
        left = [name for name in left if str(begun.pid) in name]
        assert number == signal.SIGKILL or not left, f"left behind: {left}"


_TIMES: dict[str, float] = {}


def _usual(target: Target, environment: dict[str, str]) -> float:
    """Seconds that the command takes; what a kill left behind is gone after it."""
    if target.name not in _TIMES:
        begin = time.monotonic()
        subprocess.run(kaptui(*target.arguments), env=environment, check=True, stderr=-3, stdout=-3)
        _TIMES[target.name] = time.monotonic() - begin
    return _TIMES[target.name]


def _two_loads(tally: Tally, work: Path, chance: random.Random, environment: dict[str, str]) -> None:
    """Two loads of other sources on one target at once: it is one of the two, and both have told what they did."""
    file = work / "out" / "kap.duckdb"
    arguments = [kaptui("load", str(each), "-o", str(file)) for each in (ROOT / "sample_data", work / "other")]
    begun = []
    for each in arguments:
        begun.append(subprocess.Popen(each, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE))
        time.sleep(chance.uniform(0, 0.3))
    told = [each.communicate(timeout=120)[1] for each in begun]
    with tally.tried("two loads on one target", ""):
        assert [each.returncode for each in begun] == [0, 0], [each[-300:] for each in told]
        assert not [each.name for each in file.parent.iterdir() if "loading" in each.name]
        with duckdb.connect(str(file), read_only=True) as made:
            assert made.sql("select count(*) from review_point").fetchall()[0][0] in (2, 3)


def _signal(tally: Tally, name: str, chance: random.Random, until_ready: float, environment: dict[str, str]) -> None:
    """A signal before the first frame, while the screen fills, while keys are pressed, or after `q`."""
    delay, keys = chance.uniform(0, 1.5 * until_ready), chance.random() < 0.3
    number = signal.Signals[name]
    with PseudoTerminal(environment) as terminal, tally.tried(f"{name} of the dashboard", f"after {delay:.2f} s"):
        terminal.read_for(delay)
        if keys:
            terminal.read_until(b"Helvia")
            terminal.press(chance.choice((b"2", b"p", b"/hel", b"\r", b"?", b"q", b"1q")))
            terminal.read_for(chance.uniform(0, 0.4))
        took = terminal.end(number)
        code = terminal.code
        assert took < _patience(), f"gone after {took:.1f} s"
        assert code in (-number, 128 + number, 0), f"exit code {code}: {terminal.written[-300:]!r}"
        assert not any(words in terminal.written for words in _UNSEEMLY), terminal.written[-400:]
        left_clean(terminal.written)


def _patience() -> float:
    """Seconds to be gone in: a second on a quiet machine, longer where others are at work."""
    return GONE * max(2.0, 1.5 * os.getloadavg()[0] / (os.cpu_count() or 1))


def left_clean(written: bytes) -> None:
    """The terminal is as it was found: what was switched on is switched off after."""
    if START in written:
        for each in LEFT:
            assert written.rfind(each) > written.rfind(START), f"{each!r} is missing at the end"


def _stop_and_resume(tally: Tally, chance: random.Random, environment: dict[str, str]) -> None:
    """Ctrl+Z at a random moment of a running dashboard, then `fg`: the screen is whole again, and `q` ends it."""
    with PseudoTerminal(environment) as terminal, tally.tried("Ctrl+Z and fg", ""):
        terminal.read_until(b"Helvia")
        terminal.press(chance.choice((b"", b"2", b"3", b"j")))
        terminal.read_for(chance.uniform(0, 1))
        terminal.press(b"\x1a")
        terminal.wait_until_stopped()
        left_clean(terminal.written)
        terminal.written = b""
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.read_until(b"Help")
        assert START in terminal.written
        terminal.press(b"q")
        terminal.end(None)
        assert terminal.code == 0, f"exit code {terminal.code}"
        left_clean(terminal.written)


def told_by(arguments: Sequence[str], environment: dict[str, str], **more: object) -> tuple[int, str]:
    """Exit code and all that a command of kaptui says."""
    done = subprocess.run(  # type: ignore[call-overload]
        kaptui(*arguments), env=environment, capture_output=True, check=False, timeout=120, **more
    )
    return done.returncode, (done.stdout + done.stderr).decode(errors="replace")
