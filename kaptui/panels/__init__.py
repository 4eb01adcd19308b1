"""The panels, one per question, in the order of the contract."""

from __future__ import annotations

from collections.abc import Mapping

from kaptui.panels import (
    account_contacts,
    account_financials,
    account_plan,
    account_timeline,
    accounts,
    attention,
    attention_reasons,
    bridge_accounts,
    changes,
    co_innovation,
    co_innovation_gaps,
    contact_threads,
    coverage_breakdown,
    factor_evidence,
    factor_scores,
    factor_summary,
    leaders,
    plan_health,
    portfolio,
    profit_bridge,
    programme_promotion,
    revenue_trend,
    sponsor_load,
    sponsorship_coverage,
    sponsorship_gaps,
    sponsorship_matrix,
    sponsorship_mechanisms,
    sponsorship_proposal,
    sponsorship_summary,
    value_groups,
    value_mix,
    whale_curve,
)
from kaptui.panels.base import Panel, empty

__all__ = ["PANELS", "empty"]

PANELS: Mapping[str, Panel] = {
    panel.name: panel
    for panel in (
        portfolio.PANEL,
        accounts.PANEL,
        attention.PANEL,
        attention_reasons.PANEL,
        factor_summary.PANEL,
        factor_scores.PANEL,
        factor_evidence.PANEL,
        whale_curve.PANEL,
        value_mix.PANEL,
        value_groups.PANEL,
        profit_bridge.PANEL,
        bridge_accounts.PANEL,
        revenue_trend.PANEL,
        co_innovation.PANEL,
        co_innovation_gaps.PANEL,
        sponsorship_coverage.PANEL,
        sponsorship_gaps.PANEL,
        sponsor_load.PANEL,
        sponsorship_mechanisms.PANEL,
        programme_promotion.PANEL,
        contact_threads.PANEL,
        sponsorship_summary.PANEL,
        sponsorship_matrix.PANEL,
        coverage_breakdown.PANEL,
        leaders.PANEL,
        sponsorship_proposal.PANEL,
        plan_health.PANEL,
        changes.PANEL,
        account_financials.PANEL,
        account_plan.PANEL,
        account_timeline.PANEL,
        account_contacts.PANEL,
    )
}
"""Every panel by its question's name."""
