"""The sentence of each screen: whole, or cut after a word with a mark, whatever the room."""

from __future__ import annotations

from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.widgets.notes_box import NotesBox
from tests.ui.harness import Meddler, dashboard, press, running, screen_lines, settled


def said(app: KaptuiApp) -> tuple[str, str]:
    """The whole sentence, and what the lines of the screen show of it."""
    box = app.screen.query_one("#headline NotesBox", NotesBox)
    region = box.region
    lines = screen_lines(app)[region.y : region.y + region.height]
    return " ".join(str(box.content).split()), " ".join(" ".join(lines).split())


async def test_a_headline_is_whole_or_ends_after_a_word_with_a_mark(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (120, 36)) as pilot:
        for size in ((120, 36), (80, 24), (60, 16)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            for key in "123456":
                await press(pilot, key)
                whole, seen = said(app)
                if seen == whole:
                    continue
                assert seen.endswith("…"), (key, size)
                kept = seen.removesuffix("…").rstrip()
                assert whole.startswith(kept), (key, size)
                assert whole[len(kept)] in " ,;:.", f"{key} at {size}: cut after a whole word"
                if size == (80, 24) and key in "2456":
                    assert whole[len(kept)] in ",;:", f"{key}: the next part goes where little of it would fit"

        # more room shows more of it, and less room less again
        await pilot.resize_terminal(80, 24)
        await press(pilot, "4")
        short = said(app)[1]
        assert "29 fully sponsored" in short
        assert short.endswith("…")
        await pilot.resize_terminal(140, 40)
        await settled(pilot)
        whole, seen = said(app)
        assert seen == whole
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert said(app)[1] == short
