"""Where a number stands on an axis, and which round numbers are written beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 1e-300


def finite(values: Iterable[float | None]) -> list[float]:
    """Those of the values that are numbers at all."""
    return [float(value) for value in values if value is not None and math.isfinite(value)]


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from `low` to `high` on points `start` to `end`; what lies beyond stands on the edge."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    @classmethod
    def over(  # noqa: PLR0913 - two ends in numbers and two in points
        cls,
        values: Iterable[float | None],
        start: float,
        end: float,
        *,
        margin: float = 0.0,
        zero: bool = False,
        logarithmic: bool = False,
    ) -> Scale:
        """A scale that holds all the values; `zero` too, and `margin` as a part of its length on either side."""
        known = finite(values) + ([0.0] if zero else [])
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        if logarithmic:
            low = max(low, SMALLEST)
            return cls(low / 1.25, max(high, low) * 1.25, start, end, True)
        if low == high:
            low, high = low - 1.0, high + 1.0
        edge = (high - low) * margin
        return cls(low - edge if low < 0 or not zero else low, high + edge, start, end)

    def at(self, value: float) -> float:
        """The point of a value, to a tenth."""
        low, high, here = (self._scaled(one) for one in (self.low, self.high, value))
        part = (here - low) / (high - low) if high > low else 0.5
        return round(self.start + min(1.0, max(0.0, part)) * (self.end - self.start), 1)

    def _scaled(self, value: float) -> float:
        return math.log10(max(value, SMALLEST)) if self.logarithmic else value

    def ticks(self, most: int = 5) -> list[float]:
        """Round values on the axis, about `most` of them."""
        if self.logarithmic:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            factors = (1, 2, 5) if last - first <= 3 else (1,)
            found = [10.0**power * factor for power in range(first, last + 1) for factor in factors]
        else:
            rough = (self.high - self.low) / max(most, 1)
            size = 10.0 ** math.floor(math.log10(rough))
            step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * (1 - 1e-9))
            found = [step * at for at in range(math.ceil(self.low / step), math.floor(self.high / step) + 1)]
        return [tick for tick in found if self.low <= tick <= self.high]
