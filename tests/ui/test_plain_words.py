"""Short lines that must still read as a sentence: the moves of a what-if, and the oldest overdue action."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from kaptui.filters import Move
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.screen_specs.data_source import without_moves
from kaptui.ui.explain.render import as_text, explained
from kaptui.ui.sponsorship.what_if import SUMMARY, view
from kaptui.views import Table
from tests.ui.harness import START


def test_a_move_of_the_what_if(sample_portfolio: Portfolio) -> None:
    leaders = sample_portfolio.ask("leaders", START).to_dicts()
    osei = next(row["person_id"] for row in leaders if row["name"] == "Marcus Osei")
    moved = replace(START, moves=(Move("assign", osei, "KA002", "external"),))
    frames = {question: sample_portfolio.ask(question, moved) for question in ("what_if_moves", SUMMARY)}
    frames[without_moves(SUMMARY)] = sample_portfolio.ask(SUMMARY, START)
    shown = view(frames, cast(DashboardState, None))
    assert isinstance(shown, Table)
    first = shown.frame.row(0, named=True)
    assert first["what"] == "1 M. Osei to Helvia Group, at customer"
    assert first["short"] == "1 Osei to Helvia, at customer", "what and where, in the few cells of the screen"
    carries = sample_portfolio.ask("what_if_moves", moved).row(0, named=True)
    assert first["change"] == f"{carries['accounts_before']}, then {carries['accounts_before'] + 1} accounts"


def test_the_oldest_overdue_action(sample_portfolio: Portfolio) -> None:
    rows = sample_portfolio.ask("actions_by_function", START).to_dicts()
    function = next(row["function"] for row in rows if row["actions_overdue"])
    told = sample_portfolio.explain("actions_by_function.actions_overdue", START, item=function)
    (lift,) = (line for line in map(as_text, explained(told, 200)) if line.startswith("+ "))
    assert "; " in lift
    assert " days overdue at " in lift.partition("; ")[2], "the number stands with its noun"
