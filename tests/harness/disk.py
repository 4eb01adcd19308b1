"""What a disk, a folder or a clock may do to kaptui: full, read-only, gone; broken settings; a terminal that vanishes.

A full disk is a small tmpfs, which needs the right to mount one; without it these tries are left out.
"""

from __future__ import annotations

import ctypes
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.kills import ROOT, surroundings, told_by
from tests.harness.tally import Tally
from tests.pseudo_terminal import LEFT, START, PseudoTerminal

TRIES = 60
_DROP, _POWERS = 24, 64
"""PR_CAPBSET_DROP of Linux, and more capabilities than it knows."""
_KEPT_AFTER, _ENOUGH = 12.0, 20_000
"""Seconds after which a copy of the sample is kept, where it ever is, and KiB that are enough for one."""
_HARSH = re.compile(r"Traceback|this should not happen|mistake in kaptui|terminate called|FATAL")
_BROKEN = {
    "empty": "",
    "no TOML": "theme = = 3\n[[[",
    "binary": "\x00\x01\x02",
    "unknown keys": 'nonsense = 1\n[nonsense]\na = "b"\n',
    "wrong types": 'theme = 3\nkeys = "x"\nexport = []\ncache = "maybe"\n',
    "wrong values": 'theme = "no such"\n[keys]\nfilter = "no such key"\nnonsense = "q"\n[export]\nformat = "pdf"\n',
    "keys that clash": '[keys]\nfilter = "q"\nexport = "q"\nhelp = ""\n',
    "deep": "[a" + ".a" * 400 + "]\nb = 1\n",
    "very long": 'theme = "' + "x" * 100_000 + '"\n',
    "escape codes": '"\\u001b]0;x\\u0007" = "\\u001b[31m"\n["[/]"]\nwhere = "\\u202e"\n',
    "an unfinished view": '["mine"]\nwhere = "tier:1\n',
    "a view with wrong types": '["mine"]\nwhere = 3\nbasis = "net"\nas_of = "x"\ncolumns = 4\n',
}


def run(tally: Tally, tries: int, seed: int) -> None:
    """Every fault once, and disks of as many different sizes as there are tries left."""
    chance = random.Random(seed)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # as `nohup` leaves it: whatever is started inherits it
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="kaptui-disk-") as made:
        work = Path(made)
        (work / "tmp").mkdir()
        environment = surroundings(work)
        origin = work / "origin.duckdb"
        code, told = told_by(["load", str(ROOT / "sample_data"), "-o", str(origin)], environment)
        assert code == 0, told
        _settings(tally, work, origin, environment)
        _vanished(tally, chance, environment)
        _while_open(tally, work, origin, environment)
        _without_rights(tally, work, origin, environment)
        _odd_surroundings(tally, work, origin, environment)
        _full(tally, work, origin, environment, chance, tries)


def _settings(tally: Tally, work: Path, origin: Path, environment: dict[str, str]) -> None:
    """Every kind of broken config.toml and views.toml: the dashboard starts all the same, `show` works."""
    for name, text in _BROKEN.items():
        for file in ("config.toml", "views.toml"):
            folder = work / "config"
            folder.mkdir(exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
            told = environment | {"KAPTUI_CONFIG_DIR": str(folder)}
            with tally.tried(f"broken {file}", name):
                code, said = told_by(["show", "accounts", str(origin)], told)
                assert code == 0, said[-200:]
                assert not _HARSH.search(said), said[-200:]
                _opens(told, b"Helvia")
            shutil.rmtree(folder)
    for file in ("config.toml", "views.toml"):
        for name in ("a folder", "may not be read"):
            folder = work / "config"
            folder.mkdir()
            if name == "a folder":
                (folder / file).mkdir()
            else:
                (folder / file).symlink_to(folder / file)
            with tally.tried(f"broken {file}", name):
                _opens(environment | {"KAPTUI_CONFIG_DIR": str(folder)}, b"Helvia")
            shutil.rmtree(folder)


def _opens(environment: dict[str, str], wanted: bytes, *arguments: str) -> None:
    """The dashboard shows what is wanted, and `q` ends it in good order."""
    with PseudoTerminal(environment, *arguments) as terminal:
        terminal.read_until(wanted)
        terminal.read_for(0.5)
        terminal.press(b"q")
        terminal.end(None)
        assert terminal.code == 0, f"exit code {terminal.code}: {terminal.written[-200:]!r}"
        assert not _HARSH.search(terminal.written.decode(errors="replace"))
        assert all(terminal.written.rfind(each) > terminal.written.rfind(START) for each in LEFT)


def _vanished(tally: Tally, chance: random.Random, environment: dict[str, str]) -> None:
    """The terminal's window is closed at a random moment: the process is gone."""
    for _ in range(6):
        delay = chance.uniform(0, 4)
        with PseudoTerminal(environment) as terminal, tally.tried("the terminal vanishes", f"after {delay:.2f} s"):
            terminal.read_for(delay)
            terminal.close()
            assert terminal.end(None) < 10


def _while_open(tally: Tally, work: Path, origin: Path, environment: dict[str, str]) -> None:
    """The file is replaced by another, by rubbish, deleted, made unreadable: what is shown stays, and `q` works."""
    for name in ("replaced", "rubbish", "cut", "deleted", "unreadable", "a folder"):
        file = work / "open.duckdb"
        shutil.copy(origin, file)
        with PseudoTerminal(environment, str(file)) as terminal, tally.tried("the file while it is open", name):
            terminal.read_until(b"Helvia")
            terminal.read_for(2)
            if name == "replaced":
                Path(shutil.copy(origin, work / "next.duckdb")).replace(file)
            elif name == "rubbish":
                file.write_bytes(os.urandom(100_000))
            elif name == "cut":
                os.truncate(file, 30_000)
            else:
                file.unlink()
                if name == "unreadable":
                    file.symlink_to(file)
                elif name == "a folder":
                    file.mkdir()
            terminal.read_for(3)
            for key in (b"r", b"2", b"1"):
                terminal.press(key)
                terminal.read_for(1.5)
            terminal.press(b"q")
            terminal.end(None)
            assert terminal.code == 0, f"exit code {terminal.code}"
            assert not _HARSH.search(terminal.written.decode(errors="replace")), "harsh words"
        file.rmdir() if file.is_dir() else file.unlink(missing_ok=True)


def _without_rights(tally: Tally, work: Path, origin: Path, environment: dict[str, str]) -> None:
    """A folder or target that may not be written, as a user without a superuser's rights meets it."""
    folder = work / "fixed"
    folder.mkdir()
    target = folder / "kap.duckdb"
    shutil.copy(origin, target)
    target.chmod(stat.S_IRUSR | stat.S_IROTH)
    for each in (work, folder, origin):
        each.chmod(0o555 if each.is_dir() else 0o444)
    source = str(ROOT / "sample_data")
    calls = {
        "load": ["load", source, "-o", str(target)],
        "export": ["export", "accounts", str(origin), "-o", str(folder / "x.csv")],
        "pack": ["pack", str(origin), "-o", str(folder / "x.html")],
    }
    for name, call in calls.items():
        with tally.tried("a folder that may not be written", name):
            code, said = told_by(call, environment | {"TMPDIR": "/tmp"}, preexec_fn=_without_powers)
            assert code == 1, f"exit code {code}: {said[-200:]}"
            assert str(folder) in said, said[-200:]
            assert not _HARSH.search(said), said[-200:]
    with tally.tried("a folder that may not be written", "opening a file there"):
        code, said = told_by(
            ["show", "accounts", str(target)], environment | {"TMPDIR": "/tmp"}, preexec_fn=_without_powers
        )
        assert code == 0, said[-200:]
    for each in (work, folder):
        each.chmod(0o755)
    assert sorted(each.name for each in folder.iterdir()) == ["kap.duckdb"]


def _without_powers() -> None:
    """What is started now heeds the rights of files, even where it is the superuser's."""
    if os.geteuid() == 0:
        drop = ctypes.CDLL(None).prctl
        for power in range(_POWERS):
            drop(_DROP, power, 0, 0, 0)


def _odd_surroundings(tally: Tally, work: Path, origin: Path, environment: dict[str, str]) -> None:
    """A clock that goes backwards, no HOME, a HOME that does not exist or may not be written, no folder to be in."""
    without = {name: value for name, value in environment.items() if name != "HOME"}
    nowhere = work / "gone"
    homes = {"unset": without, "missing": environment | {"HOME": "/nonexistent"}, "empty": environment | {"HOME": ""}}
    for name, told in homes.items():
        with tally.tried("HOME", name):
            code, said = told_by(["show", "accounts", str(origin)], told)
            assert code == 0, said[-200:]
            _opens(told, b"Helvia", str(origin))
    with tally.tried("the clock", "the file is of next year"):
        later = work / "later.duckdb"
        shutil.copy(origin, later)
        os.utime(later, (4_000_000_000, 4_000_000_000))
        _opens(environment, b"Helvia", str(later))
        os.utime(later, (1, 1))
        _opens(environment, b"Helvia", str(later))
    with tally.tried("the folder one is in is gone", ""):
        code, said = told_by(["show", "accounts", str(origin)], environment, preexec_fn=lambda: _lose(nowhere))
        assert code == 0, said[-200:]
        code, said = told_by(["show", "accounts", "kap.duckdb"], environment, preexec_fn=lambda: _lose(nowhere))
        assert code == 1, f"exit code {code}"
        assert "the folder you are in was deleted" in said, said[-200:]


def _lose(folder: Path) -> None:
    folder.mkdir()
    os.chdir(folder)
    folder.rmdir()


def _full(
    tally: Tally, work: Path, origin: Path, environment: dict[str, str], chance: random.Random, tries: int
) -> None:
    """A load, an export, a pack, and an opened file's prepared copy on disks that end at a random byte."""
    place = work / "small"
    place.mkdir()
    source = str(ROOT / "sample_data")
    kinds = ("load", "export", "pack", "prepared copy")
    for number in range(tries):
        kind = kinds[number % len(kinds)]
        most = {"load": 3000, "export": 40, "pack": 1500, "prepared copy": 2200}[kind]
        size = chance.randrange(4, most) if number != len(kinds) - 1 else 2 * _ENOUGH  # one that has room for a copy
        with _small_disk(place, size) as there:
            if not there:
                return
            target = place / {"load": "x.duckdb", "export": "x.csv", "pack": "x.html"}.get(kind, "cache")
            calls = {
                "load": ["load", source, "-o", str(target)],
                "export": ["export", "accounts", str(origin), "-o", str(target)],
                "pack": ["pack", str(origin), "-o", str(target)],
            }
            with tally.tried(f"full disk: {kind}", f"{size} KiB"):
                if kind == "prepared copy":
                    _prepares(environment | {"KAPTUI_CACHE_DIR": str(target)}, target, origin, patient=size >= _ENOUGH)
                    assert size < _ENOUGH or list(target.glob("*.json")), "no copy was kept: this tries nothing"
                    continue
                code, said = told_by(calls[kind], environment)
                assert code in (0, 1), f"exit code {code}"
                assert not _HARSH.search(said), said[-300:]
                assert target.exists() == (code == 0), said[-300:]
                left = sorted(each.name for each in place.iterdir() if each.name.startswith("."))
                assert not left, f"left behind: {left}"
                assert code == 0 or str(place) in said, said[-300:]


def _prepares(environment: dict[str, str], cache: Path, origin: Path, *, patient: bool) -> None:
    """Twice the dashboard stays open until it has kept a copy, or could not; it leaves nothing that is half one."""
    for _ in range(2):
        with PseudoTerminal(environment, str(origin)) as terminal:
            terminal.read_until(b"Helvia")
            end = time.monotonic() + _KEPT_AFTER * (10 if patient else 1)
            while time.monotonic() < end and not list(cache.glob("*.json")):
                terminal.read_for(0.5)
            terminal.press(b"q")
            terminal.end(None)
            assert terminal.code == 0, f"exit code {terminal.code}: {terminal.written[-200:]!r}"
            assert not _HARSH.search(terminal.written.decode(errors="replace"))
        left = [each.name for each in cache.glob("*") if each.suffix in (".half", ".wal", ".note")]
        assert not left, f"left behind: {left}"


@contextmanager
def _small_disk(place: Path, size: int) -> Iterator[bool]:
    """A file system of so many KiB; False where none may be mounted."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}k,mode=0755", "tmpfs", str(place)], capture_output=True, check=False
    )
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", str(place)], check=True)
