"""Loads a portfolio from a real PostgreSQL: as many million ledger lines as --tries says, summed up by the server.

Starts Debian's server in a folder that is gone afterwards (as the user postgres where it is root that calls), fills it,
and loads by a profile: totals against the same lines as CSV; seconds, most memory, rows that came over; then what goes
wrong: Ctrl+C, a slow query, a wrong password, a server that is down. Needs the package postgresql, psql and the wheel
adbc-driver-postgresql.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import duckdb

from kaptui.loading import LoadRefused, check, load
from tests.benchmarks.portfolios import apart, peak_bytes
from tests.harness.tally import Tally

TRIES = 5
LINES = """
create table line as
select
    'A' || lpad((n * 7919 % 1000)::text, 6, '0') as account_id,
    date '2023-11-01' + (n / 1000 % 1095)::int as booked_on,
    (n * 104729 % 1000000 / 100.0)::numeric(12, 2) as amount
from generate_series(0::bigint, {lines} - 1) n
"""
ACCOUNTS = "select account_id, 'Müller ' || account_id as name from {line} group by account_id -- the end"
MONTHS = (
    "select account_id, date_trunc('month', booked_on)::date as period_start, 'EUR' as currency, "
    "sum(amount) as revenue from {line} group by 1, 2; -- the end"
)
FACTS = "select account_id, period_start, revenue from financial_period order by all"
RUNS = (
    "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid() "
    "and state = 'active'"
)
SLOW = "-- at: ledger\nselect account_id, pg_sleep(60)::text as name from line limit 1"


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL: its folder, the programs of it, port and password."""

    folder: Path
    programs: Path
    port: int
    password: str

    def ask(self, sql: str, into: Path | None = None) -> str:
        """What psql answers; written to a file where one is named."""
        call = ["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "kap", "postgres", "-XAtqc", sql]
        env = {**os.environ, "PGPASSWORD": self.password}
        if into is None:
            return subprocess.run(call, env=env, capture_output=True, text=True, check=True).stdout.strip()
        with into.open("wb") as file:
            subprocess.run(call, env=env, stdout=file, check=True)
        return ""

    def profile(self, folder: Path, port: int | None = None) -> None:
        """Write the profile that leads there, and what it reads of the environment."""
        folder.mkdir(exist_ok=True)
        os.environ["LEDGER_PASSWORD"] = self.password
        uri = f"postgresql://kap:{{{{ env_var(LEDGER_PASSWORD) }}}}@127.0.0.1:{port or self.port}/postgres"
        (folder / "ledger.toml").write_text(f'profile_version = 1\ndriver = "postgresql"\n[Options]\nuri = "{uri}"\n')


def run(tally: Tally, tries: int, seed: int) -> None:
    """Start, fill, load, compare, disturb; `tries` counts millions of lines."""
    with tempfile.TemporaryDirectory(prefix="kaptui-warehouse-") as scratch, _server(Path(scratch)) as server:
        work = Path(scratch)
        began = perf_counter()
        server.ask(LINES.format(lines=tries * 1_000_000))
        print(f"{tries},000,000 lines written by the server in {perf_counter() - began:.0f} s")
        with tally.tried("totals are those of the lines as CSV", f"{tries} million lines"):
            (work / "csv").mkdir()
            server.ask("copy line to stdout (format csv, header)", work / "csv" / "line.csv")
            server.profile(work / "at")
            compare(work, "line", server.password)
        with tally.tried("Ctrl+C: kaptui ends within a second, the query within another", "pg_sleep(60)"):
            server.profile(work / "slow")
            interrupt(work / "slow", SLOW, lambda: server.ask(RUNS) == "1")
        with tally.tried("a wrong password is one line without a secret", "wrong password"):
            os.environ["LEDGER_PASSWORD"] = "not-this-one"
            told = refused(work / "at", "not-this-one")
            assert "password authentication failed" in told
            assert "LEDGER_PASSWORD" in told
        with tally.tried("a server that is down is one line", "nobody listens"):
            server.profile(work / "at", free_port())
            assert "cannot connect" in refused(work / "at", server.password)


def compare(work: Path, line: str, secret: str) -> None:
    """Load the sums of `line`, as `work`/at/ledger.toml leads to it, and those of `work`/csv/line.csv: they are one."""
    for name, lines, first in (("at", line, "-- at: ledger\n"), ("files", "read_csv('line.csv')", "")):
        (work / name).mkdir(exist_ok=True)
        (work / name / "account.sql").write_text(first + ACCOUNTS.format(line=lines))
        (work / name / "financial_period.sql").write_text(first + MONTHS.format(line=lines))
    facts = []
    for name, source in (("at", work / "at"), ("files", work / "csv")):
        seconds, cpu, peak, rows = apart(_load, source, work / f"{name}.duckdb", work / name)
        told = f"{seconds:6.1f} s ({cpu:.1f} s of processor), peak {peak / 2**20:,.0f} MiB"
        print(f"{name:6} {told}, {rows:,} rows came over")
        with closing(duckdb.connect(str(work / f"{name}.duckdb"), read_only=True)) as file:
            facts.append(file.execute(FACTS).fetchall())
    assert facts[0] == facts[1]
    assert len(facts[0]) > 30_000
    assert secret.encode() not in (work / "at.duckdb").read_bytes()


def _load(source: Path, target: Path, mapping: Path) -> tuple[float, float, int, int]:
    began, cpu = perf_counter(), process_time()
    try:
        report = load(source, target, mapping)
    except LoadRefused as error:
        raise RuntimeError(str(error)) from None  # it cannot travel between processes
    rows = report.rows["account"] + report.rows["financial_period"]
    return perf_counter() - began, process_time() - cpu, peak_bytes(), rows


def interrupt(folder: Path, slow: str, running: Callable[[], bool]) -> None:
    """Load from `folder`, where ledger.toml lies, by a query without an end; Ctrl+C while it is `running` there."""
    (folder / "account.sql").write_text(slow)
    call = [sys.executable, "-m", "kaptui", "load", str(folder), "--mapping", str(folder), "-o"]
    with subprocess.Popen([*call, str(folder / "never.duckdb")], stderr=subprocess.PIPE, text=True) as run:
        until = time.monotonic() + 60
        while not running() and time.monotonic() < until:
            time.sleep(0.1)
        assert running(), "the query runs"
        run.send_signal(signal.SIGINT)
        began = time.monotonic()
        told = run.communicate(timeout=60)[1]
        ended = time.monotonic() - began
    while running() and time.monotonic() < began + 30:
        time.sleep(0.05)
    gone = time.monotonic() - began
    print(f"Ctrl+C: kaptui ended after {ended:.2f} s, no query at the server after {gone:.2f} s")
    assert (run.returncode, told.strip()) == (130, "kaptui: interrupted")
    assert ended < 1
    assert gone < 2
    assert not list(folder.glob("*never*"))


def refused(folder: Path, secret: str) -> str:
    """The one error that a load from `folder` ends with."""
    errors = [str(each) for each in check(folder, folder).errors]
    assert len(errors) == 1, errors
    assert secret not in errors[0]
    print(errors[0])
    return errors[0]


@contextmanager
def _server(folder: Path) -> Iterator[Server]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    assert found, "Debian's package postgresql is not installed"
    assert shutil.which("psql"), "Debian's package postgresql-client is not installed"
    server = Server(folder / "server", found[-1].parent, free_port(), secrets.token_urlsafe(12))
    server.folder.mkdir()
    (server.folder / "password").write_text(server.password)
    as_user: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        folder.chmod(0o711)
        for path in (server.folder, server.folder / "password"):
            shutil.chown(path, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = server.folder / "data"
    made = ["-U", "kap", f"--pwfile={server.folder}/password", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C"]
    _quietly([*as_user, str(server.programs / "initdb"), "-D", str(data), *made])
    options = f"-p {server.port} -k {server.folder} -h 127.0.0.1"
    control = [*as_user, str(server.programs / "pg_ctl"), "-D", str(data), "-w"]
    _quietly([*control, "-o", options, "-l", str(server.folder / "log"), "start"])
    try:
        yield server
    finally:
        _quietly([*control, "-m", "immediate", "stop"])


def _quietly(call: list[str]) -> None:
    subprocess.run(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, cwd="/")


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
