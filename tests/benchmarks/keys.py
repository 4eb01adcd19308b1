"""From a key to its frame: the cursor in the list, the filter while it is typed, and the screens."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from .child import MARK
from .figures import Figure, median, p95
from .portfolios import Portfolios
from .terminal import Terminal, running

PRESSES = 200
ROUNDS = 5
CALM = 0.02
DOWN, ERASE = b"\x1b[B", b"\x7f"
WORDS = ("alder", "rail 2", "granite")  # each letter leaves fewer of the made-up names, and never none


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """The real program in a real terminal. The floor is a key that changes one line of an empty app."""
    with tempfile.TemporaryDirectory(prefix="kaptui-keys-") as name:
        scratch = Path(name)
        with running(["bare"], scratch) as terminal:
            terminal.draws(MARK.encode())
            floor = _cursor(terminal)
        with running(["kaptui", "demo"], scratch) as terminal:
            terminal.stamped()  # wrote the byte code
        for accounts in portfolios.sizes:
            with running(["kaptui", str(portfolios.file(accounts)), "--no-cache"], scratch) as terminal:
                yield Figure(f"{accounts:,}: start to filled", terminal.stamped() - terminal.started)
                yield from _both(f"{accounts:,}: cursor key to frame", _cursor(terminal), floor)
                yield from _both(f"{accounts:,}: filter key to last panel", _filter(terminal), floor)
            with running(["kaptui", str(portfolios.file(accounts)), "--no-cache"], scratch) as terminal:
                terminal.stamped()
                first, again = _screens(terminal)
                yield from _both(f"{accounts:,}: screen key to last panel, first", first, floor)
                yield from _both(f"{accounts:,}: screen key to last panel, again", again, floor)


def _both(what: str, seconds: list[float], floor: list[float]) -> Iterator[Figure]:
    yield Figure(f"{what}, median", median(seconds), median(floor))
    yield Figure(f"{what}, 95 %", p95(seconds), p95(floor))


def _cursor(terminal: Terminal) -> list[float]:
    """Every frame of one key is drawn before the next is pressed."""
    seconds = []
    terminal.calm(0.5)
    for _ in range(PRESSES):
        pressed = terminal.press(DOWN)
        seconds.append(terminal.draws() - pressed)
        terminal.calm(CALM)
    return seconds


def _filter(terminal: Terminal) -> list[float]:
    """Each word is typed and erased again, letter by letter; the pause before a filter applies is part of it."""
    seconds = []
    terminal.press(b"/")
    terminal.calm(0.5)
    for word in WORDS:
        text = ""
        for key in [*word, *(ERASE.decode() for _ in word)]:
            text = text[:-1] if key == ERASE.decode() else text + key
            where = text.strip()
            pressed = terminal.press(key.encode())
            if text == text.strip():  # a blank at the end changes no filter
                seconds.append(terminal.stamped(where) - pressed)
            terminal.calm(0.1)
    return seconds


def _screens(terminal: Terminal) -> tuple[list[float], list[float]]:
    """Every screen by its key, then round after round: the first visit makes the screen and asks, later ones show."""
    from kaptui.ui.app import KaptuiApp
    from kaptui.ui.keys import BY_ID
    from kaptui.ui.screen_factory import SCREENS

    first = KaptuiApp.DEFAULT_MODE  # is on screen, so its turn is the last
    others = [BY_ID[f"screen.{mode}"].keys.encode() for mode in sorted(SCREENS, key=first.__eq__)]

    def visit(key: bytes) -> float:
        terminal.calm(0.3)
        terminal.stamps()
        pressed = terminal.press(key)
        return terminal.stamped() - pressed

    fresh = [visit(key) for key in others[:-1]]
    visit(others[-1])
    return fresh, [visit(key) for _ in range(ROUNDS) for key in others]
