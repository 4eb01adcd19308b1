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


def is_installed(ending: str) -> bool:
    """Whether what makes a file of this ending is there."""
    return ending not in NEEDS or find_spec(NEEDS[ending]) is not None
