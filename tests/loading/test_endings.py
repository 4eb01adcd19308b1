"""A load that is told to end does so at once, inside a mapping that never ends too, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kaptui.common import endings
from kaptui.common.atomic_write import write_files
from tests.loading.sources import write

ENDLESS = """
with recursive numbers (n) as (select 1 union all select n + 1 from numbers)
select n::varchar as account_id, 'Name' as name from numbers
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
def test_a_mapping_that_never_ends_is_ended_by_a_signal(tmp_path: Path) -> None:
    source, mapping, target = write(tmp_path / "in"), tmp_path / "sql", tmp_path / "out" / "kap.duckdb"
    mapping.mkdir()
    target.parent.mkdir()
    (mapping / "account.sql").write_text(ENDLESS, encoding="utf-8")
    command = [sys.executable, "-m", "kaptui", "load", source, "--mapping", mapping, "-o", target]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 60
        while not list(target.parent.iterdir()) and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(0.5)  # most likely it is in the mapping; the promise holds before that too
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert time.monotonic() - began < 15, "a second, and much more for a machine under load"
    assert said.strip() in (b"kaptui: ended", b"kaptui: interrupted")
    assert list(target.parent.iterdir()) == []


def test_what_a_killed_writer_left_goes_with_the_next(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    alive = os.getppid()
    for name in (f".x.csv.{dead.pid}.part", f".x.csv.{alive}.part", f".y.csv.{dead.pid}.part", ".x.csv.me.part"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    assert not endings.is_running(dead.pid)
    write_files({tmp_path / "x.csv": b"whole"})
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {"x.csv", f".x.csv.{alive}.part", f".y.csv.{dead.pid}.part", ".x.csv.me.part"}
