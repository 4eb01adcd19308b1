"""Between the dashboard and a page of `kaptui serve`: Textual's driver for the web, with the focus from the start."""

from __future__ import annotations

from textual import events
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Textual's own begins without the focus, and then no screen gives it to a panel: arrows would need a click first."""

    def start_application_mode(self) -> None:
        """Begin, and say right after Textual's "the page has lost the focus" that it has it."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())
