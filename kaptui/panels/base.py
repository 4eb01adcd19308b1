"""A panel: the promise of one question and the way it is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.text.window import no_figures, short_history
from kaptui.views import Kind, Notes, Sentences, Table, View

if TYPE_CHECKING:
    import polars as pl

Render = Callable[["pl.DataFrame", Context], View]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a panel shows its change against a day that the reader chose.

    `columns` are those whose change is shown, in their order: of the panel's own question, or `question.column` of
    another one that is asked besides; each with the column that says what it rests on ("" for none): where that
    differs, the two are not compared. `changes` are columns of money over twelve months whose change is an answer
    of its own: `question.column`. `told`: the answer holds its changes since that day already; with `titled` the
    title names what they are measured from also where the reader chose no day. `without` says in the title why there
    is no change.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)
    told: bool = False
    titled: bool = False
    without: str = "not compared"


PROFIT_SINCE: Mapping[str, str] = {"profit": "profit_since.effect"}
"""The change of an account's profit, as the Changes screen tells it."""
TOLD = Comparison(told=True)


@dataclass(frozen=True, slots=True)
class Panel:
    """What a question's answer looks like.

    `promise` maps each column to its kind, in the order of the answer; more columns may follow. `render` turns
    an answer with rows into a view. `source_tables` names the fact tables without which the answer is empty, and
    `description` says in one sentence what would stand here if they were filled. `when_empty` is what an
    answer without rows means, where that is good news. `row_key` names the columns that tell the rows of one account
    apart, or those of a panel without accounts; `grain` those that tell the rows of the whole answer apart, where that
    takes more than the account and `row_key`. `compares`: the answer is empty where the history is too short to
    compare with a year earlier. `sentences` makes the answer into sentences, where that is what its rows are.
    `comparison` is how it changed since a chosen day.
    """

    name: str
    title: str
    promise: Mapping[str, Kind]
    render: Render
    source_tables: tuple[str, ...] = ("account",)
    description: str = ""
    when_empty: str = ""
    row_key: str = ""
    grain: str = ""
    compares: bool = False
    sentences: Callable[[pl.DataFrame, Context], Sentences] | None = None
    comparison: Comparison = Comparison()

    def key(self, columns: Collection[str]) -> tuple[str, ...]:
        """Those of an answer's `columns` that tell its rows apart; none where it has one row, or nobody knows."""
        if not self.promise:
            return ()
        names = ("account_id", *(self.grain or self.row_key).split())
        return tuple(dict.fromkeys(name for name in names if name in columns))

    def view(self, frame: pl.DataFrame, context: Context, missing: Collection[str] = ()) -> View:
        """The answer as a view; words where it has no rows, or where a table that feeds it is in `missing`.

        `missing` names fact tables without any row in the whole file: to say "nobody is covered" of an empty
        table would be a lie.
        """
        if frame.height and not set(self.source_tables) & set(missing):
            view = self.render(frame, context)
            return named_by_basis(view, context) if self.promise else view  # the names of others stay theirs
        return empty(self, missing, context)


def empty(panel: Panel, missing: Collection[str] = (), context: Context | None = None) -> Notes:
    """What to say instead of an answer without rows: why, what would stand here, which file feeds it.

    `missing` names the fact tables without any row in the whole file; `context` tells where figures are.
    """
    gaps = [table for table in panel.source_tables if table in missing]
    if gaps:
        nouns = " and ".join(f"no {table.replace('_', ' ')}" for table in gaps)
        return Notes((f"This file holds {nouns} yet.", panel.description, f"Fill {_files(gaps)} and load again."))
    reason = no_figures(context) if context and "financial_period" in panel.source_tables else ""
    if not reason and context and panel.compares:
        reason = short_history(context)
    first = reason[:1].upper() + reason[1:] or panel.when_empty or "Nothing to show for this filter and date."
    fed_by = f"Fed by {_files(panel.source_tables)}." if panel.source_tables else ""
    return Notes((first, panel.description, fed_by))


OF_GROSS: Mapping[str, str] = {
    "Profit": "Gross profit",
    "Profit share": "Gross profit share",
    "Profit vs year": "Gross profit vs year",
    "Cumulative profit": "Cumulative gross profit",
}
"""Headings of profit where profit is gross: short, for the columns are."""


def named_by_basis(view: View, context: Context) -> View:
    """The view with headings that say which profit is meant, as line 1 does; the columns keep their public names."""
    if context.basis != "gross" or not isinstance(view, Table):
        return view
    columns, more = (
        tuple(replace(one, label=OF_GROSS.get(one.label, one.label)) for one in some)
        for some in (view.columns, view.more)
    )
    return replace(view, columns=columns, more=more)


def item_key(*names: Any) -> str:
    """The values that tell one number from its like, as an explanation is asked for it.

    Several stand between bars. A bar inside a name is written %7C, so that a region called "North|South" is not
    taken for another one; the macro `item_part` of queries/model/explain_lines.sql reads it back.
    """
    texts = ["" if name is None else str(name) for name in names]
    if len(texts) == 1:
        return texts[0]
    return "|".join(text.replace("%", "%25").replace("|", "%7C") for text in texts)


def _files(tables: Collection[str]) -> str:
    return " and ".join(f"{table}.csv" for table in tables)
