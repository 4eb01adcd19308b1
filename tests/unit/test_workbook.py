"""A workbook for reading: its values are the answer's, its headings the screen's, and it runs and loses nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kaptui import export
from kaptui.arrangement import Arrangement
from kaptui.errors import KaptuiError
from kaptui.export.sheets import sheets
from kaptui.export.workbook import sheet_names
from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.text.words import SIDES, STATUSES
from tests.conftest import AskSample
from tests.unit.test_export import CONTEXT, HOSTILE, answer_of, frame

__all__ = ["frame"]

START = Filters()
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(content: bytes, name: str) -> list[list[Any]]:
    """The cells of a sheet as another program reads them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def part(content: bytes, name: str) -> str:
    """One file inside the workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


def number_formats(content: bytes) -> list[str]:
    """The number format of each column of the first sheet, by its first cell that holds something."""
    styles = ElementTree.fromstring(part(content, "xl/styles.xml"))
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{MAIN}numFmt")}
    codes |= {"0": "", "1": "0", "3": "#,##0", "4": "#,##0.00"}
    (cells,) = (one for one in styles if one.tag == f"{MAIN}cellXfs")
    style = [codes[one.get("numFmtId", "0")] for one in cells]
    found: dict[str, str] = {}
    for row in ElementTree.fromstring(part(content, "xl/worksheets/sheet1.xml")).findall(f".//{MAIN}row")[1:]:
        for cell in row:
            found.setdefault(cell.get("r", "").rstrip("0123456789"), style[int(cell.get("s", "0"))])
    return [found[column] for column in sorted(found)]


def answered(question: str, portfolio: Portfolio, ask: AskSample, filters: Filters = START) -> export.Answer:
    """A question of the sample as an answer to be written."""
    return export.Answer(question, filters, portfolio.context(filters), "kap.duckdb", ask(question, filters))


def test_text_is_text_and_no_value_is_lost(frame: pl.DataFrame) -> None:
    content = export.content([answer_of(frame)], "xlsx")
    rows = sheet(content, "ours")
    assert rows[0] == frame.columns
    assert [row[1] for row in rows[1:6]] == HOSTILE[:5]
    assert rows[1][2] == pytest.approx(0.1 + 0.2, rel=1e-15)  # a workbook holds 16 digits
    assert rows[1][3:] == [
        pytest.approx(1234567890123456.78, rel=1e-15),
        -1,
        True,
        date(2026, 1, 2),
        "=R. Lind; M. Osei",
    ]
    assert rows[6][2] == ""  # not a number
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(KaptuiError, match="32768 letters"):
        export.content([answer_of(pl.DataFrame({"a": ["x" * 32_768]}))], "xlsx")


def test_days_before_excel_and_times_are_written() -> None:
    at = datetime(2026, 3, 1, 12, 30)
    days = pl.DataFrame(
        {
            "day": [date(2, 1, 1), date(1899, 12, 31), date(9998, 12, 31)],
            "at": [at, datetime(1800, 1, 1), None],
            "zoned": pl.Series([at, None, None]).dt.replace_time_zone("Europe/Berlin"),
            "took": [timedelta(hours=1), None, None],
        }
    )
    rows = sheet(export.content([answer_of(days)], "xlsx"), "ours")
    assert [row[0] for row in rows[1:]] == ["0002-01-01", "1899-12-31", date(9998, 12, 31)]
    assert rows[1][1] == rows[1][2] == at
    assert rows[1][3]
    never = pl.DataFrame({"day": pl.Series([2**31 - 1, 0], dtype=pl.Int32).cast(pl.Date)})  # infinity, in a database
    rows = sheet(export.content([answer_of(never)], "xlsx"), "ours")
    assert [row[0] for row in rows[1:]] == ["", date(1970, 1, 1)]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=4))
def test_sheet_names_are_such_as_excel_takes(titles: list[str]) -> None:
    names = sheet_names([*titles, *titles])
    assert len({name.casefold() for name in (*names, "About")}) == 2 * len(titles) + 1
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)


@pytest.mark.parametrize("question", PANELS)
def test_the_values_are_those_of_the_question(
    question: str, remembered_sample: Portfolio, ask_sample: AskSample
) -> None:
    answer = answered(question, remembered_sample, ask_sample, Filters(where="tier:1"))
    (made,) = sheets([answer])
    headings = [column.heading for column in made.columns]
    assert len(set(headings)) == len(headings)
    assert not [heading for heading in headings if "_" in heading or heading != heading.strip()]
    words = {**SIDES, **STATUSES}
    rows = sheet(export.content([answer], "xlsx"), sheet_names([made.title])[0])
    assert rows[0] == headings
    assert len(rows) == answer.rows.height + 1
    for column, cells in zip(made.columns, list(zip(*rows[1:], strict=True)), strict=False):
        values = answer.rows[column.name].to_list()
        for cell, value, amount in zip(cells, values, column.amounts or [None] * len(values), strict=True):
            if value is None or value == "":
                assert cell == ""
            elif amount is not None:
                assert cell == pytest.approx(float(value), rel=1e-12), "what money was and is can be added up"
            elif isinstance(value, bool | date):
                assert cell == value
            elif isinstance(value, int | float):
                assert cell == pytest.approx(value * (100 if column.kind == "points" else 1), rel=1e-12, abs=1e-9)
            elif column.words is None:
                assert cell == ("; ".join(value) if isinstance(value, list) else value)
            else:
                assert "_" not in cell
                assert cell == words.get(value, cell)


def test_numbers_are_written_by_their_unit(remembered_sample: Portfolio, ask_sample: AskSample) -> None:
    columns = ("revenue", "margin", "share_gap", "index", "factors_known", "name", "months")
    arranged = replace(
        answered("accounts", remembered_sample, ask_sample), arrangement=Arrangement(("name", False), columns)
    )
    content = export.content([arranged], "xlsx")
    assert number_formats(content) == ["#,##0", "0.0%", "+0.0;-0.0;0.0", "0.0", "0", "", "0"]
    assert sheet(content, "Accounts")[0][:3] == ["Revenue, EUR", "Margin", "Gap, points"]
    months = answered("account_financials", remembered_sample, ask_sample, Filters(where="account_id:KA001"))
    assert number_formats(export.content([months], "xlsx"))[1:3] == ["mmm yyyy", "#,##0"]
    moves = answered("changes", remembered_sample, ask_sample)
    rows = sheet(export.content([moves], "xlsx"), "Changes")
    was = rows[0].index("Before")
    assert {type(row[was]) for row in rows[1:] if row[rows[0].index("Measure")] == "money"} == {float}
    assert {type(row[was]) for row in rows[1:] if row[rows[0].index("Measure")] != "money"} == {str}
    plans = answered("plan_health", remembered_sample, ask_sample)
    assert "d mmm yyyy" in number_formats(export.content([plans], "xlsx"))


def test_the_head_stays_in_sight_and_the_rows_can_be_filtered(
    remembered_sample: Portfolio, ask_sample: AskSample
) -> None:
    content = export.content([answered("attention", remembered_sample, ask_sample)], "xlsx")
    text = part(content, "xl/worksheets/sheet1.xml")
    assert '<pane xSplit="2" ySplit="1"' in text
    assert '<autoFilter ref="A1:O18"' in text
    widths = [float(one) for one in re.findall(r'<col [^>]*width="([\d.]+)"', text)]
    assert len(widths) == 15
    assert min(widths) > 9
    assert max(widths) < 62
    assert "FBDDDD" in part(content, "xl/styles.xml"), "a loss has the colour that it has on the screen"


def test_a_matrix_says_the_factor_of_every_row(remembered_sample: Portfolio, ask_sample: AskSample) -> None:
    rows = sheet(export.content([answered("factor_scores", remembered_sample, ask_sample)], "xlsx"), "Scores")
    account, code, factor = (rows[0].index(name) for name in ("Account id", "Factor code", "Factor"))
    assert len({(row[account], row[code]) for row in rows[1:]}) == len(rows) - 1
    assert "Anchored at the top" in {row[factor] for row in rows[1:]}


def test_profit_says_its_basis(remembered_sample: Portfolio, ask_sample: AskSample) -> None:
    (made,) = sheets([answered("accounts", remembered_sample, ask_sample, Filters(basis="gross"))])
    assert "Gross profit, EUR" in [column.heading for column in made.columns]


def test_the_last_sheet_says_about_what(remembered_sample: Portfolio, ask_sample: AskSample) -> None:
    filters = Filters(where='region:DACH name:"=1+1"')
    one = answered("accounts", remembered_sample, ask_sample, Filters())
    other = answered("attention", remembered_sample, ask_sample, Filters())
    answers = [
        export.Answer(one.question, filters, one.context, "[=kap].duckdb", one.frame, Arrangement(("revenue", True))),
        export.Answer(other.question, filters, one.context, "[=kap].duckdb", other.frame),
    ]
    content = export.content(answers, "xlsx")
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == ["Accounts", "Needs attention", "About"]
    told = {row[0]: row[1:] for row in sheet(content, "About")}
    assert told["File"][0] == "[=kap].duckdb"
    assert told["As of"][0] == date(2026, 9, 30)
    assert told["Filter"][0] == 'region:DACH name:"=1+1"'
    assert told["Profit"][0] == "contribution, after cost to serve"
    assert told["Written by"][0].startswith("kaptui ")
    assert told["Accounts"][2:5] == [48, "Revenue, largest first", "account"]
    assert told["Needs attention"][3] == "as the question orders them"


def test_no_clock_is_in_the_bytes(frame: pl.DataFrame) -> None:
    content = export.content([answer_of(frame)], "xlsx")
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", part(content, "docProps/core.xml"))) == {"2000-01-01T00:00:00Z"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_context_without_a_label_is_told() -> None:
    answer = export.Answer("ours", Filters(), replace(CONTEXT, since_label=""), "kap.duckdb", pl.DataFrame({"a": [1]}))
    told = {row[0]: row[1] for row in sheet(export.content([answer], "xlsx"), "About") if len(row) > 1}
    assert told["Compared with"] == date(2026, 8, 1)
    assert told["Filter"] == "none: all accounts"
