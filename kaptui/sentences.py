"""Headline sentences: one line that says what the numbers below it come to, with its base in it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kaptui.filters import Context
from kaptui.wording import MONTH_NAMES as NAMES
from kaptui.wording import count, day, index, listed, money, month, of, share

if TYPE_CHECKING:
    import polars as pl


class ReasonWords(NamedTuple):
    """A reason for attention: of one account ("no plan"), and of several ("without a plan")."""

    one: str
    many: str


REASONS: Mapping[str, ReasonWords] = {
    "loses_money": ReasonWords("loses money", "losing money"),
    "empty_growth": ReasonWords("revenue up, profit down", "growing without profit"),
    "side_uncovered": ReasonWords("side uncovered", "with an uncovered side"),
    "orphan_risk": ReasonWords("sponsor leaving", "about to lose a sponsor"),
    "factors_red": ReasonWords("red factors", "with red factors"),
    "plan_expired": ReasonWords("plan expired", "with an expired plan"),
    "no_live_sponsor": ReasonWords("no live sponsor", "without a live sponsor"),
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

Row = Mapping[str, Any]
CENT = 0.005
"""What money may differ by and still be the same."""


def reason_words(code: str) -> str:
    """A reason code in short words; a code of a company's own rule without its underscores."""
    known = REASONS.get(code)
    return known.one if known else code.replace("_", " ")


def reasons_in_words(codes: str | None, uncovered: Sequence[str] = ()) -> str:
    """The codes of one account (joined by "; ") in short words; `uncovered` are its sides without a sponsor."""
    words = {code: reason_words(code) for code in (codes or "").split("; ") if code}
    if uncovered and "side_uncovered" in words:
        words["side_uncovered"] = f"no {uncovered[0]} sponsor" if len(uncovered) == 1 else "no sponsor at all"
    return "; ".join(words.values())


def window_words(context: Context) -> str:
    """The window of the figures: "12 months to Oct 2026", "Jan to Oct 2026"."""
    if context.window == "ttm":
        return f"12 months to {month(context.window_end)}"
    first, last = month(context.window_start), month(context.window_end)
    if first == last:
        return last
    same_year = context.window_start.year == context.window_end.year
    return f"{first[:3] if same_year else first} to {last}"


def no_figures(context: Context) -> str:
    """Why revenue and profit are unknown here, and what to type; empty where the window has figures."""
    if context.has_figures:
        return ""
    first = context.first_figures
    if first is None:
        return "no figures in this file: fill financial_period.csv"
    if first > context.window_end:
        full = first.replace(day=monthrange(first.year, first.month)[1])
        return f"figures begin {first:%Y-%m}; try --as-of {full.isoformat()}"
    return f"no figures in the {window_words(context)}"


def not_booked(context: Context) -> str:
    """Where figures end before the last full month: "figures end Sep 2026, October is not booked yet"."""
    n, end = context.months_unbooked, context.window_end
    if n <= 0 or not context.has_figures:
        return ""
    names = [NAMES[(end.month + later) % 12] for later in range(min(n, 2))]
    if n > len(names):
        return f"figures end {month(end)}, the {n} months since are not booked yet"
    return f"figures end {month(end)}, {' and '.join(names)} {'is' if n == 1 else 'are'} not booked yet"


def short_history(context: Context) -> str:
    """Why nothing is compared with a year earlier: "history begins Jan 2025: 9 of 12 months a year earlier"."""
    if context.history_known or context.first_figures is None or not context.has_figures:
        return ""
    first, start, whole = context.first_figures, context.window_start, count("month", context.window_months)
    missing = 12 * (first.year - start.year) + first.month - start.month
    inside = f"{context.window_months - missing} of {whole} of the window and " if missing > 0 else ""
    return f"history begins {month(first)}: {inside}{context.months_known_before} of {whole} a year earlier"


def gross_by_default(context: Context) -> str:
    """That profit is gross because too few accounts have a cost to serve, and what to type instead."""
    if context.cost_to_serve_share is None:
        return ""
    known = share(context.cost_to_serve_share)
    return f"profit is gross: cost to serve is known for {known} of revenue only; --basis contribution counts those"


def figure_remarks(context: Context) -> list[str]:
    """What a reader must know of the figures beside any answer; nothing where all is as it should be."""
    told = (no_figures(context), not_booked(context), short_history(context), gross_by_default(context))
    return [remark for remark in told if remark]


def in_programme(portfolio: Row) -> int:
    """How many of the chosen accounts are in the programme: the base of all but money."""
    known = portfolio.get("programme_accounts")
    return int(portfolio["accounts"] or 0) if known is None else int(known)


def figures_told(frame: pl.DataFrame) -> str:
    """How many accounts do not have figures for every month of the window, and why: "2 late, 1 new".

    Late and stopped are said of the programme only: one that left it has stopped by its own.
    """
    if "figures" not in frame.columns:
        return ""
    status = frame["status"].to_list() if "status" in frame.columns else [None] * frame.height
    tally = Counter(
        state
        for state, standing in zip(frame["figures"].to_list(), status, strict=True)
        if not (standing == "exited" and state in ("late", "stopped"))
    )
    words = {"none": "without figures", "short": "with a short history"}
    order = ("late", "stopped", "new", "short", "none")
    return listed(f"{tally[name]} {words.get(name, name)}" for name in order if tally[name])


def figures_state(context: Context) -> str:
    """What a screen's sentence says of the figures below it: none, not booked to the end, too short to compare."""
    return "; ".join(said for said in (no_figures(context), not_booked(context), short_history(context)) if said)


def of_known_revenue(row: Row) -> str:
    """The base of profit and margin, where that is not the revenue beside it: "of the 179m with known profit"."""
    revenue, known = row["revenue"], row.get("known_revenue")
    if known is None or revenue is None or abs(revenue - known) < CENT:
        return ""
    return f"of the {money(known)} with known profit"


def overview_sentence(
    portfolio: Row, reasons: Iterable[Row], context: Context, accounts_in_file: int | None = None
) -> str:
    """The Overview in one line: how many accounts need the director, why, and their share of revenue.

    `portfolio` is the row of question `portfolio`, `reasons` the rows of `attention_reasons`.
    `accounts_in_file` tells an empty file from a filter that matches nothing.
    """
    if not portfolio["accounts"]:
        if accounts_in_file == 0:
            return "This file holds no accounts yet: fill account.csv and load again"
        base = f"None of {count('account', accounts_in_file)}" if accounts_in_file else "No account"
        return f"{base} matches the filter"
    accounts = in_programme(portfolio)
    needing = portfolio["attention_accounts"] or 0
    if needing:
        verb = "needs" if needing == 1 else "need"
        text = f"{needing} of {count('account', accounts)} {verb} you: {_why(reasons)}"
        if portfolio["attention_revenue_share"] is not None:
            text += f" = {share(portfolio['attention_revenue_share'])} of revenue"
    else:
        calm = "is known to need you" if rules_words(portfolio) else "needs you"
        text = f"None of {count('account', accounts)} {calm}"
    return "; ".join(part for part in (text, rules_words(portfolio), figures_state(context)) if part)


def rules_words(portfolio: Row) -> str:
    """How many rules could be judged and which tables the others lack: "9 of 16 rules; no activities, no plans".

    Empty where all could: then silence is good news. `portfolio` is the row of question `portfolio`.
    """
    if portfolio["rules_judged"] == portfolio["rules"]:
        return ""
    return f"{portfolio['rules_judged']} of {portfolio['rules']} rules; {portfolio['rules_lack']}"


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


def account_sentence(account: Row, reasons: Iterable[Row], judged: str = "") -> str:
    """One account in one line: what needs a decision, what to watch, or how it stands.

    `account` is its row of question `accounts`, `reasons` its rows of `attention_reasons` or, with fewer words, of
    `account_asks`, serious or not. `judged` says how many rules could be judged where some could not: then silence is
    not good news.
    """
    rows = list(reasons)
    serious = [said_of(row) for row in rows if row["serious"]]
    if serious:
        return f"Needs a decision: {'; '.join(serious)}"
    watch = [said_of(row) for row in rows]
    if watch:
        calm = "No serious reason known" if judged else "No serious reason"
        return "; ".join(part for part in (calm, f"watch: {'; '.join(watch)}", judged) if part)
    if account["status"] == "exited":
        return "Exited: raises no reasons"
    if judged:
        return f"No reason known; {judged}: {_standing(account)}"
    return f"No reason for attention: {_standing(account)}"


def ask_sentence(asks: Iterable[Row], most: int = 3) -> str:
    """What to ask for: the steps that answer the serious reasons, or all of them if none is; the first ones in words.

    `asks` are the account's rows of question `account_asks`.
    """
    rows = [row for row in asks if row["ask"]]
    steps = [row["ask"] for row in rows if row["serious"]] or [row["ask"] for row in rows]
    left = len(rows) - len(steps[:most])
    return f"Ask: {'; '.join(steps[:most])}{f'; {left} more below' if left else ''}" if steps else ""


def said_of(row: Row) -> str:
    """A reason with its number: money in the words of every screen, the rest as the rule says it."""
    if row["reason"] == "loses_money" and row["amount"] is not None:
        return f"loses {money(row['amount'])}"
    return row.get("because") or row["detail"] or reason_words(row["reason"] or "")


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


def base_in_words(chosen: int, exited: int, accounts: int, short: bool = False) -> str:
    """What an answer runs over: "46 in the programme, 2 exited" for the whole file, "24 of 48 accounts, 1 exited" else.

    `exited` are those of the chosen that left the programme: they keep their money and nothing else.
    """
    if exited and chosen == accounts:
        programme = f"{chosen - exited} in the programme, {exited} exited"
        return f"{chosen - exited} + {exited} exited" if short else programme
    if short:
        return of(chosen, accounts)
    return listed([f"{chosen} of {count('account', accounts)}", f"{exited} exited" if exited else ""])


def compared(context: Context) -> str:
    """What changes are compared with: "vs review Q3 2026", "vs 2 Aug 2026"."""
    return f"vs {context.since_label or day(context.since)}"
