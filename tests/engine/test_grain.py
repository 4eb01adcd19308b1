"""What tells the rows of an answer apart is in the answer, also where two things share a name, a day and a value."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from kaptui.arrangement import Arrangement
from kaptui.filters import Filters, Move
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio, open_file
from kaptui.resources import sample_dir
from kaptui.ui.export.items import arrangement_of

TWINS = {
    "person": "person_id",
    "account": "account_id",
    "stakeholder": "stakeholder_id",
    "programme": "programme_id",
    "sponsorship": "sponsorship_id",
    "activity": "activity_id",
    "objective": "objective_id",
    "action": "action_id",
    "plan_review": "review_id",
    "review_point": "name",
}
"""The tables whose rows get a twin: the same in everything but the column named here."""


@pytest.fixture(scope="module")
def twins() -> Iterator[Portfolio]:
    """The sample with a twin of every person, account, contact, touch, objective, action, review and programme."""
    connection = open_file.sample(sample_dir())
    for table, key in TWINS.items():
        connection.execute(f"insert into {table} select * replace ({key} || ' II' as {key}) from {table}")
    connection.execute(
        "insert into sponsorship select * replace (sponsorship_id || ' III' as sponsorship_id, "
        "person_id || ' II' as person_id) from sponsorship where sponsorship_id not like '% II'"
    )
    portfolio = Portfolio.over(connection, "twins")
    yield portfolio
    portfolio.close()


def alike(frame: pl.DataFrame, question: str) -> pl.DataFrame:
    """The rows that the key of the question does not tell apart."""
    key = PANELS[question].key(frame.columns)
    if not key:
        return frame if frame.height > 1 else frame.clear()
    return frame.filter(pl.struct(key).is_duplicated())


@pytest.mark.parametrize("question", PANELS)
def test_a_key_tells_the_rows_apart(question: str, twins: Portfolio) -> None:
    leader = twins.ask("leaders", Filters())["person_id"][0]
    moves = (Move("leave", leader),) if question == "what_if_moves" else ()
    frame = twins.ask(question, Filters(moves=moves))
    assert frame.height, "an empty answer proves nothing"
    assert alike(frame, question).is_empty()
    shown = [frame.columns[-1]]  # whatever the reader shows, what is exported tells the rows apart
    exported = arrangement_of(question, frame, shown, None).of(frame)
    assert set(PANELS[question].key(frame.columns)) <= set(exported.columns)
    assert exported.columns[-1] == shown[0]
    assert exported.is_unique().all()


def test_a_list_made_out_of_an_answer_is_exported_as_the_whole_answer(twins: Portfolio) -> None:
    """The matrix of accounts and factors shows a column for each factor: its rows are not those of the answer."""
    frame = twins.ask("factor_scores", Filters())
    arranged = arrangement_of("factor_scores", frame, ["name", "index", "factor.TOP"], ("index", True))
    assert arranged == Arrangement()
    assert {"account_id", "code", "factor"} <= set(arranged.of(frame).columns)
