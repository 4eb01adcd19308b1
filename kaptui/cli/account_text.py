"""The page of one account as text or Markdown: every tab, every panel, every figure that the screen shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from kaptui.account_page.tabs import HEADLINE, TABS, OneAccount, view
from kaptui.cli import text
from kaptui.filter_language import quote
from kaptui.text import clean, with_mark
from kaptui.text.accounts import base_in_words
from kaptui.text.window import basis_line
from kaptui.views import Bars, Figures, Kind, MonthBars, Notes, Table, View

if TYPE_CHECKING:
    from kaptui.filters import Filters
    from kaptui.panels.spec import Mode
    from kaptui.portfolio import Portfolio

Form = Literal["text", "md"]


def page(portfolio: Portfolio, account_id: str, filters: Filters, form: Form = "text") -> list[str]:
    """The whole page, one item per line. Nothing is cut: a screen reader or a mail has no width."""
    narrowed = replace(filters, where=f"account_id:{quote(account_id)}")
    context, card = portfolio.context(filters), portfolio.card(filters)
    name = card.filter(card["account_id"] == account_id)["name"][0]
    basis = basis_line(context, base_in_words(1, 0, card.height))
    head = [_heading(clean(name), 1, form), *_body(_view(portfolio, HEADLINE.first, narrowed), form), "", basis]
    lines = list(head)
    for tab in TABS:
        lines += ["", _heading(tab.label, 2, form)]
        for part in tab.parts:
            lines += ["", _heading(part.first.title, 3, form), *_body(_view(portfolio, part.first, narrowed), form)]
    return [clean(line) for line in lines]


def _view(portfolio: Portfolio, mode: Mode, filters: Filters) -> View:
    from kaptui.panels import PANELS

    frames = {question: portfolio.ask(question, filters) for question in mode.questions}
    missing = [table for table in PANELS[mode.question].source_tables if not portfolio.rows(table)]
    return view(mode, frames, OneAccount(portfolio.context(filters), filters), missing)


def _heading(text: str, level: int, form: Form) -> str:
    if form == "md":
        return f"{'#' * level} {escaped(text)}"
    return text.upper() if level == 2 else text


def _body(drawn: View, form: Form) -> list[str]:
    return _markdown(drawn) if form == "md" else [f"  {line}" for line in text.drawn(drawn, None)]


def _markdown(drawn: View) -> list[str]:
    match drawn:
        case Notes():
            return ["", *(line for text in drawn.lines if text for line in (escaped(text), ""))][:-1]
        case Figures():
            cells = ((one.label, with_mark(one.value, one.state), one.note) for one in drawn.figures)
            return ["", *_table(("Figure", "Value", "Note"), cells)]
        case Bars():
            bars = ((one.label, with_mark(one.text, one.state), one.note) for one in drawn.bars)
            return ["", *_table(("What", "Value", "Note"), bars), *_caption(drawn.caption)]
        case MonthBars():
            return ["", *text.markdown(text.months_grid(drawn)), *_caption(drawn.caption)]
        case Table():
            return ["", *text.markdown(text.shown(drawn)), *_caption(drawn.caption)]
    return _caption(drawn.caption)


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    kinds: tuple[Kind, ...] = tuple("text" for _ in names)
    cells = tuple(tuple(clean(cell) for cell in row) for row in rows)
    return text.markdown(text.Grid(names, kinds, cells))


def _caption(text: str) -> list[str]:
    return ["", escaped(text)] if text else []


def escaped(text: str) -> str:
    """Text from data, so that it stays text in Markdown."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|~" else letter for letter in clean(text))
