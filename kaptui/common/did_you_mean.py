"""The known name that somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def close_matches(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """At most `most` of `known` that are spelt like `word` in any case, the closest first."""
    from difflib import get_close_matches

    by_lower: dict[str, str] = {}
    for name in known:
        by_lower.setdefault(name.lower(), name)
    return [by_lower[found] for found in get_close_matches(word.lower(), list(by_lower), most)]


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that is spelt most like `word` in any case; empty where none is like it."""
    return next(iter(close_matches(word, known, 1)), "")
