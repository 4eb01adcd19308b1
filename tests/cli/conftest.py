"""kaptui called in this process, and the sample portfolio as a file to call it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kaptui.cli import main
from kaptui.portfolio import Portfolio

_MOST_KEPT = 4
_MOST_CHOICES = 8
"""Of so many days and bases of a file the model stays: tests go to and fro between them."""
Mark = tuple[Any, ...]


class Kept:
    """A portfolio that the next call finds open."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        portfolio.choices_kept = _MOST_CHOICES

    def __getattr__(self, name: str) -> Any:
        return getattr(self._portfolio, name)

    def close(self) -> None:
        """It stays open for the next call."""


@pytest.fixture(scope="session")
def opened() -> Iterator[dict[Mark, Kept]]:
    """What was asked last, by file as it stood then."""
    kept: dict[Mark, Kept] = {}
    yield kept
    for each in kept.values():
        each._portfolio.close()


@pytest.fixture(autouse=True)
def _open_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, opened: dict[Mark, Kept]) -> None:
    """A file that did not change is opened, and its model built, once for all calls in this process."""
    if request.node.get_closest_marker("opens_anew"):
        return
    truly = Portfolio.open

    def open_once(path: Path, queries: Path | None = None) -> Kept | Portfolio:
        if queries is not None or not path.is_file():
            return truly(path, queries)
        found = path.stat()
        mark = (str(path), found.st_mtime_ns, found.st_size, found.st_ino)
        kept = opened.pop(mark) if mark in opened else Kept(truly(path))
        opened[mark] = kept  # last of all: what is asked often stays
        while len(opened) > _MOST_KEPT:
            opened.pop(next(iter(opened)))._portfolio.close()
        return kept

    monkeypatch.setattr(Portfolio, "open", open_once)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Path:
    """The sample portfolio as a file."""
    return Path(shutil.copyfile(sample_file, tmp_path_factory.mktemp("cli") / "kap.duckdb"))


@pytest.fixture
def call() -> Callable[..., Result]:
    """Run kaptui with these words, without a terminal."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])
