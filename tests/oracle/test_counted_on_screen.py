"""What the screens count themselves from several rows, against the same counts made from the rows of the reference.

The Overview's sponsorship, the group lines of Changes and the headline of Plans, over the sample and two made-up
portfolios, each opened once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kaptui.filters import Filters
from kaptui.headlines.plans import plans_headline
from kaptui.panels.co_innovation import at_margin
from kaptui.panels.spec import Scope
from kaptui.portfolio import Portfolio
from kaptui.screen_specs import changes as changes_screen
from kaptui.screen_specs import overview_views, value_views
from kaptui.text import money, of, share
from kaptui.text.words import side_words, status_words
from kaptui.views import Bar, Subtotal, Table
from tests.reference.bridge import profit_bridge
from tests.reference.case import Case
from tests.reference.changes import changes
from tests.reference.compare import choices, portfolio_of
from tests.reference.facts import Facts
from tests.reference.mechanisms import negotiation
from tests.reference.money import figures, quadrant, total
from tests.reference.plans import health
from tests.reference.sponsorship import SIDES, no_live_sponsor, side_of, sponsor_load
from tests.reference.value import co_innovation

SEEDS = (9, 17)
"""Made-up portfolios with sides of every status, leaders who leave, scores that moved, and plans."""

Opened = tuple[Portfolio, Filters, Case]


@pytest.fixture(scope="module", params=["sample", *SEEDS])
def opened(
    request: pytest.FixtureRequest,
    sample_portfolio: Portfolio,
    sample_facts: Facts,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Opened]:
    """A portfolio, the choices it is asked under, and the same in the reference."""
    if request.param == "sample":
        yield sample_portfolio, Filters(), Case.of(sample_facts, Filters(), set(sample_facts.accounts))
        return
    portfolio, facts = portfolio_of(request.param, tmp_path_factory.mktemp("made_up"))
    as_of = next(iter(choices(facts, request.param, 1)))[0].as_of
    filters = Filters(as_of=as_of)
    yield portfolio, filters, Case.of(facts, filters, set(facts.accounts))
    portfolio.close()


def bars(opened: Opened) -> dict[str, Bar]:
    """The lines of the Overview's sponsorship by their name."""
    portfolio, filters, _ = opened
    coverage, load = (portfolio.ask(question, filters) for question in ("sponsorship_coverage", "sponsor_load"))
    return {one.label: one for one in overview_views.sponsorship(coverage, load, portfolio.context(filters)).bars}


def test_the_overview_counts_the_sides_of_accounts(opened: Opened) -> None:
    case, lines = opened[2], bars(opened)
    for side in SIDES:
        states = [side_of(case, key, side).status for key in case.chosen_programme]
        line = lines[side_words(side)]
        assert line.text == (of(states.count("covered"), len(states)) if any(states) else "n/a")
        for status in ("uncovered", "stale", "new"):
            said = f"{states.count(status)} {status_words(status)}"
            assert (said in line.note) == (states.count(status) > 0)


def test_the_overview_counts_who_has_no_live_sponsor(opened: Opened) -> None:
    case, lines = opened[2], bars(opened)
    if any(side_of(case, key, side).status is None for key in case.chosen_programme for side in SIDES):
        assert "no live sponsor" not in lines
        return
    without = [key for key in case.chosen_programme if no_live_sponsor(case, key)]
    line = lines["no live sponsor"]
    assert line.text == of(len(without), len(case.chosen_programme))
    revenue = [figures(case, key).revenue for key in case.chosen_programme]
    part = total(figures(case, key).revenue for key in without) or Decimal(0)
    assert line.note.startswith(f"{share(part / (total(revenue) or Decimal(1)))} of revenue")
    unknown = revenue.count(None)
    assert line.note.endswith(f", {unknown} unknown") == (unknown > 0)


def test_the_overview_names_who_is_over_his_limit_or_leaving(opened: Opened) -> None:
    lines = bars(opened)
    found = [row for row in sponsor_load(opened[2]) if row["load"] == "over" or row["orphan_risk"]]
    found.sort(key=lambda row: (-(row["lost_revenue"] or 0), row["person_id"]))
    told = [one for one in lines.values() if one.measure == "sponsor_load.lost_revenue"]
    assert [one.item for one in told] == [row["person_id"] for row in found[: overview_views.LEADERS]]
    for one, row in zip(told, found, strict=False):
        assert one.text == f"carries {row['accounts']}"
        assert ("over the limit" in one.note, "leaving" in one.note) == (row["load"] == "over", row["orphan_risk"])
        assert one.note.endswith(f"{money(row['lost_revenue'])} at risk" if row["lost_accounts"] else "nothing at risk")


def groups(opened: Opened, list_of: Any) -> dict[str, Subtotal]:
    """The lines over the groups of a list of Changes by direction; none where the list is empty."""
    portfolio, filters, _ = opened
    frames = {question: portfolio.ask(question, filters) for question in ("changes", "profit_since")}
    view = list_of(frames, cast(Scope, None))
    return {str(one.value): one for one in view.subtotals} if isinstance(view, Table) else {}


def test_changes_says_how_much_revenue_the_moved_scores_touch(opened: Opened) -> None:
    case, lines = opened[2], groups(opened, changes_screen.score_moves)
    rows = [row for row in changes(case) if (row["kind"], row["measure"]) == ("fact", "score")]
    assert set(lines) == {row["direction"] for row in rows}
    for direction, line in lines.items():
        here = [row for row in rows if row["direction"] == direction]
        ids = {row["account_id"] for row in here}
        known = [one for key in ids if (one := figures(case, key).revenue) is not None]
        assert line.texts["name"] == f"{direction.capitalize()}: {len(here)}"
        assert line.texts["revenue_touched"] == (money(sum(known, Decimal(0))) if known else "n/a")
        lacking = len(ids) - len(known)
        assert line.texts["what"].startswith(f"{len(ids)}, {lacking} unknown" if lacking else f"{len(ids)} account")


def test_changes_sums_what_profit_moved(opened: Opened) -> None:
    case, lines = opened[2], groups(opened, changes_screen.money_moves)
    rows = [row for row in changes(case) if (row["kind"], row["measure"]) == ("fact", "money")]
    assert set(lines) == {row["direction"] for row in rows}
    for direction, line in lines.items():
        here = [row for row in rows if row["direction"] == direction]
        effects = [row["effect"] for row in here if row["effect"] is not None]
        assert line.texts["name"] == f"{direction.capitalize()}: {len(here)}"
        assert line.texts.get("effect") == (money(sum(effects), signed=True) if effects else None)


def test_the_filter_of_year_end_keeps_exactly_those_who_are_alone_or_led(opened: Opened) -> None:
    portfolio, filters, case = opened
    told = {key: negotiation(case, key) for key in case.chosen_programme}
    alone = {key for key in told if told[key]["negotiation_exposed"]}
    judged = {key for key in told if side_of(case, key, "external").status is not None}
    led = {key for key in judged if told[key]["negotiation_ahead"]} - alone
    for value, expected in (("alone", alone), ("led", led)):
        found = portfolio.matching(replace(filters, where=f"year_end:{value}"))
        assert set(found["account_id"]) == expected


def test_the_bridge_ends_where_the_card_does_with_what_is_left_out(opened: Opened) -> None:
    portfolio, filters, case = opened
    frames = {one: portfolio.ask(one, filters) for one in ("profit_bridge", "bridge_accounts", "portfolio")}
    steps = value_views.bridge(frames, cast(Scope, SimpleNamespace(context=portfolio.context(filters)))).steps
    end = next((row["amount"] for row in profit_bridge(case) if row["step"] == "end"), None)
    profit = total(figures(case, key).profit for key in case.ids)
    if end is None or profit is None or abs(profit - end) < Decimal("0.005"):
        assert steps[-1].label == "This window"
        return
    assert (steps[-2].label, steps[-1].label, steps[-1].text) == (
        "This window",
        "Left out",
        money(profit - end, signed=True),
    )
    assert steps[-1].end == pytest.approx(float(profit))
    assert steps[-1].note.endswith(f"with them {money(profit)}")


def test_the_programmes_say_how_much_goes_to_accounts_at_programme_margin(opened: Opened) -> None:
    portfolio, filters, case = opened
    rows = [row for row in co_innovation(case) if row["running"] and row["own_commitment"] is not None]
    own = sum((row["own_commitment"] for row in rows), Decimal(0))
    rich = sum(
        (row["own_commitment"] for row in rows if quadrant(case, row["account_id"]) in ("protect", "invest")),
        Decimal(0),
    )
    said = at_margin(portfolio.ask("co_innovation", filters))
    assert said == (f"{share(rich / own)} of {money(own)}" if own > 0 else "")


def test_the_headline_of_plans_counts_who_has_no_living_plan(opened: Opened) -> None:
    portfolio, filters, case = opened
    row = portfolio.ask("plan_overview", filters).row(0, named=True)
    said = plans_headline(row, len(case.facts.accounts))
    lifeless = sum(health(case, key) != "alive" for key in case.chosen_programme)
    verb = "has" if lifeless == 1 else "have"
    dead = sum(health(case, key) in ("expired", "unreviewed") for key in case.chosen_programme)
    if lifeless == dead:  # then the plans that are named say the same
        assert said.startswith(f"{dead} of ")
        assert "no living plan" not in said
        return
    part = row["not_alive_revenue_share"]
    of_revenue = "" if part is None else f" = {share(part)} of revenue"
    assert said.startswith(f"{lifeless} of {len(case.chosen_programme)} accounts {verb} no living plan{of_revenue}: ")
