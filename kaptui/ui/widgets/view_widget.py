"""The base of every widget that shows a view: what it posts, and that a failure in it stays in its panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from textual.events import Click
from textual.message import Message

from kaptui.ui.error_boundary import ErrorBoundary

if TYPE_CHECKING:
    import polars as pl


class ViewWidget(ErrorBoundary):
    """A table, a chart, a list of bars or a row of figures. Like its base it stands before the base that is a widget.

    Screens post these messages too, where a key of theirs does what a row or a bar does.
    """

    @dataclass
    class FilterToggled(Message):
        """Something on screen stands for this filter text: keep only its accounts, or no longer if they are kept.

        With `screen` keep them, and go to the screen of this name, to the panel that answers `question` where one is
        named; Esc leads back.
        """

        where: str
        screen: str = ""
        question: str = ""

    @dataclass
    class RowHighlighted(Message):
        """The cursor moved to this row; `key` is the value of the table's key column."""

        key: str

    @dataclass
    class AccountSelected(Message):
        """Open account number `at` of these."""

        ids: pl.Series | list[str]
        at: int

    @dataclass
    class DateSelected(Message):
        """Look back from this day: the end of a month that the reader chose."""

        day: date

    @dataclass
    class PanelRequested(Message):
        """What stands behind a number is in this panel of the screen, where `question` is given in its answer."""

        panel_id: str
        question: str = ""

    class WhyRequested(Message):
        """The reader wants to know why the number under the cursor is what it is."""

    def enter_if_second(self, event: Click) -> None:
        """A click pointed at something; the second one on the same place is Enter, whoever answers that key."""
        if event.chain > 1:
            self.app.simulate_key("enter")
