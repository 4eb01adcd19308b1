"""How kaptui is called: help, mistakes, completion, and the world outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from kaptui import __version__
from kaptui.cli import ask, main

Call = Callable[..., Result]


def python(*words: str | Path) -> list[str]:
    """kaptui in a process of its own."""
    return [sys.executable, "-m", "kaptui", *map(str, words)]


@pytest.fixture
def elsewhere(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with nothing in it but the sample portfolio."""
    (tmp_path / "SAMPLE").hardlink_to(sample)  # the same file everywhere, so that one opening serves all calls
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_arguments_it_says_what_to_type(call: Call) -> None:
    result = call()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.split("  ")[0] for line in result.stderr.splitlines()] == [
        "kaptui FILE",
        "kaptui demo",
        "kaptui init DIR",
    ]


def test_help_and_version(call: Call) -> None:
    assert call("--version").stdout == f"kaptui {__version__}\n"
    helped = call("--help")
    assert helped.exit_code == 0
    assert helped.stdout.startswith("Usage: kaptui FILE [OPTIONS]\n")
    assert "\n  FILE" not in helped.stdout
    assert "Usage: kaptui FILE [OPTIONS]\n" in call("any.duckdb", "--help").stdout


@pytest.mark.parametrize("words", [["--help"], ["show", "--help"], ["questions"], ["none.duckdb"], []])
def test_talk_imports_neither_screen_nor_engine(words: list[str]) -> None:
    heavy = ["textual", "rich", "polars", "duckdb", "lark", "plotext", "xlsxwriter"]
    code = (
        "import sys\nfrom kaptui.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        f"sys.exit([name for name in {heavy!r} if name in sys.modules] or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_headless_commands_import_no_textual(sample: Path) -> None:
    code = (
        "import sys\nfrom kaptui.cli import main\n"
        f"try: main(['show', 'accounts', {str(sample)!r}])\nexcept SystemExit: pass\n"
        "sys.exit([name for name in ('textual', 'rich', 'plotext') if name in sys.modules] or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["shwo", "x"], 2, "did you mean `kaptui show`?"),
        (["shwo"], 2, "shwo: no such file"),
        (["none.duckdb"], 1, "none.duckdb: no such file"),
        (["show", "accounts", "none.duckdb"], 1, "none.duckdb: no such file"),
        (["show", "acounts", "SAMPLE"], 2, "Did you mean accounts?"),
        (["show", "accounts"], 2, "Missing argument 'FILE'"),
        (["show", "accounts", "SAMPLE", "--basis", "net"], 2, "'net' is not one of 'contribution', 'gross'"),
        (["show", "accounts", "SAMPLE", "--nosuch"], 2, "--nosuch"),
        (["show", "accounts", "SAMPLE", "--where", "regoin:x"], 2, "'regoin' at 1 — did you mean region?"),
        (["show", "accounts", "SAMPLE", "--where", "foo(bar"], 2, "cannot read 'foo(bar' at 1"),
        (["show", "accounts", "SAMPLE", "--as-of", "2026-02-30"], 2, "--as-of '2026-02-30': no such day"),
        (["show", "accounts", "SAMPLE", "--as-of", "soon"], 2, "write 2026-06-30"),
        (["show", "accounts", "SAMPLE", "--as-of", "03/04/2026"], 2, "3 April or 4 March 2026?"),
        (["show", "accounts", "SAMPLE", "--as-of", "0001-01-01"], 2, "before 1900"),
        (["show", "accounts", "SAMPLE", "--since", "Q9"], 2, "--since 'Q9'"),
        (["export", "accounts", "SAMPLE", "-o", "x.doc"], 2, "no format is called '.doc'"),
        (["export", "accounts", "SAMPLE", "-o", "no/such/x.csv"], 2, "no such folder"),
        (["export", "accounts", "SAMPLE", "-o", "x.json", "--excel"], 2, "--excel is a kind of CSV"),
        (["check", "none"], 1, "none does not exist"),
        (["load", "none", "-o", "x.duckdb"], 1, "none does not exist"),
    ],
)
def test_mistakes_are_named_with_the_next_step(
    words: list[str], code: int, said: str, call: Call, elsewhere: Path
) -> None:
    result = call(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stderr.startswith("kaptui: ")
    assert len(result.stderr.splitlines()) == 2
    assert result.stdout == ""
    assert [path.name for path in elsewhere.iterdir()] == ["SAMPLE"]


def test_in_a_folder_that_was_deleted_a_whole_path_works_and_another_says_why_not(
    call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports, there, gone = tmp_path / "exports", tmp_path / "made.duckdb", tmp_path / "gone"
    for folder in (exports, gone):
        folder.mkdir()
    (exports / "customers.csv").write_text("no,customer\n1,Acme\n")
    (tmp_path / "account.sql").write_text("select no as account_id, customer as name from 'customers.csv'")
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert call("show", "plan_health", sample).exit_code == 0
    for words in (
        ("show", "plan_health", "kap.duckdb"),
        ("load", exports, "-o", "kap.duckdb"),
        ("load", exports, "-o", there, "--mapping", "./mapping"),
        ("check", "exports"),
        ("init", "new"),
        ("export", "accounts", sample, "-o", "x.csv"),
        ("kap.duckdb",),
    ):
        result = call(*words)
        assert result.exit_code == 1, words
        assert "the folder you are in was deleted\n  Change to a folder that is there" in result.stderr, words
    assert call("load", exports, "-o", there, "--mapping", tmp_path).exit_code == 0


def test_a_file_may_have_the_name_of_no_command(
    call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("demos", "demo"):
        Path(name).write_bytes(sample.read_bytes())
    assert call("demos").stdout.splitlines()[0] == "demos"
    assert call("./demo").stdout.splitlines()[0] == "demo"


def test_an_unexpected_failure_is_one_line_to_report(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(extra: Path | None) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("kaptui.portfolio.catalogue.catalogue", fail)
    result = call("questions")
    assert result.exit_code == 1
    assert "ZeroDivisionError: by nothing" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_leaves_early_is_no_error(sample: Path) -> None:
    with subprocess.Popen(
        python("show", "account_timeline", sample), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "Exception" not in said


def test_ctrl_c_ends_the_process_where_a_question_hears_of_no_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, stopped = threading.Event(), []
    portfolio = Mock(interrupt=lambda: stopped.append(1))

    def end(code: int) -> None:
        assert not heard.is_set(), "nobody waits for the question"
        heard.set()
        raise SystemExit(code)

    calls = iter([KeyboardInterrupt()])

    def first_interrupted(waited: list[Future[None]], patience: float) -> object:
        for error in calls:
            raise error
        return wait(waited, 0.01 * patience)

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr("kaptui.common.endings._first", [])
    monkeypatch.setattr("kaptui.common.endings.GRACE", 0.02)
    monkeypatch.setattr(ask, "wait", first_interrupted)
    with pytest.raises(SystemExit, match="130"):
        ask.answered(lambda: portfolio, lambda _: heard.wait(20))
    assert len(stopped) > 1


def test_ctrl_c_ends_a_slow_question(sample: Path, tmp_path: Path) -> None:
    marker = tmp_path / "slow.sql"
    marker.write_text(
        "-- How slow?\nselect count(*) as n from range(10000000000) a, range(10) b where a.range % 7 = b.range\n"
    )
    with subprocess.Popen(
        python("show", "slow", sample, "--queries", tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(2)  # the first may come while the program is still starting
            process.send_signal(signal.SIGINT)
        said = process.communicate()[1].decode() if process.poll() is not None else ""
        process.kill()
    assert process.returncode == 130
    assert said.strip() == "kaptui: interrupted"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("show acc", {"accounts", "account_plan"}), ("sh", {"show"}), ("questions --fo", {"--format"})],
)
def test_the_shell_completes(typed: str, offered: set[str]) -> None:
    *words, last = typed.split()
    found = {item.value for item in ShellComplete(main, {}, "kaptui", "_KAPTUI_COMPLETE").get_completions(words, last)}
    assert offered <= found


@pytest.mark.parametrize("words", [["show", "accounts"], [], ["x.duckdb"]])
def test_the_shell_completes_files(words: list[str]) -> None:
    items = ShellComplete(main, {}, "kaptui", "_KAPTUI_COMPLETE").get_completions(words[:2], "ka")
    assert words == ["x.duckdb"] or "file" in {item.type for item in items}


INTERRUPTED_WHILE_IMPORTED = """
import os, signal, sys
import kaptui.__main__

class Finder:
    def find_spec(self, name, *_):
        if name == "kaptui.cli":
            {how}

sys.meta_path.insert(0, Finder())
kaptui.__main__.main()
"""
"""A program to be run with -m, in which the signal comes while the command line is imported."""
KILLED = "os.kill(os.getpid(), signal.SIGHUP); all(range(1, 10**6))"


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
@pytest.mark.parametrize("how", [f"exec({KILLED!r})", "other"], ids=["within exec", "made another error"])
def test_a_signal_while_kaptui_is_imported_ends_it_with_the_code_that_was_promised(tmp_path: Path, how: str) -> None:
    """Python ended itself by SIGINT after an interrupt inside `exec`; a library made a TypeError of it."""
    if how == "other":
        how = f"""
            try:
                exec({KILLED!r})
            except KeyboardInterrupt:
                raise TypeError("expected a message argument")"""
    (tmp_path / "begun.py").write_text(INTERRUPTED_WHILE_IMPORTED.replace("{how}", how), encoding="utf-8")
    places = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    done = subprocess.run(
        [sys.executable, "-m", "begun"], env=os.environ | {"PYTHONPATH": places}, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (128 + signal.SIGHUP, b"kaptui: ended\n")
