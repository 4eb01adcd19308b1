"""`kaptui FILE`: the overview as text without a terminal, the dashboard with one."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kaptui.cli import console
from kaptui.cli import text as printed
from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.ui import startup

Call = Callable[..., Result]


@pytest.mark.parametrize("options_first", [True, False])
def test_a_file_without_a_terminal_is_the_overview_as_text(options_first: bool, call: Call, sample: Path) -> None:
    where = ["--where", "region:DACH"]
    result = call(*where, sample) if options_first else call(sample, *where)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    lines = result.stdout.splitlines()
    assert lines[0] == "kap.duckdb"
    assert "of 11 accounts need you" in lines[1]
    for question in printed.OVERVIEW:
        assert PANELS[question].title in lines
    assert "vs Q2 2026 committee (2026-06-24)" in result.stderr
    assert "12 of 48 accounts, 1 exited" in result.stderr


def test_the_command_line_applies_no_filter_of_its_own(call: Call, sample: Path) -> None:
    assert "of 46 accounts need you" in call(sample).stdout
    assert call(sample, "--where", "").stdout == call(sample).stdout


def test_demo_needs_no_file_and_writes_none(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("demo")
    assert result.exit_code == 0
    assert "of 46 accounts need you" in result.stdout
    assert not list(tmp_path.iterdir())


def test_a_filter_without_matches_says_what_to_drop(call: Call, sample: Path) -> None:
    result = call(sample, "--where", "region:DACH tier:1 zzz")
    assert result.exit_code == 0
    assert "None of 48 accounts matches the filter" in result.stdout
    assert "without zzz 4 match" in result.stderr


def test_a_date_after_the_figures_shows_the_last_ones_and_says_so(call: Call, sample: Path) -> None:
    result = call("show", "portfolio", sample, "--as-of", "2031-01-31")
    assert result.exit_code == 0
    # October 2026 to January 2031
    assert "figures end Sep 2026, the 52 months since are not booked yet" in result.stderr
    assert "46 in the programme, 2 exited" in result.stderr


def test_a_date_before_the_figures_names_the_first_ones(call: Call, sample: Path) -> None:
    result = call("show", "portfolio", sample, "--as-of", "2020-01-31")
    assert result.exit_code == 0
    assert "figures begin 2023-10; try --as-of 2023-10-31" in result.stderr


@pytest.mark.opens_anew  # a thread still at work on the file when the call ends would end the process
@pytest.mark.parametrize(
    ("words", "where"),
    [([], ""), (["--where", ""], ""), (["--where", "tier:1", "--window", "ytd"], "tier:1")],
)
def test_with_a_terminal_the_dashboard_opens(
    words: list[str], where: str, call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[int, str, Filters]] = []

    def run(opener: Callable[[], Portfolio], name: str, filters: Filters, *_: object) -> int:
        portfolio = opener()
        opened.append((portfolio.rows("account"), name, filters))
        portfolio.close()
        return 0

    monkeypatch.setattr(console, "is_interactive", lambda: True)
    monkeypatch.setattr(startup, "run", run)
    for first in ([sample], ["demo"]):
        assert call(*first, *words).exit_code == 0
    filters = Filters(where=where, window="ytd" if "ytd" in words else "ttm")
    assert opened == [(48, "kap.duckdb", filters), (48, "sample portfolio", filters)]


def test_a_filter_that_cannot_be_read_opens_no_dashboard(
    call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "is_interactive", lambda: True)
    result = call(sample, "--where", "foo(bar")
    assert result.exit_code == 2
    assert "cannot read 'foo(bar' at 1" in result.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_dumb_terminal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, _Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    assert console.is_interactive()
    monkeypatch.setenv("TERM", "dumb")
    assert not console.is_interactive()
    monkeypatch.setenv("TERM", "xterm")
    for stream in ("stdin", "stdout", "stderr"):
        with monkeypatch.context() as patch:
            patch.setattr(sys, stream, io.StringIO())
            assert not console.is_interactive(), f"{stream} goes elsewhere"
