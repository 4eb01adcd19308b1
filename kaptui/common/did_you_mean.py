"""The known name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
LIKE = 0.66
"""From this likeness on one word may be meant by another."""


def close_matches(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """At most `most` of `known` that are spelt like `word` in any case, the closest first."""
    from difflib import get_close_matches

    by_lower: dict[str, str] = {}
    for name in known:
        by_lower.setdefault(name.lower(), name)
    return [by_lower[found] for found in get_close_matches(word.lower(), list(by_lower), most)]


def like(text: str, known: Mapping[str, T], most: int = 3) -> list[T]:
    """At most `most` of `known` (words -> what they mean) with a word spelt like each of `text`, the closest first.

    Looked at are the words of each text, not the whole: "helvai" is like "Helvia Group".
    """
    from difflib import SequenceMatcher

    wanted = text.lower().split()
    found: list[tuple[float, int, T]] = []
    for place, (words, one) in enumerate(known.items()):
        near = [
            max((SequenceMatcher(None, word, other).ratio() for other in words.lower().split()), default=0.0)
            for word in wanted
        ]
        if near and min(near) >= LIKE:
            found.append((-sum(near), place, one))
    return [one for _, _, one in sorted(found, key=lambda each: each[:2])[:most]]


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that is spelt most like `word` in any case; empty where none is like it."""
    return next(iter(close_matches(word, known, 1)), "")
