"""The dashboard in a browser of this machine; what the extra `kaptui[web]` brings is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kaptui.errors import UsageError

__all__ = ["DRIVER", "MISSING", "serve"]

DRIVER = "kaptui.ui.browser_driver:BrowserDriver"
"""What TEXTUAL_DRIVER names to a dashboard behind a page: its keys and its screen are packets on the streams."""
MISSING = "pip install 'kaptui[web]'"
"""What brings the web server."""


def serve(command: Sequence[str], port: int, say: Callable[[str], None]) -> None:
    """Serve the dashboard that `command` starts until Ctrl+C, or until the last page is closed.

    `port` 0 takes any that is free. UsageError: the extra is not installed. KaptuiError: the port is taken.
    """
    try:
        from kaptui.web.server import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("textual_serve", "aiohttp"):
            raise UsageError("the dashboard in a browser needs a web server that is not installed", MISSING) from None
        raise
    run(command, port, say)
