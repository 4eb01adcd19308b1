"""The panels of scores, money and sponsorship from small hand-made answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from kaptui.panels import PANELS
from kaptui.panels.value_groups import by_group
from kaptui.views import Bars, Curve, MonthBars, Table, Waterfall
from tests.engine.test_panels import answer, bars, cells, table, view


def test_factor_scores_mark_red_and_expired() -> None:
    shown = table(
        "factor_scores",
        {
            "index": 25.0,
            "score": 1.0,
            "scale_max": 4.0,
            "freshness": "fresh",
            "change": -25.0,
            "claim": "supported",
        },
        {"index": 75.0, "score": 3.0, "scale_max": 4.0, "freshness": "expired", "claim": "unknown"},
        {"freshness": "missing"},
        {"index": 100.0, "freshness": "ageing", "change": 0.0, "claim": "overclaimed"},
        state=pl.Series(["red", "unknown", "unknown", "green"]),
    )
    assert cells(shown, "index") == [("25!", "bad"), ("75~", "muted"), ("--", "muted"), ("100", "good")]
    assert [text for text, _ in cells(shown, "score")] == ["1 of 4", "3 of 4", "--", "--"]
    assert [text for text, _ in cells(shown, "change")] == ["-25 worse", "", "", "unchanged"]
    assert [state for _, state in cells(shown, "claim")] == ["good", "muted", "muted", "bad"]
    assert shown.caption == "2 of 4 scores valid"


def whale(*profits: float, share_of_sum: bool = True, exited: str = "") -> Curve:
    total, running, rows = sum(profits), 0.0, []
    for rank, profit in enumerate(profits, start=1):
        running += profit
        row: dict[str, Any] = {"rank": rank, "account_id": f"A{rank}", "profit": profit}
        row |= {"cumulative_profit": running, "account_share": rank / len(profits), "exited": f"A{rank}" in exited}
        rows.append(row | ({"cumulative_share": running / total} if share_of_sum else {}))
    shown = view("whale_curve", *rows)
    assert isinstance(shown, Curve)
    return shown


def test_whale_curve_as_shares() -> None:
    shown = whale(6e6, 4.4e6, -1.2e6, -0.0)
    (line,) = shown.lines
    assert line.xs == (0, 25, 50, 75, 100)
    assert line.ids == ("", "A1", "A2", "A3", "A4")
    assert line.ys == pytest.approx((0, 6 / 9.2, 10.4 / 9.2, 1, 1))
    assert (shown.levels, shown.y_kind) == ((1.0,), "share")
    assert (
        shown.caption == "peak 113 % (10.4m) at 2 of 4; 1 gives back 1.2m; end 100 % (9.2m); the best 1 of 4 makes 65 %"
    )
    told = whale(6e6, 4.4e6, -1.2e6, -1e5, exited="A1 A3").caption
    assert "2 give back 1.3m, 1 exited;" in told, "who left counts where he gives back, and nowhere else"
    assert whale(1e6, 1e6).caption == (
        "peak 100 % (2.0m) at 2 of 2; none gives back; end 100 % (2.0m); the best 1 of 2 makes 50 %"
    )


def test_whale_curve_in_money_where_the_sum_is_no_profit() -> None:
    shown = whale(1e6, -3e5, -1.1e6, share_of_sum=False)
    assert shown.lines[0].ys == (0, 1e6, 7e5, -4e5)
    assert (shown.levels, shown.y_kind, shown.y_title) == ((0.0,), "money", "cumulative profit, EUR")
    assert shown.caption == "peak 1.0m at 1 of 3; 2 give back 1.4m; end -0.4m"
    assert whale(-5e5, share_of_sum=False).caption == "no account makes a profit; 1 gives back 0.5m; end -0.5m"


def months(first: date, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"month": date(first.year, first.month + at, 1), **row} for at, row in enumerate(rows)]


def test_revenue_trend_leaves_gaps_where_nothing_is_known() -> None:
    known = {"revenue": 10e6, "profit": 1e6, "margin": 0.1, "accounts": 24, "budgeted_accounts": 0}
    rows = months(date(2026, 1, 1), known, {**known, "profit": None}, known, {**known, "accounts": 1})
    del rows[2]
    shown = view("revenue_trend", *reversed(rows))
    assert isinstance(shown, MonthBars)
    assert (shown.bar_label, shown.line_labels, shown.unit) == ("profit", ("revenue",), "EUR")
    assert [(one.label, one.bar, one.lines) for one in shown.months] == [
        ("Jan 2026", 1e6, (10e6,)),
        ("Feb 2026", None, (10e6,)),
        ("Mar 2026", None, (None,)),
        ("Apr 2026", 1e6, (10e6,)),
    ]
    assert shown.caption == "Apr 2026: revenue 10.0m, profit 1.0m, margin 10 %, 1 account"


def test_every_month_between_the_first_and_the_last_has_its_place() -> None:
    rows = [{"month": date(2024 + at // 12, at % 12 + 1, 1), "revenue": 1.0, "accounts": 1} for at in (0, 29)]
    shown = view("revenue_trend", *rows)
    assert isinstance(shown, MonthBars)
    assert [(one.label, one.item, one.id) for one in shown.months[:2]] == [
        ("Jan 2024", "2024-01-01", "2024-01-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
    ]
    assert len(shown.months) == 30
    assert shown.months[-1].label == "Jun 2026"


def test_account_financials_of_one_and_of_several() -> None:
    row = {"account_id": "A1", "revenue": 1e6, "profit": -5e4, "budget_revenue": None}
    rows = months(date(2026, 1, 1), row, row, row)
    rows.append({**row, "month": date(2025, 10, 1), "revenue": 9e6})
    shown = view("account_financials", *rows)
    assert isinstance(shown, MonthBars)
    assert shown.line_labels == ("revenue",)
    assert [one.bar for one in shown.months] == [-5e4, None, None, -5e4, -5e4, -5e4]
    assert shown.caption == "12 months to Oct 2026: revenue 3.0m, profit -0.15m"
    rows[0]["profit"] = None
    rows[1]["budget_revenue"] = 2e6
    gap = view("account_financials", *rows)
    assert isinstance(gap, MonthBars)
    assert gap.caption.endswith("profit n/a")
    assert gap.line_labels == ("revenue", "budget")
    assert [one.lines[1] for one in gap.months] == [None] * 4 + [2e6, None]
    assert isinstance(view("account_financials", rows[0], {**rows[1], "account_id": "A2"}), Table)


def test_value_mix_shows_gaps_in_points_and_counts_the_unknown() -> None:
    helvia = {"name": "Helvia", "revenue": 14.1e6, "profit": -6e5, "margin": -0.043, "share_gap": -0.179}
    shown = table("value_mix", helvia, {"name": "New", "revenue": 1e6})
    assert cells(shown, "share_gap") == [("-17.9", ""), ("n/a", "")]
    assert cells(shown, "profit") == [("-0.6m", "bad"), ("n/a", "")]
    assert shown.caption == "2 accounts, 1 with unknown profit have no share"
    assert {each.name for each in (*shown.columns, *shown.more)} == set(PANELS["value_mix"].promise)


def test_value_mix_marks_empty_growth_and_says_what_a_lever_assumes() -> None:
    hollow = {
        "name": "Helvia",
        "revenue_growth": 0.076,
        "empty_growth": True,
        "lever_kind": "price",
        "lever_gain": 4.2e5,
        "profit": 1.0,
    }
    shown = table("value_mix", hollow, {"revenue_growth": -0.02, "empty_growth": False, "profit": 2.0})
    assert cells(shown, "revenue_growth") == [("+7.6 %", "bad"), ("-2.0 %", "")]
    assert cells(shown, "lever") == [("+0.42m price", ""), ("", "")]
    assert shown.caption == (
        "1 with revenue up, profit down: Helvia; 2 accounts, "
        "lever: price rise with volume unchanged, or cost to serve at the programme's rate, or to programme margin"
    )


def side(account: str, side: str, status: str, revenue: float | None = 1e6) -> dict[str, Any]:
    return {"account_id": account, "side": side, "status": status, "revenue": revenue}


def test_sponsorship_coverage_counts_sides_and_weighs_known_revenue() -> None:
    rows = [side("A1", "internal", "covered", 3e6), side("A1", "external", "covered", 3e6)]
    rows += [side("A2", "internal", "covered"), side("A2", "external", "new")]
    rows += [side("A3", "internal", "stale", None), side("A3", "external", "uncovered", None)]
    shown = view("sponsorship_coverage", *rows)
    drawn = {bar.narrow: bar for bar in bars(shown)}
    assert list(drawn)[:4] == ["internal:covered", "internal:stale", "internal:new", "internal:uncovered"]
    best = drawn["internal:covered"]
    assert (best.text, best.note, best.state) == ("2 of 3", "100 % of revenue", "good")
    assert best.value == 200 / 3
    assert (drawn["internal:stale"].text, drawn["internal:stale"].note) == ("1 of 3", "0 % of revenue")
    assert (drawn["external:new"].note, drawn["external:new"].state) == ("25 % of revenue", "muted")
    assert (drawn["external:stale"].text, drawn["external:stale"].state) == ("0 of 3", "")
    assert drawn["external:uncovered"].state == "bad"
    assert isinstance(shown, Bars)
    assert shown.caption == "both sides covered: 1 of 3 accounts, 75 % of revenue"


def test_sponsorship_coverage_without_known_revenue_or_without_a_side() -> None:
    shown = view("sponsorship_coverage", side("A1", "internal", "uncovered", None))
    drawn = {bar.narrow: bar for bar in bars(shown)}
    assert (drawn["internal:uncovered"].text, drawn["internal:uncovered"].note) == ("1 of 1", "")
    assert (drawn["external:covered"].value, drawn["external:covered"].text) == (None, "0 of 0")


def test_sponsorship_gaps_count_each_account_once() -> None:
    rows = [
        side("A1", "internal", "uncovered"),
        side("A1", "external", "stale"),
        side("A2", "internal", "stale"),
    ]
    rows[0] |= {"suggested": "M. [Osei]\x1b", "suggested_id": "O", "why": "sponsor left"}
    shown = table("sponsorship_gaps", *rows)
    assert [text for text, _ in cells(shown, "suggested")] == ["M. [Osei]␛", "nobody left", "nobody left"]
    assert [state for _, state in cells(shown, "status")] == ["bad", "warn", "warn"]
    assert cells(shown, "why")[0][0] == "sponsor left"
    filled = "one proposal fills 1 with 1 leader, nobody left for 2"
    assert shown.caption == f"3 sides open or silent at 2 accounts, 2.0m revenue; {filled}"


def test_sponsorship_gaps_say_what_the_one_proposal_fills() -> None:
    """Leaders count once however many sides they take, and by id: two may have one name."""
    rows = [side("A1", "internal", "stale"), side("A1", "external", "stale"), side("A2", "internal", "stale")]
    assert table("sponsorship_gaps", *rows).caption.endswith("; no leader is free")
    rows[0] |= {"suggested": "Nel", "suggested_id": "Nel"}
    rows[1] |= {"suggested": "Nel", "suggested_id": "another Nel"}
    told = table("sponsorship_gaps", *rows).caption
    assert told.endswith("; one proposal fills 2 with 2 leaders, nobody left for 1")
    rows[2] |= {"suggested": "Nel", "suggested_id": "Nel"}
    assert table("sponsorship_gaps", *rows).caption.endswith("; one proposal fills 3 with 2 leaders")


def test_sponsor_load_marks_the_overloaded_and_those_who_leave() -> None:
    common = {"touches_made": 3, "touches_due": 8, "revenue": 18.3e6}
    shown = table(
        "sponsor_load",
        {"person_id": "P1", "accounts": 6, "load": "over", "orphan_risk": True, **common},
        {"person_id": "P2", "accounts": 4, "load": "warn", "orphan_risk": False, **common},
        {"person_id": "P3", "accounts": 1, "load": "ok", "orphan_risk": False, **common},
    )
    assert shown.key == "person_id"
    assert cells(shown, "accounts") == [("6 over", "bad"), ("4 near", "warn"), ("1", "good")]
    assert cells(shown, "orphan_risk") == [("leaving", "bad"), ("", ""), ("", "")]
    assert cells(shown, "touches_made")[0][0] == "3, 8 due"
    assert shown.caption == "3 sponsors, 1 over the limit, 1 leaving"


def test_the_bridge_hangs_its_steps_and_names_what_carried_the_change() -> None:
    amounts = {"start": 10e6, "size": 2e6, "mix": -0.5e6, "gross_margin_rate": -3e6, "currency": 0.0, "end": 8.5e6}
    shown = view("profit_bridge", *({"step": step, "amount": amount} for step, amount in amounts.items()))
    assert isinstance(shown, Waterfall)
    assert [(one.label, one.start, one.end, one.text, one.state) for one in shown.steps] == [
        ("A year earlier", 0, 10e6, "10.0m", ""),
        ("Change in revenue", 10e6, 12e6, "+2.0m", "good"),
        ("Mix of accounts", 12e6, 11.5e6, "-0.5m", "bad"),
        ("Gross margin", 11.5e6, 8.5e6, "-3.0m", "bad"),
        ("Currency", 8.5e6, 8.5e6, "0", "muted"),
        ("This window", 0, 8.5e6, "8.5m", ""),
    ]
    assert shown.caption == "-1.5m worse, hurt most by gross margin -3.0m, helped by change in revenue +2.0m"
    better = {"start": 1e6, "size": 5e5, "mix": -2e5, "end": 1.3e6}
    risen = view("profit_bridge", *({"step": step, "amount": amount} for step, amount in better.items()))
    assert isinstance(risen, Waterfall)
    assert risen.caption == "+0.3m better, helped most by change in revenue +0.5m, hurt by mix of accounts -0.2m"
    same = {"start": 1e6, "size": 2e5, "mix": -2e5, "end": 1e6}
    still = view("profit_bridge", *({"step": step, "amount": amount} for step, amount in same.items()))
    assert isinstance(still, Waterfall)
    assert still.caption == "profit unchanged in a year, change in revenue +0.2m, mix of accounts -0.2m"


def test_groups_are_pairs_of_bars_from_one_zero() -> None:
    rows: list[dict[str, Any]] = [
        {"grouped_by": "region", "group_name": "DACH", "accounts": 3, "revenue": 6e6, "profit": 1.3e6}
        | {"revenue_share": 0.6, "profit_share": 1.3, "share_gap": 0.7, "unknown_accounts": 1},
        {"grouped_by": "region", "group_name": None, "accounts": 2, "revenue": 4e6, "profit": -0.3e6}
        | {"revenue_share": 0.4, "profit_share": -0.3, "share_gap": -0.7, "unknown_accounts": 0},
        {"grouped_by": "tier", "group_name": "1", "accounts": 5, "unknown_accounts": 1},
    ]
    shown = by_group(answer("value_groups", *rows), "region")
    assert [(bar.label, bar.value, bar.text, bar.state, bar.narrow) for bar in shown.bars] == [
        ("DACH", 0.6, "60 %", "muted", "region:DACH"),
        ("", 1.3, "130 %", "good", "region:DACH"),
        ("n/a", 0.4, "40 %", "muted", ""),
        ("", -0.3, "-30 %", "bad", ""),
    ]
    assert (shown.low, shown.high) == (-0.3, 1.3)  # over 100 % and below 0 both have room
    assert shown.bars[1].note == "1.3m profit, gap +70.0 points"
    assert shown.caption == "by region: share of revenue above, of profit below, 1 unknown left out"
