"""The list to pick from by typing: the base of the palette and of every menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from kaptui.common.did_you_mean import like
from kaptui.text import clean
from kaptui.ui.choice import Choice
from kaptui.ui.keys import bindings
from kaptui.ui.text import HARMLESS, between, cut, left

LONGEST = 200
"""Letters that can be looked for: a table pasted here by mistake is a search of minutes, and is not taken."""
Search = Callable[[str], "list[Choice]"]


class Finder(ModalScreen[Choice | None]):
    """Returns the choice, or None. Without `search` the choices are searched by their label.

    `nearby` gives what a text that finds nothing may have meant, else all choices. `start` is the place of the choice
    under the cursor at first, `hint` says what Enter does. Where nothing is found the list says so, and offers what is
    spelt like it, if `offers_nearest`.
    """

    BINDINGS = bindings("choice.up", "choice.down", "choose", "close")
    start = 0
    hint = "Enter takes, Esc closes"
    prompt = "type to search"
    offers_nearest = True

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        search: Search | None = None,
        nearby: Callable[[], list[Choice]] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._all = list(choices)
        self._search = search or self._by_label
        self._nearby = nearby or partial(self._search, "")
        self._found: list[Choice] = []
        self._listed = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(self._title)
            dialog.border_subtitle = Content(self.hint)
            yield Input(placeholder=self.prompt, compact=True, highlighter=HARMLESS, max_length=LONGEST)
            yield Static(id="finder-nothing")
            yield OptionList(markup=False, compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.call_after_refresh(self._list, "", self.start)

    def _by_label(self, text: str) -> list[Choice]:
        return [choice for choice in self._all if text.lower() in choice.label.lower()]

    def on_input_changed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def on_input_submitted(self) -> None:
        self.action_choose()

    def relist(self) -> None:
        """Show the choices anew, the cursor where it was."""
        self._list(self.query_one(Input).value, self.query_one(OptionList).highlighted or 0)

    def _list(self, text: str, at: int = 0) -> None:
        self._found, self._listed = self._search(text), True
        nearest = self._say_nothing_found(text)
        options = self.query_one(OptionList)
        kind = max((len(choice.kind) for choice in self._found), default=0)
        width = max(20, options.scrollable_content_region.width - 2)
        indent = kind + 2 if kind else 0
        options.clear_options()
        options.add_options(Content(_line(choice, indent, width)) for choice in self._found)
        options.highlighted = min(at, len(self._found) - 1) if self._found and not nearest else None

    def _say_nothing_found(self, text: str) -> bool:
        """Say that nothing is found, and put what is spelt like it into the list; whether that was so."""
        said = ""
        if text.strip() and not self._found and self.offers_nearest:
            self._found = like(text, {f"{one.label} {one.words}": one for one in reversed(self._nearby())})
            said = f"Nothing holds '{clean(text.strip())}'. {'The nearest:' if self._found else 'Nothing is like it.'}"
        nothing = self.query_one("#finder-nothing", Static)
        nothing.update(Content(said))
        nothing.display = bool(said)
        return bool(said)

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is None:
            options.highlighted = 0 if self._found else None  # what was not asked for is taken only by moving to it
        else:
            options.highlighted = max(0, min(options.highlighted + step, len(self._found) - 1))

    def action_choose(self) -> None:
        if not self._listed:  # Enter came before the choices stood
            self._list(self.query_one(Input).value, self.start)
        at = self.query_one(OptionList).highlighted
        self.take(self._found[at] if at is not None and self._found else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.take(self._found[event.option_index])

    def take(self, choice: Choice | None) -> None:
        """Enter on a choice, or on none where nothing is found."""
        self.dismiss(choice)

    def action_close(self) -> None:
        self.dismiss(None)


def _line(choice: Choice, indent: int, width: int) -> str:
    """A choice in one line; where its note is long it leaves the label half of the room."""
    label = left(choice.kind, indent) + choice.label
    room = max(width - cell_len(label) - 1, width // 2)
    return between(label, cut(choice.note, room), width)
