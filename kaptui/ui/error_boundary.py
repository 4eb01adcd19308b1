"""Errors that nobody foresaw: one in a panel stays in that panel, any other ends the dashboard.

Either way the reader sees a line that can be reported, never a traceback.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from kaptui.errors import KaptuiError
from kaptui.text import clean
from kaptui.ui.textual_internals import active_widget

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message_pump import MessagePump
    from textual.widget import Widget as _Mixin
else:
    _Mixin = object


def unexpected_error(error: Exception) -> KaptuiError:
    """An error nobody foresaw, at the border of a worker: named, so that it can be reported; the rest lives on."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({place.tb_frame.f_code.co_name}, line {place.tb_lineno})" if place is not None else ""
    return KaptuiError(
        f"This is a mistake in kaptui: {type(error).__name__}: {error}{where}",
        "Please report the line above; r tries again.",
    )


class ErrorBoundary(_Mixin):
    """A widget that shows a view. What it cannot draw stays empty, and its panel is told why.

    It stands before the widget's base, and is none itself: a style sheet follows the first base that is a widget.
    """

    class Failed(Message):
        """The widget that shows a panel's view failed: in drawing it, or in acting upon a key."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    _broken = False

    def render_lines(self, crop: Region) -> list[Strip]:
        try:
            return super().render_lines(crop)
        except Exception as error:  # noqa: BLE001 - the border of a panel
            if not self._broken:
                self._broken = True
                self.post_message(self.Failed(error))
            return [Strip.blank(crop.width)] * crop.height


def report_to_panel(error: Exception, place: object = None) -> bool:
    """Tell the panel in whose view a mistake was made, at `place` or by whoever is active; False: it was elsewhere."""
    place = place or active_widget()
    if not isinstance(place, ErrorBoundary) or place.parent is None:
        return False
    return place.parent.post_message(ErrorBoundary.Failed(error))


class AppErrorBoundary:
    """What the app does with errors that nobody caught. `mistakes` are those made so far."""

    def __init__(self) -> None:
        self.mistakes: list[Exception] = []

    def deals_with(self, error: Exception) -> bool:
        """Note the error; whether the app can go on, because a panel keeps it to itself."""
        self.mistakes.append(error)
        return report_to_panel(error)

    async def guard(self, action: Awaitable[bool], namespace: DOMNode | None) -> bool:
        """What came of an action of this widget; True where it failed and its panel says so, else its error."""
        try:
            return await action
        except Exception as error:
            self.mistakes.append(error)
            if not report_to_panel(error, namespace):
                raise
            return True

    def fail(self, panel: MessagePump, error: Exception) -> None:
        """An answer could not be shown: its panel says so."""
        self.mistakes.append(error)
        panel.post_message(ErrorBoundary.Failed(error))

    def last_words(self) -> str:
        """What stands in the terminal when the app has ended because of an error."""
        return clean(f"kaptui: {unexpected_error(self.mistakes[-1]).message}")
