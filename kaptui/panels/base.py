"""A panel: the promise of one question and the way it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.views import Kind, View

if TYPE_CHECKING:
    import polars as pl

Render = Callable[["pl.DataFrame", Context], View]


@dataclass(frozen=True, slots=True)
class Panel:
    """What a question's answer looks like.

    `promise` maps each column to its kind, in the order of the answer. `feeds` names the fact tables without
    which the answer is empty, and `would_show` says what would stand here if they were filled.
    """

    name: str
    title: str
    promise: Mapping[str, Kind]
    view: Render
    feeds: tuple[str, ...] = ("account",)
    would_show: str = ""
