"""kaptui called in this process, and the sample portfolio as a file to call it with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kaptui.cli import main
from kaptui.loading import load
from kaptui.resources import sample_dir


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample portfolio as a file."""
    target = tmp_path_factory.mktemp("cli") / "kap.duckdb"
    load(sample_dir(), target)
    return target


@pytest.fixture
def call() -> Callable[..., Result]:
    """Run kaptui with these words, without a terminal."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])
