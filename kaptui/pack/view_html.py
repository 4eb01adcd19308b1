"""A view as HTML: the second renderer of what the dashboard draws in text cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kaptui.pack import charts
from kaptui.pack.explained import Explanation, Number, Rule, number_of
from kaptui.pack.grid import LEFT_ALIGNED, MOST_COLUMNS, left_out
from kaptui.pack.html import Html, classes, hover, link, paragraph, text
from kaptui.pack.scales import Scale
from kaptui.text import clean, count, show, with_mark
from kaptui.views import (
    Bar,
    Bars,
    Column,
    Curve,
    Figure,
    Figures,
    MonthBars,
    Notes,
    Row,
    Scatter,
    Sentences,
    Step,
    Table,
    View,
    Waterfall,
)

if TYPE_CHECKING:
    import polars as pl

MONTHS_TOLD = 12
"""Months of a chart that are written out beside it."""
HALF_CELLS = 56
"""The width of a table, counted as on a screen, from which it takes the whole width of the page."""
LONG_NOTE = 44
"""Letters of a note from which its bars take the whole width of the page."""
KEPT_TOGETHER = 16
"""Letters up to which the text of a cell is not broken into lines."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a reader can go from a name: `accounts` are anchors by account, `screens` by screen, `names` by account.

    `why` are explanations by number, `rules` those behind numbers by `question.column`, said where the pointer rests if
    `hovers`. `question` is the one that the numbers answer. `most` rows of a table are written; what is left out is
    counted.
    """

    accounts: Mapping[str, str] = field(default_factory=dict)
    screens: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[Number, Explanation] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    hovers: bool = False
    question: str = ""
    most: int = 100

    def explained(self, measure: str, item: str, shown: str) -> Html:
        """What is shown of a number; where its explanation or its rule is in the file, it leads there."""
        if not measure or not shown.strip():
            return text(shown)
        number = number_of(self.question, measure, item)
        told, rule = self.why.get(number), self.rules.get(number[0])
        if told is not None:
            return f'<a class="why" href="#{told.anchor}"{hover(" ".join(told.rules))}>{text(shown)}</a>'
        if rule is not None:
            return f'<a class="why" href="#{rule.anchor}"{hover(rule.text) if self.hovers else ""}>{text(shown)}</a>'
        return text(shown)


def is_wide(view: View) -> bool:
    """Whether it needs the whole width of a page."""
    if isinstance(view, Bars | Waterfall):
        notes = [one.note for one in (view.bars if isinstance(view, Bars) else view.steps)]
        return any(len(note) > LONG_NOTE for note in notes)
    cells = sum(one.width + 1 for one in view.columns) if isinstance(view, Table) else 0
    return isinstance(view, Sentences | Figures) or cells > HALF_CELLS


def drawn(view: View, links: Links) -> Html:
    """The view, with its caption below it."""
    match view:
        case Notes():
            return "".join(paragraph(line, f"note {view.state}".strip()) for line in view.lines)
        case Figures():
            return f'<div class="figures">{"".join(_figure(one, links) for one in view.figures)}</div>'
        case Table():
            return _table(view, links)
    more = _months_told(view) if isinstance(view, MonthBars) else ""
    return _chart(view, links) + paragraph(view.caption, "caption") + more


def _chart(view: Bars | Sentences | Curve | MonthBars | Scatter | Waterfall, links: Links) -> Html:
    match view:
        case Bars():
            return _bars(view, links)
        case Sentences():
            return _sentences(view, links)
        case Curve():
            return charts.curve(view, links.names)
        case Scatter():
            return charts.scatter(view, links.accounts)
        case MonthBars():
            return charts.months(view)
        case Waterfall():
            return _waterfall(view, links)


def _figure(one: Figure, links: Links) -> Html:
    shown = links.explained(one.measure, one.item, with_mark(clean(one.value), one.state))
    value = f'<div class="value {one.state}">{shown}</div>'
    trend = charts.sparkline(one.trend, one.around_zero)
    note = f'<div class="base">{text(one.note)}</div>' if one.note else ""
    return f'<div class="figure"><div class="label">{text(one.label)}</div>{value}{trend}{note}</div>'


def _bars(view: Bars, links: Links) -> Html:
    rows = (
        f"<tr><th>{text(one.label)}</th><td>{charts.bar(one, view.low, view.high)}</td>"
        f'<td class="n {one.state}">{_number(one, links)}</td>'
        f"<td>{text(one.note)}</td></tr>"
        for one in view.bars
    )
    return f'<table class="bars"><tbody>{"".join(rows)}</tbody></table>'


def _number(one: Bar | Step, links: Links) -> Html:
    return links.explained(one.measure, one.item, with_mark(clean(one.text), one.state))


def _waterfall(view: Waterfall, links: Links) -> Html:
    scale = Scale.over([level for one in view.steps for level in (one.start, one.end)], 0, 100, zero=True)
    rows = (
        f"<tr><th>{text(one.label)}</th><td>{charts.step(one, scale)}</td>"
        f'<td class="n {one.state}">{_number(one, links)}</td>'
        f"<td>{text(one.note)}</td></tr>"
        for one in view.steps
    )
    return f'<table class="bars"><tbody>{"".join(rows)}</tbody></table>'


def _sentences(view: Sentences, links: Links) -> Html:
    rows = []
    for one in view.lines:
        target = links.accounts.get(one.account, "") or links.screens.get(one.screen, "")
        mark = f'<td class="mark {one.state}">{text(with_mark(clean(one.mark), one.state) if one.mark else "")}</td>'
        rows.append(f"<tr><th>{link(target, one.label)}</th>{mark}<td>{text(one.text)}</td></tr>")
    return f'<table class="sentences"><tbody>{"".join(rows)}</tbody></table>'


def _months_told(view: MonthBars) -> Html:
    """The last months in numbers, folded away on a screen: what the chart shows when pointed at, paper cannot."""
    heads = ("Month", *view.line_labels, f"{view.bar_label}, {view.unit}" if view.unit else view.bar_label)
    head = "".join(f"<th{classes('n' if place else '')}>{text(name)}</th>" for place, name in enumerate(heads))
    rows = (
        f"<tr><th>{text(one.label)}</th>"
        + "".join(f'<td class="n">{text(show(amount, view.kind))}</td>' for amount in (*one.lines, one.bar))
        + "</tr>"
        for one in view.months[-MONTHS_TOLD:]
    )
    told = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    most = min(MONTHS_TOLD, len(view.months))
    return f"<details><summary>The last {count('month', most)} in numbers</summary><table>{told}</table></details>"


# Tables


def _table(view: Table, links: Links) -> Html:
    columns = view.columns[:MOST_COLUMNS]
    head = "".join(f"<th{_side(one)}>{links.explained(one.measure or one.name, '', one.label)}</th>" for one in columns)
    bodies = "".join(f"<tbody>{''.join(rows)}</tbody>" for rows in _groups(view, columns, links) if rows)
    foot = "".join(_ready(one, columns, "foot") for one in view.foot)
    more = left_out(view, links.most)
    title = paragraph(view.title, "subtitle")
    caption = paragraph(view.caption, "caption") + paragraph(more, "caption")
    whole = f"<table><thead><tr>{head}</tr></thead>{bodies}{f'<tbody>{foot}</tbody>' if foot else ''}</table>"
    return f'{title}<div class="scroll">{whole}</div>{caption}'


def _groups(view: Table, columns: Sequence[Column], links: Links) -> Iterator[list[Html]]:
    """The rows as they stand together, each group under its subtotal."""
    frame = view.frame.head(links.most)
    if not (view.group and view.subtotals):
        yield _rows(frame, columns, links)
        return
    for subtotal in view.subtotals:
        yield [
            _ready(subtotal.texts, columns, f"subtotal {subtotal.state}".strip()),
            *_rows(frame.filter(frame[view.group].eq_missing(subtotal.value)), columns, links),
        ]


def _rows(frame: pl.DataFrame, columns: Sequence[Column], links: Links) -> list[Html]:
    return [
        f"<tr>{''.join(_cell(column, row, links) for column in columns)}</tr>" for row in frame.iter_rows(named=True)
    ]


def _cell(column: Column, row: Row, links: Links) -> Html:
    shown = column.text(row) if column.text else show(row[column.name], column.kind)
    state = column.state(row) if column.state else ""
    more = hover(column.says(row)) if column.says else ""
    target = links.accounts.get(row.get("account_id") or "", "") if column.name == "name" else ""
    target = links.screens.get(row.get("screen") or "", "") if column.name == "question" else target
    kind = "n" if column.kind not in LEFT_ALIGNED else "long" if len(shown) > KEPT_TOGETHER else ""
    return f"<td{classes(kind, state)}{more}>{link(target, shown)}</td>"


def _side(column: Column, words: str = "") -> Html:
    return classes("n" if column.kind not in LEFT_ALIGNED else "", "long" if len(words) > KEPT_TOGETHER else "")


def _ready(texts: Mapping[str, str], columns: Sequence[Column], kind: str) -> Html:
    """A line of ready words by column."""
    words = [texts.get(one.name, "") for one in columns]
    cells = "".join(f"<td{_side(one, said)}>{text(said)}</td>" for one, said in zip(columns, words, strict=True))
    return f'<tr class="{kind}">{cells}</tr>'
