"""The quick ways against the plain one: `python -m tests.reference.equality --portfolios 20 --accounts 1000`.

Every question is asked under twelve filters and three sets of choices: as the dashboard does (rows left out of an
answer kept over all accounts, or sums added up in Polars), from a prepared copy, and plainly, over the chosen
accounts. Frames must be equal to the last digit. Over the sample, a made-up portfolio of `--accounts`, as many random
ones, and what-ifs. Exit 1 on a difference. Two to four minutes for each source on a quiet machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl

from kaptui.common import cache_folder
from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.loading import load
from kaptui.portfolio import Portfolio
from kaptui.portfolio.prepared_copy import PreparedCopies
from kaptui.resources import sample_dir
from tests.reference.random_portfolios import random_facts, write_csv
from tests.sample_generator import write_portfolio

WORDS = (
    *("", "region:DACH", "tier:1", "-tier:1", "-status:exited", "status:exited", "attention>1", "profit<0"),
    *("plan:none", "coverage:none", "index<60", "a"),
)
"""Twelve filters; one that fits nobody is compared as well."""


def choices_of(today: date) -> tuple[Filters, ...]:
    """The default; a year back, gross, since New Year; and the rates of one day."""
    return (
        Filters(),
        Filters(as_of=today - timedelta(days=370), window="ytd", basis="gross"),
        Filters(rates="constant"),
    )


class Tally:
    """How many frames were compared, and which differed."""

    def __init__(self) -> None:
        self.compared = self.rows = 0
        self.differences: list[str] = []

    def hold(self, what: str, quick: pl.DataFrame | str, plain: pl.DataFrame | str) -> None:
        """Compare two answers, or two refusals."""
        self.compared += 1
        if isinstance(quick, str) or isinstance(plain, str):
            same = isinstance(quick, str) and isinstance(plain, str) and quick == plain
        else:
            self.rows += plain.height
            same = quick.schema == plain.schema and quick.equals(plain, null_equal=True)
        if not same:
            self.differences.append(what)


def asked(portfolio: Portfolio, question: str, filters: Filters) -> pl.DataFrame | str:
    """The answer, or why there is none."""
    try:
        return portfolio.ask(question, filters)
    except KaptuiError as error:
        return error.message


def compared(file: Path, folder: Path, what: str, tally: Tally, dice: Random) -> None:
    """Hold all answers over this file together: plain, quick, from a copy, and in a what-if."""
    copies = PreparedCopies(folder)
    with closing(Portfolio.open(file, copies=copies)) as first:
        first.prepare(Filters())
        if not first.keep(Filters()):
            raise SystemExit(f"{what}: no prepared copy was kept")
    with (
        closing(Portfolio.open(file)) as quick,
        closing(Portfolio.open(file)) as plain,
        closing(Portfolio.open(file, copies=copies)) as copied,
    ):
        plain.questions = {
            name: replace(each, by_account=False, summed=False, ahead=False) for name, each in plain.questions.items()
        }
        for choice in choices_of(quick.context(Filters()).as_of):
            for where in WORDS:
                _under(replace(choice, where=where), quick, plain, copied, what, tally)
        for where in ("", "region:DACH"):
            _under(Filters(where=where, moves=_moves(quick, dice)), quick, plain, copied, what, tally)


def _under(filters: Filters, quick: Portfolio, plain: Portfolio, copied: Portfolio, what: str, tally: Tally) -> None:
    for question in plain.questions:
        told = f"{what}: {question} under {filters}"
        judge = asked(plain, question, filters)
        tally.hold(f"{told}, quick", asked(quick, question, filters), judge)
        tally.hold(f"{told}, from the copy", asked(copied, question, filters), judge)


def _moves(portfolio: Portfolio, dice: Random) -> tuple[Move, ...]:
    """Up to three sides given to the people that the proposal names."""
    rows = portfolio.ask("sponsorship_proposal", Filters()).drop_nulls("person_id").to_dicts()
    return tuple(
        Move("assign", row["person_id"], row["account_id"], row["side"]) for row in dice.sample(rows, min(3, len(rows)))
    )


def sources(scratch: Path, portfolios: int, accounts: int, seed: int) -> Iterator[tuple[str, Path]]:
    """What is compared over, each written when its turn comes."""
    yield "the sample", sample_dir()
    if accounts:
        write_portfolio(scratch / "many", accounts)
        yield f"{accounts:,} accounts", scratch / "many"
    for number in range(seed, seed + portfolios):
        folder = scratch / f"seed-{number}"
        folder.mkdir()
        write_csv(folder, random_facts(number))
        yield f"seed {number}", folder


def main() -> int:
    """Compare, and tell the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference.equality", description=__doc__)
    parser.add_argument("--portfolios", type=int, default=20, help="random portfolios (%(default)s)")
    parser.add_argument("--accounts", type=int, default=1000, help="accounts of the made-up one; 0: none (%(default)s)")
    parser.add_argument("--first-seed", type=int, default=0, help="of the random ones (%(default)s)")
    told = parser.parse_args()
    cache_folder.CALM = -1.0  # files written a moment ago are kept too
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for what, source in sources(scratch, told.portfolios, told.accounts, told.first_seed):
            file = scratch / "compared.duckdb"
            load(source, file)
            compared(file, scratch / "cache", what, tally, Random(told.first_seed))
            print(f"{what}: {tally.compared:,} frames so far, {len(tally.differences)} differ", flush=True)
    print(*tally.differences[:20], sep="\n")
    print(f"{tally.compared:,} frames of {tally.rows:,} rows compared, {len(tally.differences)} differ")
    return 1 if tally.differences or not tally.compared else 0


if __name__ == "__main__":
    sys.exit(main())
