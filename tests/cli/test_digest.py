"""`kaptui digest`: where it writes, what it leaves alone, and how a cron job learns that there is something to tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kaptui.errors import Exit

Call = Callable[..., Result]


def test_markdown_on_stdout_and_talk_on_stderr(call: Call, sample: Path) -> None:
    told = call("digest", sample)
    assert told.exit_code == Exit.OK
    assert told.stdout.startswith("# kaptui digest: kap.duckdb\n")
    assert "new on the attention list" in told.stderr
    assert call("digest", sample, "--since", "last", "-o", "-").stdout == told.stdout
    assert call("digest", sample, "--since", "Q2 2026 committee").stdout == told.stdout


def test_fail_if_rows_is_4_only_where_there_is_something_to_tell(call: Call, sample: Path) -> None:
    assert call("digest", sample, "--fail-if-rows").exit_code == 4
    assert call("digest", sample, "--fail-if-rows", "--where", "name:nobody-at-all").exit_code == Exit.OK


def test_a_digest_replaces_a_digest_and_nothing_else(call: Call, sample: Path, tmp_path: Path) -> None:
    for name in ("mail.html", "mail.md"):
        target = tmp_path / name
        assert call("digest", sample, "-o", target).exit_code == Exit.OK
        first = target.read_bytes()
        assert call("digest", sample, "-o", target).exit_code == Exit.OK
        assert target.read_bytes() == first
        target.write_text("my own notes", encoding="utf-8")
        refused = call("digest", sample, "-o", target)
        assert refused.exit_code == Exit.USAGE
        assert "no digest" in refused.stderr
        assert target.read_text(encoding="utf-8") == "my own notes"
        assert call("digest", sample, "-o", target, "--force").exit_code == Exit.OK
        assert target.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mail.html", "mail.md"]


@pytest.mark.parametrize(("name", "said"), [("mail.txt", ".html or .md"), ("no_folder/mail.html", "no such folder")])
def test_what_cannot_be_written_is_refused_before_anything_is_asked(
    call: Call, tmp_path: Path, name: str, said: str
) -> None:
    refused = call("digest", tmp_path / "no.duckdb", "-o", tmp_path / name)
    assert refused.exit_code == Exit.USAGE
    assert said in refused.stderr


def test_a_full_disk_leaves_nothing_half_written(
    call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mail.html"
    assert call("digest", sample, "-o", target).exit_code == Exit.OK
    first = target.read_bytes()

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    refused = call("digest", sample, "-o", target, "--where", "region:DACH")
    assert refused.exit_code == Exit.DATA
    assert "No space left" in refused.stderr
    assert target.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["mail.html"]
