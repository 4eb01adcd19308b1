"""The menus of saved views: choose one, delete one, name a new one."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from kaptui import saved_views
from kaptui.errors import KaptuiError
from kaptui.text import clean, listed
from kaptui.ui.choice import Choice
from kaptui.ui.keys import bindings
from kaptui.ui.screens.finder import Finder
from kaptui.ui.text import HARMLESS

SAVE = Choice("", "Save this view as ...", "", "")


class ViewList(Finder):
    """Returns the chosen view by its name, an empty value for "save this one". KaptuiError: views.toml is broken."""

    BINDINGS = bindings("view.delete")
    hint = "Enter applies, Delete deletes, Esc closes"

    def __init__(self) -> None:
        self._file = saved_views.path()
        self._views = saved_views.read(self._file)
        self._doomed = ""
        super().__init__("Saved views", (), self._matching)

    def _matching(self, text: str) -> list[Choice]:
        found = [one for one in self._views if text.lower() in one.name.lower()]
        return [*(Choice("", clean(one.name), _said(one), one.name) for one in found), SAVE]

    def action_delete(self) -> None:
        """Delete the view under the cursor, at the second press."""
        at = self.query_one(OptionList).highlighted
        name = self._found[at].value if at is not None else ""
        if not name:
            return
        if self._doomed != name:
            self._doomed = name
            self._say(f"Delete again deletes '{clean(name)}'")
            return
        self._doomed = ""
        try:
            saved_views.delete(self._file, name)
        except KaptuiError as error:
            self._say(clean(error.message))
            return
        self._views = [one for one in self._views if one.name != name]
        self._say(self.hint)
        self.relist()

    def action_move(self, step: int) -> None:
        self._doomed = ""
        self._say(self.hint)
        super().action_move(step)

    def _say(self, text: str) -> None:
        self.query_one(".dialog").border_subtitle = Content(text)


def _said(view: saved_views.SavedView) -> str:
    return clean(listed((view.where or "no filter", view.screen, f"by {view.sort}" if view.sort else "")))


class ViewName(ModalScreen[str | None]):
    """Asks for the name of a view and saves it; returns the name. One that is taken needs a second Enter."""

    BINDINGS = bindings("choose", "close")

    def __init__(self, view: saved_views.SavedView) -> None:
        super().__init__()
        self._view = view
        self._asked = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Save this view")
            dialog.border_subtitle = Content("Enter saves, Esc closes")
            yield Input(placeholder="its name", compact=True, highlighter=HARMLESS)
            yield Static(Content(_said(self._view)), id="view-said")
            yield Static(id="view-problem")

    def on_input_changed(self) -> None:
        self._asked = ""
        self._say("")

    def on_input_submitted(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        file = saved_views.path()
        name = self.query_one(Input).value.strip()
        try:
            taken = any(one.name == name for one in saved_views.read(file))
            if taken and self._asked != name:
                self._asked = name
                self._say(f"'{name}' is there already. Enter again replaces it.")
                return
            saved_views.save(file, replace(self._view, name=name))
        except KaptuiError as error:
            self._say(f"{error.message} {error.hint}")
        else:
            self.dismiss(name)

    def _say(self, text: str) -> None:
        self.query_one("#view-problem", Static).update(Content(clean(text)))

    def action_close(self) -> None:
        self.dismiss(None)
