"""`show`, `export` and `questions`: the answers as text and as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result
from python_calamine import CalamineWorkbook

from kaptui import __version__, export
from kaptui.cli import text as printed
from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.text import width

Call = Callable[..., Result]


def rows(result: Result) -> list[dict[str, str]]:
    """The CSV on stdout."""
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_show_is_an_aligned_table_and_nothing_is_cut(call: Call, sample: Path) -> None:
    result = call("show", "accounts", sample, "--where", "region:DACH")
    lines = result.stdout.splitlines()
    assert lines[0].split()[:4] == ["account_id", "name", "tier", "status"]
    assert "Vereinigte Norddeutsche Präzisionswerkzeug- und Maschinenbaugesellschaft mbH" in result.stdout
    assert len({line.index("DACH") for line in lines[1:]}) == 1
    assert "n/a" in result.stdout
    assert "12 of 48 accounts" in result.stderr


@pytest.mark.parametrize("format", ["table", "csv", "json", "markdown"])
def test_every_format_has_the_promised_columns(format: str, call: Call, sample: Path) -> None:
    result = call("show", "accounts", sample, "--format", format, "--where", "tier:1")
    assert result.exit_code == 0, result.stderr
    first = result.stdout.splitlines()[0]
    match format:
        case "json":
            found = list(json.loads(result.stdout)[0])
        case "csv":
            found = first.split(",")
        case "markdown":
            found = first.strip("| ").split(" | ")
        case _:
            found = first.split()
    promised = list(PANELS["accounts"].promise)
    assert found[: len(promised)] == promised


@pytest.mark.parametrize("question", PANELS)
def test_every_answer_becomes_text_and_every_format(question: str, sample_portfolio: Portfolio) -> None:
    frame = sample_portfolio.ask(question, Filters(where="tier:1"))
    for part in (frame, frame.clear()):
        cells = printed.grid(part, question)
        lines = printed.aligned(cells)[0]
        fields = [line.split()[0] for line in lines] == list(cells.names)
        assert len(lines) == part.height + 1 or (part.height == 1 and fields)
        assert len(printed.markdown(cells)) == part.height + 2
        context = sample_portfolio.context(Filters(where="tier:1"))
        answer = export.Answer(question, Filters(where="tier:1"), context, "kap.duckdb", part)
        for format in export.FORMATS:
            assert export.content([answer], format)


def test_show_csv_and_export_are_the_same_bytes(call: Call, sample: Path, tmp_path: Path) -> None:
    shown = call("show", "accounts", sample, "--format", "csv").stdout_bytes
    piped = call("export", "accounts", sample, "-o", "-").stdout_bytes
    assert call("export", "accounts", sample, "-o", tmp_path / "x.csv").exit_code == 0
    assert shown == piped == (tmp_path / "x.csv").read_bytes()


def test_a_company_asks_questions_of_its_own(call: Call, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "own.sql").write_text(
        "-- How many?\nselect count(*) as n, true as met, '[/]\x1b[31m' as text from account\n"
    )
    result = call("show", "own", sample, "--queries", tmp_path)
    assert result.stdout.splitlines()[1].split() == ["48", "yes", "[/]␛[31m"]
    assert "How many?" in call("questions", "--queries", tmp_path).stdout


def test_a_table_fits_its_terminal_and_says_what_is_missing() -> None:
    frame = pl.DataFrame({"name": ["ä" * 200, "ＷＩＤＥ 🚀"], "revenue": [1e6, None], "long_name": ["x", "y"]})
    cells = printed.grid(frame, "own")
    lines, left_out = printed.aligned(cells, 60)
    assert left_out == []
    assert max(map(width, lines)) <= 60
    assert lines[1].startswith("ä" * 39 + "…")
    lines, left_out = printed.aligned(cells, 20)
    assert left_out == ["revenue", "long_name"]
    assert max(map(width, lines)) <= 20
    whole, left_out = printed.aligned(cells)
    assert "ä" * 200 in whole[1]
    assert left_out == []
    fields, left_out = printed.aligned(printed.grid(frame.head(1), "own"), 40)
    assert [line.split()[0] for line in fields] == frame.columns
    assert max(map(width, fields)) <= 40
    # nor is a single row one long line where no terminal sets a width
    fields, left_out = printed.aligned(printed.grid(frame.head(1), "own"))
    assert [line.split() for line in fields] == [["name", "ä" * 200], ["revenue", "1000000"], ["long_name", "x"]]
    assert printed.aligned(printed.grid(frame.tail(1), "own"))[0][0].split() == frame.columns


def test_markdown_keeps_bars_in_their_cell() -> None:
    cells = printed.grid(pl.DataFrame({"name": ["a|b\nc"], "n": [1]}), "own")
    assert printed.markdown(cells) == ["| name | n |", "| --- | --: |", "| a\\|b c | 1 |"]


@pytest.mark.parametrize("format", export.FORMATS)
def test_export_writes_data_and_meta(format: str, call: Call, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / f"x.{format}"
    result = call("export", "accounts", sample, "-o", target, "--where", "region:DACH", "--basis", "gross")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert target.read_bytes()
    about = json.loads((tmp_path / f"x.{format}.meta.json").read_text(encoding="utf-8"))
    assert about == {
        "question": "accounts",
        "filter": "region:DACH",
        "as_of": "2026-09-30",
        "since": "2026-06-24",
        "window": "ttm",
        "window_start": "2025-10-01",
        "window_end": "2026-09-30",
        "basis": "gross",
        "currency": "EUR",
        "rates": "monthly",
        "rows": 12,
        "file": "kap.duckdb",
        "kaptui_version": __version__,
    }
    again = call("export", "accounts", sample, "-o", target)
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert call("export", "accounts", sample, "-o", target, "--force").exit_code == 0


def test_several_questions_are_the_sheets_of_one_workbook(call: Call, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "board.xlsx"
    words = ("export", "attention,accounts", sample, "-o", target, "--where", "tier:1")
    done = call(*words, "--sort", "accounts:revenue:desc", "--columns", "accounts:name,revenue")
    assert done.exit_code == 0, done.stderr
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == ["Needs attention", "Accounts", "About"]
    accounts = book.get_sheet_by_name("Accounts").to_python()
    assert accounts[0] == ["Account", "Revenue, EUR"]
    revenue = [row[1] for row in accounts[1:] if row[1] != ""]
    assert revenue == sorted(revenue, reverse=True)
    about = json.loads((tmp_path / "board.xlsx.meta.json").read_text(encoding="utf-8"))
    assert [sheet["question"] for sheet in about["sheets"]] == ["attention", "accounts"]
    assert about["filter"] == "tier:1"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "x.csv"], "2 questions: a file of csv holds one"),
        (["-o", "x.xlsx", "--sort", "revenue"], "--sort 'revenue': for which question?"),
        (["-o", "x.xlsx", "--columns", "leaders:name"], "for which question?"),
        (["-o", "x.xlsx", "--columns", "accounts:name", "--columns", "accounts:tier"], "given twice for accounts"),
    ],
)
def test_options_of_several_questions_say_which(
    options: list[str], said: str, call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = call("export", "attention,accounts", sample, *options)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_constant_rates_are_an_option_and_said_beside_the_data(call: Call, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "bridge.csv"
    done = call("export", "profit_bridge", sample, "-o", target, "--rates", "constant")
    assert done.exit_code == 0
    about = json.loads((tmp_path / "bridge.csv.meta.json").read_text(encoding="utf-8"))
    assert (about["rates"], about["currency"], about["window"]) == ("constant", "EUR", "ttm")
    monthly = {row["step"]: float(row["amount"]) for row in rows(call("export", "profit_bridge", sample, "-o", "-"))}
    with target.open(encoding="utf-8", newline="") as lines:
        constant = {row["step"]: float(row["amount"]) for row in csv.DictReader(lines)}
    # What the currency step moved is no longer in the end; the steps before it are the same.
    assert constant["currency"] == 0 != monthly["currency"]
    assert constant["end"] == pytest.approx(monthly["end"] - monthly["currency"], abs=0.01)
    assert constant["mix"] == pytest.approx(monthly["mix"], abs=0.01)
    assert "constant FX" in call("show", "portfolio", sample, "--rates", "constant").stderr
    assert call("show", "portfolio", sample, "--rates", "daily").exit_code == 2


def test_export_to_stdout_is_data_only(
    call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("export", "accounts", sample, "-o", "-", "--where", "-status:exited")
    assert len(rows(result)) == 46
    parquet = call("export", "accounts", sample, "-o", "-", "--format", "parquet")
    assert pl.read_parquet(io.BytesIO(parquet.stdout_bytes)).height == 48
    assert not list(tmp_path.iterdir())


def test_questions_lists_names_questions_and_columns(call: Call) -> None:
    listed = json.loads(call("questions", "--format", "json").stdout)
    assert {each["name"]: each["columns"] for each in listed} == {
        name: list(panel.promise) for name, panel in PANELS.items()
    }
    assert all(each["question"].endswith("?") for each in listed)
    assert "whale_curve\n" in call("questions").stdout
