"""What stands on the pages of a printed pack, as plain data for the template: it lays them out and decides nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kaptui import __version__
from kaptui.pack import charts, first_page
from kaptui.pack.explained import Explanation, Number, Rule, number_of, rules_behind
from kaptui.pack.grid import Line, breakable, grid, is_left, spans
from kaptui.pack.pages import Page, Section, basis, ways_out
from kaptui.pack.scales import Scale
from kaptui.pack.view_html import MONTHS_TOLD, is_wide
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import count, show, width, with_mark
from kaptui.views import (
    Bars,
    Curve,
    Figure,
    Figures,
    MonthBars,
    Notes,
    Scatter,
    Sentences,
    Table,
    Waterfall,
)

Data = dict[str, Any]
"""What the template reads: words, numbers and charts, by names."""

LETTERS: Sequence[str] = ("Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Liberation Sans", "Arial")
"""Fonts of the pages, of which the first that is installed is taken."""
OTHER_LETTERS: Sequence[str] = (
    *(
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "Microsoft YaHei",
        "PingFang SC",
        "WenQuanYi Micro Hei",
    ),
    *("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans"),
    *("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"),
    *("Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro", "Noto Sans Hebrew", "Arial Hebrew"),
    *("Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji", "Noto Emoji"),
)
"""Fonts for what those lack: Chinese, Japanese, Korean, Arabic, Hebrew, emoji. Then any font that has the letter."""
BROAD = 100
"""The width of a table, in letters, from which its page lies on its side."""
MANY = 9
"""Columns below which a wide table has long texts: they are broken into lines, and the page stands upright."""
LONG_TEXT = 22
"""Letters of a text from which its column shares what the others leave."""
MOST = 100
"""Rows of a table at most, as in the pack that a browser opens."""
SIZES = (4.8, 8.5)
"""Points that the letters of a list have at least and at most."""
FIRST_SIZES = (8.0, 9.5)
"""The same on the first page, which is read in half a minute."""
HEAT = ("heatmap", "matrix")
"""Panels whose cells have the ground of their state."""


def board_pages(
    state: DashboardState, screens: Sequence[Page], accounts: Sequence[Page], why: Mapping[Number, Explanation]
) -> Data:
    """The pack of a board: the first of `screens`, what is in the pack, the other screens, the accounts, and `why`."""
    layout = _Pages(state, screens, accounts, why)
    first, *others = screens
    rules = dict.fromkeys(rules_behind((*screens, *accounts)).values())
    pages = [layout.page(first), _contents(screens, accounts, state, bool(why or rules))]
    pages += [layout.page(one) for one in (*others, *accounts)]
    pages += [_appendix(why.values(), rules, state)] if why or rules else []
    return _document(f"{state.file}: board pack", state, pages)


def brief_page(state: DashboardState, page: Page) -> Data:
    """One account's page as a document of its own."""
    return _document(f"{page.title}: {state.file}", state, [_Pages(state, (), (page,), {}).page(page)])


def _document(title: str, state: DashboardState, pages: Sequence[Data]) -> Data:
    return {
        "title": breakable(title),
        "file": breakable(state.file),
        "made_by": f"kaptui {__version__}",
        "fonts": [*LETTERS, *OTHER_LETTERS],
        "pages": list(pages),
    }


def _head(page_id: str, title: str, asks: str, headline: Notes, basis_words: str) -> Data:
    return {
        "id": page_id,
        "title": breakable(title),
        "asks": breakable(asks),
        "said": [breakable(line) for line in headline.lines if line.strip()],
        "basis": breakable(basis_words),
        "notes": [],
        "rows": [],
        "entries": [],
        "told": [],
        "sources": "",
        "broad": False,
    }


def _contents(screens: Sequence[Page], accounts: Sequence[Page], state: DashboardState, why: bool) -> Data:
    head = _head("contents", "Contents", "", Notes(()), basis(state, of_account=False))
    groups = [{"title": "", "entries": list(map(_entry, screens))}]
    groups += [{"title": count("account", len(accounts)), "entries": list(map(_entry, accounts))}] if accounts else []
    more = {"id": "why", "title": "Why these numbers", "said": ""}
    groups += [{"title": "Appendix", "entries": [more]}] if why else []
    return {
        **head,
        "notes": [breakable(f"{line[:1].upper()}{line[1:]}") for line in state.lacks],
        "entries": groups,
    }


def _entry(page: Page) -> Data:
    said = page.headline.lines[0] if page.headline.lines else ""
    return {"id": page.anchor, "title": breakable(page.title), "said": breakable(said)}


def _appendix(told: Iterable[Explanation], rules: Iterable[Rule], state: DashboardState) -> Data:
    """Why the key figures are what they are, then the rules of all other numbers, each once."""
    head = _head("why", "Why these numbers", "", Notes(()), basis(state, of_account=False))
    plain_rules = (Explanation(one.anchor, "", ", ".join(one.names), "", (one.text,), ()) for one in rules)
    return {**head, "told": list(map(_told, (*told, *plain_rules)))}


def _told(one: Explanation) -> Data:
    return {
        "id": one.anchor,
        "title": breakable(f"{one.page}: {one.label}" if one.page else one.label),
        "value": breakable(one.value),
        "rules": [breakable(line) for line in one.rules if line.strip()],
        "lifts": [breakable(line) for line in one.lifts],
    }


class _Pages:
    """The pages of one document: where names and numbers lead, and who is called how."""

    def __init__(
        self,
        state: DashboardState,
        screens: Iterable[Page],
        accounts: Iterable[Page],
        why: Mapping[Number, Explanation],
    ) -> None:
        self._state = state
        self._screens = {one.anchor for one in screens}
        self._anchors = {one.account: one.anchor for one in accounts}
        self._why = why
        self._names = {str(key): str(name) for key, name in state.account_card.select("account_id", "name").iter_rows()}

    def page(self, page: Page) -> Data:
        """One page: its head, its panels in rows of one or two, its foot."""
        state = self._state
        head = _head(page.anchor, page.title, page.asks, page.headline, basis(state, of_account=bool(page.account)))
        own = {key: to for key, to in self._anchors.items() if key != page.account}
        drawn = [self._panel(one, own, {} if page.account else self._why) for one in page.sections]
        return {
            **head,
            "notes": [] if drawn else [breakable(line) for line in ways_out(state)],
            "rows": list(_in_rows(drawn)),
            "sources": ", ".join(page.sources),
            "broad": any(
                one["letters"] > BROAD and len(one["heads"]) >= MANY for one in drawn if one["kind"] == "table"
            ),
        }

    def _panel(self, one: Section, anchors: Mapping[str, str], why: Mapping[Number, Explanation]) -> Data:
        heat = one.id.rpartition("-")[2] in HEAT
        data: Data = {
            "title": breakable(one.title),
            "compared": breakable(one.compared),
            "legend": breakable(one.legend),
            "question": one.question,
            "heat": heat,
            "wide": is_wide(one.view),
            "letters": 0,
            "fresh": one.id == first_page.IN_FULL,
            "sizes": list(FIRST_SIZES if one.id in first_page.LISTS else SIZES),
            "caption": "" if isinstance(one.view, Notes | Figures) else breakable(one.view.caption),
        }
        data |= self._view(one, anchors, why)
        data["wide"] = data["wide"] or data["letters"] > BROAD // 2
        return data

    def _view(self, one: Section, anchors: Mapping[str, str], why: Mapping[Number, Explanation]) -> Data:  # noqa: PLR0911
        match one.view:
            case Notes() as view:
                return {"kind": "notes", "lines": [breakable(line) for line in view.lines if line.strip()]}
            case Figures() as view:
                return {"kind": "figures", "figures": [_figure(each, one.question, why) for each in view.figures]}
            case Table() as view:
                return _table(view, anchors, self._screens)
            case Sentences() as view:
                return {"kind": "sentences", "lines": list(self._sentences(view, anchors))}
            case Bars() as view:
                spans = [charts.span(each, view.low, view.high) for each in view.bars]
                return {"kind": "bars", "bars": list(map(_bar, view.bars, spans)), "zero": None}
            case Waterfall() as view:
                levels = [level for each in view.steps for level in (each.start, each.end)]
                scale = Scale.over(levels, 0, 100, zero=True)
                return {
                    "kind": "bars",
                    "bars": [_bar(each, charts.hangs(each, scale)) for each in view.steps],
                    "zero": scale.at(0.0),
                }
            case Curve() as view:
                return {"kind": "chart", "svg": for_paper(charts.curve(view, self._names)), "months": None}
            case Scatter() as view:
                return {"kind": "chart", "svg": for_paper(charts.scatter(view, {})), "months": None}
            case MonthBars() as view:
                return {"kind": "chart", "svg": for_paper(charts.months(view)), "months": _months(view)}

    def _sentences(self, view: Sentences, anchors: Mapping[str, str]) -> Iterator[Data]:
        for one in view.lines:
            yield {
                "label": breakable(one.label),
                "mark": breakable(with_mark(one.mark, one.state)) if one.mark else "",
                "state": one.state,
                "text": breakable(one.text),
                "to": anchors.get(one.account) or (one.screen if one.screen in self._screens else ""),
            }


def _in_rows(panels: Sequence[Data]) -> Iterator[list[Data]]:
    """A wide panel in a row of its own; a narrow one with the next that is narrow beside it."""
    left = list(panels)
    while left:
        first = left.pop(0)
        beside = None if first["wide"] else next((one for one in left if not one["wide"]), None)
        if beside is not None:
            left = [one for one in left if one is not beside]
        yield [first] if beside is None else [first, beside]


def _figure(one: Figure, question: str, why: Mapping[Number, Explanation]) -> Data:
    told = why.get(number_of(question, one.measure, one.item)) if one.measure else None
    return {
        "label": breakable(one.label),
        "value": breakable(with_mark(one.value, one.state)),
        "state": one.state,
        "note": breakable(one.note),
        "trend": for_paper(charts.sparkline(one.trend, one.around_zero)),
        "to": told.anchor if told else "",
    }


def _bar(one: Any, span: tuple[float, float] | None) -> Data:
    """A bar or a step: its label, its track in hundredths, its number with its mark, its note."""
    first, last = span or (0.0, 0.0)
    return {
        "label": breakable(one.label),
        "from": min(first, last),
        "long": abs(last - first) if span else 0.0,
        "text": breakable(with_mark(one.text, one.state)),
        "state": one.state,
        "note": breakable(one.note),
    }


def _table(view: Table, anchors: Mapping[str, str], screens: Collection[str]) -> Data:
    shown = grid(view, MOST)
    heads = [breakable(one.label) for one in shown.columns]
    rows = [line for line in shown.lines if not spans(line)]
    longest = [max((width(line.cells[at].text) for line in rows), default=0) for at in range(len(shown.columns))]
    longest = [max(most, max(map(len, head.split()), default=0)) for most, head in zip(longest, heads, strict=True)]
    room = [round(min(most, LONG_TEXT + (most - LONG_TEXT) / 4) + 1.6, 1) for most in (min(x, 60) for x in longest)]
    return {
        "kind": "table",
        "subtitle": breakable(view.title),
        "heads": heads,
        "left": [is_left(one) for one in shown.columns],
        "room": room,
        "long": [most > LONG_TEXT for most in longest],
        "lines": [_line(one, anchors, screens) for one in shown.lines],
        "left_out": shown.left_out,
        "letters": sum(room),
    }


def _line(one: Line, anchors: Mapping[str, str], screens: Collection[str]) -> Data:
    cells = [
        [
            breakable(each.text),
            each.state,
            anchors.get(each.account, "") or (each.screen if each.screen in screens else ""),
        ]
        for each in one.cells
    ]
    return {"role": one.role, "cells": cells, "spans": spans(one)}


def _months(view: MonthBars) -> Data:
    """The last months in numbers: paper cannot be pointed at."""
    heads = ("Month", *view.line_labels, f"{view.bar_label}, {view.unit}" if view.unit else view.bar_label)
    months = view.months[-MONTHS_TOLD:]
    rows = [[one.label, *(show(amount, view.kind) for amount in (*one.lines, one.bar))] for one in months]
    return {"heads": [breakable(one) for one in heads], "rows": [[breakable(word) for word in row] for row in rows]}


def for_paper(chart: str) -> str:
    """A chart as a picture of its own: with its rules of style in it, colours as such."""
    if not chart:
        return ""
    families = ", ".join(f"'{one}'" for one in (*LETTERS, *OTHER_LETTERS))
    style = f"<style>text {{ font-family: {families}; }} {_rules()}</style>"
    start, end = chart.split(">", 1)
    named = start.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{named}>{style}{end}".translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})


def _rules() -> str:
    folder = Path(__file__).parent
    page, rules = ((folder / name).read_text(encoding="utf-8") for name in ("pack.css", "charts.css"))
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", page))
    return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found.group(1)], rules)
