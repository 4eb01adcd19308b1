"""What an engine must do for a mapping, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Protocol

from kaptui.common.arrow import HasArrowStream

When = Literal["connect", "run"]


class Piece(HasArrowStream, Protocol):
    """Some rows of a result, as an Arrow stream of their own."""

    rows: int


class EngineError(Exception):
    """An engine's refusal, in its own words: `when` it came, and the `line` of the SELECT where it names one.

    `fix` is known where it is not the SELECT or the profile that is to be mended.
    """

    def __init__(self, words: str, when: When, line: int | None = None, fix: str = "") -> None:
        super().__init__(words)
        self.words, self.when, self.line, self.fix = words, when, line, fix


class Engine(Protocol):
    """A connection to an engine. Used by one thread, but for `cancel`."""

    types: Mapping[str, str]
    """The engine's own names of the types of the columns, of the query that runs; where it tells them."""

    def pieces(self, select: str) -> Iterator[Piece]:
        """Run a SELECT; first a piece without rows, which tells the columns, then the rows. Raises EngineError."""

    def cancel(self) -> None:
        """Stop the query in the engine, from another thread; one that cannot be stopped is let be."""

    def close(self) -> None:
        """Let go of the connection."""
