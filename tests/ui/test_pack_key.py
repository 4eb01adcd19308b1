"""`p` writes the pack of what is on the screen, in a thread, and says where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaptui.filters import Filters
from kaptui.pack import board, brief
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import apply_filters
from tests.ui.harness import Meddler, dashboard, press, running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, an empty one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_p_writes_the_same_bytes_as_the_command(sample_portfolio: Portfolio, folder: Path) -> None:
    app = dashboard(Meddler(sample_portfolio), Filters(where="region:UKI"))
    async with running(app, (120, 36)) as pilot:
        await press(pilot, "p")
        (written,) = folder.iterdir()
        assert app.state is not None
        assert written.name == f"{app.state.context.as_of}_pack.html"
        assert written.read_bytes() == board(sample_portfolio, apply_filters(sample_portfolio, app.filters))
        assert any(str(written) in one.message for one in app._notifications)
        await press(pilot, "p")
        assert list(folder.iterdir()) == [written], "the same pack is there already"
        await press(pilot, "enter", "p")
        (page,) = set(folder.iterdir()) - {written}
        account = app.dashboard_screens()[-1].subject
        assert page.read_bytes() == brief(sample_portfolio, apply_filters(sample_portfolio, app.filters), account)


async def test_a_folder_that_takes_no_file_is_said(
    sample_portfolio: Portfolio, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "cwd", classmethod(lambda cls: cls(folder / "gone")))
    app = dashboard(Meddler(sample_portfolio), Filters(where="account_id:KA002"))
    async with running(app, (120, 36)) as pilot:
        await press(pilot, "p")
        assert any("no such folder" in one.message for one in app._notifications)
    assert not list(folder.iterdir())
