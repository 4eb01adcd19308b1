"""DuckDB files that no load wrote: other types, views, macros, doubled rows, flipped bits, cuts.

Each is read by `check`, by `show` and by opening it with every question, in a process of its own that may crash or
hang. Held against: a traceback or "this should not happen", a panic, more than HANG seconds, a file beside it that was
read, and facts in memory that are not those of the file where nobody said a word.
Over 350 lines because the list of files stands beside what judges them.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Set
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from kaptui import schema_text
from kaptui.common.sql import identifier, literal
from kaptui.facts.schema import shipped_schema
from kaptui.loading import init, load
from tests.harness.tally import Tally

TRIES = 1000
"""As many as there are: types 400, flips 200, cuts 100, and some hundred of the other kinds."""
HANG = 20.0
"""Seconds of the processor after which a way of reading hangs; a busy machine is not taken for a hang."""
_PATIENCE = 300.0
"""Seconds on the clock after which one that waits for something hangs, too."""

TYPES = {
    "text": "{0}::varchar",
    "text for dates": "coalesce(strftime(try_cast({0}::varchar as date), '%d.%m.%Y'), 'soon')",
    "integer": "coalesce(try_cast({0}::varchar as integer), 7)",
    "hugeint": "coalesce(try_cast({0}::varchar as hugeint), 170141183460469231731687303715884105727)",
    "double": "coalesce(try_cast({0}::varchar as double), 0.505)",
    "decimal": "coalesce(try_cast({0}::varchar as decimal(38, 5)), 0.50505)",
    "nan": "'nan'::double",
    "infinity": "'-infinity'::double",
    "infinite day": "'infinity'::date",
    "day": "coalesce(try_cast({0}::varchar as date), date '2026-01-31')",
    "day in ancient times": "date '4000-01-31 (BC)'",
    "timestamp": "coalesce(try_cast({0}::varchar as timestamp), timestamp '2026-01-31 23:59:59')",
    "timestamptz": "timestamptz '2026-01-31 23:59:59+00'",
    "timestamp_ns": "'2026-01-31 23:59:59.123456789'::timestamp_ns",
    "time": "time '12:34:56'",
    "boolean": "coalesce(try_cast({0}::varchar as boolean), true)",
    "blob": "encode({0}::varchar)",
    "list": "[{0}]",
    "array": "[{0}, {0}]::varchar[2]",
    "struct": "{{'a': {0}}}",
    "map": "map {{'a': {0}::varchar}}",
    "interval": "interval 1 day",
    "union": "union_value(a := {0}::varchar)",
    "enum": "coalesce({0}::varchar, 'a')::kept_words",
    "uuid": "'00000000-0000-0000-0000-000000000001'::uuid",
    "bit": "'101'::bit",
    "json": "to_json({0})",
    "null": "null",
}
"""What a column may be made into; {0} is the column."""

MACROS = (
    "sum(x) as 42", "coalesce(a, b) as 42", "count(x) as 42", "max(x) as 42", "lower(x) as 'x'", "upper(x) as 'x'",
    "date_trunc(a, b) as date '1999-01-01'", "round(a, b) as 42", "concat(a, b) as 'x'", "profit_of(a, b, c) as 42",
    "currency_of(a) as 'x'", "as_of() as date '1999-01-01'",
)  # fmt: skip

Make = Callable[[Path, random.Random], None]


class Try(NamedTuple):
    """One file to make from a sound one; `same`: whether its facts are those of the sound one."""

    kind: str
    name: str
    make: Make


def run(tally: Tally, tries: int, seed: int) -> None:
    """Make every file and read it; `tries` below the number of all is a choice by chance of as many of each kind."""
    read_all(tally, min(tries / TRIES, 1.0), seed)


def read_all(tally: Tally, share: float, seed: int, kinds: Set[str] = frozenset()) -> None:
    """Make this share of the files and read each; only those of some `kinds` where any are named."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="kaptui-files-") as place:
        folder = Path(place)
        sound = folder / "sound.duckdb"
        init(folder / "source", sample=True)
        load(folder / "source", sound)
        secret = folder / "secret.csv"
        secret.write_text("account_id,name,manager_id\nSECRET-1,SECRET,SECRET\n", encoding="utf-8")
        wanted = [each for each in all_tries(secret, chance) if not kinds or each.kind in kinds]
        if share < 1:
            wanted = [each for each in wanted if chance.random() < share]
        reader = Reader()
        for each in wanted:
            file = folder / "kap.duckdb"
            for left in (file, Path(f"{file}.wal")):
                left.unlink(missing_ok=True)
            shutil.copy(sound, file)
            try:
                each.make(file, chance)
            except duckdb.Error:
                continue  # no such file can be made
            os.utime(secret, (1000, time.time()))
            judged = reader.judge(file)
            if secret.stat().st_atime != 1000:
                judged["read outside"] = "the file beside it was read"
            for way, what in judged.items():
                kind = f"{each.kind}: {way}"
                tally.failed(kind, f"{each.name}: {what}") if what else tally.ok(kind)
        reader.end()


def all_tries(secret: Path, chance: random.Random) -> Iterator[Try]:
    """Every file, as many of each kind as is worth the time."""
    columns = [(table, name) for table, names in schema_text.columns().items() for name, _ in names]
    typed = [(table, name, kind) for table, name in columns for kind in TYPES]
    for table, name, kind in chance.sample(typed, 400):
        yield Try(f"type {kind}", f"{table}.{name}", _sql(_retyped(table, name, TYPES[kind])))
    tables = [*schema_text.columns(), "kaptui_meta", "source_file", "history"]
    reads = f"from read_text({literal(str(secret))})"
    for table in tables:
        yield Try(
            "view in place", table, _sql(_viewed(table, f"select content as account_id, content as name {reads}"))
        )
        yield Try("view in place", f"{table}, whole", _sql(_kept_view(table, secret)))
        yield Try("view in place", f"{table}, endless", _sql(_viewed(table, "select * from range(100000000000000)")))
        twice = f"create or replace table {table} as from {table} union all from {table}"
        yield Try("every row twice", table, _sql(twice))
        yield Try("every row twice, inserted", table, _sql(f"insert into {table} from {table}"))
        yield Try("table of nothing", table, _sql(f"create or replace table {table} (nothing integer)"))
        yield Try("table missing", table, _sql(f"drop table {table}"))
        yield Try("no rows", table, _sql(f"delete from {table}"))
    for table, name in chance.sample(columns, 40):
        yield Try("generated column", f"{table}.{name}", _sql(_generated(table, name)))
        yield Try("column missing", f"{table}.{name}", _sql(f"alter table {table} drop column {name}"))
        text = "zz" if name != "source_row" else "-9"
        yield Try("value set", f"{table}.{name}", _sql(f"update {table} set {name} = {literal(text)}"))
        yield Try(
            "value null",
            f"{table}.{name}",
            _sql(_retyped(table, name, "case when random() < 2 then null else {0} end")),
        )
    for version in ("v0.10.2", "v1.0.0", "v1.2.0", "v1.3.0", "v1.4.0", "v1.5.0", "latest"):
        yield Try("other version", version, _version(version))
    for macro in MACROS:
        yield Try("macro", macro, _sql(f"create macro {macro}"))
    for name, sql in {
        "table": "create table extra as from range(10)",
        "view of a file": f"create view extra as {reads}",
        "schema": "create schema more; create table more.account as select 'X' as account_id, 'X' as name",
        "index": "create index extra on account (name)",
        "sequence": "create sequence extra",
        "column": "alter table account add column extra varchar; update account set extra = 'X'",
        "column order": "create or replace table account as select name, * exclude (name) from account",
        "upper case": "create table other as from account; drop table account; "
        'create table "ACCOUNT" as select account_id as "Account_ID", * exclude (account_id) from other',
        "type": "create type money as decimal(18, 2); alter table financial_period alter revenue type money",
    }.items():
        yield Try("something extra", name, _sql(sql))
    for name, sql in {
        "text": "create or replace table kaptui_meta as select 'x' as schema_version",
        "blob": "create or replace table kaptui_meta as select 'x'::blob as schema_version",
        "list": "create or replace table kaptui_meta as select [1] as schema_version",
        "two rows": "insert into kaptui_meta from kaptui_meta",
        "huge": "create or replace table kaptui_meta as select 1e300 as schema_version",
        "interval": "create or replace table kaptui_meta as select interval 1 day as schema_version",
        "other name": "create or replace table kaptui_meta as select 1 as version",
    }.items():
        yield Try("kaptui_meta", name, _sql(sql))
    for at in range(200):
        yield Try("bit flipped", f"{at}", _flip)
    for at in range(100):
        yield Try("cut", f"{at}", _cut)
    for at in range(20):
        yield Try("block zeroed", f"{at}", _zero)
    for name, data in {"empty": b"", "text": b"lock " * 1000, "zeros": bytes(5000)}.items():
        yield Try("log beside it", name, _log(data))


def _sql(text: str) -> Make:
    def make(file: Path, _: random.Random) -> None:
        with closing(duckdb.connect(str(file))) as connection:
            connection.execute(text)

    return make


def _retyped(table: str, name: str, expression: str) -> str:
    words = f"(select coalesce(list(distinct coalesce({name}::varchar, 'a')), ['a']) from {table})"
    enum = f"create type kept_words as enum (select unnest({words})); " if "kept_words" in expression else ""
    return (
        f"{enum}create or replace table {table} as select * replace ({expression.format(name)} as {name}) from {table}"
    )


def _viewed(table: str, sql: str) -> str:
    return f"drop table {table}; create view {table} as {sql}"


def _kept_view(table: str, secret: Path) -> str:
    """The rows as they were, but through a view that looks into another file."""
    return (
        f"create table kept as from {table}; drop table {table}; create view {table} as select k.* from kept k "
        f"where (select count(*) from read_csv({literal(str(secret))})) = 1"
    )


def _generated(table: str, name: str) -> str:
    names = [each for each, _ in schema_text.columns()[table]]
    kinds = dict(schema_text.columns()[table])
    cells = [f"{identifier(each)} {kinds[each]}" for each in names if each != name]
    cells.append(f"kept {kinds[name]}")
    computed = f"{identifier(name)} {kinds[name]} generated always as (kept)"
    chosen = ", ".join([*(identifier(each) for each in names if each != name), name])
    return (
        f"create table other as select {chosen} from {table}; drop table {table}; "
        f"create table {table} ({', '.join([*cells, computed])}); insert into {table} from other; drop table other"
    )


def _version(version: str) -> Make:
    def make(file: Path, _: random.Random) -> None:
        other = file.with_suffix(".other")
        other.unlink(missing_ok=True)
        with closing(duckdb.connect()) as connection:
            connection.execute(f"attach {literal(str(file))} as a (read_only)")
            connection.execute(f"attach {literal(str(other))} as b (storage_version '{version}')")
            connection.execute("copy from database a to b")
        other.replace(file)

    return make


def _flip(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def _cut(file: Path, chance: random.Random) -> None:
    file.write_bytes(file.read_bytes()[: chance.randrange(1, file.stat().st_size)])


def _zero(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    at = chance.randrange(len(data))
    data[at : at + 4096] = bytes(min(4096, len(data) - at))
    file.write_bytes(data)


def _log(data: bytes) -> Make:
    def make(file: Path, _: random.Random) -> None:
        Path(f"{file}.wal").write_bytes(data)

    return make


class Reader:
    """A process that reads files; started anew where one ended it, or took too long."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None
        self._pipe: Connection | None = None

    def judge(self, file: Path) -> dict[str, str]:
        """What is wrong with each way of reading this file, empty where nothing is."""
        judged = {}
        for way in ("check", "show", "open"):
            if self._process is None or not self._process.is_alive():
                self._start()
            assert self._pipe is not None
            self._pipe.send((way, str(file)))
            try:
                judged[way] = self._pipe.recv() if self._answers() else "hangs"
            except EOFError:
                judged[way] = "the process ended"
            if judged[way] in ("hangs", "the process ended"):
                self.end()
        return judged

    def _answers(self) -> bool:
        """Whether the process says something before it has worked or waited too long."""
        assert self._pipe is not None
        worked, waited = self._worked() + HANG, time.monotonic() + _PATIENCE
        while not self._pipe.poll(0.5):
            if self._worked() > worked or time.monotonic() > waited:
                return False
        return True

    def _worked(self) -> float:
        """Seconds of the processor that the process has taken."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def _start(self) -> None:
        self._pipe, there = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(there,), daemon=True)
        self._process.start()
        there.close()
        self._pipe.send(("ready", ""))
        self._pipe.recv()

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = None


def _serve(pipe: Connection) -> None:
    from kaptui.cli import main  # noqa: F401 - what takes long to import is imported before the clock runs
    from kaptui.portfolio import Portfolio  # noqa: F401

    while True:
        way, file = pipe.recv()
        try:
            pipe.send("" if way == "ready" else _opened(Path(file)) if way == "open" else _called(way, file))
        except BaseException as error:  # noqa: BLE001 - a panic is none of `Exception`
            first = str(error).strip().splitlines()[:1]
            pipe.send(f"{type(error).__name__}: {first[0] if first else ''}")


def _called(way: str, file: str) -> str:
    from kaptui.cli import main

    held, told = io.BytesIO(), io.StringIO()
    said = io.TextIOWrapper(held, "utf-8")
    with redirect_stdout(said), redirect_stderr(told):
        code = main._run(["check", file] if way == "check" else ["show", "plan_health", file])
        said.flush()
    lines = (held.getvalue().decode() + told.getvalue()).splitlines()
    for word in ("this should not happen", "Traceback", "panicked", "SECRET"):
        if found := [line for line in lines if word in line]:
            return found[0][:200]
    if code == 3:
        return f"says busy: {lines[:1]}"
    if code and len(lines) < 2:
        return f"says not what to do: {lines}"
    return ""


def _opened(file: Path) -> str:
    from kaptui.errors import KaptuiError
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

    try:
        portfolio = Portfolio.open(file)
    except KaptuiError as error:
        return "" if error.hint and error.exit_code == 1 else f"says not what to do: {error.message}"
    with closing(portfolio):
        if portfolio.remarks:
            return ""
        other = _other_facts(portfolio._connection, file)
        if not other.startswith("types"):
            return other
        for name in portfolio.questions:  # what stands in memory as schema.sql has it answers as it always does
            try:
                portfolio.ask(name, Filters())
            except BaseException as error:  # noqa: BLE001 - a panic is none of `Exception`
                return f"question {name}: {type(error).__name__}: {str(error)[:120]}"
    return ""


def _other_facts(memory: duckdb.DuckDBPyConnection, file: Path) -> str:
    """The first table whose types in memory are not the schema's, or whose facts are not those of the file."""
    return _other_types(memory) or _other_rows(memory, file)


def _other_types(memory: duckdb.DuckDBPyConnection) -> str:
    for table, columns in schema_text.columns().items():
        kinds = [str(kind) for _, kind, *_ in memory.execute(f"describe main.{identifier(table)}").fetchall()]
        expected = [kind.upper().replace(" ", "") for _, kind in columns]
        if kinds != expected:
            return f"types of {table}: {set(kinds) - set(expected)} in memory"
    return ""


def _other_rows(memory: duckdb.DuckDBPyConnection, file: Path) -> str:
    with closing(duckdb.connect(str(file), read_only=True)) as there:
        there.execute("set enable_progress_bar = false")
        there_are = {name.lower() for (name,) in there.execute("select table_name from duckdb_tables()").fetchall()}
        for table, columns in schema_text.columns().items():
            if table not in there_are:
                continue  # kinds of activity, which kaptui ships: what else is missing is remarked
            names = ", ".join(identifier(name) for name, _ in columns)
            here = memory.execute(f"select {names} from main.{identifier(table)}").fetchall()
            keys = shipped_schema()[table].keys
            places = [[name for name, _ in columns].index(each) for each in keys[0]] if keys else []
            if places and len({tuple(row[at] for at in places) for row in here}) != len(here):
                return f"{table}: rows stand twice"
            found = there.execute(f"select {names} from {identifier(table)}").fetchall()
            if len(here) != len(found) and table != "activity_kind":
                return f"{table}: {len(found)} rows, {len(here)} in memory"
            known = sorted(str(tuple(map(_plain, row))) for row in here)
            for row in found:
                filled = [
                    _defaults().get((table, name)) if cell is None else cell
                    for (name, _), cell in zip(columns, row, strict=True)
                ]
                if str(tuple(map(_plain, row))) not in known and str(tuple(map(_plain, filled))) not in known:
                    return f"{table}: {str(row)[:150]} is not in memory"
    return ""


@cache
def _defaults() -> dict[tuple[str, str], Any]:
    """Table and column, and what an empty cell of a column is taken for."""
    found: dict[tuple[str, str], Any] = {}
    with closing(duckdb.connect()) as connection:
        connection.execute(schema_text.text())
        for table, name, default in connection.execute(
            "select table_name, column_name, column_default from duckdb_columns() where column_default is not null"
        ).fetchall():
            found[table, name] = connection.execute(f"select {default}").fetchall()[0][0]
    return found


def _plain(value: Any) -> str:  # noqa: PLR0911 - one per kind of value
    """A value as text, however it is typed: 7, 7.0 and "7" are the same, and so are a day and its midnight."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, Decimal)):
        return str(float(value))
    if isinstance(value, (date, datetime)):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, str):
        with suppress(ValueError):
            return str(float(value))
        with suppress(ValueError):
            return datetime.fromisoformat(value).isoformat().removesuffix("T00:00:00")
        return value.lower() if value.lower() in ("true", "false") else value
    return str(value)
