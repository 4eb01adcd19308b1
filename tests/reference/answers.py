"""Questions the reference answers, the columns that tell rows apart, and small facts written as text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from kaptui.filters import Filters
from reference.attention import attention, attention_reasons
from reference.bridge import profit_bridge
from reference.case import Case
from reference.changes import changes
from reference.evidence import factor_evidence
from reference.facts import Row
from reference.mechanisms import coverage_breakdown, programme_promotion, sponsorship_mechanisms, sponsorship_summary
from reference.plans import contact_threads, plan_health
from reference.portfolio import account_financials, accounts, portfolio, revenue_trend, value_mix, whale_curve
from reference.scores import factor_scores, factor_summary
from reference.sponsorship import sponsor_load, sponsorship_coverage, sponsorship_gaps
from reference.value import bridge_accounts, co_innovation, co_innovation_gaps, value_groups

Answer = Callable[[Case], list[Row]]

ANSWERS: Mapping[str, Answer] = {
    "portfolio": portfolio,
    "accounts": accounts,
    "attention": attention,
    "attention_reasons": attention_reasons,
    "factor_summary": factor_summary,
    "factor_scores": factor_scores,
    "factor_evidence": factor_evidence,
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
    "sponsor_load": sponsor_load,
    "contact_threads": contact_threads,
    "sponsorship_mechanisms": sponsorship_mechanisms,
    "programme_promotion": programme_promotion,
    "coverage_breakdown": coverage_breakdown,
    "sponsorship_summary": sponsorship_summary,
    "plan_health": plan_health,
    "changes": changes,
    "account_financials": account_financials,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    "portfolio": ("as_of",),
    "attention_reasons": ("account_id", "reason"),
    "factor_summary": ("factor_id",),
    "factor_scores": ("account_id", "factor_id"),
    "factor_evidence": ("account_id", "code", "indicator"),
    "profit_bridge": ("step",),
    "bridge_accounts": ("step", "account_id"),
    "value_groups": ("grouped_by", "group_name"),
    "co_innovation": ("programme_id",),
    "co_innovation_gaps": ("gap", "account_id", "programme_id"),
    "revenue_trend": ("month",),
    "sponsorship_coverage": ("account_id", "side"),
    "sponsorship_gaps": ("account_id", "side"),
    "sponsor_load": ("person_id",),
    "programme_promotion": ("quarter", "kind"),
    "coverage_breakdown": ("dimension", "value", "side"),
    "sponsorship_summary": ("accounts",),
    "account_financials": ("account_id", "month"),
    "changes": ("account_id", "what", "before", "after"),
}


def keyed(question: str, rows: list[Row]) -> dict[str, Row]:
    """Rows by their key as text; two rows with one key are an error."""
    columns = KEYS.get(question, ("account_id",))
    found = {"/".join(str(row[column]) for column in columns): row for row in rows}
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
