"""Every cell, subtotal and pinned line of the heatmap over the sample equals what plain Python makes of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from kaptui.filters import Filters
from kaptui.panels.heatmap import heatmap
from kaptui.panels.heatmap_modes import MODES
from kaptui.portfolio import Portfolio
from kaptui.views import Table
from tests.reference.case import Case
from tests.reference.factors import factor_accounts, factor_groups
from tests.reference.facts import Facts, Row
from tests.reference.scores import colour, index_of, indexes, move, pair, valid

NOW = Filters(where="-status:exited")
SIGNS = {"red": "!", "amber": "~", "green": "", "unknown": ""}


@pytest.fixture(scope="module")
def case(sample_facts: Facts) -> Case:
    """The sample without exited accounts."""
    kept = {key for key, row in sample_facts.accounts.items() if row["status"] != "exited"}
    return Case.of(sample_facts, NOW, kept)


@pytest.fixture(scope="module")
def draw(remembered_sample: Portfolio) -> Callable[[str, str], Table]:
    """The heatmap in a mode and grouping."""
    frames = [remembered_sample.ask(name, NOW) for name in ("factor_scores", "factor_accounts", "factor_groups")]
    context = remembered_sample.context(NOW)
    modes = {mode.name: mode for mode in MODES}
    return lambda mode, grouping: heatmap(frames[0], frames[1], frames[2], context, modes[mode], grouping)


def whole(value: float) -> str:
    """Rounded half up; the sample has no index in which a half could be lost in binary."""
    rounded = int(abs(value) + 0.5)
    return f"-{rounded}" if value < 0 and rounded else str(rounded)


def signed(value: float) -> str:
    """With its sign, except for zero; below one point with a decimal."""
    if value == 0:
        return "0"
    text = whole(value) if abs(value) >= 1 else f"{value:.1f}"
    return text if value < 0 else f"+{text}"


def said(case: Case, account_id: str, factor: Row) -> Mapping[str, str]:
    """What the cell must say in each mode, without blanks."""
    row = pair(case, account_id, factor["factor_id"])
    counted = indexes(case, account_id).get(factor["code"])
    expired = "x" if row["freshness"] == "expired" else ""
    arrow = {"rose": "▲", "fell": "▼"}.get(move(case, row["change"]) or "", "")
    sure = {"high": "high", "medium": "med~", "low": "low!"}.get(row["confidence"] or "", "--")
    claim = {"overclaimed": "!", "underclaimed": "~"}.get(row["claim"], "")
    gap = None if counted is None or row["evidence_index"] is None else counted - row["evidence_index"]
    fell = "!" if arrow == "▼" else ""
    days = "" if row["assessed_on"] is None else str((case.as_of - row["assessed_on"]).days)
    weak = {"red": "■", "amber": "▪", "green": "·"}.get(colour(case, counted), "")
    return {
        "weak": "?" if row["index"] is None else expired or f"{arrow}{weak}",
        "index": "--"
        if row["index"] is None
        else f"{expired or arrow}{whole(row['index'])}{SIGNS[colour(case, counted)]}",
        "change": f"{expired}--" if row["change"] is None else f"{signed(row['change'])}{fell}",
        "age": f"{expired}{days}{'~' if row['freshness'] == 'ageing' else ''}" or "--",
        "confidence": f"{expired}{sure.rstrip('!~') if expired else sure}",
        "claim": f"{expired}--" if gap is None else f"{signed(gap)}{claim}",
    }


def weakest_first(case: Case) -> list[str]:
    """A problem of the programme first, then the lowest mean."""
    rows = [row for row in factor_groups(case) if row["grouping"] == "all"]
    order = sorted(rows, key=lambda row: (not row["programme_problem"], row["mean"], row["factor_id"]))
    return [row["code"] for row in order]


@pytest.mark.parametrize("mode", [mode.name for mode in MODES])
def test_every_cell(case: Case, draw: Callable[[str, str], Table], mode: str) -> None:
    table = draw(mode, "")
    factors = {row["code"]: row for row in case.facts["success_factor"]}
    cells = [column for column in table.columns if column.item]
    assert [column.item for column in cells] == weakest_first(case)
    assert sorted(weakest_first(case)) == sorted(factors)
    rows = table.frame.to_dicts()
    assert [row["account_id"] for row in rows] == [row["account_id"] for row in factor_accounts(case)]
    wrong = []
    for row in rows:
        for column in cells:
            assert column.text is not None
            expected = said(case, row["account_id"], factors[column.item])[mode]
            found = column.text(row).replace(" ", "")
            wrong += [(row["name"], column.item, found, expected)] if found != expected else []
    assert not wrong
    assert len({column.text(row) for row in rows for column in cells if column.text}) > 3, "a table of one value"


def test_red_and_index_of_every_row(case: Case, draw: Callable[[str, str], Table]) -> None:
    expected = {row["account_id"]: row for row in factor_accounts(case)}
    column = next(one for one in draw("index", "").columns if one.name == "red")
    assert column.text is not None
    for row in draw("index", "").frame.iter_rows(named=True):
        mine = expected[row["account_id"]]
        mark = "!" if mine["red"] >= 3 else ""
        assert column.text(row) == (f"{mine['red']}/{mine['factors_known']}{mark}" if mine["factors_known"] else "--")
        assert row["index"] == pytest.approx(mine["index"])


@pytest.mark.parametrize("grouping", ["region", "tier", "manager", "industry"])
def test_every_subtotal_and_pinned_line(case: Case, draw: Callable[[str, str], Table], grouping: str) -> None:
    groups: dict[Any, dict[str, Row]] = {}
    for row in factor_groups(case):
        groups.setdefault((row["grouping"], row["value"]), {})[row["code"]] = row
    table = draw("index", grouping)
    assert {one.value for one in table.subtotals} == {value for name, value in groups if name == grouping}
    for one in table.subtotals:
        for code, row in groups[grouping, one.value].items():
            mean = "--" if row["mean"] is None else whole(row["mean"]) + SIGNS[colour(case, row["mean"])]
            assert one.texts[f"factor.{code}"].strip() == mean
            assert f"({row['accounts']})" in one.texts["name"]
            if row["index_mean"] is not None:
                assert one.texts["index"] == whole(row["index_mean"])
    means, weighted, red = table.foot
    for code, row in groups["all", None].items():
        name, mark = f"factor.{code}", "!" if row["programme_problem"] else ""
        assert means[name].strip() == whole(row["mean"]) + SIGNS[colour(case, row["mean"])]
        assert weighted[name].strip() == whole(row["weighted_mean"])
        assert red[name].strip() == f"{row['red']}/{row['accounts_known']}{mark}"
        assert (means["index"], weighted["index"]) == (whole(row["index_mean"]), whole(row["index_weighted"]))


@pytest.mark.parametrize(
    ("mode", "lines"),
    [
        ("weak", (("red", "accounts_known"), ("unknown", "accounts"))),
        ("change", (("fell", "pairs"), ("rose", "pairs"))),
        ("age", (("fresh", "accounts"), ("expired", "accounts"), ("missing", "accounts"))),
        ("confidence", (("high", "accounts_known"), ("medium", "accounts_known"), ("low", "accounts_known"))),
        ("claim", (("overclaimed", "claims_checked"), ("underclaimed", "claims_checked"))),
    ],
)
def test_pinned_counts(
    case: Case, draw: Callable[[str, str], Table], mode: str, lines: tuple[tuple[str, str], ...]
) -> None:
    foot = [line for line in draw(mode, "").foot if line["name"] not in ("Mean", "Mean change")]
    for row in (row for row in factor_groups(case) if row["grouping"] == "all"):
        found = [line[f"factor.{row['code']}"].strip().rstrip("!") for line in foot]
        # of nothing there is no part: "--" where no claim could be judged
        assert found == [f"{row[part]}/{row[base]}" if row[base] else "--" for part, base in lines]


def test_a_cell_knows_what_it_measures(case: Case, draw: Callable[[str, str], Table]) -> None:
    for mode in MODES:
        cells = [one for one in draw(mode.name, "").columns if one.item]
        assert {one.measure for one in cells} == {"claim" if mode.name == "claim" else "factor_index"}
    factor = case.facts["success_factor"][0]
    assert index_of(valid(case.facts, "KA002", factor, case.as_of), factor) == 25
