"""What several parts share: the name that was meant, quoting, whole files, lines of TOML."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import duckdb
import polars as pl
import pytest

from kaptui.common import endings, spill
from kaptui.common.arrow import ArrowStream
from kaptui.common.atomic_write import put_in_place, write_files
from kaptui.common.did_you_mean import close_matches, nearest
from kaptui.common.sql import identifier, literal
from kaptui.common.toml_lines import line_of


def test_the_nearest_name_is_found_in_any_case_and_comes_as_it_is_written() -> None:
    assert nearest("helvai group", ["Nordwind", "Helvia Group"]) == "Helvia Group"
    assert nearest("DEMO", ["demo", "load"]) == "demo"
    assert nearest("zzz", ["demo"]) == nearest("", []) == ""
    assert close_matches("acount", ["account", "accounts", "Account", "plan"]) == ["account", "accounts"]


@pytest.mark.parametrize("text", ["plain", 'a"b', "a'b", "", "a b; drop table x"])
def test_quoted_names_and_texts_are_read_back(text: str) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"select {literal(text)}").fetchall() == [(text,)]
        if text:
            assert connection.sql(f"select 1 as {identifier(text)}").columns == [text]


def test_duckdb_scans_a_frame_by_its_stream_alone() -> None:
    with duckdb.connect() as connection:
        connection.register("numbers", ArrowStream(pl.DataFrame({"n": [1, 2]})))
        assert connection.execute("from numbers select sum(n)").fetchall() == [(3,)]


def test_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    write_files({first: b"1", second: b"2"}, durable=True)
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.startswith(".b"):
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_files({first: b"3", second: b"4"})
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.skipif(os.name == "nt", reason="rights of a file are of another kind there")
def test_private_files_are_for_their_owner_and_links_stay_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"")
    link.symlink_to(real)
    write_files({link: b"x"}, private=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"x"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_what_a_database_spills_is_private_and_goes_with_its_process_or_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(endings, "_first", [])
    gone = 4_194_305
    left = ((gone, "old"), (gone, "young"), (os.getpid(), "mine"))
    for number, name in left:
        folder = tmp_path / f"kaptui-{number}-{name}"
        folder.mkdir()
        (folder / "duckdb_temp_storage.tmp").write_bytes(b"0")
        os.utime(folder, (1, 1) if name != "young" else None)
    others = tmp_path / "kaptui-x-other", tmp_path / f"kaptui-{gone}-link"
    others[0].mkdir()
    others[1].symlink_to(others[0])
    spill._own.cache_clear()
    try:
        folder = Path(spill.spill_folder()).parent
        assert folder.parent == tmp_path
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        there = {each.name for each in tmp_path.iterdir()} - {folder.name}
        assert there == {each.name for each in others} | {f"kaptui-{number}-{name}" for number, name in left[1:]}
        ended: list[int] = []
        monkeypatch.setattr(os, "_exit", ended.append)
        endings.leave(3)
        assert ended == [3]
        assert not folder.exists(), "it goes where Python does not end by itself, too"
        assert Path(spill.spill_folder()).parent.is_dir(), "and is made again where somebody took it"
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        spill._own.cache_clear()
        assert not spill.spill_folder(), "without room for it nothing is spilt"
    finally:
        spill._own.cache_clear()


def test_a_finished_file_is_put_in_place(tmp_path: Path) -> None:
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_bytes(b"new")
    target.write_bytes(b"old")
    put_in_place(new, target)
    assert target.read_bytes() == b"new"
    assert not new.exists()


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2\n", ("b",), 2),
        ("# c\n[t]\n\nb = 2\n", ("t", "b"), 4),
        ("[t] # b = 1\nb = 2\n", ("t", "b"), 2),
        ('["a.b"]\nx = 1\n["c\\"d"]\nx = 1\n', ('c"d', "x"), 4),
        ("[t]\nrow.up = 1\n", ("t", "row", "up"), 2),
        ('[t]\n"row.up" = 1\n', ("t", "row.up"), 2),
        ("a.where = 1\n", ("a", "where"), 1),
        ("x = 1\nt = { b = 2 }\n", ("t", "b"), 2),
        ("x = 1\n[t]\ny = 1\n", ("t", "b"), 2),
        ("x = 1\n[[t]]\nb = 1\n", ("t", "b"), 3),
        ("x = 1\n", ("nowhere",), 1),
    ],
)
def test_the_line_of_an_entry_is_found(text: str, path: tuple[str, ...], line: int) -> None:
    assert line_of(text, path) == line
