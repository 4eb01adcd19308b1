"""Questions the reference answers, the columns that tell rows apart, and small facts written as text."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from kaptui.filters import Filters
from tests.reference.account import account_contacts, account_plan, account_timeline, plan_profile
from tests.reference.asks import account_asks, reasons_in_full
from tests.reference.attention import attention
from tests.reference.bridge import profit_bridge
from tests.reference.brief import brief
from tests.reference.brief_decisions import brief_decisions
from tests.reference.case import Case
from tests.reference.changes import changes, changes_by_account, profit_since
from tests.reference.evidence_told import factor_evidence
from tests.reference.factors import factor_accounts, factor_gaps, factor_groups, factor_trend
from tests.reference.facts import Row
from tests.reference.gaps import sponsorship_gaps, touches_due
from tests.reference.leaders import leaders, sponsorship_matrix, what_if_moves
from tests.reference.mechanisms import (
    coverage_breakdown,
    programme_promotion,
    sponsorship_mechanisms,
    sponsorship_summary,
)
from tests.reference.plan_lists import actions_by_function, plan_actions, plan_overview, plan_reviews, plans_by_manager
from tests.reference.plans import contact_threads, plan_health
from tests.reference.portfolio import account_financials, accounts, portfolio, revenue_trend, value_mix, whale_curve
from tests.reference.profile import account_assessments, account_price_basis, account_profile, account_touches
from tests.reference.proposal import sponsorship_proposal
from tests.reference.scores import factor_scores, factor_summary
from tests.reference.sponsorship import sponsor_load, sponsorship_coverage
from tests.reference.value import bridge_accounts, co_innovation, co_innovation_gaps, value_groups

Answer = Callable[[Case], list[Row]]

ANSWERS: Mapping[str, Answer] = {
    "brief": brief,
    "brief_decisions": brief_decisions,
    "portfolio": portfolio,
    "accounts": accounts,
    "attention": attention,
    "attention_reasons": reasons_in_full,
    "factor_summary": factor_summary,
    "factor_scores": factor_scores,
    "factor_evidence": factor_evidence,
    "factor_accounts": factor_accounts,
    "factor_groups": factor_groups,
    "factor_trend": factor_trend,
    "factor_gaps": factor_gaps,
    "whale_curve": whale_curve,
    "value_mix": value_mix,
    "value_groups": value_groups,
    "profit_bridge": profit_bridge,
    "bridge_accounts": bridge_accounts,
    "revenue_trend": revenue_trend,
    "co_innovation": co_innovation,
    "co_innovation_gaps": co_innovation_gaps,
    "sponsorship_coverage": sponsorship_coverage,
    "sponsorship_gaps": sponsorship_gaps,
    "touches_due": touches_due,
    "sponsor_load": sponsor_load,
    "leaders": leaders,
    "sponsorship_matrix": sponsorship_matrix,
    "sponsorship_proposal": sponsorship_proposal,
    "what_if_moves": what_if_moves,
    "contact_threads": contact_threads,
    "sponsorship_mechanisms": sponsorship_mechanisms,
    "programme_promotion": programme_promotion,
    "coverage_breakdown": coverage_breakdown,
    "sponsorship_summary": sponsorship_summary,
    "plan_health": plan_health,
    "changes": changes,
    "changes_by_account": changes_by_account,
    "profit_since": profit_since,
    "account_financials": account_financials,
    "account_plan": account_plan,
    "account_timeline": account_timeline,
    "account_contacts": account_contacts,
    "account_profile": account_profile,
    "account_price_basis": account_price_basis,
    "account_touches": account_touches,
    "account_assessments": account_assessments,
    "account_asks": account_asks,
    "plan_overview": plan_overview,
    "plans_by_manager": plans_by_manager,
    "plan_actions": plan_actions,
    "actions_by_function": actions_by_function,
    "plan_profile": plan_profile,
    "plan_reviews": plan_reviews,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    "brief": ("number",),
    "brief_decisions": ("number",),
    "portfolio": ("as_of",),
    "attention_reasons": ("account_id", "reason"),
    "account_asks": ("account_id", "reason"),
    "factor_summary": ("factor_id",),
    "factor_scores": ("account_id", "factor_id"),
    "factor_evidence": ("account_id", "code", "indicator"),
    "factor_groups": ("grouping", "value", "factor_id"),
    "factor_trend": ("seen_on", "factor_id"),
    "factor_gaps": ("account_id", "factor_id"),
    "profit_bridge": ("step",),
    "bridge_accounts": ("step", "account_id"),
    "value_groups": ("grouped_by", "group_name"),
    "co_innovation": ("programme_id",),
    "co_innovation_gaps": ("gap", "account_id", "programme_id"),
    "revenue_trend": ("month",),
    "sponsorship_coverage": ("account_id", "side"),
    "sponsorship_gaps": ("account_id", "side"),
    "touches_due": ("account_id", "side"),
    "sponsor_load": ("person_id",),
    "leaders": ("person_id",),
    "sponsorship_matrix": ("account_id", "side", "person_id"),
    "sponsorship_proposal": ("account_id", "side"),
    "what_if_moves": ("place",),
    "programme_promotion": ("quarter", "kind"),
    "coverage_breakdown": ("dimension", "value", "side"),
    "sponsorship_summary": ("accounts",),
    "account_financials": ("account_id", "month"),
    "account_plan": ("account_id", "objective_id", "action_id"),
    "account_timeline": ("account_id", "on", "kind", "what", "who", "about", "ahead"),
    "account_contacts": ("account_id", "name", "role"),
    "account_price_basis": ("account_id", "basis"),
    "account_touches": ("account_id", "occurred_on", "side", "kind", "who", "contact", "counts_as", "note"),
    "account_assessments": ("account_id", "code", "assessed_on"),
    "plan_overview": ("accounts",),
    "plans_by_manager": ("manager_id",),
    "plan_actions": ("action_id",),
    "actions_by_function": ("function",),
    "plan_reviews": ("account_id", "reviewed_on", "chaired_by"),
    "changes": ("account_id", "what", "before", "after"),
}


REPEATED = ("account_timeline", "account_touches")
"""Lists in which the same can stand twice; their keys hold every column, and what comes again is numbered."""


def keyed(question: str, rows: list[Row]) -> dict[str, Row]:
    """Rows by their key as text; two rows with one key are an error."""
    columns = KEYS.get(question, ("account_id",))
    found: dict[str, Row] = {}
    times: Counter[str] = Counter()
    for row in rows:
        key = "/".join(str(row[column]) for column in columns)
        times[key] += question in REPEATED
        found[f"{key}/{times[key]}" if times[key] > 1 else key] = row
    assert len(found) == len(rows), f"{question}: two rows share a key {columns}"
    return found


def write_facts(folder: Path, tables: Mapping[str, str]) -> None:
    """Write small tables, each an indented block of CSV text, as the files that `kaptui load` reads."""
    for name, block in tables.items():
        (folder / f"{name}.csv").write_text(textwrap.dedent(block).lstrip(), encoding="utf-8")


class Ask(Protocol):
    """Facts as CSV text, a question and filters -> the rows by key; see the fixture `answer`."""

    def __call__(self, tables: Mapping[str, str], question: str, filters: Filters) -> dict[str, Row]:
        """Ask one question of small facts."""
