"""The views of the Value screen: what its panels make of their answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from kaptui.panels.spec import Draw, Frames, Mode, Scope
from kaptui.text import money, share
from kaptui.text.window import of_known_revenue
from kaptui.views import Bars, Curve, Row, Table, View, Waterfall


def table(frames: Frames, state: Scope) -> Table:
    """The accounts with their shares and levers, and the total below them."""
    from kaptui.panels import PANELS

    view = PANELS["value_mix"].view(frames["value_mix"], state.context)
    assert isinstance(view, Table)
    whole = frames["portfolio"].row(0, named=True)
    return replace(view, foot=(_total(whole),))


POORER = "Revenue up, profit down"


def poorer(frames: Frames, state: Scope) -> View:
    """The accounts that sell more and earn less, by name."""
    from kaptui.panels.value_mix import growth_without_profit

    return growth_without_profit(frames["value_mix"], state.context)


def _total(whole: Row) -> Row:
    """The sums over all chosen accounts. Revenue counts every account with figures; profit, margin and the shares only
    those with known profit: where that is less, the cell under the shares of revenue says of how much they are.
    """
    base = of_known_revenue(whole)
    return {
        "revenue_share": f"base {money(whole['known_revenue'])}" if base else "",
        "name": f"total of {whole['accounts']}",
        "revenue": money(whole["revenue"]),
        "profit": money(whole["profit"]),
        "margin": share(whole["margin"]),
        "quadrant": "",
    }


def curve(frames: Frames, state: Scope) -> View:
    """The whale curve; the accounts that cannot be on it are counted beside it."""
    from kaptui.panels import PANELS

    view = PANELS["whale_curve"].view(frames["whale_curve"], state.context)
    unknown = frames["portfolio"]["unknown_profit_accounts"][0]
    if not isinstance(view, Curve) or not unknown:
        return view
    return replace(view, caption=f"{view.caption}; profit of {unknown} unknown")


def bridge(frames: Frames, state: Scope) -> Waterfall:
    """The bridge, with the accounts that weigh most in each step, and what those have that are in none."""
    from kaptui.panels.bridge_accounts import weighing
    from kaptui.panels.profit_bridge import waterfall

    whole = frames["portfolio"]["profit"][0]
    return waterfall(frames["profit_bridge"], state.context, weighing(frames["bridge_accounts"]), whole)


def quadrant(frames: Frames, state: Scope) -> View:
    """Revenue against margin."""
    from kaptui.panels.value_mix import quadrants

    return quadrants(frames["value_mix"], state.context)


def pricing(frames: Frames, state: Scope) -> Table:
    """Who is priced by value, and what it earns: value-priced share beside the profit index."""
    from kaptui.panels.value_mix import pricing

    return pricing(frames["value_mix"])


def _by_account(frames: Frames, state: Scope) -> Bars:
    from kaptui.panels.value_groups import by_account

    return by_account(frames["value_mix"])


def _by_group(by: str, frames: Frames, state: Scope) -> Bars:
    from kaptui.panels.value_groups import by_group

    return by_group(frames["value_groups"], by)


def _grouped(by: str) -> tuple[Mode, ...]:
    draw: Draw = partial(_by_group, by)
    return (Mode(("value_groups",), f"Revenue and profit by {by}", draw),)


MIX = (
    _grouped("region"),
    _grouped("industry"),
    _grouped("manager"),
    _grouped("tier"),
    _grouped("pricing"),
    (Mode(("value_mix",), "Revenue and profit by account", _by_account),),
)
"""The groupings of the mix, in the order of `u`."""
