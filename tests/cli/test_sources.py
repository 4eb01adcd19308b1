"""`init`, `load` and `check`: from templates to a file, and every problem on the way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]


def rows(result: Result) -> list[dict[str, str]]:
    """The CSV on stdout."""
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_from_templates_to_a_file(call: Call, tmp_path: Path) -> None:
    folder, target = tmp_path / "facts", tmp_path / "kap.duckdb"
    assert call("init", folder).exit_code == 0
    assert (folder / "account.csv").exists()
    with (folder / "account.csv").open("a") as file:
        header = (folder / "account.csv").read_text().strip().split(",")
        csv.DictWriter(file, header).writerow({"account_id": "A", "name": "=Acme [/]"})
    loaded = call("load", folder, "-o", target)
    assert loaded.exit_code == 0, loaded.stderr
    assert loaded.stdout == ""
    assert "1  account" in loaded.stderr
    assert rows(call("export", "accounts", target, "-o", "-"))[0]["name"] == "'=Acme [/]"
    assert rows(call("export", "accounts", target, "-o", "-", "--raw"))[0]["name"] == "=Acme [/]"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A source with two errors, one of them in a hostile value."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "account.csv").write_text("account_id,name,tier\nA,Acme,9\nB,Bolt,\x1b[31m\n", newline="\n")
    return folder


def test_a_refused_load_lists_every_error_and_writes_nothing(call: Call, broken: Path, tmp_path: Path) -> None:
    result = call("load", broken, "-o", tmp_path / "x.duckdb")
    assert result.exit_code == 1
    assert "account.csv:2" in result.stderr
    assert "account.csv:3" in result.stderr
    assert "\x1b" not in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken"]


def test_check_prints_its_findings_as_data(call: Call, broken: Path) -> None:
    lines = call("check", broken)
    assert lines.exit_code == 1
    assert "account.csv:2" in lines.stdout
    assert "2 errors" in lines.stdout.splitlines()[-1]
    assert "\x1b" not in lines.stdout
    found = rows(call("check", broken, "--format", "csv"))
    assert [(row["severity"], row["file"], row["line"], row["column"]) for row in found] == [
        ("error", "account.csv", "2", "tier"),
        ("error", "account.csv", "3", "tier"),
    ]
    assert [row["value"] for row in json.loads(call("check", broken, "--format", "json").stdout)] == ["9", "\x1b[31m"]


def test_check_of_a_good_file(call: Call, sample: Path) -> None:
    result = call("check", sample)
    assert result.exit_code == 0
    assert "0 errors" in result.stdout
