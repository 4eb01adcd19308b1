"""A company that reports in rupiah: every question answers, and amounts of trillions come out exactly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from tests.ui.harness import made_of

MONTHS = [f"{year}-{month:02}-01" for year in (2025, 2026) for month in range(1, 13) if (year, month) <= (2026, 9)]
TABLES = {
    "setting": "key,value\nas_of,2026-09-30\ncurrency,IDR\n",
    "account": "account_id,name\nA,Anna\nB,Bob\n",
    "financial_period": "account_id,period_start,currency,revenue,cogs,cost_to_serve,revenue_value_priced\n"
    + "".join(
        f"A,{month},EUR,50000000,30000000,10000000,20000000\nB,{month},IDR,900000000000,800000000000,1,5\n"
        for month in MONTHS
    ),
    "fx_rate": "currency,period_start,rate\n" + "".join(f"EUR,{month},17000.5\n" for month in MONTHS),
    "programme": "programme_id,account_id,name,status,start_on,end_on,currency,own_commitment,spent,realised_profit\n"
    "P,A,Plant,active,2026-01-01,2027-12-31,EUR,90000000,80000000,70000000\n",
}


@pytest.fixture(scope="module")
def rupiah(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """Two accounts: one books 50 million euros a month, one 900 billion rupiah."""
    with closing(made_of(tmp_path_factory.mktemp("rupiah"), TABLES)) as portfolio:
        yield portfolio


@pytest.mark.parametrize("question", PANELS)
def test_every_question_answers(rupiah: Portfolio, question: str) -> None:
    rupiah.ask(question, Filters())


def test_the_sums_are_exact(rupiah: Portfolio) -> None:
    row = rupiah.ask("portfolio", Filters()).row(0, named=True)
    # 12 x (50,000,000 x 17,000.5 + 900,000,000,000), and 12 x (10,000,000 x 17,000.5 + 99,999,999,999)
    assert (row["revenue"], row["profit"]) == (21_000_300_000_000.0, 3_240_059_999_988.0)
