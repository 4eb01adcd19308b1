"""A mistake in a panel stays in that panel, whether it comes from drawing, from a key, or from a new answer."""

from __future__ import annotations

from typing import Any

import pytest
from textual.events import DescendantBlur

from kaptui.account_page import HEADLINE
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.ui.harness import Driver, Meddler, dashboard, press, screen_text, settled

BROKEN = "This is a mistake in kaptui: ZeroDivisionError"


def breaks(*_: Any, **__: Any) -> Any:
    """What no test would otherwise see."""
    raise ZeroDivisionError("division by zero")


async def lives_on(case: str, app: KaptuiApp, undo: Any, pilot: Any) -> None:
    """The list says what is wrong, the other panels stand, and `r` brings the list back once it works."""
    shown = screen_text(app)
    assert BROKEN in shown, case
    assert "r tries again" in " ".join(shown.split()), case
    assert "peak 111 %" in shown, case
    assert "at customer" in shown, case
    undo()
    app.error_boundary.mistakes.clear()
    await press(pilot, "r")
    assert BROKEN not in screen_text(app), case
    assert "Helvia Group" in screen_text(app), case
    assert not app.error_boundary.mistakes, case


CASES = {
    "what cannot be drawn": ("render_line", "down", None),
    "a key that fails": ("action_row", "down", [ZeroDivisionError]),
    "an answer that cannot be shown": ("present", "x", None),
}


async def test_the_rest_lives_on(sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key fails once, so that is noted once; how often something is drawn or shown nobody promises."""
    app = dashboard(Meddler(sample_portfolio), Filters("-status:exited"))
    async with app.run_test(size=(120, 36)):
        pilot = Driver(app)
        await settled(pilot)
        for case, (what, key, noted) in CASES.items():
            with monkeypatch.context() as broken:
                broken.setattr(DataTableView, what, breaks)
                await press(pilot, key)
                await settled(pilot)  # where drawing fails, that is said after the drawing
                if noted is not None:
                    assert [type(one) for one in app.error_boundary.mistakes] == noted, case
                await lives_on(case, app, broken.undo, pilot)


def test_the_keyboard_leaves_a_panel_whose_view_is_gone() -> None:
    """As when the dashboard closes: what had the keyboard goes first."""
    panel = Panel(HEADLINE)
    panel.on_descendant_blur(DescendantBlur(panel))
    assert not panel.children
