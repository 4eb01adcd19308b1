"""The reasons for attention in words, the same on every screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kaptui.text.format import money
from kaptui.text.words import side_words
from kaptui.views import Row


class ReasonWords(NamedTuple):
    """A reason for attention: of one account ("no plan"), and of several ("without a plan")."""

    one: str
    many: str


REASONS: Mapping[str, ReasonWords] = {
    "loses_money": ReasonWords("loses money", "losing money"),
    "empty_growth": ReasonWords("revenue up, profit down", "with revenue up, profit down"),
    "side_uncovered": ReasonWords("side open", "with one side open"),
    "orphan_risk": ReasonWords("sponsor leaving", "with a sponsor who is leaving"),
    "factors_red": ReasonWords("red factors", "with red factors"),
    "plan_expired": ReasonWords("plan expired", "with an expired plan"),
    "no_live_sponsor": ReasonWords("no live sponsor", "with no live sponsor"),
    "profit_unknown": ReasonWords("profit unknown", "whose profit became unknown"),
    "side_stale": ReasonWords("sponsor silent", "with a silent sponsor"),
    "factor_fell": ReasonWords("factor fell", "with a factor that fell"),
    "overclaimed": ReasonWords("overclaimed", "overclaimed"),
    "plan_missing": ReasonWords("no plan", "without a plan"),
    "plan_unreviewed": ReasonWords("plan not reviewed", "with an unreviewed plan"),
    "actions_overdue": ReasonWords("actions overdue", "with overdue actions"),
    "single_thread": ReasonWords("single contact", "on a single contact"),
    "figures_stopped": ReasonWords("figures stopped", "whose figures stopped"),
}
"""The words of each reason code, the same on every screen."""


def reason_words(code: str) -> str:
    """A reason code in short words; a code of a company's own rule without its underscores."""
    known = REASONS.get(code)
    return known.one if known else code.replace("_", " ")


def reasons_in_words(codes: str | None, uncovered: Sequence[str] = ()) -> str:
    """The codes of one account (joined by "; ") in short words; `uncovered` are its sides without a sponsor."""
    words = {code: reason_words(code) for code in (codes or "").split("; ") if code}
    if uncovered and "side_uncovered" in words:
        words["side_uncovered"] = f"no sponsor {side_words(uncovered[0])}" if len(uncovered) == 1 else "both sides open"
    return "; ".join(words.values())


def reason_with_amount(row: Row) -> str:
    """A reason with its number: money in the words of every screen, the rest as the rule says it."""
    if row["reason"] == "loses_money" and row["amount"] is not None:
        return f"loses {money(row['amount'])}"
    return row.get("because") or row["detail"] or reason_words(row["reason"] or "")
