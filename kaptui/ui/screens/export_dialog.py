"""Write what a panel shows into a file: where to, and what if it is there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kaptui.errors import KaptuiError
from kaptui.ui.keys import bindings
from kaptui.ui.situation import Situation
from kaptui.wording import clean, count

if TYPE_CHECKING:
    import polars as pl


class ExportDialog(ModalScreen[Path | None]):
    """Returns the file it wrote, or None. A file that exists is replaced only after a second Enter."""

    BINDINGS = bindings("choose", "close")

    def __init__(self, question: str, frame: pl.DataFrame, situation: Situation) -> None:
        super().__init__()
        self._question, self._frame, self._situation = question, frame, situation
        self._asked: Path | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"Export {self._question}, {count('row', self._frame.height)}, CSV")
            dialog.border_subtitle = Content("Enter writes, Esc closes")
            yield Input(str(self._proposed()), compact=True, select_on_focus=False)
            yield Static(Content(self._preview()), id="export-preview")
            yield Static(id="export-problem")

    def _proposed(self) -> Path:
        from platformdirs import user_documents_path

        folder = user_documents_path()
        name = f"{self._situation.context.as_of.isoformat()}_{self._question}.csv"
        return (folder if folder.is_dir() else Path.cwd()) / name

    def _preview(self) -> str:
        from kaptui import export

        lines = export.to_bytes(self._frame.head(3), "csv").decode().splitlines()
        return "\n".join(clean(line)[:200] for line in lines[:4])

    def on_input_submitted(self) -> None:
        self.action_choose()

    def on_input_changed(self) -> None:
        self._asked = None
        self._say("")

    def action_choose(self) -> None:
        from kaptui import export

        target = Path(self.query_one(Input).value).expanduser()
        there = target.exists() or target.with_suffix(".meta.json").exists()
        if there and self._asked != target:
            self._asked = target
            self._say(f"{target.name} is there already. Enter again replaces it.")
            return
        situation = self._situation
        meta = export.meta(self._question, situation.filters, situation.context, situation.file, self._frame.height)
        try:
            export.write(self._frame, target, "csv", meta, force=self._asked == target)
        except KaptuiError as error:
            self._say(f"{error.message} {error.hint}")
        else:
            self.dismiss(target)

    def _say(self, text: str) -> None:
        self.query_one("#export-problem", Static).update(Content(clean(text)))

    def action_close(self) -> None:
        self.dismiss(None)
