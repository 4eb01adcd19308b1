"""The Brief: the ten questions of a board meeting, each answered in one sentence with its base.

Where domain.md is silent: directions compare with the review point; what compares with a year earlier (lines 2 and
4), or has no dated past of its own (9, 10), says none.
A line's accounts are those that its sentence counts; where it tells what moved (lines 1 and 4), those it names. Of a
line that no field of the filter can tell, the filter names the accounts by id, at most 40, else by the fields next to
it. Numbers and amounts are written by kaptui.text; the engine writes them in SQL.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.reference.brief_measures import MEASURES, NOTHING
from tests.reference.brief_money import drags, got_worse, growth_without_profit, profit_moved
from tests.reference.brief_people import exposed, leaders, plans_not_alive, weakest_factor, without_sponsor
from tests.reference.brief_pricing import right_accounts
from tests.reference.brief_words import Line, behind, by_id
from tests.reference.case import Case
from tests.reference.facts import Row
from tests.reference.money import (
    ZERO,
    figures,
    ratio,
    total,
)

OF_THE_WHOLE = (1, 4, 7, 9)
"""Lines whose sums or means run over all that are chosen: their evidence is shown without a filter."""
QUESTIONS: tuple[tuple[str, str, bool], ...] = (
    ("Worse since the review", "changes", True),
    ("Revenue up, profit down", "value", False),
    ("Who drags profit", "value", True),
    ("Profit, year on year", "value", True),
    ("No live sponsor", "sponsors", False),
    ("Leaders", "sponsors", False),
    ("Weakest factor", "factors", False),
    ("Plans not alive", "plans", False),
    ("Co-innovation, pricing", "value", True),
    ("Negotiating alone", "sponsors", False),
)
"""The short name, the screen that holds the evidence, and whether accounts that left the programme take part."""


def brief(case: Case) -> list[Row]:
    """Ten rows, in the order of domain.md."""
    return [_row(case, number) for number in range(1, 11)]


def _row(case: Case, number: int) -> Row:
    question, screen, of_money = QUESTIONS[number - 1]
    every = case.ids if of_money else case.chosen_programme
    line = LINES[number - 1](case) if every else Line("no account is chosen")
    ids, whole = line.ids, total(figures(case, key).revenue for key in every)
    revenue = None if ids is None else total(figures(case, key).revenue for key in ids) if ids else ZERO
    measured = MEASURES[number](case) if every else NOTHING
    said = line.answer.replace(" and load again", "") if line.short is None else line.short
    who = behind(case, ids or [], line.beside) if line.who is None else line.who
    return {
        "number": number,
        "question": question,
        "answer": line.answer[:1].upper() + line.answer[1:],
        "accounts": None if ids is None else len(ids),
        "revenue": revenue,
        "revenue_share": ratio(revenue, whole),
        "amount": line.amount,
        "direction": line.direction,
        "screen": screen,
        "filter": (line.where or by_id(ids)) if ids and number not in OF_THE_WHOLE else None,
        "short": said[:1].upper() + said[1:],
        "verdict": line.verdict,
        **dict(zip(("measure", "value", "was", "change"), measured, strict=True)),
        "who": (who or None) if ids is not None else None,
    }


LINES: tuple[Callable[[Case], Line], ...] = (
    got_worse,
    growth_without_profit,
    drags,
    profit_moved,
    without_sponsor,
    leaders,
    weakest_factor,
    plans_not_alive,
    right_accounts,
    exposed,
)
