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
    assert "account            1  account.csv" in loaded.stderr.splitlines()
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


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A source with one error in many rows."""
    folder = tmp_path / "spoiled"
    folder.mkdir()
    lines = "".join(f"A{n},Acme {n},{'high' if n % 3 else 'low'}\n" for n in range(30))
    (folder / "account.csv").write_text("account_id,name,tier\n" + lines)
    return folder


def test_many_rows_of_one_cause_are_one_line_and_all_of_them_where_asked_for(call: Call, spoiled: Path) -> None:
    short = call("check", spoiled)
    cause, total = short.stdout.splitlines()
    assert cause == (
        "error: account.csv tier: 2 values in 30 rows: high 20, low 10, first in line 2: is not a whole number; "
        "write 1, 2 or 3"
    )
    assert total.endswith("46 rows, 30 errors, 0 warnings")
    assert short.stderr == "--all lists every row; --format csv, too\n"
    every = call("check", spoiled, "--all")
    assert len(every.stdout.splitlines()) == 31
    assert every.stderr == ""
    assert len(rows(call("check", spoiled, "--format", "csv"))) == 30
    refused = call("load", spoiled, "-o", spoiled / "kap.duckdb")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        f"kaptui: {spoiled}: 30 errors, nothing was written",
        cause,
        f"  mend the errors in the source and load again; `kaptui check {spoiled} --all` lists every row",
    ]


def test_a_load_for_cron_says_nothing_or_fails(call: Call, tmp_path: Path) -> None:
    folder, target = tmp_path / "facts", tmp_path / "kap.duckdb"
    folder.mkdir()
    (folder / "account.csv").write_text("account_id,name\nA,Acme\n")
    quiet = call("load", folder, "-o", target, "--quiet", "--strict")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    (folder / "notes.csv").write_text("a,b\n")
    warned = call("load", folder, "-o", target, "--quiet")
    assert warned.exit_code == 0
    assert [line.split(":")[0] for line in warned.stderr.splitlines()] == ["warning"]
    before = target.read_bytes()
    strict = call("load", folder, "-o", target, "--quiet", "--strict")
    assert strict.exit_code == 1
    assert "1 warning of a strict load, nothing was written" in strict.stderr
    assert target.read_bytes() == before


def test_nobody_s_file_is_overwritten(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "account.csv").write_text("account_id,name\nA,Acme\n")
    (tmp_path / "letter.txt").write_text("Dear Anna")
    mine = call("load", folder, "-o", folder / "account.csv", "--force")
    assert (mine.exit_code, (folder / "account.csv").read_text()) == (2, "account_id,name\nA,Acme\n")
    other = call("load", folder, "-o", tmp_path / "letter.txt")
    assert (other.exit_code, (tmp_path / "letter.txt").read_text()) == (2, "Dear Anna")
    assert "--force" in other.stderr
    assert call("load", folder, "-o", tmp_path / "letter.txt", "--force").exit_code == 0


def test_check_of_a_good_file(call: Call, sample: Path) -> None:
    result = call("check", sample)
    assert result.exit_code == 0
    assert "0 errors" in result.stdout
