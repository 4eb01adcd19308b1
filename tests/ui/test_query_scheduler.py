"""Each question once per state, answers of another one never, and Esc also where nothing has been asked yet."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any

import polars as pl
import pytest

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.headlines.overview import overview_headline
from kaptui.panels.spec import Frames, Mode, Scope
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters
from kaptui.screen_specs.data_source import Answer, Reply
from kaptui.screen_specs.overview import sentence
from kaptui.ui.query_scheduler import QueryScheduler
from kaptui.views import Notes
from tests.ui.harness import (
    START,
    Meddler,
    dashboard,
    dashboard_screen,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    table,
    until,
)


async def test_each_question_is_asked_once_per_state_and_by_no_screen_out_of_sight(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app) as pilot:
        assert {question for question, _ in meddler.asked} >= {"portfolio", "attention_reasons", "attention"}
        assert set(Counter(meddler.asked).values()) == {1}  # headline and key figures both need `portfolio`
        meddler.asked.clear()
        await press(pilot, "m")
        assert meddler.asked == [], "the list of all accounts is known: it stands where nobody needs the director"
        await press(pilot, "m")
        await press(pilot, "m")
        assert meddler.asked == []
        await press(pilot, "r")
        assert Counter(meddler.asked)["portfolio", START.where] == 1  # a new state, though the filter is the same

        await press(pilot, "m")
        await press(pilot, "2")
        meddler.asked.clear()
        app.filters = Filters(where="tier:1")
        await press(pilot)
        assert {where for _, where in meddler.asked} == {"tier:1"}
        assert "attention" not in {question for question, _ in meddler.asked}  # only the Overview asks this
        await press(pilot, "1")
        assert ("attention", "tier:1") in meddler.asked


async def test_a_superseded_answer_never_shows(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app) as pilot:
        meddler.held["attention"] = gate = threading.Event()
        app.filters = Filters(where="region:DACH")
        await until(pilot, lambda: ("attention", "region:DACH") in meddler.asked)
        meddler.held.clear()
        app.filters = Filters(where="region:UKI")
        await pilot.pause()
        gate.set()
        await press(pilot)
        wanted = sample_portfolio.ask("attention", Filters(where="region:UKI"))["account_id"].to_list()
        assert table(app).table.frame["account_id"].to_list() == wanted
        assert set(Counter(meddler.asked).values()) == {1}


class Slow:
    """A portfolio whose only question waits; it counts who asks."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.asked: list[str] = []
        self.error: Exception | None = None
        self.quick: set[str] = set()

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """One row, when the gate opens; at once for what is `quick`."""
        self.asked.append(question)
        if question not in self.quick:
            self.gate.wait(10)
        if self.error is not None:
            raise self.error
        return pl.DataFrame({"n": [1]})

    def rows(self, table: str) -> int:
        """Every table has a row."""
        return 1


def taken(answers: QueryScheduler[object], slow: Slow, now: DashboardState, *sources: Mode) -> list[Reply]:
    """What comes of these panels, once nothing is asked any more."""
    panel: Any = object()
    portfolio: Any = slow
    for source in sources:
        answers.take(portfolio, panel, source, now)
    slow.gate.set()
    for _ in range(200):
        if not answers._running:
            break
        time.sleep(0.01)
    return [reply for _, reply in answers.ready()]


def said(frames: Frames, _: Scope) -> Notes:
    """How many frames came."""
    return Notes((str(len(frames)),))


def test_panels_that_need_the_same_share_one_answer_and_none_waits_in_a_thread(sample_portfolio: Portfolio) -> None:
    answers, slow = QueryScheduler[object](lambda _: None), Slow()
    now = apply_filters(sample_portfolio, START)
    answers.begin(now)
    one, both = Mode(("q",), "", said, True), Mode(("q", "r"), "", said, True)
    replies = taken(answers, slow, now, *[one] * 5, both)
    assert sorted(slow.asked) == ["q", "r"]
    views = [reply.outcome.view for reply in replies if isinstance(reply.outcome, Answer)]
    assert sorted(view.lines[0] for view in views if isinstance(view, Notes)) == ["1", "1", "1", "1", "1", "2"]
    frames = {id(reply.outcome.frame) for reply in replies if isinstance(reply.outcome, Answer)}
    assert len(frames) == 1


def test_what_is_ready_is_not_kept_by_what_is_slow(sample_portfolio: Portfolio) -> None:
    told = threading.Event()
    answers, slow = QueryScheduler[object](lambda _: told.set()), Slow()
    now = apply_filters(sample_portfolio, START)
    answers.begin(now)
    slow.quick = {"a"}
    panel: Any = object()
    portfolio: Any = slow
    for name in "abcdef":
        answers.take(portfolio, panel, Mode((name,), "", said, True), now)
    assert told.wait(5)
    assert [reply.source.question for _, reply in answers.ready()] == ["a"]
    slow.gate.set()


def test_what_failed_is_asked_again(sample_portfolio: Portfolio) -> None:
    answers, slow = QueryScheduler[object](lambda _: None), Slow()
    now = apply_filters(sample_portfolio, START)
    answers.begin(now)
    slow.error = KaptuiError("broken", "Mend it.")
    one = Mode(("q",), "", said, True)
    assert [reply.outcome for reply in taken(answers, slow, now, one)] == [slow.error]
    slow.error = None
    assert isinstance(taken(answers, slow, now, one)[0].outcome, Answer)
    assert slow.asked == ["q", "q"]


def test_what_waits_for_its_turn_is_dropped_with_its_state(sample_portfolio: Portfolio) -> None:
    told: list[object] = []
    answers, slow = QueryScheduler[object](told.append), Slow()
    panel: Any = object()
    portfolio: Any = slow
    now = apply_filters(sample_portfolio, START)
    answers.begin(now)
    for name in "abcdef":  # more than are answered at once
        answers.take(portfolio, panel, Mode((name,)), now)
    time.sleep(0.1)
    started = list(slow.asked)
    assert 0 < len(started) < 6
    answers.begin(apply_filters(sample_portfolio, START))
    slow.gate.set()
    assert answers._pool is not None
    answers._pool.shutdown(wait=True)
    assert slow.asked == started
    assert not answers.ready(), "what ran meanwhile answers nobody"


async def test_esc_stops_a_slow_filter_and_keeps_what_is_on_screen(
    sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def held(portfolio: Portfolio, filters: Filters) -> Any:
        if filters.where == "region:DACH":
            gate.wait(10)
        return apply_filters(portfolio, filters)

    monkeypatch.setattr("kaptui.ui.portfolio_session.apply_filters", held)
    meddler = Meddler(sample_portfolio)
    app = dashboard(meddler)
    async with running(app) as pilot:
        assert "Esc Back" not in screen_lines(app)[-1]
        app.filters = Filters(where="region:DACH")
        await until(pilot, lambda: dashboard_screen(app).slow)
        await pilot.pause()
        assert "Esc Back" in screen_lines(app)[-1]
        await pilot.press("escape")
        await until(pilot, lambda: meddler.interrupted)
        gate.set()
        await press(pilot)
        assert meddler.interrupted
        assert app.filters == START
        assert app.state is not None
        assert app.state.filters == START
        assert "[region" not in screen_text(app)
        assert not dashboard_screen(app).slow


async def test_the_first_letter_applies_at_once_and_a_run_of_letters_once_at_its_end(
    sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kaptui.ui.widgets import filter_bar

    clock = [100.0]  # as the filter bar sees it: a slow machine types no slower
    monkeypatch.setattr(filter_bar, "monotonic", lambda: clock[0])
    monkeypatch.setattr(filter_bar, "PAUSE", 3.0)
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        seen: list[str] = []
        app.watch(app, "filters", lambda filters: seen.append(filters.where), init=False)
        await pilot.press("slash")
        for letter in "helv":
            await pilot.press(letter)
            clock[0] += 0.05
        await pilot.pause()
        assert seen == ["h"]
        await until(pilot, lambda: len(seen) > 1)
        await settled(pilot)
        assert seen == ["h", "helv"]


def test_the_headline_counts_serious_reasons_only(sample_portfolio: Portfolio) -> None:
    now = apply_filters(sample_portfolio, START)
    frames = {name: sample_portfolio.ask(name, START) for name in ("portfolio", "attention_reasons")}
    said = sentence(frames, now)
    rows = frames["attention_reasons"].to_dicts()
    assert any(not row["serious"] for row in rows)
    whole = overview_headline(frames["portfolio"].row(0, named=True), rows, now.context, now.accounts)
    assert isinstance(said, Notes)
    assert said.lines == (whole,)


async def test_a_panel_that_waits_no_longer_keeps_nobody_from_going_back(sample_portfolio: Portfolio) -> None:
    """One that is out of sight drops what it asked, though its frame still says that it waits."""
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "0", "g", "j", "j", "enter")
        here = dashboard_screen(app)
        here.panels[0].add_class("-waiting")
        assert not here.slow
        await press(pilot, "escape")
        assert "[0 Brief]" in screen_lines(app)[1]
