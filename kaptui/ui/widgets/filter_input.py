"""The input line of the filter bar; the filter bar acts upon its keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from kaptui.filter_language.grammar import written
from kaptui.ui.keys import bindings
from kaptui.ui.widgets.placed import Placed


def pasted(text: str) -> str:
    """Pasted text as one line of a filter: lines of conditions as they are, a list of names as `name:` each."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and not any(sign in line for line in lines for sign in ":<>="):
        return " ".join(f"name:{written(line)}" for line in lines)
    return " ".join(lines)


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

    def on_paste(self, event: Paste) -> None:
        """Lose no line of what is pasted: conditions stand side by side, names one below the other mean any of them."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(pasted(event.text))

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
