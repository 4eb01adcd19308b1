"""A portfolio asked from the command line: opened, asked in a thread, closed."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kaptui.cli import console
from kaptui.common import endings
from kaptui.errors import Exit

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio

_PATIENCE = 0.2  # seconds; on Windows a wait without end would not hear Ctrl+C
_Answer = TypeVar("_Answer")


def opened(file: Path, queries: Path | None) -> Portfolio:
    """The portfolio in `file`; the engine is imported only now."""
    from kaptui.portfolio import Portfolio

    return Portfolio.open(file, queries)


def opened_again(file: Path, queries: Path | None) -> Portfolio:
    """The same for a dashboard: from its prepared copy in the user's cache folder, where there is one that holds."""
    from kaptui.config import cache_dir
    from kaptui.portfolio import Portfolio
    from kaptui.portfolio.prepared_copy import PreparedCopies

    folder = cache_dir()
    return Portfolio.open(file, queries, PreparedCopies(folder) if folder is not None else None)


def _stop(portfolio: Portfolio, answer: Future[Any]) -> None:
    """Stop the question; end the process where it hears nothing.

    The database makes one text as a whole, `repeat('x', 3_000_000_000)` say, and looks for a stop only after it.
    """
    end = time.monotonic() + endings.GRACE
    while not answer.done():
        portfolio.interrupt()
        wait([answer], _PATIENCE)
        if time.monotonic() > end and not answer.done():
            console.say(f"kaptui: {endings.word()}")
            console.flush()
            endings.leave(endings.code(Exit.INTERRUPTED))


def answered(opener: Callable[[], Portfolio], ask: Callable[[Portfolio], _Answer]) -> _Answer:
    """What `ask` gets from the portfolio; it runs in a thread, for Ctrl+C does not always reach a query."""
    with closing(opener()) as portfolio, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask, portfolio)
        try:
            while not wait([answer], _PATIENCE).done:
                pass
        except KeyboardInterrupt:
            _stop(portfolio, answer)
            raise
        return answer.result()
