"""Why the key figures of a pack are what they are: what `w` says on the screen, for the appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from kaptui.pack.pages import ASKED_AT_ONCE, Page
from kaptui.portfolio.catalogue import explained_by
from kaptui.text import day
from kaptui.text.format import to_the_unit
from kaptui.views import Bars, Curve, Figures, MonthBars, Table, View, Waterfall

if TYPE_CHECKING:
    import polars as pl

    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

Number = tuple[str, str]
"""What a number shows, as `question.column`, and which one of several."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one number is what it is: the rule, and what lifts it. What goes into it stands on the pages themselves.

    `anchor` is where it stands in the file, `page` and `label` where its number does.
    """

    anchor: str
    page: str
    label: str
    value: str
    rules: tuple[str, ...]
    lifts: tuple[str, ...]


def explanations(portfolio: Portfolio, filters: Filters, pages: Iterable[Page]) -> Mapping[Number, Explanation]:
    """Those of the key figures of these pages that have a rule; each once."""
    wanted: dict[Number, tuple[str, str]] = {}
    for page in pages:
        for section in page.sections:
            for number, label in _numbers(section.view, section.question):
                wanted.setdefault(number, (page.title, label))

    alike: dict[str, list[Number]] = {}
    for number in wanted:
        if (explanation := explained_by(number[0])) is not None:
            alike.setdefault(explanation.name, []).append(number)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        told = pool.map(lambda numbers: portfolio.explain_alike(numbers, filters), alike.values())
        found = dict(zip(chain(*alike.values()), chain(*told), strict=True))
    known = ((number, found[number]) for number in wanted if number in found and not found[number].is_empty())
    return {
        number: _explanation(frame, f"why-{place}", *wanted[number]) for place, (number, frame) in enumerate(known, 1)
    }


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule behind the numbers of a column, a list or a chart, the same for all of them.

    `anchor` is where it stands in the file, `names` what the pages call them. `…` in it stands for what the file or its
    settings say there.
    """

    anchor: str
    names: tuple[str, ...]
    text: str


def rules_behind(pages: Iterable[Page]) -> Mapping[str, Rule]:
    """The rules behind the numbers of these pages, by `question.column`; each rule once, under all its names."""
    found: dict[str, dict[str, str]] = {}
    for page in pages:
        for section in page.sections:
            for measure, label in _measures(section.view):
                number, _ = number_of(section.question, measure, "")
                if text := _rule(number):
                    found.setdefault(text, {}).setdefault(number, label)
    rules: dict[str, Rule] = {}
    for place, (text, numbers) in enumerate(found.items(), 1):
        rule = Rule(f"rule-{place}", tuple(dict.fromkeys(numbers.values())), text)
        rules |= dict.fromkeys(numbers, rule)
    return rules


@cache
def _rule(number: str) -> str:
    """What the explanation of `question.column` says for all its numbers alike; empty where nothing does."""
    from kaptui.guide import rule_of
    from kaptui.portfolio.catalogue import measure_of, measures

    question, _, column = number.rpartition(".")
    measure = measure_of(column, question)
    return rule_of(measures()[measure].sql, column) if measure else ""


def _measures(view: View) -> Iterator[tuple[str, str]]:
    """What the numbers of a view show, with what they are called."""
    match view:
        case Table():
            yield from ((one.measure or one.name, one.label.strip()) for one in view.columns)
        case Figures():
            yield from ((one.measure, one.label) for one in view.figures if one.measure)
        case Bars():
            yield from ((one.measure, one.label) for one in view.bars[:1] if one.measure)
        case Waterfall():
            yield from ((one.measure, "Step") for one in view.steps[:1] if one.measure)
        case MonthBars():
            yield from ((view.measure, view.bar_label) for _ in view.months[:1] if view.measure)
        case Curve():
            yield from ((view.measure, view.y_title) for _ in view.lines[:1] if view.measure)


def number_of(question: str, measure: str, item: str) -> Number:
    """How a number of this question is asked about."""
    return (measure if "." in measure else f"{question}.{measure}", item)


def _numbers(view: View, question: str) -> Iterator[tuple[Number, str]]:
    """The key figures of a view, with what they are called. Sentences and lists have too many that take too long."""
    for one in view.figures if isinstance(view, Figures) else ():
        if one.measure:
            yield number_of(question, one.measure, one.item), one.label


def _explanation(told: pl.DataFrame, anchor: str, page: str, label: str) -> Explanation:
    rows = list(told.iter_rows(named=True))
    parts = {part: [row for row in rows if row["part"] == part] for part in ("value", "rule", "note", "lift")}
    return Explanation(
        anchor,
        page,
        label,
        "; ".join(_value(row) for row in parts["value"]),
        tuple(row["words"] or "" for row in (*parts["rule"], *parts["note"])),
        tuple(_lift(row) for row in parts["lift"]),
    )


def _value(row: Mapping[str, Any]) -> str:
    number = "" if row["kind"] == "text" else to_the_unit(row["value"], row["kind"])
    return " ".join(part for part in (number, row["words"] or "") if part)


def _lift(row: Mapping[str, Any]) -> str:
    amount = "" if row["value"] is None else f": {to_the_unit(row['value'], row['kind'], upwards=True)}"
    if row["kind"] == "date" and day(row["on_date"]) not in (row["words"] or ""):
        amount = f": {day(row['on_date'])} or after"
    return "; ".join(part for part in (f"{row['label']}{amount}", row["words"] or "") if part)
