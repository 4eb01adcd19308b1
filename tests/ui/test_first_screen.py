"""The kept picture of the first screen: the same as the answers or gone, and never in the way of a key."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from kaptui.cli import console, main
from kaptui.common import cache_folder
from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.text import clean
from kaptui.ui import first_screen, startup
from kaptui.ui.app import KaptuiApp
from kaptui.ui.first_screen import FirstScreen, Picture, decoded, encoded
from kaptui.ui.widgets.screen_picture import ScreenPicture
from tests.ui.harness import START, Driver, dashboard, press, running, screen_lines, settled, table, until

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))
STYLES = st.builds(
    lambda ink, ground, bold: str(Style(color=ink, bgcolor=ground, bold=bold)), COLOURS, COLOURS, st.booleans()
)
TEXTS = st.text(min_size=1).map(clean).filter(bool)
PICTURES = st.builds(
    Picture,
    st.integers(1, 300),
    st.lists(st.lists(st.tuples(TEXTS, STYLES), max_size=5).map(tuple), max_size=8).map(tuple),
)


@given(PICTURES)
def test_what_is_written_is_read(picture: Picture) -> None:
    assert decoded(encoded(picture)) == picture


@given(
    st.text() | PICTURES.map(encoded).flatmap(lambda told: st.integers(0, len(told) - 1).map(lambda end: told[:end]))
)
def test_what_is_no_picture_fails_as_expected_or_not_at_all(told: str) -> None:
    with suppress(ValueError):
        assert isinstance(decoded(told), Picture)


@pytest.mark.parametrize("text", ["\x1b]0;title\x07", "\x9b31m", "a\nb", "\u202eabc", "\x00"])
def test_a_text_that_would_act_on_a_terminal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        decoded(encoded(Picture(10, (((text, "bold"),),))))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was not changed just now, a private folder beside it, and a terminal as wide as the app."""
    monkeypatch.setattr(cache_folder, "CALM", -1.0)
    for name, value in (("COLUMNS", "120"), ("LINES", "36")):
        monkeypatch.setenv(name, value)
    for name in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"KAPTUI_{name}_DIR", str(tmp_path / name))
    (tmp_path / "cache").mkdir(mode=0o700)
    file = tmp_path / "kap.duckdb"
    file.write_bytes(b"facts")
    return file


def first(file: Path, filters: Filters = START) -> FirstScreen:
    return FirstScreen(file.parent / "cache", file, filters)


PICTURE = Picture(6, ((("Acme  ", "bold"),), (("ab", "none"), ("cd漢", "red"))))


@pytest.fixture
def kept(file: Path) -> Path:
    """The file of a picture."""
    assert first(file).keep(PICTURE)
    assert first(file).kept == PICTURE
    (kept,) = (file.parent / "cache").iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    return kept


@pytest.mark.parametrize("fault", ["empty", "half", "changed", "number", "binary", "no_picture"])
def test_one_that_is_not_whole_is_thrown_away_without_a_word(fault: str, file: Path, kept: Path) -> None:
    content = kept.read_bytes()
    faulty = {
        "empty": b"",
        "half": content[: len(content) - 9],
        "changed": content.replace(b"Acme", b"Zcme"),
        "number": b"7\n7",
        "binary": b"\xff\xfe\x00",
        "no_picture": content.partition(b"\n")[0] + b"\n[1]",
    }
    kept.write_bytes(faulty[fault])
    assert first(file).kept is None
    assert not kept.exists()


def test_anything_it_was_made_of_that_changed_makes_it_none(
    file: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = file.parent / "CONFIG" / "config.toml"
    config.parent.mkdir()
    changed: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
        "the version": lambda patch: patch.setattr(first_screen, "__version__", "99"),
        "the queries": lambda patch: patch.setattr(first_screen, "_queries", lambda: "other"),
        "the day": lambda patch: patch.setattr(first_screen, "date", SimpleNamespace(today=lambda: date(2031, 1, 1))),
        "the size": lambda patch: patch.setenv("COLUMNS", "119"),
        "the colours": lambda patch: patch.setenv("NO_COLOR", "1"),
        "the config": lambda patch: config.write_text("theme"),
        "the folder": lambda patch: kept.parent.chmod(0o777),
    }
    for what, change in changed.items():
        with monkeypatch.context() as patch:
            change(patch)
            assert first(file).kept is None, what
        kept.parent.chmod(0o700)
        config.unlink(missing_ok=True)
        assert first(file).kept == PICTURE, what
    assert first(file, Filters(where="tier:1")).kept is None
    before = file.stat()
    file.write_bytes(b"other")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert first(file).kept is None, "as long, and with its old time"


def test_a_file_that_changed_while_it_was_read_leaves_none(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = first(file)
    file.write_bytes(b"more facts")
    assert not now.keep(PICTURE)
    monkeypatch.setattr(cache_folder, "CALM", 2.0)
    assert not first(file).keep(PICTURE), "and one of this moment none either"
    assert not list((file.parent / "cache").iterdir())


def test_a_folder_that_cannot_be_written_costs_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(first_screen, "write_files", full)
    assert not first(file).keep(PICTURE)
    assert not FirstScreen(file.parent / "nowhere", file, START).keep(PICTURE)


# In the dashboard


class Opener:
    """Gives the portfolio, or an error, when it is let."""

    def __init__(self, portfolio: Any) -> None:
        self._portfolio = portfolio
        self.let = threading.Event()

    def __call__(self) -> Any:
        self.let.wait(20)
        if isinstance(self._portfolio, Exception):
            raise self._portfolio
        return self._portfolio


@asynccontextmanager
async def beginning(app: KaptuiApp, file: Path) -> AsyncIterator[Driver]:
    """Start, and wait for the first frame only."""
    app.services.first_screen = first(file)
    async with app.run_test(size=(120, 36)):
        pilot = Driver(app)
        await pilot.pause()
        yield pilot
        assert not app.error_boundary.mistakes


def covered(app: KaptuiApp) -> bool:
    return bool(app.screen.query(ScreenPicture))


async def test_it_is_the_screen_that_comes_and_keys_typed_meanwhile_are_honoured(
    file: Path, sample_portfolio: Any
) -> None:
    app = dashboard(sample_portfolio)
    app.services.first_screen = first(file)
    async with running(app) as pilot:
        assert not covered(app)
        await until(pilot, lambda: app._cover._drawn)
        whole = screen_lines(app)
        app._cover.keep()
    opener = Opener(sample_portfolio)
    app = dashboard(opener)
    async with beginning(app, file) as pilot:
        assert covered(app)
        assert screen_lines(app) == whole, "before anything was read"
        await pilot.press("down", "down")
        assert covered(app)
        opener.let.set()
        await settled(pilot)
        assert not covered(app)
        assert table(app).cursor == 2, "no key was lost"
        assert screen_lines(app) != whole
        await press(pilot, "g")
        assert screen_lines(app) == whole
        app._cover.take()
        assert app._cover._drawn is None, "a screen that was touched is no first screen"
    opener = Opener(sample_portfolio)
    app = dashboard(opener)
    async with beginning(app, file) as pilot:
        assert covered(app)
        await pilot.press("3")
        await until(pilot, lambda: app.current_mode == "value")
        assert not covered(app)
        assert app.session.portfolio is None, "a key that works needs no answers"
        opener.let.set()
        await settled(pilot)
        await press(pilot, "1")
        assert not covered(app)
        assert screen_lines(app) == whole


async def test_a_file_that_cannot_be_opened_says_so_and_keeps_no_picture(file: Path, kept: Path) -> None:
    assert first(file).keep(Picture(120, (((" " * 120, "none"),),) * 36))
    opener = Opener(KaptuiError("kap.duckdb: not a DuckDB file", "Copy it again."))
    app = dashboard(opener)
    async with beginning(app, file) as pilot:
        assert covered(app)
        opener.let.set()
        await until(pilot, lambda: not covered(app))
        await until(pilot, lambda: "not a DuckDB file" in " ".join(screen_lines(app)))
        assert not kept.exists()


async def test_another_size_of_the_terminal_sends_it_away(file: Path, kept: Path, sample_portfolio: Any) -> None:
    opener = Opener(sample_portfolio)
    app = dashboard(opener)
    async with beginning(app, file) as pilot:  # PICTURE is of six by two cells
        await until(pilot, lambda: not covered(app))
        assert app.session.portfolio is None
        opener.let.set()
        await settled(pilot)


@pytest.mark.parametrize(
    ("arguments", "config", "is_kept"),
    [
        ("{file}", "", True),
        ("{file} --no-cache", "", False),
        ("{file}", "cache = false", False),
        ("{file} --queries {folder}", "", False),
        ("demo", "", False),
    ],
)
def test_whoever_wants_nothing_kept_gets_no_picture(
    arguments: str, config: str, is_kept: bool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun_with: list[FirstScreen | None] = []

    def run(*given: Any) -> int:
        begun_with.append(given[-1])
        return 0

    (file.parent / "CONFIG").mkdir()
    (file.parent / "CONFIG" / "config.toml").write_text(config)
    (file.parent / "own").mkdir()
    monkeypatch.setenv("KAPTUI_CACHE_DIR", str(file.parent / "cache"))
    monkeypatch.setattr(console, "is_interactive", lambda: True)
    monkeypatch.setattr(startup, "run", run)
    with pytest.raises(SystemExit) as ended:
        main(arguments.format(file=file, folder=file.parent / "own").split())
    assert ended.value.code == 0
    assert [one is not None for one in begun_with] == [is_kept]


async def test_nothing_is_built_ahead_or_kept_before_the_first_screen_is_filled(
    file: Path, sample_portfolio: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large file the model takes longer than the hurry of a start: half of it is not worth keeping."""
    opener = Opener(sample_portfolio)
    app = dashboard(opener)
    prepared: list[Filters] = []
    monkeypatch.setattr(app.session, "prepare", lambda filters, *_: prepared.append(filters))
    async with beginning(app, file) as pilot:
        app._end_of_start()
        assert prepared == []
        opener.let.set()
        await settled(pilot)
        app._end_of_start()
        assert prepared == [START]
