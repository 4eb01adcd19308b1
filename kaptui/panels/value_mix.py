"""The panel "Revenue and profit".

Each account's share of revenue beside its share of profit, and the lever that lifts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import PROFIT_SINCE, Comparison, Panel
from kaptui.panels.columns import PROFIT_SHARES, column, growth_text, months_text, negative, points_of
from kaptui.text import count, listed, money, of, share
from kaptui.text.accounts import named
from kaptui.text.window import figures_tally, no_figures, short_history
from kaptui.views import Corner, Kind, Notes, Row, Scatter, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "revenue": "money",
    "cogs": "money",
    "cost_to_serve": "money",
    **PROFIT_SHARES,
    "cost_to_serve_ratio": "share",
    "value_priced_share": "share",
    "quadrant": "text",
    "lever": "text",
    "revenue_growth": "share",
    "profit_change": "money",
    "empty_growth": "flag",
    "lever_kind": "text",
    "lever_gain": "money",
    "margin_cut": "share",
    "revenue_cut": "money",
    "months": "integer",
    "months_before": "integer",
    "figures": "text",
    "programme_margin": "share",
    "status": "text",
}


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Share of revenue beside share of profit, the gap, what the programme's margin would be worth, the lever."""
    columns = (
        column("name", width=18),
        column("revenue", "money"),
        column("revenue_share", "share", width=11),  # the total row says there of what they are shares
        column("profit", "money", state=negative("profit")),
        column("profit_share", "share"),
        column("share_gap", "share", text=points_of("share_gap")),
        column("margin", "share", width=7),
        column("quadrant", width=11),
        column("lever", width=20, text=lever_words),
        column("revenue_growth", "share", text=growth_text("revenue_growth", context), state=_empty_growth, width=9),
        column("months", "integer", text=months_text("months", context)),
        column("value_at_stake", "money"),
        column("profit_index", "number"),
        column("cost_to_serve_ratio", "share"),
        column("value_priced_share", "share", label="Value priced"),
        column("profit_change", "money", state=negative("profit_change")),
    )
    shown = {each.name for each in columns}
    more = tuple(column(name, kind) for name, kind in PROMISE.items() if name not in shown)
    return Table(frame, columns, caption=caption(frame, context), more=more)


def caption(frame: pl.DataFrame, context: Context) -> str:
    """How many accounts, and for how many there are no shares or no growth worth having."""
    unknown = frame["profit"].null_count()
    left_out = f"{unknown} with unknown profit have no share" if unknown else ""
    poorer = _poorer(frame)["name"].to_list()
    empty = f"{len(poorer)} with revenue up, profit down: {named(poorer)}; " if poorer else ""
    history = no_figures(context) or short_history(context)
    pulls = ASSUMPTIONS if frame["lever_kind"].null_count() < frame.height else ""
    return empty + listed((count("account", frame.height), left_out, figures_tally(frame), history, pulls))


def _poorer(frame: pl.DataFrame) -> pl.DataFrame:
    """Whose revenue is up and profit down, the largest fall of profit first."""
    import polars as pl

    return frame.filter(pl.col("empty_growth").fill_null(value=False)).sort("profit_change", maintain_order=True)


def growth_without_profit(frame: pl.DataFrame, context: Context) -> Table | Notes:
    """The accounts that sell more and earn less, the largest fall of profit first."""
    poorer = _poorer(frame)
    if poorer.is_empty():
        judged = frame["revenue_growth"].count()
        why = no_figures(context) or short_history(context)
        return Notes((f"No account of {judged} known in both years has its revenue up and its profit down.", why))
    columns = (
        column("name", width=22),
        column("profit_change", "money", state=negative("profit_change"), width=14),
        column("revenue_growth", "share", text=growth_text("revenue_growth", context), width=9),
        column("revenue", "money"),
        column("profit", "money", state=negative("profit")),
        column("margin", "share", width=7),
        column("quadrant", width=11),
        column("lever", width=24, text=lever_words),
    )
    known = poorer["revenue"].drop_nulls()
    words = f"{of(poorer.height, frame.height)} accounts, {money(known.sum())} revenue; {ASSUMPTIONS}"
    return Table(poorer, columns, caption=words)


def _empty_growth(row: Row) -> State:
    """Revenue up, profit down."""
    return "bad" if row["empty_growth"] else ""


LEVERS: Mapping[str, str] = {
    "price": "price",
    "cost to serve": "cost to serve",
    "programme margin": "to programme margin",
}
ASSUMPTIONS = (
    "lever: price rise with volume unchanged, or cost to serve at the programme's rate, or to programme margin"
)


def lever_words(row: Row) -> str:
    """What to pull and what it is worth; nothing where the account earns the programme's margin."""
    kind = row["lever_kind"]
    return f"{money(row['lever_gain'], signed=True)} {LEVERS.get(kind, kind)}" if kind else ""


def pricing(frame: pl.DataFrame) -> Table:
    """Value-priced share beside the profit index, the least value priced first; unknown shares come last."""
    columns = (
        column("name", width=22),
        column("value_priced_share", "share", width=12),
        column("profit_index", "number", width=9, state=_below_one),
        column("margin", "share", state=negative("margin")),
        column("revenue", "money"),
        column("quadrant", width=11),
    )
    ranked = frame.sort("value_priced_share", nulls_last=True, maintain_order=True)
    unknown = frame["value_priced_share"].null_count()
    words = listed((count("account", frame.height), f"{unknown} with unknown pricing" if unknown else ""))
    return Table(ranked, columns, caption=words)


def _below_one(row: Row) -> State:
    """Less than the profit its revenue would earn at the margin of the programme."""
    return "bad" if row["profit_index"] is not None and row["profit_index"] < 1 else ""


CUT = "programme margin"
"""Where margins are cut unless a hurdle is set: over the whole programme, so that a filter moves no account."""

HURDLE = "hurdle margin"
"""The same where the company has set one."""

CORNERS = ("invest", "protect", "fix or exit", "re-price")
"""Quadrants by place: small and rich, big and rich, small and poor, big and poor."""


def quadrants(frame: pl.DataFrame, context: Context) -> Scatter | Notes:
    """Revenue against margin, cut where every screen cuts it; accounts without a quadrant are counted."""
    placed = frame.filter(frame["quadrant"].is_not_null()).sort("revenue", descending=True)
    if placed.is_empty():
        first = "No account with known profit, revenue above zero and figures in every month of the window."
        return Notes((first, no_figures(context) or short_history(context)))
    corners = [_corner(placed.filter(placed["quadrant"] == name), name, placed) for name in CORNERS]
    without = frame.height - placed.height
    left_out = f"{without} not placed: profit unknown, no revenue, months missing or exited" if without else ""
    axes = f"{count('account', placed.height)}: margin over revenue in {context.currency}"
    margin = share(placed["margin_cut"][0])
    own = "programme_margin" in placed.columns and placed["programme_margin"][0] not in (None, placed["margin_cut"][0])
    cut = HURDLE if own else CUT
    words = listed((axes, f"cut at {cut} {margin}", left_out))
    dots = placed.select("account_id", "name", x="revenue", y="margin")
    return Scatter(
        dots,
        x_cut=placed["revenue_cut"][0],
        y_cut=placed["margin_cut"][0],
        corners=(corners[0], corners[1], corners[2], corners[3]),
        x_title=f"revenue, {context.currency}",
        y_title="margin",
        caption=words,
        x_cut_label="median",
        y_cut_label=cut,
    )


def _corner(part: pl.DataFrame, name: str, whole: pl.DataFrame) -> Corner:
    revenue = float(part["revenue"].sum()) / float(whole["revenue"].sum())
    note = f"{part.height}, {share(revenue)} rev" if part.height else "0"
    return Corner(name.upper(), note, f'quadrant:"{name}"' if " " in name else f"quadrant:{name}")


PANEL = Panel(
    name="value_mix",
    title="Revenue and profit",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    description="Each account's share of revenue beside its share of profit, and the lever that lifts it.",
    comparison=Comparison(
        {"revenue": "months", "margin": "months", "revenue_share": "", "profit_share": ""}, PROFIT_SINCE
    ),
)
