"""What makes a start quick leaves nothing behind: memory, threads and style sheets behave as ever afterwards."""

from __future__ import annotations

import gc
import sys
import threading

import pytest

from kaptui.errors import UsageError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.process import calm_down, hurry, look_ahead
from kaptui.ui.startup import begun
from kaptui.ui.textual_internals import CachedStylesheet

RED, BLUE = {"ink": "#ff0000"}, {"ink": "#0000ff"}


def test_a_hurry_ends_as_it_began() -> None:
    turn = sys.getswitchinterval()
    frozen = gc.get_freeze_count()
    with hurry():
        assert not gc.isenabled()
        assert sys.getswitchinterval() < turn
        calm_down()
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen
    assert gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(turn)
    assert gc.get_freeze_count() == 0


def test_a_hurry_that_fails_ends_as_well() -> None:
    with pytest.raises(ValueError, match="broken"), hurry():
        raise ValueError("broken")
    assert gc.isenabled()


class Asked(Portfolio):
    """Notes which model was wanted, and from which thread."""

    def __init__(self, refuses: bool = False) -> None:
        self.wanted: list[tuple[Filters, str]] = []
        self.done = threading.Event()
        self._refuses = refuses

    def context(self, filters: Filters):  # type: ignore[no-untyped-def]
        self.wanted.append((filters, threading.current_thread().name))
        self.done.set()
        if self._refuses:
            raise UsageError("--since 'x': neither a review point nor a date", "")


@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_file_is_read_and_its_model_built_before_anybody_asks(refuses: bool) -> None:
    portfolio, opened = Asked(refuses), []
    filters = Filters(where="tier:1", since="x" if refuses else None)

    def opener() -> Portfolio:
        opened.append(threading.current_thread().name)
        return portfolio

    again = begun(opener, filters)
    assert portfolio.done.wait(10), "nobody has asked for it"
    assert again() is portfolio
    assert len(opened) == 1
    assert again() is portfolio
    assert len(opened) == 2, "the second time the file is read again"
    assert portfolio.done.wait(10)
    [(wanted, thread)] = portfolio.wanted
    assert wanted == filters
    assert thread != threading.current_thread().name


def test_what_cannot_be_read_is_told_to_who_asks() -> None:
    def opener() -> Portfolio:
        raise UsageError("x.duckdb: no such file", "")

    with pytest.raises(UsageError, match="no such file"):
        begun(opener, Filters())()


def test_a_style_sheet_is_parsed_once_for_each_set_of_variables() -> None:
    sheet = CachedStylesheet(variables=RED)
    sheet.add_source("Label { color: $ink; }", ("a", ""))
    first = sheet.rules
    assert first[0].styles.color.hex == "#FF0000"
    sheet.set_variables(dict(RED))
    sheet.reparse()
    assert sheet.rules[0] is first[0], "nothing changed, nothing was parsed"
    sheet.add_source("Label { background: $ink; }", ("b", ""))
    assert sheet.rules[0] is first[0], "only what is new was parsed"
    assert sheet.rules[1].styles.background.hex == "#FF0000"
    sheet.set_variables(BLUE)
    sheet.reparse()
    assert [sheet.rules[0].styles.color.hex, sheet.rules[1].styles.background.hex] == ["#0000FF", "#0000FF"]


def test_what_is_asked_next_is_built_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    portfolio, filters = Portfolio.demo(), Filters(where="tier:1")
    look_ahead(portfolio, filters, ["kaptui.ui.screens.value"])
    assert "kaptui.ui.screens.value" in sys.modules
    monkeypatch.setattr("kaptui.portfolio.model_build._parsed", None)  # nothing is left to be built
    for question in portfolio.questions:
        portfolio.ask(question, filters)
    portfolio.close()
    look_ahead(portfolio, filters, [])  # stopped: nobody is told
