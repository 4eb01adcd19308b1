"""An answer on its way into a file: its rows as arranged, and what they are an answer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kaptui import __version__
from kaptui.arrangement import Arrangement
from kaptui.filters import Context, Filters

if TYPE_CHECKING:
    import polars as pl

    from kaptui.export.formats import Meta

_OF_ONE = ("question", "rows", "sort", "columns")
"""What the meta data say of one answer only; the rest several of a workbook share."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The answer `frame` to a question, as asked, and how it is arranged; `portfolio` is the name of its file.

    `rows` are what is written: sorted, and only the columns that are kept. UsageError: the answer has no such column.
    """

    question: str
    filters: Filters
    context: Context
    portfolio: str
    frame: pl.DataFrame
    arrangement: Arrangement = Arrangement()  # noqa: RUF009 - frozen as well
    rows: pl.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", self.arrangement.of(self.frame))

    def meta(self) -> dict[str, object]:
        """The content of its `.meta.json`, for a reader who has only the file.

        `sort` and `columns` stand in it only where the answer is arranged otherwise than the question does, `what_if`
        only where it holds after some moves.
        """
        context, filters = self.context, self.filters
        said: dict[str, object] = {
            "question": self.question,
            "filter": filters.where,
            "as_of": context.as_of.isoformat(),
            "since": context.since.isoformat(),
            "window": context.window,
            "window_start": context.window_start.isoformat(),
            "window_end": context.window_end.isoformat(),
            "basis": context.basis,
            "currency": context.currency,
            "rates": context.rates,
            "rows": self.rows.height,
            "file": self.portfolio,
            "kaptui_version": __version__,
        }
        if filters.moves:
            said["what_if"] = "; ".join(
                " ".join((move.kind, move.person_id, move.account_id, move.side)).rstrip() for move in filters.moves
            )
        if self.arrangement.sort is not None:
            said["sort"] = ":".join((self.arrangement.sort[0], "desc" if self.arrangement.sort[1] else "asc"))
        if self.arrangement.columns:
            said["columns"] = ", ".join(self.arrangement.columns)
        return said


def meta(answers: Sequence[Answer]) -> Meta:
    """The meta data of a file: those of its one answer; of several what they share, and `sheets` with the rest."""
    first, *others = (answer.meta() for answer in answers)
    if not others:
        return first
    shared = {
        name: value
        for name, value in first.items()
        if name not in _OF_ONE and all(other.get(name) == value for other in others)
    }
    own = [{name: value for name, value in one.items() if name not in shared} for one in (first, *others)]
    return {"sheets": own, **shared}
