"""Terminals of every kind: without colours, with 16, vt100, dumb, C and POSIX locales, light, in tmux and in screen.

In each the dashboard starts, goes through its screens and quits, the terminal as it was found; the same as text comes
without an error where the locale knows ASCII alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kaptui.panels import PANELS
from kaptui.screen_specs import SCREENS
from tests.harness.kills import ROOT, kaptui, left_clean, surroundings, told_by
from tests.harness.tally import Tally
from tests.pseudo_terminal import PseudoTerminal

TRIES = 1
_MANY_COLOURS = re.compile(rb"\x1b\[[0-9;]*[34]8;[25];")
_COLOURS = re.compile(
    rb"[34]8;5;(?!(?:0|7|8|1[56]|59|102|145|188|23[1-9]|24\d|25[0-5])[;m])\d+|\x1b\[(?:[01];)?(?:3|4|9|10)[1-6]m"
)
"""What is neither grey, black nor white."""
_UNSEEMLY = (b"Traceback", b"mistake in kaptui", b"\\u2", b"\\x1b", b"UnicodeEncodeError")
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of terminal: what its variables are, and what must not be written to it."""

    variables: dict[str, str]
    never: re.Pattern[bytes] | None = None
    config: str = ""


KINDS = {
    "as most are": Kind({}),
    "NO_COLOR": Kind({"NO_COLOR": "1"}, _COLOURS),
    "16 colours": Kind({"TEXTUAL_COLOR_SYSTEM": "standard"}, _MANY_COLOURS),
    "TERM=vt100": Kind({"TERM": "vt100"}),
    "TERM=linux": Kind({"TERM": "linux"}),
    "no TERM": Kind({"TERM": ""}),
    "LANG=C": Kind({"LANG": "C"}),
    "LC_ALL=C": Kind({"LC_ALL": "C"}),
    "LC_ALL=POSIX": Kind({"LC_ALL": "POSIX"}),
    "light": Kind({}, None, 'theme = "paper"\n'),
    "light, 16 colours": Kind({"TEXTUAL_COLOR_SYSTEM": "standard"}, _MANY_COLOURS, 'theme = "paper"\n'),
}
_LOCALES = ("LANG", "LC_ALL", "LC_CTYPE", "COLORTERM", "NO_COLOR", "TMUX", "STY")


def run(tally: Tally, tries: int, seed: int) -> None:
    """Each kind once in a pseudo terminal, then tmux, screen, a dumb terminal, and text in a C locale."""
    del seed
    for _ in range(tries):
        with tempfile.TemporaryDirectory(prefix="kaptui-terminals-") as made:
            work = Path(made)
            (work / "tmp").mkdir()
            plain = {name: value for name, value in surroundings(work).items() if name not in _LOCALES}
            for name, kind in KINDS.items():
                with tally.tried("screens in a pseudo terminal", name):
                    _walk(plain | kind.variables, kind, work)
            for name, inside in {"tmux": _in_tmux, "screen": _in_screen}.items():
                if shutil.which(name) is None:
                    tally.failed(f"inside {name}", "it is not installed")
                    continue
                with tally.tried(f"inside {name}", ""):
                    inside(plain, work)
            with PseudoTerminal(plain | {"TERM": "dumb"}) as dumb, tally.tried("TERM=dumb prints text", ""):
                dumb.end(None)
                assert dumb.code == 0, dumb.code
                assert b"Helvia" in dumb.written
                assert b"\x1b" not in dumb.written
            for locale in ("C", "POSIX"):
                _text_twins(tally, plain | {"LC_ALL": locale}, work)


def _walk(environment: Mapping[str, str], kind: Kind, work: Path) -> None:
    config = work / "home" / ".config" / "kaptui" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(kind.config, encoding="utf-8")
    with PseudoTerminal(environment) as terminal:
        terminal.read_until(b"Helvia")
        for place, screen in enumerate(SCREENS):
            before = len(terminal.written)
            terminal.press(b"%d" % place)
            terminal.read_until_quiet()
            assert len(terminal.written) > before + 200 or screen.name == "overview", (
                f"nothing was drawn for {screen.name}"
            )
        terminal.press(b"q")
        terminal.end(None)
        assert terminal.code == 0, f"exit code {terminal.code}: {terminal.written[-300:]!r}"
        left_clean(terminal.written)
        terminal.written.decode()
        assert not (found := [words for words in _UNSEEMLY if words in terminal.written]), found
        if kind.never is not None:
            assert not (found := kind.never.findall(terminal.written)), found[:5]


def _in_tmux(environment: Mapping[str, str], work: Path) -> None:
    def tmux(*words: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", f"kaptui-{os.getpid()}", "-f", "/dev/null", *words],
            env=dict(environment),
            capture_output=True,
            check=False,
        )
        return done.stdout.decode()

    tmux("-u", "new-session", "-d", "-x", "120", "-y", "36", _line(work))
    try:
        _through(lambda key: tmux("send-keys", key), lambda: tmux("capture-pane", "-p"), work)
    finally:
        tmux("kill-server")


def _in_screen(environment: Mapping[str, str], work: Path) -> None:
    picture, name = work / "picture", f"kaptui-{os.getpid()}"
    own = dict(environment) | {"SCREENDIR": str(work / "sockets"), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    (work / "sockets").mkdir(mode=0o700)

    def screen(*words: str) -> None:
        subprocess.run(["screen", "-U", "-S", name, *words], env=own, capture_output=True, check=False)

    def seen() -> str:
        screen("-p", "0", "-X", "hardcopy", str(picture))
        time.sleep(0.2)
        return picture.read_text(encoding="utf-8", errors="replace") if picture.exists() else ""

    screen("-d", "-m", "sh", "-c", _line(work))
    try:
        _through(lambda key: screen("-p", "0", "-X", "stuff", key), seen, work)
    finally:
        screen("-X", "quit")


def _line(work: Path) -> str:
    """The command that starts the sample there, and notes how it ended."""
    return f"cd {ROOT} && {' '.join(kaptui('demo'))}; echo $? > {work / 'code'}"


def _through(press: Callable[[str], object], seen: Callable[[], str], work: Path) -> None:
    """Go through the screens; each is there once its name is marked, and its panels say no more that they wait."""

    def until(what: Callable[[str], bool], wanted: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not what(text := seen()):
            assert time.monotonic() < end, f"{wanted} never came: {text[:300]}"
            time.sleep(0.2)

    (work / "code").unlink(missing_ok=True)
    until(lambda text: "Helvia" in text, "the first screen")
    for place, one in enumerate(SCREENS):
        press(str(place))
        until(partial(_stands, f"[{place} "), f"screen {one.name}")
    press("q")
    until(lambda _: (work / "code").exists(), "the end")
    assert (work / "code").read_text(encoding="ascii").strip() == "0"


def _stands(mark: str, text: str) -> bool:
    return mark in text and "orking it out" not in text


def _text_twins(tally: Tally, environment: dict[str, str], work: Path) -> None:
    """The sample as text: every question, a page and the overview, where the locale knows ASCII alone."""
    file = work / "kap.duckdb"
    if not file.exists():
        told_by(("load", str(ROOT / "sample_data"), "-o", str(file)), environment)
    calls = [("show", question, str(file)) for question in PANELS]
    for words in (*calls, ("account", str(file), "KA002"), (str(file),), ("digest", str(file)), ("guide", "data")):
        with tally.tried(f"text with LC_ALL={environment['LC_ALL']}", " ".join(words)):
            code, said = told_by(words, environment)
            assert code == 0, said[-300:]
            assert not any(each.decode() in said for each in _UNSEEMLY), said[-300:]
