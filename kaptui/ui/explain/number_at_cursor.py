"""The number under the cursor: which measure it is, and of which account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaptui.ui.widgets.charts.bar_list import BarList
from kaptui.ui.widgets.charts.curve_plot import CurvePlot
from kaptui.ui.widgets.charts.month_bars_plot import MonthBarsPlot
from kaptui.ui.widgets.charts.scatter_plot import ScatterPlot
from kaptui.ui.widgets.charts.waterfall_plot import WaterfallPlot
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.sentence_list import SentenceList
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.views import Column, Row

_SAY_MUCH = ("money", "share", "index", "number")
QUADRANT = "value_mix.quadrant"


@dataclass(frozen=True, slots=True)
class NumberAtCursor:
    """A number that can be explained.

    `measure` is `question.column`; `account_id` is empty for a number of the whole portfolio; `item` tells the
    numbers of one account apart. `label` is what stands above it on screen.
    """

    measure: str
    account_id: str = ""
    item: str = ""
    label: str = ""


def number_at_cursor(panel: Panel, account_id: str = "") -> NumberAtCursor | None:  # noqa: PLR0911 - one per kind of widget
    """The number under the cursor of this panel; None where the cursor is on none.

    `account_id` is the account that the screen is about, for numbers that do not name theirs.
    """
    question, content = panel.source.question, panel.content
    match content:
        case DataTableView() if content.pointed is not None:
            row, column = content.pointed
            return number_in_cell(
                question, row, column if content.column else telling(question, row, content.columns), account_id
            )
        case FiguresRow() if content.pointed is not None:
            one = content.pointed
            whose = one.account_id or account_id
            return NumberAtCursor(_of(question, one.measure or one.label), whose, one.item, one.label)
        case BarList() if content.pointed is not None:
            bar = content.pointed
            whose = bar.account or account_id
            return NumberAtCursor(_of(question, bar.measure or bar.label), whose, bar.item, bar.label)
        case SentenceList() if content.pointed is not None:
            line = content.pointed
            return NumberAtCursor(
                _of(question, line.measure), line.account or account_id, line.item, line.label.strip()
            )
        case WaterfallPlot() if content.step is not None:
            step = content.step
            return NumberAtCursor(_of(question, step.measure), account_id, step.item, step.label)
        case ScatterPlot() if content.point:
            return NumberAtCursor(QUADRANT, content.point, "", "Quadrant")
        case MonthBarsPlot() if content.pointed is not None:
            shown, one_month = content.shown, content.pointed
            label = f"{shown.bar_label.capitalize()}, {one_month.label}"
            return NumberAtCursor(_of(question, shown.measure), account_id, one_month.item, label)
        case CurvePlot() if content.curve.measure:
            measure = content.curve.measure
            return NumberAtCursor(
                _of(question, measure), content.point or account_id, "", measure.rpartition(".")[2].capitalize()
            )
    return None


def numbers_in_row(panel: Panel, account_id: str = "") -> tuple[list[NumberAtCursor], int]:
    """The numbers of the row under the cursor that can be explained, and which of them the cursor is on.

    Those of a list beside each other, or the key figures; elsewhere the one number alone. Empty where the cursor is on
    none.
    """
    here = number_at_cursor(panel, account_id)
    if here is None:
        return [], 0
    from kaptui.portfolio.catalogue import measure_of

    question, content = panel.source.question, panel.content
    every = [here]
    if isinstance(content, DataTableView) and content.pointed is not None:
        row = content.pointed[0]
        known = (one for one in content.columns if _explained(measure_of, question, one))
        every = [number_in_cell(question, row, one, account_id) for one in known]
    elif isinstance(content, FiguresRow):
        every = [
            NumberAtCursor(_of(question, one.measure), one.account_id or account_id, one.item, one.label)
            for one in content.figures
            if one.measure
        ]
    every = every if here in every else [here, *every]
    return every, every.index(here)


def telling(question: str, row: Row, columns: Sequence[Column]) -> Column:
    """The cell that says most of a row: the first that is bad, else one to watch, else its first number.

    Only what has an explanation counts. The first column is what the row is called: it stands for the row where nothing
    else does, or where it is a number itself.
    """
    from kaptui.portfolio.catalogue import measure_of

    first = columns[0]
    if first.measure:
        return first
    known = [one for one in columns[1:] if _explained(measure_of, question, one)]
    for state in ("bad", "warn"):
        found = next((one for one in known if one.state is not None and one.state(row) == state), None)
        if found is not None:
            return found
    numbers = [one for one in known if one.kind != "text" or one.measure]
    return next((one for one in numbers if one.kind in _SAY_MUCH), next(iter(numbers), first))


def _explained(measure_of: Callable[..., str | None], question: str, column: Column) -> bool:
    of, _, name = _of(question, column.measure or column.name).rpartition(".")
    return measure_of(name, of) is not None


def number_in_cell(question: str, row: Row, column: Column, account_id: str = "") -> NumberAtCursor:
    """The cell of `column` in `row`; `account_id` is whose it is where the row does not say."""
    measure, item = _of(question, column.measure or column.name), column.item or _item(question, row)
    if column.measure == "standing":  # a cell of the matrix: one of the two is its row, the other its column
        return NumberAtCursor(
            measure, str(row.get("account_id") or column.item), str(row.get("person_id") or column.item), column.label
        )
    return NumberAtCursor(measure, str(row.get("account_id") or account_id), item, column.label.strip())


def _item(question: str, row: Row) -> str:
    from kaptui.panels import panel_of
    from kaptui.panels.base import item_key

    return item_key(*(row.get(name) for name in panel_of(question).row_key.split()))


def _of(question: str, measure: str) -> str:
    return measure if "." in measure else f"{question}.{measure}"
