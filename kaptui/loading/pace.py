"""How far a load is: told at each of its steps and, while one takes long, twice a second by the rows done so far."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType

from kaptui.loading.findings import Progress

_TICK = 0.5
"""Seconds between two words at most."""


class Pace:
    """Tells `progress` of the steps, out of `of`. As a context it also tells of one that takes its time.

    What DuckDB reads, writes or checks is told by `share`, the per cent of its query that are done (negative where it
    does not know), of the rows expected; what is read row by row by those that were seen.
    """

    def __init__(self, progress: Progress | None, of: int, share: Callable[[], float]) -> None:
        self._progress, self._of, self._share = progress, of, share
        self._what, self._done = "", 0
        self._began = self._told = time.monotonic()
        self._expected = self._seen = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="pace", daemon=True)

    def __enter__(self) -> Pace:
        if self._progress is not None:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        if self._progress is not None:
            self._thread.join()

    def step(self, what: str) -> None:
        """The next step begins."""
        self._begin(what)
        self._done = min(self._done + 1, self._of)

    def still(self, what: str) -> None:
        """More of the step that is under way."""
        self._begin(what)

    def expect(self, rows: int) -> None:
        """From here on so many rows are gone through by DuckDB."""
        self._expected, self._seen = rows, 0

    def seen(self, rows: int) -> None:
        """So many rows were read by now."""
        self._seen = rows

    def _begin(self, what: str) -> None:
        self._expected = self._seen = 0
        self._what, self._began = what, time.monotonic()
        self._tell(what)

    def _tell(self, what: str) -> None:
        if self._progress is not None:
            with self._lock:
                self._told = time.monotonic()
                self._progress(what, self._done, self._of)

    def _tick(self) -> None:
        while not self._over.wait(_TICK / 5):
            now = time.monotonic()
            if self._what and now - self._told >= _TICK:
                try:
                    self._tell(f"{self._what}: {self._rows()}{now - self._began:.0f} s")
                except (OSError, ValueError):  # who listened is gone, as the load will find at its next step
                    return

    def _rows(self) -> str:
        if self._expected and (share := min(self._share(), 100)) > 0:
            self._seen = max(self._seen, int(self._expected * share / 100))  # a step may ask more than one query
        if not self._seen:
            return ""
        return f"{self._seen:,} of {self._expected:,} rows, " if self._expected else f"{self._seen:,} rows, "
