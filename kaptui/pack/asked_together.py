"""A question that many panels ask, or that is asked about many accounts, asked once: each takes what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from kaptui.filter_language import quote
from kaptui.filters import Filters

if TYPE_CHECKING:
    import polars as pl

    from kaptui.portfolio import Portfolio

LETTERS = 3500
"""Letters of the filter that names the accounts asked about together: the filter language takes few more."""

_Rows = Mapping[str, "pl.DataFrame"]


class AskedOnce:
    """A portfolio in front of which a question that several panels ask is asked for the first of them only."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._asking: dict[tuple[str, Filters], Future[pl.DataFrame]] = {}
        self._lock = Lock()

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to a question; who asks for it while it is being asked waits for it."""
        with self._lock:
            first = (question, filters) not in self._asking
            answer = self._asking.setdefault((question, filters), Future())
        if first:
            try:
                answer.set_result(self._portfolio.ask(question, filters))
            except BaseException as error:
                answer.set_exception(error)
                raise
        return answer.result()

    def rows(self, table: str) -> int:
        """How many rows a fact table has in the whole file."""
        return self._portfolio.rows(table)


class AskedTogether:
    """A portfolio in front of which the questions about these accounts are asked at once."""

    def __init__(self, portfolio: Portfolio, accounts: Sequence[str]) -> None:
        self._portfolio = portfolio
        self._where: dict[str, str] = {}
        for batch in _batches(accounts):
            self._where |= dict.fromkeys(batch, " ".join(map(_condition, batch)))
        self._alone = len(accounts) == 1
        self._kept: dict[tuple[str, Filters], tuple[pl.DataFrame, _Rows]] = {}

    def about(self, account: str) -> OneAccountOf:
        """What answers about this one."""
        return OneAccountOf(self, account)

    def ask(self, question: str, filters: Filters, account: str) -> pl.DataFrame:
        """The answer about one account, as the portfolio gives it when `filters` leave only this one."""
        if self._alone:
            return self._portfolio.ask(question, filters)
        key = (question, self._with_others(filters, account))
        if key not in self._kept:
            self._kept[key] = self._asked(*key)
        whole, rows = self._kept[key]
        if "account_id" not in whole.columns:
            return self._portfolio.ask(question, filters)
        return rows[account] if account in rows else whole.clear()

    def _asked(self, question: str, filters: Filters) -> tuple[pl.DataFrame, _Rows]:
        whole = self._portfolio.ask(question, filters)
        if "account_id" not in whole.columns:
            return whole, {}
        parts = whole.partition_by("account_id", maintain_order=True)
        return whole, {str(part["account_id"][0]): part for part in parts}

    def _with_others(self, filters: Filters, account: str) -> Filters:
        """The same choices over all the accounts that are asked about with this one."""
        where, former = self._where[account], filters.selected_by
        return replace(filters, where=where, selected_by=former and replace(former, where=where))

    def rows(self, table: str) -> int:
        """How many rows a fact table has in the whole file."""
        return self._portfolio.rows(table)


@dataclass(frozen=True, slots=True)
class OneAccountOf:
    """A source of answers about one account."""

    together: AskedTogether
    account: str

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to a question."""
        return self.together.ask(question, filters, self.account)

    def rows(self, table: str) -> int:
        """How many rows a fact table has in the whole file."""
        return self.together.rows(table)


def _condition(account: str) -> str:
    return f"account_id:{quote(account)}"


def _batches(accounts: Sequence[str]) -> Iterator[list[str]]:
    """The accounts in their order, as many together as one filter holds."""
    batch: list[str] = []
    letters = 0
    for account in accounts:
        letters += len(_condition(account)) + 1
        if batch and letters > LETTERS:
            yield batch
            batch, letters = [], len(_condition(account)) + 1
        batch.append(account)
    if batch:
        yield batch
