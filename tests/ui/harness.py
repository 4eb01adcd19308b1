"""A dashboard to drive: the real engine, where needed slowed down or made to fail."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from kaptui.filters import Filters
from kaptui.loading import into_memory
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.screens.board import Board
from kaptui.ui.widgets.frame_table import FrameTable
from kaptui.ui.widgets.panel_card import PanelCard

TODAY = date(2026, 10, 3)
START = Filters()
Driver = Pilot[None]


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


def made_of(folder: Path, tables: Mapping[str, str]) -> Portfolio:
    """A portfolio of small CSV tables."""
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    return Portfolio.over(into_memory(folder), "small")


def dashboard(portfolio: Any, filters: Filters = START) -> KaptuiApp:
    """The app over this portfolio; a callable is the opener itself."""
    opener: Callable[[], Any] = portfolio if callable(portfolio) else lambda: portfolio
    return KaptuiApp(opener, "kap.duckdb", filters, TODAY)


@asynccontextmanager
async def running(app: KaptuiApp, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Driver]:
    """Start and wait until the panels stand."""
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot
        assert not app.mistakes, "what a panel keeps to itself is a mistake all the same"


async def settled(pilot: Driver) -> None:
    """Wait until the panels in sight have their answers and the screen is drawn."""
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    for _ in range(5):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.02)
    for _ in range(100):
        if not any(card.waiting for card in pilot.app.screen.query(PanelCard)):
            break
        await pilot.pause(0.05)
    await pilot.pause()
    await pilot.pause()


async def press(pilot: Driver, *keys: str) -> None:
    """Press keys and wait for what they lead to; those after the number of a screen are for that screen."""
    for key in keys[:-1]:
        await pilot.press(key)
        if key.isdigit():
            await settled(pilot)
    await pilot.press(*keys[-1:])
    await pilot.pause(0.1)
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


def board(app: KaptuiApp) -> Board:
    """The present screen."""
    assert isinstance(app.screen, Board)
    return app.screen


def table(app: KaptuiApp) -> FrameTable:
    """The account list of the Overview."""
    return app.screen.query_one("#attention FrameTable", FrameTable)


def fits(app: KaptuiApp) -> bool:
    """Whether every line is exactly as wide as the screen."""
    return {cell_len(line) for line in screen_lines(app)} == {app.size.width}
