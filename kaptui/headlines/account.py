"""The headline of one account: what needs a decision, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.text import index, listed, share
from kaptui.text.reasons import reason_with_amount
from kaptui.views import Row


def account_headline(account: Row, reasons: Iterable[Row], judged: str = "") -> str:
    """One account in one line: what needs a decision, what to watch, or how it stands.

    `account` is its row of question `accounts`, `reasons` its rows of `attention_reasons` or, with fewer words, of
    `account_asks`, serious or not. `judged` says how many rules could be judged where some could not: then silence is
    not good news.
    """
    rows = list(reasons)
    serious = [reason_with_amount(row) for row in rows if row["serious"]]
    if serious:
        return f"Needs a decision: {'; '.join(serious)}"
    watch = [reason_with_amount(row) for row in rows]
    if watch:
        calm = "No serious reason known" if judged else "No serious reason"
        return "; ".join(part for part in (calm, f"watch: {'; '.join(watch)}", judged) if part)
    if account["status"] == "exited":
        return "Exited: raises no reasons"
    if judged:
        return f"No reason known; {judged}: {_standing(account)}"
    return f"No reason for attention: {_standing(account)}"


def account_ask(asks: Iterable[Row], most: int = 3) -> str:
    """What to ask for: the steps that answer the serious reasons, or all of them if none is; the first ones in words.

    `asks` are the account's rows of question `account_asks`.
    """
    rows = [row for row in asks if row["ask"]]
    steps = [row["ask"] for row in rows if row["serious"]] or [row["ask"] for row in rows]
    left = len(rows) - len(steps[:most])
    return f"Ask: {'; '.join(steps[:most])}{f'; {left} more below' if left else ''}" if steps else ""


def _standing(account: Row) -> str:
    known = account["index"] is not None
    return listed(
        (
            f"index {index(account['index'])}" if known else "not scored",
            f"margin {share(account['margin'])}" if account["margin"] is not None else "profit unknown",
            f"coverage {account['coverage'] or 'not known'}",
            f"plan {account['plan_status'] or 'not known'}",
        )
    )
