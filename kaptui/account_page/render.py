"""How the answers about one account are shown on its page: without what the head of the page says already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.headlines.account import account_ask, account_headline
from kaptui.text import count, listed
from kaptui.text.accounts import rules_words
from kaptui.text.window import compared
from kaptui.views import Figures, Notes, Row, Table, View

if TYPE_CHECKING:
    import polars as pl

Frames = Mapping[str, "pl.DataFrame"]

SAID_ABOVE = ("name", "account_id", "plan")
"""Columns that the page's head says once for all rows."""


def within(question: str, *first: str, key: str = "account_id") -> Callable[[Frames, Context], View]:
    """The panel of `question` without what the page's head says, `first` in front; `key` tells rows apart."""

    def draw(frames: Frames, context: Context) -> View:
        return tailored(question, frames[question], context, first, key)

    return draw


def tailored(question: str, frame: pl.DataFrame, context: Context, first: tuple[str, ...], key: str) -> View:
    """The panel of `question` as `within` draws it, for this frame."""
    from kaptui.panels import PANELS

    view = PANELS[question].view(frame, context)
    if not isinstance(view, Table):
        return view
    hidden = tuple(name for name in SAID_ABOVE if name != key)
    ahead = [one for name in first for one in view.columns if one.name == name]
    columns = [one for one in view.columns if one.name not in (*hidden, *first)]
    more = tuple(one for one in view.more if one.name not in hidden)
    return replace(view, columns=(*ahead, *columns), more=more, key=key)


def only(frames: Frames, question: str) -> Row:
    """The one row of the answer about one account."""
    return frames[question].row(0, named=True)


# Above every tab


def sentence(frames: Frames, context: Context) -> Notes:
    """What needs deciding, and on the next line what to ask for."""
    if frames["accounts"].is_empty():
        return Notes(("This account is no longer in the file",), "warn")
    asks = frames["account_asks"].to_dicts()
    judged = rules_words(only(frames, "accounts"))
    return Notes((account_headline(only(frames, "accounts"), asks, judged), account_ask(asks)), "")


# Overview


def figures(frames: Frames, context: Context) -> Figures:
    """The account's key figures, each against the comparison, the year before, its budget or all others."""
    from kaptui.account_page.figures import of_account

    return Figures(of_account(only(frames, "account_profile"), context))


FACTOR_COLUMNS = ("code", "index", "change", "portfolio_median", "evidence_index")


def factors(frames: Frames, context: Context) -> View:
    """The scores in few columns: index, move, the portfolio's median, what the facts support."""
    from kaptui.panels.columns import factor_of

    view = tailored("factor_scores", frames["factor_scores"], context, FACTOR_COLUMNS, "code")
    if not isinstance(view, Table):
        return view
    labels = {"code": "Factor", "evidence_index": "Facts"}
    shown, rest = view.columns[: len(FACTOR_COLUMNS)], view.columns[len(FACTOR_COLUMNS) :]
    indices = shown[1].text or str
    caption = "  ".join(f"{factor_of(row)} {indices(row)}" for row in view.frame.iter_rows(named=True))
    shown = tuple(replace(one, label=labels.get(one.name, one.label)) for one in shown)
    return replace(view, columns=shown, more=rest, caption=caption)


def changes(frames: Frames, context: Context) -> View:
    """What moved since the review, in the order of the answer; what is no fact of the account says what it is."""
    from kaptui.panels.changes import listed_by

    frame = frames["changes"]
    other = frame.filter(frame["kind"] != "fact").height
    kind = ("kind",) if other else ()
    caption = listed((f"{count('change', frame.height)} {compared(context)}", f"{other} not facts" if other else ""))
    table = listed_by(frame, "what", *kind, "before", "effect", "changed_on", caption=caption, more=("source",))
    return replace(table, key="what")
