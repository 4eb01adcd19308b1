"""The reader's choices: what was asked for (`Filters`) and what it came to (`Context`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Literal

from kaptui.settings_text import default_count, default_number

Basis = Literal["contribution", "gross"]
Window = Literal["ttm", "ytd"]
Rates = Literal["monthly", "constant"]


MoveKind = Literal["assign", "replace", "remove", "leave"]
Side = Literal["internal", "external"]


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a what-if: a leader takes a side of an account, gives it up, or leaves the company.

    He takes a side beside who stands there (assign), or in place of everybody who does (replace). Whoever leaves has
    no account and no side.
    """

    kind: MoveKind
    person_id: str
    account_id: str = ""
    side: Side | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """One filter for every panel. Frozen: equal filters mean no work.

    `where` is filter-language text; None means "the default" (see `Portfolio.context`).
    `since` is a review point's name or an ISO date. `moves` is a what-if: sponsorship is answered as it would be
    after them; which accounts `where` leaves is told by the facts of the file, with or without it. `rates` turn other
    currencies into the reporting one: of each month, or (constant) the window's months at those of a year earlier.
    """

    where: str = ""
    as_of: date | None = None
    since: str | None = None
    basis: Basis | None = None
    window: Window = "ttm"
    rates: Rates = "monthly"
    moves: tuple[Move, ...] = ()
    selected_by: Filters | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """The choices after every default is settled; the one row of table `context`.

    `since_label` says in words what `since` is ("review Q3 2026", "3 months earlier"). `first_figures` and
    `last_figures` are the first and the last day of the booked range, `has_figures` whether any figures fall into
    the window. Of the window's `window_months`, `months_known_before` lie in the booked range a year earlier;
    `months_unbooked` full months at as-of come after the window, because nobody has booked them.
    `cost_to_serve_share` is the share of revenue with a known cost to serve, where profit is gross by default only
    because that is too little; else None.

    The last ones are thresholds of the model that words on a screen name: an index below `red_below` is red, from
    `green_from` on green; `reds_serious` red factors make an account a problem; up to `thread_single` contacts are a
    single thread, `thread_broad` a broad one. They are the settings in force, the defaults where nothing is settled.
    """

    as_of: date
    since: date
    since_label: str
    basis: Basis
    window: Window
    window_start: date
    window_end: date
    currency: str
    last_figures: date | None = None
    has_figures: bool = True
    rates: Rates = "monthly"
    first_figures: date | None = None
    window_months: int = 12
    months_known_before: int = 12
    months_unbooked: int = 0
    cost_to_serve_share: float | None = None
    red_below: float = field(default_factory=partial(default_number, "red_below"))
    green_from: float = field(default_factory=partial(default_number, "green_from"))
    reds_serious: int = field(default_factory=partial(default_count, "reds_serious"))
    thread_single: int = field(default_factory=partial(default_count, "thread_single"))
    thread_broad: int = field(default_factory=partial(default_count, "thread_broad"))

    @property
    def history_known(self) -> bool:
        """Whether the booked range holds the whole window a year earlier; else nothing is compared with it."""
        return self.months_known_before >= self.window_months
