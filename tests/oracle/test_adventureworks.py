"""Real reseller sales, loaded twice through mappings, come to the figures that were computed elsewhere."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kaptui.cli import main
from kaptui.cli.text import remarks
from kaptui.filters import Filters
from kaptui.headlines.value import value_headline
from kaptui.portfolio import Portfolio
from kaptui.text import money
from tests.reference.shelf import load_portfolio

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data" / "adventureworks"
AS_OF = date(2013, 11, 30)
CASES = {
    "as_of 2013-11-30": Filters(as_of=AS_OF),
    "as_of 2013-11-30, region Southwest": Filters(as_of=AS_OF, where="region:Southwest"),
}
Expected = dict[str, Any]


@pytest.fixture(scope="module")
def expected() -> Expected:
    """The figures computed elsewhere, by the name of the case."""
    if not DATA.is_dir():
        pytest.fail("../shared/data/adventureworks must lie beside the checkout: it holds the data and figures")
    found: Expected = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module", params=["mapping_ledger", "mapping_lines"])
def resellers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, expected: Expected
) -> Iterator[Portfolio]:
    """The sales, loaded from the monthly ledger or from single order lines."""
    target = tmp_path_factory.mktemp("adventureworks") / "resellers.duckdb"
    portfolio = load_portfolio(DATA, target, HERE / "adventureworks" / request.param)
    yield portfolio
    portfolio.close()


def test_the_cases_are_all_that_is_expected(expected: Expected) -> None:
    assert set(expected) == {"note", "tolerance", *CASES}


@pytest.mark.parametrize("name", CASES)
def test_portfolio_figures(resellers: Portfolio, expected: Expected, name: str) -> None:
    wanted, cents = expected[name], expected["tolerance"]
    row = resellers.ask("portfolio", CASES[name]).to_dicts()[0]
    accounts = resellers.ask("accounts", CASES[name])
    assert (row["basis"], row["currency"]) == ("gross", "USD")
    assert row["window_start"] == date.fromisoformat(wanted["window"][0])
    assert row["window_end"].replace(day=1) == date.fromisoformat(wanted["window"][1])
    assert len(accounts["revenue"].drop_nulls()) == wanted["accounts_with_figures"]
    assert row["revenue"] == pytest.approx(wanted["revenue"], abs=cents)
    assert row["profit"] == pytest.approx(wanted["profit"], abs=cents)
    assert row["margin"] == pytest.approx(wanted["margin"], abs=1e-6)


def test_without_a_day_the_last_booked_window_is_shown_and_its_end_said(
    resellers: Portfolio, expected: Expected
) -> None:
    today = Filters()
    row = resellers.ask("portfolio", today).row(0, named=True)
    wanted = expected["as_of 2013-11-30"]
    assert row["window_start"] == date.fromisoformat(wanted["window"][0])
    assert row["window_end"] == AS_OF
    assert (row["revenue"], row["profit"]) == pytest.approx(
        (wanted["revenue"], wanted["profit"]), abs=expected["tolerance"]
    )
    assert any(line.startswith("figures end Nov 2013, the ") for line in remarks(resellers, today))


@pytest.mark.parametrize("name", CASES)
def test_curve_figures(resellers: Portfolio, expected: Expected, name: str) -> None:
    wanted, cents = expected[name], expected["tolerance"]
    curve = resellers.ask("whale_curve", CASES[name]).to_dicts()
    losses = [row["profit"] for row in curve if row["profit"] < 0]
    peak = max(curve, key=lambda row: float(row["cumulative_profit"]))
    assert len(curve) == wanted["accounts_with_figures"]
    assert len(losses) == wanted["loss_making"]
    assert -sum(losses) == pytest.approx(wanted["erosion"], abs=cents)
    assert peak["cumulative_profit"] == pytest.approx(wanted["peak"], abs=cents)
    assert peak["rank"] == wanted["peak_at_rank"]
    # The whole makes a loss, so the curve has no per cent.
    assert wanted["peak_share"] is None
    assert {row["cumulative_share"] for row in curve} == {None}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    ("ranking", "column", "best_first"),
    [("top5_revenue", "revenue", True), ("top5_profit", "profit", True), ("worst5_profit", "profit", False)],
)
def test_rankings(
    resellers: Portfolio, expected: Expected, name: str, ranking: str, column: str, best_first: bool
) -> None:
    rows = resellers.ask("value_mix", CASES[name]).drop_nulls(column)
    found = rows.sort(column, descending=best_first).head(5).to_dicts()
    wanted = expected[name][ranking]
    assert [(row["account_id"], row["name"]) for row in found] == [(key, label) for key, label, _ in wanted]
    assert [row[column] for row in found] == pytest.approx(
        [amount for _, _, amount in wanted], abs=expected["tolerance"]
    )


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_tells_the_loss_in_currency(resellers: Portfolio, expected: Expected, name: str) -> None:
    wanted, filters = expected[name], CASES[name]
    curve, mix = resellers.ask("whale_curve", filters), resellers.ask("value_mix", filters)
    said = value_headline(curve, mix, resellers.context(filters), 701)
    makers = f"{wanted['peak_at_rank']} of {wanted['accounts_with_figures']} accounts make {money(wanted['peak'])}"
    back = f"{wanted['loss_making']} give back {money(wanted['erosion'])}: a loss of {money(-wanted['profit'])}"
    assert said.startswith(f"{makers}, {back}")


def kaptui(*words: str) -> str:
    """Run the command line in a process of its own; its standard output."""
    program = [sys.executable, "-c", "from kaptui.cli import main; main()"]
    done = subprocess.run([*program, *words], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_command_line_loads_and_exports_the_same_figures(expected: Expected, tmp_path: Path) -> None:
    """The load and one export in processes of their own, the other exports in this one."""
    file, mapping = str(tmp_path / "resellers.duckdb"), str(HERE / "adventureworks" / "mapping_ledger")
    kaptui("load", str(DATA), "--mapping", mapping, "-o", file)
    alone = kaptui("export", "portfolio", file, "--as-of", AS_OF.isoformat(), "-o", "-")

    def export(question: str, *words: str) -> str:
        done = CliRunner().invoke(main, ["export", question, file, "--as-of", AS_OF.isoformat(), *words, "-o", "-"])
        assert done.exit_code == 0, done.output
        return done.stdout

    assert export("portfolio") == alone
    for name, narrowed in zip(CASES, ([], ["--where", "region:Southwest"]), strict=True):
        (row,) = csv.DictReader(io.StringIO(export("portfolio", *narrowed)))
        assert float(row["revenue"]) == pytest.approx(expected[name]["revenue"], abs=expected["tolerance"])
        assert float(row["profit"]) == pytest.approx(expected[name]["profit"], abs=expected["tolerance"])
        curve = list(csv.DictReader(io.StringIO(export("whale_curve", *narrowed))))
        assert len(curve) == expected[name]["accounts_with_figures"]
        mix = list(csv.DictReader(io.StringIO(export("value_mix", *narrowed))))
        assert sum(row["profit"] != "" for row in mix) == expected[name]["accounts_with_figures"]
