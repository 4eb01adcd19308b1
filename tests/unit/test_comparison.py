"""The change against a chosen day: over the same base on both days, named, and never where one day does not know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from kaptui.filters import Context
from kaptui.panels import PANELS
from kaptui.panels.comparison import MOST_IN_A_TABLE, questions, with_changes, words
from kaptui.views import Bars, Curve, Figures, Notes, Table, View
from tests.contexts import CONTEXT
from tests.engine.test_panels import answer

DAY = "vs review Q3 2026"
EARLIER = replace(CONTEXT, as_of=CONTEXT.since)
Answers = dict[str, pl.DataFrame]


def account(name: str, **amounts: Any) -> dict[str, Any]:
    return {"account_id": name, "name": f"Account {name}", "months": 12, "factors_known": 6, **amounts}


def since(*effects: tuple[str, float | None]) -> pl.DataFrame:
    """The answer that tells how profit moved."""
    return answer("profit_since", *({"account_id": name, "effect": effect} for name, effect in effects))


def compare(
    question: str, now: Answers, then: Answers, view: View | None = None, earlier: Context = EARLIER
) -> tuple[View, str]:
    shown = view or PANELS[question].view(now[question], CONTEXT)
    return with_changes(shown, question, now, then, CONTEXT, earlier)


def column_of(view: View, name: str) -> list[str]:
    """What the cells of a column say."""
    assert isinstance(view, Table)
    column = next(one for one in view.columns if one.name == name)
    assert column.text is not None
    return [column.text(row) for row in view.frame.iter_rows(named=True)]


def test_a_list_gets_a_column_behind_each_that_moved_and_blanks_where_one_day_does_not_know() -> None:
    now = {
        "accounts": answer(
            "accounts",
            account("A", revenue=5e6, margin=0.12, index=50.0),
            account("B", revenue=4e6, margin=0.1, index=40.0),
            account("C", revenue=3e6, index=None),
            account("D", revenue=2e6, index=30.0),
        ),
        "profit_since": since(("A", -2e5), ("B", 0.0), ("C", None), ("D", None)),
    }
    earlier = answer(
        "accounts",
        account("B", revenue=4e6, margin=0.12, index=40.0),
        account("A", revenue=6e6, margin=0.1, index=62.5),
        account("C", months=7, revenue=9e6, index=20.0),
    )
    shown, title = compare("accounts", now, {"accounts": earlier})
    assert title == DAY
    assert column_of(shown, "vs_revenue") == ["-1.0m", "0", "", ""], "seven months are not compared with twelve"
    assert column_of(shown, "vs_profit") == ["-0.2m", "0", "", ""]
    assert isinstance(shown, Table)
    names = [one.name for one in shown.columns]
    assert names[names.index("profit") + 1] == "vs_profit"
    asked = {one.name: one.measure for one in shown.columns}
    assert (asked["vs_profit"], asked["vs_revenue"]) == ("profit_since.effect", "revenue"), "what w explains"
    assert sum(name.startswith("vs_") for name in names) <= MOST_IN_A_TABLE
    labels = [one.label for one in shown.columns]
    assert len(labels) == len(set(labels))
    assert shown.frame["name"].to_list() == [f"Account {one}" for one in "ABCD"], "the order stays"


def test_a_change_of_shares_is_said_in_points() -> None:
    mix = answer("value_mix", account("A", revenue=5e6, margin=0.12))
    before = answer("value_mix", account("A", revenue=5e6, margin=0.139))
    shown, _ = compare("value_mix", {"value_mix": mix, "profit_since": since()}, {"value_mix": before})
    assert column_of(shown, "vs_margin") == ["-1.9 pts"]
    assert [words(*one) for one in ((0.0, "money"), (0.02, "share"), (-12.5, "index"), (3.0, "integer"))] == [
        "unchanged",
        "+2.0 points",
        "-13",
        "+3",
    ]
    assert [words(one, "number") for one in (0.25, -0.25)] == ["+0.25", "-0.25"]


def test_noise_of_floats_does_not_round_another_way() -> None:
    here = answer("accounts", account("A", index=29.166666666666668))
    then = answer("accounts", account("A", index=41.66666666666666))
    shown, _ = compare("accounts", {"accounts": here, "profit_since": since()}, {"accounts": then})
    assert column_of(shown, "vs_index") == ["-13"]


def test_a_sum_says_over_how_many_its_change_runs_and_a_count_needs_the_same_base() -> None:
    summary = {"accounts": 3, "programme_accounts": 3, "revenue": 9e6, "profit": 1e6, "fully_covered": 2}
    now = {
        "portfolio": answer("portfolio", {**summary, "attention_accounts": 1}),
        "accounts": answer("accounts", *(account(one, revenue=3e6) for one in "ABC")),
        "profit_since": since(("A", -2e5), ("B", 5e4), ("C", None)),
    }
    then = {
        "portfolio": answer("portfolio", {**summary, "programme_accounts": 4, "fully_covered": 4}),
        "accounts": answer("accounts", account("A", revenue=1e6), account("B", revenue=4e6)),
    }
    shown, title = compare("portfolio", now, then)
    assert isinstance(shown, Figures)
    assert title == DAY
    told = {one.measure: (one.change, one.note) for one in shown.figures}
    assert told["revenue"][0] == "+1.0m"
    assert told["revenue"][1].startswith(f"+1.0m {DAY}, 2 of 3 known at both")
    assert told["profit"][0] == "-0.15m"
    assert told["fully_covered"][0] == "", "another number of accounts"


def test_a_bar_says_its_change_first_and_is_found_by_what_it_stands_for() -> None:
    def managers(*rows: tuple[str, int, int]) -> pl.DataFrame:
        return answer(
            "plans_by_manager",
            *(
                {"manager_id": name, "manager": name, "accounts": whole, "not_alive": part}
                for name, part, whole in rows
            ),
        )

    now, then = managers(("Ada", 3, 5), ("Bo", 1, 4), ("Cy", 0, 2)), managers(("Bo", 2, 4), ("Ada", 3, 4))
    shown, title = compare("plans_by_manager", {"plans_by_manager": now}, {"plans_by_manager": then})
    assert isinstance(shown, Bars)
    assert title == DAY
    assert [(one.label, one.change) for one in shown.bars] == [("Ada", ""), ("Bo", "-1"), ("Cy", "")]
    assert shown.bars[1].note.startswith("-1")


def test_a_panel_that_compares_nothing_says_so_and_one_that_does_so_itself_names_the_day() -> None:
    shown = Curve((), "accounts", "profit")
    assert questions("whale_curve") == questions("factor_summary") == ([], [])
    assert with_changes(shown, "whale_curve", {}, {}, CONTEXT, EARLIER) == (shown, "not compared")
    bars = Bars(())
    assert with_changes(bars, "factor_summary", {}, {}, CONTEXT, EARLIER) == (bars, DAY)
    assert with_changes(bars, "profit_bridge", {}, {}, CONTEXT, EARLIER) == (bars, "against a year earlier")
    note = Notes(("nothing",))
    assert with_changes(note, "accounts", {}, {}, CONTEXT, EARLIER) == (note, "")


def test_nothing_known_then_is_said_and_money_of_other_windows_is_not_compared() -> None:
    accounts = answer("accounts", account("A", revenue=5e6, margin=0.1, index=50.0))
    now = {"accounts": accounts, "profit_since": since(("A", None))}
    bare = {"accounts": answer("accounts", account("A", months=0))}
    plain = PANELS["accounts"].view(accounts, CONTEXT)
    assert compare("accounts", now, bare, plain) == (plain, f"nothing to compare {DAY}")
    longer = {"accounts": answer("accounts", account("A", revenue=9e6, margin=0.2, index=20.0))}
    shown, title = compare("accounts", now, longer, earlier=replace(EARLIER, window_months=6))
    assert title == f"{DAY}, money not: 12 months, 6 then"
    assert isinstance(shown, Table)
    assert [one.name for one in shown.columns if one.name.startswith("vs_")] == ["vs_margin", "vs_index"]


def test_every_comparison_names_columns_that_its_questions_promise() -> None:
    for name, panel in PANELS.items():
        for column, base in panel.comparison.columns.items():
            question, _, measure = column.rpartition(".")
            promise = PANELS[question or name].promise
            assert promise[measure] not in ("text", "date", "flag"), (name, column)
            assert not base or base in promise, (name, column)
        for told in panel.comparison.changes.values():
            question, _, measure = told.partition(".")
            assert PANELS[question].promise[measure] == "money"
