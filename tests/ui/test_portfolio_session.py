"""The session with a portfolio, without a dashboard: what it opens, asks, tells and closes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message

from kaptui.errors import Exit, KaptuiError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.file_watcher import FileWatcher
from kaptui.ui.portfolio_session import PortfolioSession
from tests.ui.harness import START, Meddler


class Recorder:
    """Takes what a session tells; its work is done at once."""

    def __init__(self, opener: Callable[[], Any], path: Path | None = None) -> None:
        self.told: list[Message] = []
        self.groups: list[str] = []
        self.session = PortfolioSession(opener, path, self.told.append, self._start)

    def _start(self, group: str, work: Callable[[], None]) -> None:
        self.groups.append(group)
        work()

    @property
    def last(self) -> Any:
        """What was told last."""
        return self.told[-1]


class Closing(Meddler):
    """Knows whether it was closed."""

    closed = False

    def close(self) -> None:
        self.closed = True


def opened(*portfolios: Any) -> Recorder:
    """A session that reads these, one after the other; the first is taken."""
    left = list(portfolios)
    recorder = Recorder(lambda: left.pop(0))
    recorder.session.listen()
    recorder.session.begin()
    recorder.session.take(recorder.last.portfolio)
    return recorder


def test_nothing_can_be_asked_before_a_file_is_open() -> None:
    session = Recorder(lambda: None).session
    assert session.waits_for(START, None) == {"the file": True, "the filter": False}
    with pytest.raises(KaptuiError, match="no file is open"):
        session.ask("attention", START)
    with pytest.raises(KaptuiError, match="no file is open"):
        session.explain("attention.revenue", START, "A1", "")


def test_a_filter_is_applied_or_rejected_and_only_the_last_one(sample_portfolio: Portfolio) -> None:
    recorder = opened(Meddler(sample_portfolio))
    session, former = recorder.session, Filters("region:DACH")
    session.apply(former)
    applied = recorder.last
    assert isinstance(applied, PortfolioSession.FiltersApplied)
    assert applied.state.filters == former
    assert not any(session.waits_for(former, applied.state).values())
    wrong = Filters("nofield:x")
    session.apply(wrong)
    rejected = recorder.last
    assert isinstance(rejected, PortfolioSession.FiltersRejected)
    assert session.waits_for(wrong, applied.state)["the filter"]
    session.reject(wrong)
    assert not session.waits_for(wrong, applied.state)["the filter"]
    assert session.ask("attention", START).height


def test_a_filter_that_another_one_followed_is_not_worked_out(sample_portfolio: Portfolio) -> None:
    work: list[Callable[[], None]] = []
    told: list[Message] = []
    session = PortfolioSession(lambda: sample_portfolio, None, told.append, lambda _, each: work.append(each))
    session.listen()
    session.take(sample_portfolio)
    session.apply(Filters("region:DACH"))
    session.apply(START)
    for each in work:
        each()
    assert [one.state.filters for one in told if isinstance(one, PortfolioSession.FiltersApplied)] == [START]


def test_a_file_read_again_is_asked_and_the_former_one_closed_later(sample_portfolio: Portfolio) -> None:
    first, second = Closing(sample_portfolio), Closing(sample_portfolio)
    recorder = opened(first, second)
    session = recorder.session
    session.refresh()
    session.take(recorder.last.portfolio)
    assert session.portfolio is second  # type: ignore[comparison-overlap]
    assert not first.closed, "what is on screen came from it"
    session.close_former()
    assert (first.closed, second.closed) == (True, False)
    session.close()
    assert second.closed
    assert session.portfolio is None


def test_a_file_that_cannot_be_read_is_an_error_at_first_and_a_remark_later(sample_portfolio: Portfolio) -> None:
    busy = KaptuiError("in use", exit_code=Exit.BUSY)
    session = Recorder(lambda: None).session
    session.fail(busy)
    assert session.open_error is busy
    assert not any(session.waits_for(START, None).values())
    session = opened(Meddler(sample_portfolio)).session
    session.fail(busy)
    assert session.open_error is None
    assert session.file_problem.endswith("file busy, r retries")
    session.take(sample_portfolio)
    assert session.file_problem == ""


def test_what_is_read_at_first_is_told_once_somebody_listens(sample_portfolio: Portfolio) -> None:
    recorder = Recorder(lambda: Meddler(sample_portfolio))
    session = recorder.session
    before = set(threading.enumerate())
    session.begin()
    session.refresh()
    assert recorder.told == []
    session.listen()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
    assert [type(one) for one in recorder.told] == [FileWatcher.Opened], "and it is read only once"


def test_whoever_left_is_told_nothing(sample_portfolio: Portfolio) -> None:
    portfolio = Closing(sample_portfolio)
    recorder = opened(portfolio)
    told = list(recorder.told)
    recorder.session.leave()
    recorder.session.refresh()
    recorder.session.apply(START)
    recorder.session.prepare(START, ())
    assert recorder.told == told
    assert portfolio.interrupted
