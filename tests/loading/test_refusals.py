"""Sources that cannot be used at all: one clear message with the next step, no traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kaptui.errors import Exit, KaptuiError
from kaptui.loading import check, into_memory, load
from kaptui.loading import source as source_reader
from tests.loading.sources import ACCOUNTS, only, place, refused, write


@pytest.mark.parametrize("action", [check, into_memory, lambda source: load(source, source.with_name("x"))])
def test_a_source_that_is_not_there(tmp_path: Path, action: Callable[[Path], object]) -> None:
    with pytest.raises(KaptuiError, match="nowhere does not exist") as caught:
        action(tmp_path / "nowhere")
    assert caught.value.hint
    assert caught.value.exit_code is Exit.DATA
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_accounts(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    finding = only(refused(source).errors, "source")
    assert "account" in finding.problem
    assert "account.csv" in finding.fix


def test_a_misspelt_file_is_told(tmp_path: Path) -> None:
    write(tmp_path / "in", acount=ACCOUNTS, notes="a,b\n1,2\n")
    (tmp_path / "in" / "README.md").write_text("no data")
    report = check(tmp_path / "in")
    assert [(finding.file, finding.severity) for finding in report.findings] == [
        ("acount.csv", "warning"),
        ("notes.csv", "warning"),
    ]
    assert report.findings[0].fix == "did you mean account?"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "0 bytes"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not a text file"),
        (b"account_id,name\nA1,\x00\x01\x02\n", "not a text file"),
        (b"account_id,name\nA1,\x81\x8d\n", "neither UTF-8"),
        (b"\n \n", "no header"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, data: bytes, word: str) -> None:
    finding = only(refused(write(tmp_path / "in", account=data)).errors, "source")
    assert word in finding.problem
    assert finding.file == "account.csv"
    assert finding.fix


def test_a_utf16_file_cut_in_half_a_letter(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account=ACCOUNTS.encode("utf-16")[:-1])
    assert place(only(refused(source).errors, "source")) == ("account.csv", 3, "", "")


def test_a_file_without_header(tmp_path: Path) -> None:
    report = refused(write(tmp_path / "in", account="A1,Acme\nA2,Beta\n"))
    assert {place(finding)[2] for finding in report.errors} == {"account_id", "name"}


def test_two_files_for_one_table(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    (source / "Account.txt").write_text(ACCOUNTS)
    finding = only(refused(source).errors, "source")
    assert "Account.txt" in finding.problem
    assert "account.csv" in finding.problem


def test_neither_folder_nor_workbook(tmp_path: Path) -> None:
    write(tmp_path / "in")
    with pytest.raises(KaptuiError, match="neither a folder nor an Excel workbook"):
        load(tmp_path / "in" / "account.csv", tmp_path / "kap.duckdb")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, *_: object) -> None:  # rights do not bind every user that runs the tests
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(source_reader, "open_text", denied)
    finding = only(refused(write(tmp_path / "in")).errors, "source")
    assert (finding.file, finding.problem) == ("account.csv", "may not be read")


def test_targets_that_cannot_be_written(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    with pytest.raises(KaptuiError, match="is a folder"):
        load(source, tmp_path)
    with pytest.raises(KaptuiError, match="does not exist"):
        load(source, tmp_path / "missing" / "kap.duckdb")


@pytest.mark.parametrize("data", [b"", b"no database at all, but long enough to be read as one" * 99])
def test_a_database_that_is_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "kap.duckdb"
    file.write_bytes(data)
    with pytest.raises(KaptuiError, match="not a DuckDB file, or one that was only half copied"):
        check(file)


def test_a_database_of_something_else(tmp_path: Path) -> None:
    file = tmp_path / "other.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table orders (id integer)")
    with pytest.raises(KaptuiError, match="no table account"):
        check(file)
