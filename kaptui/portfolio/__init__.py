"""The engine: one file, copied into memory and let go; every question answered as a Polars frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaptui.portfolio.portfolio import Portfolio

__all__ = ["Portfolio"]


def __getattr__(name: str) -> object:
    """`Portfolio`, imported on first use: whoever only reads the catalogue of questions waits for no DuckDB."""
    if name != "Portfolio":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kaptui.portfolio.portfolio import Portfolio

    return Portfolio
