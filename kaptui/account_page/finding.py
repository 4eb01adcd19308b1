"""The account that somebody means by a name, a part of it, or an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaptui.common.did_you_mean import close_matches
from kaptui.errors import UsageError
from kaptui.text import clean, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

MOST = 20
"""Candidates that are listed where a name fits several accounts."""


def find(name: str, card: pl.DataFrame) -> str:
    """The id of the account: its id, its name, how the name begins, or a part of it, in any case.

    `card` has the accounts to choose from. UsageError: the name fits none, or several, which are listed.
    """
    rows = [(str(key), str(called)) for key, called in card.select("account_id", "name").iter_rows()]
    wanted = name.strip().casefold()
    ways: tuple[Callable[[str, str], bool], ...] = (
        lambda key, called: key == name,
        lambda key, called: key.casefold() == wanted,
        lambda key, called: called.strip().casefold() == wanted,
        lambda key, called: called.casefold().startswith(wanted),
        lambda key, called: wanted in called.casefold(),
    )
    for fits in ways if wanted else ():
        found = [row for row in rows if fits(*row)]
        if len(found) == 1:
            return found[0][0]
        if found:
            raise UsageError(f"'{name}': {count('account', len(found))} of this name", _listed(found))
    near = {called.lower() for called in close_matches(wanted, [called for _, called in rows])}
    meant = [row for row in rows if row[1].lower() in near]
    raise UsageError(f"'{name}': no account of this name", _listed(meant, "did you mean:") if meant else _hint(rows))


def _hint(rows: list[tuple[str, str]]) -> str:
    return "`kaptui show accounts FILE` lists them" if rows else "there is no account to choose from"


def _listed(rows: Iterable[tuple[str, str]], head: str = "say which, by its id or more of its name:") -> str:
    some = sorted(rows, key=lambda row: (row[1].casefold(), row[0]))
    more = [f"... and {len(some) - MOST} more"] if len(some) > MOST else []
    return "\n".join([head, *(f"  {clean(key)}  {clean(called)}" for key, called in some[:MOST]), *more])
