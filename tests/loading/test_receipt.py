"""The receipt of a load: each figure equals the independent reference, and what was lost is told with whom."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from kaptui.cli import receipt_text
from kaptui.loading import Receipt, load
from tests.loading.sources import MONTHS, write
from tests.reference import receipt as reference
from tests.reference.facts import Facts
from tests.reference.random_portfolios import random_facts, write_csv

Tables = dict[str, list[dict[str, str]]]
BELOW = {"objective": ("plan_id", "plan"), "plan_review": ("plan_id", "plan"), "action": ("objective_id", "objective")}


def later(tables: Tables, seed: int) -> Tables:
    """The same portfolio some loads later: an account has left, one came, and rows are lost here and there."""
    dice = Random(seed)
    lost = tables["account"][0]["account_id"]
    kept = {name: [row for row in rows if row.get("account_id") != lost] for name, rows in tables.items()}
    for name in ("financial_period", "activity", "plan", "stakeholder"):
        kept[name] = [row for row in kept[name] if dice.random() > 0.2]
    for name, (key, above) in BELOW.items():
        there = {row[key] for row in kept[above]}
        kept[name] = [row for row in kept[name] if row[key] in there]
    kept["account"].append(tables["account"][0] | {"account_id": "brought in"})
    return kept


def taken(folder: Path, *states: Tables) -> tuple[Receipt, list[Facts]]:
    """The receipt of the last of these loads into one file, and the facts of each."""
    found = []
    for number, tables in enumerate(states):
        write_csv(folder / str(number), tables)
        told = load(folder / str(number), folder / "kap.duckdb").receipt
        found.append(Facts.read(folder / str(number)))
    assert told is not None
    return told, found


@pytest.mark.parametrize("seed", [3, 7])
def test_every_figure_equals_the_reference(tmp_path: Path, seed: int) -> None:
    before = random_facts(seed)
    told, (old, new) = taken(tmp_path, before, later(before, seed))
    moved = {one.table: (one.rows, one.before, one.new, one.gone) for one in told.tables}
    assert moved == reference.moved(old, new)
    for one in told.tables:
        if one.table != "account":
            lost = reference.gone_at(old, new, one.table)
            assert Counter(dict(one.gone_at)) <= lost
            assert one.gone_from == len(lost)
            assert sum(rows for _, rows in one.gone_at) == sum(rows for _, rows in lost.most_common(5))
    assert {(one.table, one.column): (one.rows, one.named, one.known) for one in told.known} == reference.known(new)
    month = int(float(new.settings.get("fiscal_year_start_month", "1")))
    years = {
        one.starts: (one.first_month, one.last_month, one.accounts, one.revenue, one.rows_without_rate)
        for one in told.years
    }
    assert years == reference.years(new, told.currency, month)
    assert any(gone for _, _, _, gone in moved.values())


HEAD = "account_id,name\n"


def test_what_was_lost_is_told_with_whom(tmp_path: Path) -> None:
    target = tmp_path / "kap.duckdb"
    source = write(
        tmp_path / "in",
        account=f"{HEAD}A1,Acme\nA2,Beta GmbH\nA3,Ceta\n",
        setting="key,value\nas_of,2026-03-31\n",
        financial_period=MONTHS
        + "".join(f"A{n},2026-0{m}-01,EUR,{100 * n}.50\n" for n in (1, 2, 3) for m in (1, 2, 3)),
        person="person_id,name\nP1,Ann\n",
        plan="plan_id,account_id,name,status\nL1,A3,Plan,active\n",
        objective="objective_id,plan_id,name,status\nO1,L1,Aim,new\n",
        action="action_id,objective_id,name,owner_id\nN1,O1,Do,P1\nN2,O1,Do,P9\n",
    )
    first = load(source, target).receipt
    assert first is not None
    assert not first.compared
    assert [(one.named, one.known) for one in first.known] == [(2, 1)]
    write(
        source,
        account=f"{HEAD}A1,Acme\nB2,BETA GmbH\n",
        financial_period=MONTHS + "A1,2026-01-01,EUR,7\nA1,2026-02-01,EUR,100.50\nB2,2025-12-01,EUR,1\n",
        plan="plan_id,account_id,name,status\n",
        objective="objective_id,plan_id,name,status\n",
        action="action_id,objective_id,name,owner_id\n",
    )
    told = load(source, target).receipt
    assert told is not None
    tables = {one.table: one for one in told.tables}
    assert tables["financial_period"].gone_at == (("Beta GmbH", 3), ("Ceta", 3), ("Acme", 1))
    assert tables["financial_period"].corrected == 1
    assert tables["action"].gone_at == (("Ceta", 2),)
    assert told.renumbered == (("Beta GmbH", "A2", "B2"),)
    assert told.left == (("A2", "Beta GmbH"), ("A3", "Ceta"))
    assert told.booked == (date(2025, 12, 1), date(2026, 2, 1))
    assert told.months == (3, 0)
    assert [(one.starts, one.revenue) for one in told.years] == [
        (date(2025, 1, 1), Decimal("1.00")),
        (date(2026, 1, 1), Decimal("107.50")),
    ]
    said = list(receipt_text.lines(told))
    assert "financial_period     3       9    1     7          1  financial_period.csv" in said
    assert "success_factor       6       6    0     0          0  default factors of kaptui" in said
    assert "    gone at: Beta GmbH 3, Ceta 3, Acme 1" in said
    assert "Beta GmbH was A2 and is B2: under a new id its history, scores and sponsors begin anew" in said
    assert "accounts gone: Beta GmbH (A2), Ceta (A3)" in said
    assert "as of 31 Mar 2026: figures of Dec 2025 to Feb 2026" in said
    assert "window: 12 months to Feb 2026, 3 of them in the file; a year earlier 0 of 12" in said
    assert "  profit and margin (financial_period.csv has no cogs)" in said
    assert "  cover: who stands behind whom (no sponsorship.csv)" in said
    assert not any("cadence" in line for line in said), "what has a default is no gap"


def test_months_in_other_currencies_count_where_they_have_a_rate(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in",
        setting="key,value\ncurrency,eur\nfiscal_year_start_month,4\nas_of,2026-06-30\n",
        financial_period=f"{MONTHS}A1,2026-03-01,usd,10.05\nA1,2026-04-01,EUR,1\nA2,2026-05-01,USD,5\n",
        fx_rate="currency,period_start,rate\nUSD,2026-03-01,0.5\n",
    )
    told = load(source, tmp_path / "kap.duckdb").receipt
    assert told is not None
    assert told.currency == "EUR"
    assert [(one.starts, one.accounts, one.revenue, one.rows_without_rate) for one in told.years] == [
        (date(2025, 4, 1), 1, Decimal("5.03"), 0),
        (date(2026, 4, 1), 2, Decimal("1.00"), 1),
    ]
    said = list(receipt_text.lines(told))
    assert "revenue by fiscal year in EUR: compare with finance" in said
    assert "not in it: 1 row in a currency without a rate" in said


def test_a_file_made_by_an_older_kaptui_is_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    import duckdb

    source, target = write(tmp_path / "in"), tmp_path / "kap.duckdb"
    load(source, target)
    with duckdb.connect(str(target)) as connection:
        connection.execute("drop table activity_kind; alter table stakeholder drop column stakeholder_id")
    told = load(source, target).receipt
    assert told is not None
    before = {one.table: one.before for one in told.tables}
    assert before["account"] is not None
    assert before["activity_kind"] is before["stakeholder"] is None
    (said,) = [line.split() for line in receipt_text.lines(told) if line.startswith("activity_kind ")]
    assert said[:6] == ["activity_kind", "10", *["n/a"] * 4], "nothing is known of it before, which is no 0"
    with duckdb.connect(str(target)) as connection:
        connection.execute("drop table plan")
    told = load(source, target).receipt
    assert told is not None
    assert not told.compared, "without a plan the file in place is not read"
