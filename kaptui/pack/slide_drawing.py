"""Panels as shapes of PowerPoint: tables, cards and charts that can be edited. The extra `kaptui[pack]` brings it.

What a chart shows stands in a workbook inside the file, whose texts are texts whatever they begin with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from kaptui.pack.grid import Cell, Line, grid, is_left, plain
from kaptui.pack.pages import Page, Section
from kaptui.pack.slide_charts import add_bars, add_curve, add_months, add_scatter, add_waterfall
from kaptui.pack.slides import Place, Slide, planned
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import cut, width, with_mark
from kaptui.views import Bars, Curve, Figures, MonthBars, Notes, Scatter, Sentences, State, Table, Waterfall

WIDE, HIGH = 13.333, 7.5
"""Inches of a slide."""
LEFT, TOP, ROOM, DEEP = 0.45, 1.42, 12.43, 5.5
"""Where panels stand on it."""
TITLE = 0.86
"""Inches of height that the title has."""
INK, SOFT, ACCENT, RULE, RAISED = "1B2230", "454F60", "0A4F96", "C3CAD5", "F0F2F6"
INKS: Mapping[State, str] = {"good": "00635A", "warn": "7A5200", "bad": "8E0F1C", "muted": SOFT}
SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
"""Letters of a table in points: the largest in which all of it has room, else the smallest."""
MOST = 100
"""Rows of a table that are looked at: no slide has room for more."""
HEADING = 0.3
"""Inches that the title of a panel takes."""
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_NO_CLOCK = datetime(2000, 1, 1)
_TITLE_ONLY = 5


def deck(state: DashboardState, screens: Sequence[Page]) -> bytes:
    """The slides of these screens as a PowerPoint file; equal pages are equal bytes."""
    return presentation(f"{state.file}: board pack", list(planned(state, screens)))


def presentation(title: str, slides: Sequence[Slide]) -> bytes:
    """The slides in their order, as a file without a clock in it."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    about = made.core_properties
    about.title, about.author, about.last_modified_by = plain(title), "kaptui", "kaptui"
    about.created = about.modified = _NO_CLOCK
    for number, slide in enumerate(slides, 1):
        _draw(made, slide, f"{number} of {len(slides)}")
    buffer = BytesIO()
    made.save(buffer)
    return without_clock(buffer.getvalue())


def without_clock(content: bytes) -> bytes:
    """The same file with one time for all its parts, so that equal parts are equal bytes."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as found, ZipFile(buffer, "w", ZIP_DEFLATED) as written:
        for name in found.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr, part.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            written.writestr(part, found.read(name))
    return buffer.getvalue()


def _draw(made: Any, slide: Slide, number: str) -> None:
    page = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    title = page.shapes.title
    title.left, title.top, title.width, title.height = Inches(LEFT), Inches(0.5), Inches(ROOM), Inches(TITLE)
    words = plain(slide.title)
    _write(title.text_frame, [(words, _title_size(words), ACCENT, True)], PP_ALIGN.LEFT)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    _text(page, (LEFT, 0.22, ROOM, 0.3), [(slide.kicker, 10, SOFT, False)])
    _text(page, (LEFT, 7.08, ROOM - 1, 0.3), [(slide.basis, 9, SOFT, False)])
    _text(page, (LEFT + ROOM - 1, 7.08, 1, 0.3), [(number, 9, SOFT, False)], PP_ALIGN.RIGHT)
    for section, place in slide.panels:
        _panel(page, section, place)
    page.notes_slide.notes_text_frame.text = "\n".join(map(plain, slide.notes))


def _title_size(words: str) -> float:
    """The largest letters in which a title has room."""
    fits = (size for size in (20.0, 18.0, 16.0, 14.0, 12.0) if _lines(words, ROOM, size) * size * 1.22 / 72 <= TITLE)
    return next(fits, 10.0)


def _lines(words: str, room: float, size: float) -> int:
    """How many lines a text takes in `room` inches."""
    return -(-width(words) // max(1, int((room - 0.1) * 72 / (size * 0.58))))


Words = tuple[str, float, str, bool]
"""Text, its size in points, its colour, whether it is bold."""


def _text(page: Any, box: Place, lines: Sequence[Words], side: Any = PP_ALIGN.LEFT) -> Any:
    shape = page.shapes.add_textbox(*(Inches(each) for each in box))
    _write(shape.text_frame, lines, side)
    return shape


def _write(frame: Any, lines: Sequence[Words], side: Any) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Inches(0.05)
    frame.margin_top = frame.margin_bottom = Inches(0.02)
    for at, (words, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = side
        shown = plain(words)
        if not shown:  # an empty line is as high as its end says
            paragraph._p.get_or_add_endParaRPr().set("sz", str(int(size * 100)))
            continue
        run = paragraph.add_run()
        run.text = shown
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)


def _panel(page: Any, section: Section, place: Place) -> None:
    left, top, wide, high = LEFT + place[0] * ROOM, TOP + place[1] * DEEP, place[2] * ROOM, place[3] * DEEP
    if section.title:
        heading = " ".join(part for part in (section.title, section.compared) if part)
        _text(page, (left, top, wide, HEADING), [(heading, 12, INK, True)])
    box = (left, top + HEADING, wide, high - HEADING)
    match section.view:
        case Figures() as view:
            _cards(page, view, box)
        case Notes() as view:
            _text(page, box, [(line, 12, INK, False) for line in view.lines])
        case Sentences() as view:
            rows = [
                (Cell(plain(one.label)), Cell(_marked(one.mark, one.state), one.state), Cell(plain(one.text)))
                for one in view.lines
            ]
            _table(page, [], [True] * 3, list(map(Line, rows)), box)
        case Table() as view:
            shown = grid(view, MOST)
            heads = [plain(one.label) for one in shown.columns]
            sides, more = [is_left(one) for one in shown.columns], max(0, view.frame.height - MOST)
            _table(page, heads, sides, shown.lines, box, more=more)
        case Bars() as view:
            add_bars(page, view, box)
        case Waterfall() as view:
            add_waterfall(page, view, box)
        case Curve() as view:
            add_curve(page, view, box)
        case Scatter() as view:
            add_scatter(page, view, box)
        case MonthBars() as view:
            add_months(page, view, box)


def _marked(words: str, state: State) -> str:
    return plain(with_mark(words, state)) if words else ""


def _cards(page: Any, view: Figures, box: Place) -> None:
    """Key figures as text boxes, in one row or two."""
    left, top, wide, high = box
    rows = 1 if len(view.figures) <= 5 else 2
    across = max(1, -(-len(view.figures) // rows))
    each, deep = wide / across, high / rows
    for at, one in enumerate(view.figures):
        row, column = divmod(at, across)
        place = (left + column * each, top + row * deep, each - 0.1, deep - 0.06)
        value = plain(with_mark(one.value, one.state))
        lines: list[Words] = [(one.label, 10, SOFT, False), (value, 16, INKS.get(one.state, INK), True)]
        letters = int((each - 0.2) * 72 / 5) * max(1, int((deep - 0.6) / 0.155))
        lines += [(cut(plain(one.note), letters), 9, SOFT, False)] if one.note else []
        shape = _text(page, place, lines)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(RAISED)


# Tables


def _table(  # noqa: PLR0913 - what stands in it, and where
    page: Any, heads: Sequence[str], left_sided: Sequence[bool], lines: Sequence[Line], box: Place, *, more: int = 0
) -> None:
    """A table that fits: in letters as large as it can be, and of as many rows as have room; `more` are left out."""
    left, top, wide, high = box
    shares = _widths(heads, lines)
    inches = [wide * one / sum(shares) for one in shares]
    for size in SIZES:
        deep = [_row_height(line.cells, inches, size) for line in lines]
        head = _row_height([Cell(one) for one in heads], inches, size) if heads else 0.0
        if head + sum(deep) <= high:
            break
    room, shown = high - head - 0.25, list(lines)
    if head + sum(deep) > high:
        shown = [line for at, line in enumerate(lines) if sum(deep[: at + 1]) <= room]
    count = len(shown) + bool(heads)
    if not count:
        return
    frame = page.shapes.add_table(
        count, len(shares), Inches(left), Inches(top), Inches(wide), Inches(head + sum(deep[: len(shown)]))
    )
    table = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.find(_qn("a:tableStyleId")).text = _PLAIN_TABLE
    for column, room in zip(table.columns, inches, strict=True):
        column.width = Inches(room)
    if heads:
        table.rows[0].height = Inches(head)
        for at, words in enumerate(heads):
            _fill(table.cell(0, at), (words, size, SOFT, True), left_sided[at], RAISED)
    for row, line in enumerate(shown, bool(heads)):
        table.rows[row].height = Inches(deep[row - bool(heads)])
        for at, one in enumerate(line.cells):
            bold = at == 0 or line.role != ""
            _fill(table.cell(row, at), (one.text, size, INKS.get(one.state, INK), bold), left_sided[at], "")
    if len(shown) < len(lines):
        told = f"{len(shown)} of {len(lines) + more} rows; the pack as .html, .pdf or .xlsx has the others"
        _text(page, (left, top + high - 0.25, wide, 0.25), [(told, 9, SOFT, False)])


def _widths(heads: Sequence[str], lines: Sequence[Line]) -> list[float]:
    """How wide each column is beside the others, in letters: long texts share what is left."""
    columns = len(lines[0].cells) if lines else len(heads)
    found = []
    for at in range(columns):
        texts = [line.cells[at].text for line in lines]
        longest = max((width(one) for one in texts), default=0)
        head = max((len(one) for one in (heads[at].split() if heads else ())), default=0)
        found.append(max(4.0, head, min(longest, 28 + (longest - 28) / 4, 90)) + 2.0)
    return found


def _row_height(cells: Sequence[Cell], inches: Sequence[float], size: float) -> float:
    """Inches that a row takes when its longest text is broken into lines."""
    lines = max((_lines(one.text, room, size) for one, room in zip(cells, inches, strict=True)), default=1)
    return max(1, lines) * size * 1.22 / 72 + 0.06


def _fill(cell: Any, words: Words, left_sided: bool, ground: str) -> None:
    cell.margin_left = cell.margin_right = Inches(0.05)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    _write(cell.text_frame, [words], PP_ALIGN.LEFT if left_sided else PP_ALIGN.RIGHT)
    if ground:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(ground)
    else:
        cell.fill.background()
    _rule_below(cell)


def _rule_below(cell: Any) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    line = parse_xml(f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:lnB>')
    cell._tc.get_or_add_tcPr().insert(0, line)


def _qn(name: str) -> str:
    from pptx.oxml.ns import qn

    return str(qn(name))
