"""The files that a pack can be: their endings, what each needs, and whether that is installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

HTML, WORKBOOK, PDF, SLIDES = ".html", ".xlsx", ".pdf", ".pptx"
ENDINGS = (HTML, ".htm")
NEEDS: Mapping[str, str] = {PDF: "typst", SLIDES: "pptx"}
"""What makes a file of this ending, and comes with the extra only."""
MISSING = "pip install 'kaptui[pack]'"
"""How the extra is installed."""
OF_BOARD, OF_ACCOUNT = (HTML, WORKBOOK, PDF, SLIDES), (HTML, PDF)
"""What the pack of a board can be, and the page of one account."""

MANY = 300
"""Pages from which a pack is long in the making, and to be told of before."""
_PAGE_BYTES = 20_000


def pages_told(accounts: int, fewer: str, *, needing: bool = True) -> str:
    """How many accounts have a page of their own in a pack that prints, and, where they are many, what makes `fewer`.

    `needing`: they are those that need the director. Empty where no account has one.
    """
    if not accounts:
        return ""
    whose = {True: " that needs you" if accounts == 1 else " that need you", False: ""}[needing]
    words = f"A page for each screen and for {accounts:,} {'account' if accounts == 1 else 'accounts'}{whose}"
    if accounts <= MANY:
        return f"{words}."
    return f"{words}: about {accounts * _PAGE_BYTES / 1e6:,.0f} MB, minutes of work. {fewer}"


def is_installed(ending: str) -> bool:
    """Whether what makes a file of this ending is there."""
    return ending not in NEEDS or find_spec(NEEDS[ending]) is not None
