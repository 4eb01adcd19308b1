"""`kaptui pack` and `kaptui account -o`: the file they write, and what they refuse before anything is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from python_calamine import CalamineWorkbook

from kaptui.filters import Filters
from kaptui.guide import rule_of
from kaptui.pack.formats import pages_told
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import measures
from tests.cli.test_account import CHECKED
from tests.pack.parsing import pages

Call = Callable[..., Result]


def test_a_pack_holds_the_accounts_that_are_named(call: Call, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "board.html"
    words = ("pack", sample, "-o", target, "--accounts", "helvia", "--accounts", "KA004", "--as-of", "2026-09-30")
    result = call(*words)
    assert result.exit_code == 0, result.stderr
    told = [f"wrote {target}: {len(target.read_bytes()) / 1e3:,.0f} KB"]
    assert result.stderr.splitlines()[:2] == ["A page for each screen and for 2 accounts.", *told]
    found = pages(target.read_bytes())
    assert [page.texts("h1")[0] for key, page in found.items() if key.startswith("account-")] == [
        "Helvia Group KA002",
        "Northstar Foods KA004",
    ]
    assert call(*words).exit_code == 0, "a pack is replaced by the next one"


def test_a_pack_says_before_it_is_made_how_many_accounts_have_a_page(call: Call, sample: Path, tmp_path: Path) -> None:
    """The words are those of the dashboard's dialog; of many it is told what they take."""
    result = call("pack", sample, "-o", tmp_path / "board.html", "--where", "tier:1")
    with closing(Portfolio.open(sample)) as portfolio:
        needing = portfolio.ask("attention", Filters(where="tier:1")).height
    assert result.stderr.splitlines()[0] == f"A page for each screen and for {needing} accounts that need you."
    assert "A page" not in call("pack", sample, "-o", tmp_path / "board.xlsx").stderr, "a workbook has sheets"
    many = "A page for each screen and for 6,770 accounts: about 135 MB, minutes of work. --where leaves fewer."
    assert pages_told(6770, "--where leaves fewer.", needing=False) == many


def test_a_workbook_holds_the_answers_behind_the_pages(call: Call, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "board.xlsx"
    result = call("pack", sample, "-o", target, "--where", "region:DACH")
    assert result.exit_code == 0, result.stderr
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names[:3] == ["Brief", "Overview", "Factors"]
    assert book.sheet_names[7:11] == ["Accounts", "Portfolio", "The Brief", "Decisions asked"]
    assert book.sheet_names[-2:] == ["Chart data", "About"]
    about = [row[:2] for row in book.get_sheet_by_name("About").to_python()]
    assert ["Margin", rule_of(measures()["margin"].sql, "margin")] in about, "the rules behind the numbers"
    assert {"Needs attention", "About"} <= set(book.sheet_names)
    rows = book.get_sheet_by_name("Needs attention").to_python()
    with closing(Portfolio.open(sample)) as portfolio:
        asked = portfolio.ask("attention", Filters(where="region:DACH"))
    assert [row[0] for row in rows[1 : asked.height + 1]] == asked["account_id"].to_list()
    again = tmp_path / "again.xlsx"
    second = call("pack", sample, "-o", again, "--where", "region:DACH")
    assert second.exit_code == 0, second.stderr
    assert again.read_bytes() == target.read_bytes()
    assert call("pack", sample, "-o", target).exit_code == 2, "a workbook may be somebody's work"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pack", "SAMPLE", "-o", "board.pdf"), "pip install 'kaptui[pack]'"),
        (("pack", "SAMPLE", "-o", "board.pptx"), "pip install 'kaptui[pack]'"),
        (("account", "SAMPLE", "helvia", "-o", "brief.pdf"), "pip install 'kaptui[pack]'"),
        (("pack", "SAMPLE", "-o", "board.odt"), "end the name in .html, .xlsx, .pdf or .pptx"),
        (("pack", "SAMPLE", "-o", "no/such/board.html"), "no such folder"),
        (("pack", "SAMPLE", "-o", "mine.html"), "is already there, and no pack"),
        (("pack", "SAMPLE", "-o", "x.html", "--accounts", "nobody at all"), "no account of this name"),
        (("pack", "SAMPLE", "-o", "x.html", "--where", "regoin:DACH"), "region"),
        (("account", "SAMPLE", "helvia", "-o", "brief.docx"), "end the name in .html"),
    ],
)
def test_what_cannot_be_packed_is_one_line_and_no_file(
    call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for module in ("typst", "pptx"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "mine.html").write_text("mine")
    result = call(*(sample if word == "SAMPLE" else word for word in words))
    assert result.exit_code == 2
    assert said in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["mine.html"]
    assert (tmp_path / "mine.html").read_text() == "mine"


def test_a_brief_of_one_account_needs_no_textual(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "brief.html"
    words = [sys.executable, "-c", CHECKED, "account", str(sample), "helvia", "-o", str(target)]
    process = subprocess.run(words, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    (page,) = pages(target.read_bytes()).values()
    assert page.texts("h1") == ["Helvia Group KA002"]
    assert "Timeline: all kinds" in page.texts("h2")
