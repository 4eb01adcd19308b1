"""`kaptui serve` without its web server, and what its help says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kaptui.cli.console import is_interactive
from kaptui.errors import Exit
from kaptui.web import DRIVER

Call = Callable[..., Result]


def test_without_the_extra_one_line_says_how_to_install_it(
    call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.delitem(sys.modules, "kaptui.web.server", raising=False)
    told = call("serve", sample)
    assert told.exit_code == Exit.USAGE
    assert told.stderr.splitlines()[-1].strip() == "pip install 'kaptui[web]'"
    assert len(told.stderr.splitlines()) == 2
    assert not told.stdout


def test_there_is_no_way_to_open_it_to_other_machines_and_the_help_says_what_to_do(call: Call) -> None:
    told = call("serve", "--help").stdout
    assert "ssh tunnel" in told
    assert "ssh -L 8765:127.0.0.1:8765" in told
    for option in ("--host", "--bind", "--listen", "--public"):
        assert option not in told
        assert call("serve", "x.duckdb", option, "0.0.0.0").exit_code == Exit.USAGE


def test_a_call_that_cannot_work_is_refused_before_anything_listens(call: Call, sample: Path, tmp_path: Path) -> None:
    assert call("serve", tmp_path / "no.duckdb").exit_code == Exit.DATA
    assert call("serve", sample, "--where", "(").exit_code == Exit.USAGE


def test_the_choices_are_handed_on_to_the_dashboard(call: Call, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("kaptui.web.serve", lambda words, port, say: asked.append([*words, str(port)]))
    given = ("--where", "region:DACH; rm -rf $HOME", "--as-of", "30.6.2026", "--basis", "gross", "--port", "8765")
    assert call("serve", sample, *given).exit_code == Exit.OK
    ((*words, port),) = asked
    assert words[:4] == [sys.executable, "-P", "-m", "kaptui"]
    assert words[4] == str(sample.resolve())
    assert words[5:] == ["--where=region:DACH; rm -rf $HOME", "--as-of=2026-06-30", "--basis=gross"]
    assert port == "8765"


def test_behind_a_server_the_browser_is_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", DRIVER)
    assert is_interactive()
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.headless_driver:HeadlessDriver")
    assert not is_interactive()


def test_a_dashboard_whose_server_is_gone_leaves(tmp_path: Path) -> None:
    """A server that is killed says no goodbye; what it started must not stay in memory for ever."""
    own = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "kaptui", "demo"],
        env=os.environ | own | {"TEXTUAL_DRIVER": DRIVER, "COLUMNS": "80", "ROWS": "24"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"__GANGLION__\n"
        process.stdin.close()
        try:
            process.stdout.read()
            process.wait(30)
        finally:
            process.kill()
