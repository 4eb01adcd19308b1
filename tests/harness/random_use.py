"""Random keys, clicks and sizes over the sample, a hostile and a large portfolio: no error, no endless wait, no leak.

A round is a dashboard of its own, opened over a file and closed again. What chance chose is kept: a round that fails is
written down, and `python -m tests.harness.random_use FILE` plays it again. A resize, a click and each key count as one.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown, MouseScrollUp
from textual.widgets import Input

from kaptui import pack
from kaptui.filters import Filters
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from kaptui.resources import sample_dir
from kaptui.ui import clipboard
from kaptui.ui.app import KaptuiApp
from kaptui.ui.keys import KEYS
from kaptui.ui.screens.base import DashboardScreen
from tests import hostile_text
from tests.benchmarks.portfolios import apart
from tests.harness.tally import Tally
from tests.sample_generator import write_portfolio
from tests.ui.harness import TODAY, Driver, Frames, screen_lines, settled

TRIES = 3_000
LARGE = 10_000
SMALL = ("sample", "hostile")
_SHARES = (0.45, 0.45, 0.1)
"""Of all keys, over each portfolio: a key costs ten times as much in the large one."""
_ROUND = 500
_MOST_FAILURES = 20
"""Failures over one portfolio after which its rounds end: what fails at its first key would never come to its keys."""
_SLOW = 20.0
"""Seconds of the processor between two looks from which it is told what was done there."""
_LOOK = 40
"""Keys after which the dashboard must come to rest and is looked at."""
_PATIENCE = 300.0
"""Seconds after which something never comes: two packs of 10,000 accounts at once take a minute of a busy machine."""
_MORE_MEMORY = 120 * 2**20
"""What a process may hold more after its last round than after its second: what Python and DuckDB keep for later."""

Step: TypeAlias = list[Any]
"""What is done: `["press", key, ...]`, `["click", x, y, times]`, `["wheel", x, y, down]`, `["size", width, height]`."""

_MOVES = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "enter", "space")
_SENT_AWAY = ("q", "ctrl+q", "ctrl+c")
_WORDS = (
    *("tier:1", "-tier:2", "external:uncovered", "name:a", "manager:", "top<34", "region:DACH", "or", "not", "(", ")"),
    *('"', "revenue>1m", "since:", "status:exited", "profit", "theme", "as of", "2026-02-30", "[/]", "日本", "e", "\\"),
)
_KINDS = {
    "key": 50,
    "any": 10,
    "move": 10,
    "filter": 6,
    "find": 4,
    "type": 4,
    "click": 10,
    "wheel": 3,
    "size": 5,
    "back": 4,
}


@dataclass
class Outcome:
    """What came of the rounds over one portfolio: keys pressed, and what failed."""

    keys: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)


def run(tally: Tally, tries: int, seed: int) -> None:
    """The keys in their shares over each portfolio, a process each, whose memory and handles are counted."""
    with tempfile.TemporaryDirectory(prefix="kaptui-random-") as made:
        for name, share in zip((*SMALL, f"{LARGE:,} accounts"), _SHARES, strict=True):
            keys = max(round(tries * share), _LOOK)
            outcome = apart(play, name, Path(made) / name.replace(" ", "-"), keys, seed)
            tally.tries[name] = outcome.keys
            for kind, what in outcome.failures:
                tally.failed(f"{name}: {kind}", what)


def play(name: str, work: Path, keys: int, seed: int) -> Outcome:
    """Rounds over this portfolio until so many keys were pressed."""
    outcome = Outcome()
    before: tuple[int, int, int] | None = None
    with pytest.MonkeyPatch.context() as patch:
        file = _at_home(patch, name, work)
        number = 0
        while outcome.keys < keys and len(outcome.failures) < _MOST_FAILURES:  # a round that fails is shorter
            steps: list[Step] = []
            chance = random.Random(f"{name} {seed} {number}")
            try:
                asyncio.run(_round(file, steps, chance, min(_ROUND, keys - outcome.keys)))
            except Exception as error:  # noqa: BLE001 - every kind of failure is told
                kept = Path(tempfile.gettempdir()) / f"kaptui-random-{name.split(maxsplit=1)[0]}-{seed}-{number}.json"
                kept.write_text(json.dumps([name, steps]), encoding="utf-8")
                outcome.failures.append(("round", f"{kept}: {type(error).__name__} {error}"[:600]))
                print(f"{outcome.failures[-1][1]}\n  the last steps: {steps[-8:]}", flush=True)
            outcome.keys += sum(_count(step) for step in steps)
            held = _held(before)
            told = f"{held[0]} threads, {held[1]} handles, {held[2] >> 20} MiB"
            print(f"{name}, round {number}: {outcome.keys} keys; {told}", flush=True)
            before = held if number == 1 else before
            most = (before[0], before[1], before[2] + _MORE_MEMORY) if before is not None else held
            if any(one > other for one, other in zip(held, most, strict=True)):
                outcome.failures.append(("held", f"round {number}: {told}; at most {most}"))
            number += 1
    return outcome


def _at_home(patch: pytest.MonkeyPatch, name: str, work: Path) -> Path:
    """The file of this portfolio in this folder, below which lies whatever keys write; no clipboard is reached."""
    work.mkdir(parents=True, exist_ok=True)
    patch.chdir(work)
    for folder in ("CONFIG", "STATE", "CACHE"):
        patch.setenv(f"KAPTUI_{folder}_DIR", str(work / "own"))
    patch.setattr(clipboard, "PROGRAMS", ())
    Frames.hold(patch)
    if name not in SMALL:  # thousands of pages take minutes; `harness scale` tells what a pack takes
        patch.setattr(pack, "board", partial(pack.board, accounts=()))
    return _made(name, work)


def _made(name: str, work: Path) -> Path:
    file = work / "kap.duckdb"
    if not file.exists():
        if name == "sample":
            load(sample_dir(), file)
        else:
            hostile_text.write(work / "source") if name == "hostile" else write_portfolio(work / "source", LARGE)
            load(work / "source", file)
    return file


async def _stay() -> None:
    """What the keys do that leave kaptui: every one can be pressed."""


async def _round(file: Path, steps: list[Step], chance: random.Random | None, keys: int = 0) -> None:
    """Do what chance chooses, noting it in `steps`; without chance what stands there."""
    app = KaptuiApp(lambda: Portfolio.open(file), "kap.duckdb", Filters(), TODAY)
    app.action_quit = _stay  # type: ignore[method-assign]
    given = iter(list(steps))
    try:
        async with app.run_test(size=(120, 36)):
            pilot, pressed, looked, worked, since = Driver(app), 0, 0, time.process_time(), 0
            await settled(pilot, _PATIENCE)
            while pressed < keys if chance is not None else True:
                step = next(given, None) if chance is None else _step(app, chance)
                if step is None:
                    break
                if chance is not None:
                    steps.append(step)
                await _do(pilot, step)
                pressed += _count(step)
                if pressed >= looked + _LOOK:
                    looked = pressed
                    await _look(pilot, app)
                    if (now := time.process_time()) - worked > _SLOW:
                        print(f"  {now - worked:.0f} s of the processor for {steps[since:]}", flush=True)
                    worked, since = now, len(steps)
            await _look(pilot, app)
    finally:
        app.close_portfolios()


def _count(step: Step) -> int:
    return len(step) - 1 if step[0] == "press" else 1


def _step(app: KaptuiApp, chance: random.Random) -> Step:  # noqa: PLR0911 - one for each kind
    """One thing that a hand might do now."""
    (kind,) = chance.choices(list(_KINDS), list(_KINDS.values()))
    width, height = app.size
    x, y = chance.randrange(width), chance.randrange(height)
    match kind:
        case "key":
            bound = sorted(one.binding.key for one in app.screen.active_bindings.values() if one.enabled)
            bound = [key for key in bound if key != "p" or chance.random() < 0.2] or ["escape"]
            return ["press", *(chance.choice(bound) for _ in range(chance.choice((1, 1, 2, 4))))]
        case "any":
            return [
                "press",
                *(chance.choice(chance.choice(KEYS).keys.split(",")) for _ in range(chance.choice((1, 6, 20)))),
            ]
        case "move":
            return ["press", *[chance.choice(_MOVES)] * chance.randint(1, 6)]
        case "filter" | "find":
            first = "slash" if kind == "filter" else "colon"
            last = chance.choice((("enter",), ("escape",), ("tab", "enter"), ("down", "enter"), ()))
            return ["press", first, *_typed(chance), *last]
        case "type":
            return ["press", *_typed(chance)]
        case "click":
            return ["click", x, y, chance.choice((1, 1, 2))]
        case "wheel":
            return ["wheel", x, y, chance.random() < 0.5]
        case "size":
            return ["size", chance.randint(20, 250), chance.randint(5, 70)]
    return ["press", *["escape"] * chance.randint(1, 4)]


def _typed(chance: random.Random) -> list[str]:
    text = " ".join(chance.choice(_WORDS) for _ in range(chance.randint(1, 3)))
    names = {" ": "space", ":": "colon", "<": "less_than_sign", "-": "minus", '"': "quotation_mark", "/": "slash"}
    return [names.get(letter, letter) for letter in text]


async def _do(pilot: Driver, step: Step) -> None:
    match step:
        case ["press", *keys]:
            await pilot.press(*keys)
        case ["click", x, y, times]:
            if x < pilot.app.size.width and y < pilot.app.size.height:
                await pilot.click(offset=(x, y), times=times)
        case ["wheel", x, y, down]:
            if x < pilot.app.size.width and y < pilot.app.size.height:
                await pilot._post_mouse_events([MouseScrollDown if down else MouseScrollUp], offset=(x, y))
        case ["size", width, height]:
            await pilot.resize_terminal(width, height)


async def _look(pilot: Driver, app: KaptuiApp) -> None:
    """It comes to rest, fits its window, broke nowhere, shows no control of the data; `r` ends what failed."""
    await settled(pilot, _PATIENCE)
    lines = screen_lines(app)
    text = " ".join(" ".join(lines).split())
    assert not app.error_boundary.mistakes, f"mistake: {app.error_boundary.mistakes[0]!r}"
    for words in ("mistake in kaptui", "should not happen", "Traceback", "orking it out"):
        assert words not in text, f"{words!r} is on screen"
    assert {cell_len(line) for line in lines} == {app.size.width}, "a line is not as wide as the screen"
    assert not (found := hostile_text.controls("".join(lines))), f"on screen: {found}"
    screen = app.screen
    if "retries" in text and isinstance(screen, DashboardScreen) and not isinstance(app.focused, Input):
        await pilot.press("r")
        await settled(pilot, _PATIENCE)
        assert "retries" not in "".join(screen_lines(app)), "r does not end it"
    portfolio, end = app.session.portfolio, time.monotonic() + _PATIENCE
    while portfolio is not None and portfolio._cursors:  # what is built ahead
        assert time.monotonic() < end, "a cursor is left"
        await asyncio.sleep(0.02)


def _held(before: tuple[int, int, int] | None) -> tuple[int, int, int]:
    """Threads, open handles and bytes of memory of this process, once what was under way has ended."""
    for _ in range(200):
        gc.collect()
        threads, handles = threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))
        if before is None or (threads <= before[0] and handles <= before[1]):
            break
        time.sleep(0.05)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return threads, handles, pages * os.sysconf("SC_PAGE_SIZE")


def _again(kept: Path) -> None:
    name, steps = json.loads(kept.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="kaptui-random-") as made, pytest.MonkeyPatch.context() as patch:
        asyncio.run(_round(_at_home(patch, name, Path(made)), steps, None))


if __name__ == "__main__":
    _again(Path(sys.argv[1]).resolve())
