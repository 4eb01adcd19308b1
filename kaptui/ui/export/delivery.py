"""What is written goes to the reader too: to a browser, maybe on another machine behind a tunnel, as downloads."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.app import App


def deliver(app: App[Any], files: Iterable[Path]) -> None:
    """Give the browser these files, where one shows the dashboard; a terminal has them already."""
    if app.is_web:
        for file in files:
            with suppress(OSError):  # removed meanwhile: it was told where it stood
                app.deliver_binary(file)
