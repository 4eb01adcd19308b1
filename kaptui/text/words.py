"""One word for one thing: what the codes in the data are called wherever people read them.

The data keeps its codes (`internal`, `stale`): scripts and filters are built on them. What is read says the words
below, the same on every screen, in `w`, help, palette and text. The macros `side_text` and `status_text` of
queries/model/words.sql say the same in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SIDES: Mapping[str, str] = {"internal": "inside", "external": "at customer"}
"""The two sides of an account: our own house, and the customer's."""

STATUSES: Mapping[str, str] = {"covered": "covered", "stale": "silent", "new": "new", "uncovered": "open"}
"""How a side stands: met in time, assigned but silent for too long, just assigned, nobody there."""

LOADS: Mapping[str, str] = {"ok": "ok", "warn": "near limit", "over": "over limit"}
"""How much a leader carries."""

MARKS = "! bad  ~ watch"
"""What the marks behind a number say, for a line of their own."""

FACTOR_CELLS = 21
"""Letters of a factor's name that most places have room for."""

_SIDE_OF = re.compile(r"^(internal|external) (side|sponsor)\b")
_LOOSE = {"a", "an", "and", "at", "for", "in", "of", "on", "over", "the", "to", "with", "&", "-"}
"""Words that no shortened name ends in."""


def side_words(code: str | None) -> str:
    """A side: "inside", "at customer"; anything else as it is."""
    return SIDES.get(code or "", code or "")


def status_words(code: str | None) -> str:
    """How a side stands: "silent", "open"; anything else as it is."""
    return STATUSES.get(code or "", code or "")


def what_changed(what: str | None) -> str:
    """The subject of a change: "sponsor at customer" for "external sponsor"; anything else as it is."""
    return _SIDE_OF.sub(lambda found: f"{found[2]} {SIDES[found[1]]}", what or "")


def factor_words(name: str | None, code: str | None = "", most: int = FACTOR_CELLS) -> str:
    """A factor by its name: up to the first comma, and as many of its words as `most` letters hold.

    "Long horizon, living plan" is "Long horizon", in 12 letters "Anchored at the top" is "Anchored". The code where
    there is no name, or none of its words fits.
    """
    words = (name or "").partition(",")[0].split()
    while words and len(" ".join(words)) > most:
        words.pop()
        while words and words[-1].lower() in _LOOSE:
            words.pop()
    return " ".join(words) or code or ""


def load_words(code: str | None) -> str:
    """A leader's load: "near limit", "over limit"; anything else as it is."""
    return LOADS.get(code or "", code or "")
