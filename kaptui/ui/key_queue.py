"""The queue of pressed keys: the next is handed on only where the one before it has led, however fast they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.events import Key

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

PATIENCE = 0.5
"""Seconds after which a key goes on, whatever became of the one before it."""
_PAUSE = 0.01
_AT_ONCE = ("ctrl+c", "ctrl+q")

_AWAY = ("app.go(", "app.quit")
"""How the actions begin that lead to another screen, or end the dashboard."""

Forward = Callable[[Key], Awaitable[None]]


@runtime_checkable
class AwaitsView(Protocol):
    """A screen that knows which keys are for a view that has still to come."""

    def awaits(self, key: str) -> bool:
        """Whether this key is for such a view."""


class KeyQueue:
    """Holds back what is typed while a key is still at work.

    The app hands a key to the widget that has the focus and goes on to the next before that widget has acted. A word
    that arrives with the `/` before it, by paste or over a slow line, would be taken for commands. `must_wait` says
    that there is nothing yet that a key could act upon, and so may a screen (`AwaitsView`); a key that leads away does
    not wait behind such keys, it takes them back.
    """

    def __init__(self, app: App[None], forward: Forward, must_wait: Callable[[Key], bool] = lambda key: False) -> None:
        self._app, self._forward, self._covered = app, forward, must_wait
        self._held: deque[Key] = deque()
        self._handed = self._arrived = 0
        self._target: DOMNode | None = None
        self._since = 0.0
        self._looks_again = False

    async def take(self, event: Key) -> None:
        """Hand the key on, now or in its turn."""
        if self._held and not self._at_work and self._must_wait(self._held[0]) and self._leads_away(event):
            self._held.clear()
        if event.key in _AT_ONCE or not (self._held or self._at_work or self._must_wait(event)):
            await self._hand(event)
        else:
            self._held.append(event)
            await self._go_on()

    @property
    def holds(self) -> bool:
        """Whether a key is held back, or still at work."""
        return bool(self._held) or self._at_work

    @property
    def _at_work(self) -> bool:
        gone = self._target is None or not self._target.is_attached
        return self._arrived < self._handed and not gone and monotonic() - self._since < PATIENCE

    @property
    def _opening(self) -> bool:
        """Whether the screen on top cannot take a key yet: a dialog that just opens has no focus."""
        screen = self._app.screen
        stands = screen.is_mounted and (screen.focused is not None or not screen.focus_chain)
        return not stands and monotonic() - self._since < PATIENCE

    def _must_wait(self, event: Key) -> bool:
        screen = self._app.screen
        return self._covered(event) or (isinstance(screen, AwaitsView) and screen.awaits(event.key))

    def _leads_away(self, event: Key) -> bool:
        works = self._app.screen.active_bindings.get(event.key)
        return event.key == "escape" or (works is not None and works.binding.action.startswith(_AWAY))

    async def _hand(self, event: Key) -> None:
        self._target = self._app.focused or self._app.screen
        self._handed += 1
        self._since = monotonic()
        await self._forward(event)
        self._follow(self._handed, [*self._target.ancestors_with_self, self._app])

    def _follow(self, number: int, way: list[DOMNode]) -> None:
        """Climb behind the key from the focus to the app, and wait there for what it asked for, such as a focus."""
        here, *rest = way
        here.call_later(partial(self._follow, number, rest) if rest else partial(self._arrive, number))

    async def _arrive(self, number: int) -> None:
        self._arrived = number
        await self._go_on()

    async def _look(self) -> None:
        self._looks_again = False
        await self._go_on()

    async def _go_on(self) -> None:
        """Hand on the next key that is held, once it can be."""
        if self._held and not (self._at_work or self._opening or self._must_wait(self._held[0])):
            await self._hand(self._held.popleft())
        if self._held and not self._looks_again:
            self._looks_again = True
            self._app.set_timer(_PAUSE, self._look)
