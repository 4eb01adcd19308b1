"""The Brief worked out by hand: what each line says, where it does not know, and which decisions are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text import money
from tests.explain.explaining import why
from tests.explain.three_accounts import FACTS as THREE
from tests.explain.three_accounts import NOW as THREE_NOW
from tests.oracle.test_by_hand_coverage import FACTS, NOW
from tests.reference.answers import Ask
from tests.reference.case import Case
from tests.reference.facts import Facts
from tests.reference.money import growth
from tests.reference.plans import health
from tests.reference.value import bridge_accounts

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
        told = ("accounts", "revenue", "revenue_share", "amount", "direction", "filter")
        assert not [row[name] for name in told if row[name] is not None]


def test_sponsors_without_activities_are_not_silent(answer: Ask) -> None:
    rows = answer({name: FACTS[name] for name in FACTS if name != "activity"}, "brief", NOW)
    assert rows["5"]["answer"] == rows["10"]["answer"] == "Not known: fill activity.csv and load again"
    assert rows["6"]["answer"].startswith(
        "2 of 3 leaders (was 0): 1 over the limit of 2 accounts, silence not known, 1 leaving; carry"
    )


def test_no_live_sponsor_and_its_share(answer: Ask) -> None:
    """Novice is new on both sides, and that is live; Former has left and is in no base: 100 of 230."""
    row = answer(FACTS, "brief", NOW)["5"]
    assert (
        row["answer"] == "100 revenue (43 %) has none on either side, at 1 of 5 accounts (was 1 of 1 known then): Giant"
    )
    assert row["short"] == "1 of 5 (was 1 of 1 known then), 100: Giant"
    assert (row["accounts"], row["revenue"], row["filter"]) == (1, 100, "reason:no_live_sponsor")
    assert row["direction"] == "better"  # three months ago nobody stood on either side of Novice
    # Max had met Giant, whom he left today, and Bob has kept in touch with Orphan: one more than at the review.
    met = FACTS["activity"].replace("exec_meeting,2026-06-30,done", "exec_meeting,2026-06-20,done").rstrip()
    met += "\n        18,A1,MAX,,external,visit,2026-06-20,done\n"
    since = Filters(as_of=NOW.as_of, since="2026-06-25")
    assert answer({**FACTS, "activity": met}, "brief", since)["5"]["direction"] == "worse"


def test_fewer_accounts_without_a_sponsor_are_worse_where_more_revenue_hangs_on_them(
    sample_portfolio: Portfolio,
) -> None:
    row = sample_portfolio.ask("brief", Filters()).to_dicts()[4]
    assert row["answer"].startswith(
        "26.7m revenue (14 %, was 9.4 %) has none on either side, at 4 of 46 accounts (was 6); largest"
    )
    assert (row["direction"], row["short"]) == ("worse", "26.7m, 14 % (was 9.4 %); 4 of 46 (was 6)")
    row = sample_portfolio.ask("brief", Filters(window="ytd")).to_dicts()[4]
    assert row["direction"] == "worse", "the verdict is of twelve months under either window"
    assert "was 9.4" not in row["answer"], "a share of nine months is not set beside one of twelve"


def test_leaders_over_their_limit_silent_and_leaving(answer: Ask) -> None:
    """Lea carries three where two are the limit; Bob alone holds Orphan and ends within 60 days."""
    row = answer(FACTS, "brief", NOW)["6"]
    carried = (
        "carry 4 accounts, 130 revenue (57 %); cover lost without them: Lea Lang (3 accounts) 80, Bob Boss (leaving) 10"
    )
    assert row["answer"] == f"2 of 3 leaders (was 0): 1 over the limit of 2 accounts, none silent, 1 leaving; {carried}"
    assert row["short"] == "1 over, 0 silent, 1 leaving of 3: 130"
    assert row["filter"] == 'sponsor:"Lea Lang" sponsor:"Bob Boss"'
    # Without Lea's meeting nothing that Max stands for is covered: Novice is new, Twice is late.
    silent = FACTS["activity"].replace("7,A4,LEA,,internal,exec_meeting,2026-06-05,done", "")
    row = answer({**FACTS, "activity": "\n".join(filter(str.strip, silent.splitlines())) + "\n"}, "brief", NOW)["6"]
    carried = "carry 4 accounts, 130 revenue (57 %); cover lost without them: "
    carried += "Lea Lang (3 accounts) 50, Bob Boss (leaving) 10, Max Moor (silent) none"
    over = "3 of 3 leaders (was 0): 1 over the limit of 2 accounts, 1 silent, 1 leaving"
    assert row["answer"] == f"{over}; {carried}"


def test_before_a_planned_negotiation(answer: Ask) -> None:
    """Planned at Giant by its own manager, at Limit with Lea, a leader; the late side of Limit is led, so not exposed.

    What Orphan negotiated last December is no negotiation ahead.
    """
    row = answer(FACTS, "brief", NOW)["10"]
    go = "into a year-end negotiation without a leader of ours at customer"
    assert row["answer"] == f"1 of 2 accounts, 100 revenue (43 %), goes {go}: Giant"
    assert row["filter"] == "year_end:alone"


def test_in_the_last_quarter_whoever_has_not_negotiated_yet_is_before_it(answer: Ask) -> None:
    go = "go into a year-end negotiation without a leader of ours at customer"
    row = answer(FACTS, "brief", QUARTER)["10"]
    assert row["answer"] == f"4 of 5 accounts, 180 revenue (78 %), {go}; largest Giant, Novice, Twice"
    assert row["filter"] == "year_end:alone"
    held = FACTS["activity"].replace("year_end_negotiation,2025-12-10,done", "year_end_negotiation,2026-10-01,done")
    row = answer({**FACTS, "activity": held}, "brief", QUARTER)["10"]
    assert row["answer"] == f"3 of 4 accounts, 170 revenue (74 %), {go}: Giant, Novice, Twice"


PRICED = {
    **THREE,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs,revenue_value_priced,revenue_cost_plus
        A,2024-01-01,EUR,0,0,,
        B,2024-01-01,EUR,0,0,,
        C,2024-01-01,EUR,0,0,,
        A,2026-05-01,EUR,300,280,,300
        B,2026-05-01,EUR,500,350,250,250
        C,2026-05-01,EUR,200,100,,
        """,
    "programme": """
        programme_id,account_id,name,kind,status,start_on,end_on,currency,own_commitment
        1,B,Rich,product,active,2025-01-01,,EUR,60
        2,A,Poor,product,active,2026-01-01,,EUR,30
        3,A,Untold,product,active,2026-01-01,,USD,90
        4,A,Later,product,active,2026-07-01,,EUR,500
        5,C,Over,product,done,2025-01-01,,EUR,700
        """,
}
"""All earn 27 %: Bob is rich and big, Cleo rich and small, Anna big and poor. For the dollars there is no rate."""


def test_co_innovation_and_pricing_at_the_right_accounts(answer: Ask) -> None:
    row = answer(PRICED, "brief", THREE_NOW)["9"]
    assert row["answer"] == (
        "67 % of 90 co-innovation money goes to accounts at programme margin "
        "(70 % of revenue), 30 to 1 other: Anna; "
        "1 programme without a known amount; value priced 50 % of revenue there, 0 % elsewhere"
    )
    assert (row["accounts"], row["amount"], row["filter"]) == (1, 30, None)
    assert (row["short"], row["verdict"]) == ("67 % of 90 right; value priced 50 % v 0 %", "partly")
    more = {**PRICED, "programme": PRICED["programme"].replace("2025-01-01,,EUR,60", "2025-01-01,,EUR,75")}
    assert answer(more, "brief", THREE_NOW)["9"]["verdict"] == "right"  # 75 of 105, 71 %, where 70 % of revenue is
    cheap = more["financial_period"].replace(",250,250", ",0,500").replace("280,,300", "280,30,270")
    row = answer({**more, "financial_period": cheap}, "brief", THREE_NOW)["9"]
    assert (row["short"], row["verdict"]) == ("71 % of 105 right; value priced 0 % v 10 %", "partly")
    none = {**more, "financial_period": cheap, "programme": PRICED["programme"]}
    assert answer(none, "brief", THREE_NOW)["9"]["verdict"] == "wrong"
    unpriced = {**PRICED, "financial_period": cheap.replace("30,270", ",").replace("0,500", ",")}
    assert answer(unpriced, "brief", THREE_NOW)["9"]["verdict"] == "wrong"  # the money alone is judged
    none = {
        **PRICED,
        "programme": PRICED["programme"].replace("active", "proposed"),
        **{"financial_period": THREE["financial_period"]},
    }
    row = answer(none, "brief", THREE_NOW)["9"]
    assert row["answer"].startswith("No co-innovation programme is running; value pricing is not known")
    assert (row["accounts"], row["revenue"], row["amount"], row["filter"]) == (0, 0, None, None)


def test_what_programme_margin_would_be_worth(answer: Ask) -> None:
    """Anna earns 20 of 300 where 27 % would be 81; nobody loses money, and nothing is known a year earlier than 0."""
    rows = answer(THREE, "brief", THREE_NOW)
    assert rows["3"]["answer"] == (
        "None of 3 accounts loses money; 1 below programme margin (27 %) would earn 61 more at it"
    )
    assert (rows["3"]["accounts"], rows["3"]["amount"], rows["3"]["filter"]) == (0, 0, None)
    assert rows["2"]["answer"] == "Not known: no account can be compared with a year earlier"
    unknown = {
        **THREE,
        "financial_period": THREE["financial_period"].replace("C,2026-05-01,EUR,200,100", "C,2026-05-01,EUR,200,"),
    }
    assert answer(unknown, "brief", THREE_NOW)["3"]["answer"].endswith("; 1 unknown")


def test_losses_that_the_overview_does_not_count_are_told(answer: Ask) -> None:
    """Bob loses 1 of 500, which is under half a per cent; Cleo loses 50 and has left; Anna loses 100."""
    facts = {
        **THREE,
        "account": """
            account_id,name,manager_id,tier,status
            A,Anna,M,1,active
            B,Bob,M,1,active
            C,Cleo,M,1,exited
            """,
        "financial_period": """
            account_id,period_start,currency,revenue,cogs
            A,2026-05-01,EUR,300,400
            B,2026-05-01,EUR,500,501
            C,2026-05-01,EUR,200,250
            """,
    }
    row = answer(facts, "brief", THREE_NOW)["3"]
    assert row["answer"].startswith("3 of 3 accounts lose 151 (1 exited, 1 by under 0.5 % of revenue): Anna, Cleo, Bob")
    # -101 on 800 in the programme are -12.6 %: Anna at -33.3 % would lose 38 of her 300, 62 less.
    assert row["short"] == "3 of 3 lose 151; at programme margin +62"


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
    assert rows["2"]["because"] == "at customer is silent; Ida Idle carries 1"
    # Where nobody may carry more than one, nothing is left to propose: the asks alone.
    assert [row["account_id"] for row in answer(FACTS, "brief_decisions", NOW).values()] == ["A1", "A3", "A6"]


def test_an_account_is_asked_for_the_same_on_the_brief_and_on_the_overview(sample_portfolio: Portfolio) -> None:
    asks = {row["account_id"]: row["ask"] for row in sample_portfolio.ask("attention", Filters()).to_dicts()}
    told = {row["account_id"]: row["ask"] for row in sample_portfolio.ask("brief_decisions", Filters()).to_dicts()}
    assert told == {key: asks[key] for key in told}
    assert told["KA004"] == "0.29m more by raising prices 3 %, volume unchanged; appoint Mei Tan (inside)"


@pytest.mark.parametrize("where", ["", "region:DACH", "tier:1 -status:exited"])
def test_the_filter_of_a_line_shows_exactly_its_accounts(sample_portfolio: Portfolio, where: str) -> None:
    rows = sample_portfolio.ask("brief", Filters(where=where)).to_dicts()
    assert [row["number"] for row in rows] == list(range(1, 11))
    for row in rows:
        if not row["accounts"] or row["number"] in (1, 4, 7, 9):  # those are of the whole: their evidence too
            assert row["filter"] is None
            continue
        found = sample_portfolio.matching(Filters(where=f"{where} {row['filter']}"))
        assert found.height == row["accounts"], row["question"]
        assert abs(float(found["revenue"].sum()) - row["revenue"]) < 0.01, row["question"]
    assert sum(bool(row["accounts"]) for row in rows) >= 7


def test_w_on_a_line_lists_the_accounts_it_counts(sample_portfolio: Portfolio) -> None:
    for row in sample_portfolio.ask("brief", Filters()).to_dicts():
        told = why(sample_portfolio, "brief.answer", item=str(row["number"]))
        assert (told.value, told.words) == (row["accounts"], row["answer"])
        assert told.rule
        assert sum(one["value"] or 0 for one in told.inputs) == pytest.approx(row["revenue"])
    for row in sample_portfolio.ask("brief_decisions", Filters()).to_dicts():
        told = why(sample_portfolio, "brief_decisions.decision", row["account_id"], str(row["number"]))
        assert (told.value, told.words) == (row["amount"], row["because"])


def test_w_on_a_line_says_of_each_account_what_the_line_is_about(
    sample_portfolio: Portfolio, sample_facts: Facts
) -> None:
    case = Case.of(sample_facts, Filters())
    key_of = {sample_facts.accounts[key]["name"]: key for key in case.ids}
    told: dict[str, Callable[[str], str]] = {
        "2": lambda key: f"revenue; profit {money(growth(case, key)[1])} on a year earlier",
        "8": lambda key: f"revenue; {health(case, key)}",
    }
    for item, said_of in told.items():
        inputs = why(sample_portfolio, "brief.answer", item=item).inputs
        for one in [one for one in inputs if one["label"] in key_of]:
            said = one["words"].replace("no plan", "none").replace("not reviewed", "unreviewed")
            assert said.startswith(said_of(key_of[one["label"]])), one
        assert len(inputs) >= 4
    steps = {row["name"]: row["amount"] for row in bridge_accounts(case) if row["step"] == "cost_to_serve_rate"}
    inputs = why(sample_portfolio, "brief.answer", item="4").inputs
    assert [one["words"] for one in inputs] == [f"revenue; {money(steps[one['label']])} in this step" for one in inputs]


def test_a_plan_that_ended_since_the_review_makes_it_worse(answer: Ask) -> None:
    plans = """
        plan_id,account_id,name,status,start_on,end_on
        1,A,Over,active,2025-01-01,2026-06-15
        2,B,Alive,active,2025-01-01,2027-12-31
        """
    facts = {name: THREE[name] for name in ("person", "account", "financial_period")} | {"plan": plans}
    row = answer(facts, "brief", THREE_NOW)["8"]
    assert row["answer"] == "2 of 3 accounts (was 1), 500 revenue (50 %); 1 without a plan, 1 expired: Anna, Cleo"
    assert row["direction"] == "worse"
    later = Filters(as_of=THREE_NOW.as_of, since="2026-06-20")
    assert answer(facts, "brief", later)["8"]["direction"] == "neither"
