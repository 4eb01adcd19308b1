"""`p` asks as what file, writes the pack of what is on the screen, in a thread, and says where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Static

from kaptui.errors import KaptuiError
from kaptui.filters import Filters
from kaptui.pack import board, brief, formats, workbook
from kaptui.portfolio import Portfolio
from kaptui.screen_specs.dashboard_state import apply_filters
from kaptui.ui.export.pack import write_pack
from kaptui.ui.export.pack_dialog import PackDialog
from kaptui.ui.widgets.option_row import OptionRow
from tests.ui.harness import Meddler, dashboard, press, running, settled


def _told(screen: Screen[Any]) -> str:
    """What the dialog says of the format chosen."""
    return str(screen.query_one("#export-said", Static).render())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, an empty one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_p_writes_the_same_bytes_as_the_command(sample_portfolio: Portfolio, folder: Path) -> None:
    app = dashboard(Meddler(sample_portfolio), Filters(where="region:UKI"))
    async with running(app, (120, 36)) as pilot:
        await press(pilot, "p")
        assert isinstance(app.screen, PackDialog)
        assert not list(folder.iterdir()), "nothing is written before a format is chosen"
        needing = sample_portfolio.ask("attention", app.filters).height
        said = f"A page for each screen and for {needing} accounts that need you."
        assert app.state is not None
        assert 1 < needing < app.state.matching, "what is said is not what the filter leaves"
        assert said in _told(app.screen)
        await press(pilot, "right")
        assert "A page for each" not in _told(app.screen), "a workbook has no pages of accounts"
        await press(pilot, "escape", "p", "enter")
        (written,) = folder.iterdir()
        assert written.name == f"{app.state.context.as_of}_pack.html"
        assert written.read_bytes() == board(sample_portfolio, apply_filters(sample_portfolio, app.filters))
        assert any(str(written) in one.message for one in app._notifications)
        await press(pilot, "p", "enter")
        assert list(folder.iterdir()) == [written], "the same pack is there already"
        await press(pilot, "p", "right", "enter")
        (book,) = set(folder.iterdir()) - {written}
        assert book.suffix == ".xlsx"
        assert book.read_bytes() == workbook(sample_portfolio, apply_filters(sample_portfolio, app.filters))
        await press(pilot, "enter", "p", "enter")
        (page,) = set(folder.iterdir()) - {written, book}
        account = app.dashboard_screens()[-1].subject
        assert page.read_bytes() == brief(sample_portfolio, apply_filters(sample_portfolio, app.filters), account)


async def test_what_is_not_installed_and_a_folder_that_takes_no_file_are_said(
    sample_portfolio: Portfolio, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "cwd", classmethod(lambda cls: cls(folder / "gone")))
    monkeypatch.setattr(formats, "NEEDS", {formats.PDF: "no_such_module", formats.SLIDES: "no_such_module"})
    app = dashboard(Meddler(sample_portfolio), Filters(where="account_id:KA002"))
    async with running(app, (120, 36)) as pilot:
        await press(pilot, "p")
        lines = [str(one.render()) for one in app.screen.query(Static)]
        assert "For PDF, PowerPoint: pip install 'kaptui[pack]'" in lines
        assert [value for value, _ in app.screen.query_one(OptionRow)._options] == [formats.HTML, formats.WORKBOOK]
        await press(pilot, "enter")
        assert any("no such folder" in one.message for one in app._notifications)
        dialog = PackDialog(of_account=False, needing=6770)
        app.push_screen(dialog)
        await settled(pilot)
        assert "6,770 accounts that need you: about 135 MB, minutes of work" in _told(dialog)
    assert not list(folder.iterdir())


def test_a_pack_without_a_folder_to_be_in_says_so(
    sample_portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    told = write_pack(sample_portfolio, apply_filters(sample_portfolio, Filters()), "", ".html")
    assert isinstance(told, KaptuiError)
    assert told.message == "the folder you are in was deleted"
