"""One widget per kind of view: the single way to put data on screen."""

from __future__ import annotations

from kaptui.ui.widgets.bar_list import BarList
from kaptui.ui.widgets.curve_plot import CurvePlot
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.frame_table import FrameTable
from kaptui.ui.widgets.notes_box import NotesBox
from kaptui.ui.widgets.scatter_plot import ScatterPlot
from kaptui.ui.widgets.waterfall_plot import WaterfallPlot
from kaptui.views import Bars, Curve, Figures, Notes, Scatter, Table, View, Waterfall

Widgets = FrameTable | FiguresRow | BarList | CurvePlot | ScatterPlot | WaterfallPlot | NotesBox


def widget_for(view: View) -> Widgets:  # noqa: PLR0911 - one per kind of view
    """A new widget that shows `view`."""
    match view:
        case Table():
            return FrameTable(view)
        case Figures():
            return FiguresRow(view)
        case Bars():
            return BarList(view)
        case Curve():
            return CurvePlot(view)
        case Scatter():
            return ScatterPlot(view)
        case Waterfall():
            return WaterfallPlot(view)
        case Notes():
            return NotesBox(view)


def redisplayed(widget: Widgets, view: View) -> bool:
    """Show `view` in a widget that is already there; False where it is of another kind."""
    match widget, view:
        case FrameTable(), Table():
            widget.present(view)
        case FiguresRow(), Figures():
            widget.present(view)
        case BarList(), Bars():
            widget.present(view)
        case CurvePlot(), Curve():
            widget.present(view)
        case ScatterPlot(), Scatter():
            widget.present(view)
        case WaterfallPlot(), Waterfall():
            widget.present(view)
        case NotesBox(), Notes():
            widget.present(view)
        case _:
            return False
    return True
