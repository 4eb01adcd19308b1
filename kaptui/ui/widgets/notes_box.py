"""The widget for words instead of numbers: waiting, an empty answer, a filter without matches, a failure."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from kaptui.text import clean
from kaptui.views import Notes

WORKING = "working it out ..."
"""What stands where an answer is waited for. The file is read before, once; only then it is being read."""


class NotesBox(Static, can_focus=True):
    """Shows `Notes`, wrapped; the state is a class for the style sheet."""

    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self.present(notes)

    def present(self, notes: Notes) -> None:
        """Show other words."""
        self.set_classes(f"-{notes.state or 'plain'}")
        self.update(Content("\n".join(clean(line) for line in notes.lines if line)))

    def highlight_account(self, account_id: str) -> None:
        """Words say nothing about a single account."""
