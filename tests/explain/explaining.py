"""An explanation as a test reads it: parts by name, inputs by label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio

Row = dict[str, Any]


@dataclass(frozen=True)
class Why:
    """The rows of one explanation."""

    rows: list[Row]

    def of(self, part: str) -> list[Row]:
        """The rows of one part, in reading order."""
        return [row for row in self.rows if row["part"] == part]

    @property
    def value(self) -> Any:
        """The number itself."""
        return self.of("value")[0]["value"]

    @property
    def words(self) -> str:
        """What stands beside the number."""
        return str(self.of("value")[0]["words"] or "")

    @property
    def rule(self) -> str:
        """The rule in words."""
        return " ".join(row["words"] for row in self.of("rule"))

    @property
    def lifts(self) -> list[Row]:
        """What would lift it."""
        return self.of("lift")

    @property
    def inputs(self) -> list[Row]:
        """What goes into it."""
        return self.of("input")

    def input(self, start: str) -> Any:
        """The value of the first input whose label starts so."""
        return self.row(start)["value"]

    def row(self, start: str) -> Row:
        """The first input whose label starts so."""
        return next(row for row in self.inputs if row["label"].startswith(start))

    def all(self, start: str) -> list[Row]:
        """Every input whose label starts so."""
        return [row for row in self.inputs if row["label"].startswith(start)]


def why(portfolio: Portfolio, measure: str, account: str = "", item: str = "", filters: Filters = Filters()) -> Why:  # noqa: B008 - frozen
    """Explain one number."""
    return Why(portfolio.explain(measure, filters, account, item).to_dicts())


def the_day(row: Row) -> date:
    """The day a row names."""
    assert isinstance(row["on_date"], date)
    return row["on_date"]
