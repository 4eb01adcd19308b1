"""Leaders of accounts without figures: what they carry, and what goes with them, is unknown, not nothing."""

from __future__ import annotations

from typing import cast

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.screen_specs.sponsorship_matrix import QUESTIONS, by_account
from kaptui.ui.sponsorship.moves import QUESTIONS as OF_MOVES
from kaptui.ui.sponsorship.moves import Standing, Subject, offers
from tests.reference.shelf import Shelf

FACTS = {
    "account": "account_id,name\na,Anna\n",
    "person": "person_id,name,function,level,active\nS,Sara Sponsor,Finance,5,true\nI,Ida Idle,Finance,5,true\n",
    "sponsorship": "sponsorship_id,account_id,person_id,side,start_on\n1,a,S,internal,2025-01-01\n",
    "activity": "activity_id,account_id,person_id,side,kind,occurred_on\n1,a,S,internal,exec_meeting,2026-06-01\n",
    "setting": "key,value\nas_of,2026-06-30\n",
}


@pytest.fixture
def portfolio(shelf: Shelf) -> Portfolio:
    return shelf.portfolio(FACTS)


def test_the_foot_of_the_matrix(portfolio: Portfolio) -> None:
    frames = {question: portfolio.ask(question, Filters()) for question in QUESTIONS}
    foot = by_account(frames, cast(DashboardState, None)).foot
    assert [(line["name"], line["p0"], line["p1"]) for line in foot[1:]] == [
        ("Their revenue", "n/a", "--"),
        ("At risk if gone", "n/a", "--"),
    ]


def test_the_move_that_lets_somebody_go(portfolio: Portfolio) -> None:
    standing = Standing(*(portfolio.ask(question, Filters()) for question in OF_MOVES))
    notes = {choice.label: choice.note for choice, _ in offers(Subject(person_id="S"), standing)}
    assert notes["Sara Sponsor leaves the company"] == "n/a loses cover"


def test_its_explanation(portfolio: Portfolio) -> None:
    told = portfolio.explain("leaders.lost_revenue", Filters(), item="S").row(0, named=True)
    assert (told["value"], told["words"]) == (None, "1 account")
    assert portfolio.explain("leaders.lost_revenue", Filters(), item="I").row(0, named=True)["value"] == 0
