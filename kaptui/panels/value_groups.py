"""Mix of revenue and profit by region, industry, manager, tier and way of pricing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kaptui.filter_language import condition
from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel, item_key
from kaptui.panels.columns import PROFIT_SHARES, column, negative, points_of
from kaptui.text import UNKNOWN, listed, money, points, share
from kaptui.text.window import no_figures
from kaptui.views import Bar, Bars, Kind, Row, State, Subtotal, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "grouped_by": "text",
    "group_name": "text",
    "accounts": "integer",
    "revenue": "money",
    **PROFIT_SHARES,
    "unknown_accounts": "integer",
}

GROUPINGS = ("region", "industry", "manager", "tier", "pricing")
"""What accounts are grouped by, in the order of the answer."""

NOT_FILTERED = ("pricing",)
"""Groupings that the filter language has no field for."""


def view(frame: pl.DataFrame, context: Context) -> Table:
    """Every group under what it is grouped by."""
    columns = (
        column("group_name", label="Group", text=group_text, width=24),
        column("accounts", "integer"),
        column("revenue", "money"),
        column("revenue_share", "share"),
        column("profit", "money", state=negative("profit")),
        column("profit_share", "share", state=negative("profit_share"), width=12),
        column("share_gap", "share", text=points_of("share_gap"), state=negative("share_gap")),
        column("margin", "share", state=negative("margin")),
        column("value_at_stake", "money"),
    )
    kinds = frame["grouped_by"].unique(maintain_order=True)
    heads = tuple(Subtotal(each, {"group_name": f"By {each}"}) for each in kinds)
    shown = {"grouped_by", *(each.name for each in columns)}
    more = tuple(column(name, kind) for name, kind in PROMISE.items() if name not in shown)
    return Table(frame, columns, "group_name", no_figures(context), more, group="grouped_by", subtotals=heads)


def group_text(row: Row) -> str:
    """The name of a group; accounts without one stand together."""
    return UNKNOWN if row["group_name"] is None else str(row["group_name"])


def pairs(rows: Iterable[Row], stands_for: Callable[[Row], Mapping[str, str]], caption: str) -> Bars:
    """Two bars for each of `rows`: its share of revenue, and below it its share of profit, from one zero.

    `stands_for` gives the `narrow` or `account` of a row's bars.
    """
    bars: list[Bar] = []
    for row in rows:
        name, there = group_text(row), stands_for(row)
        revenue, profit = row["revenue_share"], row["profit_share"]
        item = item_key(row.get("grouped_by"), row["group_name"])
        bars.append(
            Bar(
                name,
                revenue,
                share(revenue),
                f"{money(row['revenue'])} revenue",
                "muted",
                measure="revenue_share",
                item=item,
                **there,
            )
        )
        words = listed((f"{money(row['profit'])} profit", _gap(row["share_gap"])))
        bars.append(Bar("", profit, share(profit), words, _state(row), measure="profit_share", item=item, **there))
    values = [bar.value for bar in bars if bar.value is not None]
    return Bars(tuple(bars), min(0.0, *values, 0.0), max(0.0, *values, 0.01), caption)


def _gap(gap: float | None) -> str:
    return "" if gap is None else f"gap {points(gap)}"


def _state(row: Row) -> State:
    profit, gap = row["profit_share"], row["share_gap"]
    if profit is None:
        return "bad" if row["profit"] is not None and row["profit"] < 0 else "muted"
    return "bad" if profit < 0 else "warn" if gap is not None and gap < 0 else "good"


def caption(by: str, unknown: int) -> str:
    """What the bars are, and how many accounts they leave out."""
    left_out = f"{unknown} unknown left out" if unknown else ""
    return listed((f"by {by}: share of revenue above, of profit below", left_out))


def by_group(frame: pl.DataFrame, by: str) -> Bars:
    """The groups of one kind, the largest revenue first."""
    rows = frame.filter((frame["grouped_by"] == by) & (frame["accounts"] > 0)).to_dicts()
    unknown = int(frame.filter(frame["grouped_by"] == by)["unknown_accounts"].sum())

    def filtered(row: Row) -> Mapping[str, str]:
        name = row["group_name"]
        return {} if name is None or by in NOT_FILTERED else {"narrow": condition(by, name)}

    return pairs(rows, filtered, caption(by, unknown))


ACCOUNTS_AT_MOST = 100


def by_account(mix: pl.DataFrame) -> Bars:
    """The accounts themselves, the widest gap first; `mix` is the answer to `value_mix`."""
    known = mix.filter(mix["revenue_share"].is_not_null())
    ranked = known.sort(known["share_gap"].abs().fill_null(0), descending=True, maintain_order=True)
    rows = [{**row, "group_name": row["name"]} for row in ranked.head(ACCOUNTS_AT_MOST).iter_rows(named=True)]
    first = f"first {len(rows)} of {known.height}" if known.height > len(rows) else ""
    words = listed((caption("account", mix.height - known.height), "widest gap first", first))
    return pairs(rows, lambda row: {"account": row["account_id"]}, words)


PANEL = Panel(
    name="value_groups",
    title="Revenue and profit by group",
    promise=PROMISE,
    render=view,
    source_tables=("financial_period",),
    row_key="grouped_by group_name",
    description="The share of revenue beside the share of profit of each region, industry, manager and tier.",
    comparison=Comparison({"revenue_share": "unknown_accounts", "profit_share": "unknown_accounts"}),
)
