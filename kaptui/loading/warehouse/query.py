"""One query of a mapping in its engine: run by a thread of its own, so that Ctrl+C never waits for a driver."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb

from kaptui.common.threads import ENGINE
from kaptui.loading.warehouse.engine import Engine, Piece

_TICK = 0.1
_PATIENCE = 0.6
"""Seconds that an engine has to stop; a driver that cannot is left behind, and the program ends without it."""
_AHEAD = 2
"""So many pieces wait at most: what is fetched while the last one is stored."""

_END = object()


class Query:
    """The pieces of a result, fetched ahead by a little. `waiting` is called ten times a second while none is there.

    Leave it as a context: then nothing runs in the engine any more, or `left_behind` says that nobody could stop it.
    """

    def __init__(self, engine: Engine, select: str, waiting: Callable[[float], None]) -> None:
        self._engine, self._select, self._waiting = engine, select, waiting
        self._pieces: queue.Queue[Any] = queue.Queue(_AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._fetch, name=ENGINE, daemon=True)
        self.left_behind = False

    def __enter__(self) -> Query:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        until = time.monotonic() + _PATIENCE
        if self._thread.is_alive():
            self._thread.join(_TICK)  # at its end it only has to see that
        if self._thread.is_alive():
            cancel = threading.Thread(target=self._engine.cancel, name=ENGINE, daemon=True)
            cancel.start()  # may itself wait for the network
            for thread in (cancel, self._thread):
                thread.join(max(until - time.monotonic(), 0))
        self.left_behind = self._thread.is_alive()

    def __iter__(self) -> Iterator[Piece]:
        """First a piece without rows, then the rows. Raises EngineError as the engine does."""
        since = time.monotonic()
        while True:
            try:
                piece = self._pieces.get(timeout=_TICK)
            except queue.Empty:
                self._waiting(time.monotonic() - since)
                continue
            if piece is _END:
                return
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def _fetch(self) -> None:
        pieces = self._engine.pieces(self._select)
        try:
            for piece in pieces:
                if not self._put(piece):
                    return
            self._put(_END)
        except Exception as error:  # noqa: BLE001 - raised again where the pieces are read
            self._put(error)
        finally:
            pieces.close() if hasattr(pieces, "close") else None

    def _put(self, piece: object) -> bool:
        """Hand a piece on as soon as there is room; False where nobody wants it any more."""
        while not self._stopped.is_set():
            try:
                self._pieces.put(piece, timeout=_TICK)
            except queue.Full:
                continue
            return True
        return False


def store_piece(connection: duckdb.DuckDBPyConnection, piece: Piece, cells: Sequence[str], into: str) -> None:
    """Store these cells of the rows of a piece, by a statement that begins with `into`."""
    connection.register("mapped", piece)
    try:
        connection.execute(f"{into} from mapped select {', '.join(cells)}")
    finally:
        connection.unregister("mapped")
