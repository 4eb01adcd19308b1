"""The Brief worked out by hand: what each line says, where it does not know, and which decisions are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text import money
from tests.conftest import AskSample
from tests.explain.explaining import Why, why
from tests.explain.three_accounts import FACTS as THREE
from tests.explain.three_accounts import NOW as THREE_NOW
from tests.oracle.test_by_hand_coverage import FACTS, NOW
from tests.reference.answers import Ask
from tests.reference.brief_words import CENT
from tests.reference.case import Case
from tests.reference.facts import Facts, Row
from tests.reference.money import figures, growth, position
from tests.reference.plans import health
from tests.reference.value import bridge_accounts


def measured(row: Row) -> tuple[object, ...]:
    """Of what a line is the number, the number, what it was and how far it moved."""
    return tuple(row[name] for name in ("measure", "value", "was", "change"))


QUARTER = Filters(as_of=date(2026, 10, 1))
BARE = {"account": FACTS["account"]}


def test_a_line_without_facts_says_which_file_is_missing(answer: Ask) -> None:
    rows = answer(BARE, "brief", NOW)
    fill = "Not known: fill {}.csv and load again"
    assert {key: row["answer"] for key, row in rows.items()} == {
        **{key: fill.format("financial_period") for key in "1234"},
        **{key: fill.format("sponsorship") for key in ("5", "6", "10")},
        "7": fill.format("assessment"),
        "8": fill.format("plan"),
        "9": "Co-innovation is not known: fill programme.csv; "
        "value pricing is not known: fill revenue_value_priced in financial_period.csv",
    }
    for row in rows.values():  # unknown is never 0, and no filter would show its accounts
        told = ("accounts", "revenue", "revenue_share", "amount", "direction", "filter", "value", "was", "change")
        assert not [row[name] for name in told if row[name] is not None]


def test_sponsors_without_activities_are_not_silent(answer: Ask) -> None:
    rows = answer({name: FACTS[name] for name in FACTS if name != "activity"}, "brief", NOW)
    assert rows["5"]["answer"] == rows["10"]["answer"] == "Not known: fill activity.csv and load again"
    assert rows["6"]["answer"].startswith(
        "2 of 3 leaders (was 0): 1 over the limit of 2 accounts, silence not known, 1 leaving; carry"
    )
    assert rows["6"]["short"] == "Lea Lang over the limit, Bob Boss leaving; silence not known"
    assert rows["6"]["who"] == "of 3 leaders: 1 over the limit of 2, silence not known, 1 leaving"


def test_no_live_sponsor_and_its_share(answer: Ask) -> None:
    """Novice is new on both sides, and that is live; Former has left and is in no base: 100 of 230."""
    row = answer(FACTS, "brief", NOW)["5"]
    assert (
        row["answer"]
        == "100 revenue (43 %) has none on either side, at 1 of 5 accounts (was 1 of 1 known then): Giant 100"
    )
    assert row["short"] == "1 of 5 (was 1 of 1 known then), 100: Giant"
    assert (row["accounts"], row["revenue"], row["filter"]) == (1, 100, "reason:no_live_sponsor")
    assert measured(row) == ("accounts", 0, 1, -1)  # of Novice alone both dates are known
    assert row["direction"] == "better"  # three months ago nobody stood on either side of Novice
    # Max had met Giant, whom he left today, and Bob has kept in touch with Orphan: one more than at the review.
    met = FACTS["activity"].replace("exec_meeting,2026-06-30,done", "exec_meeting,2026-06-20,done").rstrip()
    met += "\n        18,A1,MAX,,external,visit,2026-06-20,done\n"
    since = Filters(as_of=NOW.as_of, since="2026-06-25")
    assert answer({**FACTS, "activity": met}, "brief", since)["5"]["direction"] == "worse"


def test_fewer_accounts_without_a_sponsor_are_worse_where_more_revenue_hangs_on_them(
    ask_sample: AskSample,
) -> None:
    row = ask_sample("brief", Filters()).to_dicts()[4]
    assert row["answer"].startswith(
        "26.7m revenue (14 %, was 9.4 %) has none on either side, at 4 of 46 accounts (was 6): Helvia Group"
    )
    assert (row["direction"], row["short"]) == ("worse", "26.7m revenue, 14 % (was 9.4 %), at 4 of 46")
    assert row["who"] == "Helvia Group 14.1m, Northstar Foods 9.8m, Quercy Aciers 2.0m, Harlan Freight 0.8m"
    row = ask_sample("brief", Filters(window="ytd")).to_dicts()[4]
    assert row["direction"] == "worse", "the verdict is of twelve months under either window"
    assert "was 9.4" not in row["answer"], "a share of nine months is not set beside one of twelve"


def test_leaders_over_their_limit_silent_and_leaving(answer: Ask) -> None:
    """Lea carries three where two are the limit; Bob alone holds Orphan and ends within 60 days."""
    row = answer(FACTS, "brief", NOW)["6"]
    carried = (
        "carry 4 accounts, 130 revenue (57 %); at risk if they go: Lea Lang (3 accounts) 80, Bob Boss (leaving) 10"
    )
    assert row["answer"] == f"2 of 3 leaders (was 0): 1 over the limit of 2 accounts, none silent, 1 leaving; {carried}"
    assert (row["short"], row["who"]) == (
        "Lea Lang over the limit (80 at risk), Bob Boss leaving (10); none silent",
        "of 3 leaders: 1 over the limit of 2, none silent everywhere, 1 leaving",
    )
    assert measured(row) == ("leaders", 2, 0, 2)
    assert row["filter"] == 'sponsor:"Lea Lang" sponsor:"Bob Boss"'
    # Without Lea's meeting nothing that Max stands for is covered: Novice is new, Twice is late.
    silent = FACTS["activity"].replace("7,A4,LEA,,internal,exec_meeting,2026-06-05,done", "")
    row = answer({**FACTS, "activity": "\n".join(filter(str.strip, silent.splitlines())) + "\n"}, "brief", NOW)["6"]
    carried = "carry 4 accounts, 130 revenue (57 %); at risk if they go: "
    carried += "Lea Lang (3 accounts) 50, Bob Boss (leaving) 10, Max Moor (silent) none"
    over = "3 of 3 leaders (was 0): 1 over the limit of 2 accounts, 1 silent, 1 leaving"
    assert row["answer"] == f"{over}; {carried}"
    assert row["short"] == "Lea Lang over the limit (50 at risk), Bob Boss leaving (10), Max Moor silent (nothing)"
    assert row["who"] == "of 3 leaders: 1 over the limit of 2, 1 silent everywhere, 1 leaving"
    # names that have no room in few words stand beside the counts
    long = {**FACTS, "person": FACTS["person"].replace("Lea Lang", "Lea " + "L" * 40)}
    row = answer(long, "brief", NOW)["6"]
    assert (row["short"], row["who"]) == (
        "Of 3: 1 over, none silent, 1 leaving",
        "Lea " + "L" * 35 + "… 80, Bob Boss 10",
    )


def test_how_a_leader_stands_does_not_change_with_the_filter(answer: Ask) -> None:
    """At Limit, in the North, nothing of Lea is on time, but one of her sides in the South is; Bob leaves Orphan."""
    met = "\n".join(line for line in FACTS["activity"].splitlines() if ",A2,LEA,,internal," not in line) + "\n"
    held = FACTS["sponsorship"].rstrip() + "\n        13,A1,BOB,internal,2025-01-01,,,\n"
    tables, north = {**FACTS, "activity": met, "sponsorship": held}, replace(NOW, where="region:North")
    loads = answer(tables, "sponsor_load", north)
    assert {key: (one["accounts"], one["sides_on_time"], one["orphan_risk"]) for key, one in loads.items()} == {
        "LEA": (1, 0, False),
        "BOB": (1, 0, True),
    }
    said = answer(tables, "brief", north)["6"]["answer"]
    assert "1 over the limit of 2 accounts, none silent, 1 leaving" in said
    (row,) = answer(tables, "sponsorship_summary", north).values()
    assert (row["leaders"], row["leaders_over"], row["leaders_silent"], row["leaders_ending"]) == (2, 1, 0, 1)


def test_before_a_planned_negotiation(answer: Ask) -> None:
    """Planned at Giant by its own manager, at Limit with Lea, a leader; the late side of Limit is led, so not exposed.

    What Orphan negotiated last December is no negotiation ahead.
    """
    row = answer(FACTS, "brief", NOW)["10"]
    go = "into a year-end negotiation without a leader of ours at customer"
    assert row["answer"] == f"1 of 2 accounts, 100 revenue (43 %), goes {go}: Giant (20 Nov 2026)"
    assert measured(row) == ("accounts", 1, None, None)
    assert row["filter"] == "year_end:alone"


def test_in_the_last_quarter_whoever_has_not_negotiated_yet_is_before_it(answer: Ask) -> None:
    go = "go into a year-end negotiation without a leader of ours at customer"
    row = answer(FACTS, "brief", QUARTER)["10"]
    assert row["answer"] == f"4 of 5 accounts, 180 revenue (78 %), {go}: " + ", ".join(
        ["Giant (20 Nov 2026)", *(f"{name} (no date yet)" for name in ("Novice", "Twice", "Orphan"))]
    )
    assert row["filter"] == "year_end:alone"
    held = FACTS["activity"].replace("year_end_negotiation,2025-12-10,done", "year_end_negotiation,2026-10-01,done")
    row = answer({**FACTS, "activity": held}, "brief", QUARTER)["10"]
    assert row["answer"] == f"3 of 4 accounts, 170 revenue (74 %), {go}: " + ", ".join(
        ["Giant (20 Nov 2026)", *(f"{name} (no date yet)" for name in ("Novice", "Twice"))]
    )


def test_decisions_are_one_for_each_account(answer: Ask) -> None:
    """With room for three Ida takes Limit and Twice; Giant's own gap is in its ask, which stands first."""
    roomy = {**FACTS, "setting": "key,value\nload_warn,3\nload_over,5\n"}
    rows = answer(roomy, "brief_decisions", NOW)
    assert [(row["account_id"], row["decision"], row["amount"]) for row in rows.values()] == [
        ("A1", "Giant: name a sponsor (at customer), appoint Ida Idle (inside)", 100),
        ("A2", "Limit: have Lea Lang meet them (at customer) or appoint Ida Idle", 50),
        ("A3", "Novice: 21 more at programme margin", 10),
        ("A4", "Twice: have Lea Lang meet them (at customer) or appoint Ida Idle", 30),
        ("A6", "Orphan: appoint Max Moor (inside)", 10),
    ]
    assert rows["2"]["because"] == "at customer silent; Ida Idle carries 1"
    assert [(rows[key]["who"], str(rows[key]["covered_from"])) for key in "1235"] == [
        ("Ida Idle", "2026-08-14"),  # new for 45 days
        ("Ida Idle", "2026-08-14"),
        ("Kim Kay", "None"),  # the manager: a price has no day
        ("Max Moor", "2026-08-14"),
    ]
    assert [rows[key]["short"] for key in "135"] == [
        "name a sponsor (at customer), appoint Ida Idle (inside)",
        "to programme margin: +21",
        "appoint Max Moor (inside)",
    ]
    # Where nobody may carry more than one, nothing is left to propose: the asks alone.
    assert [row["account_id"] for row in answer(FACTS, "brief_decisions", NOW).values()] == ["A1", "A3", "A6"]


def test_an_account_is_asked_for_the_same_on_the_brief_and_on_the_overview(ask_sample: AskSample) -> None:
    asks = {row["account_id"]: row for row in ask_sample("attention", Filters()).to_dicts()}
    told = {row["account_id"]: row for row in ask_sample("brief_decisions", Filters()).to_dicts()}
    assert {key: (row["ask"], row["short"]) for key, row in told.items()} == {
        key: (asks[key]["ask"], asks[key]["ask_short"]) for key in told
    }
    assert told["KA004"]["ask"] == "0.29m more by raising prices 3 %, volume unchanged; appoint Mei Tan (inside), " + (
        "have Henrik Adler meet them (at customer)"  # for whose side nobody is free
    )
    assert told["KA004"]["short"] == "raise prices 3 %: +0.29m; appoint Mei Tan"
    assert told["KA002"]["short"] == "cut cost to serve: +1.9m; appoint 2 leaders"


@pytest.mark.parametrize("where", ["", "region:DACH", "tier:1 -status:exited"])
def test_the_filter_of_a_line_shows_exactly_its_accounts(
    sample_portfolio: Portfolio, ask_sample: AskSample, where: str
) -> None:
    rows = ask_sample("brief", Filters(where=where)).to_dicts()
    assert [row["number"] for row in rows] == list(range(1, 11))
    for row in rows:
        if not row["accounts"] or row["number"] in (1, 4, 7, 9):  # those are of the whole: their evidence too
            assert row["filter"] is None
            continue
        found = sample_portfolio.matching(Filters(where=f"{where} {row['filter']}"))
        assert found.height == row["accounts"], row["question"]
        assert abs(float(found["revenue"].sum()) - row["revenue"]) < 0.01, row["question"]
    assert sum(bool(row["accounts"]) for row in rows) >= 7


def test_w_on_a_line_lists_the_accounts_it_counts_and_what_it_says_of_each(
    sample_portfolio: Portfolio, sample_facts: Facts, ask_sample: AskSample
) -> None:
    """Each line is explained once: that is what takes the time."""
    every = {}
    for row in ask_sample("brief", Filters()).to_dicts():
        every[row["number"]] = told = why(sample_portfolio, "brief.answer", item=str(row["number"]))
        assert (told.value, told.words) == (None, row["answer"]), "the answer, and no number without its noun"
        assert told.rule
        if row["number"] != 3:  # those below margin stand with those that lose
            assert sum(one["value"] or 0 for one in told.inputs) == pytest.approx(row["revenue"])
    for row in ask_sample("brief_decisions", Filters()).to_dicts():
        told = why(sample_portfolio, "brief_decisions.decision", row["account_id"], str(row["number"]))
        assert (told.value, told.words) == (row["amount"], row["because"])
    says_of_each_account_what_the_line_is_about(every, Case.of(sample_facts, Filters()))


def says_of_each_account_what_the_line_is_about(every: dict[int, Why], case: Case) -> None:
    key_of = {case.facts.accounts[key]["name"]: key for key in case.ids}
    told: dict[int, Callable[[str], str]] = {
        2: lambda key: f"revenue; profit {money(growth(case, key)[1])} on a year earlier",
        8: lambda key: f"revenue; {health(case, key)}",
    }
    for item, said_of in told.items():
        inputs = every[item].inputs
        for one in [one for one in inputs if one["label"] in key_of]:
            said = one["words"].replace("no plan", "none").replace("not reviewed", "unreviewed")
            assert said.startswith(said_of(key_of[one["label"]])), one
        assert len(inputs) >= 4
    stakes = {key: position(case, key)["value_at_stake"] for key in case.ids}
    below = {key for key, stake in stakes.items() if stake is not None and stake >= CENT}
    losing = {key for key in case.ids if (figures(case, key).profit or 0) < 0}
    inputs = every[3].inputs
    assert len(below | losing) == len(inputs) - 1 + int(inputs[-1]["label"].split()[0]), "the rest in one line"
    for at, one in enumerate(inputs[:-1]):
        key = key_of[one["label"]]
        worth = f", to programme margin {money(stakes[key], signed=True)}" if key in below else ""
        assert one["words"] == f"revenue; profit {money(figures(case, key).profit)}{worth}"
        assert (key in losing) == (at < len(losing)), "those that lose stand first"
    steps = {row["name"]: row["amount"] for row in bridge_accounts(case) if row["step"] == "cost_to_serve_rate"}
    inputs = every[4].inputs
    assert [one["words"] for one in inputs] == [f"revenue; {money(steps[one['label']])} in this step" for one in inputs]


def test_a_plan_that_ended_since_the_review_makes_it_worse(answer: Ask) -> None:
    plans = """
        plan_id,account_id,name,status,start_on,end_on
        1,A,Over,active,2025-01-01,2026-06-15
        2,B,Alive,active,2025-01-01,2027-12-31
        """
    facts = {name: THREE[name] for name in ("person", "account", "financial_period")} | {"plan": plans}
    row = answer(facts, "brief", THREE_NOW)["8"]
    assert (
        row["answer"] == "2 of 3 accounts (was 1), 500 revenue (50 %); 1 without a plan, 1 expired: Anna 300, Cleo 200"
    )
    assert row["direction"] == "worse"
    assert measured(row) == ("accounts", 2, 1, 1)
    later = Filters(as_of=THREE_NOW.as_of, since="2026-06-20")
    assert answer(facts, "brief", later)["8"]["direction"] == "neither"
