"""How many accounts an answer runs over, and how many rules could be judged for them, in words."""

from __future__ import annotations

from collections.abc import Sequence

from kaptui.text.cells import clean, cut
from kaptui.text.format import count, listed, of
from kaptui.views import Row

NOT_FILTERED = "not filtered"
"""What stands in place of the accounts where an answer does not depend on the filter."""


NAMED = 5
"""Accounts that are named where a count of them is shown; where there is less room the line is cut."""
_NAME_CELLS = 28


def named(names: Sequence[str], most: int = NAMED) -> str:
    """The first accounts by name, and how many more there are: "Helvia Group, Northstar Foods and 3 more"."""
    rest = len(names) - most
    first = ", ".join(cut(clean(name), _NAME_CELLS) for name in names[:most])
    return f"{first} and {rest} more" if rest > 0 else first


def in_programme(portfolio: Row) -> int:
    """How many of the chosen accounts are in the programme: the base of all but money."""
    known = portfolio.get("programme_accounts")
    return int(portfolio["accounts"] or 0) if known is None else int(known)


def rules_words(portfolio: Row) -> str:
    """How many rules could be judged and which tables the others lack: "9 of 16 rules; no activities, no plans".

    Empty where all could: then silence is good news. `portfolio` is the row of question `portfolio`.
    """
    if portfolio["rules_judged"] == portfolio["rules"]:
        return ""
    return f"{portfolio['rules_judged']} of {portfolio['rules']} rules; {portfolio['rules_lack']}"


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


def no_accounts(accounts_in_file: int | None) -> str:
    """Why an answer runs over no account: the file holds none, or the filter matches none; None: not known which."""
    if accounts_in_file == 0:
        return "This file holds no accounts yet: fill account.csv and load again"
    base = f"None of {count('account', accounts_in_file)}" if accounts_in_file else "No account"
    return f"{base} matches the filter"


def revenue_unknown(row: Row) -> str:
    """Beside a share of revenue: of how many accounts it is unknown, "2 unknown"; empty where of none.

    `row` is that of question `portfolio` or `sponsorship_summary`.
    """
    unknown = row.get("unknown_revenue_accounts")
    return f"{unknown} unknown" if unknown else ""
