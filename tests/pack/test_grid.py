"""What a list is on paper, on slides and in sheets, and what has to be installed for those."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

from kaptui.errors import UsageError
from kaptui.pack.grid import Cell, grid
from kaptui.pack.write import check_ending, is_pack
from kaptui.text import show
from kaptui.views import Column, Table


@pytest.mark.parametrize(("name", "module"), [("board.pdf", "typst"), ("board.pptx", "pptx")])
def test_without_the_extra_one_line_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError) as told:
        check_ending(Path(name), (".xlsx", ".pdf", ".pptx"))
    assert told.value.hint == "pip install 'kaptui[pack]'"


def test_another_pdf_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "theirs.pdf").write_bytes(b"%PDF-1.7 kaptui pack")
    assert not is_pack(tmp_path / "theirs.pdf")


def test_a_number_is_a_number_where_its_words_say_nothing_else() -> None:
    frame = pl.DataFrame({"account_id": ["A"], "margin": [0.125], "profit": [-1_500_000.0], "note": ["=x"]})
    columns = (
        Column("margin", "Margin", "share"),
        Column(
            "profit", "Profit", "money", text=lambda row: f"{show(row['profit'], 'money')} !", state=lambda _: "bad"
        ),
        Column("profit", "Rank", "money", text=lambda _: "3 of 4"),
        Column("note", "Note"),
    )
    (line,) = grid(Table(frame, columns)).lines
    assert line.cells == (
        Cell(show(0.125, "share"), "", 0.125, "share"),
        Cell(f"{show(-1_500_000.0, 'money')} !", "bad", -1_500_000.0, "money"),
        Cell("3 of 4", "", None, "money"),
        Cell("=x", "", None, "text"),
    )
