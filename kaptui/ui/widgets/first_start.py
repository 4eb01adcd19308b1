"""Three lines over the footer, at the first start only: what the blue sentence is, and which keys to begin with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kaptui.ui.keys import Key


def first_lines(keys: Iterable[Key]) -> tuple[str, str, str]:
    """The three lines, with the keys as the reader's config has them; the help begins with them too."""
    shown = {key.id: key.shown for key in keys}
    return (
        "The blue sentence on top says what all numbers below it come to, and of how many.",
        f"{shown['open']} opens the account under the cursor; {shown['why']} says why a number is what it is; "
        f"{shown['pack']} writes the pack for a board.",
        f"Any key sends these lines away for good; {shown['help']} says them again.",
    )


class FirstStart(Static):
    """Stands above the footer until the first key."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(Content("\n".join(lines)), id="first-start")

    @classmethod
    def leave(cls, screens: Iterable[Screen[Any]]) -> None:
        """Take the lines off these screens."""
        for screen in screens:
            screen.query(cls).remove()
