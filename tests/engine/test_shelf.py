"""What small facts are tested over is what a load of them would hold: same tables, types, rows, order and lines.

In a database that held others before, too.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from polars.testing import assert_frame_equal

from kaptui.common.sql import identifier
from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.loading import into_memory
from kaptui.portfolio import Portfolio
from kaptui.resources import sample_dir
from tests.explain.three_accounts import FACTS
from tests.reference.answers import write_facts
from tests.reference.random_portfolios import random_facts, write_csv
from tests.reference.shelf import facts_in_memory, other_facts

PLAIN = {
    "account": 'name,account_id,tier,status\n"Zed, ""the last""",Z,,\nÄther,B,2,exited\nAlpha,A,,active\n\n',
    "person": "person_id,name,active,level\nP2,Two,false,1\nP1,One,,2\n",
    "financial_period": "period_start,account_id,currency,revenue,scenario\n"
    "2026-02-01,B,EUR,1.0050,\n2026-01-01,A,eur,-3,budget\n2026-01-01,B,USD,0,actual\n",
    "fx_rate": "currency,period_start,rate\nUSD,2026-01-01,0.123456789\n",
    "activity_kind": "kind,label,touch,mechanism\ncall,Video call,true,\nawards_dinner,,,recognition\n",
    "success_factor": "factor_id,code,name,weight\n7,OWN,Own,2.5\n",
    "setting": "key,value\ncurrency,EUR\n",
    "objective": "status,objective_id,plan_id,name,joint\n",
}
"""Columns in any order, defaults left out and left empty, quotes, a blank line at the end, no rows, own kinds."""


def held(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Every table with its columns, their types and its rows as they lie; without the hour of the load."""
    with closing(connection):
        names = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
        found: dict[str, Any] = {}
        for (name,) in names:
            answer = connection.execute(f"from {identifier(name)}")
            found[name] = ([column[:2] for column in answer.description or ()], answer.fetchall())
        del found["kaptui_meta"]
        return found


@pytest.mark.parametrize("facts", ["plain", "three accounts", "sample", "made up"])
def test_small_facts_are_what_a_load_of_them_holds(tmp_path: Path, facts: str) -> None:
    folder = tmp_path / "facts"
    folder.mkdir()
    match facts:
        case "plain":
            write_facts(folder, PLAIN)
        case "three accounts":
            write_facts(folder, FACTS)
        case "made up":
            write_csv(folder, random_facts(11))
        case _:
            folder = sample_dir()
    assert held(facts_in_memory(folder)) == held(into_memory(folder))


ASKED = ("accounts", "changes", "profit_bridge", "sponsorship_proposal")
"""Questions whose macros read every kind of fact."""


def test_other_facts_in_the_same_database_are_those_of_a_new_one(tmp_path: Path) -> None:
    """And so is what is answered to them, though the macros were made for the facts before."""
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    write_facts(before, FACTS)
    write_csv(after, random_facts(11))
    first = Portfolio.over(facts_in_memory(before), "before")
    for question in ASKED:
        first.ask(question, Filters())
    first.ask("what_if_moves", Filters(moves=(Move("leave", "S"),)))
    again, new = other_facts(first, after), Portfolio.over(facts_in_memory(after), "after")
    with pytest.raises(KaptuiError, match="already closed"):
        first.ask("accounts", Filters())
    for question in ASKED:
        assert_frame_equal(again.ask(question, Filters()), new.ask(question, Filters()), check_exact=True)
    assert again.rows("account") == new.rows("account")
    new.close()
    assert held(other_facts(again, before)._connection) == held(facts_in_memory(before))
