"""The export dialog: what to write, how, where to, and what if it is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from kaptui import export
from kaptui.common.current_folder import folder_if_any
from kaptui.config import Config
from kaptui.errors import KaptuiError
from kaptui.panels import panel_of
from kaptui.text import clean, count
from kaptui.text.accounts import NOT_FILTERED
from kaptui.ui.export.items import Ask, ExportItem, ExportOptions, Scope, ShownPanel, export_items, on_screen
from kaptui.ui.export.preview import SAID, fitting, preview
from kaptui.ui.keys import bindings
from kaptui.ui.text import HARMLESS
from kaptui.ui.widgets.notes_box import WORKING
from kaptui.ui.widgets.option_row import LABEL, OptionRow

ROWS = "#what", "#rows", "#columns", "#format", "#guard", "#excel"
OF_CSV = "#guard", "#excel"
"""The rows that say something of a CSV only."""


@dataclass(frozen=True, slots=True)
class Written:
    """The data files that were written, and how many rows stand in them."""

    files: tuple[Path, ...]
    rows: int


class Scroll(VerticalScroll, inherit_bindings=False):
    """The frame of the dialog: what has no room is scrolled to, arrows move the cursor only."""


class ExportDialog(ModalScreen[Written | None]):
    """Returns what it wrote, or None. A file that exists is replaced only after a second Enter.

    `name` is the screen's, for the workbook that holds all of it.
    """

    BINDINGS = bindings("choice.up", "choice.down", "choose", "close")

    def __init__(
        self, panel: ShownPanel, screen: Sequence[ShownPanel], ask: Ask, config: Config, name: str = "screen"
    ) -> None:
        super().__init__()
        self._panel, self._screen, self._ask, self._config = panel, list(screen), ask, config
        self._screen_name = name
        self._items: list[ExportItem] = []
        self._ready: ExportOptions | None = None
        self._proposed = ""
        self._asked: Path | None = None
        self._go = False
        self._writing = False

    def compose(self) -> ComposeResult:
        frame, seen = self._panel.frame, len(self._panel.arrangement.columns) or self._panel.frame.width
        state = self._panel.state.unscoped or self._panel.state
        one = self._panel.state.unscoped and not self._panel.state.filters.moves
        kept = "this account" if one else f"filtered {state.matching}"
        kept = kept if self._panel.state.filtered else NOT_FILTERED
        panels = len({one.question for one in self._screen})
        what = (("panel", "this panel"), ("screen", f"this screen ({panels})"), ("accounts", "account list"))
        rows = (("kept", kept), ("all", f"all {count('account', state.accounts)}"))
        columns = (("shown", f"as shown ({seen})"), ("all", f"all {frame.width}"))
        formats = (("csv", "CSV"), ("xlsx", "Excel"), ("parquet", "Parquet"), ("json", "JSON"))
        guard = (("guarded", "safe in a spreadsheet"), ("raw", "as it is"))
        excel = (("plain", "any program"), ("excel", "Excel on this machine"))
        with Scroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content(f"Export: {clean(panel_of(self._panel.question).title)}")
            dialog.border_subtitle = Content("Enter writes, Esc closes, arrows choose")
            yield OptionRow("What", what, id="what")
            yield OptionRow("Rows", rows, id="rows")
            yield OptionRow("Columns", columns, id="columns")
            yield OptionRow("Format", formats, self._config.export_format, id="format")
            yield OptionRow("Names", guard, id="guard")
            yield OptionRow("CSV for", excel, "excel" if self._config.for_excel else "plain", id="excel")
            with Horizontal(id="export-path"):
                yield Label(id="export-into")
                yield Input(compact=True, highlighter=HARMLESS, select_on_focus=False)
            yield Static(id="export-said")
            yield Static(id="export-problem")
            yield Static(id="export-preview")

    def on_mount(self) -> None:
        self._propose()
        self._show_options()
        self.query_one(Input).focus()
        self.call_after_refresh(self._prepare)

    @property
    def options(self) -> ExportOptions:
        """What the dialog is set to."""
        what, rows, columns, format, guard, excel = (self.query_one(row, OptionRow).value for row in ROWS)
        form = cast(export.Format, format)
        csv = form == "csv"
        return ExportOptions(
            cast(Scope, what), rows == "all", columns == "shown", form, csv and guard == "raw", csv and excel == "excel"
        )

    # What the cursor is on

    def on_descendant_focus(self) -> None:
        self._show_options()

    def _show_options(self) -> None:
        """Which rows count for this format, where the cursor is, and what it is on in a sentence."""
        for name in OF_CSV:
            self.query_one(name).display = self.options.format == "csv"
        row, path = self.focused, self.query_one(Input)
        into = "Folder" if _into_folder(self.options) else "File"
        self.query_one("#export-into", Label).update(Content(f"{'>' if row is path else ' '} {into:<{LABEL}}"))
        value = row.value if isinstance(row, OptionRow) else "path"
        said = SAID.get(f"{row.id}.{value}" if row is not None else value) or SAID[value]
        self.query_one("#export-said", Static).update(Content(said))

    # The path

    def _propose(self) -> None:
        from platformdirs import user_documents_path

        folder = self._config.export_folder or user_documents_path()
        folder = folder if _is_folder(folder) or self._config.export_folder else folder_if_any() or Path.home()
        line, options = self.query_one(Input), self.options
        if line.value == self._proposed:
            self._proposed = str(folder if _into_folder(options) else folder / self._own_name(options))
        elif not _into_folder(options) and Path(line.value).suffix.removeprefix(".") in export.FORMATS:
            self._proposed = str(Path(line.value).with_suffix(f".{options.format}"))
        else:
            return
        with line.prevent(Input.Changed):
            line.value = self._proposed
        line.cursor_position = len(line.value)
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """Scroll to the end of a long path, where the name of the file is; the line does so as its cursor moves."""
        line = self.query_one(Input)
        line.cursor_position = 0
        line.cursor_position = len(line.value)

    def _own_name(self, options: ExportOptions) -> str:
        """The name of the one file."""
        names = {"accounts": "accounts", "screen": self._screen_name, "panel": self._panel.question}
        return self._file_name(names[options.what], options)

    def _file_name(self, name: str, options: ExportOptions) -> str:
        return f"{self._panel.state.context.as_of.isoformat()}_{clean(name)}.{options.format}"

    def _targets(self) -> dict[Path, ExportItem]:
        options, path = self.options, _path(self.query_one(Input).value)
        if _into_folder(options):
            return {path / self._file_name(item.first.question, options): item for item in self._items}
        return dict.fromkeys([path], self._items[0]) if self._items else {}

    # What will be written

    def on_option_row_changed(self) -> None:
        self._asked = None
        self._show_options()
        self._propose()
        self._prepare()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._asked = None
        suffix = Path(event.value).suffix.lower().removeprefix(".")
        known = ("xlsx",) if self.options.what == "screen" else export.FORMATS
        if suffix in known and suffix != self.options.format:
            self.query_one("#format", OptionRow).choose(suffix)
        self._preview()

    def _prepare(self) -> None:
        options = self.options
        if on_screen(options):
            self._gather(options)
        else:
            self._say(WORKING)
            self.run_worker(partial(self._gather_in_thread, options), thread=True, exclusive=True, exit_on_error=False)

    def _gather_in_thread(self, options: ExportOptions) -> None:
        try:
            found: list[ExportItem] | KaptuiError = export_items(options, self._panel, self._screen, self._ask)
        except KaptuiError as error:
            found = error
        self.app.call_from_thread(self._gathered, options, found)

    def _gather(self, options: ExportOptions) -> None:
        self._gathered(options, export_items(options, self._panel, self._screen, self._ask))

    def _gathered(self, options: ExportOptions, found: list[ExportItem] | KaptuiError) -> None:
        if not self.is_attached or options != self.options:
            return
        if isinstance(found, KaptuiError):
            self._go = False
            self._say_error(found)
            return
        self._items, self._ready = found, options
        self._preview()
        if self._go:
            self.action_choose()

    def _preview(self) -> None:
        if self._ready is None or not self._items:
            return
        targets, room = self._targets(), self.query_one("#export-preview").content_size.width
        self.query_one("#export-preview", Static).update(Content(preview(targets, self._ready, room)))
        folder = next(iter(targets)).parent
        self._say("" if _is_folder(folder) else f"{folder}: no such folder; make it first, or choose another")

    # Keys

    def on_input_submitted(self) -> None:
        self.action_choose()

    def action_move(self, step: int) -> None:
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_choose(self) -> None:
        """Write, as soon as everything is there; ask before anything is replaced."""
        options = self.options
        self._go = options != self._ready
        if self._go or self._writing:
            return
        targets, asked = self._targets(), Path(self.query_one(Input).value)
        try:
            there = [path for target, item in targets.items() for path in item.taken(target)]
        except KaptuiError as error:
            self._say_error(error)
            return
        if there and self._asked != asked:
            self._asked = asked
            names = fitting([path.name for path in there], 30)
            self._say(f"{names}: there already. Enter again replaces {'it' if len(there) == 1 else 'them'}.")
            return
        self._writing = True
        self._say("Writing ...")
        write = partial(self._write, targets, options, bool(there))
        self.run_worker(write, thread=True, exit_on_error=False, description="export")  # its own would print the rows

    def _write(self, targets: Mapping[Path, ExportItem], options: ExportOptions, force: bool) -> None:
        """Write all of it, in a thread: a large workbook takes seconds."""
        failed: KaptuiError | None = None
        try:
            for path, item in targets.items():
                item.write(path, options, force=force)
        except KaptuiError as error:
            failed = error
        self.app.call_from_thread(self._written, targets, failed)

    def _written(self, targets: Mapping[Path, ExportItem], failed: KaptuiError | None) -> None:
        self._writing = False
        if failed is not None:
            self._say_error(failed)
        elif self.is_attached:
            self.dismiss(Written(tuple(targets), sum(item.rows for item in targets.values())))

    def _say_error(self, error: KaptuiError) -> None:
        self._say(f"{error.message}; {error.hint}" if error.hint else error.message)

    def _say(self, text: str) -> None:
        self.query_one("#export-problem", Static).update(Content(clean(text)))

    def action_close(self) -> None:
        self.dismiss(None)


def _into_folder(options: ExportOptions) -> bool:
    """Whether several files are written: of a screen, unless one workbook holds it."""
    return options.what == "screen" and options.format != "xlsx"


def _path(typed: str) -> Path:
    """The path as typed; one in the home of nobody stays as it is."""
    path = Path(typed.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _is_folder(path: Path) -> bool:
    """Whether this is a folder that can be seen."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
