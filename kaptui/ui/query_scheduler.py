"""The scheduler of the panels' questions: a few at a time, each once, what is ready together in one frame."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.message import Message

from kaptui.errors import KaptuiError
from kaptui.panels.spec import Mode
from kaptui.screen_specs.data_source import Query, Reply, answer, queries
from kaptui.ui.error_boundary import unexpected_error

if TYPE_CHECKING:
    import polars as pl

    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

AT_ONCE = 2
"""Threads that ask: more of them only wait for each other."""
HOLD = 0.1
"""Seconds that the first answer waits for the others, so that they are drawn together."""
MOST_KEPT = 100

Asker = TypeVar("Asker")
"""Whoever gets the reply: a panel."""


@dataclass(frozen=True, slots=True)
class _Asked(Generic[Asker]):
    asker: Asker
    source: Mode
    state: DashboardState


class QueryScheduler(Generic[Asker]):
    """Asks for the panels in threads of its own; `tell` brings a message to the dashboard from any thread.

    `begin` starts a state: what was asked in another one is forgotten, and dropped where it still waits for its
    turn. Within a state every question is asked once, however many panels need it, and no thread waits for another.
    """

    @dataclass
    class DataReady(Message):
        """There are answers for panels; `complete`: nothing more is being asked."""

        complete: bool

    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._now: DashboardState | None = None
        self._turn = 0
        self._running = 0
        self._ready: list[tuple[Asker, Reply]] = []
        self._kept: dict[tuple[Portfolio, Query], Future[pl.DataFrame]] = {}

    def begin(self, state: DashboardState | None) -> None:
        """From now on only what is asked in this state is answered."""
        with self._lock:
            self._now = state
            self._turn += 1
            self._kept = {}

    def stop(self) -> None:
        """What waits for its turn is not asked any more."""
        with self._lock:
            self._turn += 1

    def close(self) -> None:
        """Answer nobody any more."""
        self.begin(None)
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def take(self, portfolio: Portfolio, asker: Asker, source: Mode, state: DashboardState) -> None:
        """Answer `asker`; that its reply is ready is told with `DataReady`."""
        asked = _Asked(asker, source, state)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="answers")
        with self._lock:
            self._running += 1
            turn = self._turn
            found = {query: self._once(self._pool, portfolio, query) for query in queries(asked.source, asked.state)}
        frames, left, here = _Frames(portfolio, found), set(found.values()), threading.get_ident()

        def came(future: Future[pl.DataFrame]) -> None:
            with self._lock:
                left.discard(future)
                whole = not left
            if whole and threading.get_ident() != here:
                self._work(frames, asked, turn)
            elif whole and turn == self._turn and self._pool is not None:  # known already
                self._pool.submit(self._work, frames, asked, turn)

        for future in set(left):
            future.add_done_callback(came)

    @property
    def waiting(self) -> bool:
        """Whether somebody is being answered, or a reply lies ready that nobody took."""
        with self._lock:
            return self._running > 0 or bool(self._ready)

    def ready(self) -> list[tuple[Asker, Reply]]:
        """The replies that came since last asked, each with the panel it is for."""
        with self._lock:
            ready, self._ready = self._ready, []
        return ready

    def _once(self, pool: ThreadPoolExecutor, portfolio: Portfolio, query: Query) -> Future[pl.DataFrame]:
        """The answer to a question, whoever asked it first. One that failed is asked again the next time."""
        kept, wanted = self._kept, (portfolio, query)
        if wanted not in kept:
            if len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)))
            kept[wanted] = pool.submit(self._ask, portfolio, query, self._turn, partial(kept.pop, wanted, None))
        return kept[wanted]

    # In a thread

    def _ask(self, portfolio: Portfolio, query: Query, turn: int, forget: Callable[[], object]) -> pl.DataFrame:
        try:
            if turn != self._turn:
                raise KaptuiError("stopped", "Ask again.")
            return portfolio.ask(*query)
        except BaseException:
            with self._lock:
                forget()
            raise

    def _work(self, frames: _Frames, asked: _Asked[Asker], turn: int) -> None:
        self._finish(asked, self._reply(frames, asked) if turn == self._turn else None)

    def _finish(self, asked: _Asked[Asker], reply: Reply | None) -> None:
        with self._lock:
            self._running -= 1
            if reply is not None:
                self._ready.append((asked.asker, reply))
            first, last = len(self._ready) == 1 and reply is not None, not self._running and bool(self._ready)
        if first or last:
            self._tell(self.DataReady(complete=last))

    def _reply(self, frames: _Frames, asked: _Asked[Asker]) -> Reply | None:
        source, state = asked.source, asked.state
        if (state.unscoped or state) is not self._now:
            return None
        try:
            return Reply(source, state, answer(frames, source, state))
        except KaptuiError as error:
            return Reply(source, state, error)
        except Exception as error:  # noqa: BLE001 - the worker boundary: a crash of one panel stays in that panel
            return Reply(source, state, unexpected_error(error))


class _Frames:
    """A portfolio that was asked already: it gives the answers that came."""

    def __init__(self, portfolio: Portfolio, found: Mapping[Query, Future[pl.DataFrame]]) -> None:
        self._portfolio, self._found = portfolio, found

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        return self._found[question, filters].result()

    def rows(self, table: str) -> int:
        return self._portfolio.rows(table)
