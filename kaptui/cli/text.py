"""Answers as text for people: aligned tables, Markdown, the overview. Text from data comes out clean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaptui.headlines.overview import overview_headline
from kaptui.panels import PANELS, panel_of
from kaptui.panels.attention import nobody
from kaptui.panels.base import named_by_basis
from kaptui.panels.plain import kind_of
from kaptui.text import clean, cut, folded_text, pad, show, width
from kaptui.text.accounts import base_in_words
from kaptui.text.window import basis_line, figure_remarks
from kaptui.views import Bars, Curve, Figures, Kind, MonthBars, Notes, Scatter, Sentences, Table, View, Waterfall

if TYPE_CHECKING:
    import polars as pl

    from kaptui.filters import Context, Filters
    from kaptui.portfolio import Portfolio

OVERVIEW = ("portfolio", "attention", "factor_summary", "whale_curve", "sponsorship_coverage")
"""The questions the overview answers, in the order of decision."""

EXITED = "exited"
"""The status of an account that left the programme."""

_WIDEST = 40
_LONGEST = 120
"""Without a terminal a single row is a line up to that width."""
_GAP = "  "
_LEFT: tuple[Kind, ...] = ("text", "date", "flag")


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells as text under their column names; `kinds` decide the side they are aligned to."""

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[str, ...], ...]


def grid(frame: pl.DataFrame, question: str) -> Grid:
    """Every column of an answer, shown as its panel promises; one that no panel promises, by its type."""
    promise = panel_of(question).promise
    kinds = tuple(promise.get(name) or kind_of(dtype) for name, dtype in frame.schema.items())
    rows = tuple(tuple(show(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in frame.iter_rows())
    return Grid(tuple(clean(name) for name in frame.columns), kinds, rows)


def aligned(cells: Grid, room: int | None = None) -> tuple[list[str], list[str]]:
    """The grid as lines no wider than `room` cells, and the names of the columns left out for that.

    A single row that does not fit becomes a list of its fields. Without `room` nothing is cut; such a row is one line
    up to 120 cells.
    """
    widths = [max(map(width, column)) for column in zip(cells.names, *cells.rows, strict=True)]
    full = sum(widths) + len(_GAP) * (len(widths) - 1)
    if len(cells.rows) == 1 and full > (room or _LONGEST):
        widest = max(map(width, cells.names))
        fields = [f"{pad(name, widest)}{_GAP}{value}" for name, value in zip(cells.names, cells.rows[0], strict=True)]
        return [cut(field, room) if room else field.rstrip() for field in fields], []
    if room is None or full <= room:
        return _lines(cells, widths), []
    kept: list[int] = []
    left = room
    for natural in widths:
        fitting = min(natural, _WIDEST, room)
        if kept and fitting > left:
            break
        kept.append(fitting)
        left -= fitting + len(_GAP)
    return _lines(cells, kept), list(cells.names[len(kept) :])


def written(frame: pl.DataFrame, question: str, context: Context, room: int | None) -> tuple[list[str], list[str]]:
    """An answer as lines no wider than `room`, and the columns left out for that; sentences are folded, not cut."""
    panel = panel_of(question)
    if room is None or panel.sentences is None or frame.is_empty():
        return aligned(grid(frame, question), room)
    return folded(panel.sentences(frame, context), room), []


def folded(view: Sentences, room: int) -> list[str]:
    """Each sentence under its short name and mark, in as many lines as it needs."""
    cells = [(clean(one.label), clean(one.mark), clean(one.text)) for one in view.lines]
    names, marks = (max((width(row[at]) for row in cells), default=0) for at in (0, 1))
    ahead = names + len(_GAP) + (marks + len(_GAP) if marks else 0)
    lines = []
    for name, mark, said in cells:
        first = pad(name, names) + _GAP + (pad(mark, marks) + _GAP if marks else "")
        for line in folded_text(said, max(room - ahead, 20)):
            lines.append(f"{first}{line}")
            first = " " * ahead
    return lines


def markdown(cells: Grid) -> list[str]:
    """The grid as a Markdown table."""
    rule = ["---" if kind in _LEFT else "--:" for kind in cells.kinds]
    rows = ([cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row] for row in (cells.names, *cells.rows))
    first, *others = (f"| {' | '.join(row)} |" for row in rows)
    return [first, f"| {' | '.join(rule)} |", *others]


def remarks(portfolio: Portfolio, filters: Filters) -> list[str]:
    """What a reader must know beside an answer: its basis, and why it is empty if it is."""
    context, accounts = portfolio.context(filters), portfolio.card(filters)
    chosen = portfolio.matching(filters)
    matching, left = chosen.height, int((chosen["status"] == EXITED).sum())
    base = basis_line(context, base_in_words(matching, left, accounts.height))
    lines = [base, *portfolio.remarks, *figure_remarks(context)]
    if accounts.height and not matching:
        from kaptui.filter_language import rescue

        lines += [f"without {chip} {count} match" for chip, count in rescue(filters.where, accounts)]
    return [clean(line) for line in lines]


def overview(portfolio: Portfolio, filters: Filters, room: int | None = None) -> list[str]:
    """The Overview screen as text."""
    context = portfolio.context(filters)
    row = portfolio.ask("portfolio", filters).row(0, named=True)
    reasons = portfolio.ask("attention_reasons", filters).iter_rows(named=True)
    accounts = portfolio.card(filters).height
    lines = [portfolio.name, overview_headline(row, reasons, context, accounts)]
    for question in OVERVIEW if row["accounts"] else ():
        panel = PANELS[question]
        missing = [table for table in panel.source_tables if not portfolio.rows(table)]
        view = panel.view(portfolio.ask(question, filters), context, missing)
        if question == "attention" and isinstance(view, Notes):
            view = named_by_basis(nobody(portfolio.ask("accounts", filters), row, context), context)
        lines += ["", panel.title, *(f"  {line}".rstrip() for line in drawn(view, room and room - 2))]
    return [clean(line) for line in lines]


def drawn(view: View, room: int | None) -> list[str]:
    """What a panel shows, as lines no wider than `room`; without `room` nothing is cut."""
    match view:
        case Notes():
            lines = list(view.lines)
        case Figures():
            lines = _pairs((figure.label, figure.value, figure.note) for figure in view.figures)
        case Bars():
            lines = [*_pairs((bar.label, bar.text, bar.note) for bar in view.bars), view.caption]
        case Sentences():
            lines = [*(folded(view, room) if room else _pairs((one.label, one.mark, one.text) for one in view.lines))]
            lines.append(view.caption)
        case Curve() | Scatter():
            lines = [view.caption]
        case MonthBars():
            lines = [view.caption, *_months_told(view)]
        case Waterfall():
            lines = [*_pairs((step.label, step.text, step.note) for step in view.steps), view.caption]
        case Table():
            lines = [view.title, *aligned(shown(view), room)[0], view.caption]
    return [cut(line, room) if room else line for line in lines if line]


MONTHS_TOLD = 12
"""Months of a chart that are told one by one."""
_BAR_CELLS = 12


def months_grid(view: MonthBars) -> Grid:
    """The last months with their amounts."""
    names = ("month", *view.line_labels, f"{view.bar_label}, {view.unit}" if view.unit else view.bar_label)
    rows = tuple(
        (one.label, *(show(amount, view.kind) for amount in (*one.lines, one.bar)))
        for one in view.months[-MONTHS_TOLD:]
    )
    return Grid(tuple(map(clean, names)), ("text", *(view.kind for _ in names[1:])), rows)


def _months_told(view: MonthBars) -> list[str]:
    """The same as lines, behind each a bar that grows to the left below zero."""
    cells, bars = months_grid(view), [one.bar for one in view.months[-MONTHS_TOLD:]]
    amounts = [amount for amount in bars if amount is not None]
    most = max(map(abs, amounts), default=0.0) or 1.0
    below = _BAR_CELLS if min(amounts, default=0.0) < 0 else 0
    rows = tuple((*row, _bar(amount, most, below)) for row, amount in zip(cells.rows, bars, strict=True))
    return aligned(Grid((*cells.names, ""), (*cells.kinds, "text"), rows))[0] if rows else []


def _bar(amount: float | None, most: float, below: int) -> str:
    """A bar from zero; below it of another mark. Nothing but the zero line where the amount is not known."""
    if amount is None:
        return ""
    cells = "#" * max(1, round(abs(amount) / most * _BAR_CELLS)) if amount else ""
    return (f"{cells.replace('#', '-'):>{below}}|" if amount < 0 else f"{'':{below}}|{cells}").rstrip()


def shown(view: Table) -> Grid:
    """The columns of a table as its screen shows them."""
    rows = tuple(
        tuple(column.text(row) if column.text else show(row[column.name], column.kind) for column in view.columns)
        for row in view.frame.iter_rows(named=True)
    )
    return Grid(tuple(column.label for column in view.columns), tuple(column.kind for column in view.columns), rows)


def _pairs(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    cells = tuple(rows)
    columns = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return [_GAP.join(map(pad, row, columns)).rstrip() for row in cells]


def _lines(cells: Grid, widths: Sequence[int]) -> list[str]:
    return [
        _GAP.join(
            pad(cut(cell, room), room, right=kind not in _LEFT)
            for cell, room, kind in zip(row, widths, cells.kinds, strict=False)
        ).rstrip()
        for row in (cells.names, *cells.rows)
    ]
