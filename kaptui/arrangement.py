"""Which rows come first and which columns are kept: the same on screen, in the dialog and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaptui.common.did_you_mean import nearest
from kaptui.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

Sort = tuple[str, bool]
"""A column, and whether it falls."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How an answer is arranged. Without `sort` as the question orders it; without `columns` all of them."""

    sort: Sort | None = None
    columns: tuple[str, ...] = ()

    @classmethod
    def parse(cls, sort: str | None, columns: str | None) -> Arrangement:
        """From `COLUMN[:asc|:desc]` and `a,b,c`. UsageError: no column is named."""
        names = tuple(name.strip() for name in (columns or "").split(",") if name.strip())
        if columns is not None and not names:
            raise UsageError(f"--columns '{columns}': no column is named", "write name,revenue")
        return cls(None if sort is None else _sort(sort), names)

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame so arranged. UsageError: it has no such column."""
        for name in (*(self.sort or ())[:1], *self.columns):
            if name not in frame.columns:
                raise _unknown(str(name), frame.columns)
        rows = ordered(frame, self.sort)
        return rows.select([rows[name] for name in dict.fromkeys(self.columns)]) if self.columns else rows

    def options(self) -> list[str]:
        """The options of the command line that say the same."""
        words = []
        if self.sort is not None:
            words += ["--sort", self.sort[0] + (":desc" if self.sort[1] else "")]
        if self.columns:
            words += ["--columns", ",".join(self.columns)]
        return words


def ordered(frame: pl.DataFrame, sort: Sort | None) -> pl.DataFrame:
    """The rows by one column, text in any case; unknown values last, equal ones as they were.

    A column that the frame does not have leaves everything where it is.
    """
    import polars as pl

    if sort is None or sort[0] not in frame.columns:
        return frame
    name, falling = sort
    by = frame[name]  # by itself: as an expression a name like "*" would mean other columns
    by = by.str.to_lowercase() if by.dtype == pl.String else by
    return frame.sort(pl.lit(by), descending=falling, nulls_last=True, maintain_order=True)


def _sort(text: str) -> Sort:
    name, colon, way = text.rpartition(":")
    if colon and way in ("asc", "desc"):
        return name, way == "desc"
    return text, False


def _unknown(name: str, known: Sequence[str]) -> UsageError:
    near = nearest(name, known)
    hint = f"did you mean {near}? " if near else ""
    return UsageError(f"the answer has no column '{name}'", f"{hint}it has {', '.join(known)}")
