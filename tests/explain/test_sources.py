"""The rows an explanation names exist in the files, hold what it says, and no shown number goes unexplained."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from kaptui.errors import NoRule
from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import measure_of, measures
from kaptui.resources import sample_dir
from kaptui.ui.explain.number_at_cursor import number_in_cell
from kaptui.views import Bars, Column, Curve, Figures, MonthBars, Row, Table, Waterfall
from tests.explain.explaining import Why, why

CHOSEN = Filters(where="-status:exited")

DAYS = {
    "assessment": "assessed_on", "sponsorship": "start_on", "activity": "occurred_on", "plan_review": "reviewed_on",
    "plan": "start_on", "financial_period": "period_start", "objective": "due_on",
}  # fmt: skip
"""The column that holds the day an input names."""


@cache
def lines(file: str) -> list[dict[str, str]]:
    """The rows of a file; the first has number 2."""
    with (sample_dir() / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def named(source: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    """The file and each row that a source names: "a.csv row 3; b.csv rows 4-6", "a.csv rows 2, 9"."""
    for part in (source or "").split("; "):
        file, _, rows = re.sub(" rows? ", "|", re.sub(r", \.\.\. \d+ more", "", part), count=1).partition("|")
        for piece in filter(None, rows.split(", ")):
            first, _, last = piece.partition("-")
            for number in range(int(first), int(last or first) + 1):
                yield file, lines(file)[number - 2]


CASES = [
    (measure, account, item)
    for account in ("KA001", "KA002", "KA004", "KA013", "KA047")
    for measure, item in (
        ("revenue", ""), ("profit", ""), ("margin", ""), ("cogs", ""), ("revenue_growth", ""), ("profit_change", ""),
        ("index", ""), ("factor_index", "TOP"), ("factor_index", "LON"), ("change", "QUA"), ("claim", "KAM"),
        ("internal_status", ""), ("external_status", ""), ("coverage", ""), ("thread", ""), ("plan_status", ""),
        ("tier", ""), ("manager", ""), ("executive_sponsor", ""), ("recognition", ""),
        ("account_financials.revenue", "2026-09-01"),
    )
]  # fmt: skip


Asker = Callable[[str, str, str], Why]


@pytest.fixture(scope="module")
def explained(remembered_sample: Portfolio) -> Asker:
    """Explain a number of the sample; what many panels and cases share is asked once."""
    known: dict[tuple[str | None, ...], Why | NoRule] = {}

    def ask(measure: str, account: str, item: str) -> Why:
        question, _, column = measure.rpartition(".")
        rule = measure_of(column, question or ("" if account else "portfolio"))
        key = (rule, column, account, item)
        if rule is None or key not in known:
            try:
                known[key] = why(remembered_sample, measure, account, item, CHOSEN)
            except NoRule as error:
                known[key] = error
        found = known[key]
        if isinstance(found, NoRule):
            raise found
        return found

    return ask


@pytest.fixture(scope="module")
def told(explained: Asker) -> dict[tuple[str, str, str], Why]:
    return {case: explained(*case) for case in CASES}


def test_every_row_named_exists_belongs_to_the_account_and_has_its_day(told: dict[tuple[str, str, str], Why]) -> None:
    seen = set()
    for (measure, account, _), explanation in told.items():
        for row in explanation.inputs:
            for file, line in named(row["source"]):
                table = file.removesuffix(".csv")
                seen.add(table)
                about = f"{measure} of {account}: {row['label']}, {row['source']}"
                assert line.get("account_id", account) == account, about
                days = (
                    table in DAYS
                    and row["on_date"] is not None
                    and ";" not in row["source"]
                    and "rows" not in row["source"]
                )
                if days and not row["label"].startswith("Overdue"):
                    assert line[DAYS[table]] == row["on_date"].isoformat(), about
    assert seen >= {*DAYS, "account", "person", "fx_rate", "stakeholder"} - {"objective"}


def test_months_hold_the_amounts_told(told: dict[tuple[str, str, str], Why]) -> None:
    """Revenue of the row, times the rate of the row where it is in another currency; profit less both costs."""
    for account in ("KA001", "KA002", "KA004"):
        for measure, columns in (
            ("revenue", ("revenue",)),
            ("cogs", ("cogs",)),
            ("profit", ("revenue", "cogs", "cost_to_serve")),
        ):
            months = [row for row in told[measure, account, ""].inputs if row["on_date"]]
            assert len(months) == 12
            for row in months:
                (_, booked), *rest = named(row["source"])
                rate = float(rest[0][1]["rate"]) if rest else 1.0
                first, *rest_of = (float(booked[column]) for column in columns)
                assert (booked["currency"] == "EUR") == (not rest)
                assert row["value"] == pytest.approx((first - sum(rest_of)) * rate, abs=1e-6)
                assert all(line["period_start"] == booked["period_start"] for _, line in rest)


def test_scores_and_people_stand_in_the_rows_told(told: dict[tuple[str, str, str], Why]) -> None:
    for (measure, *_), explanation in told.items():
        if measure == "factor_index" and explanation.value is not None:
            ((_, line),) = named(explanation.row("Score")["source"])
            assert float(line["score"]) == explanation.input("Score")
            assert (line["evidence"] or "none written") == explanation.row("Evidence")["words"]
            assert explanation.rule.endswith("counted to 366.")
        if measure == "internal_status":
            for row in explanation.all("Sponsor "):
                ((_, line),) = named(row["source"])
                people = {one["person_id"]: one["name"] for one in lines("person.csv")}
                assert row["label"] == f"Sponsor {people[line['person_id']]}"
                assert line["side"] == "internal"


def test_a_file_of_another_name_is_named_as_it_was(remembered_sample: Portfolio) -> None:
    """The loader keeps the name of the file a table was read from; without that it is the table's own."""
    row = why(remembered_sample, "index", "KA002").inputs[0]
    assert row["source"].startswith("assessment.csv row ")


WITHOUT_EXPLANATION = {
    ("factor_scores", "portfolio_median"), ("factor_trend", "change"), ("factor_trend", "mean."),
    ("value_mix", "months"), ("brief", "filter"), ("brief", "screen"),
}  # fmt: skip
"""Columns, or how their names begin, without an explanation of their own: there w says so in one line."""


def excused(question: str, column: str) -> bool:
    """Whether the list above names this column, or begins its name."""
    return any(one == question and column.startswith(name) for one, name in WITHOUT_EXPLANATION)


def shown_numbers(question: str, portfolio: Portfolio) -> Iterator[tuple[str, str, str, str]]:
    """Column, measure, account and item of what the panel shows of its first row; all figures, bars and steps."""
    frame = portfolio.ask(question, CHOSEN)
    view = PANELS[question].view(frame, portfolio.context(CHOSEN))
    match view:
        case Table():
            row = first_row(view)
            for column in (*view.columns, *view.more):
                asked = number_in_cell(question, row, column)
                yield column.name, asked.measure, asked.account_id, asked.item
        case Figures():
            for figure in view.figures:
                yield figure.label, f"{question}.{figure.measure}", figure.account_id, figure.item
        case Bars():
            for bar in view.bars:
                yield (
                    bar.label,
                    bar.measure if "." in bar.measure else f"{question}.{bar.measure}",
                    bar.account,
                    bar.item,
                )
        case Waterfall():
            for step in view.steps:
                yield step.label, f"{question}.{step.measure}", "", step.item
        case Curve():
            account = next((ids[1] for ids in (line.ids for line in view.lines) if ids), "KA001")
            yield "curve", view.measure if "." in view.measure else f"{question}.{view.measure}", account, ""
        case MonthBars():
            account = str(frame["account_id"][0]) if "account_id" in frame.columns else ""
            yield "months", view.measure, account, view.months[-1].item


def first_row(view: Table) -> Row:
    return view.frame.row(0, named=True)


@pytest.mark.parametrize("question", PANELS)
def test_every_number_shown_is_explained_or_a_fact_of_the_file(
    remembered_sample: Portfolio, explained: Asker, question: str
) -> None:
    unexplained = set()
    for column, measure, account, item in shown_numbers(question, remembered_sample):
        try:
            told = explained(measure, account, item)
        except NoRule:
            unexplained.add((question, column))
        else:
            assert told.of("value"), f"{question}.{column}: {measure} of {account} {item}"
            assert told.rule, f"{question}.{column} has no rule in words"
    left = {column for _, column in unexplained if not excused(question, column)}
    assert not left, "give it a file in queries/explain, or list it above"


def test_names_are_explained_once() -> None:
    names = [
        name for each in {id(one): one for one in measures().values()}.values() for name in (each.name, *each.also)
    ]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
    assert measure_of("revenue", "sponsor_load") == "sponsor_load.revenue"
    assert measure_of("revenue", "attention") == "revenue"
    assert measure_of("nonsense", "attention") is None


def test_cells_are_asked_about_by_row_and_column() -> None:
    cell = number_in_cell("factor_scores", {"account_id": "A", "code": "TOP"}, Column("index", "Index"))
    assert (cell.measure, cell.account_id, cell.item) == ("factor_scores.index", "A", "TOP")
    heat = number_in_cell(
        "factor_scores", {"account_id": "A"}, Column("QUA", "QUA", measure="factor_index", item="QUA")
    )
    assert (heat.measure, heat.account_id, heat.item) == ("factor_scores.factor_index", "A", "QUA")
    group: dict[str, Any] = {"dimension": "tier", "value": None, "side": "internal"}
    assert number_in_cell("coverage_breakdown", group, Column("stale", "Stale")).item == "tier||internal"
    month = number_in_cell("revenue_trend", {"month": date(2026, 9, 1)}, Column("profit", "Profit"))
    assert (month.account_id, month.item) == ("", "2026-09-01")
    for row in ({"account_id": "A"}, {"person_id": "P"}):
        column = Column("x", "X", measure="standing", item="P" if "account_id" in row else "A")
        asked = number_in_cell("sponsorship_matrix", row, column)
        assert (asked.account_id, asked.item) == ("A", "P")
