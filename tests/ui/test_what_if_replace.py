"""A proposal for a silent side, tried in the what-if: who stands there is freed, and the side is new."""

from __future__ import annotations

from kaptui.filters import Move
from kaptui.portfolio import Portfolio
from tests.ui.harness import Meddler, dashboard, press, running, screen_lines, screen_text
from tests.ui.test_sponsors import line, sponsors


async def test_a_proposal_for_a_silent_side_replaces_who_stands_there(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        screen = await sponsors(pilot)
        await press(pilot, "tab", "m")
        assert screen.current.source.title == "One proposal for all of them"
        await press(pilot, "i")
        first = next(each for each in screen_lines(app) if "Eklund for" in each)
        assert "Replace" in first
        assert "Stefan Eklund for Lind inside, Helvia" in first
        assert "suggested: carries 2" in first
        await press(pilot, "enter")
        assert screen.moves == (Move("replace", "EKL", "KA002", "internal"),)
        assert "silent new" in " ".join(line(app, "1 Eklund to").split())
        assert "2, then 3 accounts" in line(app, "1 Eklund to")
        assert "-1 account" in line(app, "  for Lind")
        assert any("-1 better" in one for one in screen_lines(app) if "No live sponsor" in one)
        await press(pilot, "i", "enter")  # the next gap that the proposal names somebody for
        assert len(screen.moves) == 2
        await press(pilot, "u")
        assert screen.moves == (Move("replace", "EKL", "KA002", "internal"),)
        await press(pilot, "backspace")
        assert not screen.moves
        assert "for Lind" not in screen_text(app)
