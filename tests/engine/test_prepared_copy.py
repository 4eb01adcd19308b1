"""Prepared copies: right numbers whatever is in the folder, and at worst the old wait.

Over 350 lines because each fault of a folder starts from the same file and its copy.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from polars.testing import assert_frame_equal

from kaptui import schema_text
from kaptui.common import cache_folder
from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.portfolio import Portfolio, open_file, prepared_copy
from kaptui.portfolio import portfolio as portfolio_module
from kaptui.portfolio.prepared_copy import PreparedCopies, PreparedCopy

DEFAULT = Filters()
OTHER = Filters(where="region:DACH", as_of=date(2026, 3, 31), window="ytd", basis="gross")
ASKED_OTHERWISE = (
    *("value_mix", "profit_bridge", "changes", "factor_summary", "sponsorship_coverage", "plan_health", "touches_due"),
    *("co_innovation", "account_profile"),
)
"""Questions that rest on the tables a copy holds: of other choices they must not read those of the kept ones."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Path:
    """The sample as a file that has not changed for long enough."""
    return Path(shutil.copyfile(sample_file, tmp_path_factory.mktemp("file") / "sample.duckdb"))


@pytest.fixture
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may have changed just now."""
    monkeypatch.setattr(cache_folder, "CALM", -1.0)


@pytest.fixture(scope="module")
def folder(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the copy of the file."""
    folder = tmp_path_factory.mktemp("cache") / "kaptui"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache_folder, "CALM", -1.0)
        portfolio = Portfolio.open(loaded, copies=PreparedCopies(folder))
        portfolio.prepare(DEFAULT)
        assert portfolio.keep(DEFAULT)
        portfolio.close()
    return folder


@pytest.fixture(scope="module")
def plain(loaded: Path) -> Iterator[Portfolio]:
    """The file opened without a copy: what is right."""
    portfolio = Portfolio.open(loaded)
    yield portfolio
    portfolio.close()


def opened(file: Path, folder: Path) -> tuple[Portfolio, bool]:
    """The portfolio, and whether it came from a copy."""
    portfolio = Portfolio.open(file, copies=PreparedCopies(folder))
    return portfolio, portfolio._copy is not None


def revenue(portfolio: Portfolio) -> float:
    """What all accounts buy, by the question that needs least of the model."""
    return float(portfolio.ask("value_mix", DEFAULT)["revenue"].sum())


def facts(portfolio: Portfolio) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every fact table, and of what earlier loads said."""
    with portfolio._cursor() as cursor:
        return {
            table: cursor.execute(f"from main.{table} order by all").fetchall()
            for table in (*schema_text.columns(), "history")
        }


def test_every_answer_is_the_same_from_a_copy(loaded: Path, folder: Path, plain: Portfolio, calm: None) -> None:
    copied, from_copy = opened(loaded, folder)
    assert from_copy
    held, read = facts(copied), facts(plain)
    assert held == read
    assert sum(map(bool, held.values())) > 15
    asked = [(DEFAULT, question) for question in plain.questions] + [(OTHER, question) for question in ASKED_OTHERWISE]
    for filters, question in asked:
        assert_frame_equal(copied.ask(question, filters), plain.ask(question, filters), check_exact=True)
    account = plain.ask("accounts", DEFAULT)["account_id"][0]
    moved = replace(DEFAULT, moves=(Move("assign", "HOL", "KA002", "external"),))
    for question in ("what_if_moves", "leaders", "sponsorship_coverage"):
        assert_frame_equal(copied.ask(question, moved), plain.ask(question, moved), check_exact=True)
    assert plain.ask("what_if_moves", moved)["status_before"].to_list() == ["uncovered"]
    explained = [each.explain("profit", DEFAULT, account) for each in (copied, plain)]
    assert_frame_equal(*explained, check_exact=True)
    assert copied.rows("account") == plain.rows("account")
    copied.close()


def test_the_model_is_read_and_not_made_again(
    loaded: Path, folder: Path, calm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio, _ = opened(loaded, folder)
    revenue(portfolio)
    choices = next(iter(portfolio._kept.values()))
    assert not choices.model.lasting(), "no lasting table was made"
    portfolio.close()


def test_a_new_day_builds_the_model_again_and_keeps_it(
    loaded: Path, folder: Path, calm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "cache"
    shutil.copytree(folder, place)

    tomorrow = date.today() + timedelta(days=1)
    monkeypatch.setattr(portfolio_module, "date", SimpleNamespace(today=lambda: tomorrow))
    portfolio, from_copy = opened(loaded, place)
    before = revenue(portfolio)
    assert from_copy
    assert next(iter(portfolio._kept.values())).model.lasting()
    assert portfolio.keep(DEFAULT)
    portfolio.close()
    again, _ = opened(loaded, place)
    assert revenue(again) == before
    assert not next(iter(again._kept.values())).model.lasting()
    again.close()


@pytest.mark.parametrize("fault", ["cut", "changed", "note_gone", "note_torn", "note_of_another", "of_nobody"])
def test_a_copy_that_is_not_whole_is_thrown_away_without_a_word(
    fault: str, loaded: Path, folder: Path, calm: None, tmp_path: Path
) -> None:
    place = tmp_path / "cache"
    shutil.copytree(folder, place)
    (copy,) = place.glob("*.duckdb")
    note = copy.with_suffix(".json")
    match fault:
        case "cut":
            copy.write_bytes(copy.read_bytes()[:-5000])
        case "changed":
            content = bytearray(copy.read_bytes())
            content[len(content) // 2] ^= 255
            copy.write_bytes(content)
        case "note_gone":
            note.unlink()
        case "note_torn":
            note.write_text(note.read_text()[:40])
        case "note_of_another":
            told = json.loads(note.read_text())
            note.write_text(json.dumps({**told, "mark": told["mark"].replace("[", "[ ")}))
        case "of_nobody":
            copy.write_bytes(b"no database")
            told = json.loads(note.read_text())
            note.write_text(json.dumps({**told, "check": prepared_copy._check(BytesIO(copy.read_bytes()))}))
    portfolio, from_copy = opened(loaded, place)
    assert not from_copy
    assert revenue(portfolio) > 0
    assert portfolio.keep(DEFAULT)
    portfolio.close()
    again, from_copy = opened(loaded, place)
    assert from_copy
    again.close()


def test_a_file_written_again_has_no_copy_even_with_its_size_and_time(
    loaded: Path, folder: Path, calm: None, tmp_path: Path
) -> None:
    file, place = tmp_path / "sample.duckdb", tmp_path / "cache"
    shutil.copy2(loaded, file)
    portfolio, _ = opened(file, place)
    before = revenue(portfolio)
    assert portfolio.keep(DEFAULT)
    portfolio.close()
    times = file.stat()
    with duckdb.connect(str(file)) as connection:
        connection.execute("update financial_period set revenue = revenue * 2")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    changed, from_copy = opened(file, place)
    assert not from_copy
    assert revenue(changed) == pytest.approx(2 * before)
    changed.close()


def test_a_file_changed_just_now_or_in_the_future_is_not_kept(loaded: Path, tmp_path: Path) -> None:
    file, place = tmp_path / "sample.duckdb", tmp_path / "cache"
    shutil.copy(loaded, file)
    for changed in (time.time(), time.time() + 3600):
        os.utime(file, (changed, changed))
        portfolio, _ = opened(file, place)
        assert not portfolio.keep(DEFAULT)
        portfolio.close()
    assert not place.exists()


def test_another_version_or_other_queries_read_nothing_of_it(
    loaded: Path, folder: Path, calm: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder.parent / "versions"
    for name, value in (("__version__", "99.0"), ("_queries", lambda: "other")):
        shutil.copytree(folder, place)
        with monkeypatch.context() as patch:
            patch.setattr(prepared_copy, name, value)
            portfolio, from_copy = opened(loaded, place)
            assert not from_copy
            portfolio.close()
        shutil.rmtree(place)


def test_a_folder_that_cannot_be_made_costs_only_time(loaded: Path, calm: None, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.touch()
    portfolio, from_copy = opened(loaded, place / "kaptui")
    assert not from_copy
    assert not portfolio.keep(DEFAULT)
    portfolio.close()


def test_a_folder_that_others_may_write_is_not_trusted(loaded: Path, folder: Path, calm: None, tmp_path: Path) -> None:
    place = tmp_path / "cache"
    shutil.copytree(folder, place)
    place.chmod(0o777)
    portfolio, from_copy = opened(loaded, place)
    assert not from_copy
    assert not portfolio.keep(DEFAULT)
    portfolio.close()


def test_a_full_disk_leaves_nothing_behind(
    loaded: Path, calm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    place = tmp_path / "cache"
    portfolio, _ = opened(loaded, place)
    monkeypatch.setattr(prepared_copy, "_check", full)
    assert not portfolio.keep(DEFAULT)
    portfolio.close()
    assert not list(place.iterdir())


def test_it_is_private_and_the_folder_is_bounded(
    loaded: Path, folder: Path, calm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
    place = tmp_path / "cache"
    place.mkdir(mode=0o700)
    monkeypatch.setattr(prepared_copy, "_FILES", 2)
    left = place / "0.1-2.half"
    left.touch()
    os.utime(left, (0, 0))
    for number in range(3):
        file = tmp_path / f"{number}.duckdb"
        shutil.copy(loaded, file)
        portfolio, _ = opened(file, place)
        assert portfolio.keep(DEFAULT)
        portfolio.close()
    assert len(list(place.glob("*.duckdb"))) == len(list(place.glob("*.json"))) == 2
    assert not left.exists()
    for number, there in ((0, False), (1, True), (2, True)):
        portfolio, from_copy = opened(tmp_path / f"{number}.duckdb", place)
        assert from_copy is there
        portfolio.close()


def test_two_may_keep_it_at_once(loaded: Path, calm: None, tmp_path: Path) -> None:
    place = tmp_path / "cache"
    both = [opened(loaded, place)[0] for _ in range(2)]
    for each in both:
        assert each.keep(DEFAULT)
    assert revenue(both[0]) == revenue(both[1])
    for each in both:
        each.close()
    third, from_copy = opened(loaded, place)
    assert from_copy
    third.close()


def test_a_copy_damaged_while_it_is_read_is_no_wrong_number(
    loaded: Path, folder: Path, plain: Portfolio, calm: None, tmp_path: Path
) -> None:
    place = tmp_path / "cache"
    shutil.copytree(folder, place)
    portfolio, from_copy = opened(loaded, place)
    assert from_copy
    (copy,) = place.glob("*.duckdb")
    os.truncate(copy, 20_000)
    told = []
    for question in portfolio.questions:
        try:
            answer = portfolio.ask(question, DEFAULT)
        except KaptuiError as error:
            told.append((error.message, error.hint))
        else:
            assert_frame_equal(answer, plain.ask(question, DEFAULT), check_exact=True)
    assert set(told) == {("the prepared copy was damaged meanwhile", "r reads the file itself.")}
    portfolio.close()
    again, from_copy = opened(loaded, place)
    assert not from_copy
    assert not list(place.iterdir())
    assert revenue(again) == revenue(plain)
    again.close()


def test_an_error_of_the_sql_does_not_have_the_copy_read_again(
    loaded: Path, folder: Path, calm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {
        "unknown": "from nowhere",
        "impossible": "select 'x'::integer as n",
        "slow": "select sum(a.range * b.range)::double as s from range(1000000) a, range(1000000) b",
    }
    for name, sql in own.items():
        (tmp_path / f"{name}.sql").write_text(f"-- What is it?\n{sql}\n")
    portfolio = Portfolio.open(loaded, tmp_path, PreparedCopies(folder))
    assert portfolio._copy is not None
    monkeypatch.setattr(PreparedCopy, "is_whole", None)
    stop = threading.Timer(0.5, portfolio.interrupt)
    stop.start()
    for name in ("slow", "unknown", "impossible"):
        with pytest.raises(KaptuiError):
            portfolio.ask(name, DEFAULT)
    portfolio.close()


def test_a_copy_deleted_while_it_is_read_is_read_to_its_end(
    loaded: Path, folder: Path, plain: Portfolio, calm: None, tmp_path: Path
) -> None:
    place = tmp_path / "cache"
    shutil.copytree(folder, place)
    portfolio, from_copy = opened(loaded, place)
    assert from_copy
    shutil.rmtree(place)
    for question in ("portfolio", "accounts", "changes"):
        assert_frame_equal(portfolio.ask(question, DEFAULT), plain.ask(question, DEFAULT), check_exact=True)
    portfolio.close()


def test_a_file_written_while_it_is_read_is_not_kept(
    loaded: Path, calm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, place, read = tmp_path / "sample.duckdb", tmp_path / "cache", open_file.read
    shutil.copy(loaded, file)

    def read_late(path: Path) -> object:
        found = read(path)
        os.utime(path, (1, 1))
        return found

    monkeypatch.setattr(open_file, "read", read_late)
    portfolio, _ = opened(file, place)
    assert not portfolio.keep(DEFAULT)
    portfolio.close()
