"""The files that an export writes: answers as they stand on screen, or asked for anew."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kaptui import export
from kaptui.arrangement import Arrangement
from kaptui.filters import Context, Filters
from kaptui.ui.dashboard_state import DashboardState
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
    """One file to write: an answer, arranged, and what it is an answer to; `text` goes into a file beside it."""

    question: str
    filters: Filters
    context: Context
    portfolio: str
    arguments: tuple[str, ...]
    frame: pl.DataFrame
    arrangement: Arrangement
    text: str = ""

    def meta(self) -> dict[str, object]:
        """The content of its `.meta.json`."""
        rows = self.frame.height
        return export.meta(self.question, self.filters, self.context, self.portfolio, rows, self.arrangement)

    def command(self, target: Path, options: ExportOptions) -> str:
        """The command line that writes the same bytes; empty where there is none.

        A what-if only the screen can try, and the sample portfolio is in no file that a command could open.
        """
        if self.filters.moves or not self.arguments:
            return ""
        filters, words = self.filters, ["kaptui", "export", self.question, *self.arguments, "-o", str(target)]
        given = {
            "--where": filters.where,
            "--as-of": filters.as_of,
            "--since": filters.since,
            "--basis": filters.basis,
            "--window": filters.window if filters.window != "ttm" else None,
            "--rates": filters.rates if filters.rates != "monthly" else None,
        }
        words += [word for option, value in given.items() if value for word in (option, str(value))]
        words += self.arrangement.options()
        words += ["--raw"] * options.raw + ["--excel"] * options.excel
        return shlex.join(words)


def shown_panel(panel: Panel) -> ShownPanel | None:
    """What this panel shows; None while it has no answer."""
    if panel.answer is None or panel.state is None:
        return None
    question, frame, table = panel.source.question, panel.answer.frame, panel.content
    arrangement = Arrangement()
    if question == "what_if_moves" and isinstance(panel.answer.view, Table):
        from kaptui.ui.sponsorship.what_if import proposal

        return ShownPanel(question, frame, panel.state, arrangement, proposal(panel.answer.view, panel.state))
    if isinstance(table, DataTableView):
        sort = table.arrangement.sort if table.arrangement.sort and table.arrangement.sort[0] in frame.columns else None
        arrangement = Arrangement(sort, tuple(one.name for one in table.columns if one.name in frame.columns))
    return ShownPanel(question, frame, panel.state, arrangement)


def export_items(options: ExportOptions, panel: ShownPanel, screen: Sequence[ShownPanel], ask: Ask) -> list[ExportItem]:
    """The answers that `options` asks for; those that do not stand on screen are asked for. KaptuiError: they fail."""
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
    return [_item(options, one, ask) for one in wanted]


def on_screen(options: ExportOptions) -> bool:
    """Whether nothing needs to be asked."""
    return options.what != "accounts" and not options.everyone


def _item(options: ExportOptions, one: ShownPanel, ask: Ask) -> ExportItem:
    filters = replace(one.state.filters, where="") if options.everyone else one.state.filters
    frame = ask(one.question, filters) if options.everyone else one.frame
    arrangement = one.arrangement if options.shown else replace(one.arrangement, columns=())
    if arrangement.columns == tuple(frame.columns):
        arrangement = replace(arrangement, columns=())
    given, rows = one.state, arrangement.of(frame)
    return ExportItem(one.question, filters, given.context, given.file, given.arguments, rows, arrangement, one.text)
