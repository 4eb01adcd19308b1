"""Between the dashboard and a page of `kaptui serve`: Textual's driver for the web, with the focus and an end."""

from __future__ import annotations

from textual import events, messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Textual's own begins without the focus, and then no screen gives it to a panel: arrows would need a click.

    It also stays where the server is gone: nobody would ever end it.
    """

    def start_application_mode(self) -> None:
        """Begin, and say right after Textual's "the page has lost the focus" that it has it."""
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())

    def run_input_thread(self) -> None:
        """Hand on keys until the server closes the stream, by which it says goodbye or is gone; then leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())
