"""A load that takes long is never silent: it says how many rows it has gone through, step by step."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest

from kaptui.loading import load, pace, run, source
from kaptui.loading.pace import Pace
from kaptui.loading.text_file import TextFile, open_text
from tests.loading.sources import write


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words every few milliseconds instead of twice a second."""
    monkeypatch.setattr(pace, "_TICK", 0.01)


def waited(said: list[str], words: str, times: int = 1) -> None:
    """Until these words were said so often."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if sum(words in each for each in said) >= times:
            return
        time.sleep(0.002)
    raise AssertionError(said)


def test_a_step_is_told_by_its_rows_and_never_goes_back() -> None:
    """By DuckDB's share of the rows expected, by what was seen, and by time alone where neither is known."""
    said: list[str] = []
    shares = iter([-1.0, 50.0])
    with Pace(lambda what, done, of: said.append(f"{done}/{of} {what}"), 3, lambda: next(shares, 20.0)) as one:
        one.step("reading account")
        one.expect(1000)
        waited(said, "1/3 reading account: 0 s")
        waited(said, "1/3 reading account: 500 of 1,000 rows, 0 s", times=2)
        one.still("the copy")
        one.seen(4096)
        waited(said, "1/3 the copy: 4,096 rows, 0 s")
        one.step("checking account")
        waited(said, "2/3 checking account: 0 s")
    assert not any("200 of" in each for each in said)
    silent = len(said)
    time.sleep(0.03)
    assert len(said) == silent, "with the load its words end"


def test_a_load_tells_the_rows_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain files, outside any mapping."""
    said: list[str] = []

    def slowly(*args: object) -> TextFile:
        text = open_text(*args)  # type: ignore[arg-type]
        waited(said, "reading account: ")
        return text

    monkeypatch.setattr(source, "open_text", slowly)
    folder = write(tmp_path / "in", account="account_id,name\nA1,Acme\nA2,Beta\nA3,Gamma\n")
    load(folder, tmp_path / "kap.duckdb", None, lambda what, done, of: said.append(what))
    assert "reading account: 4 rows, 0 s" in said


def test_duckdb_draws_no_bar_of_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither where it is asked how far it is, nor where nobody listens."""
    for progress in (None, lambda what, done, of: None):
        with duckdb.connect() as connection:
            run._open(connection, tmp_path, run._pace(connection, progress))
            settings = "current_setting('enable_progress_bar'), current_setting('enable_progress_bar_print')"
            told = connection.execute(f"select {settings}").fetchall()
        assert told == [(progress is not None, False)]
    assert capfd.readouterr() == ("", "")
