"""The headline of Value: who makes the profit, who gives it back, and the biggest lever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.whale_curve import best
from kaptui.text import count, money, of, share
from kaptui.text.accounts import no_accounts
from kaptui.text.window import figures_state, no_figures

if TYPE_CHECKING:
    import polars as pl


def value_headline(curve: pl.DataFrame, mix: pl.DataFrame, context: Context, accounts_in_file: int) -> str:
    """ "20 of 24 accounts make 113 % of profit; 4 give back 1.2m. Lever: Helvia, 0.42m more by raising prices 3 % ...".

    `curve` is the answer to `whale_curve`, `mix` the one to `value_mix`.
    """
    if mix.is_empty():
        return no_accounts(accounts_in_file)
    if curve.is_empty():
        why = no_figures(context) or "costs are missing"
        return f"Profit is unknown for all of {count('account', mix.height)}: {why}"
    unknown = mix.height - curve.height
    left_out = f"; {unknown} with unknown profit" if unknown else ""
    state = figures_state(context)
    return f"{makers(curve, exited_losers(curve, mix))}{left_out}{lever(mix)}{late(mix)}{'; ' if state else ''}{state}"


def late(mix: pl.DataFrame) -> str:
    """Who has not booked the last months of the window: their figures are not complete."""
    names = mix.filter(mix["figures"] == "late")["name"].to_list() if "figures" in mix.columns else []
    if not names:
        return ""
    return f"; {names[0]} is late" if len(names) == 1 else f"; {len(names)} are late"


def exited_losers(curve: pl.DataFrame, mix: pl.DataFrame) -> int:
    """How many of those that give back have left the programme: other screens count only who is in it."""
    if "status" not in mix.columns:
        return 0
    exited = mix.filter(mix["status"] == "exited")["account_id"]
    return curve.filter((curve["profit"] < 0) & curve["account_id"].is_in(exited.implode())).height


def makers(curve: pl.DataFrame, exited: int = 0) -> str:
    """How many accounts make which part of profit, and what the others give back; `exited` of them have left."""
    winners, losers = curve.filter(curve["profit"] > 0), curve.filter(curve["profit"] < 0)
    end = curve.row(curve.height - 1, named=True)
    back = f"{len(losers)} {'gives' if len(losers) == 1 else 'give'} back {money(-losers['profit'].sum())}"
    if exited:
        back += " and has exited" if exited == len(losers) == 1 else f", {exited} of them exited"
    if winners.is_empty():
        return f"No account of {curve.height} makes a profit" + (f": {back}" if len(losers) else "")
    top = winners.row(winners.height - 1, named=True)
    verb = "makes" if len(winners) == 1 else "make"
    if end["cumulative_profit"] <= 0:
        result = f"a loss of {money(-end['cumulative_profit'])}" if end["cumulative_profit"] < 0 else "no profit"
        return f"{of(len(winners), curve.height)} accounts {verb} {money(top['cumulative_profit'])}, {back}: {result}"
    if losers.is_empty():
        return f"None of {count('account', curve.height)} loses money{best(curve)}"
    return f"{of(len(winners), curve.height)} accounts {verb} {share(top['cumulative_share'])} of profit; {back}"


def lever(mix: pl.DataFrame) -> str:
    """The lever that is worth most, with its assumption; empty where nobody is below the programme's margin."""
    known = mix.filter(mix["lever_gain"].is_not_null())
    if known.is_empty():
        return ""
    row = known.row(known["lever_gain"].arg_max() or 0, named=True)
    return f". Lever: {row['name']}, {row['lever']}"
