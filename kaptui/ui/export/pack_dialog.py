"""The dialog of `p`: as what file the pack is written."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from kaptui.pack.formats import HTML, MISSING, OF_ACCOUNT, OF_BOARD, PDF, SLIDES, WORKBOOK, is_installed, pages_told
from kaptui.text import listed
from kaptui.ui.export.export_dialog import Scroll
from kaptui.ui.keys import bindings
from kaptui.ui.widgets.option_row import OptionRow

NAMES: Mapping[str, str] = {HTML: "HTML", WORKBOOK: "Excel", PDF: "PDF", SLIDES: "PowerPoint"}
SAID: Mapping[str, str] = {
    HTML: "One file for any browser, a phone too; it prints to A4 and needs no network.",
    WORKBOOK: "A workbook: a sheet for each screen with its charts, and the answers behind them.",
    PDF: "The same pages on A4.",
    SLIDES: "Ten slides; charts and tables can be edited.",
}


class PackDialog(ModalScreen[str | None]):
    """Returns the ending of the file that is to be written, or None.

    What is not installed is not offered: a line says how to get it. `of_account`: the page of one account.
    `needing` accounts have a page each in the formats that print.
    """

    BINDINGS = bindings("choose", "close")

    def __init__(self, *, of_account: bool, needing: int = 0) -> None:
        super().__init__()
        self._needing = 0 if of_account else needing
        self._title = "The page of this account" if of_account else "The board pack"
        endings = OF_ACCOUNT if of_account else OF_BOARD
        self._offered = [one for one in endings if is_installed(one)]
        self._lacks = [NAMES[one] for one in endings if one not in self._offered]

    def compose(self) -> ComposeResult:
        with Scroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content(self._title)
            dialog.border_subtitle = Content("Enter writes, Esc closes, arrows choose")
            yield OptionRow("Format", [(one, NAMES[one]) for one in self._offered], id="format")
            yield Static(id="export-said")
            if self._lacks:
                yield Static(Content(f"For {listed(self._lacks)}: {MISSING}"), id="pack-lacks")

    def on_mount(self) -> None:
        self.query_one(OptionRow).focus()
        self.on_option_row_changed()

    def on_option_row_changed(self) -> None:
        ending = self.query_one(OptionRow).value
        pages = pages_told(self._needing, "A filter leaves fewer.") if ending in (HTML, PDF) else ""
        self.query_one("#export-said", Static).update(Content("\n".join(filter(None, (SAID[ending], pages)))))

    def action_choose(self) -> None:
        self.dismiss(self.query_one(OptionRow).value)

    def action_close(self) -> None:
        self.dismiss(None)
