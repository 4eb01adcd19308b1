"""The session with a portfolio: its file is read, watched, read again and closed; whoever shows it asks here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from kaptui.common.threads import OPENER
from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters
from kaptui.ui.error_boundary import unexpected_error
from kaptui.ui.file_watcher import FileWatcher, file_problem
from kaptui.ui.process import look_ahead

if TYPE_CHECKING:
    import polars as pl

    from kaptui.portfolio import Portfolio

Start = Callable[[str, Callable[[], None]], object]
"""Runs work in a thread of the group of this name."""
IN_THE_BACKGROUND = ("ahead", "watch", "first start")
"""Groups of threads whose work nobody waits for."""


class PortfolioSession:
    """One file, from the first look at it to the last: `portfolio` is what was read of it, None till then.

    `open_error` is why there is none; `file_problem` says in a few words why what is on disk now cannot be read,
    while the portfolio read before is still asked; `watched` is whether changes on disk are looked for. It works in
    threads that `start` runs, and tells by messages that `post` brings to the dashboard: `FileWatcher.Opened`,
    `FileWatcher.OpenFailed`, `FiltersApplied` and `FiltersRejected`. Nothing is told before `listen` or after `leave`.
    """

    @dataclass
    class FiltersApplied(Message):
        """A filter holds; `state` is what it came to."""

        state: DashboardState

    @dataclass
    class FiltersRejected(Message):
        """A filter does not hold: an unknown field, an impossible date."""

        filters: Filters
        error: KaptuiError

    def __init__(
        self,
        opener: Callable[[], Portfolio],
        path: Path | None,
        post: Callable[[Message], object],
        start: Start,
    ) -> None:
        self._post, self._start = post, start
        self._watcher = FileWatcher(opener, path, self.post)
        self.watched = path is not None
        self.portfolio: Portfolio | None = None
        self.open_error: KaptuiError | None = None
        self.file_problem = ""
        self._former: list[Portfolio] = []
        self._wanted: Filters | None = None
        self._rejected: Filters | None = None
        self._read_at = datetime.now()
        self._listening = threading.Event()
        self._left = False

    # Reading

    def begin(self) -> None:
        """Read the file for the first time, in a thread that nobody waits for who leaves meanwhile."""
        threading.Thread(target=self._watcher.read, name=OPENER, daemon=True).start()

    def refresh(self) -> None:
        """Read the file, again."""
        self._start("open", self._watcher.read)

    def look(self) -> None:
        """Read the file again if it has changed."""
        self._start("watch", self._watcher.look)

    def prepare(self, filters: Filters, modules: Iterable[str], then: Callable[[], object] = lambda: None) -> None:
        """Import `modules`, build what will be asked for next and keep it, in the background; `then` goes on there."""
        if self.portfolio is not None and not self._left:
            self._start("ahead", partial(look_ahead, self.portfolio, filters, modules, then))

    def take(self, portfolio: Portfolio) -> None:
        """From now on this portfolio is asked; the one before it stays open until `close_former`."""
        if self.portfolio is not None and self.portfolio is not portfolio:
            self._former.append(self.portfolio)
        self.portfolio, self.open_error, self.file_problem = portfolio, None, ""
        self._read_at = datetime.now()

    def fail(self, error: KaptuiError) -> None:
        """The file cannot be read: what was read before is still asked, where there is any."""
        if self.portfolio is None:
            self.open_error = error
            return
        again = "retrying" if self.watched else "r retries"
        self.file_problem = f"copy of {self._read_at:%H:%M}, {file_problem(error)}, {again}"

    # Asking

    def apply(self, filters: Filters) -> None:
        """Work out what these filters come to, in a thread; those before them are not wanted any more."""
        self._wanted, self._rejected = filters, None
        if self.portfolio is not None:
            self._start("filters", partial(self._apply, self.portfolio, filters))

    def _apply(self, portfolio: Portfolio, filters: Filters) -> None:
        if self._left or filters != self._wanted:
            return
        try:
            self.post(self.FiltersApplied(apply_filters(portfolio, filters)))
        except KaptuiError as error:
            self.post(self.FiltersRejected(filters, error))
        except Exception as error:  # noqa: BLE001 - the worker boundary
            self.post(self.FiltersRejected(filters, unexpected_error(error)))

    def reject(self, filters: Filters) -> None:
        """These filters do not hold: nobody waits for them."""
        self._rejected = filters

    def waits_for(self, filters: Filters, state: DashboardState | None) -> dict[str, bool]:
        """What is awaited, in words, each with whether it is; `state` is what is on screen."""
        settled = state is not None and state.filters == filters
        return {
            "the file": self.portfolio is None and self.open_error is None,
            "the filter": self.portfolio is not None and not settled and self._rejected != filters,
        }

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to a question; in a thread. KaptuiError: there is none."""
        return self._opened().ask(question, filters)

    def explain(self, measure: str, filters: Filters, account_id: str, item: str) -> pl.DataFrame:
        """Why a number is what it is; in a thread. KaptuiError: nothing says so."""
        return self._opened().explain(measure, filters, account_id, item)

    def _opened(self) -> Portfolio:
        if self.portfolio is None:
            raise KaptuiError("no file is open", "r reads it again.")
        return self.portfolio

    def interrupt(self) -> None:
        """Stop the queries that run."""
        if self.portfolio is not None:
            self.portfolio.interrupt()

    # Telling

    def listen(self) -> None:
        """From now on there is a dashboard to be told."""
        self._listening.set()

    def post(self, message: Message) -> None:
        """Bring a message to the dashboard, from any thread; it waits until there is one."""
        self._listening.wait()
        if not self._left:
            self._post(message)

    # Closing

    def close_former(self) -> None:
        """Let go of the portfolios that nothing on screen comes from any more."""
        for portfolio in self._former:
            portfolio.close()
        self._former = []

    def leave(self) -> None:
        """Stop what runs: the reader leaves. `close` waits for it to be done."""
        self._left = self._watcher.left = True
        if self.portfolio is not None:
            self.portfolio.interrupt()
            # else whoever waits for his turn would begin a query now
            threading.Thread(target=self.portfolio.close, daemon=True).start()

    def close(self) -> None:
        """Let the file go."""
        self._left = self._watcher.left = True
        self._listening.set()
        self.close_former()
        if self.portfolio is not None:
            self.portfolio.close()
        self.portfolio = None
