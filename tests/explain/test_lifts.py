"""What an explanation says would lift a number does lift it, and the least bit less does not.

Each test applies the change to the facts of three_accounts.py, loads them again and looks at the answer.

A: value at stake 300 * 27 % - 20 = 61, which lifts A to the 27 % that all have today; but then all have more.
Profit index (20/300) / (270/1000) = 0.247. It reaches 1 with x more profit where (20+x)/300 = (270+x)/1000, so
x = 61000/700 = 87.142857, in whole cents 87.15. Rich it is a point below the margin of all, where the band ends:
(20+x)/300 > (270+x)/1000 - 0.01, so x > (61 - 3) * 1000/700 = 82.857142, in whole cents 82.86.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.explain.explaining import the_day
from tests.explain.three_accounts import AS_OF, FACTS, NOW, Teller, changed, earning, with_line
from tests.reference.shelf import Shelf


@pytest.fixture
def tell(shelf: Shelf) -> Teller:
    return Teller(shelf)


def test_profit_lifts_index_quadrant_margin_gap_and_stake(tell: Teller) -> None:
    for measure in ("profit_index", "share_gap", "value_at_stake", "lever"):
        assert tell.why(measure, "A").lifts[0]["value"] == pytest.approx(87.15), measure
    before, after, less = (tell.money("A", earning(more)) for more in (0, 87.15, 87.14))
    assert before["profit_index"] == pytest.approx(20 / 300 / 0.27)
    assert after["profit_index"] >= 1 > less["profit_index"]
    assert tell.why("quadrant", "A").lifts[0]["value"] == pytest.approx(82.86)
    below, within = (tell.money("A", earning(more))["quadrant"] for more in (82.85, 82.86))
    assert (below, within, after["quadrant"]) == ("re-price", "protect", "protect")
    assert after["value_at_stake"] <= 0 < less["value_at_stake"]
    assert after["share_gap"] >= 0 > less["share_gap"]
    assert not tell.why("profit_index", "A", facts=earning(87.15)).lifts, "nothing is left to lift"


def test_the_margin_of_all_as_it_is_today_takes_what_is_at_stake(tell: Teller) -> None:
    """Rule, figure and lift of one explanation speak of one margin: 27 %."""
    for measure in ("margin", "profit"):
        lift = tell.why(measure, "A").lifts[0]
        assert lift["value"] == pytest.approx(61) == tell.money("A", FACTS)["value_at_stake"], measure
        assert lift["words"] == "then the margin is 27 %, as the programme's is today, rounded up", measure
    assert tell.why("margin", "A").input("Margin of the programme") == pytest.approx(0.27)
    assert tell.money("A", earning(61))["margin"] == pytest.approx(0.27)
    assert tell.money("A", earning(60.99))["margin"] < 0.27 - 1e-6


def test_one_point_of_share(tell: Teller) -> None:
    more = tell.why("profit_share", "A").lifts[0]["value"]
    before, after, less = (tell.money("A", earning(x)) for x in (0, more, more - 0.01))
    assert after["profit_share"] >= before["profit_share"] + 0.01 - 1e-12
    assert less["profit_share"] < before["profit_share"] + 0.01
    more = tell.why("revenue_share", "A").lifts[0]["value"]

    def selling(x: float) -> float:
        facts = changed("financial_period", "A,2026-05-01,EUR,300,", f"A,2026-05-01,EUR,{300 + x:.2f},")
        return float(tell.money("A", facts)["revenue_share"])

    assert selling(more) >= 0.31 - 1e-12 > selling(more - 0.01)


def test_revenue_that_makes_an_account_big(tell: Teller) -> None:
    """C is rich and small: the median revenue is 300, so 100 more at its margin of 50 %."""
    lift = tell.why("quadrant", "C").lifts[0]
    assert (lift["value"], tell.money("C", FACTS)["quadrant"]) == (100, "invest")
    for revenue, cogs, quadrant in ((300, 150, "protect"), (299.98, 149.99, "invest")):
        facts = changed("financial_period", "C,2026-05-01,EUR,200,100", f"C,2026-05-01,EUR,{revenue},{cogs}")
        assert tell.money("C", facts)["quadrant"] == quadrant


def test_a_level_lifts_the_cell_and_moves_the_index_as_told(tell: Teller) -> None:
    """A knows TOP 25, QUA 75, LON 0, TEA 100: index 50. Each level is 25 points of a factor, 6.25 of the index."""
    assert tell.scored("A", FACTS)["index"] == 50
    told = tell.why("factor_index", "A", "LON")
    assert [lift["value"] for lift in told.lifts] == [25, 50], "one level; two to amber"
    assert told.lifts[0]["words"] == "the account index moves from 50 to 56.3 (+6.3)"
    assert told.lifts[1]["words"] == "then it is amber"
    for score, state, index in ((1, "red", 56.25), (2, "amber", 62.5)):
        facts = changed("assessment", "A,3,2026-05-01,0", f"A,3,2026-05-01,{score}")
        cells = {row["code"]: row for row in tell.portfolio(facts).ask("factor_scores", NOW).head(6).to_dicts()}
        assert (cells["LON"]["index"], cells["LON"]["state"]) == (25 * score, state)
        assert tell.scored("A", facts)["index"] == index
    assert not tell.why("factor_index", "A", "TEA").lifts, "the highest level cannot be lifted"
    assert tell.why("factor_index", "A", "KAM").lifts[0]["label"] == "Assess it"


def test_the_level_that_moves_the_account_index_most(tell: Teller) -> None:
    lift = tell.why("index", "A").lifts[0]
    assert (lift["label"], lift["value"]) == ("LON one level up, 0 to 1", 56.25)
    facts = changed("assessment", "A,3,2026-05-01,0", "A,3,2026-05-01,1")
    assert tell.scored("A", facts)["index"] == lift["value"]


def test_assessing_just_enough_makes_an_index(tell: Teller) -> None:
    """B knows one factor of six: two more make half of the weight, one more does not."""
    lift = tell.why("index", "B").lifts[0]
    assert (lift["label"], lift["value"]) == ("Assess QUA, LON", 2)
    one = with_line("assessment", "B,2,2026-05-01,2,S,seen")
    assert tell.scored("B", one)["index"] is None
    assert tell.scored("B", with_line("assessment", "B,3,2026-05-01,2,S,seen", one))["index"] == 50


def test_levels_until_another_factor_is_the_weakest(tell: Teller) -> None:
    """LON 0 against TOP 25, which comes first in the list: at 25 TOP is the weakest, so one level is enough."""
    lift = tell.why("weakest_factor", "A").lifts[0]
    assert (lift["label"], lift["words"]) == ("LON 1 level up, to 1", "then TOP is the weakest")
    facts = changed("assessment", "A,3,2026-05-01,0", "A,3,2026-05-01,1")
    assert tell.scored("A", facts)["weakest_factor"] == "TOP"
    told = tell.why("weakest_factor", "A", facts=facts)
    assert told.lifts[0]["label"] == "TOP 1 level up, to 2"
    assert told.lifts[0]["words"] == "then LON is the weakest"


def test_indicators_that_support_an_overclaimed_score(tell: Teller) -> None:
    """A's TEA is green; none of three indicators is met: functions, shared, customer at a review (one is unknown).

    34 % of three are 1.02, so two must be met: one gives 33.3.
    """
    told = tell.why("claim", "A", "TEA")
    assert (told.words, told.lifts[0]["value"]) == ("overclaimed", 2)
    one = changed("plan", "2026-06-29,", "2026-06-29,2026-01-01")
    two = with_line("plan_review", "3,PA,2026-06-01,true", one)
    assert tell.why("claim", "A", "TEA", facts=one).words == "overclaimed"
    assert tell.why("claim", "A", "TEA", facts=two).words == "supported"
    assert tell.why("evidence_index", "A", "TEA").lifts[0]["value"] == pytest.approx(100 / 3)
    assert tell.why("evidence_index", "A", "TEA", facts=one).value == pytest.approx(100 / 3)


def test_a_touch_covers_a_stale_side_from_the_day_told(tell: Teller) -> None:
    told = tell.why("internal_status", "A")
    assert told.words == "silent: Sara Sponsor"
    first = the_day(told.lifts[0])
    assert first == AS_OF - timedelta(days=90)
    for day, status in ((first, "covered"), (first - timedelta(days=1), "stale")):
        facts = with_line("activity", f"9,A,S,,internal,exec_meeting,{day}")
        assert tell.status("A", "internal", facts) == status
    assert told.row("Last touch")["value"] == 91


def test_whoever_was_there_already_covers_an_open_side_at_once(tell: Teller) -> None:
    told = tell.why("sponsorship_coverage.status", "B", "external")
    assert (told.words, told.lifts[0]["label"]) == ("open", "Assign Tom Touch")
    for person, status in (("T", "covered"), ("S", "new")):
        facts = with_line("sponsorship", f"2,B,{person},external,{AS_OF},")
        assert tell.status("B", "external", facts) == status


def test_an_open_side_needs_an_assignment_and_a_touch(tell: Teller) -> None:
    told = tell.why("internal_status", "C")
    assert [lift["label"] for lift in told.lifts] == ["Assign an active leader", "and a touch by them"]
    assigned = with_line("sponsorship", f"2,C,S,internal,{AS_OF},")
    assert tell.status("C", "internal", assigned) == "new"
    touched = with_line("activity", f"9,C,S,,internal,exec_meeting,{the_day(told.lifts[1])}", assigned)
    assert tell.status("C", "internal", touched) == "covered"
    assert tell.status("C", "internal", with_line("activity", f"9,C,S,,internal,exec_meeting,{AS_OF}")) == "uncovered"
    lift = tell.why("coverage", "C", facts=assigned).lifts[0]
    assert lift["words"].endswith("partial")
    assert (tell.account("C", assigned)["coverage"], tell.account("C", touched)["coverage"]) == ("none", "partial")


def test_a_plan_climbs_step_by_step(tell: Teller) -> None:
    """A has expired, B is unreviewed, C slips on one objective and one action; without a plan there is none."""
    told = tell.why("plan_status", "A")
    end = the_day(told.lifts[0])
    assert (told.words.split(":")[0], end) == ("expired", AS_OF)
    facts = changed("plan", "2025-01-01,2026-06-29", f"2025-01-01,{end}")
    assert tell.health("A", facts) == "unreviewed"
    assert told.lifts[0]["words"] == "then it is unreviewed"
    told = tell.why("health", "B")
    first = the_day(told.lifts[0])
    assert first == AS_OF - timedelta(days=183)
    for day, health in ((first, "alive"), (first - timedelta(days=1), "unreviewed")):
        facts = with_line("plan_review", f"9,PB,{day},")
        assert tell.health("B", facts) == health
    assert told.lifts[0]["words"].endswith("alive")
    told = tell.why("plan_status", "C")
    assert (told.lifts[0]["value"], told.lifts[0]["words"]) == (2, "1 action and 1 objective: then it is alive")
    one = changed("action", "C1,OC,Call,2026-06-01,", "C1,OC,Call,2026-06-01,2026-06-20")
    assert tell.health("C", one) == "slipping"
    both = changed("objective", "in_progress,2026-06-29", "closed,2026-06-29", one)
    assert tell.health("C", both) == "alive"
    assert not tell.why("plan_status", "C", facts=both).lifts


def test_contacts_broaden_a_thread(tell: Teller) -> None:
    told = tell.why("thread", "A")
    assert (told.words, told.lifts[0]["value"]) == ("single: 1 contact, 0 executives", 1)
    two = with_line("activity", "8,A,M,A2,external,visit,2026-06-02")
    assert tell.account("A", FACTS, "contact_threads")["thread"] == "single"
    assert tell.account("A", two, "contact_threads")["thread"] == "thin"
    told = tell.why("thread", "A", facts=two)
    assert (told.lifts[0]["value"], told.lifts[0]["words"]) == (1, "one of them an executive: then the thread is broad")
    again = with_line("activity", "9,A,M,A2,external,visit,2026-06-03", two)
    assert tell.account("A", again, "contact_threads")["thread"] == "thin", "the same contact is not one more"
    three = with_line("activity", "9,A,M,A3,external,visit,2026-06-03", two)
    assert tell.account("A", three, "contact_threads")["thread"] == "broad"


def test_clearing_each_serious_reason_clears_the_account(tell: Teller) -> None:
    """C loses 50, has nobody on either side and an end of its plan yesterday: three serious reasons."""
    facts = changed("financial_period", "C,2026-05-01,EUR,200,100", "C,2026-05-01,EUR,200,250")
    facts = changed(
        "plan", "PC,C,Plan C,active,2025-01-01,2027-12-31", "PC,C,Plan C,active,2025-01-01,2026-06-29", facts
    )
    told = tell.why("attention", "C", facts=facts)
    assert told.value == 3 == tell.account("C", facts)["attention"]
    by_reason = {lift["label"].split(":")[0]: lift for lift in told.lifts}
    assert set(by_reason) == {"loses money", "no live sponsor", "plan expired"}
    assert by_reason["loses money"]["value"] == 50
    end = the_day(by_reason["plan expired"])
    sides = [lift["words"] for lift in told.lifts if lift["label"].startswith("no live sponsor")]
    assert sorted(sides) == ["at customer", "inside"]
    # cost, end of the plan and sides with somebody of each, beside C, and how many serious reasons are left
    told_otherwise = {
        "richer": (200, "2026-06-29", (), 2),
        # from 0.5 % of a revenue of 200 on a loss is serious
        "just": (201, "2026-06-29", (), 3),
        "almost": (200.99, "2026-06-29", (), 2),
        "hardly": (200.01, "2026-06-29", (), 2),
        "longer": (200, end, (), 1),
        # both sides are named because both are needed
        "inside": (200, end, ("internal",), 1),
        "both": (200, end, ("internal", "external"), 0),
    }
    for key, (cost, last, held, _) in told_otherwise.items():
        facts = with_line("account", f"{key},Account {key},M,1", facts)
        facts = with_line("financial_period", f"{key},2024-01-01,EUR,0,0", facts)
        facts = with_line("financial_period", f"{key},2026-05-01,EUR,200,{cost}", facts)
        facts = with_line("plan", f"P{key},{key},Plan,active,2025-01-01,{last},", facts)
        facts = with_line("plan_review", f"R{key},P{key},2026-06-01,", facts)
        for side in held:
            facts = with_line("sponsorship", f"{key} {side},{key},S,{side},{AS_OF},", facts)
    rows = {row["account_id"]: row["attention"] for row in tell.portfolio(facts).ask("accounts", NOW).to_dicts()}
    assert {key: rows[key] for key in told_otherwise} == {key: left for key, (*_, left) in told_otherwise.items()}
    assert rows["C"] == 3
