"""One line of a list that the reader chooses from: in the palette and in every menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a finder: its kind, what it is, something beside it, and the value that choosing returns.

    `do` is what choosing it does, where whoever opened the finder does not know; `words` are more to find it
    by.
    """

    kind: str
    label: str
    note: str
    value: str
    do: Callable[[], object] | None = None
    words: str = ""
