"""Tiny sources written by hand, and a look into what became of them."""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest

from kaptui.facts.schema import shipped_schema
from kaptui.loading import Finding, LoadRefused, Report, check, into_memory, load, run
from kaptui.loading.read_tables import read_source
from kaptui.loading.staging import Stage

ACCOUNTS = "account_id,name\nA1,Acme\nA2,Beta\n"
MONTHS = "account_id,period_start,currency,revenue\n"


def write(folder: Path, **tables: str | bytes) -> Path:
    """A source folder with these CSV files; two accounts unless the test brings its own."""
    folder.mkdir(exist_ok=True)
    for name, text in ({"account": ACCOUNTS} | tables).items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return folder


def query(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows from a kaptui file."""
    with closing(duckdb.connect(str(file), read_only=True)) as connection:
        return connection.execute(sql).fetchall()


def loaded(source: Path, sql: str) -> list[tuple[Any, ...]]:
    """Load a source that must be sound, then ask the file."""
    target = source.parent / "kap.duckdb"
    assert load(source, target).errors == ()
    return query(target, sql)


def staged(source: Path, sql: str) -> list[tuple[Any, ...]]:
    """Read and check a source that must be sound, and ask its facts in memory: no file is written."""
    with closing(into_memory(source)) as connection:
        return connection.execute(sql).fetchall()


@cache
def _reader() -> Stage:
    """An empty stage that every `read` of this process reads into; its macros are made once."""
    left = ExitStack()
    atexit.register(left.close)
    work = Path(left.enter_context(TemporaryDirectory()))
    connection = left.enter_context(closing(duckdb.connect()))
    connection.execute("pragma disable_optimizer; set threads = 1")
    stage, _ = run._open(connection, work)
    return stage


def read(source: Path, sql: str) -> list[tuple[Any, ...]]:
    """Read a source whose every cell can be read, and ask what was read: no rule is checked, no table written.

    Whoever reads next makes every table anew.
    """
    connection = _reader().connection
    stage = Stage(connection, _reader().work, _reader().step)
    connection.execute("drop view if exists default_factor; drop view if exists default_activity_kind")
    connection.execute("drop table if exists staged.merged_kind")
    read_source(stage, shipped_schema(), source.absolute())
    assert [str(one) for one in stage.findings if one.severity == "error"] == []
    return connection.execute(sql).fetchall()


def refused(source: Path) -> Report:
    """The report of a load that must be refused and leave nothing behind."""
    target = source.parent / "kap.duckdb"
    with pytest.raises(LoadRefused) as caught:
        load(source, target)
    assert sorted(path.name for path in source.parent.iterdir()) == [source.name]
    assert all(str(finding) in str(caught.value) for finding in caught.value.report.findings)
    return caught.value.report


def only(findings: tuple[Finding, ...], rule: str) -> Finding:
    """The one finding there is, by the rule that must have made it."""
    assert [finding.rule for finding in findings] == [rule]
    return findings[0]


def place(finding: Finding) -> tuple[str, int | None, str, str]:
    """Where a finding points."""
    return finding.file, finding.line, finding.column, finding.value


Cases = Mapping[str, tuple[dict[str, str], tuple[str, int | None, str, str]]]
"""Tables that break one rule and the place that must be named, by the rule's name and a word that tells cases apart."""


def side_by_side(cases: Cases) -> list[list[str]]:
    """The cases in as few sources as can be: in one source each table is of one case, so no case sees another's."""
    sources: list[tuple[set[str], list[str]]] = []
    for name, (tables, _) in cases.items():
        taken, names = next((each for each in sources if not each[0] & tables.keys()), (set[str](), list[str]()))
        if not names:
            sources.append((taken, names))
        taken.update(tables)
        names.append(name)
    return [names for _, names in sources]


def told(source: Path) -> list[str]:
    """Every finding of a check, as it is printed."""
    return [str(finding) for finding in check(source).findings]
