"""Settled choices for what needs no file."""

from __future__ import annotations

from datetime import date

from kaptui.filters import Context

CONTEXT = Context(
    as_of=date(2026, 11, 14),
    since=date(2026, 8, 20),
    since_label="review Q3 2026",
    basis="contribution",
    window="ttm",
    window_start=date(2025, 11, 1),
    window_end=date(2026, 10, 31),
    currency="EUR",
)
"""Twelve months to the last full one, in profit contribution, against a review."""
