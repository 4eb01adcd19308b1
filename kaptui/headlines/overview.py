"""The headline of the Overview: how many accounts need the director, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kaptui.filters import Context
from kaptui.text import count, listed, share
from kaptui.text.accounts import in_programme, no_accounts, rules_words
from kaptui.text.reasons import REASONS
from kaptui.text.window import figures_state
from kaptui.views import Row


def overview_headline(
    portfolio: Row, reasons: Iterable[Row], context: Context, accounts_in_file: int | None = None
) -> str:
    """The Overview in one line: how many accounts need the director, why, and their share of revenue.

    `portfolio` is the row of question `portfolio`, `reasons` the rows of `attention_reasons`.
    `accounts_in_file` tells an empty file from a filter that matches nothing.
    """
    if not portfolio["accounts"]:
        return no_accounts(accounts_in_file)
    accounts = in_programme(portfolio)
    needing = portfolio["attention_accounts"] or 0
    if needing:
        verb = "needs" if needing == 1 else "need"
        part = portfolio["attention_revenue_share"]
        of_revenue = "" if part is None else f", {share(part)} of revenue"
        text = f"{needing} of {count('account', accounts)} {verb} you{of_revenue}: {_why(reasons)}"
    else:
        calm = "is known to need you" if rules_words(portfolio) else "needs you"
        text = f"None of {count('account', accounts)} {calm}"
    return "; ".join(part for part in (text, rules_words(portfolio), figures_state(context)) if part)


def _why(reasons: Iterable[Row]) -> str:
    """The two most frequent serious reasons by accounts, who has both, and how many accounts have only others."""
    pairs = {(row["account_id"], row["reason"]) for row in reasons if row["serious"]}
    tally = Counter(code for _, code in pairs)
    order = {code: place for place, code in enumerate(REASONS)}
    ranked = sorted(tally, key=lambda code: (-tally[code], order.get(code, len(order)), code))
    first, second = ({account for account, code in pairs if code == one} for one in (*ranked, "", "")[:2])
    parts = [f"{tally[code]} {_many(code)}" for code in ranked[:2]]
    if second and second <= first:
        parts[1] = f"{len(second)} of them {_many(ranked[1])}"
    elif first & second:  # else the parts would seem to add up to more than there are
        parts[1] += f" ({len(first & second)} both)"
    rest = len({account for account, _ in pairs} - first - second)
    return listed([*parts, f"{rest} for other reasons" if rest else ""])


def _many(code: str) -> str:
    known = REASONS.get(code)
    return known.many if known else f"with {code.replace('_', ' ')}"
