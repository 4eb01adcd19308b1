"""A mistake in a panel stays in that panel, whether it comes from drawing, from a key, or from a new answer."""

from __future__ import annotations

from typing import Any

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.table.data_table_view import DataTableView
from tests.ui.harness import Driver, Meddler, dashboard, press, screen_text, settled

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
    assert "inside covered" in shown
    undo()
    app.error_boundary.mistakes.clear()
    await press(pilot, "r")
    assert BROKEN not in screen_text(app)
    assert "Helvia Group" in screen_text(app)
    assert not app.error_boundary.mistakes


@pytest.mark.parametrize(
    ("what", "key", "noted"),
    [
        pytest.param("render_line", "down", None, id="what cannot be drawn"),
        pytest.param("action_row", "down", [ZeroDivisionError], id="a key that fails"),
        pytest.param("present", "x", None, id="an answer that cannot be shown"),
    ],
)
async def test_the_rest_lives_on(
    sample_portfolio: Portfolio,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    key: str,
    noted: list[type[Exception]] | None,
) -> None:
    """A key fails once, so that is noted once; how often something is drawn or shown nobody promises."""
    app = dashboard(Meddler(sample_portfolio), Filters("-status:exited"))
    async with app.run_test(size=(120, 36)):
        pilot = Driver(app)
        await settled(pilot)
        monkeypatch.setattr(DataTableView, what, breaks)
        await press(pilot, key)
        if noted is not None:
            assert [type(one) for one in app.error_boundary.mistakes] == noted
        await lives_on(app, monkeypatch.undo, pilot)
