"""Text fitted into cells: cut, padded and aligned by what a terminal really draws."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size
from rich.highlighter import Highlighter
from rich.text import Text

from kaptui.text import STATE_MARKS, clean

MARKS = STATE_MARKS
EIGHTHS = " ▏▎▍▌▋▊▉█"


class Harmless(Highlighter):
    """Shows what is typed into a line as all text of the data is shown: no control of it reaches the terminal.

    What was completed or pasted stays in the line as it is; letter by letter another one may stand for it.
    """

    def __call__(self, text: str | Text) -> Text:
        if not isinstance(text, Text):
            return Text(clean(text))
        shown = clean(text.plain)
        return text if shown == text.plain else Text(shown, no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Nothing in it is coloured."""


HARMLESS = Harmless()


def cut(text: str, width: int) -> str:
    """At most `width` cells; what is cut ends in `…`."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def left(text: str, width: int) -> str:
    """Exactly `width` cells, flush left."""
    return set_cell_size(cut(text, width), max(width, 0))


def right(text: str, width: int) -> str:
    """Exactly `width` cells, flush right."""
    text = cut(text, width)
    return " " * (width - cell_len(text)) + text


def between(start: str, end: str, width: int) -> str:
    """`start` flush left and `end` flush right in one line; `start` gives way where both do not fit."""
    room = width - cell_len(end) - 1
    return left(start, room) + " " + end if room > 0 else left(end, width)


def bar(fraction: float, width: int) -> str:
    """A bar of `fraction` (0..1) of `width` cells, in eighths of a cell; not padded."""
    eighths = round(min(max(fraction, 0.0), 1.0) * width * 8)
    return EIGHTHS[8] * (eighths // 8) + (EIGHTHS[eighths % 8] if eighths % 8 else "")


def fitting(parts: list[tuple[int, str]], width: int, gap: int = 3) -> list[str]:
    """As many of `parts` (rank, text) as fit into `width`, dropping the highest ranks; in the given order."""
    kept = [(rank, text) for rank, text in parts if text]
    while len(kept) > 1 and sum(cell_len(text) + gap for _, text in kept) - gap > width:
        kept.remove(max(kept, key=lambda part: part[0]))
    return [text for _, text in kept]


def whole_parts(text: str, width: int) -> str:
    """The leading parts of `text`, between commas or semicolons, that fit; the first is cut if it must be.

    Names behind a count ("4 without a sponsor: Helvia Group, Northstar Foods") never go without a sign: what is left
    out of them is counted.
    """
    while cell_len(text) > width and (at := max(text.rfind(", "), text.rfind("; "))) > 0:
        text = _fewer_names(text, width) or text[:at]
    return cut(text, width)


_NAMES = re.compile(r"(?:.*; )?(?P<count>\d+) [^;]*?: (?P<names>[^;]+)", re.DOTALL)
_MORE = re.compile(r" and (\d+) more$")


def _fewer_names(text: str, width: int) -> str:
    """`text` with so many of the names at its end that it fits, and how many more there are; empty without names.

    Where not even the first name fits, the count alone.
    """
    found = _NAMES.fullmatch(text)
    if found is None:
        return ""
    head, names = text[: found.start("names")], found["names"].split(", ")
    more = _MORE.search(names[-1])
    lacking = int(more[1]) if more else 0
    if lacking + len(names) != int(found["count"]):  # something else is told there
        return ""
    names[-1] = _MORE.sub("", names[-1])
    for kept in range(len(names) - 1, 0, -1):
        shorter = f"{head}{', '.join(names[:kept])} and {lacking + len(names) - kept} more"
        if cell_len(shorter) <= width:
            return shorter
    return head.removesuffix(": ")


def whole_words(text: str, width: int) -> str:
    """The leading parts of `text` that fit; where the first does not, its leading words and `…`."""
    first = re.split(r"[,;] ", text, maxsplit=1)[0]
    if cell_len(first) <= width or " " not in cut(first, width):
        return whole_parts(text, width)
    return cut(first, width).rsplit(" ", 1)[0].rstrip() + "…"


def wrapped(text: str, width: int, lines: int) -> list[str]:
    """`text` in `lines` lines of at most `width` cells, broken at blanks; the last, if cut, ends after a word."""
    rows: list[str] = []
    rest = text
    while len(rows) < lines - 1 and cell_len(rest) > width:
        fits = set_cell_size(rest, width + 1)
        at = fits.rfind(" ")
        if at <= 0:
            break
        rows.append(rest[:at])
        rest = rest[at + 1 :]
    last = cut(rest, width)
    within = last != rest and rest[len(last) - 1] not in " ,;."
    if within and " " in last:
        last = last.rsplit(" ", 1)[0].rstrip(",;") + "…"
    return [*rows, last] + [""] * (lines - len(rows) - 1)
