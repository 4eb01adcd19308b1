"""A dashboard to drive: the real engine, where needed slowed down or made to fail."""

from __future__ import annotations

import asyncio
import threading
import unicodedata
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import polars as pl
import pytest
from rich.cells import cell_len
from textual._compositor import Compositor
from textual._context import active_app
from textual.app import App
from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widgets import Input

from kaptui.filters import Filters
from kaptui.loading import into_memory
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.table.data_table_view import DataTableView

TODAY = date(2026, 10, 3)
START = Filters()


class Meddler:
    """A portfolio that does as the real one, except for what a test puts between."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self.failing: dict[str, Exception] = {}
        self.held: dict[str, threading.Event] = {}
        self.asked: list[tuple[str, str]] = []
        self.interrupted = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._portfolio, name)

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The real answer, unless the test wants this question to fail or to wait."""
        self.asked.append((question, filters.where))
        if question in self.held:
            self.held[question].wait(10)
        if question in self.failing:
            raise self.failing[question]
        return self._portfolio.ask(question, filters)

    def interrupt(self) -> None:
        """Let go of what waits, as the real one does."""
        self.interrupted += 1
        for gate in self.held.values():
            gate.set()
        self._portfolio.interrupt()

    def close(self) -> None:
        """The session's portfolio stays open for the next test."""


class Remembered:
    """A portfolio that is asked once for each answer: many dashboards show the same over facts that never change."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._answers: dict[tuple[str, Filters], pl.DataFrame] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._portfolio, name)

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The engine's answer."""
        key = (question, filters)
        if key not in self._answers:
            self._answers[key] = self._portfolio.ask(question, filters)
        return self._answers[key]


def made_of(folder: Path, tables: Mapping[str, str]) -> Portfolio:
    """A portfolio of small CSV tables."""
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    return Portfolio.over(into_memory(folder), "small")


def dashboard(portfolio: Any, filters: Filters = START) -> KaptuiApp:
    """The app over this portfolio; a callable is the opener itself."""
    opener: Callable[[], Any] = portfolio if callable(portfolio) else lambda: portfolio
    return KaptuiApp(opener, "kap.duckdb", filters, TODAY)


class Frames:
    """When a dashboard is drawn: once whatever was done stands, not at each step there; nobody looks at those.

    Laying out goes on meanwhile, and a picture or a look at the lines draws at once. `hold` is for all tests here.
    """

    _render = Compositor.render_update

    @classmethod
    def hold(cls, patch: pytest.MonkeyPatch) -> None:
        """Let what changed wait for `draw`; only dashboards wait."""

        def later(compositor: Compositor, full: bool = False, *stack: Any, **how: Any) -> Any:
            if full or not isinstance(active_app.get(None), KaptuiApp):
                return cls._render(compositor, full, *stack, **how)
            return None

        patch.setattr(Compositor, "render_update", later)

    @classmethod
    def draw(cls, app: App[Any]) -> None:
        """Draw what changed since the last time."""
        cls._render(app.screen._compositor, screen_stack=app._background_screens)


class Driver(Pilot[None]):
    """Drives the app by its own events: a key is through once the app has nothing left to do for it.

    Textual's pilot sleeps after each key until the processor is idle; a suite of a thousand screens cannot.
    """

    async def press(self, *keys: str) -> None:
        """Press keys and wait until each was handled; answers are not waited for."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            sign = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            event = Key(sign, _letter(sign))
            event.set_sender(self.app)
            driver.send_message(event)
            await asyncio.sleep(0)
        await self.pause()

    async def pause(self, delay: float | None = None) -> None:
        """Wait until every widget has handled what it was sent and stands laid out; then for `delay`, if given."""
        for _ in range(50):
            await self._wait_for_screen()
            await asyncio.sleep(delay or 0)
            delay = None
            if not (self._undrawn or self._typed or self.app._batch_count):
                break
            self.app.screen._on_timer_update()
            await asyncio.sleep(0.002 if self._typed or self.app._batch_count else 0)

    async def resize_terminal(self, width: int, height: int) -> None:
        """Resize at once: textual lets a second resize wait, since a hand that drags a window makes many."""
        await super().resize_terminal(width, height)
        end = monotonic() + PATIENCE
        while self.app.screen._compositor.size != (width, height):
            assert monotonic() < end, f"the screen never became {width} x {height}"
            self.app._check_resize()
            await self.pause()
            await asyncio.sleep(0)

    async def _wait_for_screen(self, timeout: float = 30.0) -> bool:
        """Wait until nothing in the event loop is ready to go on; False: the dashboard broke.

        Textual's own sends every widget a message and waits for all of them: a hundred at each key.
        """
        ready, end, calm = asyncio.get_running_loop()._ready, monotonic() + timeout, 0  # type: ignore[attr-defined]
        while calm < 2:  # what waits for a timer or for a file descriptor is made ready between two turns
            await asyncio.sleep(0)
            calm = 0 if ready else calm + 1
            if self.app._exception_event.is_set():
                return False
            assert monotonic() < end, "the event loop never came to rest"
        return True

    @property
    def _typed(self) -> bool:
        return isinstance(self.app, KaptuiApp) and "keys" in self.app.waiting_for

    @property
    def _undrawn(self) -> bool:
        screen = self.app.screen
        return bool(
            screen._callbacks
            or screen._dirty_widgets
            or screen._layout_required
            or screen._scroll_required
            or screen._repaint_required
            or screen._recompose_required
        )


def _letter(key: str) -> str | None:
    """What a key types; None where it types nothing."""
    try:
        return unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        return key if len(key) == 1 else None


@asynccontextmanager
async def running(app: KaptuiApp, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Driver]:
    """Start and wait until the panels stand; what is scrolled to is there at once."""
    app.animation_level = "none"
    async with app.run_test(size=size):
        pilot = Driver(app)
        await settled(pilot)
        yield pilot
        assert not app.error_boundary.mistakes, "what a panel keeps to itself is a mistake all the same"


PATIENCE = 60.0
"""Seconds after which something never comes; the slowest answer takes one, and many times that beside other work."""


async def settled(pilot: Driver, patience: float = PATIENCE) -> None:
    """Wait until nothing is asked, applying or waiting to be drawn; says what for, where that does not end."""
    app = pilot.app
    assert isinstance(app, KaptuiApp)
    _still(app)
    end, calm, looks = monotonic() + patience, 0, 0
    while calm < 2:  # what came last may have led to more
        waits, looks = app.waiting_for, looks + 1
        if waits:  # it lays out by its own timer meanwhile; what takes long is looked at less often
            await asyncio.sleep(0.004 if looks < 20 else 0.02)
        else:
            await pilot.pause()
            waits = app.waiting_for or _held_back(app)
        calm = 0 if waits else calm + 1
        assert app.is_running or not waits, "the dashboard ended"
        assert monotonic() < end, f"still waiting for {', '.join(waits)}"
    Frames.draw(app)
    _still(app)


def _still(app: KaptuiApp) -> None:
    """The cursor of a line that is typed into does not blink: no picture is another one by chance."""
    if isinstance(app.focused, Input):
        app.focused.cursor_blink = False


def _held_back(app: KaptuiApp) -> tuple[str, ...]:
    """What Textual itself lets wait for its time, in words."""
    scrolls = app.animator._animations or app.animator._scheduled
    holds = {"the one frame of several changes": app._batch_count, "scrolling": scrolls}
    return tuple(words for words, waits in holds.items() if waits)


async def until(pilot: Driver, what: Callable[[], object], seconds: float = PATIENCE) -> float:
    """Wait until `what()` holds; how long that took."""
    begun = monotonic()
    while not what():
        app = pilot.app
        assert monotonic() - begun < seconds, screen_text(app) if isinstance(app, KaptuiApp) else "never came"
        await pilot.pause()
        await asyncio.sleep(0.01)
    return monotonic() - begun


async def press(pilot: Driver, *keys: str) -> None:
    """Press keys, each once the one before it has led where it leads; letters typed into a line follow at once."""
    for key in keys[:-1]:
        await pilot.press(key)
        if not isinstance(pilot.app.focused, Input):
            await settled(pilot)
    await pilot.press(*keys[-1:])
    await settled(pilot)


async def type_text(pilot: Driver, text: str) -> None:
    """Type, without waiting between letters."""
    names = {" ": "space", ":": "colon", "<": "less_than_sign", "-": "minus", '"': "quotation_mark"}
    await pilot.press(*(names.get(letter, letter) for letter in text))


def screen_lines(app: KaptuiApp) -> list[str]:
    """What stands on the screen, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def screen_text(app: KaptuiApp) -> str:
    """What stands on the screen."""
    return "\n".join(screen_lines(app))


def dashboard_screen(app: KaptuiApp) -> DashboardScreen:
    """The present screen."""
    assert isinstance(app.screen, DashboardScreen)
    return app.screen


def table(app: KaptuiApp) -> DataTableView:
    """The account list of the Overview."""
    return app.screen.query_one("#attention DataTableView", DataTableView)


def fits(app: KaptuiApp) -> bool:
    """Whether every line is exactly as wide as the screen."""
    return {cell_len(line) for line in screen_lines(app)} == {app.size.width}


def sound(app: KaptuiApp, after: str) -> None:
    """The dashboard runs, fits its window, and nothing on it broke; `after` says what was done."""
    lines = screen_lines(app)
    assert app.is_running, after
    assert {cell_len(line) for line in lines} == {app.size.width}, after
    assert "mistake in kaptui" not in " ".join(" ".join(lines).split()), after
    assert not [one.message for one in app._notifications if one.severity == "error"], after
