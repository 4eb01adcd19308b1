"""The account card: one row per account with every filter field, and the rows of an answer that a filter leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaptui.portfolio.database import frame_of
from kaptui.resources import query_text

if TYPE_CHECKING:
    import duckdb
    import polars as pl


def rows_of(whole: pl.DataFrame, matching: pl.DataFrame) -> pl.DataFrame:
    """The rows of an answer that are about the matching accounts, in their order."""
    import polars as pl

    return whole.filter(pl.col("account_id").is_in(matching["account_id"].implode()))


def account_card(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The card from the model on the cursor's search path: a column per filter field, `factor.CODE` per factor."""
    card = frame_of(cursor, query_text("runtime", "card"))
    long = frame_of(cursor, query_text("runtime", "factor_columns"))
    if long.is_empty():
        return card
    wide = long.pivot(on="field", index="account_id", values="valid_index", aggregate_function="first")
    return card.join(wide, on="account_id", how="left", maintain_order="left")
