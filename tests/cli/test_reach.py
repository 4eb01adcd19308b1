"""No socket is opened by what reads, asks and writes; the harness `reach` watches the same from outside."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.loading.sources import write

FORBIDDEN = (socket.AF_INET, socket.AF_INET6)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The families of the sockets that somebody wanted; none to the network is made."""
    wanted: list[int] = []
    made = socket.socket.__init__

    def guarded(self: socket.socket, family: int = -1, *rest: Any, **more: Any) -> None:
        wanted.append(family)
        if family in (*FORBIDDEN, -1):
            raise OSError("no socket to the network is allowed here")
        made(self, family, *rest, **more)

    monkeypatch.setattr(socket.socket, "__init__", guarded)
    return wanted


@pytest.mark.opens_anew
def test_no_command_opens_a_socket(call: Callable[..., Result], tmp_path: Path, tried: list[int]) -> None:
    file = tmp_path / "kap.duckdb"
    for words in (
        ("load", write(tmp_path / "in"), "-o", file),
        ("check", file),
        ("show", "accounts", file),
        ("export", "accounts", file, "-o", tmp_path / "x.xlsx"),
        ("questions",),
    ):
        result = call(*words)
        assert result.exit_code == 0, (words, result.stderr)
    assert tried == []
    with pytest.raises(OSError, match="no socket"):  # and one would be noticed
        socket.socket()
