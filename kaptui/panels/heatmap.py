"""Accounts x factors in one table; what its cells say is in `heatmap_modes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels.columns import column, factor_said
from kaptui.panels.factor_accounts import index_state, red, red_state
from kaptui.panels.factor_gaps import CLAIMS
from kaptui.panels.factor_groups import narrowing, value_words
from kaptui.panels.heatmap_modes import Mode, mean, weighted_mean
from kaptui.text import clean, count, index, listed, moved, share
from kaptui.text.accounts import named
from kaptui.text.window import compared
from kaptui.text.words import factor_words
from kaptui.views import Column, Row, Subtotal, Table

if TYPE_CHECKING:
    import polars as pl

GROUPINGS = ("", "region", "tier", "manager", "industry")
_PARTS = ("index", "state", "freshness", "move", "change", "age_days", "confidence", "gap", "claim")
_WIDEST = 9
_SPARE = 24
HEADING, SHORT = 12, 8
"""Letters of a factor's name over its column, and where there is little room."""


def heatmap(  # noqa: PLR0913, PLR0917 - three answers and three choices
    scores: pl.DataFrame, accounts: pl.DataFrame, groups: pl.DataFrame, context: Context, mode: Mode, grouping: str = ""
) -> Table:
    """The accounts in their order, the worst first, with a column for every factor that the file names, the weakest
    first.
    """
    codes = _weakest_first(scores, groups)
    named = groups.unique("code", keep="first").to_dicts()
    said = {row["code"]: factor_said(row) for row in named}
    names = {row["code"]: clean(factor_words(row.get("factor"), row["code"], HEADING)) for row in named}
    whole_index = column("index", "index", state=index_state, measure="accounts.index", if_room=_SPARE)
    quiet = mode.name == "weak"
    columns = (
        column("name", width=16),
        column("red", text=red, state=red_state, width=7, measure="accounts.index"),
        *(() if quiet else (whole_index,)),
        *(_factor(code, mode, said.get(code, ""), names.get(code, "")) for code in codes),
        column("revenue", "money", measure="accounts.revenue"),
    )
    more = (
        *((whole_index,) if quiet else ()),
        *(column(name) for name in ("region", "manager", "industry")),
        column("tier", "integer"),
    )
    whole = _by_code(groups, "all")
    return Table(
        _wide(scores, accounts, mode, grouping),
        columns,
        caption=_caption(accounts, context, mode),
        more=more,
        foot=tuple(_line(words, write, whole.get(None, {}), mode) for words, write in mode.foot),
        group="group" if grouping else "",
        subtotals=tuple(
            Subtotal(value, _subtotal(grouping, value, found, mode), narrowing(grouping, value))
            for value, found in (_by_code(groups, grouping).items() if grouping else ())
        ),
    )


def _weakest_first(scores: pl.DataFrame, groups: pl.DataFrame) -> list[str]:
    """The factors as the reader should meet them: a problem of the programme first, then the lowest mean."""
    import polars as pl

    known = groups.filter(pl.col("grouping") == "all")
    order = known.sort(pl.col("programme_problem").fill_null(value=False).not_(), "mean", "factor_id", nulls_last=True)
    codes = scores.sort("factor_id", maintain_order=True)["code"].unique(maintain_order=True).to_list()
    first = [code for code in order["code"] if code in codes]
    return [*first, *(code for code in codes if code not in first)]


def _factor(code: str, mode: Mode, said: str, name: str) -> Column:
    def cell(row: Row) -> dict[str, Any]:
        return {part: row[f"{part}.{code}"] for part in _PARTS}

    return Column(
        f"factor.{code}",
        name or code,
        "text",
        _WIDEST,
        lambda row: mode.text(cell(row)),
        lambda row: mode.state(cell(row)),
        mode.measure,
        code,
        lambda row: cell_words(said.partition(": ")[2] or code, cell(row), row["red_below"]),
        factor_words(name, code, SHORT),
    )


def cell_words(factor: str, cell: Row, red_below: float | None) -> str:
    """One score with what it means: "Long horizon: 0 of 100, red (below 34), -25 worse, assessed 44 days ago"."""
    name = factor_words(factor, factor)
    if cell["index"] is None:
        return f"{name}: not scored"
    limit = f" (below {red_below:g})" if red_below is not None else ""
    state = {"red": f"red{limit}", "amber": "amber", "green": "good"}.get(cell["state"] or "", "")
    score, days = f"{name}: {index(cell['index'])} of 100", f"assessed {count('day', cell['age_days'])} ago"
    if cell["freshness"] == "expired":
        return listed((score, "expired: counts no more", days))
    change = moved(cell["change"]) if cell["change"] else ""
    return listed((score, state, change, days, cell["claim"] if cell["claim"] in CLAIMS else ""))


def _wide(scores: pl.DataFrame, accounts: pl.DataFrame, mode: Mode, grouping: str) -> pl.DataFrame:
    """One row per account with PART.CODE for every part of a cell, and factor.CODE to sort a column by."""
    import polars as pl

    sure = pl.col("confidence").replace_strict({"low": 1, "medium": 2, "high": 3}, default=None, return_dtype=pl.Int64)
    valid = pl.when(pl.col("freshness").is_in(["fresh", "ageing"]))
    parts = scores.with_columns(valid=valid.then("index"), sure=valid.then(sure)).select(
        "account_id", "code", *_PARTS, pl.col(mode.sorts).alias("factor")
    )
    wide = parts.pivot(on="code", index="account_id", values=["factor", *_PARTS], separator=".")
    limit = pl.lit(scores["red_below"].first(), pl.Float64)
    group = pl.col(grouping).cast(pl.String) if grouping else pl.lit(None, pl.String)
    return accounts.with_columns(group=group, red_below=limit).join(
        wide, on="account_id", how="left", maintain_order="left"
    )


def _by_code(groups: pl.DataFrame, grouping: str) -> dict[str | None, dict[str, Row]]:
    """Group -> factor -> what it comes to there; the weakest group first, as the answer has them."""
    found: dict[str | None, dict[str, Row]] = {}
    for row in groups.iter_rows(named=True):
        if row["grouping"] == grouping:
            found.setdefault(row["value"], {})[row["code"]] = row
    return found


def _line(words: str, write: Callable[[Row], str], found: Mapping[str, Row], mode: Mode) -> dict[str, str]:
    line = {"name": words, **{f"factor.{code}": write(row) for code, row in found.items()}}
    anyone = next(iter(found.values()), None)
    if anyone is None or mode.name != "index":
        return line
    means = {mean: "index_mean", weighted_mean: "index_weighted"}
    if write in means and anyone[means[write]] is not None:
        line["index"] = index(anyone[means[write]])
    return line


def _subtotal(grouping: str, value: str | None, found: Mapping[str, Row], mode: Mode) -> dict[str, str]:
    anyone = next(iter(found.values()))
    texts = {
        "name": f"{value_words(grouping, value)} ({anyone['accounts']})",
        "revenue": share(anyone["revenue_share"]),
    }
    if anyone["index_mean"] is not None:
        texts["index"] = index(anyone["index_mean"])
    return texts | {f"factor.{code}": mode.group(row) for code, row in found.items()}


def _caption(accounts: pl.DataFrame, context: Context, mode: Mode) -> str:
    since = compared(context) if mode.name in {"index", "change"} else ""
    legend, base = f"{mode.legend} {since}".strip(), f"{count('account', accounts.height)}, worst first"
    if mode.name != "weak":
        return listed((legend, base))
    unknown = accounts.filter(accounts["factors_known"] < accounts["factors"])["name"].to_list()
    return "; ".join((legend, f"{len(unknown)} not all scored: {named(unknown)}" if unknown else base))
