"""What the reader can take away of a screen: answers for files, and text for the clipboard."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kaptui import export
from kaptui.arrangement import Arrangement
from kaptui.filters import Context, Filters
from kaptui.text import clean, show
from kaptui.ui.situation import Situation
from kaptui.ui.text import MARKS
from kaptui.ui.widgets.bar_list import BarList
from kaptui.ui.widgets.figures_row import FiguresRow
from kaptui.ui.widgets.frame_table import FrameTable
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.ui.widgets.table_layout import arranged
from kaptui.views import Bars, Column, Figures, Notes, Row, Table

if TYPE_CHECKING:
    import polars as pl

Ask = Callable[[str, Filters], "pl.DataFrame"]
What = Literal["panel", "screen", "accounts"]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A panel as it stands on screen: its answer, and how its rows and columns are arranged there.

    `text` is what is written beside the data, where the answer is a proposal to be read.
    """

    question: str
    frame: pl.DataFrame
    situation: Situation
    arrangement: Arrangement
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the export dialog is set to. `shown`: only the columns on screen; `everyone`: the filter left out."""

    what: What = "panel"
    everyone: bool = False
    shown: bool = True
    format: export.Format = "csv"
    raw: bool = False
    excel: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One file to write: an answer, arranged, and what it is an answer to; `text` goes into a file beside it."""

    question: str
    filters: Filters
    context: Context
    portfolio: str
    arguments: tuple[str, ...]
    frame: pl.DataFrame
    arrangement: Arrangement
    text: str = ""

    def meta(self) -> dict[str, object]:
        """The content of its `.meta.json`."""
        rows = self.frame.height
        return export.meta(self.question, self.filters, self.context, self.portfolio, rows, self.arrangement)

    def command(self, target: Path, wish: Wish) -> str:
        """The command line that writes the same bytes; empty where there is none.

        A what-if only the screen can try, and the sample portfolio is in no file that a command could open.
        """
        if self.filters.moves or not self.arguments:
            return ""
        filters, words = self.filters, ["kaptui", "export", self.question, *self.arguments, "-o", str(target)]
        told = {
            "--where": filters.where, "--as-of": filters.as_of, "--since": filters.since, "--basis": filters.basis,
            "--window": filters.window if filters.window != "ttm" else None,
            "--rates": filters.rates if filters.rates != "monthly" else None,
        }  # fmt: skip
        words += [word for option, value in told.items() if value for word in (option, str(value))]
        words += self.arrangement.options()
        words += ["--raw"] * wish.raw + ["--excel"] * wish.excel
        return shlex.join(words)


def shown(card: PanelCard) -> Shown | None:
    """What this panel shows; None while it has no answer."""
    if card.answer is None or card.situation is None:
        return None
    question, frame, table = card.source.question, card.answer.frame, card.content
    arrangement = Arrangement()
    if question == "what_if_moves" and isinstance(card.answer.view, Table):
        from kaptui.ui.sponsorship.what_if import proposal

        return Shown(question, frame, card.situation, arrangement, proposal(card.answer.view, card.situation))
    if isinstance(table, FrameTable):
        sort = table.arrangement.sort if table.arrangement.sort and table.arrangement.sort[0] in frame.columns else None
        arrangement = Arrangement(sort, tuple(one.name for one in table.columns if one.name in frame.columns))
    return Shown(question, frame, card.situation, arrangement)


def items(wish: Wish, panel: Shown, screen: Sequence[Shown], ask: Ask) -> list[Item]:
    """The answers that `wish` asks for; those that do not stand on screen are asked for. KaptuiError: they fail."""
    match wish.what:
        case "panel":
            wanted = [panel]
        case "screen":
            wanted = list({one.question: one for one in screen}.values())
        case "accounts":
            filters = (panel.situation.whole or panel.situation).filters
            whole = replace(panel.situation, filters=filters)
            listed = next((one for one in screen if one.question == "accounts" and not one.situation.whole), None)
            wanted = [listed or Shown("accounts", ask("accounts", filters), whole, Arrangement())]
    return [_item(wish, one, ask) for one in wanted]


def on_screen(wish: Wish) -> bool:
    """Whether nothing needs to be asked."""
    return wish.what != "accounts" and not wish.everyone


def _item(wish: Wish, one: Shown, ask: Ask) -> Item:
    filters = replace(one.situation.filters, where="") if wish.everyone else one.situation.filters
    frame = ask(one.question, filters) if wish.everyone else one.frame
    arrangement = one.arrangement if wish.shown else replace(one.arrangement, columns=())
    if arrangement.columns == tuple(frame.columns):
        arrangement = replace(arrangement, columns=())
    given, rows = one.situation, arrangement.of(frame)
    return Item(one.question, filters, given.context, given.file, given.arguments, rows, arrangement, one.text)


# As text


def row_text(card: PanelCard) -> str:
    """The row under the cursor, its cells with tabs between; of a panel without rows, all of it."""
    content, view = card.content, card.answer.view if card.answer is not None else None
    if isinstance(content, FrameTable) and content.pointed is not None:
        return _line(content.columns, content.pointed[0])
    if isinstance(content, BarList) and isinstance(view, Bars) and view.bars:
        return _bars(view).splitlines()[content.cursor]
    return panel_text(card)


def cell_text(card: PanelCard) -> str:
    """What is under the cursor alone: a cell, a figure; where there is none, the row."""
    content = card.content
    if isinstance(content, FrameTable) and content.pointed is not None:
        row, column = content.pointed
        return _cell(column, row)
    if isinstance(content, FiguresRow) and content.pointed is not None:
        return clean(content.pointed.value)
    return row_text(card)


def panel_text(card: PanelCard) -> str:
    """All rows of the panel with their headings, as far as they are shown."""
    content, view = card.content, card.answer.view if card.answer is not None else None
    if isinstance(content, FrameTable):
        frame = arranged(content.table.frame, content.arrangement)
        head = "\t".join(clean(column.label).strip() for column in content.columns)
        return "\n".join([head, *(_line(content.columns, row) for row in frame.iter_rows(named=True))])
    match view:
        case Figures():
            return "\n".join("\t".join(map(clean, (one.label, one.value, one.note))) for one in view.figures)
        case Bars():
            return _bars(view)
        case Notes():
            return "\n".join(map(clean, view.lines))
    return _frame_text(card)


def _bars(view: Bars) -> str:
    lines = ((one.label, f"{one.text} {MARKS.get(one.state, '')}".rstrip(), one.note) for one in view.bars)
    return "\n".join("\t".join(map(clean, line)) for line in lines)


def _frame_text(card: PanelCard) -> str:
    from kaptui.panels import PANELS

    if card.answer is None:
        return ""
    frame, promise = card.answer.frame, PANELS[card.source.question].promise
    columns = [Column(name, name, kind) for name, kind in promise.items()]
    return "\n".join(["\t".join(promise), *(_line(columns, row) for row in frame.iter_rows(named=True))])


def _line(columns: Iterable[Column], row: Row) -> str:
    return "\t".join(_cell(column, row) for column in columns)


def _cell(column: Column, row: Row) -> str:
    text = clean(column.text(row)) if column.text is not None else show(row[column.name], column.kind)
    text = text.strip()
    # Pasted into a spreadsheet nothing runs, as in a CSV.
    return f"'{text}" if column.kind == "text" and text[:1] in tuple("=+-@") else text
