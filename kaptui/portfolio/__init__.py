"""The engine: one file, copied into memory and let go; every question answered as a Polars frame."""

from kaptui.portfolio.portfolio import Portfolio

__all__ = ["Portfolio"]
