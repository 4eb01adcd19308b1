"""The headline of Factors: is a weakness the programme's (a column) or an account's (a row)?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kaptui.text import count, index, of, share, spelled
from kaptui.text.accounts import no_accounts
from kaptui.text.words import factor_words
from kaptui.views import Row


def factors_headline(  # noqa: PLR0913 - the answers it sums up, and what they rest on
    factors: Iterable[Row],
    weak: Sequence[Row],
    over: Sequence[Row],
    accounts: int,
    accounts_in_file: int | None = None,
    *,
    reds_serious: int,
) -> str:
    """The Factors screen in one line: is a weakness the programme's (a column) or an account's (a row)?

    `factors` are the rows of `factor_summary`, `weak` those of `factor_accounts` that are an account problem and
    `over` those of `factor_gaps` that are overclaimed, the worst first; `accounts` is how many the filter left. What
    makes a column or a row a problem is settled in the model: `reds_serious` red factors make it a row.
    """
    columns = sorted(factors, key=lambda row: (row["weakness"] or 0, row["factor_id"] or 0))
    if not accounts:
        return no_accounts(accounts_in_file)
    if not columns:
        return "This file names no success factor: fill success_factor.csv and load again"
    if columns[0]["mean"] is None:
        return f"No factor has a valid score: none of {count('account', accounts)} is assessed"
    return "; ".join(part for part in (_columns(columns), _rows(weak, reds_serious), _overclaimed(over)) if part)


def _columns(columns: Sequence[Row]) -> str:
    """The weakest column, and whether it is the programme's problem."""
    weakest = columns[0]
    scored = count("account", weakest["accounts_known"])
    red = f"red in {weakest['red']} of {scored}" if weakest["red"] else f"red in none of {scored}"
    part = weakest["red_revenue_share"]
    weight = f", {share(part)} of revenue" if part and weakest["red"] else ""
    others = [_name(row) for row in columns[1:] if row["programme_problem"]]
    also = f", also {' and '.join(others)}" if others else ""
    if weakest["programme_problem"]:
        return f"Programme problem: {_name(weakest)}, {red}{weight}{also}"
    return f"No programme problem; weakest factor {_name(weakest)} ({index(weakest['mean'])}), {red}{weight}"


def _name(row: Row) -> str:
    return factor_words(row.get("name"), row["code"])


def _rows(weak: Sequence[Row], reds_serious: int) -> str:
    """How many accounts are bad enough to be problems of their own, and the worst."""
    if not weak:
        return f"no account with {spelled(reds_serious)} red {'factor' if reds_serious == 1 else 'factors'}"
    red = f"{weak[0]['name']} {of(weak[0]['red'], weak[0]['factors_known'])} red"
    return f"{count('account problem', len(weak))}{', worst ' if len(weak) > 1 else ': '}{red}"


def _overclaimed(over: Sequence[Row]) -> str:
    """How many claims the facts do not bear out, and the widest."""
    return (
        f"{len(over)} overclaimed: {over[0]['name']}, {factor_words(over[0].get('factor'), over[0]['code'])}"
        if over
        else ""
    )
