"""The font of the page: DejaVu Sans Mono as this machine has it, for it draws braille and blocks in even cells."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf")
"""Not shipped: both are 680 KB, as much as kaptui itself. Without them the browser takes a font of its own."""
_DEPTH = 3


@cache
def monospace(*, bold: bool) -> Path | None:
    """The file of the font; None where this machine has none."""
    name = NAMES[bold]
    found = (path for folder in _folders() for depth in range(_DEPTH) for path in folder.glob("*/" * depth + name))
    return next((path for path in found if path.is_file()), None)


def _folders() -> Iterator[Path]:
    """Where the systems keep their fonts."""
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", str(home))) / "Microsoft" / "Windows" / "Fonts"
    elif sys.platform == "darwin":
        yield from (home / "Library" / "Fonts", Path("/Library/Fonts"))
    else:
        yield from (home / ".local" / "share" / "fonts", home / ".fonts")
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
