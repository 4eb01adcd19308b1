"""Who answers the panels: a few at a time, each question once, what is ready together in one frame."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from textual.message import Message

from kaptui.errors import KaptuiError
from kaptui.ui.asking import Reply, answer, crashed
from kaptui.ui.messages import Asked, Replied

if TYPE_CHECKING:
    import polars as pl

    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio
    from kaptui.ui.situation import Situation
    from kaptui.ui.widgets.panel_card import PanelCard

AT_ONCE = 2
"""Threads that ask: more of them only wait for each other."""
HOLD = 0.1
"""Seconds that the first answer waits for the others, so that they are drawn together."""
MOST_KEPT = 100


class Answers:
    """Asks for the panels in threads of its own; `tell` brings a message to the dashboard from any thread.

    `begin` starts a situation: what was asked in another one is forgotten, and dropped where it still waits for its
    turn. Within a situation every question is asked once, however many panels need it, one of them after the other.
    """

    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._now: Situation | None = None
        self._turn = 0
        self._running = 0
        self._ready: list[tuple[PanelCard, Reply]] = []
        self._kept: dict[tuple[Portfolio, str, Filters], Future[pl.DataFrame]] = {}

    def begin(self, situation: Situation | None) -> None:
        """From now on only what is asked in this situation is answered."""
        with self._lock:
            self._now = situation
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

    def take(self, portfolio: Portfolio, asked: Asked) -> None:
        """Answer a panel; the reply comes with `Replied`."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="answers")
        with self._lock:
            self._running += 1
            turn = self._turn
        self._pool.submit(self._work, portfolio, asked, turn)

    def ready(self) -> list[tuple[PanelCard, Reply]]:
        """The replies that came since last asked, each with the panel it is for."""
        with self._lock:
            ready, self._ready = self._ready, []
        return ready

    # In a thread

    def _work(self, portfolio: Portfolio, asked: Asked, turn: int) -> None:
        reply = self._reply(portfolio, asked) if turn == self._turn else None
        with self._lock:
            self._running -= 1
            if reply is not None:
                self._ready.append((asked.card, reply))
            first, last = len(self._ready) == 1 and reply is not None, not self._running and bool(self._ready)
        if first or last:
            self._tell(Replied(whole=last))

    def _reply(self, portfolio: Portfolio, asked: Asked) -> Reply | None:
        source, situation = asked.source, asked.situation
        if (situation.whole or situation) is not self._now:
            return None
        try:
            return Reply(source, situation, answer(_Once(self, portfolio), source, situation))
        except KaptuiError as error:
            return Reply(source, situation, error)
        except Exception as error:  # noqa: BLE001 - the worker boundary: a crash of one panel stays in that panel
            return Reply(source, situation, crashed(error))

    def once(self, portfolio: Portfolio, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to a question, from whoever asked it first. One that failed is asked again the next time."""
        wanted = portfolio, question, filters
        own: Future[pl.DataFrame] = Future()
        with self._lock:
            kept = self._kept
            if len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)))
            found = kept.setdefault(wanted, own)
        if found is own:
            try:
                own.set_result(portfolio.ask(question, filters))
            except BaseException as error:
                with self._lock:
                    kept.pop(wanted, None)
                own.set_exception(error)
                raise
        return found.result()


class _Once:
    """A portfolio that is asked by way of `Answers`."""

    def __init__(self, answers: Answers, portfolio: Portfolio) -> None:
        self._answers, self._portfolio = answers, portfolio

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        return self._answers.once(self._portfolio, question, filters)

    def rows(self, table: str) -> int:
        return self._portfolio.rows(table)
