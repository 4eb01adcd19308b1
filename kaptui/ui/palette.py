"""The lines of the command palette: accounts, and all that the dashboard's parts offer, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kaptui.errors import KaptuiError
from kaptui.filters import Context
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import clean, listed, money
from kaptui.text.accounts import NOT_FILTERED
from kaptui.ui import themes as ui_themes
from kaptui.ui.choice import Choice
from kaptui.ui.filter_controller import Setting
from kaptui.ui.keys import Key
from kaptui.views import Row

ACCOUNTS = 20
NEARBY = 300
"""Accounts that are looked through for one spelt like a word that finds nothing."""


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """A question of a board meeting: in business words, the screen and the question that answer it, and the filter.

    `words` are further words it is found by, `where` the filter text that leaves the accounts it is about.
    """

    asks: str
    words: str
    screen: str
    question: str
    where: str = ""


NOT_ALIVE = "plan:none plan:expired plan:unreviewed plan:slipping"
BOARD: tuple[BoardQuestion, ...] = (
    BoardQuestion("What got worse since the review?", "changed moved fell lost committee", "changes", "changes"),
    BoardQuestion(
        "Revenue up, profit down: where?", "growing growth shrinking", "value", "value_mix", "reason:empty_growth"
    ),
    BoardQuestion(
        "Who drags profit, and what would programme margin be worth?",
        "loses losing money loss average lever",
        "value",
        "value_mix",
        "value_at_stake>0",
    ),
    BoardQuestion("What moved profit?", "bridge price mix cost size", "value", "profit_bridge"),
    BoardQuestion(
        "No live sponsor: who, worth how much?",
        "uncovered nobody without",
        "sponsors",
        "sponsorship_gaps",
        "reason:no_live_sponsor",
    ),
    BoardQuestion(
        "Silent sides: whom has nobody met in time?",
        "stale late quiet",
        "sponsors",
        "sponsorship_gaps",
        "reason:side_stale",
    ),
    BoardQuestion(
        "Leaders over the limit or silent", "load overloaded carries too many sponsors", "sponsors", "sponsor_load"
    ),
    BoardQuestion(
        "Leaving: whose only sponsor goes?",
        "leaves leaver orphan ending",
        "sponsors",
        "sponsor_load",
        "reason:orphan_risk",
    ),
    BoardQuestion(
        "Which factor is weakest, and where do we not know?", "score unknown success", "factors", "factor_summary"
    ),
    BoardQuestion(
        "Plans that are not alive", "expired slipping missing dead neglected", "plans", "plan_health", NOT_ALIVE
    ),
    BoardQuestion("Unreviewed plans", "not reviewed review old", "plans", "plan_health", "plan:unreviewed"),
    BoardQuestion(
        "Does co-innovation money go to the right accounts?",
        "investment programme return commitment",
        "value",
        "co_innovation_gaps",
    ),
    BoardQuestion("Is value priced where it pays?", "value-priced pricing price", "value", "value_mix"),
    BoardQuestion(
        "Year-end: who is exposed before negotiations?",
        "year end negotiation talks alone",
        "sponsors",
        "sponsorship_mechanisms",
        "year_end:alone",
    ),
)
"""What a director asks, and where it is answered."""

SETTINGS: tuple[tuple[Setting, str, dict[str, str]], ...] = (
    ("basis", "Basis", {"contribution": "profit as contribution", "gross": "profit as gross margin"}),
    (
        "window",
        "Window",
        {"ttm": "12 months to the last full month", "ytd": "since January, or the fiscal year's first month"},
    ),
    ("rates", "Exchange rates", {"monthly": "of each month", "constant": "constant, those of a year earlier"}),
)

WORDS = {"ttm": "trailing twelve", "ytd": "year to date", "gross": "margin"}
"""Further words that a setting is found by."""


def nearby(state: DashboardState | None, offered: Sequence[Choice]) -> list[Choice]:
    """What a word that finds nothing may have meant: all that is offered, and the largest accounts."""
    return [*(_ranked(state, []) if state is not None else ()), *offered]


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


def board_questions(take: Callable[[BoardQuestion], object]) -> Iterable[Choice]:
    """The questions of a board meeting; `take` leads to the answer of one."""
    for one in BOARD:
        yield Choice("Question", one.asks, one.where, one.question, partial(take, one), one.words)


def reset(do: Callable[[], object]) -> Choice:
    """Everything as at the start: all accounts, and the file's own day, comparison, basis and window."""
    return Choice(
        "Command", "Reset: all accounts, today's view", "", "reset", do, "clear default start over filter dates basis"
    )


def settings(context: Context, choose: Callable[[Setting, str], None]) -> Iterable[Choice]:
    """The ways to count money; `choose` takes one."""
    for setting, kind, ways in SETTINGS:
        for value, label in ways.items():
            now = "now" if getattr(context, setting) == value else ""
            yield Choice(
                "Setting", f"{kind}: {label}", now, value, partial(choose, setting, value), WORDS.get(value, "")
            )


def themes(present: str, use: Callable[[str], None]) -> Iterable[Choice]:
    """The themes; `use` takes one."""
    for theme in ui_themes.themes():
        yield Choice("Theme", theme.name, "now" if theme.name == present else "", theme.name, partial(use, theme.name))


def own_questions(state: DashboardState | None, take: Callable[[str], object]) -> Iterable[Choice]:
    """A company's own questions, each with what it asks; `take` shows the one of this name."""
    for one in state.own_questions if state is not None else ():
        note = "" if one.filtered else NOT_FILTERED
        yield Choice("Own question", clean(f"{one.name}: {one.asks}"), note, one.name, partial(take, one.name))


def _holds(choice: Choice, words: list[str]) -> bool:
    text = f"{choice.kind} {choice.label} {choice.words}".lower()
    return all(word in text for word in words)


def _accounts(state: DashboardState | None, words: list[str]) -> list[Choice]:
    return _ranked(state, words) if state is not None and words else []


def _ranked(state: DashboardState, words: list[str]) -> list[Choice]:
    """The accounts with all these words in their names, those that begin with the first one first; all, by revenue."""
    import polars as pl

    if not words:
        largest = state.account_card.sort("revenue", descending=True, nulls_last=True).head(NEARBY)
        return [_account(row) for row in largest.iter_rows(named=True)]
    name = pl.col("name").str.to_lowercase()
    found = state.account_card.filter(pl.all_horizontal(name.str.contains(word, literal=True) for word in words))
    ranked = found.with_columns(name.str.starts_with(words[0]).alias("first")).sort(
        ["first", "revenue"], descending=True, nulls_last=True
    )
    return [_account(row) for row in ranked.head(ACCOUNTS).iter_rows(named=True)]


def _account(row: Row) -> Choice:
    note = listed((clean(row["region"] or ""), money(row["revenue"])))
    return Choice("Account", clean(row["name"]), note, row["account_id"])
