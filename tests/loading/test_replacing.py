"""What a load may replace: a kaptui file or nothing; its rights stay, and what belongs to the source is let be."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import duckdb
import pytest

from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.loading import LoadRefused, check, load
from kaptui.portfolio import Portfolio
from tests.loading.sources import ACCOUNTS, query, write


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that a load has written, to be copied."""
    folder = tmp_path_factory.mktemp("written")
    load(write(folder / "in"), folder / "kap.duckdb")
    return folder / "kap.duckdb"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("force", [False, True])
def test_a_file_of_the_source_is_never_overwritten(tmp_path: Path, force: bool) -> None:
    source = write(tmp_path / "in")
    (source / "deep").mkdir()
    (source / "deep" / "export.csv").write_text("mine")
    (tmp_path / "linked.csv").write_text("mine")
    (source / "notes.csv").symlink_to(tmp_path / "linked.csv")
    for mine in (source / "account.csv", source / "deep" / "export.csv", tmp_path / "linked.csv"):
        before = mine.read_bytes()
        with pytest.raises(UsageError, match="never overwritten"):
            load(source, mine, force=force)
        assert mine.read_bytes() == before
    with pytest.raises(UsageError, match="among the sources"):
        load(source, source / "person.csv", force=force)
    assert not (source / "person.csv").exists()


def test_a_mapping_and_a_workbook_are_sources_too(tmp_path: Path) -> None:
    source, mapping = write(tmp_path / "in"), tmp_path / "sql"
    mapping.mkdir()
    (mapping / "account.sql").write_text("select * from 'account.csv'")
    with pytest.raises(UsageError, match="never overwritten"):
        load(source, mapping / "account.sql", mapping, force=True)
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"mine")
    with pytest.raises(UsageError, match="never overwritten"):
        load(book, book, force=True)
    assert book.read_bytes() == b"mine"


def test_any_other_file_needs_force(tmp_path: Path) -> None:
    source, target = write(tmp_path / "in"), tmp_path / "letter.txt"
    target.write_text("Dear Anna")
    with pytest.raises(UsageError, match="not a kaptui file") as caught:
        load(source, target)
    assert caught.value.exit_code is Exit.USAGE
    assert "--force" in caught.value.hint
    assert target.read_text() == "Dear Anna"
    load(source, target, force=True)
    assert query(target, "select count(*) from account") == [(2,)]


def test_a_database_of_something_else_needs_force(tmp_path: Path) -> None:
    target = tmp_path / "orders.duckdb"
    with duckdb.connect(str(target)) as connection:
        connection.execute("create table orders as select 1 as id")
    with pytest.raises(UsageError, match="not a kaptui file"):
        load(write(tmp_path / "in"), target)
    assert query(target, "from orders") == [(1,)]


def test_a_kaptui_file_is_replaced_even_beside_its_source(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    target = source / "kap.duckdb"
    for _ in range(2):
        load(source, target)
    empty = tmp_path / "empty.duckdb"
    empty.touch()
    assert [finding.rule for finding in load(source, empty).findings] == []


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "kap.duckdb"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="no file that can be replaced"):
        load(write(tmp_path / "in"), pipe, force=True)


def test_rights_stay_and_a_new_file_is_its_owners_alone(tmp_path: Path, written: Path) -> None:
    source, target = write(tmp_path / "in"), tmp_path / "kap.duckdb"
    assert mode(written) == 0o600
    shutil.copyfile(written, target)
    for wanted in (0o640, 0o600, 0o664):
        target.chmod(wanted)
        load(source, target)
        assert mode(target) == wanted


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path, written: Path) -> None:
    source, target = write(tmp_path / "in"), tmp_path / "kap.duckdb"
    shutil.copyfile(written, target)
    os.chown(target, 12345, 23456)
    load(source, target)
    assert (target.stat().st_uid, target.stat().st_gid) == (12345, 23456)


def test_rights_that_cannot_be_kept_are_told_and_not_widened(
    tmp_path: Path, written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = write(tmp_path / "in"), tmp_path / "kap.duckdb"
    shutil.copyfile(written, target)
    target.chmod(0o660)
    old, look = target.stat(), Path.stat

    def foreign(path: Path) -> os.stat_result:
        return os.stat_result((old.st_mode, *old[1:4], 12345, 23456, *old[6:])) if path == target else look(path)

    def refused(path: Path, user: int, group: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "stat", lambda path, **_: foreign(path))
    monkeypatch.setattr(os, "chown", refused)
    (finding,) = load(source, target).warnings
    monkeypatch.undo()
    assert "owner cannot be kept" in finding.problem
    assert mode(target) == 0o600


def test_a_strict_load_stops_at_a_warning(tmp_path: Path) -> None:
    source, target = write(tmp_path / "in", notes="a,b\n1,2\n"), tmp_path / "kap.duckdb"
    with pytest.raises(LoadRefused, match="1 warning of a strict load, nothing was written"):
        load(source, target, strict=True)
    assert not target.exists()
    assert load(source, target).warnings
    assert load(write(tmp_path / "sound"), target, strict=True).findings == ()


def test_no_account_is_an_error(tmp_path: Path) -> None:
    source = write(tmp_path / "in", account=ACCOUNTS.splitlines()[0] + "\n")
    with pytest.raises(LoadRefused, match="holds no account") as caught:
        load(source, tmp_path / "kap.duckdb")
    assert [str(one) for one in caught.value.report.findings] == [str(one) for one in check(source).findings]


@pytest.mark.parametrize("place", [0.19, 0.5])
def test_a_damaged_file_is_told_by_its_damage_and_not_by_its_name(
    tmp_path: Path, sample_file: Path, place: float
) -> None:
    bad = tmp_path / "lockheed.duckdb"
    data = bytearray(sample_file.read_bytes())
    for at in range(int(len(data) * place), int(len(data) * place) + 200):
        data[at] ^= 0xFF
    bad.write_bytes(data)
    for action in (Portfolio.open, check):
        with pytest.raises(KaptuiError, match="is damaged") as caught:
            action(bad)
        assert caught.value.exit_code is Exit.DATA
        assert "restore" in caught.value.hint.lower()
    report = load(write(tmp_path / "in"), bad)
    assert [finding.rule for finding in report.warnings] == ["history"]
    assert query(bad, "select count(*) from account") == [(2,)]
    bad.write_text("lock, being used by another process " * 500)
    for action in (Portfolio.open, check):
        with pytest.raises(KaptuiError) as caught:
            action(bad)
        assert caught.value.exit_code is Exit.DATA
