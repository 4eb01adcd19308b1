"""The factory of view widgets: one for each kind of view, imported when a view needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from kaptui.views import Bars, Curve, Figures, MonthBars, Notes, Scatter, Sentences, Table, View, Waterfall

if TYPE_CHECKING:
    from kaptui.ui.widgets.charts.bar_list import BarList
    from kaptui.ui.widgets.charts.curve_plot import CurvePlot
    from kaptui.ui.widgets.charts.month_bars_plot import MonthBarsPlot
    from kaptui.ui.widgets.charts.scatter_plot import ScatterPlot
    from kaptui.ui.widgets.charts.waterfall_plot import WaterfallPlot
    from kaptui.ui.widgets.figures_row import FiguresRow
    from kaptui.ui.widgets.notes_box import NotesBox
    from kaptui.ui.widgets.sentence_list import SentenceList
    from kaptui.ui.widgets.table.data_table_view import DataTableView

    Widgets: TypeAlias = (
        DataTableView
        | SentenceList
        | FiguresRow
        | BarList
        | CurvePlot
        | MonthBarsPlot
        | ScatterPlot
        | WaterfallPlot
        | NotesBox
    )

_WIDGETS: Mapping[type[View], tuple[str, str]] = {
    Table: ("table.data_table_view", "DataTableView"),
    Sentences: ("sentence_list", "SentenceList"),
    Figures: ("figures_row", "FiguresRow"),
    Bars: ("charts.bar_list", "BarList"),
    Curve: ("charts.curve_plot", "CurvePlot"),
    MonthBars: ("charts.month_bars_plot", "MonthBarsPlot"),
    Scatter: ("charts.scatter_plot", "ScatterPlot"),
    Waterfall: ("charts.waterfall_plot", "WaterfallPlot"),
    Notes: ("notes_box", "NotesBox"),
}


def _widget_of(view: View) -> type[Widgets]:
    module, name = _WIDGETS[type(view)]
    found: type[Widgets] = getattr(import_module(f"kaptui.ui.widgets.{module}"), name)
    return found


def widget_for(view: View) -> Widgets:
    """A new widget that shows `view`."""
    make: Callable[[View], Widgets] = _widget_of(view)
    return make(view)


def redisplayed(widget: Widgets, view: View) -> bool:
    """Show `view` in a widget that is already there; False where it is of another kind."""
    if not isinstance(widget, _widget_of(view)):
        return False
    show: Callable[[View], None] = widget.present  # type: ignore[assignment]
    show(view)
    return True
