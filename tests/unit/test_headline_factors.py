"""The sentence of the Factors screen: a column, a row, a claim."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kaptui.account_page.other_tabs import thread_kinds
from kaptui.filters import Filters
from kaptui.headlines.factors import factors_headline
from kaptui.portfolio import Portfolio
from kaptui.settings_text import default_number, defaults
from kaptui.text.indicators import INDICATORS, indicator_words, indicators_in_words
from tests.contexts import CONTEXT
from tests.reference.shelf import Shelf


def factor(code: str, place: int, red: int, known: int = 40, **more: Any) -> dict[str, Any]:
    """A row of factor_summary; `place` among the weakest."""
    row = {
        "code": code,
        "factor_id": place,
        "weakness": place,
        "red": red,
        "accounts_known": known,
        "mean": 40.0 + place,
    }
    return row | {"red_revenue_share": red / known if known else None, "programme_problem": False} | more


HELVIA = {"name": "Helvia", "red": 4, "factors_known": 6}
ORBIS = {"name": "Orbis", "red": 3, "factors_known": 5}
NORTHSTAR = {"name": "Northstar", "code": "TOP"}


@pytest.mark.parametrize(
    ("factors", "weak", "over", "said"),
    [
        (
            [factor("TOP", 2, 3), factor("LON", 1, 11, programme_problem=True)],
            [HELVIA, ORBIS],
            [NORTHSTAR, {"name": "Solvane", "code": "TEA"}],
            "Programme problem: LON, red in 11 of 40 accounts, 28 % of revenue; "
            "2 account problems, worst Helvia 4 of 6 red; 2 overclaimed: Northstar, TOP",
        ),
        (
            [factor("LON", 1, 11, programme_problem=True), factor("KAM", 2, 10, programme_problem=True)],
            [HELVIA],
            [],
            "Programme problem: LON, red in 11 of 40 accounts, 28 % of revenue, also KAM; "
            "1 account problem: Helvia 4 of 6 red",
        ),
        (
            [factor("LON", 1, 4), factor("KAM", 2, 0)],
            [],
            [NORTHSTAR],
            "No programme problem; weakest factor LON (41), red in 4 of 40 accounts, 10 % of revenue; "
            "no account with three red factors; 1 overclaimed: Northstar, TOP",
        ),
        (
            [factor("LON", 1, 0, 1)],
            [],
            [],
            "No programme problem; weakest factor LON (41), red in none of 1 account; "
            "no account with three red factors",
        ),
        (
            [factor("LON", 1, 1, red_revenue_share=None)],
            [],
            [],
            "No programme problem; weakest factor LON (41), red in 1 of 40 accounts; no account with three red factors",
        ),
        ([factor("LON", 1, 0, 0, mean=None)], [], [], "No factor has a valid score: none of 40 accounts is assessed"),
        ([], [], [], "This file names no success factor: fill success_factor.csv and load again"),
    ],
)
def test_sentence(factors: list[Any], weak: list[Any], over: list[Any], said: str) -> None:
    assert factors_headline(factors, weak, over, 40, 48, reds_serious=3) == said


@pytest.mark.parametrize(
    ("in_file", "said"),
    [
        (0, "This file holds no accounts yet: fill account.csv and load again"),
        (48, "None of 48 accounts matches the filter"),
        (None, "No account matches the filter"),
    ],
)
def test_nobody(in_file: int | None, said: str) -> None:
    assert factors_headline([factor("LON", 1, 0)], [], [], 0, in_file, reds_serious=3) == said


def test_every_indicator_has_words(remembered_sample: Portfolio) -> None:
    from kaptui.filters import Filters

    asked = set(remembered_sample.ask("factor_evidence", Filters())["indicator"])
    assert asked == set(INDICATORS)
    assert indicator_words("a_rule_of_our_own") == "a rule of our own"
    assert indicators_in_words("plan_reviewed; manager_named") == "plan reviewed, manager named"
    assert indicators_in_words(None) == ""


def test_the_words_name_the_thresholds_in_force() -> None:
    calm = "No programme problem; weakest factor LON (41), red in none of 1 account; no account with "
    for serious, said in ((1, "one red factor"), (2, "two red factors"), (12, "12 red factors")):
        assert factors_headline([factor("LON", 1, 0, 1)], [], [], 40, 48, reds_serious=serious) == calm + said
    assert thread_kinds(CONTEXT) == "single: one contact or none; broad: three, one executive"
    wider = replace(CONTEXT, thread_single=2, thread_broad=11)
    assert thread_kinds(wider) == "single: two contacts or fewer; broad: 11, one executive"


def test_the_defaults_of_the_settings_are_those_of_the_model(remembered_sample: Portfolio) -> None:
    context = remembered_sample.context(Filters())
    assert default_number("programme_problem_share") == 0.25
    assert defaults()["name"] is None
    with pytest.raises(KeyError):
        default_number("hurdle_margin")
    for key in ("red_below", "green_from", "reds_serious", "thread_single", "thread_broad"):
        assert getattr(context, key) == default_number(key) == getattr(CONTEXT, key)


def test_a_company_sets_the_thresholds_that_the_words_name(shelf: Shelf) -> None:
    own = "key,value\nas_of,2026-06-30\nred_below,40\ngreen_from,70\nreds_serious,2\nthread_broad,4\n"
    context = shelf.portfolio({"account": "account_id,name\nA,Anna\n", "setting": own}).context(Filters())
    assert (context.red_below, context.green_from) == (40, 70)
    assert (context.reds_serious, context.thread_single, context.thread_broad) == (2, 1, 4)
