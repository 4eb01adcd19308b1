"""All or nothing: whatever happens to a load, the file in place is the old one or the new one, and opens."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest

from kaptui import loading
from kaptui.errors import Exit, KaptuiError
from kaptui.loading import LoadRefused, check, into_memory, load
from kaptui.resources import sample_dir
from tests.examples import portfolios
from tests.loading.sources import MONTHS, only, query, write

LOADER = "import sys, pathlib; from kaptui.loading import load; load(*map(pathlib.Path, sys.argv[1:3]))"
HOLDER = (
    "import sys, duckdb; c = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'reader'); "
    "c.execute('select 1'); print('ready', flush=True); sys.stdin.read(); c.close()"
)


def months(count: int) -> str:
    """Rows enough to keep a load busy for a moment."""
    rows = (f"A{1 + n % 2},{2000 + n // 24}-{1 + n // 2 % 12:02}-01,EUR,{n}\n" for n in range(count))
    return MONTHS + "".join(rows)


def left(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    moments = random.Random(20261)
    target = tmp_path / "kap.duckdb"
    source = write(tmp_path / "in", financial_period=months(4))
    load(source, target)
    write(source, financial_period=months(4000))
    old = target.read_bytes()
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", LOADER, str(source), str(tmp_path / "dry.duckdb")], check=True)
    whole = time.monotonic() - started
    seen = set()
    for _ in range(portfolios(20)):
        target.write_bytes(old)
        process = subprocess.Popen([sys.executable, "-c", LOADER, str(source), str(target)])
        time.sleep(moments.uniform(0.2, 1.1) * whole)
        process.kill()
        process.wait()
        rows = query(target, "select count(*) from financial_period")[0][0]
        assert target.read_bytes() == old or rows == 4000
        assert query(target, "select count(*) from account") == [(2,)]
        seen.add(rows)
    assert 4 in seen
    load(source, target)
    assert left(tmp_path) == ["dry.duckdb", "in", "kap.duckdb"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    source = write(tmp_path / "in", financial_period=months(4))
    target = tmp_path / "kap.duckdb"
    load(source, target)
    before = target.read_bytes()

    def stop(what: str, done: int, of: int) -> None:
        if what == "writing plan":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(source, target, progress=stop)
    assert target.read_bytes() == before
    assert left(tmp_path) == ["in", "kap.duckdb"]


def test_an_interrupt_while_the_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "in")
    make = Path.mkdir

    def stop(folder: Path) -> None:
        make(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "mkdir", stop)
    with pytest.raises(KeyboardInterrupt):
        load(source, tmp_path / "kap.duckdb")
    assert left(tmp_path) == ["in"]


def test_a_refused_load_keeps_the_old_file(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    target = tmp_path / "kap.duckdb"
    load(source, target)
    before = target.read_bytes()
    write(source, account="account_id,name\nA1,\n")
    with pytest.raises(LoadRefused):
        load(source, target)
    assert target.read_bytes() == before


def test_what_dead_loads_left_is_removed_and_living_ones_are_let_be(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f".kap.duckdb.loading-{dead.pid}", f".kap.duckdb.loading-{os.getppid()}", ".kap.duckdb.loading-x"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "new.duckdb").write_text("half")
    load(write(tmp_path / "in"), tmp_path / "kap.duckdb")
    assert left(tmp_path) == [f".kap.duckdb.loading-{os.getppid()}", ".kap.duckdb.loading-x", "in", "kap.duckdb"]


def test_a_reader_elsewhere_does_not_hinder_a_load(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    target = tmp_path / "kap.duckdb"
    load(source, target)
    with held(target, "reader"):
        write(source, account="account_id,name\nA3,Ceta\n")
        load(source, target)
    assert query(target, "select account_id from account") == [("A3",)]


def test_a_writer_elsewhere_is_busy(tmp_path: Path) -> None:
    source = write(tmp_path / "in")
    target = tmp_path / "kap.duckdb"
    load(source, target)
    with held(target, "writer"):
        with pytest.raises(KaptuiError, match="written by another program") as caught:
            check(target)
        assert caught.value.exit_code is Exit.BUSY
        with pytest.raises(KaptuiError, match="written by another program") as caught:
            load(source, target)
        assert caught.value.exit_code is Exit.BUSY
    assert left(tmp_path) == ["in", "kap.duckdb"]


class held:
    """Another process has the file open."""

    def __init__(self, file: Path, how: str) -> None:
        self._command = [sys.executable, "-c", HOLDER, str(file), how]

    def __enter__(self) -> None:
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def __exit__(self, *raised: object) -> None:
        self._process.communicate()


def test_the_file_holds_the_schema_and_says_where_it_is_from(tmp_path: Path) -> None:
    load(write(tmp_path / "in", financial_period=months(3)), tmp_path / "kap.duckdb")
    columns = query(
        tmp_path / "kap.duckdb",
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "where database_name = 'kap' group by table_name",
    )
    tables = dict(columns)
    assert len(tables) == 20
    assert tables.pop("source_file") == ["table_name", "path", "rows"]
    assert tables.pop("kaptui_meta") == ["schema_version", "kaptui_version", "loaded_at", "checkpoint"]
    assert tables.pop("history") == ["loaded_at", "table_name", "key", "field", "before", "after"]
    assert all(names[-1] == "source_row" for names in tables.values())
    assert query(tmp_path / "kap.duckdb", "from source_file order by path") == [
        ("account", "account.csv", 2),
        ("success_factor", "default factors of kaptui", 6),
        ("activity_kind", "default kinds of kaptui", 10),
        ("financial_period", "financial_period.csv", 3),
    ]
    factors = query(tmp_path / "kap.duckdb", "select code, weight, scale_max, provenance from success_factor")
    assert factors[0] == ("TOP", 1.0, 4.0, "article")
    assert [code for code, *_ in factors] == ["TOP", "QUA", "LON", "TEA", "KAM", "SEL"]


def test_facts_are_sorted_by_account(tmp_path: Path) -> None:
    load(write(tmp_path / "in", financial_period=months(40)), tmp_path / "kap.duckdb")
    rows = query(tmp_path / "kap.duckdb", "select account_id, period_start from financial_period")
    assert rows == sorted(rows)


def test_the_previous_generation_opens_the_file(tmp_path: Path) -> None:
    load(write(tmp_path / "in"), tmp_path / "kap.duckdb")
    with closing(duckdb.connect()) as connection:
        connection.execute(f"attach '{tmp_path / 'kap.duckdb'}' as kap (read_only)")
        tags = connection.execute("select tags from duckdb_databases() where database_name = 'kap'").fetchall()
    assert "v1.5.0" in str(tags)


def test_history_keeps_what_the_file_said(tmp_path: Path) -> None:
    target = tmp_path / "kap.duckdb"
    score = "account_id,factor_id,assessed_on,score\n"
    source = write(
        tmp_path / "in",
        account="account_id,name,tier\nA1,Acme,1\nA2,Beta,2\n",
        assessment=f"{score}A1,1,2026-01-31,2\n",
        financial_period="account_id,period_start,currency,revenue,cogs\nA1,2026-01-01,EUR,10,\n",
        plan="plan_id,account_id,name,status,end_on\nP1,A1,Plan,active,2026-12-31\n",
    )
    load(source, target)
    assert query(target, "from history") == []
    write(
        source,
        account="account_id,name,tier\nA1,Acme AG,1\nA3,Ceta,3\n",
        assessment=f"{score}A1,1,2026-01-31,3\nA1,1,2026-02-28,4\n",
        financial_period="account_id,period_start,currency,revenue,cogs\nA1,2026-01-01,EUR,12.5,7\n",
        plan="plan_id,account_id,name,status,end_on\nP1,A1,Plan,active,\n",
    )
    load(source, target)
    changes = query(target, "select table_name, key, field, before, after from history order by all")
    assert changes == [
        ("account", "A1", "name", "Acme", "Acme AG"),
        ("account", "A2", "account_id", "A2", None),
        ("account", "A2", "name", "Beta", None),
        ("account", "A3", "account_id", None, "A3"),
        ("account", "A3", "name", None, "Ceta"),
        ("assessment", "A1/1/2026-01-31", "score", "2.0", "3.0"),
        ("financial_period", "A1/2026-01-01/actual", "cogs", None, "7.00"),
        ("financial_period", "A1/2026-01-01/actual", "revenue", "10.00", "12.50"),
        ("plan", "P1", "end_on", "2026-12-31", None),
    ]
    load(source, target)
    assert query(target, "select table_name, key, field, before, after from history order by all") == changes
    assert query(
        target, "select count(distinct h.loaded_at) from history h join kaptui_meta m on h.loaded_at < m.loaded_at"
    )


def test_a_file_in_place_that_is_none_is_replaced_by_force_with_a_warning(tmp_path: Path) -> None:
    target = tmp_path / "kap.duckdb"
    target.write_text("once upon a time " * 500)
    finding = only(load(write(tmp_path / "in"), target, force=True).warnings, "history")
    assert finding.file == "kap.duckdb"
    assert query(target, "select count(*) from account") == [(2,)]


def test_a_log_left_by_another_program_does_not_spoil_the_new_file(tmp_path: Path) -> None:
    target = tmp_path / "kap.duckdb"
    source = write(tmp_path / "in")
    load(source, target)
    (tmp_path / "kap.duckdb.wal").write_bytes(b"left behind")
    load(source, target)
    assert left(tmp_path) == ["in", "kap.duckdb"]
    assert query(target, "select count(*) from account") == [(2,)]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "kap.duckdb").symlink_to(tmp_path / "data" / "kap.duckdb")
    load(write(tmp_path / "in"), tmp_path / "kap.duckdb")
    assert (tmp_path / "kap.duckdb").is_symlink()
    assert left(tmp_path / "data") == ["kap.duckdb"]


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "in")
    target = tmp_path / "kap.duckdb"
    load(source, target)

    errors = {
        "cannot be written: .* No space left": OSError(28, "No space left on device"),
        "has no room for the load": duckdb.TransactionException("Failed to commit: No space left on device"),
    }
    for words, error in errors.items():
        full = Mock(side_effect=error)
        monkeypatch.setattr(loading.run, "put_in_place", full)
        with pytest.raises(KaptuiError, match=words):
            load(source, target)
        assert full.called
        assert left(tmp_path) == ["in", "kap.duckdb"]


def test_progress_is_told_in_order(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    load(write(tmp_path / "in"), tmp_path / "kap.duckdb", progress=lambda *step: steps.append(step))
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)
    assert all(done <= of for _, done, of in steps)
    assert {"reading account", "checking account", "writing account"} <= {what for what, _, _ in steps}


def test_the_sample_loads_into_memory_without_errors() -> None:
    with closing(into_memory(sample_dir())) as connection:
        assert connection.execute("select count(*) from account").fetchall() == [(48,)]
        assert connection.execute("select count(*) from kaptui_meta").fetchall() == [(1,)]
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert schemas == [("main",)]


def test_an_interrupted_process_says_so_and_cleans_up(tmp_path: Path) -> None:
    source = write(tmp_path / "in", financial_period=months(4000))
    process = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(source), str(tmp_path / "kap.duckdb")], stderr=subprocess.PIPE
    )
    while not list(tmp_path.glob(".kap.duckdb.loading-*")) and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert b"KeyboardInterrupt" in errors
    assert left(tmp_path) == ["in"]
