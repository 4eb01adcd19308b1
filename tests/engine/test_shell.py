"""Every question answers in a plain DuckDB shell what it answers in kaptui, once `shell.sql` has been read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import catalogue
from kaptui.portfolio.database import frame_of
from kaptui.resources import queries_dir


def read(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """What the shell does with `.read`: the file's statements, those of the files that it reads where it reads them."""
    pending = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(".read "):
            connection.execute(pending)
            pending = ""
            read(connection, queries_dir().parent / line.removeprefix(".read ").strip())
        else:
            pending += line + "\n"
    connection.execute(pending)


@pytest.fixture(scope="module")
def shell(sample_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A plain database with the sample portfolio, as README of the queries says."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{sample_file}' as file (read_only); copy from database file to memory")
    read(connection, queries_dir() / "shell.sql")
    yield connection
    connection.close()


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_question_answers_in_a_shell_as_in_kaptui(
    shell: duckdb.DuckDBPyConnection, sample_portfolio: Portfolio, name: str
) -> None:
    found = frame_of(shell, catalogue()[name].sql)
    expected = sample_portfolio.ask(name, Filters())
    assert_frame_equal(found, expected, check_row_order=True, rel_tol=1e-12)
    assert isinstance(found, pl.DataFrame)
    assert date.today() >= sample_portfolio.context(Filters()).as_of or found.height


def test_the_shell_reads_every_file_of_the_model() -> None:
    text = (queries_dir() / "shell.sql").read_text(encoding="utf-8")
    for path in (queries_dir() / "model").glob("*.sql"):
        assert f".read queries/model/{path.name}\n" in text, path.name
