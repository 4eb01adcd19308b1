"""A pack in its place: whole or not at all, and never over what is no pack."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kaptui.errors import KaptuiError, UsageError
from kaptui.pack.document import MARK
from kaptui.pack.write import check_ending, check_place, write, write_beside

PACK = f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{MARK} 0">'.encode()


def test_a_pack_replaces_a_pack_and_nothing_else(tmp_path: Path) -> None:
    target, other = tmp_path / "board.html", tmp_path / "letter.html"
    write(target, PACK)
    write(target, PACK + b"newer")
    assert target.read_bytes() == PACK + b"newer"
    other.write_text("<p>mine</p>")
    with pytest.raises(UsageError, match="no pack"):
        write(other, PACK)
    assert other.read_text() == "<p>mine</p>"
    write(other, PACK, force=True)
    assert other.read_bytes() == PACK


@pytest.mark.parametrize("name", ["no/such/board.html", "folder.html", f"{'x' * 300}.html", "a\0b.html"])
def test_a_place_that_takes_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(KaptuiError):
        write(tmp_path / name, PACK, force=True)
    assert [one.name for one in tmp_path.iterdir()] == ["folder.html"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "board.html"
    write(target, PACK)

    def full(part: Path, content: bytes) -> int:
        part.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(KaptuiError, match="No space left on device"):
        write(target, PACK + b"newer")
    assert target.read_bytes() == PACK
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["board.pdf", "board.pptx", "board.xlsx", "board", "board.doc"])
def test_other_endings_say_what_to_write(name: str) -> None:
    with pytest.raises(UsageError) as told:
        check_ending(Path(name))
    assert ".html" in told.value.hint


@pytest.mark.parametrize("head", [b"PK\x03\x04 somebody's slides", b"%PDF-1.7 somebody's letter", b""])
def test_what_somebody_may_have_worked_on_is_not_replaced(tmp_path: Path, head: bytes) -> None:
    target = tmp_path / "board.pdf"
    target.write_bytes(head)
    with pytest.raises(UsageError, match="no pack"):
        write(target, b"%PDF-1.7 <pdf:Keywords>kaptui pack</pdf:Keywords>")
    assert target.read_bytes() == head
    write(target, b"%PDF-1.7 <pdf:Keywords>kaptui pack</pdf:Keywords> 1", force=True)
    write(target, b"%PDF-1.7 <pdf:Keywords>kaptui pack</pdf:Keywords> 2")
    assert target.read_bytes().endswith(b"2"), "a pack is replaced by the next one"


def test_a_place_is_looked_at_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        check_place(tmp_path / "no" / "board.html", force=True)


def test_beside_others_it_takes_a_name_of_its_own(tmp_path: Path) -> None:
    first = write_beside(tmp_path, "2026-09-30_pack", PACK)
    assert first.name == "2026-09-30_pack.html"
    assert write_beside(tmp_path, "2026-09-30_pack", PACK) == first, "the same bytes are there already"
    assert write_beside(tmp_path, "2026-09-30_pack", PACK + b"x").name == "2026-09-30_pack_2.html"
