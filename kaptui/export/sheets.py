"""Answers as sheets to be read: the headings of the screen, codes in words, what the colours say, and about what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kaptui import __version__
from kaptui.arrangement import Arrangement
from kaptui.export.answer import Answer
from kaptui.export.formats import flat, floats
from kaptui.export.workbook import CellKind, Sheet, SheetColumn
from kaptui.panels import panel_of
from kaptui.panels.base import OF_GROSS, Panel
from kaptui.panels.columns import FACTOR_STATES, LABELS
from kaptui.panels.plain import in_calendar, kind_of
from kaptui.text import count, day
from kaptui.text.indicators import indicator_words, indicators_in_words
from kaptui.text.reasons import reason_words
from kaptui.text.window import figure_remarks, window_words
from kaptui.text.words import SIDES, STATUSES, load_words, side_words, status_words, what_changed
from kaptui.views import Column, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

HEADINGS: Mapping[str, str] = {
    "code": "Factor code",
    "weakest_name": "Weakest factor, by name",
    "red_below": "Red below",
    "label": "In words",
    "on": "Date",
}
"""Headings that a sheet has room for and no list on a screen."""

PROFIT: Mapping[str, str] = {
    "contribution": "contribution, after cost to serve",
    "gross": "gross, before cost to serve",
}
"""What each basis of profit means."""

_CHANGES = ("change", "gap", "points", "score_points", "index_change")
_MONEY = ("revenue",)
"""Money where an answer holds it beyond its promise."""
_STATUSES = ("status", "internal_status", "external_status", "status_before", "status_after")
_CODES = ("kind", "step", "source", "about", "measure", "grouped_by", "grouping", "dimension", "status")
"""Columns of codes without words of their own: they are read without their underscores."""


_SIDES_AND_STATUSES = {**SIDES, "stale": STATUSES["stale"], "uncovered": STATUSES["uncovered"]}


def sheets(answers: Sequence[Answer]) -> list[Sheet]:
    """A sheet for each answer, under the title that its panel has on the screen."""
    return [_sheet(answer) for answer in answers]


def _sheet(answer: Answer) -> Sheet:
    panel, rows = panel_of(answer.question), flat(floats(answer.rows))
    rows = rows.with_columns(in_calendar(rows[name]) for name, kind in rows.schema.items() if kind.is_temporal())
    shown = _shown(panel, answer)
    whole = Arrangement(answer.arrangement.sort).of(answer.frame)
    lines = whole.to_dicts() if any(one.state is not None for one in shown.values()) else ()
    headings = _headings(answer, shown)
    columns = tuple(
        SheetColumn(
            name,
            headings[name],
            _kind(panel, name, answer.frame.schema[name]),
            _words(name) if panel.promise else None,
            _states(name, shown.get(name), whole, lines),
            _amounts(name, whole),
        )
        for name in rows.columns
    )
    return Sheet(panel.title, rows, columns, rows.columns.index("name") + 1 if "name" in rows.columns[:3] else 1)


def _shown(panel: Panel, answer: Answer) -> Mapping[str, Column]:
    """The columns by which the panel shows its answer as a list; none where it draws or tells it."""
    if not panel.promise or answer.frame.is_empty():
        return {}
    view = panel.view(answer.frame, answer.context)
    columns = (*view.columns, *view.more) if isinstance(view, Table) else ()
    if not {one.name for one in columns} <= set(answer.frame.columns):
        return {}  # a list made out of the answer, one row of it out of several
    return {one.name: one for one in columns}


def _headings(answer: Answer, shown: Mapping[str, Column]) -> dict[str, str]:
    """What stands above each column: the heading on the screen, where one column of the answer stands below it.

    Money says its currency. No heading stands twice.
    """
    if not (promise := panel_of(answer.question).promise):
        return {name: name for name in answer.rows.columns}
    headings: dict[str, str] = {}
    for name in answer.rows.columns:
        heading = _heading(name, answer.frame.columns, shown.get(name))
        if answer.context.basis == "gross":
            heading = OF_GROSS.get(heading, heading)
        if (promise.get(name) or ("money" if name in _MONEY else "")) == "money" and answer.context.currency:
            heading = f"{heading}, {answer.context.currency}"
        headings[name] = heading
    headings |= {name: _plain(name) for name in _twice(headings)}
    return headings | {name: f"{headings[name]} ({name})" for name in _twice(headings)}


def _twice(headings: Mapping[str, str]) -> list[str]:
    """The columns that share their heading with another."""
    counted = Counter(headings.values())
    return [name for name, heading in headings.items() if counted[heading] > 1]


def _heading(name: str, columns: Collection[str], shown: Column | None) -> str:
    if shown is not None and not (shown.text is not None and shown.kind == "text"):
        return shown.label.strip()
    if name == "name" and "account_id" not in columns:
        return "Factor" if "code" in columns else "Name"
    return HEADINGS.get(name) or LABELS.get(name) or _plain(name)


def _plain(name: str) -> str:
    """The name of a column as a heading, its codes in the words of the screen."""
    words = " ".join(_SIDES_AND_STATUSES.get(word, word) for word in name.split("_"))
    return words[:1].upper() + words[1:]


def _kind(panel: Panel, name: str, dtype: pl.DataType) -> CellKind:
    if panel.promise and name in _CHANGES and dtype.is_numeric():
        return "change"
    if name == "share_gap":
        return "points"
    if panel.promise and name == "month":
        return "month"
    if panel.promise and name in _MONEY:
        return "money"
    return panel.promise.get(name) or ("date" if dtype.is_temporal() else kind_of(dtype))


def _words(name: str) -> Callable[[str], str] | None:
    """How the codes of a column are read; None for a column of names and texts."""
    if name in _STATUSES:
        return lambda code: status_words(code).replace("_", " ")
    if name in _CODES:
        return lambda code: code.replace("_", " ")
    return {
        "side": side_words,
        "load": load_words,
        "reason": reason_words,
        "reasons": _reasons,
        "what": what_changed,
        "indicator": indicator_words,
        **dict.fromkeys(("met_indicators", "not_met_indicators", "unknown_indicators"), indicators_in_words),
    }.get(name)


def _reasons(codes: str) -> str:
    return "; ".join(reason_words(code) for code in codes.split("; "))


def _states(name: str, shown: Column | None, rows: pl.DataFrame, lines: Sequence[Row]) -> Sequence[State]:
    """What the colour of each cell says, the rows once more as `lines`; nothing for a column without on the screen."""
    if shown is not None and shown.state is not None:
        return list(map(shown.state, lines))
    if "state" in rows.columns and name == ("mean" if "mean" in rows.columns else "index"):
        return [FACTOR_STATES.get(state, "") for state in rows["state"].to_list()]
    return ()


def _amounts(name: str, rows: pl.DataFrame) -> Sequence[float | None]:
    """The amounts that a column of texts tells: what money was and is, where an answer lists changes of all kinds."""
    if name not in ("before", "after") or not {"about", name} <= set(rows.columns):
        return ()
    from kaptui.panels.changes import amount_of

    told = (amount_of(row, name) for row in rows.select("about", name).iter_rows(named=True))
    return [None if amount is None else float(amount) for amount in told]


def about(answers: Sequence[Answer]) -> list[Sequence[object]]:
    """The lines of the sheet "About": file, day, filter, basis, then what each sheet holds, then how to read them."""
    first = answers[0]
    context, filters = first.context, first.filters
    between = f"{day(context.window_start)} to {day(context.window_end)}"
    rates = "at constant exchange rates" if context.rates == "constant" else "at the rates of each month"
    lines: list[Sequence[object]] = [
        ("File", first.portfolio),
        ("As of", context.as_of),
        ("Compared with", f"{context.since_label}, {day(context.since)}" if context.since_label else context.since),
        ("Filter", filters.where or "none: all accounts"),
        ("Figures", f"{window_words(context)} ({between})"),
        ("Profit", PROFIT[context.basis]),
        ("Currency", f"{context.currency}, {rates}"),
        ("Written by", f"kaptui {__version__}"),
    ]
    if filters.moves:
        lines.insert(4, ("What if", f"{count('move', len(filters.moves))} tried: {first.meta()['what_if']}"))
    lines += [("Note", remark) for remark in figure_remarks(context)]
    lines += [(), ("Sheet", "Question", "What it shows", "Rows", "Sorted by", "Sources")]
    lines += [_described(answer) for answer in answers]
    lines += [(), ("Reading", "")]
    lines += [
        ("An empty cell", "not known; never zero"),
        ("Colours", "red: serious; yellow: watch; green: in order; grey: not valid any more. The words say the same"),
        ("Money", "in whole units of the currency; the cells hold it with all its digits"),
    ]
    return lines


def _described(answer: Answer) -> Sequence[Any]:
    panel, sort = panel_of(answer.question), answer.arrangement.sort
    order = "as the question orders them"
    if sort is not None:
        heading = _heading(sort[0], answer.frame.columns, _shown(panel, answer).get(sort[0]))
        order = f"{heading}, {'largest' if sort[1] else 'smallest'} first"
    fed = ", ".join(table.replace("_", " ") for table in panel.source_tables)
    return panel.title, answer.question, panel.description, answer.rows.height, order, fed
