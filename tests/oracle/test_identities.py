"""What must hold of every answer whatever the data: promised columns, sums, shares, counts, order."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from kaptui.filters import Filters
from kaptui.loading import into_memory
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import catalogue
from kaptui.resources import sample_dir
from tests.conftest import AskSample
from tests.promises import TYPES
from tests.reference.facts import Row
from tests.reference.shelf import load_portfolio

CHOICES = {
    "all": Filters(),
    "not_exited": Filters(where="-status:exited"),
    "some": Filters(where="tier:1", basis="gross"),
    "earlier": Filters(as_of=date(2026, 3, 31), window="ytd"),
}
CENT = 0.005


@pytest.fixture(scope="session")
def empty_portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """A file without a single account."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "account.csv").write_text("account_id,name\n", encoding="utf-8")
    portfolio = Portfolio.over(into_memory(folder), "empty")  # a load refuses it
    yield portfolio
    portfolio.close()


@pytest.fixture(scope="session")
def shuffled_portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """The sample with the rows of every table in another order."""
    folder = tmp_path_factory.mktemp("shuffled")
    dice = random.Random(7)
    for source in sorted(sample_dir().glob("*.csv")):
        with source.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        dice.shuffle(rows)
        with (folder / source.name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([header, *rows])
    portfolio = load_portfolio(folder, folder / "shuffled.duckdb")
    yield portfolio
    portfolio.close()


@pytest.fixture(params=CHOICES)
def choice(request: pytest.FixtureRequest) -> Filters:
    """One of several filters."""
    return CHOICES[request.param]


def test_every_panel_has_its_sql_and_every_sql_its_panel() -> None:
    assert set(catalogue()) == set(PANELS)


@pytest.mark.parametrize("question", PANELS)
def test_an_answer_keeps_its_promise_empty_or_full(
    ask_sample: AskSample, empty_portfolio: Portfolio, question: str
) -> None:
    full = ask_sample(question, Filters())
    nothing = empty_portfolio.ask(question, Filters(as_of=date(2026, 9, 30)))
    promised = {column: TYPES[kind] for column, kind in PANELS[question].promise.items()}
    assert list(full.columns[: len(promised)]) == list(promised)
    assert {column: full.schema[column] for column in promised} == promised
    assert nothing.schema == full.schema


@pytest.mark.parametrize("question", PANELS)
def test_a_filter_without_matches_keeps_the_promise(ask_sample: AskSample, question: str) -> None:
    nothing = ask_sample(question, Filters(where="name:nobody-at-all"))
    assert nothing.schema == ask_sample(question, Filters()).schema


@pytest.mark.parametrize("question", PANELS)
def test_the_order_of_source_rows_never_matters(
    ask_sample: AskSample, shuffled_portfolio: Portfolio, question: str
) -> None:
    straight = ask_sample(question, Filters())
    mixed = shuffled_portfolio.ask(question, Filters())
    # Sums of floats may differ in the last binary digit; `source` names the line of a file.
    rounded = [
        frame.drop("source", strict=False).with_columns(pl.col(pl.Float64).round(9)) for frame in (straight, mixed)
    ]
    assert rounded[0].rows() == rounded[1].rows()


def test_value_at_stake_sums_to_zero_over_the_programme(ask_sample: AskSample, choice: Filters) -> None:
    """Whatever is chosen: the yardstick is the programme's, and who left it has nothing at stake."""
    for question in ("accounts", "value_mix"):
        stakes = ask_sample(question, replace(choice, where=""))["value_at_stake"].drop_nulls()
        assert len(stakes) > 1
        assert stakes.sum() == pytest.approx(0, abs=CENT)


def test_shares_sum_to_one(ask_sample: AskSample, choice: Filters) -> None:
    frame = ask_sample("accounts", choice)
    assert frame["revenue_share"].sum() == pytest.approx(1, abs=1e-9)
    assert frame["profit_share"].sum() == pytest.approx(1, abs=1e-9)
    assert frame["share_gap"].sum() == pytest.approx(0, abs=1e-9)


def test_peak_minus_erosion_is_the_total(ask_sample: AskSample, choice: Filters) -> None:
    curve = ask_sample("whale_curve", choice)
    peak = max(0.0, *curve["cumulative_profit"])
    erosion = -sum(profit for profit in curve["profit"] if profit < 0)
    total = ask_sample("portfolio", choice)["profit"][0]
    assert peak - erosion == pytest.approx(total, abs=CENT)
    assert curve["cumulative_profit"][-1] == pytest.approx(total, abs=CENT)


def test_the_curve_never_rises_after_its_peak(ask_sample: AskSample, choice: Filters) -> None:
    heights = ask_sample("whale_curve", choice)["cumulative_profit"].to_list()
    top = heights.index(max(heights))
    assert heights[: top + 1] == sorted(heights[: top + 1])
    assert heights[top:] == sorted(heights[top:], reverse=True)


def test_bridge_steps_sum_to_the_cent(ask_sample: AskSample, choice: Filters) -> None:
    steps: dict[str, float] = dict(ask_sample("profit_bridge", choice).select("step", "amount").rows())
    assert next(iter(steps)) == "start"
    assert list(steps)[-1] == "end"
    moved = sum(amount for step, amount in steps.items() if step not in ("start", "end"))
    assert steps["start"] + moved == pytest.approx(steps["end"], abs=CENT)


def _in_programme(ask: AskSample, choice: Filters) -> list[Row]:
    """The chosen accounts without those that exited: these have money, and every other cell empty."""
    accounts = ask("accounts", choice).to_dicts()
    left = [row for row in accounts if row["status"] == "exited"]
    cells = ("index", "internal_status", "external_status", "coverage", "plan_status", "attention", "quadrant")
    assert {row[cell] for row in left for cell in cells} <= {None}
    counts = ask("portfolio", choice).row(0, named=True)
    assert (counts["accounts"], counts["exited_accounts"]) == (len(accounts), len(left))
    kept = [row for row in accounts if row["status"] != "exited"]
    assert counts["programme_accounts"] == len(kept)
    return kept


def test_colours_count_every_account_once(ask_sample: AskSample, choice: Filters) -> None:
    accounts = len(_in_programme(ask_sample, choice))
    for row in ask_sample("factor_summary", choice).to_dicts():
        assert row["red"] + row["amber"] + row["green"] + row["unknown"] == row["accounts"] == accounts
        assert row["accounts_known"] == accounts - row["unknown"]


def _tally(rows: list[Row], column: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[column]] = found.get(row[column], 0) + 1
    return found


def test_counts_by_status_sum_to_the_accounts(ask_sample: AskSample, choice: Filters) -> None:
    accounts = _in_programme(ask_sample, choice)
    portfolio = ask_sample("portfolio", choice).to_dicts()[0]
    sides = ask_sample("sponsorship_coverage", choice).to_dicts()
    for side in ("internal", "external"):
        tally = _tally([row for row in sides if row["side"] == side], "status")
        assert set(tally) <= {"covered", "stale", "new", "uncovered"}
        assert sum(tally.values()) == len(accounts)
        assert tally.get("covered", 0) == portfolio[f"{side}_covered"]
        assert tally == _tally(accounts, f"{side}_status")
    assert _tally(accounts, "coverage").get("full", 0) == portfolio["fully_covered"]


def test_gaps_are_the_sides_without_cover(ask_sample: AskSample, choice: Filters) -> None:
    sides = ask_sample("sponsorship_coverage", choice).to_dicts()
    gaps = ask_sample("sponsorship_gaps", choice).to_dicts()
    found = {(row["account_id"], row["side"]) for row in gaps}
    assert found == {(row["account_id"], row["side"]) for row in sides if row["status"] in ("uncovered", "stale")}
    revenues = [row["revenue"] for row in gaps if row["revenue"] is not None]
    assert revenues == sorted(revenues, reverse=True)


def test_attention_is_one_number_everywhere(ask_sample: AskSample, choice: Filters) -> None:
    accounts = {row["account_id"]: row for row in _in_programme(ask_sample, choice)}
    needy = ask_sample("attention", choice).to_dicts()
    serious = [row for row in ask_sample("attention_reasons", choice).to_dicts() if row["serious"]]
    tally = _tally(serious, "account_id")
    assert {row["account_id"]: row["serious"] for row in needy} == tally
    assert {key: row["attention"] for key, row in accounts.items()} == {key: tally.get(key, 0) for key in accounts}
    assert ask_sample("portfolio", choice)["attention_accounts"][0] == len(needy)


def test_plans_are_one_health_everywhere(ask_sample: AskSample, choice: Filters) -> None:
    accounts = _in_programme(ask_sample, choice)
    plans = ask_sample("plan_health", choice).to_dicts()
    assert {row["account_id"]: row["health"] for row in plans} == {
        row["account_id"]: row["plan_status"] for row in accounts
    }


def test_the_card_says_what_the_accounts_say(ask_sample: AskSample, sample_portfolio: Portfolio) -> None:
    accounts = ask_sample("accounts", Filters()).sort("account_id")
    card = sample_portfolio.card(Filters()).sort("account_id")
    twins = {"internal": "internal_status", "external": "external_status", "plan": "plan_status"}
    twins |= {"weakest": "weakest_factor", "growth": "revenue_growth"}
    same = ("account_id", "name", "tier", "status", "region", "coverage", "quadrant", "attention", "revenue")
    twins |= {name: name for name in (*same, "profit", "margin", "profit_index", "value_at_stake", "index")}
    for mine, theirs in twins.items():
        assert card[mine].to_list() == accounts[theirs].to_list(), mine
