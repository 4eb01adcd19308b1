"""The engine: settled choices, isolated asks, files that cannot be read.

Over 350 lines because all of it is asked of the same opened portfolios.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import duckdb
import polars as pl
import pytest

from kaptui import schema_text
from kaptui.cli import main as command_line
from kaptui.common import endings
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.filters import Filters, Move
from kaptui.portfolio import Portfolio
from kaptui.portfolio import answers as answers_module
from kaptui.portfolio import portfolio as portfolio_module
from kaptui.portfolio.database import undone
from kaptui.portfolio.model_build import ModelKey
from kaptui.resources import queries_dir, sample_dir
from tests.reference.shelf import facts_in_memory

SLOW = "-- How long is forever?\nselect sum(a.range * b.range)::double as s from range(1000000) a, range(1000000) b\n"


@pytest.fixture(scope="module")
def demo() -> Iterator[Portfolio]:
    with closing(Portfolio.demo()) as portfolio:
        yield portfolio


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Path:
    return Path(shutil.copyfile(sample_file, tmp_path_factory.mktemp("portfolio") / "sample.duckdb"))


def test_the_demo_holds_what_a_load_of_the_sample_holds(demo: Portfolio, file: Path) -> None:
    """Every row of every table, and so every answer; some are asked, one over each kind of fact."""
    loaded = Portfolio.open(file)
    with demo._cursor() as one, loaded._cursor() as other:
        for table in schema_text.columns():
            rows = [cursor.execute(f"from main.{table} order by all").fetchall() for cursor in (one, other)]
            assert rows[0] == rows[1], table
            kinds = [cursor.execute(f"describe main.{table}").fetchall() for cursor in (one, other)]
            assert [row[:2] for row in kinds[0]] == [row[:2] for row in kinds[1]], table
            assert rows[0], f"{table}: the sample has every kind of fact"
    for question in ("accounts", "co_innovation", "factor_scores", "plan_actions", "sponsor_load", "account_timeline"):
        assert demo.ask(question, Filters()).equals(loaded.ask(question, Filters())), question
    loaded.close()


def test_schema_columns_are_what_the_database_makes_of_schema_sql() -> None:
    with duckdb.connect(":memory:") as scratch:
        scratch.execute((queries_dir() / "schema.sql").read_text(encoding="utf-8"))
        for table, columns in schema_text.columns().items():
            described = [(row[0], row[1].replace(" ", "")) for row in scratch.execute(f"describe {table}").fetchall()]
            written = [(name, kind.upper().replace(" ", "")) for name, kind in columns[:-1]]
            assert described == written, table
        assert len(schema_text.columns()) == len(scratch.execute("show tables").fetchall())


def test_defaults_are_settled_and_said(demo: Portfolio) -> None:
    context = demo.context(Filters())
    assert (context.as_of, context.since, context.since_label) == (
        date(2026, 9, 30),
        date(2026, 6, 24),
        "Q2 2026 committee",
    )
    assert (context.basis, context.currency) == ("contribution", "EUR")
    assert (context.window_start, context.window_end) == (date(2025, 10, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("as_of", "window", "start", "end"),
    [
        (date(2026, 9, 29), "ttm", date(2025, 9, 1), date(2026, 8, 31)),
        (date(2026, 9, 30), "ytd", date(2026, 1, 1), date(2026, 9, 30)),
        (date(2025, 12, 31), "ytd", date(2025, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 30), "ytd", date(2025, 1, 1), date(2025, 12, 31)),
        (date(2024, 2, 29), "ttm", date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_windows_end_with_the_last_full_month(
    demo: Portfolio, as_of: date, window: str, start: date, end: date
) -> None:
    context = demo.context(Filters(as_of=as_of, window="ytd" if window == "ytd" else "ttm"))
    assert (context.window_start, context.window_end) == (start, end)


def test_since_is_a_review_first_then_a_day(demo: Portfolio) -> None:
    assert demo.context(Filters(since="Q1 2026 committee")).since == date(2026, 3, 18)
    assert demo.context(Filters(since="2026-01-31")).since == date(2026, 1, 31)
    early = demo.context(Filters(as_of=date(2025, 6, 30)))
    assert (early.since, early.since_label) == (date(2025, 3, 30), "3 months earlier")


@pytest.mark.parametrize("since", ["Q9 2026 committee", "2026-13-01", "2026-09-30", "2027-01-01", "'; drop table x"])
def test_a_bad_since_is_a_usage_error_and_leaves_nothing_behind(demo: Portfolio, since: str) -> None:
    before = demo.ask("portfolio", Filters())
    with pytest.raises(UsageError, match="--since"):
        demo.context(Filters(since=since))
    assert demo.ask("portfolio", Filters()).equals(before)


def test_a_model_that_cannot_be_built_leaves_nothing_behind() -> None:
    portfolio = Portfolio.demo()
    connection = portfolio._connection
    schemas = "select count(*) from duckdb_schemas() where schema_name like 'choice%'"
    with pytest.raises(UsageError, match="--since"):
        portfolio.context(Filters(since="no such review"))
    assert connection.execute(schemas).fetchone() == (0,)
    portfolio.context(Filters())
    assert connection.execute(schemas).fetchone() == (1,)
    portfolio.close()


def test_an_unknown_question_names_the_nearest(demo: Portfolio) -> None:
    with pytest.raises(UsageError, match="unknown question 'whale_cruve'") as caught:
        demo.ask("whale_cruve", Filters())
    assert "whale_curve" in caught.value.hint


def test_asks_from_many_threads_see_only_their_own_filter(demo: Portfolio) -> None:
    regions = [name for name in demo.card(Filters())["region"].unique().to_list() if name]
    alone = {region: demo.ask("portfolio", Filters(where=f'region:"{region}"')) for region in regions}
    barrier = threading.Barrier(4)

    def ask(region: str) -> bool:
        if not barrier.broken:
            barrier.wait(timeout=30)
        return demo.ask("portfolio", Filters(where=f'region:"{region}"')).equals(alone[region])

    with ThreadPoolExecutor(4) as pool:
        wanted = (regions * 8)[: len(regions) * 8 // 4 * 4]
        assert all(pool.map(ask, wanted))
    assert len({frame["revenue"][0] for frame in alone.values()}) == len(regions)


def test_many_choices_do_not_pile_up(demo: Portfolio) -> None:
    for month in range(1, 8):
        demo.context(Filters(as_of=date(2026, month, 28)))
    again = demo.ask("portfolio", Filters(as_of=date(2026, 1, 28)))
    assert again["window_end"][0] == date(2025, 12, 31)


def test_what_is_being_asked_is_not_dropped_however_fast_the_day_changes(
    demo: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question about the first day is held back while the reader goes through more days than are kept."""
    days = [date(2026, month, 28) for month in range(4, 9)]
    right = {day: demo.ask("plan_health", Filters(as_of=day)) for day in days}
    portfolio = Portfolio.demo()
    asked, let = threading.Event(), threading.Event()

    def held(cursor: duckdb.DuckDBPyConnection) -> AbstractContextManager[None]:
        if threading.current_thread().name.startswith("first") and not let.is_set():
            asked.set()
            assert let.wait(20)
        return undone(cursor)

    monkeypatch.setattr(answers_module, "undone", held)
    with ThreadPoolExecutor(1, thread_name_prefix="first") as first, ThreadPoolExecutor(3) as others:
        late = first.submit(portfolio.ask, "plan_health", Filters(as_of=days[0]))
        assert asked.wait(20)
        found = list(others.map(lambda day: portfolio.ask("plan_health", Filters(as_of=day)), days[1:]))
        let.set()
        assert late.result().equals(right[days[0]])
    assert [answer.equals(right[day]) for answer, day in zip(found, days[1:], strict=True)] == [True] * 4
    portfolio.ask("leaders", Filters())
    assert len(schemas(portfolio)) == len(portfolio._kept) == portfolio_module._CHOICES_KEPT
    portfolio.close()


def test_the_what_if_that_is_asked_is_not_dropped_for_being_the_oldest(demo: Portfolio) -> None:
    ids = demo.ask("accounts", Filters())["account_id"]
    moved = [Filters(moves=(Move("assign", "HOL", ids[at], "external"),)) for at in range(9)]
    portfolio = Portfolio.demo()
    with portfolio._chosen(Filters()):  # somebody else is asking: nothing is dropped
        first = portfolio.ask("what_if_moves", moved[0])
        for filters in moved[1:]:
            portfolio.ask("what_if_moves", filters)
    assert portfolio.ask("what_if_moves", moved[0]).equals(first)
    assert len([name for name in schemas(portfolio) if name.startswith("what_if")]) == portfolio_module._WHAT_IFS_KEPT
    portfolio.close()


def test_what_was_stopped_in_being_dropped_is_dropped_the_next_time() -> None:
    class Stopped:
        def execute(self, sql: str) -> None:
            raise duckdb.InterruptException(sql)

    portfolio = Portfolio.demo()
    for month in (3, 4, 5):
        portfolio.context(Filters(as_of=date(2026, month, 28)))
    portfolio._kept[ModelKey.of(Filters(as_of=date(2026, 1, 1)))] = next(iter(portfolio._kept.values()))
    with pytest.raises(duckdb.InterruptException):
        portfolio._drop_oldest(Stopped())  # type: ignore[arg-type]
    portfolio._kept.popitem()
    before = schemas(portfolio)
    portfolio.context(Filters())
    assert len(before) == len(schemas(portfolio)) == portfolio_module._CHOICES_KEPT
    portfolio.close()


def schemas(portfolio: Portfolio) -> list[str]:
    """The models that stand in the database."""
    sql = "select schema_name from duckdb_schemas() where database_name = 'memory' and not internal order by all"
    return [name for (name,) in portfolio._connection.execute(sql).fetchall()]


def test_the_card_has_every_factor(demo: Portfolio) -> None:
    card = demo.card(Filters())
    assert [name for name in card.columns if name.startswith("factor.")] == [
        f"factor.{code}" for code in ("TOP", "QUA", "LON", "TEA", "KAM", "SEL")
    ]
    assert card.height == demo.rows("account") == 48
    assert card.schema["sponsor"] == pl.List(pl.String)


def test_closing_ends_it(file: Path) -> None:
    portfolio = Portfolio.open(file)
    portfolio.close()
    with pytest.raises(KaptuiError, match="already closed"):
        portfolio.ask("portfolio", Filters())


def test_closing_does_not_wait_for_a_question_that_hears_no_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_stuck", "_came", "_first"):
        monkeypatch.setattr(endings, name, [])
    monkeypatch.setattr("kaptui.portfolio.portfolio._CLOSING_SECONDS", 0.05)
    portfolio = Portfolio.over(duckdb.connect(), "nothing")
    hears_nothing = Mock()
    portfolio._cursors.add(hears_nothing)
    assert not endings.is_at_once()
    started = time.monotonic()
    portfolio.close()
    portfolio.close()
    assert time.monotonic() - started < 1
    assert hears_nothing.interrupt.called
    assert endings.is_at_once(), "the process ends without it"
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    with pytest.raises(SystemExit):
        command_line(["--version"])
    assert left == [0]


def test_a_slow_question_is_stopped_by_an_interrupt_and_by_closing(tmp_path: Path) -> None:
    (tmp_path / "slow.sql").write_text(SLOW, encoding="utf-8")
    portfolio = Portfolio.demo(tmp_path)
    portfolio.context(Filters())
    timer = threading.Timer(0.3, portfolio.interrupt)
    timer.start()
    with pytest.raises(KaptuiError, match="slow: stopped"):
        portfolio.ask("slow", Filters())
    timer.join()
    assert portfolio.ask("value_mix", Filters()).height == 48
    # closing meanwhile is quick
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(portfolio.ask, "slow", Filters())
        time.sleep(0.3)
        started = time.monotonic()
        portfolio.close()
        assert time.monotonic() - started < 1
        with pytest.raises(KaptuiError, match="slow: stopped"):
            asked.result()


def test_files_that_are_not_ours(tmp_path: Path, file: Path) -> None:
    (tmp_path / "empty.duckdb").touch()
    for name, words in (("nothing.duckdb", "no such file"), (".", "is a folder"), ("empty.duckdb", "is empty")):
        with pytest.raises(KaptuiError, match=words):
            Portfolio.open(tmp_path / name)
    text = tmp_path / "text.duckdb"
    text.write_text("account_id,name\n1,Acme\n" * 1000, encoding="utf-8")
    with pytest.raises(KaptuiError, match="not a DuckDB file"):
        Portfolio.open(text)
    half = tmp_path / "half.duckdb"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(KaptuiError, match=r"half\.duckdb"):
        Portfolio.open(half)
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(foreign)) as connection:
        connection.execute("create table account (account_id varchar)")
    with pytest.raises(KaptuiError, match="not one that kaptui made"):
        Portfolio.open(foreign)


@pytest.mark.parametrize(("version", "word"), [(0, "older"), (99, "newer")])
def test_other_schema_versions_say_what_helps(tmp_path: Path, file: Path, version: int, word: str) -> None:
    other = tmp_path / "other.duckdb"
    other.write_bytes(file.read_bytes())
    with duckdb.connect(str(other)) as connection:
        connection.execute("update kaptui_meta set schema_version = ?", [version])
    with pytest.raises(KaptuiError, match=f"{word} kaptui") as caught:
        Portfolio.open(other)
    assert "kaptui" in caught.value.hint


def test_a_missing_column_or_table_is_remarked_and_the_rest_works(tmp_path: Path, file: Path) -> None:
    other = tmp_path / "other.duckdb"
    other.write_bytes(file.read_bytes())
    with duckdb.connect(str(other)) as connection:
        connection.execute("alter table objective drop column value_type")
        connection.execute("drop table fx_rate")
    portfolio = Portfolio.open(other)
    assert portfolio.remarks == (
        "other.duckdb: table 'fx_rate' is missing",
        "other.duckdb: table 'objective' has no column 'value_type'",
    )
    assert portfolio.ask("portfolio", Filters())["accounts"][0] == 48
    portfolio.close()


def test_a_file_held_by_a_writer_is_busy(file: Path, tmp_path: Path) -> None:
    held = tmp_path / "held.duckdb"
    held.write_bytes(file.read_bytes())
    hold = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(held)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "held"
        with pytest.raises(KaptuiError, match="being written") as caught:
            Portfolio.open(held)
        assert caught.value.exit_code is Exit.BUSY
        writer.communicate()


def test_a_dashboard_and_a_load_of_the_same_file_never_block_each_other(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "shared.duckdb"
    target.write_bytes(file.read_bytes())
    dashboard = Portfolio.open(target)
    before = dashboard.ask("value_mix", Filters())
    again = "import sys, pathlib; from kaptui import loading; loading.load(*map(pathlib.Path, sys.argv[1:]))"
    with subprocess.Popen([sys.executable, "-c", again, str(sample_dir()), str(target)]) as loading_process:
        opened = 0
        while loading_process.poll() is None:
            reader = Portfolio.open(target)
            assert reader.rows("account") == 48
            reader.close()
            opened += 1
            time.sleep(0.1)  # what is opened without a pause takes the load its time
    assert loading_process.returncode == 0
    assert opened > 0
    assert dashboard.ask("value_mix", Filters()).equals(before)
    dashboard.close()


def test_whatever_is_stopped_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An interrupt may reach any query, also one that takes no time; nobody meets an error of the database."""
    (tmp_path / "account.csv").write_text("account_id,name\nA,Anna\n", encoding="utf-8")
    portfolio = Portfolio.over(facts_in_memory(tmp_path), "one account")
    cursor_of = portfolio._connection.cursor

    class Stopped:
        def __getattr__(self, name: str) -> object:
            if name in ("execute", "sql", "_submit"):
                raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
            return getattr(cursor_of(), name)

    class Connection:
        cursor = staticmethod(Stopped)

    asked: dict[str, str | Filters] = {"rows": "account", "context": Filters(), "card": Filters(), "reviews": Filters()}
    for read, about in asked.items():
        if read == "reviews":
            portfolio.context(Filters())
        with monkeypatch.context() as patch:
            patch.setattr(portfolio, "_connection", Connection())
            with pytest.raises(KaptuiError, match="stopped"):
                getattr(portfolio, read)(about)
    assert portfolio.rows("account") == 1
    portfolio.close()
