"""Random portfolios asked both ways: `python -m tests.reference.compare --portfolios 1000 --first-seed 0`.

Every question is asked under a few combinations of basis, window, as-of and filter; which ones rotates with the seed,
so that a hundred portfolios have seen every combination; a what-if is asked once. Exit code 1 on any difference.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from random import Random

from kaptui.errors import KaptuiError
from kaptui.filters import Basis, Filters, Move, Side, Window
from kaptui.loading import into_memory
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from tests.reference.answers import ANSWERS
from tests.reference.case import Case, shift
from tests.reference.comparing import Difference, Tally, compare
from tests.reference.facts import Facts, Row
from tests.reference.leaders import after, matrix_after, what_if_moves
from tests.reference.random_portfolios import random_facts, write_csv
from tests.reference.sponsorship import assigned

Chooser = Callable[[Row], bool]
Asked = dict[str, Callable[[], list[Row]]]
SIDES: tuple[Side, ...] = ("internal", "external")
BASES: tuple[Basis, ...] = ("contribution", "gross")
WINDOWS: tuple[Window, ...] = ("ttm", "ytd")
WHERE: tuple[tuple[str, Chooser], ...] = (
    ("", lambda account: True),
    ("region:DACH", lambda account: account["region"] == "DACH"),
    ("tier:1", lambda account: account["tier"] == 1),
    ("-status:exited", lambda account: account["status"] != "exited"),
    ("status:exited", lambda account: account["status"] == "exited"),
)
WHAT_IF = (
    *("sponsorship_coverage", "sponsorship_gaps", "sponsor_load", "sponsorship_mechanisms", "coverage_breakdown"),
    *("sponsorship_summary", "factor_evidence", "factor_scores", "leaders", "sponsorship_proposal", "touches_due"),
)
DATES = ("today", "back", "late")
COMBINATIONS = tuple(product(BASES, WINDOWS, DATES, range(len(WHERE))))


@dataclass
class Run:
    """What was compared so far, and the first differences."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    columns: Counter[str] = field(default_factory=Counter)

    def add(self, question: str, where: str, found: list[Difference]) -> None:
        """Count the differences of one answer and keep the first of each column."""
        self.tallies[question].different += len(found)
        for one in found:
            name = f"{question}.{one.column or '(rows)'}"
            self.columns[name] += 1
            if self.columns[name] <= 3:
                self.shown.append(f"{where}: {question}: {one}")


def as_of(facts: Facts, seed: int, name: str) -> date:
    """One of three days: that of the setting, one in the booked past, and one some months after the last figures."""
    today = date.fromisoformat(facts.settings["as_of"])
    if name == "back":
        months = {row["period_start"] for row in facts["financial_period"]}
        first = min(months, default=shift(today, -24))
        return today - timedelta(days=Random(seed).randint(1, max((today - first).days, 2)))
    return today if name == "today" else shift(today, 1 + seed % 5)


def chosen_by(facts: Facts, choose: Chooser) -> set[str]:
    """The accounts that a filter leaves."""
    return {key for key, account in facts.accounts.items() if choose(account)}


def choices(facts: Facts, seed: int, number: int) -> Iterator[tuple[Filters, Case]]:
    """The combinations of one portfolio, settled both ways; 7 has no factor in common with their number."""
    for step in range(number):
        basis, window, day, place = COMBINATIONS[(seed * number + step) * 7 % len(COMBINATIONS)]
        where, choose = WHERE[place]
        filters = Filters(where, as_of(facts, seed, day), None, None if seed % 4 == 3 else basis, window)
        yield filters, Case.of(facts, filters, chosen_by(facts, choose))


def portfolio_of(seed: int, folder: Path) -> tuple[Portfolio, Facts]:
    """The portfolio of a seed as the engine loads it, and its facts as the reference reads them."""
    write_csv(folder, random_facts(seed))
    return Portfolio.over(into_memory(folder), f"seed {seed}"), Facts.read(folder)


def compare_seed(run: Run, seed: int, combinations: int) -> None:
    """Ask one portfolio everything, both ways."""
    with tempfile.TemporaryDirectory(prefix="kaptui-random-") as work:
        try:
            portfolio, facts = portfolio_of(seed, Path(work))
        except KaptuiError as error:
            run.shown.append(f"seed {seed}: does not load: {error}")
            run.columns["(load)"] += 1
            return
        with closing(portfolio):
            for filters, case in choices(facts, seed, combinations):
                asked: Asked = {question: partial(answer, case) for question, answer in ANSWERS.items()}
                _compare(run, portfolio, filters, asked, seed)
            moves = some_moves(case, seed)  # of the last combination
            _compare(run, portfolio, replace(filters, moves=moves), after_moves(case, moves), seed)


def some_moves(case: Case, seed: int) -> tuple[Move, ...]:
    """A what-if: somebody takes a side, gives one up or takes it in place of who stands there; somebody leaves."""
    dice = Random(seed)
    people = sorted(key for key, person in case.facts.people.items() if person["active"])
    if not people or not case.programme:
        return ()
    assign = Move("assign", dice.choice(people), dice.choice(case.programme), dice.choice(SIDES))
    live = [row for key in case.programme for side in SIDES for row in assigned(case, key, side)]
    gone = dice.choice(live) if live else None
    remove = (Move("remove", gone["person_id"], gone["account_id"], gone["side"]),) if gone else ()
    taken = dice.choice(live) if live and dice.random() < 0.7 else None
    where = (taken["account_id"], taken["side"]) if taken else (dice.choice(case.programme), dice.choice(SIDES))
    replaced = Move("replace", dice.choice(people), *where)
    return (assign, *remove, replaced, *((Move("leave", dice.choice(people)),) if seed % 2 else ()))


def after_moves(case: Case, moves: tuple[Move, ...]) -> Asked:
    """The questions that a what-if changes, answered over the facts that it makes."""
    now = after(case, moves)
    asked: Asked = {question: partial(ANSWERS[question], now) for question in WHAT_IF}
    return asked | {
        "sponsorship_matrix": partial(matrix_after, case, moves),
        "what_if_moves": partial(what_if_moves, case, moves),
    }


def _compare(run: Run, portfolio: Portfolio, filters: Filters, asked: Asked, seed: int) -> None:
    for question, answer in asked.items():
        _compare_one(run, portfolio, filters, question, answer, seed)


def _compare_one(
    run: Run, portfolio: Portfolio, filters: Filters, question: str, answer: Callable[[], list[Row]], seed: int
) -> None:
    tally = run.tallies.setdefault(question, Tally())
    where = f"seed {seed} --as-of {filters.as_of} --basis {filters.basis} --window {filters.window}"
    where += f" --where {filters.where!r}" + "".join(f" {move}" for move in filters.moves)
    if question not in PANELS:
        return
    try:
        found = list(compare(question, portfolio.ask(question, filters).to_dicts(), answer(), tally))
    except Exception as error:  # noqa: BLE001 - one question that breaks must not hide the others
        found = [Difference("(error)", "-", f"{type(error).__name__}: {error}", None)]
    run.add(question, where, found)


def told(run: Run) -> Iterator[str]:
    """The table of what was compared, what was always empty, and the first differences."""
    yield f"{'question':26}{'asked':>8}{'rows':>10}{'values':>12}{'different':>11}"
    for question, tally in run.tallies.items():
        yield f"{question:26}{tally.asked:8}{tally.rows:10}{tally.values:12}{tally.different:11}"
    every = Tally()
    for tally in run.tallies.values():
        every.rows, every.values = every.rows + tally.rows, every.values + tally.values
        every.different += tally.different
    yield f"{'all':26}{'':8}{every.rows:10}{every.values:12}{every.different:11}"
    empty = [question for question, tally in run.tallies.items() if tally.asked and not tally.rows]
    yield f"always empty: {', '.join(empty) or 'none'}"
    without = [question for question in run.tallies if question not in PANELS]
    yield f"no panel for: {', '.join(without) or 'none'}"
    more = [f"{question}.{column}" for question, tally in run.tallies.items() for column in sorted(tally.unanswered)]
    yield f"promised, but not in the reference: {', '.join(more) or 'none'}"
    yield from (f"{number:8} x {name}" for name, number in run.columns.most_common())
    yield from run.shown


def main() -> int:
    """Compare as many portfolios as were asked for; 1 on any difference."""
    parser = argparse.ArgumentParser(description="Engine and reference over random portfolios.")
    parser.add_argument("--portfolios", type=int, default=100)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--combinations", type=int, default=2, help="choices of the reader asked per portfolio")
    options = parser.parse_args()
    run = Run()
    for seed in range(options.first_seed, options.first_seed + options.portfolios):
        compare_seed(run, seed, options.combinations)
    sys.stdout.writelines(f"{line}\n" for line in told(run))
    return 1 if run.columns or any(tally.unanswered for tally in run.tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
