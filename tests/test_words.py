"""One word for one thing, in everything that can be shown: the table of banned synonyms, and headings that are unique.

What is read is collected without an app: the panels of every screen over the sample in full and in part, their titles,
headings and captions, the headlines, what `w` says, help, palette and legend, and the text of the command line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import polars as pl
import pytest

from kaptui.account_page import HEADLINE, TABS
from kaptui.cli import account_text, text
from kaptui.errors import NoRule
from kaptui.filters import Context, Filters
from kaptui.panels import PANELS
from kaptui.panels.base import named_by_basis
from kaptui.panels.spec import Mode, PanelSpec
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import measures
from kaptui.resources import queries_dir
from kaptui.screen_specs.data_source import without_moves
from kaptui.text import words
from kaptui.ui import palette
from kaptui.ui.keys import KEYS
from kaptui.ui.screen_factory import SCREENS
from kaptui.ui.screens.help import LIGHTS, READING
from kaptui.ui.widgets.header import money_words, short_money
from kaptui.ui.widgets.table.table_layout import text_of
from kaptui.views import Bars, Column, Curve, Figures, MonthBars, Notes, Scatter, Table, View, Waterfall
from tests.reference.shelf import Shelf

BANNED = {
    r"\binternal\b": "inside",
    r"\bexternal\b": "at customer",
    r"\boutside,|\boutside$|\bOutside\b": "at customer",
    r"(^|[,:|] )at the customer\b": "at customer",
    r"\bstale\b": "silent",
    r"\buncovered\b": "open",
    r"\bsponsor late\b": "silent",
    r"anybody live|nobody live|without a live sponsor on": "no live sponsor",
    r"\borphans?\b": "leaving",
    r"about to (lose|leave)": "leaving",
    r"\bover limit\b(?!$)|too many accounts": "over the limit",
    r"empty growth|growing without profit|R up": "revenue up, profit down",
    r"at stake": "to programme margin",
    r"\bCTS\b|P/R": "cost to serve, profit index",
    r"\bTTM\b|\bYTD\b|\bttm\b(?!,)|trailing twelve": "12 months to ...",
    r"year to date": "since January",
    r"!!|\| \d|\d+w\b|[-+]\d+(\.\d+)? p\b": "its own word",
}
"""A synonym, or a sign that does not explain itself -> the one word for it."""

HARDLY_ANYTHING = {"account": "account_id,name\nKA002,Alpha\n"}
"""A file without a fact: what stands where numbers should."""
FREE = ("note", "evidence", "name", "path")
"""Columns that hold text of the file."""


@dataclass(frozen=True)
class Said:
    """What the panels are about, as a screen would say it."""

    context: Context
    filters: Filters
    accounts: int = 48
    matching: int = 48
    filtered: bool = True


def specs() -> Iterator[tuple[str, PanelSpec]]:
    """Every panel of every screen, and those of the account page."""
    for place in SCREENS.values():
        module, _, name = place.partition(":")
        screen = getattr(import_module(module), name)
        yield from ((name, spec) for spec in (screen.headline, *screen.specs))
    yield "Account", HEADLINE
    yield from (("Account", part) for tab in TABS for part in tab.parts)


def modes(spec: PanelSpec) -> list[Mode]:
    """Every way a panel shows itself, in every grouping."""
    return list(dict.fromkeys((*spec.modes, *(mode for some in spec.groupings for mode in some))))


class Shown:
    """What every mode of every panel shows of one file; each question is asked once."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._frames: dict[tuple[str, Filters], pl.DataFrame] = {}
        self.context = portfolio.context(Filters())
        self.screens = [
            (screen, spec, mode, self._drawn(mode, Filters(where="account_id:KA002" if screen == "Account" else "")))
            for screen, spec in specs()
            for mode in modes(spec)
        ]
        self.panels = [(panel, panel.view(self._ask(name, Filters()), self.context)) for name, panel in PANELS.items()]

    def _ask(self, question: str, filters: Filters) -> pl.DataFrame:
        if (question, filters) not in self._frames:
            self._frames[question, filters] = self._portfolio.ask(question, filters)
        return self._frames[question, filters]

    def _drawn(self, mode: Mode, filters: Filters) -> View:
        frames = {question: self._ask(question, filters) for question in mode.questions}
        frames |= {without_moves(question): self._ask(question, filters) for question in mode.before}
        own, panel = frames[mode.question], PANELS[mode.question]
        missing = [table for table in panel.source_tables if not self._portfolio.rows(table)]
        rests_on = self._ask(mode.rests_on, filters) if mode.rests_on else own
        if mode.draw is not None and (mode.says_without_rows or (rests_on.height and not missing)):
            return mode.draw(frames, Said(self.context, filters))
        return panel.view(own, self.context, missing)


@pytest.fixture(scope="module", params=["sample", "hardly anything"])
def shown(request: pytest.FixtureRequest, remembered_sample: Portfolio, shelf: Shelf) -> Shown:
    return Shown(remembered_sample if request.param == "sample" else shelf.portfolio(HARDLY_ANYTHING))


def columns_of(view: Table) -> tuple[Column, ...]:
    return (*view.columns, *view.more)


def texts(view: View) -> Iterator[str]:  # noqa: PLR0912 - one branch for each kind of view
    """Everything that stands in a view, without what the file itself says."""
    match view:
        case Notes():
            yield from view.lines
        case Figures():
            for figure in view.figures:
                yield from (figure.label, figure.value, figure.note)
        case Bars():
            for bar in view.bars:
                yield from (bar.label, bar.text, bar.note)
        case Waterfall():
            for step in view.steps:
                yield from (step.label, step.text)
        case Table():
            yield from (column.label for column in columns_of(view))
            yield view.title
            shown = [column for column in columns_of(view) if column.name not in FREE]
            for row in view.frame.head(60).iter_rows(named=True):
                yield from (text_of(column, row) for column in shown)
            for words_by_column in (*view.foot, *(one.texts for one in view.subtotals)):
                yield from words_by_column.values()
        case Curve():
            yield from (view.x_title, view.y_title, *view.notes)
        case MonthBars():
            yield from (view.bar_label, *view.line_labels)
        case Scatter():
            for corner in view.corners:
                yield from (corner.label, corner.note)
    yield getattr(view, "caption", "")


def wrong(said: str) -> list[str]:
    """The banned words in a text, each with the word for it."""
    return [
        f"{found[0]!r} -> {word}: {said[:90]}" for banned, word in BANNED.items() if (found := re.search(banned, said))
    ]


def test_panels_headlines_and_titles(shown: Shown) -> None:
    found: set[str] = set()
    for screen, spec, mode, view in shown.screens:
        said = [mode.title, mode.description, spec.short, *texts(view)]
        found |= {f"{screen} {mode.title}: {one}" for line in said for one in wrong(line)}
    for panel, view in shown.panels:
        said = [panel.title, panel.description, panel.when_empty, *texts(view)]
        found |= {f"{panel.name}: {one}" for line in said for one in wrong(line)}
    assert "\n".join(sorted(found)) == ""


ITEMS = ("", "TOP", "external", "all|all|external", "LIN", "2026-09-01")
"""What an explanation may be asked about: a factor, a side, a side of a group, a leader, a month."""


OF_SIDES = ("side_status", "coverage", "cover_count", "suggested", "standing", "mechanism", "load", "touches_made")
"""What says how sides stand."""


def test_explanations(remembered_sample: Portfolio) -> None:
    found: set[str] = set()
    for measure in {each.name: each for each in measures().values()}:
        for item in ITEMS if measure in OF_SIDES else ITEMS[:1]:
            if (measure == "cover_count") != ("|" in item):
                continue
            with suppress(NoRule):
                rows = remembered_sample.explain(measure, Filters(), "KA002", item).to_dicts()
                said = [str(row[part] or "") for row in rows for part in ("label", "words")]
                found |= {f"{measure}: {one}" for line in said for one in wrong(line)}
    assert "\n".join(sorted(found)) == ""


FILTER = re.compile(r"[-\w]+[:<>=]\S*( [-\w]+[:<>=]\S*)*")
"""Text in the filter language keeps the codes of the data."""


def test_sentences_in_the_sql() -> None:
    """What no row of the sample leads to: every literal of more than one word."""
    found: set[str] = set()
    for path in (*(queries_dir() / "explain").glob("*.sql"), *(queries_dir() / "model").glob("*.sql")):
        sql = re.sub(r"(?m)--.*$|^comment on [^;]+;", "", path.read_text(encoding="utf-8"))
        said = [
            one
            for one in re.findall(r"'((?:[^']|'')*)'", sql)
            if " " in one.strip() and "^" not in one and not FILTER.fullmatch(one)
        ]
        found |= {f"{path.stem}: {one}" for line in said for one in wrong(line)}
    assert "\n".join(sorted(found)) == ""


def test_keys_help_palette_and_line_1(remembered_sample: Portfolio) -> None:
    context = remembered_sample.context(Filters())
    ytd = remembered_sample.context(Filters(window="ytd"))
    said: list[str] = [words.MARKS, LIGHTS, *READING]
    said += [part for key in KEYS for part in (key.label, key.help)]
    said += [one.label for one in palette.settings(context, lambda *_: None)]
    said += [write(one) for write in (money_words, short_money) for one in (context, ytd)]
    assert "\n".join(one for line in said for one in wrong(line)) == ""


def test_text_output(remembered_sample: Portfolio) -> None:
    said = text.overview(remembered_sample, Filters()) + text.remarks(remembered_sample, Filters(window="ytd"))
    for account in ("KA002", "KA001", "KA013"):
        said += account_text.page(remembered_sample, account, Filters())
    assert "\n".join(one for line in said for one in wrong(line)) == ""


def test_headings_are_unique(shown: Shown) -> None:
    """No two columns of a list share a heading: neither the whole ones nor, where there is no room, the short ones."""
    views = {f"{screen} {mode.title}": view for screen, _, mode, view in shown.screens}
    views |= {panel.name: view for panel, view in shown.panels}
    hows = (shown.context, replace(shown.context, basis="gross"))
    twice = {f"{name}: {head}" for name, view in views.items() for how in hows for head in _twice(view, how)}
    assert "\n".join(sorted(twice)) == ""


def _twice(view: View, context: Context) -> list[str]:
    if not isinstance(view, Table):
        return []
    named: Any = named_by_basis(view, context)
    found = []
    for short in (False, True):
        labels = [(short and one.short) or one.label for one in columns_of(named)]
        heads = Counter(label.strip().lower() for label in labels)
        found += [head for head, times in heads.items() if times > 1]
    return found


def test_the_sql_says_the_same_words(remembered_sample: Portfolio) -> None:
    """The macros of the model and the table in Python are one table."""
    rows = remembered_sample.ask("sponsorship_coverage", Filters()).unique(["side", "status"]).to_dicts()
    assert {row["side"] for row in rows} == set(words.SIDES)
    assert {row["status"] for row in rows} == set(words.STATUSES)
    for row in rows:
        told = remembered_sample.explain("sponsorship_coverage.status", Filters(), row["account_id"], row["side"])
        (value,) = told.filter(told["part"] == "value").to_dicts()
        assert value["label"] == words.side_words(row["side"]).capitalize()
        assert value["words"].partition(":")[0] == words.status_words(row["status"])


def test_a_factor_is_called_by_the_words_that_fit() -> None:
    assert words.factor_words("Long horizon, living plan", "LON") == "Long horizon"
    assert words.factor_words("Anchored at the top", "TOP", 12) == "Anchored"
    assert words.factor_words("Team and customer in the plan", "TEA") == "Team and customer"
    assert words.factor_words("Überlebensfähigkeitsprüfung", "U", 12) == "U"
    assert words.factor_words(None, "TOP") == words.factor_words("", "TOP") == "TOP"


def test_the_table_finds_what_it_bans() -> None:
    """A table that matches nothing would find nothing."""
    assert all(
        wrong(one)
        for one in ("internal side", "60 | 63w", "-11.5 p", "EUR contr. TTM", "!!!!!", "5 leaders over limit now")
    )
