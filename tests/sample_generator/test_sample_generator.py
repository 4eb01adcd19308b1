"""The sample portfolio is what the generator writes, tells its story, and any size of portfolio loads."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from kaptui.common.sql import literal
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.loading import check
from kaptui.resources import sample_dir
from tests.sample_generator import write_portfolio
from tests.sample_generator.__main__ import main
from tests.sample_generator.tables import columns

_MANY = 400


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _headers(folder: Path) -> dict[str, list[str]]:
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem] = next(csv.reader(lines))
    return found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write_portfolio(folder, accounts=_MANY, months=24)
    return folder


@pytest.fixture(scope="module")
def sample() -> Iterator[duckdb.DuckDBPyConnection]:
    """The shipped CSV files as views of the same names."""
    with duckdb.connect(":memory:") as connection:
        for path in sample_dir().glob("*.csv"):
            connection.execute(f"create view {path.stem} as from read_csv({literal(str(path))}, header = true)")
        connection.execute(
            "create view year as select account_id, sum(revenue * rate) as revenue,"
            " case when count(cost_to_serve) = count(*) then sum((revenue - cogs - cost_to_serve) * rate) end"
            " as profit from (select f.*, coalesce(x.rate, 1) as rate from financial_period f"
            " left join fx_rate x using (currency, period_start)"
            " where scenario = 'actual' and period_start >= date '2025-10-01') group by account_id"
        )
        yield connection


def test_the_shipped_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_portfolio(tmp_path)
    assert _bytes(tmp_path) == _bytes(sample_dir())


def test_the_shipped_sample_is_small() -> None:
    assert sum(len(content) for content in _bytes(sample_dir()).values()) < 700_000


def test_the_shipped_sample_raises_only_its_deliberate_warnings() -> None:
    found = Counter((finding.severity, finding.table, finding.column) for finding in check(sample_dir()).findings)
    assert found == {
        ("warning", "financial_period", "cogs"): 1,  # goods taken back with the credit note
        ("warning", "financial_period", "cost_to_serve"): 1,  # two accounts with a cost that is not known
        ("warning", "financial_period", "account_id"): 1,  # one that is late
        ("warning", "action", "owner_id"): 2,  # nobody took two actions of the worst account
    }


def test_every_table_of_the_schema_is_written_with_its_columns(many: Path) -> None:
    assert _headers(sample_dir()) == columns()
    assert _headers(many) == columns()


def test_lines_end_the_same_on_every_system() -> None:
    assert not [name for name, content in _bytes(sample_dir()).items() if b"\r" in content]


def test_another_seed_is_another_portfolio_that_loads(tmp_path: Path) -> None:
    write_portfolio(tmp_path, seed=8)
    mine, shipped = _bytes(tmp_path), _bytes(sample_dir())
    assert mine["financial_period.csv"] != shipped["financial_period.csv"]
    assert mine["assessment.csv"] != shipped["assessment.csv"]
    assert {finding.severity for finding in check(tmp_path).findings} == {"warning"}


def test_months_are_counted_back_from_the_as_of_date(tmp_path: Path) -> None:
    write_portfolio(tmp_path, months=5)
    with (tmp_path / "financial_period.csv").open(encoding="utf-8", newline="") as lines:
        found = {row["period_start"] for row in csv.DictReader(lines)}
    assert found == {f"2026-{month:02d}-01" for month in (5, 6, 7, 8, 9)}


def test_the_giant_loses_money_while_it_grows(sample: duckdb.DuckDBPyConnection) -> None:
    ranked = sample.execute(
        "select name, round(revenue), round(profit) from year join account using (account_id) order by revenue desc"
    ).fetchall()
    assert ranked[1] == ("Helvia Group", 14_100_000, -600_000)


def test_a_handful_of_accounts_give_profit_back(sample: duckdb.DuckDBPyConnection) -> None:
    row = sample.execute(
        "select sum(profit) / sum(revenue) filter (profit is not null), count(*) filter (profit < 0),"
        " sum(profit) filter (profit > 0) / sum(profit) from year"
    ).fetchone()
    assert row is not None
    margin, losers, peak = row
    assert 0.09 <= margin <= 0.11
    assert losers == 6
    assert 1.10 <= peak <= 1.15


def test_a_sponsor_who_left_still_holds_accounts(sample: duckdb.DuckDBPyConnection) -> None:
    held = sample.execute(
        "select p.name, count(distinct account_id) from sponsorship join person p using (person_id)"
        " where not p.active and end_on is null group by p.name"
    ).fetchall()
    assert held == [("Margarethe Voss", 3)]


@pytest.mark.parametrize(
    ("awkward", "accounts"),
    [
        (
            "select name from account anti join year using (account_id)",
            {"Aurelia Biotech", "Rheintal Textil"},
        ),
        (
            "select name from account join year using (account_id) where profit is null",
            {"Cassel Pharma", "Kellner Antriebe"},
        ),
        (
            "select name from account join financial_period using (account_id) where revenue < 0",
            {"Marlowe Packaging"},
        ),
        ("select name from account where manager_id is null", {"Cobalt Harbour"}),
        (
            "select name from account join assessment using (account_id) group by name, status"
            " having status = 'active' and count(distinct factor_id) = 1",
            {"Tundra Robotics"},
        ),
        (
            "select name from account join assessment using (account_id) group by name"
            " having max(assessed_on) < date '2025-09-29'",
            {"Sierra Clínica", "Rheintal Textil"},
        ),
        (
            "select name from account join financial_period using (account_id) where status = 'active'"
            " group by name having count(*) filter (scenario = 'actual') < 36",
            {"Pico Alto Wines", "Nordhavn Subsea", "Thornbury Glass"},
        ),
        (
            "select name from account join financial_period using (account_id) where status <> 'exited'"
            " group by name having max(period_start) filter (scenario = 'actual') = date '2026-08-01'",
            {"Nordhavn Subsea"},
        ),
        (
            "select name from account join financial_period using (account_id) where status <> 'exited'"
            " group by name having max(period_start) filter (scenario = 'actual') = date '2026-04-01'",
            {"Thornbury Glass"},
        ),
        (
            "select a.name from account a join sponsorship i using (account_id) join sponsorship e using (account_id)"
            " where i.side = 'internal' and e.side = 'external' and i.person_id = e.person_id and a.tier = 1",
            {"Delmar Group", "Northstar Foods", "Tavira Mobility", "Pelletier & Fils", "Cassel Pharma"},
        ),
    ],
)
def test_every_awkward_case_is_there(sample: duckdb.DuckDBPyConnection, awkward: str, accounts: set[str]) -> None:
    assert {name for (name,) in sample.execute(awkward).fetchall()} == accounts


def test_a_big_portfolio_has_the_proportions_of_a_real_one(many: Path) -> None:
    rows = {path.stem: len(path.read_bytes().splitlines()) - 1 for path in many.glob("*.csv")}
    assert rows["account"] == rows["plan"] == _MANY
    assert rows["financial_period"] == 24 * _MANY
    assert rows["person"] == _MANY // 20
    assert rows["objective"] == rows["action"] == 2 * _MANY
    assert 2 * 6 * _MANY * 0.8 < rows["assessment"] < 4 * 6 * _MANY
    assert 1.5 * _MANY < rows["sponsorship"] <= 2 * _MANY
    assert 4 * _MANY <= rows["activity"] < 5 * _MANY


def test_a_big_portfolio_loads_and_tells_of_missing_costs_only(many: Path) -> None:
    assert [finding.rule for finding in check(many).findings] == ["cost_missing"]


def test_a_big_portfolio_is_the_same_every_time_and_differs_by_seed(many: Path, tmp_path: Path) -> None:
    write_portfolio(tmp_path / "again", accounts=_MANY, months=24)
    write_portfolio(tmp_path / "other", accounts=_MANY, months=24, seed=8)
    assert _bytes(tmp_path / "again") == _bytes(many)
    assert _bytes(tmp_path / "other")["account.csv"] != _bytes(many)["account.csv"]


def test_one_account_is_enough(tmp_path: Path) -> None:
    write_portfolio(tmp_path, accounts=1, months=1)
    assert [finding.rule for finding in check(tmp_path).findings] == ["history_short"]


@pytest.mark.parametrize(("accounts", "months"), [(0, 36), (-1, 36), (10, 0), (1_000_001, 1), (48, 601)])
def test_sizes_out_of_bounds_are_refused(tmp_path: Path, accounts: int, months: int) -> None:
    with pytest.raises(UsageError, match=str(accounts)):
        write_portfolio(tmp_path / "new", accounts, months=months)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("accounts", [48, 10])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, accounts: int) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(KaptuiError, match="file: cannot be written"):
        write_portfolio(tmp_path / "file", accounts)
    (tmp_path / "blocked" / "account.csv").mkdir(parents=True)
    with pytest.raises(KaptuiError, match=r"account\.csv"):
        write_portfolio(tmp_path / "blocked", accounts)


def test_the_command_writes_only_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, []).exit_code == Exit.USAGE
    assert list(tmp_path.iterdir()) == []
    assert CliRunner().invoke(main, ["here's one", "--accounts", "3"]).exit_code == Exit.OK
    assert len(list((tmp_path / "here's one").glob("*.csv"))) == len(columns())


def test_the_command_says_what_is_wrong_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, [str(tmp_path / "file")])
    assert result.exit_code == Exit.DATA
    assert result.stdout == ""
    assert "cannot be written" in result.stderr
    assert isinstance(result.exception, SystemExit)
