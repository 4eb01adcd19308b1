"""Text in the cells of a terminal: made harmless, measured, padded and cut, and marked with a state.

The dashboard measures as Textual draws (`kaptui.ui.text`); what is printed is measured here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from kaptui.views import State

STATE_MARKS: Mapping[State, str] = {"bad": "!", "warn": "~"}
"""What a state looks like without colour."""

# Line breaks and tabs become blanks. Then what a terminal obeys or nobody sees: C0, DEL, C1, lone surrogates,
# and Unicode's format characters, fillers and bidi controls (but not the visible Arabic number signs).
# The two joiners stay where they join letters or emoji.
_UNSAFE = re.compile(
    "\r\n|[\t-\r\x85\u2028\u2029]"
    "|[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
    "|[\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]"
    "|[\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_BLANKS = frozenset("\r\n\t\v\f\x85\u2028\u2029")


def clean(text: str) -> str:
    """Text from data, harmless on a terminal: controls become visible marks, line breaks and tabs blanks.

    Everything else stays: brackets, emoji, right-to-left letters, combining marks. Cleaning twice changes
    nothing.
    """
    return _UNSAFE.sub(_substitute, text)


def _substitute(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] in _BLANKS:
        return " "
    code = ord(found)
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures
    return "\u2421" if code == 0x7F else "\ufffd"


def with_mark(text: str, state: State) -> str:
    """A value with what its state looks like without colour."""
    return f"{text} {STATE_MARKS[state]}" if state in STATE_MARKS else text


def width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """The text filled up with blanks, on its left if `right`."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def cut(text: str, cells: int) -> str:
    """The text in at most so many cells; `…` says that some is missing."""
    if width(text) <= cells:
        return text
    kept, used = "", 1
    for letter in text:
        used += _width(letter)
        if used > cells:
            break
        kept += letter
    return kept + "…"


def folded_text(text: str, room: int, most: int = 99) -> list[str]:
    """`text` in lines of at most `room` cells, broken at blanks; what does not fit into `most` is cut after a word."""
    lines: list[str] = []
    words = re.split(" (?!%)", text)  # a number keeps its unit
    while words:
        line = words.pop(0)
        while words and width(line) + 1 + width(words[0]) <= room:
            line = f"{line} {words.pop(0)}"
        if len(lines) == most - 1 and words:
            while " " in line and width(line) + 1 > room:
                line = line.rpartition(" ")[0]
            return [*lines, cut(f"{line.rstrip(',;:')}…", room)]
        lines.append(cut(line, room))
    return lines
