"""The lines of the command palette: accounts, and all that the dashboard's parts offer, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from kaptui.errors import KaptuiError
from kaptui.filters import Context
from kaptui.text import clean, listed, money
from kaptui.text.accounts import NOT_FILTERED
from kaptui.ui import themes as ui_themes
from kaptui.ui.choice import Choice
from kaptui.ui.dashboard_state import DashboardState
from kaptui.ui.filter_controller import Setting
from kaptui.ui.keys import Key
from kaptui.views import Row

ACCOUNTS = 20
SETTINGS: tuple[tuple[Setting, str, dict[str, str]], ...] = (
    ("basis", "Basis", {"contribution": "profit as contribution", "gross": "profit as gross margin"}),
    (
        "window",
        "Window",
        {"ttm": "12 months to the last full month", "ytd": "since January, or the fiscal year's first month"},
    ),
    ("rates", "Exchange rates", {"monthly": "of each month", "constant": "constant, those of a year earlier"}),
)


def search(state: DashboardState | None, offered: Sequence[Choice], text: str) -> list[Choice]:
    """Everything that holds all words of `text`, in any case; accounts first once something is typed."""
    words = text.lower().split()
    return [*_accounts(state, words), *(one for one in offered if _holds(one, words))]


def commands(keys: Sequence[Key]) -> list[Choice]:
    """The keys that are worth a line, each with what it does; its `value` is the key's id."""
    return [Choice("Command", key.help, key.shown, key.id) for key in keys if key.command and key.id != "palette"]


def views(take: Callable[[Choice], None]) -> Iterable[Choice]:
    """The saved views; `take` shows one. A file of views that cannot be read offers none: `v` says why."""
    from kaptui import saved_views

    try:
        found = saved_views.read(saved_views.path())
    except KaptuiError:
        return
    for view in found:
        choice = Choice("View", clean(view.name), clean(view.filters.where), view.name)
        yield replace(choice, do=partial(take, choice))


def settings(context: Context, choose: Callable[[Setting, str], None]) -> Iterable[Choice]:
    """The ways to count money; `choose` takes one."""
    for setting, kind, ways in SETTINGS:
        for value, label in ways.items():
            now = "now" if getattr(context, setting) == value else ""
            yield Choice("Setting", f"{kind}: {label}", now, value, partial(choose, setting, value))


def themes(present: str, use: Callable[[str], None]) -> Iterable[Choice]:
    """The themes; `use` takes one."""
    for theme in ui_themes.themes():
        yield Choice("Theme", theme.name, "now" if theme.name == present else "", theme.name, partial(use, theme.name))


def own_questions(state: DashboardState | None, take: Callable[[str], object]) -> Iterable[Choice]:
    """A company's own questions, each with what it asks; `take` shows the one of this name."""
    for one in state.own_questions if state is not None else ():
        note = "" if one.filtered else NOT_FILTERED
        yield Choice("Question", clean(f"{one.name}: {one.asks}"), note, one.name, partial(take, one.name))


def _holds(choice: Choice, words: list[str]) -> bool:
    text = f"{choice.kind} {choice.label}".lower()
    return all(word in text for word in words)


def _accounts(state: DashboardState | None, words: list[str]) -> list[Choice]:
    if state is None or not words:
        return []
    import polars as pl

    name = pl.col("name").str.to_lowercase()
    found = state.account_card.filter(pl.all_horizontal(name.str.contains(word, literal=True) for word in words))
    ranked = found.with_columns(name.str.starts_with(words[0]).alias("first")).sort(
        ["first", "revenue"], descending=True, nulls_last=True
    )
    return [_account(row) for row in ranked.head(ACCOUNTS).iter_rows(named=True)]


def _account(row: Row) -> Choice:
    note = listed((clean(row["region"] or ""), money(row["revenue"])))
    return Choice("Account", clean(row["name"]), note, row["account_id"])
