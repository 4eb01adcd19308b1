"""What makes a start quick leaves nothing behind: memory, threads and style sheets behave as ever afterwards."""

from __future__ import annotations

import gc
import sys
import threading
import time

import pytest
from rich.console import RenderableType
from textual.screen import Screen

from kaptui.common import endings
from kaptui.common.threads import OPENER
from kaptui.errors import UsageError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui import process
from kaptui.ui.app import KaptuiApp
from kaptui.ui.process import Workers, calm_down, hurry, look_ahead
from kaptui.ui.textual_internals import CachedStylesheet
from kaptui.ui.widgets.panel import Panel

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


async def test_the_file_is_read_after_the_first_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a thread, and what cannot be read is told then."""
    told: list[str] = []
    draw = KaptuiApp._display

    def drawn(app: KaptuiApp, screen: Screen[object], frame: RenderableType) -> None:
        if any(panel.size.area for panel in screen.query(Panel)):
            told.append("frame")
        draw(app, screen, frame)

    def opener() -> Portfolio:
        told.append(threading.current_thread().name)
        raise UsageError("x.duckdb: no such file", "")

    monkeypatch.setattr(KaptuiApp, "_display", drawn)
    app = KaptuiApp(opener, "x.duckdb", Filters())
    async with app.run_test() as pilot:
        while app.session.open_error is None:
            await pilot.pause(0.01)
        assert told.count(OPENER) == 1
        assert told.index(OPENER) > told.index("frame")
        assert app.session.open_error.message == "x.duckdb: no such file"


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
    monkeypatch.setattr("kaptui.portfolio.model_schema._parsed", None)  # nothing is left to be built
    for question in portfolio.questions:
        portfolio.ask(question, filters)
    monkeypatch.setattr(portfolio, "_run", None)  # nor the Brief to be planned: over all accounts it is known
    lines = portfolio.ask("brief", Filters())
    assert lines.height == 10
    portfolio.close()
    look_ahead(portfolio, filters, [])  # stopped: nobody is told


def test_the_end_waits_a_moment_only_for_what_is_done_beside_the_dashboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "_came", [])
    monkeypatch.setattr(endings, "_stuck", [])
    monkeypatch.setattr(process, "GRACE", 0.02)
    over, begun, calm = threading.Event(), threading.Event(), Workers()

    def slow() -> bool:
        begun.set()
        return over.wait(20)

    assert calm.submit(int, "7").result() == 7
    calm.shutdown()
    assert not endings.is_at_once()
    busy = Workers()
    work = busy.submit(slow)
    begun.wait(20)
    started = time.monotonic()
    busy.shutdown()
    assert time.monotonic() - started < 2
    assert not work.done()
    assert endings.is_at_once(), "the process ends without it"
    over.set()
    assert work.result()
