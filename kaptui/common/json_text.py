"""JSON that says the same and is harmless to look at: what a terminal obeys, or nobody sees, as JSON's own escape."""

from __future__ import annotations

import re
import unicodedata

_NOT_PLAIN = re.compile("[^\n\r\t\x20-\x7e]")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Controls, among them C1 and DEL; formats, among them bidi controls and joiners; line and paragraph separators."""


def json_escaped(text: str) -> str:
    """The same JSON; controls stand in it only within texts, where an escape may stand for them."""
    return _NOT_PLAIN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    letter = found.group()
    if unicodedata.category(letter) not in _UNSEEN:
        return letter
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
