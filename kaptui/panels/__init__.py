"""The panels, one per question, in the order of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from kaptui.panels.base import Panel, empty

__all__ = ["PANELS", "empty", "panel_of"]

_NAMES = (
    "brief",
    "brief_decisions",
    "portfolio",
    "accounts",
    "attention",
    "attention_reasons",
    "factor_summary",
    "factor_scores",
    "factor_evidence",
    "factor_accounts",
    "factor_groups",
    "factor_trend",
    "factor_gaps",
    "whale_curve",
    "value_mix",
    "value_groups",
    "profit_bridge",
    "bridge_accounts",
    "revenue_trend",
    "co_innovation",
    "co_innovation_gaps",
    "sponsorship_coverage",
    "sponsorship_gaps",
    "touches_due",
    "sponsor_load",
    "sponsorship_mechanisms",
    "programme_promotion",
    "contact_threads",
    "sponsorship_summary",
    "sponsorship_matrix",
    "coverage_breakdown",
    "leaders",
    "sponsorship_proposal",
    "what_if_moves",
    "plan_health",
    "changes",
    "changes_by_account",
    "profit_since",
    "plan_overview",
    "plans_by_manager",
    "plan_actions",
    "actions_by_function",
    "plan_profile",
    "plan_reviews",
    "account_profile",
    "account_asks",
    "account_financials",
    "account_plan",
    "account_timeline",
    "account_contacts",
    "account_touches",
    "account_assessments",
    "account_price_basis",
)


class _Panels(Mapping[str, Panel]):
    """Each is imported when it is first wanted: a screen pays for its own panels only."""

    def __getitem__(self, name: str) -> Panel:
        if name not in _NAMES:
            raise KeyError(name)
        panel: Panel = import_module(f"kaptui.panels.{name}").PANEL
        return panel

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


PANELS: Mapping[str, Panel] = _Panels()
"""Every panel by its question's name."""


def panel_of(question: str) -> Panel:
    """The panel of a question; of one that has none, a plain table."""
    if question in PANELS:
        return PANELS[question]
    from kaptui.panels.plain import plain_panel

    return plain_panel(question)
