"""Which number the cursor is on, and what it measures."""

from __future__ import annotations

from kaptui.ui.messages import WhyWanted
from kaptui.ui.widgets.bar_list import BarList
from kaptui.ui.widgets.curve_plot import CurvePlot
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.frame_table import FrameTable
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.views import Column, Row


def pointed_at(card: PanelCard, account_id: str = "") -> WhyWanted | None:
    """The number under the cursor of this panel; None where the cursor is on none.

    `account_id` is the account that the screen is about, for numbers that do not name theirs.
    """
    question, content = card.source.question, card.content
    match content:
        case FrameTable():
            return _cell(question, *content.pointed, account_id) if content.pointed else None
        case FiguresRow():
            figure = content.pointed
            return (
                WhyWanted(
                    _of(question, figure.measure or figure.label),
                    figure.account_id or account_id,
                    figure.item,
                    figure.label,
                )
                if figure
                else None
            )
        case BarList():
            bar = content.pointed
            return WhyWanted(_of(question, bar.measure or bar.label), account_id, bar.item, bar.label) if bar else None
        case CurvePlot():
            measure = content.curve.measure
            return WhyWanted(_of(question, measure), content.point or account_id, "", measure) if measure else None
    return None


def _cell(question: str, row: Row, column: Column, account_id: str) -> WhyWanted:
    item = column.item or _item(question, row)
    measure = _of(question, column.measure or column.name)
    return WhyWanted(measure, str(row.get("account_id") or account_id), item, column.label.strip())


def _item(question: str, row: Row) -> str:
    from kaptui.panels import PANELS

    return "|".join("" if row.get(name) is None else str(row[name]) for name in PANELS[question].item.split())


def _of(question: str, measure: str) -> str:
    return measure if "." in measure else f"{question}.{measure}"
