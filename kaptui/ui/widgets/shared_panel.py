"""Panels that share their place on the screen with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from kaptui.ui.widgets.panel import Panel


class SharedPanel(Panel):
    """After its last mode `m` goes on to the next panel of the place; the screen says which, on `NextPanelRequested`.

    `shares` is whether there are others in its place at this size.
    """

    @dataclass
    class NextPanelRequested(Message):
        """The reader goes on from the panel of this id to the next one that shares its place."""

        panel_id: str

    shares = True

    @property
    def _turnable(self) -> bool:
        return self.shares or super()._turnable

    def action_mode(self) -> None:
        if not self.shares or self._mode + 1 < len(self._sources):
            super().action_mode()
        else:
            self.first_mode()
            self.post_message(self.NextPanelRequested(str(self.id)))

    def first_mode(self) -> None:
        """Back to what it shows at first; asked when it is seen again: an answer now would take the keyboard back."""
        if self._mode:
            self._mode, self._asked, self._answer = 0, None, None
            self._update_title()

    def share_with(self, place: Sequence[Panel], turns: bool) -> None:
        """Say which panels share its place at this size, and whether `m` leads on from the last mode."""
        self.shares = turns
        self.stand_with(place)
