"""How well the portfolio is sponsored: the key figures of the Sponsors screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filter_language import condition
from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.text import UNKNOWN, count, index, listed, money, of, share, short_name
from kaptui.text.accounts import named, revenue_unknown
from kaptui.views import Figure, Figures, Kind, Row, State

if TYPE_CHECKING:
    import polars as pl

NAMED = 0.5
"""From this share of activities that name a known person on, touches are known (as in the model's table `fed`)."""

PROMISE: Mapping[str, Kind] = {
    "accounts": "integer",
    "revenue": "money",
    "profit": "money",
    "without_accounts": "integer",
    "without_revenue": "money",
    "one_side_accounts": "integer",
    "internal_covered": "integer",
    "internal_revenue": "money",
    "external_covered": "integer",
    "external_revenue": "money",
    "fully_covered": "integer",
    "full_revenue": "money",
    "full_profit": "money",
    "uncovered_sides": "integer",
    "stale_sides": "integer",
    "new_sides": "integer",
    "negotiations": "integer",
    "negotiations_exposed": "integer",
    "top_evidence": "index",
    "leaders": "integer",
    "leaders_warn": "integer",
    "leaders_over": "integer",
    "leaders_ending": "integer",
    "leaders_silent": "integer",
    "leaver": "text",
    "leaver_accounts": "integer",
    "leaver_revenue": "money",
    "sponsorship_fed": "flag",
    "double_sponsored": "integer",
    "double_revenue": "money",
    "unknown_sides": "integer",
    "uncovered_revenue_share": "share",
    "activity_fed": "flag",
    "named_share": "share",
    "leaver_names": "text",
    "unknown_revenue_accounts": "integer",
}


def not_judged(row: Row) -> str:
    """Why the cover of assigned sides cannot be told, where it cannot: no touch of any sponsor is known."""
    if not row["unknown_sides"]:
        return ""
    if not row["activity_fed"]:
        return "not judged: no activities"
    if row["named_share"] is not None and row["named_share"] < NAMED:
        return f"not judged: {share(row['named_share'])} of activities name people"
    return "not judged: no touch known"


def part_of(row: Row, part: str, whole: str = "revenue") -> str:
    """A part of revenue or profit as per cent of all of it: "79 % of revenue"; empty where there is none."""
    total = row[whole]
    return f"{share(row[part] / total)} of {whole}" if total is not None and total > 0 else ""


def _bad(number: int) -> State:
    return "bad" if number else ""


def _left_alone(row: Row) -> str:
    """The accounts that lose cover, those with most revenue by name."""
    names = row.get("leaver_names")
    accounts = f"{count('account', row['leaver_accounts'])} lose cover"
    return f"{accounts}: {named(names.split('; '))}" if names else accounts


def view(frame: pl.DataFrame, context: Context) -> Figures:
    """Both sides, the accounts without anybody, the leaders, and whose leaving would hurt most."""
    row = frame.row(0, named=True)
    accounts, without, over = row["accounts"], row["without_accounts"], row["leaders_over"]
    unknown = not_judged(row)
    brief = "not judged" if unknown else ""
    both = brief or listed((f"{row['double_sponsored']} by two independent people", part_of(row, "full_revenue")))
    warned = f"{row['leaders_warn']} near it" if row["leaders_warn"] else ""
    silent = f"{row['leaders_silent']} silent" if row["leaders_silent"] else ""
    ending = f"{row['leaders_ending']} leaving" if row["leaders_ending"] else ""
    leaver = row["leaver"]
    lost = _left_alone(row) if leaver else brief or "nobody is missed"
    exposed, ahead = row["negotiations_exposed"], row["negotiations"]
    return Figures(
        (
            Figure(
                "No live sponsor",
                of(without, accounts),
                unknown or listed((part_of(row, "without_revenue"), revenue_unknown(row))),
                _bad(without),
                "without_accounts",
                narrow="reason:no_live_sponsor" if without else "",
                panel="gaps",
            ),
            Figure(
                "Inside",
                UNKNOWN if unknown else of(row["internal_covered"], accounts),
                brief or part_of(row, "internal_revenue"),
                measure="internal_covered",
                panel="gaps",
            ),
            Figure(
                "At customer",
                UNKNOWN if unknown else of(row["external_covered"], accounts),
                brief or part_of(row, "external_revenue"),
                measure="external_covered",
                panel="gaps",
            ),
            Figure(
                "Both sides",
                UNKNOWN if unknown else of(row["fully_covered"], accounts),
                both,
                measure="fully_covered",
                panel="matrix",
            ),
            Figure(
                "Over their limit",
                of(over, row["leaders"]),
                listed((warned, silent, ending)),
                _bad(over),
                "leaders_over",
                panel="leaders",
            ),
            Figure(
                f"If {short_name(leaver)} leaves" if leaver else "If one leaves",
                money(row["leaver_revenue"]) if leaver else UNKNOWN,
                lost,
                measure="leaver_revenue",
                narrow=condition("sponsor", leaver) if leaver else "",
                panel="leaders",
            ),
            Figure(
                "Negotiating alone",
                UNKNOWN if unknown else of(exposed, ahead),
                brief or ("no leader at customer" if ahead else "no negotiation ahead"),
                _bad(exposed) if not unknown else "",
                "negotiations_exposed",
                narrow="year_end:alone" if exposed and not unknown else "",
                panel="matrix:sponsorship_mechanisms",
            ),
            Figure(
                "Facts, sponsorship",
                index(row["top_evidence"]),
                "of 100: what they bear out",
                measure="top_evidence",
                screen="factors",
            ),
        )
    )


PANEL = Panel(
    name="sponsorship_summary",
    title="Sponsorship figures",
    promise=PROMISE,
    render=view,
    source_tables=("sponsorship",),
    description="How many accounts have live sponsors on both sides, and what hangs on single leaders.",
    comparison=Comparison(
        {
            "without_accounts": "accounts",
            "internal_covered": "accounts",
            "external_covered": "accounts",
            "fully_covered": "accounts",
            "leaders_over": "",
            "leaver_revenue": "leaver",
            "negotiations_exposed": "",
            "top_evidence": "",
        }
    ),
)
