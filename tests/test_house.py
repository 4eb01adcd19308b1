"""The house rules that no linter knows: what stands where, how long a file is, what every SQL file says first."""

from __future__ import annotations

import re
import subprocess
from inspect import isfunction
from pathlib import Path

import pytest

from kaptui.panels import PANELS

ROOT = Path(__file__).parent.parent
SQL = sorted((ROOT / "queries").rglob("*.sql"))
PYTHON = sorted([*(ROOT / "kaptui").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_top_level_holds_what_was_agreed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    agreed = {"pyproject.toml", "kaptui", "queries", "sample_data", "tests", "README.md", "LICENSE", ""}
    found = {name.strip('"').split("/")[0] for name in tracked}
    assert {name for name in found - agreed if not name.startswith(".")} == set()


@pytest.mark.parametrize("path", SQL, ids=named)
def test_sql_asks_first_and_stays_short(path: Path) -> None:
    """No line over 120 columns; a file over 80 lines says why; the facts and the defaults are lists."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 120
    first = next(line for line in lines if line)
    assert first.startswith("-- ") or path.parent.name in ("runtime",), "the first line says what the file is for"
    if path.parent.name in ("panels", "explain"):
        assert first.endswith("?"), "the first line is a question"
    if len(lines) > 80 and path.name != "schema.sql":
        head = "\n".join(lines[:6]).lower()
        assert "lines because" in head or "settings" in path.name, f"{len(lines)} lines without a reason"


@pytest.mark.parametrize("path", sorted((ROOT / "queries" / "panels").glob("*.sql")), ids=lambda path: path.stem)
def test_a_panel_has_no_formula_of_its_own_for_profit_or_margin(path: Path) -> None:
    sql = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    assert not re.search(r"revenue\s*-\s*\w*\.?cogs", sql), "profit is profit_of() in the model"
    assert not re.search(r"profit\s*/\s*\w*\.?revenue", sql), "margin is margin_of() in the model"


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_no_python_file_is_long_without_a_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 350 or "lines because" in text[:600]


def test_every_panel_has_one_name_everywhere() -> None:
    files = {path.stem for path in (ROOT / "queries" / "panels").glob("*.sql")}
    modules = {path.stem for path in (ROOT / "kaptui" / "panels").glob("*.py")} - {
        "__init__",
        "base",
        "columns",
        "comparison",
        "months",
        "heatmap",
        "heatmap_modes",
        "plain",
        "spec",
    }
    assert files == set(PANELS) == modules


def test_the_app_is_one_class_and_holds_the_rest() -> None:
    """Between it and Textual's own stands only what Textual calls by private names; what else it does, it holds."""
    from textual.app import App

    from kaptui.ui.app import KaptuiApp
    from kaptui.ui.textual_internals import GuardedApp

    ours = KaptuiApp.__mro__[: KaptuiApp.__mro__.index(App)]
    assert ours == (KaptuiApp, GuardedApp)
    methods = [
        name for kind in ours for name, one in vars(kind).items() if isfunction(one) or isinstance(one, property)
    ]
    assert len(methods) <= 45


def test_nothing_tracked_tells_of_a_machine() -> None:
    words = "|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "pypi" + r"\.", "file:/" + "/"])
    found = subprocess.run(
        ["git", "grep", "-nIE", words, "--", ".", ":!*.svg"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout == ""
