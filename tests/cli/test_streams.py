"""The standard streams as a shell may leave them: closed, full, read by somebody who has seen enough."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kaptui.cli import console
from kaptui.errors import KaptuiError
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from tests.loading.sources import query, write

KAPTUI = f"{sys.executable} -m kaptui"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    load(write(folder / "in"), folder / "kap.duckdb")
    return folder / "kap.duckdb"


def shell(words: str, file: Path) -> subprocess.CompletedProcess[str]:
    """What a shell makes of this line, `$K` being kaptui and `$F` the file."""
    settings = os.environ | {"K": KAPTUI, "F": str(file)}
    return subprocess.run(["bash", "-c", words], env=settings, capture_output=True, text=True, timeout=60, check=False)


def test_a_closed_stdout_is_told_and_a_closed_stderr_is_let_be(file: Path) -> None:
    closed = shell("$K show accounts $F >&-; echo $? >&2", file)
    assert closed.stderr.splitlines()[0] == "kaptui: stdout is closed, so the answer cannot be shown"
    assert closed.stderr.splitlines()[-1] == "1"
    quiet = shell("$K show accounts $F --format csv 2>&-; echo $?", file)
    assert quiet.stdout.splitlines()[0].startswith("account_id,name")
    assert quiet.stdout.splitlines()[-1] == "0"


def test_a_load_without_any_stream_writes_nothing_into_the_file_but_its_rows(file: Path) -> None:
    target = file.with_name("closed.duckdb")
    assert shell(f"$K load {file.with_name('in')} -o {target} <&- >&- 2>&-; echo $?", file).stdout == "0\n"
    assert query(target, "select count(*) from account") == [(2,)]


@pytest.mark.parametrize(
    ("words", "code"), [("show accounts $F 2>&1", "0"), ("--help", "0"), ("show nothing $F 2>&1", "2")]
)
def test_a_reader_that_has_seen_enough_is_no_error(file: Path, words: str, code: str) -> None:
    # what is read is gone before kaptui writes: `true` ends at once
    said = shell(f"{{ $K {words}; echo $? >&3; }} 3>&2 | true", file)
    assert said.stderr == f"{code}\n"


def test_a_full_disk_behind_stdout_is_told(file: Path) -> None:
    full = shell("$K show accounts $F >/dev/full", file)
    assert full.returncode == 1
    assert full.stderr == "kaptui: stdout cannot be written: No space left on device\n"


def test_data_on_a_terminal_is_harmless_and_elsewhere_as_it_is(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    data = 'name\r\n"\x1b]0;owned\x07 \u202e x\ny"\r\n'.encode()
    console.out(data)
    assert capfdbinary.readouterr().out == data
    seen, terminal = pty.openpty()
    with os.fdopen(terminal, "w", encoding="utf-8") as stdout, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)
        console.out(data)
        with pytest.raises(KaptuiError, match="stdout is a terminal"):
            console.out(b"PAR1\xff\x00")
        told = os.read(seen, 1000).decode().replace("\r\n", "\n")
    os.close(seen)
    assert told == 'name\n"\u241b]0;owned\u2407 \ufffd x\ny"\n'


def test_a_named_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path, call: Callable[..., object]) -> None:
    pipe = tmp_path / "kap.duckdb"
    os.mkfifo(pipe)

    def waited(signal_number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, waited)
    signal.alarm(20)
    try:
        for words in ((pipe,), ("show", "accounts", pipe), ("account", pipe, "Acme"), ("export", "accounts", pipe)):
            said = call(*words, *(("-o", "-") if words[0] == "export" else ()))
            assert said.exit_code == 1  # type: ignore[attr-defined]
            assert said.stderr.startswith(f"kaptui: {pipe}: is no file on a disk\n")  # type: ignore[attr-defined]
        with pytest.raises(Exception, match="is no file on a disk"):
            Portfolio.open(pipe)
        assert call("check", pipe).exit_code == 1  # type: ignore[attr-defined]
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
