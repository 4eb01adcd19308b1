"""What a copy key puts into the clipboard: a row, a cell or a whole panel as text, its cells with tabs between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kaptui.text import clean, show
from kaptui.ui.text import MARKS
from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.sentence_list import SentenceList
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.table.table_layout import arranged
from kaptui.views import Bars, Column, Figures, Notes, Row, Sentence, Sentences


def row_text(panel: Panel) -> str:
    """The row under the cursor, its cells with tabs between; of a panel without rows, all of it."""
    content, view = panel.content, panel.answer.view if panel.answer is not None else None
    if isinstance(content, DataTableView) and content.pointed is not None:
        return _line(content.columns, content.pointed[0])
    if isinstance(content, BarList) and isinstance(view, Bars) and view.bars:
        return _bars(view).splitlines()[content.cursor]
    if isinstance(content, SentenceList) and content.pointed is not None:
        return _sentence(content.pointed)
    return panel_text(panel)


def cell_text(panel: Panel) -> str:
    """What is under the cursor alone: a cell, a figure; where there is none, the row."""
    content = panel.content
    if isinstance(content, DataTableView) and content.pointed is not None:
        row, column = content.pointed
        return _cell(column, row)
    if isinstance(content, FiguresRow) and content.pointed is not None:
        return clean(content.pointed.value)
    return row_text(panel)


def panel_text(panel: Panel) -> str:
    """All rows of the panel with their headings, as far as they are shown."""
    content, view = panel.content, panel.answer.view if panel.answer is not None else None
    if isinstance(content, DataTableView):
        frame = arranged(content.table.frame, content.arrangement)
        head = "\t".join(clean(column.label).strip() for column in content.columns)
        return "\n".join([head, *(_line(content.columns, row) for row in frame.iter_rows(named=True))])
    match view:
        case Figures():
            return "\n".join("\t".join(map(clean, (one.label, one.value, one.note))) for one in view.figures)
        case Bars():
            return _bars(view)
        case Sentences():
            return "\n".join(map(_sentence, view.lines))
        case Notes():
            return "\n".join(map(clean, view.lines))
    return _frame_text(panel)


TEXTS: Mapping[str, Callable[[Panel], str]] = {"row": row_text, "cell": cell_text, "panel": panel_text}
"""What can be copied of a panel."""


def _bars(view: Bars) -> str:
    lines = ((one.label, f"{one.text} {MARKS.get(one.state, '')}".rstrip(), one.note) for one in view.bars)
    return "\n".join("\t".join(map(clean, line)) for line in lines)


def _sentence(one: Sentence) -> str:
    return "\t".join(clean(part).strip() for part in (one.label, one.mark, one.text) if part)


def _frame_text(panel: Panel) -> str:
    from kaptui.panels import PANELS

    if panel.answer is None:
        return ""
    frame, promise = panel.answer.frame, PANELS[panel.source.question].promise
    columns = [Column(name, name, kind) for name, kind in promise.items()]
    return "\n".join(["\t".join(promise), *(_line(columns, row) for row in frame.iter_rows(named=True))])


def _line(columns: Iterable[Column], row: Row) -> str:
    return "\t".join(_cell(column, row) for column in columns)


def _cell(column: Column, row: Row) -> str:
    text = clean(column.text(row)) if column.text is not None else show(row[column.name], column.kind)
    text = text.strip()
    # Pasted into a spreadsheet nothing runs, as in a CSV.
    return f"'{text}" if column.kind == "text" and text[:1] in tuple("=+-@") else text
