"""What a digest tells: who is new on the attention list, who left it, what changed, what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.panels.base import named_by_basis
from kaptui.panels.touches_due import SOON
from kaptui.screen_specs import changes as changes_screen
from kaptui.screen_specs.dashboard_state import DashboardState, apply_filters, as_of_since
from kaptui.screen_specs.data_source import answer, without_matches
from kaptui.text import clean, count, day, listed
from kaptui.text.accounts import base_in_words, rules_words
from kaptui.text.window import basis_line, compared, no_figures
from kaptui.views import Column, Notes, Table, View

if TYPE_CHECKING:
    import polars as pl

    from kaptui.portfolio import Portfolio

LAST = "last"
"""Instead of a review or a day to compare with: the latest review point before as-of."""
PLAN_DAYS = 60
"""Days within which a plan that ends is told: two months to agree on the next one."""
MOST = 40
"""Rows of one list that a mail shows; what is left out is counted, with the command that shows it."""
CHANGES = ("movers", "scores", "others", "further")
"""The lists of the Changes screen, in its order."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One list of a digest: its question, its title, how many rows it has in all, and what is shown of them."""

    id: str
    question: str
    title: str
    rows: int
    view: View


@dataclass(frozen=True, slots=True, eq=False)
class Digest:
    """A whole digest: `file` names the portfolio, `said` sums up in one sentence, `basis` is what all numbers rest on.

    `remarks` are what the file lacks, now or on the day compared with.
    """

    file: str
    said: str
    basis: str
    remarks: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """How much there is to tell; 0: nothing."""
        return sum(part.rows for part in self.parts)


def collect(portfolio: Portfolio, filters: Filters) -> Digest:
    """Ask what a digest tells; `filters.since` may be LAST. UsageError: the filter or a day does not hold."""
    if filters.since == LAST and not _is_review(portfolio, replace(filters, since=None), LAST):
        filters = replace(filters, since=None)
    state = apply_filters(portfolio, filters)
    parts = (*_attention(portfolio, state), *_changes(portfolio, state), _touches(portfolio, state))
    parts += (_plans(portfolio, state),)
    said = _said(parts, portfolio.ask("changes", filters), state)
    return Digest(state.file, said, _basis(state), _remarks(portfolio, state), parts)


def _is_review(portfolio: Portfolio, filters: Filters, name: str) -> bool:
    return any(name == review for review, _ in portfolio.reviews(filters))


# The attention list, now and then


def _attention(portfolio: Portfolio, state: DashboardState) -> Iterator[Part]:
    now = portfolio.ask("attention", state.filters)
    then = portfolio.ask("attention", _earlier(state))
    since = day(state.context.since)
    came = f"New on the attention list, not on it on {since}"
    yield _of_list("new", came, now, then, state, "Nobody is new on the attention list.")
    gone = f"Off the attention list, with what was true on {since}"
    yield _of_list("off", gone, then, now, state, "Nobody left the attention list.")


def _earlier(state: DashboardState) -> Filters:
    """The accounts that the filter leaves today, as of the day compared with."""
    chosen_by = state.filters if state.filters.where else None
    return replace(as_of_since(state.filters, state.context), selected_by=chosen_by)


def _of_list(  # noqa: PLR0913, PLR0917 - two lists and the words of one part
    name: str, title: str, frame: pl.DataFrame, other: pl.DataFrame, state: DashboardState, nobody: str
) -> Part:
    """The accounts on the list `frame` that are not on the `other`; each with its place on the list."""
    missing = frame.filter(~frame["account_id"].is_in(other["account_id"].to_list()))
    if missing.is_empty():
        return Part(name, "attention", title, 0, _nothing(state, nobody))
    whole = PANELS["attention"].render(frame, state.context)
    assert isinstance(whole, Table)
    rows = whole.frame.filter(whole.frame["account_id"].is_in(missing["account_id"].to_list()))
    caption = f"{count('account', rows.height)} of {frame.height} on the list"
    shown = _columns(whole, "name", "revenue", "profit", *(("ask",) if name == "new" else ()), "reasons")
    return Part(name, "attention", title, rows.height, _mailed(Table(rows, shown, caption=caption), "attention", state))


# What changed, what is due


def _changes(portfolio: Portfolio, state: DashboardState) -> Iterator[Part]:
    specs = {spec.id: spec for spec in changes_screen.SPECS}
    frame = portfolio.ask("changes", state.filters)
    for name in CHANGES:
        mode = specs[name].first
        view = answer(portfolio, mode, replace(state, earlier=None)).view
        rows = view.frame.height if isinstance(view, Table) and frame.height else 0
        title = {"movers": "Profit, 12 months: worse first"}.get(name, mode.title)
        yield Part(name, "changes", title, rows, _mailed(view, "changes", state))


def _touches(portfolio: Portfolio, state: DashboardState) -> Part:
    frame = portfolio.ask("touches_due", state.filters)
    soon = frame.filter(frame["days_left"] <= SOON)
    return _due(portfolio, state, "touches_due", f"Touches due within {SOON} days", soon, DUE_TOUCH)


def _plans(portfolio: Portfolio, state: DashboardState) -> Part:
    frame = portfolio.ask("plan_health", state.filters)
    first, last = state.context.as_of, state.context.as_of + timedelta(days=PLAN_DAYS)
    ending = frame.filter(frame["ends_on"].is_between(first, last)).sort("ends_on", maintain_order=True)
    return _due(portfolio, state, "plan_health", f"Plans that end within {PLAN_DAYS} days", ending, ENDING_PLAN)


DUE_TOUCH = ("name", "side", "due_on", "days_left", "sponsor", "last_touch_on", "revenue")
ENDING_PLAN = ("name", "plan", "ends_on", "health", "why", "revenue", "manager")


def _due(  # noqa: PLR0913, PLR0917 - what a part is made of
    portfolio: Portfolio,
    state: DashboardState,
    question: str,
    title: str,
    frame: pl.DataFrame,
    columns: Sequence[str],
) -> Part:
    panel = PANELS[question]
    lacking = [table for table in panel.source_tables if not portfolio.rows(table)]
    if frame.is_empty() or lacking:
        nothing = _nothing(state, "None.") if not lacking else panel.view(frame, state.context, lacking)
        return Part(question, question, title, 0, nothing)
    whole = panel.render(frame, state.context)
    assert isinstance(whole, Table)
    caption = f"{count('row', frame.height)} at {count('account', frame['account_id'].n_unique())}"
    view = Table(whole.frame, _columns(whole, *columns), caption=caption)
    return Part(question, question, title, frame.height, _mailed(view, question, state))


def _columns(table: Table, *names: str) -> tuple[Column, ...]:
    known = {one.name: one for one in (*table.columns, *table.more)}
    return tuple(known[name] for name in names)


def _nothing(state: DashboardState, words: str) -> Notes:
    if state.accounts and not state.matching:
        return without_matches(state)
    return Notes((words,), "muted")


def _mailed(view: View, question: str, state: DashboardState) -> View:
    """As a mail has room for it: the first rows, and how to see the others."""
    if not isinstance(view, Table):
        return view
    view = named_by_basis(view, state.context)
    assert isinstance(view, Table)
    left = view.frame.height - MOST
    if left <= 0:
        return view
    more = f"the first {MOST} of {view.frame.height} rows; kaptui show {question} has all"
    return replace(view, frame=view.frame.head(MOST), caption="; ".join(filter(None, (view.caption, more))))


# What stands above the lists


def _said(parts: Sequence[Part], changes: pl.DataFrame, state: DashboardState) -> str:
    """What there is to tell in one sentence."""
    rows = {part.id: part.rows for part in parts}
    if not sum(rows.values()):
        return f"Nothing to tell {compared(state.context)}: {_base(state)}"
    moved, directions = sum(rows[name] for name in CHANGES), changes["direction"].to_list()
    of_which = f"{directions.count('worse')} worse and {directions.count('better')} better" if moved else ""
    told = (
        f"{rows['new']} new on the attention list" if rows["new"] else "",
        f"{rows['off']} off it" if rows["off"] else "",
        f"{count('change', moved)} ({of_which})" if moved else "",
        f"{count('touch', rows['touches_due'], 'touches')} due within {SOON} days" if rows["touches_due"] else "",
        f"{count('plan', rows['plan_health'])} ending within {PLAN_DAYS} days" if rows["plan_health"] else "",
    )
    return f"{listed(told)} {compared(state.context)}"


def _base(state: DashboardState) -> str:
    return base_in_words(state.matching, state.exited, state.accounts)


def _basis(state: DashboardState) -> str:
    """Which days, which profit, which accounts: what every number stands on."""
    where = state.filters.where.strip()
    line = basis_line(state.context, _base(state))
    return f"{line[:1].upper()}{line[1:]}; {f'filter: {clean(where)}' if where else 'no filter'}"


def _remarks(portfolio: Portfolio, state: DashboardState) -> tuple[str, ...]:
    """What the file lacks, and what could not be told on the day compared with."""
    then = portfolio.context(_earlier(state))
    judged = rules_words(portfolio.ask("portfolio", state.filters).row(0, named=True)) if state.accounts else ""
    lacked = no_figures(then) if state.context.has_figures else ""
    told = (
        *state.lacks,
        f"attention rests on {judged}" if judged else "",
        f"on {day(then.as_of)}: {lacked}, so money raised no reason then" if lacked else "",
    )
    return tuple(remark for remark in told if remark)
