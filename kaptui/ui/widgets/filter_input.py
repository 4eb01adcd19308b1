"""The input line of the filter bar; the filter bar acts upon its keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widgets import Input

from kaptui.ui.keys import bindings
from kaptui.ui.widgets.placed import Placed


class FilterInput(Placed, Input):
    """The line to type into."""

    BINDINGS = bindings(
        "accept", "keep", "restore", "view.save", "choice.up", "choice.down", *(f"chip.drop.{n}" for n in range(1, 10))
    )

    @dataclass
    class Key(Message):
        """A key that the bar acts upon."""

        name: str
        number: int = 0

    def action_accept(self) -> None:
        self.post_message(self.Key("accept"))

    def action_keep(self) -> None:
        self.post_message(self.Key("keep"))

    def action_restore(self) -> None:
        self.post_message(self.Key("restore"))

    def action_save_view(self) -> None:
        self.post_message(self.Key("save"))

    def action_drop(self, number: int) -> None:
        self.post_message(self.Key("drop", number - 1))

    def action_move(self, step: int) -> None:
        self.post_message(self.Key("up" if step < 0 else "down"))
