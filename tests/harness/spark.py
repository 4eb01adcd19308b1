"""Loads a portfolio from a real Spark Connect server: as many million lines as --tries says, summed up by the server.

Installs Spark with pip (a source of 460 MB, which becomes a wheel once and then lies in pip's cache) and starts it, in
a folder that is gone afterwards; the ADBC driver too where it is not installed. Totals against the same lines as CSV;
seconds, most memory, rows that came over; then what goes wrong: Ctrl+C, a wrong token and none, a type that does not
fit, a server that is down. Needs Java 17 (Debian's openjdk-17-jre-headless).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from urllib.request import urlopen

import duckdb

from kaptui.loading import load
from tests.harness.tally import Tally
from tests.harness.warehouse import compare, free_port, interrupt, refused

TRIES = 5
SPARK = "pyspark==4.3.0"
DRIVER = "adbc-driver-spark==0.3.0"
LINES = """
copy (
    select
        'A' || lpad((n * 7919 % 1000)::varchar, 6, '0') as account_id,
        date '2023-11-01' + (n // 1000 % 1095)::integer as booked_on,
        (n * 104729 % 1000000 / 100)::decimal(12, 2) as amount
    from range({lines}) rows(n)
) to '{file}'
"""
SLOW = """
-- at: ledger
select cast(count(*) as string) as account_id, 'x' as name from range(100000000000000) where hash(id) = 3
"""
NO_CELL = "-- at: ledger\nselect array('A', 'B') as account_id, 'x' as name"
IN_A_ZONE = """
-- at: ledger
select 'X1' as activity_id, 'A000001' as account_id, {day} as occurred_on, 'call' as kind, 'external' as side
from (select timestamp'2026-01-01 23:30:00Z' as occurred_on)
"""
WRONG = """
-- at: ledger
select account_id
from {line}
where nope = 1
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running Spark Connect server: its ports (of queries, and of what it tells of itself) and its token."""

    port: int
    told_at: int
    token: str

    def profile(self, folder: Path, token: str = "{{ env_var(LEDGER_TOKEN) }}", port: int = 0) -> None:
        """Write the profile that leads there, and what it reads of the environment."""
        folder.mkdir(exist_ok=True)
        os.environ["LEDGER_TOKEN"] = self.token
        uri = f"sc://127.0.0.1:{port or self.port}/;use_ssl=false{f';token={token}' if token else ''}"
        (folder / "ledger.toml").write_text(f'profile_version = 1\ndriver = "spark"\n[Options]\nuri = "{uri}"\n')

    def computes(self) -> bool:
        """Whether a query runs there."""
        applications = f"http://127.0.0.1:{self.told_at}/api/v1/applications"
        with urlopen(applications) as answer:
            name = json.load(answer)[0]["id"]
        with urlopen(f"{applications}/{name}/jobs?status=running") as answer:
            return bool(json.load(answer))


def run(tally: Tally, tries: int, seed: int) -> None:
    """Install, start, load, compare, disturb; `tries` counts millions of lines."""
    with tempfile.TemporaryDirectory(prefix="kaptui-spark-") as scratch:
        work = Path(scratch)
        began = perf_counter()
        if find_spec("adbc_driver_spark") is None:
            _install(DRIVER, work / "driver")
            sys.path.append(str(work / "driver"))  # what is started from here has it too
            os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), sys.path[-1]]))
        _install(SPARK, work / "server")
        print(f"installed in {perf_counter() - began:.0f} s")
        with _server(work) as server:
            (work / "csv").mkdir()
            for file in ("csv/line.csv", "line.parquet"):
                duckdb.sql(LINES.format(lines=tries * 1_000_000, file=work / file))
            _try_all(tally, server, work, tries)


def _try_all(tally: Tally, server: Server, work: Path, tries: int) -> None:
    line, folder = f"parquet.`{work}/line.parquet`", work / "at"
    with tally.tried("totals are those of the lines as CSV", f"{tries} million lines"):
        server.profile(folder)
        compare(work, line, server.token)
    with tally.tried("Ctrl+C: kaptui ends within a second, the query within another", "a query without an end"):
        server.profile(work / "slow")
        interrupt(work / "slow", SLOW, server.computes)
    with tally.tried("a type that does not fit is one line with the fix", "an array, a moment"):
        _only(folder, "account", NO_CELL)
        assert "column account_id is of type varchar[], which kaptui does not read; cast it" in refused(
            folder, server.token
        )
        _only(folder, "account", "-- at: ledger\nselect 'A000001' as account_id, 'x' as name")
        (folder / "activity.sql").write_text(IN_A_ZONE.format(day="occurred_on"))
        fix = refused(folder, server.token).partition("in the SELECT: ")[2]
        (folder / "activity.sql").write_text(IN_A_ZONE.format(day=fix))
        load(folder, work / "day.duckdb", folder)
        with duckdb.connect(str(work / "day.duckdb"), read_only=True) as file:
            assert file.execute("select occurred_on::varchar from activity").fetchall() == [("2026-01-02",)]
    with tally.tried("a SELECT that is wrong is told by its line", "no such column"):
        _only(folder, "account", WRONG.format(line=line))
        told = refused(folder, server.token)
        assert "account.sql:5:" in told
        assert "`nope` cannot be resolved" in told
    with tally.tried("what would write is refused, nothing is written", "an insert behind a with, and behind a from"):
        target = work / "written"
        for start in ("with one as (select 'A1' as account_id, 'x' as name)", "from (select 'A1' as id)"):
            _only(
                folder, "account", f"-- at: ledger\n{start}\ninsert overwrite directory '{target}' using json select *"
            )
            assert "Syntax error at or near 'insert'" in refused(folder, server.token)
        assert not target.exists()
    with tally.tried("a wrong token, and none, is one line without a secret", "token"):
        server.profile(folder)
        os.environ["LEDGER_TOKEN"] = "not-this-one"
        told = refused(folder, "not-this-one")
        assert "refused: Invalid authentication token" in told
        assert "LEDGER_TOKEN" in told
        server.profile(folder, "")
        assert "refused: No authentication token provided" in refused(folder, server.token)
    with tally.tried("a server that is down is one line", "nobody listens"):
        server.profile(folder, port=free_port())
        assert "cannot connect: " in refused(folder, server.token)


def _only(folder: Path, table: str, select: str) -> None:
    for old in folder.glob("*.sql"):
        old.unlink()
    (folder / f"{table}.sql").write_text(select)


def _install(what: str, into: Path) -> None:
    call = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(into), what]
    subprocess.run(call, check=True, stderr=subprocess.DEVNULL)


@contextmanager
def _server(work: Path) -> Iterator[Server]:
    assert shutil.which("java"), "Java is not installed: Debian's package openjdk-17-jre-headless"
    server = Server(free_port(), free_port(), secrets.token_urlsafe(12))
    home = work / "server" / "pyspark"
    options = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": server.port,
        "spark.ui.port": server.told_at,
        "spark.sql.warehouse.dir": work / "tables",
    }
    call = [str(home / "bin" / "spark-submit"), "--master", "local[2]", "--driver-memory", "2g"]
    call += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
    call += [part for name, value in options.items() for part in ("--conf", f"{name}={value}")]
    place = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(work)}
    secret = {"SPARK_CONNECT_AUTHENTICATE_TOKEN": server.token}
    with (
        (work / "log").open("wb") as log,
        subprocess.Popen(
            [*call, "spark-internal"], stdout=log, stderr=log, env=os.environ | place | secret, start_new_session=True
        ) as run,
    ):
        try:
            _wait_for(server, run, work / "log")
            yield server
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)  # its files go with the folder


def _wait_for(server: Server, run: subprocess.Popen[bytes], log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < 180:
        assert run.poll() is None, f"the server ended: {log.read_text(errors='replace').splitlines()[-1:]}"
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            print(f"the server answers after {time.monotonic() - began:.0f} s")
            return
        time.sleep(0.5)
    raise AssertionError("the server does not answer within three minutes")
