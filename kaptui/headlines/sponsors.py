"""The headline of Sponsors: who has no live sponsor, and who carries too much."""

from __future__ import annotations

from kaptui.filters import Context
from kaptui.panels.sponsorship_summary import NAMED
from kaptui.text import count, listed, money, share, short_name
from kaptui.text.accounts import no_accounts, revenue_unknown
from kaptui.text.window import no_figures
from kaptui.views import Row


def sponsors_headline(summary: Row, context: Context, accounts_in_file: int | None = None, moves: int = 0) -> str:
    """Who has no live sponsor, which leaders carry too much, and whose leaving would hurt most.

    `summary` is the row of question `sponsorship_summary`; `moves` says that it holds only after so many moves of a
    what-if.
    """
    accounts = summary["accounts"] or 0
    if not accounts:
        return no_accounts(accounts_in_file)
    if not summary["sponsorship_fed"]:
        return f"Nobody is known to stand behind {count('account', accounts)}: fill sponsorship.csv and load again"
    missing = no_figures(context)
    parts = [
        _unjudged(summary) or _uncovered(summary, accounts),
        _double(summary, accounts),
        _overloaded(summary),
        _leaver(summary),
        missing,
    ]
    ahead = f"What if, {count('move', moves)}: " if moves else ""
    return ahead + "; ".join(part for part in parts if part)


def _unjudged(row: Row) -> str:
    """Why it cannot be told who is live, where no touch of any sponsor is known."""
    if not row.get("unknown_sides"):
        return ""
    sides = count("side", row["unknown_sides"])
    if not row["activity_fed"]:
        return f"{sides} cannot be judged: no activities, fill activity.csv"
    named = row.get("named_share")
    if named is not None and named < NAMED:
        return f"{sides} cannot be judged: only {share(named)} of activities name a known person"
    return f"{sides} cannot be judged: no sponsor has a touch"


def _double(row: Row, accounts: int) -> str:
    """Both sides covered is one thing, by two independent people another: both are said, and who is left."""
    full, double = row["fully_covered"], row.get("double_sponsored")
    if not full or double is None:
        return ""
    rest = accounts - full - row["without_accounts"] - row["one_side_accounts"]
    more = f", {rest} with a new sponsor" if rest > 0 and not row.get("unknown_sides") else ""
    return f"{full} fully sponsored, {double} of them by two independent people{more}"


def _uncovered(row: Row, accounts: int) -> str:
    without, one = row["without_accounts"], row["one_side_accounts"]
    if without:
        verb = "has" if without == 1 else "have"
        known = row["revenue"] is not None and row["revenue"] > 0
        part = f"{share(row['without_revenue'] / row['revenue'])} of revenue" if known else ""
        weight = f" ({listed((part, revenue_unknown(row)))})" if known else ""
        text = f"{without} of {count('account', accounts)} {verb} no live sponsor{weight}"
        return text + (f", {one} on one side only" if one else "")
    if one:
        return f"{one} of {count('account', accounts)} {'has' if one == 1 else 'have'} a live sponsor on one side only"
    return f"Every one of {count('account', accounts)} has a live sponsor on both sides"


def _overloaded(row: Row) -> str:
    over = row["leaders_over"]
    return f"{count('leader', over)} over the limit" if over else ""


def _leaver(row: Row) -> str:
    if not row["leaver"]:
        return ""
    loses = "loses" if row["leaver_revenue"] is not None else "lose"
    what = (
        money(row["leaver_revenue"]) if row["leaver_revenue"] is not None else count("account", row["leaver_accounts"])
    )
    return f"if {short_name(row['leaver'])} leaves, {what} {loses} cover"
