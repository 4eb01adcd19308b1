"""What typing, panels, keys and menus make of the filter; no screen is needed to tell."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from kaptui.errors import UsageError
from kaptui.filters import Basis, Context, Filters
from kaptui.ui.filter_controller import (
    DEFAULT,
    FilterController,
    Setting,
    view_of,
    with_as_of,
    with_other,
    with_setting,
    with_since,
)

DACH, NORDICS = "region:DACH", "region:Nordics"
SINCE = date(2026, 6, 24)


def context(basis: Basis) -> Context:
    """A context whose profit is counted so."""
    end = date(2026, 9, 30)
    return Context(end, SINCE, "Q2 2026", basis, "ttm", date(2025, 10, 1), end, "EUR")


def test_it_needs_no_textual() -> None:
    words = "import sys, kaptui.ui.filter_controller; sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0


def test_typing_keeps_every_other_choice_and_what_it_was_given() -> None:
    former = Filters("tier:A", as_of=date(2026, 3, 31), since="Q1", basis="gross", window="ytd", rates="constant")
    assert FilterController().typed(former, DACH) == Filters(
        DACH, as_of=date(2026, 3, 31), since="Q1", basis="gross", window="ytd", rates="constant"
    )
    assert former.where == "tier:A"


def test_a_panel_adds_its_condition_and_takes_it_away_again() -> None:
    controller = FilterController()
    start = Filters("tier:A", basis="gross")
    added = controller.toggled(start, DACH)
    assert added.where == "tier:A region:DACH"
    assert added.basis == "gross"
    assert controller.undoable(added.where) == DACH
    assert controller.toggled(added, DACH) == start
    assert controller.undoable("tier:A") == ""


def test_undoing_goes_back_step_by_step_and_never_into_what_was_typed() -> None:
    controller = FilterController()
    start = Filters("tier:A")
    one = controller.toggled(start, DACH)
    two = controller.toggled(one, "status:active")
    assert controller.undone(two) == one
    assert controller.undone(one) == start
    assert controller.undone(start) is start


def test_a_condition_that_typing_took_away_is_not_undone() -> None:
    controller = FilterController()
    filters = controller.toggled(controller.toggled(Filters(), DACH), "status:active")
    filters = controller.typed(filters, DACH)
    assert controller.undoable(filters.where) == DACH
    assert controller.undone(filters).where == ""


def test_undoing_that_is_stopped_before_it_holds_can_be_done_again() -> None:
    """The filters on screen are put back: what Esc took out of them is there, and Esc takes it out."""
    controller = FilterController()
    filters = controller.toggled(Filters(), "region:DACH")
    assert controller.undone(filters).where == ""
    assert controller.undoable(filters.where) == "region:DACH"
    assert controller.undone(filters).where == ""
    assert controller.undoable("") == "", "once filters without it hold it is forgotten"


def test_what_is_no_filter_changes_nothing() -> None:
    controller = FilterController()
    filters = controller.toggled(Filters(), DACH)
    with pytest.raises(UsageError):
        controller.toggled(Filters("region:("), NORDICS)
    assert controller.undoable(filters.where) == DACH


@pytest.mark.parametrize(
    ("setting", "first", "second"),
    [("basis", "contribution", "gross"), ("window", "ttm", "ytd"), ("rates", "monthly", "constant")],
)
def test_a_setting_is_chosen_or_turned_to_the_other(setting: Setting, first: str, second: str) -> None:
    start = Filters(DACH)
    chosen = with_setting(start, setting, second)
    assert getattr(chosen, setting) == second
    assert with_setting(chosen, setting, getattr(start, setting)) == start
    assert getattr(with_other(start, setting, context("contribution")), setting) == second
    assert getattr(with_other(chosen, setting, context("gross")), setting) == first


def test_the_other_basis_waits_for_the_file_to_say_which_is_the_default() -> None:
    assert with_other(Filters(), "basis", None) == Filters()
    assert with_other(Filters(), "basis", context("gross")).basis == "contribution"
    assert with_other(Filters(), "window", None).window == "ytd"


def test_days_and_reviews_compared_with() -> None:
    chosen = with_since(Filters(), "Q2 2026 committee")
    assert chosen.since == "Q2 2026 committee"
    assert with_since(chosen, DEFAULT) == Filters()
    assert with_as_of(chosen, "2026-07-31", SINCE) == Filters(as_of=date(2026, 7, 31), since="Q2 2026 committee")
    assert with_as_of(chosen, "2026-03-31", SINCE).since is None, "a comparison lies before the day itself"
    assert with_as_of(chosen, DEFAULT, SINCE).since == "Q2 2026 committee"


def test_a_view_brings_the_filters_back() -> None:
    filters = Filters(DACH, date(2026, 3, 31), "Q1", "gross", "ytd", "constant")
    view = view_of(filters, "overview", "attention", ("revenue", True), ("name", "revenue"))
    assert view.filters == filters
    assert (view.screen, view.question, view.sort, view.columns) == (
        "overview",
        "attention",
        "revenue:desc",
        ("name", "revenue"),
    )
    assert view_of(filters, "", "attention", ("name", False), ()).sort == "name"
    assert view_of(filters, "", "attention", None, ()).sort == ""
