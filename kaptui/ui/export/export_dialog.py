"""The export dialog: what to write, how, where to, and what if it is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kaptui import export
from kaptui.config import Config
from kaptui.errors import KaptuiError
from kaptui.text import clean, count
from kaptui.text.accounts import NOT_FILTERED
from kaptui.ui.export.items import Ask, ExportItem, ExportOptions, Scope, ShownPanel, export_items, on_screen
from kaptui.ui.keys import bindings
from kaptui.ui.widgets.notes_box import WORKING
from kaptui.ui.widgets.option_row import OptionRow

ROWS = "#what", "#rows", "#columns", "#format", "#guard", "#excel"


@dataclass(frozen=True, slots=True)
class Written:
    """The data files that were written, and how many rows stand in them."""

    files: tuple[Path, ...]
    rows: int


class ExportDialog(ModalScreen[Written | None]):
    """Returns what it wrote, or None. A file that exists is replaced only after a second Enter."""

    BINDINGS = bindings("choice.up", "choice.down", "choose", "close")

    def __init__(self, panel: ShownPanel, screen: Sequence[ShownPanel], ask: Ask, config: Config) -> None:
        super().__init__()
        self._panel, self._screen, self._ask, self._config = panel, list(screen), ask, config
        self._items: list[ExportItem] = []
        self._ready: ExportOptions | None = None
        self._proposed = ""
        self._asked: Path | None = None
        self._go = False

    def compose(self) -> ComposeResult:
        frame, seen = self._panel.frame, len(self._panel.arrangement.columns) or self._panel.frame.width
        state = self._panel.state.unscoped or self._panel.state
        one = self._panel.state.unscoped and not self._panel.state.filters.moves
        kept = "this account" if one else f"filtered {state.matching}"
        kept = kept if self._panel.state.filtered else NOT_FILTERED
        panels = count("file", len({one.question for one in self._screen}))
        what = (("panel", "this panel"), ("screen", f"screen: {panels}"), ("accounts", "account list"))
        rows = (("kept", kept), ("all", f"all {count('account', state.accounts)}"))
        columns = (("shown", f"shown {seen}"), ("all", f"all {frame.width}"))
        formats = (("csv", "CSV"), ("parquet", "Parquet"), ("json", "JSON"), ("xlsx", "Excel"))
        guard = (("guarded", "' before = + - @"), ("raw", "as it is"))
        excel = (("plain", "plain"), ("excel", "for Excel: BOM, local separator"))
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = Content(f"Export {clean(self._panel.question)}")
            dialog.border_subtitle = Content("arrows, Enter writes, Esc closes")
            yield OptionRow("What", what, id="what")
            yield OptionRow("Rows", rows, id="rows")
            yield OptionRow("Columns", columns, id="columns")
            yield OptionRow("Format", formats, self._config.export_format, id="format")
            yield OptionRow("Text", guard, id="guard")
            yield OptionRow("CSV", excel, "excel" if self._config.for_excel else "plain", id="excel")
            yield Input(compact=True, select_on_focus=False)
            yield Static(id="export-problem")
            yield Static(id="export-preview")

    def on_mount(self) -> None:
        self._propose()
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

    # The path

    def _propose(self) -> None:
        from platformdirs import user_documents_path

        folder = self._config.export_folder or user_documents_path()
        folder = folder if folder.is_dir() or self._config.export_folder else Path.cwd()
        line, options = self.query_one(Input), self.options
        if line.value == self._proposed:
            question = "accounts" if options.what == "accounts" else self._panel.question
            self._proposed = str(folder if options.what == "screen" else folder / self._file_name(question, options))
        elif options.what != "screen" and Path(line.value).suffix.removeprefix(".") in export.FORMATS:
            self._proposed = str(Path(line.value).with_suffix(f".{options.format}"))
        else:
            return
        with line.prevent(Input.Changed):
            line.value = self._proposed
        line.cursor_position = len(line.value)

    def _file_name(self, question: str, options: ExportOptions) -> str:
        return f"{self._panel.state.context.as_of.isoformat()}_{clean(question)}.{options.format}"

    def _targets(self) -> dict[Path, ExportItem]:
        options, path = self.options, Path(self.query_one(Input).value.strip()).expanduser()
        if options.what == "screen":
            return {path / self._file_name(item.question, options): item for item in self._items}
        return dict.fromkeys([path], self._items[0]) if self._items else {}

    # What will be written

    def on_option_row_changed(self) -> None:
        self._asked = None
        self._propose()
        self._prepare()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._asked = None
        suffix = Path(event.value).suffix.lower().removeprefix(".")
        if suffix in export.FORMATS and suffix != self.options.format and self.options.what != "screen":
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
            self._say(f"{found.message} {found.hint}")
            return
        self._items, self._ready = found, options
        self._preview()
        if self._go:
            self.action_choose()

    def _preview(self) -> None:
        if self._ready is None or not self._items:
            return
        options, first = self._ready, self._items[0]
        target = next(iter(self._targets()))
        rows = ", ".join(f"{clean(item.question)} {count('row', item.frame.height)}" for item in self._items)
        lines = [f"Writes {rows}; {first.frame.width} columns"]
        try:
            text = export.to_bytes(first.frame.head(1), options.format, meta={}, raw=options.raw, excel=options.excel)
        except KaptuiError as error:
            lines.append(f"{error.message}; {error.hint}")
        else:
            binary = f"{options.format} is no text to be shown; columns: {', '.join(first.frame.columns)}"
            shown = text.decode("utf-8-sig").splitlines()[:2] if options.format in ("csv", "json") else [binary]
            lines += [clean(line)[:300] for line in shown]
        if command := first.command(target, options):
            lines.append(f"Same as  {clean(command)}")
        if first.text:
            lines.append(f"Beside it, to be read: {target.with_suffix('.txt').name}")
        self.query_one("#export-preview", Static).update(Content("\n".join(lines)))
        folder = target.parent
        self._say("" if folder.is_dir() else f"{folder}: no such folder; make it first, or choose another")

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
        if self._go:
            return
        targets, asked = self._targets(), Path(self.query_one(Input).value)
        there = [path for path, item in targets.items() if _taken(path, item)]
        if there and self._asked != asked:
            self._asked = asked
            self._say(f"{', '.join(path.name for path in there)}: is there already. Enter again replaces it.")
            return
        try:
            for path, item in targets.items():
                force = path in there
                export.write(
                    item.frame, path, options.format, item.meta(), force=force, raw=options.raw, excel=options.excel
                )
                if item.text:
                    export.write_text(item.text, path.with_suffix(".txt"))
        except KaptuiError as error:
            self._say(f"{error.message} {error.hint}")
        else:
            self.dismiss(Written(tuple(targets), sum(item.frame.height for item in targets.values())))

    def _say(self, text: str) -> None:
        self.query_one("#export-problem", Static).update(Content(clean(text)))

    def action_close(self) -> None:
        self.dismiss(None)


def _taken(path: Path, item: ExportItem) -> bool:
    """Whether writing replaces anything; the same answer in another format shares its `.meta.json`."""
    about, words = path.with_suffix(".meta.json"), path.with_suffix(".txt")
    if item.text and words.exists():
        return True
    return path.is_file() or (about.is_file() and about.read_bytes() != export.meta_bytes(item.meta()))
