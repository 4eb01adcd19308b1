"""What was written is also given to a browser, where one shows the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from textual.app import App

from kaptui.ui.export.delivery import deliver


class Shown:
    """An app as far as `deliver` knows it."""

    def __init__(self, *, is_web: bool) -> None:
        self.is_web = is_web
        self.given: list[str] = []

    def deliver_binary(self, file: Path) -> None:
        file.read_bytes()
        self.given.append(file.name)


def test_a_browser_gets_the_files_and_a_terminal_has_them(tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "gone.csv", tmp_path / "b.csv"]
    for file in (files[0], files[2]):
        file.write_text("x", encoding="utf-8")
    browser, terminal = Shown(is_web=True), Shown(is_web=False)
    for one in (browser, terminal):
        deliver(cast("App[Any]", one), files)
    assert browser.given == ["a.csv", "b.csv"]
    assert terminal.given == []
