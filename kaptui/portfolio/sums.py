"""Answers that sum over the chosen accounts, added up in Polars: what a key of the filter waits for.

The SQL of a question stays what it means, and is what everybody else asks. Its file says `-- summed: yes` where
there is such a form of it; a property test holds both equal to the last digit. What is added up are the columns of
`queries/runtime/summed_*.sql`, read once for each set of choices: amounts and exact sums as whole numbers of 1e-10.
What does not depend on the filter is taken from the answer over all accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

Sums = dict[str, Any]
"""Sums by column: whole numbers, None where SQL's sum is null."""

_ONE = 10_000_000_000
_EXACT = 9_007_199_254_740_992
"""2**53: up to here every whole number is a double."""


@dataclass(frozen=True, slots=True)
class Summed:
    """How one answer is added up: from the rows of `table` about the chosen accounts, and the answer over all."""

    table: str
    answer: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]


def as_summands(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a `summed_*.sql` as they are added up."""
    import polars as pl

    return rows.with_columns(rows.get_column(name).to_physical() for name in rows.select(pl.col(pl.Decimal)).columns)


def _total(column: str) -> pl.Expr:
    """What SQL's sum gives: nothing where there is nothing."""
    import polars as pl

    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum())


def _totals(rows: pl.DataFrame) -> list[pl.Expr]:
    """The sum of every amount, and how many hold of every condition."""
    import polars as pl

    counted = (name for name, kind in rows.schema.items() if kind == pl.Boolean)
    summed = (name for name, kind in rows.schema.items() if kind.is_integer())
    return [*(pl.col(name).sum() for name in counted), *(_total(name) for name in summed)]


def _double(amount: int | None) -> float | None:
    """An amount as DuckDB turns a decimal into a double: where it is long, whole and fraction apart."""
    if amount is None:
        return None
    if -_EXACT <= amount <= _EXACT:
        return amount / float(_ONE)
    whole, fraction = divmod(abs(amount), _ONE)
    size = float(whole) + fraction / float(_ONE)
    return size if amount > 0 else -size


def _ratio(part: int | None, whole: int | None) -> float | None:
    """Macro `ratio_of`: null without a positive whole."""
    if whole is None or whole <= 0 or part is None:
        return None
    return _quotient(_double(part), _double(whole))


def _quotient(part: float | None, whole: float | None) -> float | None:
    """`part / nullif(whole, 0)`."""
    return part / whole if part is not None and whole else None


def _mean(total: int | None, count: int) -> float | None:
    """Macro `exact_mean`."""
    return _quotient(_double(total), float(count))


def _portfolio(whole: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    s: Sums = rows.select(*_totals(rows), pl.col("index").count().alias("scored")).row(0, named=True)
    money, before = _double(s["bridged_profit"]), _double(s["bridged_profit_before"])
    told = {
        "accounts": rows.height,
        "revenue": _double(s["revenue"]),
        "profit": _double(s["profit"]),
        "known_revenue": _double(s["known_revenue"]),
        "margin": _ratio(s["profit"], s["known_revenue"]),
        "revenue_change": _double(s["revenue_change"]),
        "profit_change": money - before if money is not None and before is not None else None,
        "index_mean": _mean(s["index"], s["scored"]),
        "index_weighted": _quotient(_double(s["index_weighted"]), _double(s["index_weight"])),
        "accounts_scored": s["scored"],
        "attention_accounts": s["needs"],
        "attention_revenue_share": _ratio(s["needing_revenue"] or 0, s["programme_revenue"]),
        "unknown_profit_accounts": s["profit_unknown"],
        "programme_accounts": s["in_programme"],
        "exited_accounts": s["exited"],
        "late_accounts": s["late"],
        "stopped_accounts": s["stopped"],
        "scores_fell": s["scores_fell"] or 0,
        "scores_rose": s["scores_rose"] or 0,
        "double_sponsored": s["double_sponsor"],
        "unknown_revenue_accounts": s["revenue_unknown"],
        "unknown_sides": s["unknown_sides"] or 0,
        "uncovered_revenue_share": (
            _ratio(s["uncovered_revenue"] or 0, s["covered_revenue"]) if s["live_known"] else None
        ),
        **{name: s[name] for name in ("internal_covered", "external_covered", "fully_covered")},
    }
    return _like(whole, [{**whole.row(0, named=True), **told}])


def _factor_summary(whole: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    counts = ("valid_index", "change")
    limits = ("red_below", "green_from", "programme_problem_share")
    found: dict[int, Sums] = {
        row["factor_id"]: row
        for row in rows.group_by("factor_id")
        .agg(
            pl.len().alias("accounts"),
            *_totals(rows.drop("factor_id")),
            *(pl.col(name).count().alias(f"{name}_count") for name in counts),
            *(pl.col(name).first() for name in limits),
        )
        .iter_rows(named=True)
    }
    answer = [_factor(row, found.get(row["factor_id"])) for row in whole.iter_rows(named=True)]
    weakest = sorted(
        answer, key=lambda row: (not row["programme_problem"], row["mean"] is None, row["mean"] or 0, row["factor_id"])
    )
    for place, row in enumerate(weakest, 1):
        row["weakness"] = place
    return _like(whole, answer)


_OF_A_FACTOR = ("mean", "weighted_mean", "revenue_known_share", "change", "red_revenue_share")
_COUNTS_OF_A_FACTOR = (
    *("accounts", "red", "amber", "green", "unknown", "rose", "fell", "fresh", "ageing", "expired", "missing"),
    *("high", "medium", "low", "overclaimed", "underclaimed", "claims_checked"),
)


def _factor(constant: Mapping[str, Any], s: Sums | None) -> dict[str, Any]:
    """One factor over the chosen accounts; `s` is None where none of them is in the programme."""
    if s is None:
        nothing = dict.fromkeys(_OF_A_FACTOR) | dict.fromkeys((*_COUNTS_OF_A_FACTOR, "accounts_known", "pairs"), 0)
        return {**constant, **nothing, "programme_problem": False, "state": "unknown"}
    known, mean, weight = s["valid_index_count"], _mean(s["valid_index"], s["valid_index_count"]), _double(s["weight"])
    red_share = _quotient(_double(s["red_weight"] or 0), weight)
    limit = s["programme_problem_share"]
    return {
        **constant,
        **{name: s[name] for name in _COUNTS_OF_A_FACTOR},
        "accounts_known": known,
        "mean": mean,
        "weighted_mean": _quotient(_double(s["index_weighted"]), _double(s["known_weight"])),
        "revenue_known_share": _quotient(_double(s["known_weight"] or 0), weight),
        "change": _mean(s["change"], s["change_count"]),
        "pairs": s["change_count"],
        "red_revenue_share": red_share,
        "programme_problem": bool(
            known and s["red"] and limit is not None and (s["red"] >= known * limit or (red_share or 0) >= limit)
        ),
        "state": _light(mean, s["red_below"], s["green_from"]),
    }


def _light(index: float | None, red_below: float | None, green_from: float | None) -> str:
    """Macro `light_of`."""
    if index is None:
        return "unknown"
    if red_below is not None and index < red_below:
        return "red"
    return "amber" if green_from is not None and index < green_from else "green"


def _revenue_trend(whole: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    left_out = rows.filter("left_out").get_column("account_id").n_unique()
    kept = rows.filter(~pl.col("left_out")) if left_out else rows
    totals = kept.group_by("month").agg(_totals(kept))
    found: dict[Any, Sums] = {row["month"]: row for row in totals.iter_rows(named=True)}
    nothing: Sums = dict.fromkeys(rows.columns)
    answer = []
    for month in whole.get_column("month"):
        s = found.get(month, nothing)
        revenue, profit = s["revenue"], s["profit"]
        answer.append(
            {
                "month": month,
                "revenue": _double(0 if revenue is None and s["known"] else revenue),
                "profit": _double(0 if profit is None and s["known"] and not s["booked"] else profit),
                "margin": _ratio(profit, s["known_revenue"]),
                "accounts": s["booked"] or 0,
                "budgeted_accounts": s["budgeted"] or 0,
                "left_out": left_out,
                **{name: _double(s[name]) for name in ("budget_revenue", "budget_profit")},
                **{name: _double(s[name]) for name in ("revenue_against_budget", "profit_against_budget")},
            }
        )
    return _like(whole, answer)


def _sponsor_load(whole: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    names = pl.col("lost_names").drop_nulls()
    carried = rows.group_by("person_id", maintain_order=True).agg(
        pl.len().alias("accounts"), *_totals(rows), names.alias("names")
    )
    found: dict[str, Sums] = {row["person_id"]: row for row in carried.iter_rows(named=True)}
    answer = [
        (found[row["person_id"]], _leader(row, found[row["person_id"]]))
        for row in whole.iter_rows(named=True)
        if row["person_id"] in found
    ]
    answer.sort(key=lambda one: one[1]["person_id"].encode())
    answer.sort(key=lambda one: (-one[1]["accounts"], one[0]["revenue"] is None, -(one[0]["revenue"] or 0)))
    return _like(whole, [row for _, row in answer])


_COUNTS_OF_A_LEADER = (
    *("accounts", "touches_due", "sides_on_time", "sides", "sides_unknown", "independent"),
    *("independence_known", "level_match", "level_known"),
)


def _leader(constant: Mapping[str, Any], s: Sums) -> dict[str, Any]:
    """What one leader carries at the chosen accounts; touches are told of everybody or of nobody."""
    return {
        **constant,
        **{name: s[name] for name in _COUNTS_OF_A_LEADER},
        "revenue": _double(s["revenue"]),
        "touches_made": None if constant["touches_made"] is None else s["touches_made"] or 0,
        "lost_accounts": s["lost"],
        "lost_revenue": _double(s["lost_revenue"]) if s["lost"] else 0.0,
        "lost_names": "; ".join(s["names"]) if s["names"] else None,
    }


def _whale_curve(whole: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    left = whole.filter(pl.col("account_id").is_in(rows.get_column("account_id").implode()))
    earned = dict(rows.select("account_id", "profit").iter_rows())
    so_far = list(accumulate(earned[account] for account in left.get_column("account_id")))
    known = so_far[-1] if so_far else None
    return left.with_columns(
        _column(left, "rank", range(1, left.height + 1)),
        _column(left, "cumulative_profit", map(_double, so_far)),
        _column(left, "account_share", (place / left.height for place in range(1, left.height + 1))),
        _column(left, "cumulative_share", (_ratio(profit, known) for profit in so_far)),
    )


def _accounts(whole: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    left = whole.filter(pl.col("account_id").is_in(rows.get_column("account_id").implode()))
    s: Sums = rows.select(_total("known_revenue"), _total("profit")).row(0, named=True)
    known_revenue, known_profit = (
        _double(one) if one is not None and one > 0 else None for one in (s["known_revenue"], s["profit"])
    )
    money = list(left.select("revenue", "profit").iter_rows())
    of_revenue = [_quotient(revenue if profit is not None else None, known_revenue) for revenue, profit in money]
    of_profit = [_quotient(profit if known_revenue else None, known_profit) for _, profit in money]
    gaps = (a - b if a is not None and b is not None else None for a, b in zip(of_profit, of_revenue, strict=True))
    return left.with_columns(
        _column(left, "revenue_share", of_revenue),
        _column(left, "profit_share", of_profit),
        _column(left, "share_gap", gaps),
    )


def _column(frame: pl.DataFrame, name: str, values: Iterable[Any]) -> pl.Series:
    """Values as a column of the frame."""
    import polars as pl

    return pl.Series(name, list(values), frame.schema[name])


def _like(whole: pl.DataFrame, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """These rows with the columns of the answer over all accounts."""
    import polars as pl

    return pl.DataFrame([[row[name] for name in whole.columns] for row in rows], whole.schema, orient="row")


SUMS: Mapping[str, Summed] = {
    "accounts": Summed("summed_money", _accounts),
    "factor_summary": Summed("summed_factors", _factor_summary),
    "portfolio": Summed("summed_portfolio", _portfolio),
    "revenue_trend": Summed("summed_months", _revenue_trend),
    "sponsor_load": Summed("summed_leaders", _sponsor_load),
    "whale_curve": Summed("summed_money", _whale_curve),
}
"""Every question that says `-- summed: yes`."""
