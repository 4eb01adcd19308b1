"""Paper, slides and workbook: every figure is the one that its question answers, every text is text.

One load of the sample and one making of each format serve all of its tests; others are of hostile facts.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kaptui.errors import KaptuiError
from kaptui.export.workbook import workbook as cells_of
from kaptui.filters import Filters
from kaptui.pack.asked_together import AskedOnce
from kaptui.pack.grid import grid, plain
from kaptui.pack.pages import Page, account_pages, screen_pages
from kaptui.pack.paper import board_pages, brief_page
from kaptui.pack.screen_sheets import drawn
from kaptui.pack.sheet_charts import DATA, ChartData
from kaptui.pack.slides import SPECS, planned
from kaptui.pack.write import is_pack
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters
from kaptui.text import show, with_mark
from kaptui.views import Bars, Curve, Figures, MonthBars, Notes, Scatter, Sentences, Table, View, Waterfall
from tests.pack.test_document import EVIL
from tests.reference.shelf import Shelf

FILTERS = Filters()
HOSTILE = (
    EVIL.replace("\x1b", "").replace('"', "'") + "=HYPERLINK(0) #set page() \\u{41} `raw` $x$ {=1+1} _x000D_ ]]> \uffff"
)
"""Markup of HTML, XML and typst, formulas, escapes, a letter that XML has not."""
FORMULAS = ("=1+1", "{=1+1}", "@SUM(1)", "+1", "-1")


@pytest.fixture(scope="module")
def state(remembered_sample: Portfolio) -> DashboardState:
    return apply_filters(remembered_sample, FILTERS)


@pytest.fixture(scope="module")
def screens(remembered_sample: Portfolio, state: DashboardState) -> list[Page]:
    return screen_pages(AskedOnce(remembered_sample), state)


@pytest.fixture(scope="module")
def paper(
    remembered_sample: Portfolio, state: DashboardState, screens: list[Page]
) -> tuple[list[Page], dict[str, Any]]:
    """The screens and two accounts, and what the template gets of them."""
    accounts = account_pages(remembered_sample, state, ["KA002", "KA004"])
    return [*screens, *accounts], board_pages(state, screens, accounts, {})


def words_of(view: View) -> Iterator[str]:
    """What a reader should find of a view, whatever draws it; the points of a chart are looked for elsewhere."""
    match view:
        case Notes():
            yield from view.lines
        case Figures():
            for one in view.figures:
                yield from (one.label, with_mark(one.value, one.state), one.note)
        case Sentences():
            for line in view.lines:
                yield from (line.label, with_mark(line.mark, line.state) if line.mark else "", line.text)
        case Bars() | Waterfall():
            for bar in view.bars if isinstance(view, Bars) else view.steps:
                yield from (bar.label, with_mark(bar.text, bar.state), bar.note)
        case Table():
            shown = grid(view)
            yield from (one.label for one in shown.columns)
            yield from (cell.text for line in shown.lines for cell in line.cells)
        case MonthBars():
            for month in view.months[-12:]:
                yield from (month.label, *(show(one, view.kind) for one in (*month.lines, month.bar)))
    if not isinstance(view, Notes | Figures):
        yield view.caption


def texts(data: Any) -> Iterator[str]:
    """Every text in what the template gets, without the places where a long word may be broken."""
    if isinstance(data, str):
        yield data.replace("\u200b", "")
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from texts(one)


def panels(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for row in page["rows"] for one in row]


def test_the_template_gets_every_figure_of_every_page(paper: tuple[list[Page], dict[str, Any]]) -> None:
    pages, data = paper
    found = {one["id"]: one for one in data["pages"]}
    assert list(found) == [pages[0].anchor, "contents", *(one.anchor for one in pages[1:]), "why"]
    figures = 0
    for page in pages:
        assert found[page.anchor]["said"] == [plain(line) for line in page.headline.lines if line.strip()]
        left = panels(found[page.anchor])
        for section in page.sections:
            panel = next(one for one in left if (one["question"], one["title"]) == (section.question, section.title))
            left.remove(panel)
            wanted = Counter(filter(None, map(plain, words_of(section.view))))
            assert not wanted - Counter(texts(panel)), f"{page.anchor}: {section.title}"
            figures += wanted.total()
            if isinstance(section.view, Scatter):
                said = [plain(str(name)) for name in section.view.frame["name"]]
                assert [
                    one.split(":")[0] for one in re.findall(r"<title>(.*?)</title>", unescape(panel["svg"]))
                ] == said
            if isinstance(section.view, Curve):
                points = "".join(re.findall(r'<polyline points="(.*?)"', panel["svg"])).split()
                assert len(points) == sum(len(one.xs) for one in section.view.lines)
        assert not left
    assert figures > 3000


def test_a_pdf_says_every_word_of_its_pages(paper: tuple[list[Page], dict[str, Any]], tmp_path: Path) -> None:
    """What the template leaves out, cuts or covers would be missing: the words are read out of the file again."""
    from kaptui.pack.pdf import printed

    pages, data = paper
    content = printed(data)
    assert not re.search(rb"/CreationDate|/ModDate|xmp:CreateDate", content)
    target = tmp_path / "board.pdf"
    target.write_bytes(content)
    assert is_pack(target)
    said = " ".join(page.extract_text() for page in PdfReader(target).pages)
    words = (word for page in pages for section in page.sections for word in words_of(section.view))
    wanted = Counter(" ".join(map(plain, words)).split())
    missing = wanted - Counter(said.replace("\u200b", "").split())
    # Bidi text comes out in other pieces, and a word that takes two lines is cut there.
    assert sum(count for word, count in missing.items() if word.isascii() and len(word) < 20) <= 5, missing


def test_the_slides_say_what_the_questions_answer(state: DashboardState, screens: list[Page]) -> None:
    import pptx

    from kaptui.pack.slide_drawing import deck

    content = deck(state, screens)
    slides = list(pptx.Presentation(BytesIO(content)).slides)
    assert len(slides) == len(SPECS) == 10
    charts = 0
    assert [len(one.panels) for one in planned(state, screens)] == [len(one.panels) for one in SPECS]
    for slide, plan in zip(slides, planned(state, screens), strict=True):
        assert slide.shapes.title.text == plain(plan.title)
        tables = [one.table for one in slide.shapes if one.has_table]
        shown = [one.chart for one in slide.shapes if one.has_chart]
        charts += len(shown)
        said = {line.text for one in slide.shapes if one.has_text_frame for line in one.text_frame.paragraphs}
        for section, _ in plan.panels:
            _on_slide(section.view, tables, shown, said)
        assert not tables
        assert not shown
        assert plan.basis in {plain(one) for one in said}
    assert charts == 9
    with ZipFile(BytesIO(content)) as file:
        books = [name for name in file.namelist() if name.endswith(".xlsx")]
        assert len(books) == charts
        assert not any(_formulas(file.read(name)) for name in books)
        axes = "".join(file.read(name).decode() for name in file.namelist() if name.startswith("ppt/charts/chart"))
        assert not re.search('formatCode="[^"]*;', axes), "an axis loses its sign"
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def _on_slide(view: View, tables: list[Any], charts: list[Any], said: set[str]) -> None:  # noqa: PLR0912 - by kind
    """Assert that the next table or chart, or the text boxes, say what the view does; take it away."""
    match view:
        case Figures():
            for one in view.figures:
                assert {plain(one.label), plain(with_mark(one.value, one.state))} <= said
        case Table() | Sentences():
            found = [[cell.text for cell in row.cells] for row in tables.pop(0).rows]
            if isinstance(view, Table):
                shown = grid(view)
                rows = [[one.text for one in line.cells] for line in shown.lines]
                rows = [[plain(one.label) for one in shown.columns], *rows]
            else:
                rows = [[*map(plain, words)] for words in zip(*[words_of(view)] * 3, strict=False)]
            assert found == rows[: len(found)]
            assert len(found) == len(rows) or len(found) >= 5
        case Bars():
            (series,) = charts.pop(0).plots[0].series
            assert list(series.values) == [one.value for one in view.bars]
        case Waterfall():
            below, above, under = charts.pop(0).plots[0].series
            for step, *parts in zip(view.steps, below.values, above.values, under.values, strict=True):
                low, high = sorted((step.start, step.end))
                assert max(parts[0], 0) + parts[1] == pytest.approx(max(high, 0))
                assert min(parts[0], 0) + parts[2] == pytest.approx(min(low, 0))
        case Curve():
            for line, one in zip(view.lines, charts.pop(0).plots[0].series, strict=True):
                assert list(one.values) == list(line.ys)
        case Scatter():
            assert list(charts.pop(0).plots[0].series[0].values) == view.frame["y"].to_list()
        case MonthBars():
            both = [*charts.pop(0).plots[0].series, *charts.pop(0).plots[0].series]
            for at, one in enumerate(both):
                assert list(one.values) == [(*month.lines, month.bar)[at] for month in view.months]


def _formulas(book: bytes) -> list[str]:
    """The sheets that hold a formula."""
    with ZipFile(BytesIO(book)) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        return [name for name in sheets if b"<f>" in file.read(name) or b"<hyperlink" in file.read(name)]


def in_sheets(state: DashboardState, pages: list[Page]) -> bytes:
    """The sheets of these screens with the numbers behind their charts, without the answers that follow in a pack."""
    data = ChartData()
    names = dict(state.account_card.select("account_id", "name").iter_rows())
    screens = [(one.title, drawn(one, state, data, names)) for one in pages]
    return cells_of([], [], opening=screens, closing=[(DATA, data.draw)])


def test_the_sheets_say_what_the_screens_do(state: DashboardState, screens: list[Page]) -> None:
    content = in_sheets(state, screens)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    names = [one.title for one in screens]
    assert book.sheet_names == [*names, "Chart data", "About"]
    numbers = 0
    for page in screens:
        rows = book.get_sheet_by_name(page.title).to_python()
        said: Counter[object] = Counter(one for row in rows for one in row if one != "")
        for section in page.sections:
            if isinstance(section.view, Table):
                numbers += _as_rows(section.view, rows)
            else:
                words: Counter[object] = Counter(filter(None, map(plain, words_of(section.view))))
                if isinstance(section.view, MonthBars):
                    words = Counter(plain(one.label) for one in section.view.months)
                    assert {one.bar for one in section.view.months if one.bar is not None} <= set(said)
                assert not words - said, f"{page.title}: {section.title}"
    assert numbers > 500, "numbers are numbers, not words"
    assert not _formulas(content)
    with ZipFile(BytesIO(content)) as file:
        charts = [file.read(name).decode() for name in file.namelist() if re.match("xl/charts/chart", name)]
    assert len(charts) == 11
    references = {one for chart in charts for one in re.findall(r"<c:f>'?([^'!]+)'?!", chart)}
    assert references <= {*names, "Chart data"}


def _as_rows(view: Table, rows: list[list[Any]]) -> int:
    """Assert that the list stands among the rows of a sheet; how many numbers it has."""
    shown, numbers = grid(view), 0
    heads = [plain(one.label) for one in shown.columns]
    first = next(at for at, row in enumerate(rows) if row[: len(heads)] == heads)
    for line, row in zip(shown.lines, rows[first + 1 :], strict=False):
        for cell, found in zip(line.cells, row, strict=False):
            if isinstance(cell.value, float):
                numbers += 1
                assert found == pytest.approx(cell.value)
            else:
                assert found == (cell.value if cell.value is not None else cell.text)
    return numbers


# Hostile text


@pytest.fixture(scope="module")
def hostile(shelf: Shelf) -> Portfolio:
    """Facts whose every text is hostile."""
    quoted = f'"{HOSTILE}"'
    accounts = "".join(f'F{at},"{one}",1,"{one}",x\n' for at, one in enumerate(FORMULAS))
    return shelf.portfolio(
        {
            "account": f"account_id,name,tier,region,industry\nA1,{quoted},1,{quoted},{quoted}\nB2,{'W' * 200},2,x,y\n"
            + accounts,
            "person": f"person_id,name,function,level\nP1,{quoted},{quoted},3\n",
            "sponsorship": "account_id,person_id,side,start_on\nA1,P1,internal,2026-01-01\n",
            "success_factor": f"factor_id,code,name\n1,{quoted},{quoted}\n",
            "assessment": "account_id,factor_id,assessed_on,score\nA1,1,2026-06-01,1\n",
            "plan": "plan_id,account_id,name,status,start_on,end_on,vision\n"
            f"1,A1,{quoted},active,2026-01-01,2026-06-01,{quoted}\n",
            "financial_period": "account_id,period_start,scenario,currency,revenue,cogs,cost_to_serve\n"
            + "".join(
                f"{one},2026-{month:02}-01,actual,EUR,100,50,10\n"
                for one in ("A1", "B2", "F0")
                for month in range(1, 10)
            ),
        }
    )


def test_hostile_text_is_text_on_paper_on_slides_and_in_sheets(hostile: Portfolio) -> None:
    state = apply_filters(hostile, FILTERS)
    pages = screen_pages(AskedOnce(hostile), state)
    accounts = account_pages(hostile, state, ["A1", "B2", "F0"])
    data = board_pages(state, pages, accounts, {})
    said = set(texts(data))
    assert any("#set page()" in one and "{=1+1}" in one for one in said)
    assert not any(re.search("[\u202e\x00-\x09\x0b-\x1f\uffff]", one) for one in said)
    content = in_sheets(state, pages)
    assert content == in_sheets(state, pages), "equal pages are equal bytes"
    assert not _formulas(content)
    cells = {
        cell
        for row in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Value").to_python()
        for cell in row
    }
    assert set(FORMULAS) & cells == {"=1+1", "{=1+1}", "@SUM(1)", "+1", "-1"}
    from kaptui.pack.pdf import printed

    assert printed(data).startswith(b"%PDF")
    brief = brief_page(state, account_pages(hostile, state, ["A1"], whole=True)[0])
    assert printed(brief) == printed(brief), "equal pages are equal bytes"
    with pytest.raises(KaptuiError, match="the pages cannot be set: dictionary does not contain"):
        printed({})
    assert "typst" not in sys.modules, "what sets pages keeps them in memory for good: it is a process of its own"
    from kaptui.pack.slide_drawing import deck

    slides_file = deck(state, pages)
    assert slides_file == deck(state, pages), "equal pages are equal bytes"
    with ZipFile(BytesIO(slides_file)) as file:
        assert not any(_formulas(file.read(name)) for name in file.namelist() if name.endswith(".xlsx"))
        slides = "".join(file.read(name).decode() for name in file.namelist() if name.startswith("ppt/slides/slide"))
    assert "&lt;img src=x onerror=" in slides


def test_a_filter_that_leaves_nobody_says_so_in_every_format(remembered_sample: Portfolio) -> None:
    state = apply_filters(remembered_sample, Filters(where="region:DACH name:nobody"))
    pages = screen_pages(AskedOnce(remembered_sample), state)
    assert all(
        "Without" in one["notes"][0] for one in board_pages(state, pages, (), {})["pages"] if one["id"] != "contents"
    )
    assert all(isinstance(one.panels[0][0].view, Notes) for one in planned(state, pages))
    book = CalamineWorkbook.from_filelike(BytesIO(in_sheets(state, pages)))
    assert any("Without" in str(row[0]) for row in book.get_sheet_by_name("Overview").to_python())
