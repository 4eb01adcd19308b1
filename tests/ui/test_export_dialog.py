"""What is taken away is what is on screen, and the command line writes the same bytes."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from textual.widgets import Input, Static

from kaptui.cli import main
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.export.export_dialog import ExportDialog
from kaptui.ui.export.items import ExportItem
from kaptui.ui.widgets.option_row import OptionRow
from tests.ui.harness import Driver, Meddler, dashboard, press, running, screen_text, settled, table, until


@pytest.fixture
def opened(sample_portfolio: Portfolio) -> tuple[Path, Any]:
    """The sample as a file, and opened."""
    return Path(sample_portfolio.arguments[0]), Meddler(sample_portfolio)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents folder, and the state beside it."""
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path)
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path / "state"))
    return tmp_path


def toasts(app: KaptuiApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the dashboard tells from now on."""
    said: list[str] = []
    monkeypatch.setattr(app, "notify", lambda message, **_: said.append(message))
    return said


def problem(app: KaptuiApp) -> str:
    """What the dialog objects to."""
    return str(app.screen.query_one("#export-problem", Static).content)


def choose(pilot: Driver, **options: str) -> None:
    """Choose in the dialog."""
    for row, value in options.items():
        pilot.app.screen.query_one(f"#{row}", OptionRow).choose(value)


def files(folder: Path) -> dict[str, bytes]:
    """What lies in the folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def by_command(items: list[tuple[str, str]], folder: Path) -> dict[str, bytes]:
    """What the command line that the dialog names writes, given another folder to write to."""
    folder.mkdir()
    for name, command in items:
        words = shlex.split(command)[1:]
        words[words.index("-o") + 1] = str(folder / name)
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    return files(folder)


def asked(pilot: Driver) -> list[tuple[str, str]]:
    """The files that the open dialog would write, each with its command line."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ExportDialog)
    targets: dict[Path, ExportItem] = dialog._targets()
    return [(path.name, item.command(path, dialog.options)) for path, item in targets.items()]


async def test_export_is_the_screen_and_the_command_line(
    opened: tuple[Path, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, portfolio = opened
    app = dashboard(portfolio)
    said = toasts(app, monkeypatch)
    told: list[tuple[str, str]] = []
    out = folder / "out"
    out.mkdir()
    async with running(app, (80, 24)) as pilot:
        table(app).sort_by("profit")
        await press(pilot, "e")
        text = screen_text(app)
        assert "Writes   attention 17 rows" in text
        assert "Columns  8: account_id, name, revenue, profit, money and 3 more" in text
        assert app.screen.query_one(Input).value == str(folder / "2026-09-30_attention.csv")
        preview = "".join(str(app.screen.query_one("#export-preview", Static).content).split())
        assert "--columnsaccount_id,name,revenue,profit,money,sponsors,factors,plan" in preview
        assert "kaptui export attention" in text
        for what, form, columns, rows in (
            ("panel", "csv", "shown", "kept"),
            ("panel", "parquet", "all", "all"),
            ("screen", "csv", "all", "kept"),
            ("accounts", "json", "shown", "kept"),
            ("panel", "xlsx", "shown", "kept"),
            ("screen", "xlsx", "shown", "kept"),
        ):
            choose(pilot, what=what, format=form, columns=columns, rows=rows)
            await settled(pilot)
            app.screen.query_one(Input).value = str(
                out if (what, form) == ("screen", "csv") else out / f"{what}_{columns}.{form}"
            )
            await settled(pilot)
            told += asked(pilot)
            await press(pilot, "enter")
            assert not isinstance(app.screen, ExportDialog), screen_text(app)
            assert said.pop().startswith(f"Written: {out}")
            await press(pilot, "e")
        await press(pilot, "escape")
        shown = list(table(app)._frame["name"])
    rows_ = list(csv.DictReader(io.StringIO((out / "panel_shown.csv").read_text(encoding="utf-8"))))
    assert [row["name"].removeprefix("'") for row in rows_] == shown
    assert len([name for name, _ in told if name.startswith("2026")]) == 5
    assert len(CalamineWorkbook.from_path(out / "screen_shown.xlsx").sheet_names) == 6
    # ten commands over the file that is open already; the next test lets the command line open it
    monkeypatch.setattr(Portfolio, "open", lambda *_: Meddler(portfolio))
    assert files(out) == by_command(told, folder / "cli")
    assert json.loads((out / "panel_shown.csv.meta.json").read_text())["sort"] == "profit:desc"


async def test_the_command_line_names_the_folder_of_own_questions(
    opened: tuple[Path, Any], folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "our questions"
    own.mkdir()
    (own / "ours.sql").write_text("-- How many accounts?\nselect count(*) as accounts from selection;\n")
    portfolio = Portfolio.open(opened[0], own)
    async with running(dashboard(portfolio)) as pilot:
        await press(pilot, "e")
        assert f"{opened[0]} --queries '{own}' -o " in asked(pilot)[0][1]
        assert by_command(asked(pilot), folder / "cli")
    portfolio.close()


async def test_a_missing_folder_is_said_and_a_file_is_replaced_after_asking(
    opened: tuple[Path, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dashboard(opened[1])
    said = toasts(app, monkeypatch)
    async with running(app) as pilot:
        await press(pilot, "e")
        app.screen.query_one(Input).value = str(folder / "none" / "x.csv")
        await press(pilot, "enter")
        assert "no such folder" in problem(app)
        await press(pilot, "escape", "e", "enter")
        target = folder / "2026-09-30_attention.csv"
        assert target.exists()
        target.write_text("mine")
        await press(pilot, "e", "enter")
        assert target.read_text() == "mine"
        assert "there already" in problem(app)
        await press(pilot, "enter")
        assert "Helvia Group" in target.read_text()
        assert said[-1] == f"Written: {target}, 17 rows"


async def test_a_place_that_cannot_be_written_is_said_and_nothing_is_half_written(
    opened: tuple[Path, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dashboard(opened[1])
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "e")
        folder.joinpath("there.csv").mkdir()
        for place, said in (
            (folder / f"{'x' * 245}.csv", "too long"),  # the data would fit, the meta data not
            (folder / f"{'y' * 300}.csv", "too long"),
            (folder / "there.csv", "no file that can be replaced"),
            ("~nobody-of-this-name/x.csv", "no such folder"),
            (folder / "\u202e[/]=cmd|x!A0" / "x.csv", "no such folder"),
            ("", "no file that can be replaced"),
        ):
            app.screen.query_one(Input).value = str(place)
            await press(pilot, "enter", "enter")
            assert isinstance(app.screen, ExportDialog)
            assert said in problem(app)
            assert "\u202e" not in screen_text(app)
        written = [path.name for path in folder.iterdir()]
        assert written == ["there.csv"]


async def test_the_cursor_is_seen_and_says_what_it_is_on(opened: tuple[Path, Any], folder: Path) -> None:
    app = dashboard(opened[1])
    async with running(app, (80, 24)) as pilot:
        await press(pilot, "e")
        rows = ["> File", "> CSV for", "> Names", "> Format", "> Columns", "> Rows", "> What"]
        for at, row in enumerate(rows):
            seen = [one for one in rows if one in screen_text(app)]
            assert seen == [row]
            assert "_attention.csv" in next(line for line in screen_text(app).splitlines() if " File " in line)
            said = str(app.screen.query_one("#export-said", Static).content)
            assert said in screen_text(app)
            assert "…" not in said
            if at < len(rows) - 1:
                await press(pilot, "up")
        await press(pilot, "down", "down", "down", "right")
        assert app.screen.query_one(Input).value.endswith("_attention.xlsx")
        assert "> Format" in screen_text(app)
        assert "CSV for" not in screen_text(app), "what is said of a CSV only"
        assert "A workbook to read" in screen_text(app)


async def test_copy_and_screenshot_say_where(
    opened: tuple[Path, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaptui.ui.clipboard.PROGRAMS", ())
    app = dashboard(opened[1])
    said = toasts(app, monkeypatch)
    async with running(app) as pilot:
        await press(pilot, "y")
        assert app.clipboard.startswith("1 Helvia Group\t14.1m\t-0.6m\t■\t■\t■\t■\tcut cost to serve: +1.9m; appoint")
        assert (folder / "state" / "copied.txt").read_text(encoding="utf-8").startswith("1 Helvia")
        assert said[-1].startswith("Row copied, 1 line: through the terminal (OSC 52)")
        await press(pilot, "right", "right", "C")
        assert app.clipboard == "-0.6m"
        assert said[-1].startswith("Cell copied, 1 line")
        await press(pilot, "shift+tab", "C")
        assert app.clipboard == "EUR 185.5m"
        await press(pilot, "tab", "Y")
        assert len(app.clipboard.splitlines()) == 18
        await press(pilot, "colon", *"screenshot", "enter")
        picture = folder / "2026-09-30_overview.svg"
        await until(pilot, lambda: said[-1].startswith("Picture"))
        assert picture.read_text(encoding="utf-8").startswith("<svg")
        assert "Needs" in picture.read_text(encoding="utf-8")
        assert "Choose" not in picture.read_text(encoding="utf-8")
        assert said[-1] == f"Picture written: {picture}"

        theme = app.theme
        said.clear()
        await press(pilot, "colon", *"for paper", "enter")
        await until(pilot, lambda: said and said[-1].startswith("Picture"))
        await settled(pilot)
        assert app.theme == theme
        printed = (folder / "2026-09-30_overview_2.svg").read_text(encoding="utf-8")
        assert "Needs" in printed
        assert "circle" not in printed, "no window around it"
        assert "http" not in printed.replace('xmlns="http://www.w3.org/2000/svg"', "").replace(
            "https://www.textualize.io", ""
        )
        dark = app.available_themes[theme].background
        assert dark
        assert dark in picture.read_text(encoding="utf-8")
        assert dark not in printed
