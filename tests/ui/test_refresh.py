"""The file changes under the dashboard: noticed, read in the background, and the reader keeps his place."""

from __future__ import annotations

import csv
import os
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message

from kaptui import loading
from kaptui.errors import Exit, KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.resources import sample_dir
from kaptui.ui.app import KaptuiApp
from kaptui.ui.file_watcher import FileWatcher, fingerprint, remark_lines
from tests.ui.harness import (
    START,
    TODAY,
    Driver,
    Meddler,
    dashboard,
    dashboard_screen,
    press,
    running,
    screen_lines,
    screen_text,
    table,
    until,
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample as a file, and as one with an account more that comes first in the list."""
    folder = tmp_path_factory.mktemp("refresh")
    source = folder / "source"
    source.mkdir()
    for path in sample_dir().glob("*.csv"):
        (source / path.name).write_bytes(path.read_bytes())
    loading.load(source, folder / "before.duckdb")
    with (source / "account.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    more = rows[0] | {"account_id": "ZZZ", "name": "Aaa First Account"}
    with (source / "account.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, more])
    loading.load(source, folder / "after.duckdb")
    return folder / "before.duckdb", folder / "after.duckdb"


@pytest.fixture
def live(files: tuple[Path, Path], tmp_path: Path) -> Path:
    """A file that a test may overwrite."""
    path = tmp_path / "live.duckdb"
    path.write_bytes(files[0].read_bytes())
    return path


def put(content: bytes, path: Path) -> None:
    """Replace the file at once, as a load does."""
    beside = path.with_suffix(".tmp")
    beside.write_bytes(content)
    os.replace(beside, path)  # noqa: PTH105 - the very call of a load


def watching(path: Path) -> KaptuiApp:
    """The dashboard of a file, as the command line starts it."""
    return KaptuiApp(lambda: Portfolio.open(path), path.name, START, TODAY, watch=path)


async def test_a_change_is_noticed_and_the_reader_keeps_his_place(files: tuple[Path, Path], live: Path) -> None:
    app = watching(live)
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "m")
        await press(pilot, "s", *"account", "enter")
        await press(pilot, "g", *["j"] * 12)
        row, offset = table(app).key, table(app).cursor - table(app).scroll_y
        assert table(app).cursor == 12
        former = app.state
        put(files[1].read_bytes(), live)
        noticed = await until(pilot, lambda: app.state is not former)
        assert noticed < 6, "three seconds, and as much again for a machine under load"
        await until(pilot, lambda: "47 + 2 " in screen_lines(app)[0] and not dashboard_screen(app).current.waiting)
        assert table(app).key == row
        assert table(app).cursor == 13
        assert table(app).cursor - table(app).scroll_y == offset
        assert table(app).arrangement.sort == ("name", False)
        assert app.filters == START
        assert app.focused is table(app)
    app.close_portfolios()


async def test_a_broken_file_keeps_the_copy_with_its_time_and_is_tried_again(
    files: tuple[Path, Path], live: Path
) -> None:
    app = watching(live)
    async with running(app, (80, 24)) as pilot:
        put(files[0].read_bytes()[:70_000], live)
        await until(pilot, lambda: app.file_problem)
        await pilot.pause()
        first = screen_lines(app)[0]
        assert "copy of " in first
        assert "file broken, retrying" in first
        assert "30 Sep (3 d)" in first
        assert "Helvia Group" in screen_text(app)
        live.unlink()
        await press(pilot, "r")
        assert "copy of " in screen_lines(app)[0]
        assert "file missing" in screen_lines(app)[0]
        put(files[1].read_bytes(), live)
        await until(pilot, lambda: "47 + 2 " in screen_lines(app)[0])
        assert "copy of " not in screen_lines(app)[0]
    app.close_portfolios()


def test_the_reader_looks_once_per_change_and_again_after_a_failure(tmp_path: Path) -> None:
    path, errors = tmp_path / "x", [KaptuiError("busy", exit_code=Exit.BUSY)]
    told: list[Message] = []
    path.write_text("a")

    def opener() -> Any:
        if errors:
            raise errors.pop()
        return "portfolio"

    reader = FileWatcher(opener, path, told.append)
    reader.read()
    reader.look()
    reader.look()
    path.write_text("longer")
    reader.look()
    path.unlink()
    reader.look()
    reader.look()
    opened = FileWatcher.Opened
    assert [type(one) for one in told] == [FileWatcher.OpenFailed, opened, opened, opened]
    assert fingerprint(path) is None


def test_only_one_thread_reads_at_a_time_and_what_comes_too_late_is_closed() -> None:
    opened: list[int] = []
    closed: list[int] = []
    told: list[Message] = []
    gate = threading.Event()

    class Slow:
        def close(self) -> None:
            closed.append(1)

    def opener() -> Any:
        opened.append(1)
        gate.wait(10)
        return Slow()

    reader = FileWatcher(opener, None, told.append)
    first = threading.Thread(target=reader.read)
    first.start()
    while not opened:
        time.sleep(0.01)
    reader.read()
    reader.look()
    reader.left = True
    gate.set()
    first.join(10)
    assert (opened, closed, told) == ([1], [1], [])


async def test_what_a_file_lacks_is_said_at_once_and_in_help(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    lacks = tuple(f"no t{number} here" for number in range(5))
    meddler.remarks = lacks  # type: ignore[attr-defined]
    app = dashboard(meddler)
    async with running(app) as pilot:
        assert remark_lines(lacks) in {notice.message for notice in app._notifications}
        await press(pilot, "question_mark", "t", "4")
        assert "no t4 here" in screen_text(app)
    assert remark_lines(lacks).splitlines()[-1] == "... and 2 more, see ?"


async def test_esc_stops_a_slow_panel_and_r_asks_again(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    meddler.held["whale_curve"] = gate = threading.Event()
    app = dashboard(meddler)
    async with app.run_test(size=(120, 36)):
        pilot = Driver(app)
        await until(pilot, lambda: "Helvia Group" in screen_text(app) and dashboard_screen(app).slow)
        await pilot.press("escape")
        await until(pilot, lambda: "stopped, r retries" in screen_text(app))
        assert meddler.interrupted
        assert gate.is_set()
        await pilot.pause(0.3)
        assert "stopped, r retries" in screen_text(app), "the late answer is dropped"
        assert "Helvia Group" in screen_text(app)
        meddler.held.clear()
        await press(pilot, "r")
        assert "peak" in screen_text(app)


def test_a_file_without_the_review_compared_with_says_so(sample_portfolio: Portfolio) -> None:
    with pytest.raises(KaptuiError, match="neither a review point"):
        sample_portfolio.context(Filters(since="no such review", as_of=date(2026, 9, 30)))
