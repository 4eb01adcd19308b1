"""The folder of prepared copies by itself, with copies of a small table: bounded, private, shared, never mistaken."""

from __future__ import annotations

import os
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from kaptui.common import cache_folder
from kaptui.portfolio import prepared_copy
from kaptui.portfolio.database import in_memory
from kaptui.portfolio.prepared_copy import PreparedCopies, PreparedCopy


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder that does not exist yet; a file may have changed just now."""
    monkeypatch.setattr(cache_folder, "CALM", -1.0)
    return tmp_path / "cache"


def made(tmp_path: Path, name: str) -> Path:
    """A file to keep a copy of."""
    file = tmp_path / name
    file.write_text(name)
    return file


def keep(copies: PreparedCopies, file: Path, number: int = 1, rows: int = 1) -> bool:
    """Keep a copy that holds this number."""
    mark = copies.mark(file)
    assert mark is not None
    with in_memory() as connection:
        connection.execute(f"create table main.t as select {number} as n, range as r from range({rows})")
        return copies.keep(mark, (), str(number), {}, connection)


def number_in(copies: PreparedCopies, file: Path) -> tuple[str, int] | None:
    """The choices that the note of a copy tells, and the number in it; None where there is none."""
    mark = copies.mark(file)
    copy = copies.find(mark) if mark else None
    connection = copy.attached() if copy else None
    if copy is None or connection is None:
        return None
    with connection:
        return copy.choices, connection.execute("select any_value(n) from t").fetchall()[0][0]


def test_the_copy_that_was_not_used_for_longest_goes(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, files = PreparedCopies(place), [made(tmp_path, name) for name in "abcd"]
    for age, file in zip((30, 20, 10), files, strict=False):
        assert keep(copies, file)
        for each in place.glob(f"{cache_folder.stem(str(file))}.*"):
            os.utime(each, (time.time() - age, time.time() - age))
    screen = place / f"{cache_folder.stem(str(files[1]))}{cache_folder.SCREEN}"
    screen.touch()
    size = next(place.glob("*.duckdb")).stat().st_size
    assert number_in(copies, files[0]) == ("1", 1), "used now"
    monkeypatch.setattr(prepared_copy, "_BYTES", 3 * size)
    assert keep(copies, files[3])
    assert [number_in(copies, file) is not None for file in files] == [True, False, True, True]
    assert not screen.exists(), "what lay beside it goes with it"
    assert sum(each.stat().st_size for each in place.glob("*.duckdb")) <= 3 * size


def test_a_copy_larger_than_all_may_be_is_none(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies, file, large = PreparedCopies(place), made(tmp_path, "a"), made(tmp_path, "b")
    assert keep(copies, file)
    monkeypatch.setattr(prepared_copy, "_BYTES", next(place.glob("*.duckdb")).stat().st_size)
    assert not keep(copies, large, rows=100_000)
    assert number_in(copies, file) == ("1", 1), "and the others stay"
    assert len(list(place.iterdir())) == 2


def test_a_disk_that_fills_while_a_copy_is_written_leaves_the_one_before(place: Path, tmp_path: Path) -> None:
    copies, file = PreparedCopies(place), made(tmp_path, "a")
    assert keep(copies, file, 1)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, usual[1]))  # as a full disk does: a write fails half-way
    try:
        assert not keep(copies, file, 2, rows=1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert number_in(copies, file) == ("1", 1)
    assert len(list(place.iterdir())) == 2, "nothing half-written is left"


def test_a_folder_where_nothing_can_be_written_costs_only_time(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, file = PreparedCopies(place), made(tmp_path, "a")
    place.mkdir(mode=0o700)
    monkeypatch.setattr("secrets.token_hex", lambda _: "x" * 300)  # no disk takes a name of that length
    assert not keep(copies, file)
    assert number_in(copies, file) is None
    assert not list(place.iterdir())


def test_the_folder_of_another_user_is_neither_read_nor_written(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, file, other = PreparedCopies(place), made(tmp_path, "a"), made(tmp_path, "b")
    assert keep(copies, file)
    here = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: here + 1)
    assert number_in(copies, file) is None
    assert not keep(copies, other)
    monkeypatch.setattr(os, "getuid", lambda: here)
    assert number_in(copies, file) == ("1", 1), "nor thrown away"
    assert number_in(copies, other) is None


def test_many_at_once_keep_and_read_and_nobody_reads_what_another_chose(place: Path, tmp_path: Path) -> None:
    """The number in each copy is its choices: what is found must hold what its note tells."""
    copies, file = PreparedCopies(place), made(tmp_path, "a")
    assert keep(copies, file, 0)

    def work(number: int) -> list[tuple[str, int]]:
        found = []
        for _ in range(12):
            keep(copies, file, number)
            found += [each for each in (number_in(copies, file),) if each is not None]
        return found

    with ThreadPoolExecutor(3) as pool:
        found = [each for some in pool.map(work, range(1, 4)) for each in some]
    assert [each for each in found if each[0] != str(each[1])] == []
    assert keep(copies, file, 9)
    assert number_in(copies, file) == ("9", 9)
    assert len(list(place.iterdir())) == 2


def test_a_copy_put_in_place_between_the_look_and_the_reading_is_not_taken_for_the_other(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies, file = PreparedCopies(place), made(tmp_path, "a")
    assert keep(copies, file, 1)
    attach = PreparedCopy._attach

    def late(copy: PreparedCopy, connection: duckdb.DuckDBPyConnection) -> None:
        monkeypatch.setattr(PreparedCopy, "_attach", attach)
        assert keep(copies, file, 2)
        attach(copy, connection)

    monkeypatch.setattr(PreparedCopy, "_attach", late)
    assert number_in(copies, file) is None


def test_a_clock_that_went_back_makes_no_copy_and_reads_none(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_folder, "CALM", 2.0)
    copies, file = PreparedCopies(place), made(tmp_path, "a")
    now = file.stat().st_mtime
    for clock, marked in ((now + 3, True), (now + 1, False), (now - 3600, False)):
        with monkeypatch.context() as patch:
            patch.setattr("time.time", lambda clock=clock: clock)
            assert (copies.mark(file) is not None) is marked


@pytest.mark.parametrize("field", ["st_size", "st_mtime_ns", "st_ctime_ns", "st_ino", "st_dev"])
def test_each_thing_that_tells_a_file_from_another_does(
    field: str, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replaced within a second, rewritten in place with its old time, another disk: one of them is different."""
    copies, file = PreparedCopies(place), made(tmp_path, "a")
    before, stat = copies.mark(file), Path.stat

    def other(path: Path) -> SimpleNamespace:
        found = stat(path)
        told = {name: getattr(found, name) for name in dir(found) if name.startswith("st_")}
        return SimpleNamespace(**{**told, field: told[field] + 1})

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", other)
        assert copies.mark(file) not in (None, before)
    assert copies.mark(file) == before
    moved = tmp_path / "b"
    moved.hardlink_to(file)
    assert copies.mark(moved) not in (None, before)
