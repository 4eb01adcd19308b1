"""What a load keeps of what the file said before: awkward keys, its bound, files without it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from kaptui.filters import Filters
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from tests.loading.sources import MONTHS, only, query, write

SINCE = Filters(since="1999-01-01", as_of=date(2030, 1, 1))
"""Any load is after this day, whatever the clock says."""


def asked(file: Path) -> list[tuple[object, ...]]:
    """Corrections, joiners and leavers of a file, without their day."""
    with closing(Portfolio.open(file)) as portfolio:
        rows = portfolio.ask("changes", SINCE).to_dicts()
    columns = ("account_id", "name", "kind", "what", "before", "after", "effect")
    return [tuple(row[name] for name in columns) for row in rows if row["kind"] != "fact"]


def test_account_ids_of_any_shape_are_found_again(tmp_path: Path) -> None:
    ids = ["A/1", "A/1/2026-01-01/actual", "[b]x[/]", "a'b\"", "é🌱", "two\nlines"]
    text = "account_id,name\n" + "".join('"{0}","N{0}"\n'.format(one.replace('"', '""')) for one in ids)
    month = '"{0}",2026-01-01,EUR,{1}\n'
    score = '"{0}",1,2026-02-28,{1}\n'

    def source(figure: int) -> Path:
        quoted = [one.replace('"', '""') for one in ids]
        return write(
            tmp_path / "in",
            account=text,
            financial_period=MONTHS + "".join(month.format(one, figure) for one in quoted),
            assessment="account_id,factor_id,assessed_on,score\n"
            + "".join(score.format(one, figure) for one in quoted),
        )

    load(source(1), tmp_path / "kap.duckdb")
    load(source(3), tmp_path / "kap.duckdb")
    found = sorted((row[0], row[3], row[4], row[5]) for row in asked(tmp_path / "kap.duckdb"))
    expected = [
        change
        for one in ids
        for change in (
            (one, "TOP score of 2026-02-28", "1", "3"),
            (one, "revenue 2026-01", "1.00", "3.00"),
        )
    ]
    assert found == sorted(expected)


def test_the_history_is_bounded_and_says_when_it_is_full(tmp_path: Path) -> None:
    accounts = [f"A{n:02}" for n in range(30)]
    months = [f"{1900 + n // 12}-{1 + n % 12:02}-01" for n in range(3500)]  # 105,000 rows
    target = tmp_path / "kap.duckdb"

    def figures(revenue: int) -> Path:
        rows = "".join(f"{account},{month},EUR,{revenue}\n" for account in accounts for month in months)
        names = "account_id,name\n" + "".join(f"{account},{account}\n" for account in accounts)
        return write(tmp_path / "in", account=names, financial_period=MONTHS + rows)

    load(figures(1), target)
    finding = only(tuple(one for one in load(figures(2), target).warnings if one.rule == "history"), "history")
    assert "100,000" in finding.problem
    assert query(target, "select count(*), min(before), max(after) from history") == [(100_000, "1.00", "2.00")]
    load(figures(3), target)
    assert query(target, "select count(*), min(after), max(after) from history") == [(100_000, "3.00", "3.00")]


def test_accounts_that_come_and_go_are_told_once_without_their_records(tmp_path: Path) -> None:
    month, plan = MONTHS + "{0},2026-01-01,EUR,5\n", "plan_id,account_id,name,status\nP{0},{0},Plan,active\n"
    target = tmp_path / "kap.duckdb"
    for account in ("A1", "A2"):
        names = f"account_id,name\nA0,Always\n{account},Name of {account}\n"
        source = write(
            tmp_path / "in", account=names, financial_period=month.format(account), plan=plan.format(account)
        )
        load(source, target)
    assert asked(target) == [
        ("A2", "Name of A2", "joined", "programme", None, "in", None),
        ("A1", "Name of A1", "left", "programme", "in", "out", None),
    ]
    load(write(tmp_path / "later", account="account_id,name\nA0,Always\nA1,Back\n"), target)
    # A1 was there at first and is there now, under another name; A2 came and went.
    assert asked(target) == [("A1", "Back", "correction", "name", "Name of A1", "Back", None)]


def test_a_file_without_history_says_so_and_answers_the_rest(tmp_path: Path, sample_file: Path) -> None:
    target = Path(shutil.copyfile(sample_file, tmp_path / "kap.duckdb"))
    spoil: list[Callable[[duckdb.DuckDBPyConnection], object]] = [
        lambda file: file.execute("alter table history drop column field"),
        lambda file: file.execute("drop table history"),
    ]
    for change in spoil:
        with closing(duckdb.connect(str(target))) as file:
            change(file)
        with closing(Portfolio.open(target)) as portfolio:
            assert portfolio.remarks == (
                "kap.duckdb: no history of loads: corrections, joiners and leavers are not known",
            )
            kinds = portfolio.ask("changes", Filters())["kind"].unique().to_list()
        assert kinds == ["fact"]
