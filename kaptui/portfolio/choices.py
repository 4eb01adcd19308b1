"""What stands for one set of the reader's choices, kept as long as somebody asks, and what a question is asked over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kaptui.filters import Context, Filters, Move
from kaptui.portfolio.model_schema import ModelSchema

if TYPE_CHECKING:
    import polars as pl


@dataclass(eq=False, slots=True)
class Choices:
    """The model, the account card, the latest filters, the what-ifs tried."""

    model: ModelSchema
    context: Context
    card: pl.DataFrame | None = None
    matching: dict[str, pl.DataFrame] = field(default_factory=dict)
    whole: dict[tuple[str, str, bool], pl.DataFrame] = field(default_factory=dict)
    """Answers over all accounts, of which a filter only leaves rows out."""
    summands: dict[str, pl.DataFrame] = field(default_factory=dict)
    """What sums under a filter are added up from, by the name of its SQL; and the answers over all accounts."""
    read: dict[tuple[str, Filters], pl.DataFrame] = field(default_factory=dict)
    """Answers that explanations read."""
    what_ifs: dict[tuple[Move, ...], ModelSchema] = field(default_factory=dict)
    asked_by: int = 0
    """How many are asking right now: what they read is not dropped."""


class AskedOver(NamedTuple):
    """What a question is asked over: these accounts, None for all; also those that left the programme, or not.

    `about` are the measures, each with account and item, that an explanation is asked about one after the other; None
    for what is no explanation.
    """

    accounts: pl.DataFrame | None
    exited: bool
    about: Sequence[tuple[str, str, str] | None] = (None,)
