"""The headline of the Brief: what got worse since the review, and how many decisions are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from kaptui.filters import Context
from kaptui.text import clean, count, day, spelled
from kaptui.text.accounts import no_accounts
from kaptui.text.window import NO_REVIEW
from kaptui.views import Row


def brief_headline(lines: Iterable[Row], decisions: int, context: Context, accounts: int, in_file: int) -> str:
    """How many of the things that can be compared got worse since the review, and what is asked for.

    `lines` are the rows of question `brief`, `decisions` how many that of `brief_decisions` has. `accounts` are those
    chosen, `in_file` all of the file.
    """
    if not accounts:
        return no_accounts(in_file)
    rows = list(lines)
    parts = [_moved([row["direction"] for row in rows if row["direction"]], context), _asked(decisions)]
    unknown = sum(row["accounts"] is None for row in rows)
    if unknown:
        parts.append(f"{spelled(unknown)} of {spelled(len(rows))} questions cannot be answered from this file")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _moved(directions: list[str], context: Context) -> str:
    since = clean(context.since_label)
    since = day(context.since) if since in ("", NO_REVIEW) else since
    if not directions:
        return f"nothing can be compared with {since}"
    worse, better = directions.count("worse"), directions.count("better")
    said = f"of {spelled(len(directions))} compared with {since}, {spelled(worse) if worse else 'none'} got worse"
    return said + (f", {spelled(better)} better" if better else "")


def _asked(decisions: int) -> str:
    if not decisions:
        return "no decision is asked for"
    noun = count("decision", decisions).partition(" ")[2]
    return f"{spelled(decisions)} {noun} asked"
