"""What the kinds of a promise are in a frame."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from kaptui.views import Kind

TYPES: Mapping[Kind, type[pl.DataType]] = {
    "text": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "money": pl.Float64,
    "share": pl.Float64,
    "index": pl.Float64,
    "date": pl.Date,
    "flag": pl.Boolean,
}
"""The type of a column by its kind."""
