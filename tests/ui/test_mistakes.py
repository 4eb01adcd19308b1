"""A mistake in a panel stays in that panel, whether it comes from drawing, from a key, or from a new answer."""

from __future__ import annotations

from typing import Any

import pytest

from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.frame_table import FrameTable
from ui.harness import Meddler, dashboard, press, screen_text, settled

BROKEN = "This is a mistake in kaptui: ZeroDivisionError"


def breaks(*_: Any, **__: Any) -> Any:
    """What no test would otherwise see."""
    raise ZeroDivisionError("division by zero")


async def lives_on(app: KaptuiApp, undo: Any, pilot: Any) -> None:
    """The list says what is wrong, the other panels stand, and `r` brings the list back once it works."""
    shown = screen_text(app)
    assert BROKEN in shown
    assert "r tries again" in " ".join(shown.split())
    assert "peak 111 %" in shown
    assert "internal covered" in shown
    undo()
    app.mistakes.clear()
    await press(pilot, "r")
    assert BROKEN not in screen_text(app)
    assert "Helvia Group" in screen_text(app)
    assert not app.mistakes


async def test_what_cannot_be_drawn(sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(FrameTable, "render_line", breaks)
        await press(pilot, "down")
        await lives_on(app, monkeypatch.undo, pilot)


async def test_a_key_that_fails(sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(FrameTable, "action_row", breaks)
        await press(pilot, "down")
        assert [type(one) for one in app.mistakes] == [ZeroDivisionError]
        await lives_on(app, monkeypatch.undo, pilot)


async def test_an_answer_that_cannot_be_shown(sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        monkeypatch.setattr(FrameTable, "present", breaks)
        await press(pilot, "x")
        await lives_on(app, monkeypatch.undo, pilot)
