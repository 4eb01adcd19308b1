"""Three accounts worked out by hand, told otherwise line by line.

As of 30 June 2026, gross profit; all are tier 1, a touch every 90 days:

    account  revenue  cogs  profit  margin
    A            300   280      20   6.7 %
    B            500   350     150  30 %
    C            200   100     100  50 %
    all         1000   730     270  27 %

All have been there since 2024 and booked nothing then, so that none is new.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from tests.explain.explaining import Why, why
from tests.reference.shelf import Shelf

AS_OF = date(2026, 6, 30)
NOW = Filters(as_of=AS_OF, since="2026-03-31")

FACTS = {
    "person": """
        person_id,name,function,level,active
        M,Mia Manager,Sales,3,true
        S,Sara Sponsor,Finance,5,true
        T,Tom Touch,Finance,5,true
        """,
    "account": """
        account_id,name,manager_id,tier
        A,Anna,M,1
        B,Bob,M,1
        C,Cleo,M,1
        """,
    "financial_period": """
        account_id,period_start,currency,revenue,cogs
        A,2024-01-01,EUR,0,0
        B,2024-01-01,EUR,0,0
        C,2024-01-01,EUR,0,0
        A,2026-05-01,EUR,300,280
        B,2026-05-01,EUR,500,350
        C,2026-05-01,EUR,200,100
        """,
    "stakeholder": """
        stakeholder_id,account_id,name,role,level
        A1,A,Ann,Buyer,3
        A2,A,Abe,Planner,4
        A3,A,Ada,Chief buyer,5
        """,
    "sponsorship": """
        sponsorship_id,account_id,person_id,side,start_on,end_on
        1,A,S,internal,2025-01-01,
        """,
    "activity": """
        activity_id,account_id,person_id,stakeholder_id,side,kind,occurred_on
        1,A,S,,internal,exec_meeting,2026-03-31
        2,B,T,,external,visit,2026-06-01
        3,A,M,A1,external,visit,2026-06-01
        """,
    "assessment": """
        account_id,factor_id,assessed_on,score,assessor_id,evidence
        A,1,2026-05-01,1,S,seen
        A,2,2026-05-01,3,S,seen
        A,3,2026-05-01,0,S,seen
        A,4,2026-05-01,4,S,seen
        B,1,2026-05-01,2,S,seen
        """,
    "plan": """
        plan_id,account_id,name,status,start_on,end_on,shared_with_customer_on
        PA,A,Plan A,active,2025-01-01,2026-06-29,
        PB,B,Plan B,active,2025-01-01,2027-12-31,
        PC,C,Plan C,active,2025-01-01,2027-12-31,
        """,
    "plan_review": """
        review_id,plan_id,reviewed_on,customer_present
        1,PB,2025-06-01,
        2,PC,2026-06-01,
        """,
    "objective": """
        objective_id,plan_id,name,status,due_on
        OC,PC,More margin,in_progress,2026-06-29
        """,
    "action": """
        action_id,objective_id,name,due_on,done_on
        C1,OC,Call,2026-06-01,
        C2,OC,Visit,2026-06-30,
        """,
}

Facts = Mapping[str, str]


def with_line(table: str, line: str, facts: Facts = FACTS) -> dict[str, str]:
    """The facts with one line more."""
    return {**facts, table: facts[table].rstrip() + f"\n        {line}\n        "}


def changed(table: str, old: str, new: str, facts: Facts = FACTS) -> dict[str, str]:
    """The facts with one line told otherwise."""
    assert facts[table].count(old) == 1
    return {**facts, table: facts[table].replace(old, new)}


class Teller:
    """Asks and explains over facts."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def portfolio(self, facts: Facts) -> Portfolio:
        """The facts as the engine loads them."""
        return self._shelf.portfolio(facts)

    def why(self, measure: str, account: str = "", item: str = "", facts: Facts = FACTS) -> Why:
        """Explain a number."""
        return why(self._shelf.portfolio(facts), measure, account, item, NOW)

    def account(self, account: str, facts: Facts, question: str = "accounts") -> dict[str, Any]:
        """What a list shows of one account."""
        rows = self._shelf.portfolio(facts).ask(question, NOW).to_dicts()
        return next(row for row in rows if row["account_id"] == account)

    def money(self, account: str, facts: Facts) -> dict[str, Any]:
        """Its money, shares and quadrant; needs a fifth of the model that the list of accounts needs."""
        return self.account(account, facts, "value_mix")

    def scored(self, account: str, facts: Facts) -> dict[str, Any]:
        """Its index and weakest factor; needs three quarters of what the list of accounts needs."""
        return self.account(account, facts, "factor_accounts")

    def status(self, account: str, side: str, facts: Facts) -> str | None:
        """The status of one side of an account."""
        rows = self._shelf.portfolio(facts).ask("sponsorship_coverage", NOW).to_dicts()
        found: dict[tuple[str, str], str | None] = {(row["account_id"], row["side"]): row["status"] for row in rows}
        return found[account, side]

    def health(self, account: str, facts: Facts) -> str | None:
        """The health of its plan."""
        found: str | None = self.account(account, facts, "plan_health")["health"]
        return found


def earning(more: float) -> dict[str, str]:
    """The facts where A earns so much more."""
    return changed("financial_period", "A,2026-05-01,EUR,300,280", f"A,2026-05-01,EUR,300,{280 - more:.2f}")
