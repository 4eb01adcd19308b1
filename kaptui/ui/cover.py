"""The cover of the dashboard: a picture of its first screen that stands till the answers do, and is taken anew then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.events import Event, Key, MouseDown, MouseScrollDown, MouseScrollUp

from kaptui.ui.services import Services
from kaptui.ui.textual_internals import drawn_lines
from kaptui.ui.widgets.screen_picture import ScreenPicture, picture_of

if TYPE_CHECKING:
    from textual.app import App

    from kaptui.ui.first_screen import Picture

SETTLED = 0.3
"""Seconds from the last answer till scroll bars and focus stand as they stay."""
_TOUCHES = (Key, MouseDown, MouseScrollDown, MouseScrollUp)

Forward = Callable[[Key], Awaitable[None]]


class Cover:
    """What becomes of `services.first_screen`; `waiting` says whether answers are waited for."""

    def __init__(self, app: App[None], services: Services, waiting: Callable[[], bool]) -> None:
        self._app, self._services, self._waiting = app, services, waiting
        self._untouched = True
        self._drawn: Picture | None = None

    async def end(self) -> None:
        """Show the screen itself."""
        first = self._services.first_screen
        if first is not None and first.shown:
            first.shown = False
            for screen in self._app.screen_stack:
                await screen.query(ScreenPicture).remove()

    async def end_for_good(self) -> None:
        """There are no answers: what was kept of them goes."""
        await self.end()
        if self._services.first_screen is not None:
            self._services.first_screen.drop()

    def take(self) -> None:
        """Note how the first screen is drawn, if nobody has touched it yet."""
        first, seen = self._services.first_screen, self._app.screen_stack  # none, where the dashboard is closing
        if first is not None and seen and self._drawn is None and self._untouched and not self._waiting():
            self._drawn = picture_of(drawn_lines(seen[-1]), self._app.size.width)

    def keep(self) -> None:
        """Write that, in a thread: a picture that is kept is that of the answers, or there is none."""
        if self._services.first_screen is not None and self._drawn is not None:
            self._services.first_screen.keep(self._drawn)

    # Keys

    def see(self, event: Event) -> None:
        """The reader did something."""
        self._untouched &= not isinstance(event, _TOUCHES)

    def must_wait(self, key: Key) -> bool:
        """Whether a key is for what there is only a picture of: it waits for the answers."""
        first = self._services.first_screen
        if first is None or not first.shown or not self._app.screen.query(ScreenPicture):
            return False
        works = self._app.screen.active_bindings.get(key.key)
        return works is None or not works.enabled

    def handing_on(self, forward: Forward) -> Forward:
        """What hands a key on: it is for the screen itself."""

        async def hand_on(key: Key) -> None:
            await self.end()
            await forward(key)

        return hand_on
