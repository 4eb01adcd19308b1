"""The filter language: text -> conditions -> one Polars expression over the account card.

    region:DACH top<34 tier:1 manager:"Anna Weiss" -status:exited revenue>5m helvia

- A word matches names that hold it, in any case; each of several words must match, as in every search box.
- `field:value` is the whole value in any case (an id exactly), `*` a wildcard (`manager:*` is "has one");
  `field<n` compares numbers, with `k m bn` and, for shares, per cent. `=` reads as `:`.
- The same field again means or, different fields mean and. `-` negates; each negated condition must hold
  on its own, so a range is written `revenue>=1m -revenue>5m`.
- `-` keeps unknowns, a comparison drops them.
- Quotes hold blanks and any of `( ) < > :` together; a quote inside quotes is doubled.

Only `UsageError` leaves this package, with the 1-based column of what could not be read.
"""

from kaptui.filter_language.changes import condition, finished, holds, settled, toggled
from kaptui.filter_language.completion import Completion, complete
from kaptui.filter_language.conditions import Condition, parse
from kaptui.filter_language.expression import apply, asks_for, expression, factor_columns, rescue
from kaptui.filter_language.facets import Facet, FacetValue, facets, meant
from kaptui.filter_language.grammar import Chip, chips, quote, without

__all__ = [
    "Chip",
    "Completion",
    "Condition",
    "Facet",
    "FacetValue",
    "apply",
    "asks_for",
    "chips",
    "complete",
    "condition",
    "expression",
    "facets",
    "factor_columns",
    "finished",
    "holds",
    "meant",
    "parse",
    "quote",
    "rescue",
    "settled",
    "toggled",
    "without",
]
