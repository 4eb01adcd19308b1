"""The files that an export writes: answers as they stand on screen, or asked for anew."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kaptui import export
from kaptui.arrangement import Arrangement, Sort
from kaptui.filters import Filters
from kaptui.panels import panel_of
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.views import Table

if TYPE_CHECKING:
    import polars as pl

Ask = Callable[[str, Filters], "pl.DataFrame"]
Scope = Literal["panel", "screen", "accounts"]


@dataclass(frozen=True, slots=True, eq=False)
class ShownPanel:
    """A panel as it stands on screen: its answer, and how its rows and columns are arranged there.

    `text` is what is written beside the data, where the answer is a proposal to be read.
    """

    question: str
    frame: pl.DataFrame
    state: DashboardState
    arrangement: Arrangement
    text: str = ""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the export dialog is set to. `shown`: only the columns on screen; `everyone`: the filter left out."""

    what: Scope = "panel"
    everyone: bool = False
    shown: bool = True
    format: export.Format = "csv"
    raw: bool = False
    excel: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ExportItem:
    """One file to write: its answers, and the words that open their portfolio; `text` goes into a file beside it.

    Several answers are the sheets of one workbook.
    """

    answers: tuple[export.Answer, ...]
    arguments: tuple[str, ...]
    text: str = ""

    @property
    def first(self) -> export.Answer:
        """Its first answer."""
        return self.answers[0]

    @property
    def rows(self) -> int:
        """The rows of all its answers."""
        return sum(answer.rows.height for answer in self.answers)

    def content(self, options: ExportOptions) -> bytes:
        """What the file holds. KaptuiError: its format does not hold it."""
        return export.content(self.answers, options.format, raw=options.raw, excel=options.excel)

    def write(self, target: Path, options: ExportOptions, *, force: bool = False) -> None:
        """Write the file, its meta data and the words beside it. KaptuiError: it cannot be written."""
        export.write(target, self.content(options), export.meta(self.answers), force=force)
        if self.text:
            export.write_text(self.text, words_path(target))

    def taken(self, target: Path) -> list[Path]:
        """What writing would replace. KaptuiError: that cannot be seen."""
        return export.taken([target, export.meta_path(target), *([words_path(target)] if self.text else [])])

    def command(self, target: Path, options: ExportOptions) -> str:
        """The command line that writes the same bytes; empty where there is none.

        A what-if only the screen can try, and the sample portfolio is in no file that a command could open.
        """
        filters = self.first.filters
        if filters.moves or not self.arguments or any(answer.filters != filters for answer in self.answers):
            return ""
        questions = ",".join(answer.question for answer in self.answers)
        words = ["kaptui", "export", questions, *self.arguments, "-o", str(target)]
        given = {
            "--where": filters.where,
            "--as-of": filters.as_of,
            "--since": filters.since,
            "--basis": filters.basis,
            "--window": filters.window if filters.window != "ttm" else None,
            "--rates": filters.rates if filters.rates != "monthly" else None,
        }
        words += [word for option, value in given.items() if value for word in (option, str(value))]
        for answer in self.answers:
            options_of_it = answer.arrangement.options()
            if len(self.answers) > 1:
                options_of_it[1::2] = [f"{answer.question}:{value}" for value in options_of_it[1::2]]
            words += options_of_it
        words += ["--raw"] * options.raw + ["--excel"] * options.excel
        return shlex.join(words)


def words_path(target: Path) -> Path:
    """Where the words stand that are to be read beside the data."""
    return target.parent / f"{target.stem}.txt"


def shown_panel(panel: Panel) -> ShownPanel | None:
    """What this panel shows; None while it has no answer."""
    if panel.answer is None or panel.state is None:
        return None
    question, frame, table = panel.source.question, panel.answer.frame, panel.content
    if question == "what_if_moves" and isinstance(panel.answer.view, Table):
        from kaptui.ui.sponsorship.what_if import proposal

        return ShownPanel(question, frame, panel.state, Arrangement(), proposal(panel.answer.view, panel.state))
    arrangement = Arrangement()
    if isinstance(table, DataTableView):
        arrangement = arrangement_of(question, frame, [one.name for one in table.columns], table.arrangement.sort)
    return ShownPanel(question, frame, panel.state, arrangement)


def arrangement_of(question: str, frame: pl.DataFrame, shown: Sequence[str], sort: Sort | None) -> Arrangement:
    """The columns on screen, and before them those without which two rows could not be told apart.

    A list made out of the answer, such as the matrix with a column for every factor, is exported as the whole answer
    in its own order: one row for each of its cells, with the factor and the person that it is about.
    """
    if not set(shown) <= set(frame.columns):
        return Arrangement()
    key = [name for name in panel_of(question).key(frame.columns) if name not in shown]
    return Arrangement(sort if sort and sort[0] in frame.columns else None, (*key, *shown))


def export_items(options: ExportOptions, panel: ShownPanel, screen: Sequence[ShownPanel], ask: Ask) -> list[ExportItem]:
    """The files that `options` asks for; answers that do not stand on screen are asked for. KaptuiError: they fail."""
    match options.what:
        case "panel":
            wanted = [panel]
        case "screen":
            wanted = list({one.question: one for one in screen}.values())
        case "accounts":
            filters = (panel.state.unscoped or panel.state).filters
            whole = replace(panel.state, filters=filters)
            listed = next((one for one in screen if one.question == "accounts" and not one.state.unscoped), None)
            wanted = [listed or ShownPanel("accounts", ask("accounts", filters), whole, Arrangement())]
    items = [_item(options, one, ask) for one in wanted]
    if options.format == "xlsx" and len(items) > 1:
        answers = tuple(answer for item in items for answer in item.answers)
        return [ExportItem(answers, items[0].arguments, "\n".join(item.text for item in items if item.text))]
    return items


def on_screen(options: ExportOptions) -> bool:
    """Whether nothing needs to be asked."""
    return options.what != "accounts" and not options.everyone


def _item(options: ExportOptions, one: ShownPanel, ask: Ask) -> ExportItem:
    filters = replace(one.state.filters, where="") if options.everyone else one.state.filters
    frame = ask(one.question, filters) if options.everyone else one.frame
    arrangement = one.arrangement if options.shown else replace(one.arrangement, columns=())
    if arrangement.columns == tuple(frame.columns):
        arrangement = replace(arrangement, columns=())
    given = one.state
    answer = export.Answer(one.question, filters, given.context, given.file, frame, arrangement)
    return ExportItem((answer,), given.arguments, one.text)
