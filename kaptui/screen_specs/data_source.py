"""Where a panel's content comes from: its questions, and how a worker makes a view of their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from kaptui.errors import KaptuiError
from kaptui.panels.spec import Mode
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.views import Bars, Notes, View

if TYPE_CHECKING:
    import polars as pl

    from kaptui.filters import Filters


class DataSource(Protocol):
    """What is asked: a portfolio, or something in front of it."""

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to a question."""

    def rows(self, table: str) -> int:
        """How many rows a fact table has in the whole file."""


def without_moves(question: str) -> str:
    """The name under which the frames hold the answer as it is in the file."""
    return f"{question} in the file"


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole frame of the panel's own question, and how it is shown.

    `compared` is what the title says of the day that the reader chose to compare with; empty where he chose none.
    """

    frame: pl.DataFrame
    view: View
    compared: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a panel's question in one state: an answer, or why there is none."""

    source: Mode
    state: DashboardState
    outcome: Answer | KaptuiError


Query = tuple[str, "Filters"]
"""A question and the filters it is asked with."""


def queries(source: Mode, state: DashboardState) -> list[Query]:
    """What `answer` will ask for this source."""
    facts = replace(state.filters, moves=())
    asked = [*((one, state.filters) for one in source.questions), *((one, facts) for one in source.before)]
    now, then = _compared(source, state)
    return [*asked, *now, *then]


def _compared(source: Mode, state: DashboardState) -> tuple[list[Query], list[Query]]:
    """What is asked as of now, and as of the chosen day, to compare them."""
    earlier = state.earlier_filters
    if earlier is None:
        return [], []
    from kaptui.panels.comparison import questions

    now, then = questions(source.question)
    return [(one, state.filters) for one in now], [(one, earlier) for one in then]


def answer(portfolio: DataSource, source: Mode, state: DashboardState) -> Answer:
    """Ask the questions of `source`. KaptuiError: one of them cannot be answered."""
    frames = {question: portfolio.ask(question, state.filters) for question in source.questions}
    facts = replace(state.filters, moves=())
    frames |= {without_moves(question): portfolio.ask(question, facts) for question in source.before}
    own = frames[source.question]
    if state.accounts and not state.matching and not source.says_without_rows:
        return Answer(own, without_matches(state))
    drawn = source.says_without_rows or (
        frames[source.rests_on or source.question].height and not _missing(portfolio, source.question)
    )
    if source.draw is not None and drawn:
        view = source.draw(frames, state)
    else:
        view = _view(portfolio, source.question, own, state)
    return Answer(own, *_with_changes(portfolio, source, state, view))


def _with_changes(portfolio: DataSource, source: Mode, state: DashboardState, view: View) -> tuple[View, str]:
    """The view with its changes against the chosen day, and what the title says of them."""
    if state.earlier is None or state.earlier_filters is None:
        return view, _measured_from(source, state, view)
    from kaptui.panels.comparison import with_changes

    now, then = ({query[0]: portfolio.ask(*query) for query in some} for some in _compared(source, state))
    return with_changes(view, source.question, now, then, state.context, state.earlier)


def _measured_from(source: Mode, state: DashboardState, view: View) -> str:
    """What the title says of moves that are drawn without being asked for; a view with a caption says it there."""
    from kaptui.panels import panel_of
    from kaptui.text.window import compared

    titled = isinstance(view, Bars) and source.draw is None and panel_of(source.question).comparison.titled
    return compared(state.context) if titled else ""


def _view(portfolio: DataSource, question: str, frame: pl.DataFrame, state: DashboardState) -> View:
    from kaptui.panels import panel_of

    return panel_of(question).view(frame, state.context, _missing(portfolio, question))


def _missing(portfolio: DataSource, question: str) -> list[str]:
    """The fact tables behind the question that hold no row in the whole file."""
    from kaptui.panels import panel_of

    return [table for table in panel_of(question).source_tables if portfolio.rows(table) == 0]


def without_matches(state: DashboardState) -> Notes:
    """What a word may have meant, and which condition to drop, to see how many accounts."""
    best = [f"Without {chip}: {accounts}" for chip, accounts in state.rescue if accounts]
    best = [f"Did you mean {offer}? {accounts}" for offer, accounts in state.meant] + best
    way_out = best or ["No single condition is to blame."]
    return Notes((f"0 of {state.accounts} accounts match.", *way_out, "x clears the filter, / changes it."), "warn")
