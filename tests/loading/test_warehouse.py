"""A mapping that runs in an engine: the facts as from files, as a stream, and one clear message for what goes wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from kaptui.common.arrow import ArrowStream
from kaptui.common.arrow_batches import ArrowError, Batches, BatchReader
from kaptui.loading import Finding, LoadRefused, check, load
from kaptui.loading.mapping_text import MappingError, runs_at
from kaptui.loading.warehouse import adbc
from kaptui.loading.warehouse.engine import EngineError
from kaptui.loading.warehouse.profile import find_profile
from kaptui.loading.warehouse.query import Query
from tests.loading.sources import only, query, staged, write

pytest.importorskip("adbc_driver_sqlite", reason="needs the extra kaptui[warehouse] and a driver")

SECRET = "s3cr+t pass/word"
LINES = 9_000
PROFILE = 'profile_version = 1\ndriver = "sqlite"\n[Options]\nuri = "{{ env_var(LEDGER) }}"\n'
ACCOUNTS = "-- at: ledger\nselect account_id, 'Acme ' || account_id as name from line group by 1;\n"
MONTHS = """
-- at: ledger
select account_id, strftime('%Y-%m-01', day) as period_start, 'EUR' as currency, sum(amount) as revenue
from line group by 1, 2 order by 1, 2
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A source without files, a database of ledger lines, and a mapping that reads it."""
    folder = tmp_path_factory.mktemp("warehouse")
    for name in ("in", "map"):
        (folder / name).mkdir()
    with closing(sqlite3.connect(folder / "ledger.db")) as ledger:
        ledger.execute("create table line (account_id text, day text, amount real)")
        lines = ((f"A{n % 300}", f"2026-{n // 300 % 12 + 1:02}-17", (n % 1000) / 4) for n in range(LINES))
        ledger.executemany("insert into line values (?, ?, ?)", lines)
        ledger.commit()
    mapped(folder, account=ACCOUNTS, financial_period=MONTHS)
    (folder / "map" / "ledger.toml").write_text(PROFILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER", str(folder / "ledger.db"))
        patch.setenv("LEDGER_PASSWORD", SECRET)
        yield folder


def mapped(folder: Path, **tables: str) -> Path:
    """A mapping with these SELECTs and no other."""
    for old in (folder / "map").glob("*.sql"):
        old.unlink()
    for name, select in tables.items():
        (folder / "map" / f"{name}.sql").write_text(select)
    return folder / "map"


def test_the_engine_and_its_lines_as_files_come_to_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In more than one piece, with the rows told so far; only the names of the mapping stand in the file."""
    monkeypatch.setattr(adbc, "_ROWS", 1024)
    said: list[str] = []
    target = folder / "kap.duckdb"
    report = load(folder / "in", target, folder / "map", lambda what, done, of: said.append(what))
    assert (report.errors, report.rows["account"]) == ((), 300)
    with closing(sqlite3.connect(folder / "ledger.db")) as ledger:
        lines = [",".join(map(str, row)) for row in ledger.execute(MONTHS)]
        names = [",".join(row) for row in ledger.execute(ACCOUNTS)]
    plain = write(
        folder / "plain",
        account="\n".join(["account_id,name", *names]),
        financial_period="\n".join(["account_id,period_start,currency,revenue", *lines]),
    )
    months = "select account_id, period_start, currency, revenue from financial_period order by all"
    assert query(target, months) == staged(plain, months)
    files = dict(query(target, "select table_name, path from source_file"))
    assert (files["account"], files["financial_period"]) == ("account.sql at ledger", "financial_period.sql at ledger")
    told = [each.rpartition(": ")[2] for each in said if "period at ledger" in each and each.endswith("rows")]
    assert told[0] == "1,024 rows"
    assert told[-1] == f"{len(lines):,} rows"
    assert str(folder).encode() not in target.read_bytes(), "no word of the profile gets into the file"


def test_one_message_for_each_mistake(folder: Path) -> None:
    """All in one run, each by file and, where the engine says it, line."""
    (folder / "map" / "gone.toml").write_text(PROFILE.replace("{{ env_var(LEDGER) }}", f"{folder}/no/such.db"))
    (folder / "map" / "other.toml").write_text(PROFILE.replace("sqlite", "oracle"))
    select = "-- at: ledger\nselect "
    told = check(
        folder / "in",
        mapped(
            folder,
            account=ACCOUNTS,
            person=f"{select}nope as person_id from line",
            activity=f"{select}x'00ff' as activity_id, account_id from line",
            plan="-- at: ledger\ndelete from line",
            objective=f"{select}account_id as objective_id from line where false",
            stakeholder="-- at: nowhere\nselect 1",
            sponsorship="-- at: ../ledger\nselect 1",
            assessment="-- at: gone\nselect 1",
            action="-- at: gone\nselect 1",
            programme="-- at: other\nselect 1",
            fx_rate="-- at: ledger\n-- at: gone\nselect 1",
            plan_review=f"{select}case when n < 4000 then n else 'x' end as plan_id from (select rowid n from line)",
        ),
    )
    words = [(each.file, str(each)) for each in told.findings if each.rule == "mapping"]
    for file, part in {
        "person.sql": "no such column: nope; correct the SELECT, it is sqlite's own SQL",
        "activity.sql": "column activity_id is of type blob, which kaptui does not read; cast it to a text type",
        "plan.sql": "must hold one SELECT",
        "objective.sql": "the SELECT yields no row at ledger",
        "stakeholder.sql": "there is no profile nowhere.toml beside the mapping; profiles there: gone, ledger, other",
        "sponsorship.sql": '"../ledger" is no name of a profile',
        "gone.toml": "cannot connect: ",
        "other.toml": 'the driver "oracle" is not installed; install it',
        "fx_rate.sql": "names 2 profiles: ledger, gone",
        "plan_review.sql": "ledger says: ",
    }.items():
        found = [text for name, text in words if name == file]
        assert len(found) == 1, (file, told.findings)
        assert part in found[0]
        assert "\n" not in found[0]
    assert len(words) == 10, "what concerns a profile is told once"
    with closing(sqlite3.connect(folder / "ledger.db")) as ledger:
        assert ledger.execute("select count(*) from line").fetchone() == (LINES,)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("profile_version = 1\ndriver = \n", 2, "is not TOML"),
        ('driver = "sqlite"\n[Options]\n', None, "profile_version = 1"),
        ("profile_version = 1\n[Options]\n", None, "names no driver"),
        ('profile_version = 1\ndriver = "/elsewhere/evil.so"\n[Options]\n', None, "no plain name"),
        ('profile_version = 1\ndriver = "sqlite"\n', None, "[Options]"),
        ('profile_version = 1\ndriver = "sqlite"\n[Options]\na.b = "{{ env_var(NOT_SET) }}"', None, "NOT_SET"),
    ],
)
def test_a_profile_that_is_no_good(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(MappingError) as caught:
        find_profile(tmp_path, "p")
    assert (caught.value.file, caught.value.line) == ("p.toml", line)
    assert words in "; ".join(caught.value.words)


def test_a_profile_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.toml").write_text(PROFILE)
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "p.toml").symlink_to(tmp_path / "elsewhere.toml")
    for name in ("p", "../elsewhere", str(tmp_path / "elsewhere"), "profile:p", ".p", ""):
        with pytest.raises(MappingError) as caught:
            find_profile(tmp_path / "map", name)
        assert "beside the mapping" in "; ".join(caught.value.words)


def test_no_secret_gets_into_a_message(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(
        'profile_version = 1\ndriver = "sqlite"\n[Options]\n'
        'uri = "postgresql://kap:in%20file@db.example.com/x?sslpassword=hush&user=kap"\n'
        'username = "kap"\npassword = "{{ env_var(LEDGER_PASSWORD) }}"\n"token" = "Bearer xyz"'
    )
    profile = find_profile(tmp_path, "p")
    assert profile.variables == ("LEDGER_PASSWORD",)
    words = f"kap@db.example.com refused in%20file / in file / hush / {SECRET} / s3cr%2Bt%20pass%2Fword / Bearer xyz"
    assert profile.hidden(words) == "kap@db.example.com refused " + " / ".join(["***"] * 6)
    assert profile.hidden("invalid uri postgresql://a:b@c/d") == "invalid uri postgresql://a:***@c/d"
    # a driver that repeats what it was given: the secret is the path of a file that is not there
    (folder / "map" / "hidden.toml").write_text(PROFILE.replace("LEDGER", "LEDGER_PASSWORD").replace("{{", "/no/{{"))
    with pytest.raises(LoadRefused) as caught:
        load(folder / "in", folder / "no.duckdb", mapped(folder, account=ACCOUNTS.replace("at: ledger", "at: hidden")))
    told: Finding = only(caught.value.report.errors, "mapping")
    assert "s3cr" not in str(caught.value) + str(told)
    assert "***" in told.problem


def test_without_the_extra_one_line_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_manager", None)
    told = only(check(folder / "in", mapped(folder, account=ACCOUNTS, person=ACCOUNTS)).errors, "mapping")
    assert told.file == "person.sql", "what holds for all is told once"
    assert told.fix == "pip install 'kaptui[warehouse]'"


def test_where_a_mapping_runs() -> None:
    assert runs_at("--  AT:  dwh \nselect 1") == "dwh"
    assert runs_at("-- reads at: dwh\nselect '-- at: x'") == ""


def test_batches_are_what_the_stream_was() -> None:
    """Text, null, decimal and nested values; asked twice, as DuckDB does; a column without a name."""
    with duckdb.connect() as one, duckdb.connect() as two:
        made = "select range as n, null::date as d, 1.25::decimal(9, 2) as m, ['x', null] as l, {'a': 'ü'} as s"
        reader = BatchReader(ArrowStream(one.sql(f"from range(5000) {made}")))
        pieces = [reader.together([batch]) for batch in reader]
        assert sum(piece.rows for piece in pieces) == 5000
        two.register("empty", reader.together([]))
        two.execute("create table t as from empty")
        for piece in pieces:
            two.register("piece", piece)
            assert len(two.view("piece").columns) == 5
            two.execute("insert into t from piece")
        assert two.sql("from t order by n").fetchall() == one.sql(f"from range(5000) {made}").fetchall()
        late = one.sql("from range(500000) select if(range < 400000, 1, error('no good')) as e")
        with pytest.raises((ArrowError, duckdb.Error), match="no good"):
            list(BatchReader(ArrowStream(late)))


class Pretended:
    """An engine that yields for ever, stops only if it is told how, and counts."""

    def __init__(self, *, deaf: bool = False, fails: bool = False) -> None:
        self.types: Mapping[str, str] = {}
        self.made, self.cancelled, self.deaf, self.fails = 0, threading.Event(), deaf, fails

    def pieces(self, select: str) -> Iterator[Batches]:
        if self.fails:
            raise EngineError(select, "run")
        with duckdb.connect() as connection:
            empty = BatchReader(ArrowStream(connection.sql("select 1 as n limit 0"))).together([])
        while self.made < 50:
            self.made += 1
            yield empty
        self.cancelled.wait(20 if self.deaf else 5)

    def cancel(self) -> None:
        if not self.deaf:
            self.cancelled.set()

    def close(self) -> None:
        pass


def interrupted(_: float) -> None:
    """Ctrl+C while the engine computes."""
    raise KeyboardInterrupt


def test_a_query_runs_ahead_by_little_and_ends_at_once() -> None:
    engine, waits = Pretended(), list[float]()
    with Query(engine, "select 1", waits.append) as run:
        pieces = iter(run)
        next(pieces)
        time.sleep(0.3)
        assert engine.made <= 4, "what nobody takes yet is not fetched"
        for _ in range(49):
            next(pieces)
        run._waiting = interrupted
        with pytest.raises(KeyboardInterrupt):
            next(pieces)
        began = time.monotonic()
    assert engine.cancelled.is_set()
    assert not run.left_behind
    assert time.monotonic() - began < 1
    deaf = Pretended(deaf=True)
    began = time.monotonic()
    with Query(deaf, "select 1", waits.append) as run:
        for _ in range(50):
            next(iter(run))
        time.sleep(0.1)
    assert run.left_behind
    assert time.monotonic() - began < 1.5
    deaf.cancelled.set()
    with pytest.raises(EngineError, match="selec"), Query(Pretended(fails=True), "selec", waits.append) as run:
        next(iter(run))


@pytest.mark.skipif(os.name == "nt", reason="a signal is sent")
def test_ctrl_c_ends_a_load_within_a_second(folder: Path) -> None:
    """The driver of SQLite cannot be cancelled at all: the load ends nevertheless, and leaves nothing behind."""
    endless = "-- at: ledger\nwith recursive c(n) as (select 1 union all select n + 1 from c) select max(n) n from c"
    mapping = mapped(folder, account=endless)
    code = "import sys; from kaptui.__main__ import main; print('on', flush=True); sys.argv[0] = 'kaptui'; main()"
    call = [sys.executable, "-c", code, "load", str(folder / "in"), "--mapping", str(mapping), "-o"]
    with subprocess.Popen(
        [*call, str(folder / "never.duckdb")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        try:
            until = time.monotonic() + 60
            while not (work := list(folder.glob(".never.duckdb.loading-*/drivers/*"))) and time.monotonic() < until:
                time.sleep(0.05)
            assert work
            time.sleep(0.2)
            run.send_signal(signal.SIGINT)
            began = time.monotonic()
            _, told = run.communicate(timeout=20)
            took = time.monotonic() - began
        finally:
            run.kill()
    assert (run.returncode, told.strip()) == (130, "kaptui: interrupted")
    assert took < 3, "a second, and what a busy machine adds"
    assert list(folder.glob("*never*")) == []
