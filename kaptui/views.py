"""What a panel shows, as plain frozen data: no screen, no database. A widget or a text printer draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["text", "integer", "number", "money", "share", "index", "date", "flag"]
"""How a column is meant. share: fraction of 1; index: 0..100; money: reporting currency; flag: true/false."""

State = Literal["", "good", "warn", "bad", "muted"]
"""What a colour would say. Never said by colour alone: the text beside it carries a number or a mark."""

Row = Mapping[str, Any]

UNCHANGED = "unchanged"
"""A `change` of nothing: said beside its day, not where there is little room."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `text` and `state` override the default rendering by `kind`, given the row.

    `measure` is what stands in its cells, where the name of the column does not say it, and `item` which one of
    several: the code of a factor, the side of a sponsor. `says` is what a short name in it stands for, told below the
    list while the cursor is there. `short` is the heading where the list has no room for all of `label`s.
    """

    name: str
    label: str
    kind: Kind = "text"
    width: int = 8
    text: Callable[[Row], str] | None = None
    state: Callable[[Row], State] | None = None
    measure: str = ""
    item: str = ""
    says: Callable[[Row], str] | None = None
    short: str = ""
    if_room: int = 0


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The line above the rows of one group: its words by column, and the filter text that keeps only this group.

    `state` colours it; its words say the same.
    """

    value: str | None
    texts: Mapping[str, str]
    narrow: str = ""
    state: State = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of `frame` (any number), shown through `columns`; the first column stays put when scrolling.

    `key` is the column that identifies a row across refreshes; where it is `account_id`, Enter opens it, where it
    is `month`, Enter looks back from the end of that month.
    `more` are further columns of the answer that the reader may add. `foot` are lines pinned at the bottom, as
    words by column. Where `group` names a column, the rows with one value stand together under their subtotal,
    in the order of `subtotals`, and are sorted among themselves. `follows`: the cursor goes to the account that
    another list reached; not where one account has many rows. `title` stands above the list instead of the panel's
    own title, where the answer decides what the list is.
    """

    frame: pl.DataFrame
    columns: tuple[Column, ...]
    key: str = "account_id"
    caption: str = ""
    more: tuple[Column, ...] = ()
    foot: tuple[Mapping[str, str], ...] = ()
    group: str = ""
    subtotals: tuple[Subtotal, ...] = ()
    follows: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: what it is, its value with unit, its base or change in words.

    `measure` is what it shows, `item` which one of several, as in `Column`; `account_id` whose it is, where the
    screen is not about one account. `trend` are the values of the last months, the latest last, None where one is not
    known: drawn beside the value where there is room; with `around_zero` those below zero hang. `change` is what
    `note` says first of a chosen day, for where there is no room for a note.

    `state` is what the value means. Where `worse` names parts of value and note, only those are in its colour: "6 fell"
    of "6 fell, 4 rose". Enter goes to `panel` of its own screen (its id, behind a colon the question it is to show),
    or to `screen`, with the filter `narrow`; without any of them it explains the number.
    """

    label: str
    value: str
    note: str = ""
    state: State = ""
    measure: str = ""
    item: str = ""
    account_id: str = ""
    trend: tuple[float | None, ...] = ()
    around_zero: bool = False
    change: str = ""
    worse: tuple[str, ...] = ()
    narrow: str = ""
    screen: str = ""
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of key figures."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its number. `value` None: unknown, drawn empty. `narrow`: filter text it stands for.

    `account` is the id of the account it stands for: Enter opens it; `measure` and `item` as in `Column`. `short` is
    the label where there is little room. `change` is as in `Figure`.
    """

    label: str
    value: float | None
    text: str
    note: str = ""
    state: State = ""
    narrow: str = ""
    measure: str = ""
    item: str = ""
    account: str = ""
    short: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars between `low` and `high`; below zero they grow to the left.

    `summary` is what they come to in one line, where there is no room for all numbers; else the caption is.
    """

    bars: tuple[Bar, ...]
    low: float = 0.0
    high: float = 100.0
    caption: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall, from level `start` to level `end`. `note` says what weighs most in it.

    `measure` and `item` as in `Column`.
    """

    label: str
    start: float
    end: float
    text: str
    note: str = ""
    state: State = ""
    measure: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Bars that hang where the one before them ended; those from zero stand for the whole."""

    steps: tuple[Step, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Corner:
    """A quarter of a scatter: its name, what lies in it in words, the filter text it stands for."""

    label: str
    note: str
    narrow: str


@dataclass(frozen=True, slots=True, eq=False)
class Scatter:
    """Accounts by two numbers, cut into four corners: top left, top right, bottom left, bottom right.

    `frame` has the columns account_id, name, x, y, the largest account first; every x is above zero. What lies on a
    cut counts as right or top.
    """

    frame: pl.DataFrame
    x_cut: float
    y_cut: float
    corners: tuple[Corner, Corner, Corner, Corner]
    x_title: str
    y_title: str
    caption: str = ""
    x_kind: Kind = "money"
    y_kind: Kind = "share"
    x_cut_label: str = ""
    y_cut_label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a curve. `ids` names the account of each point, so that it can be found on it."""

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines over a numeric axis; `x_ticks` are (position, label); `levels` are horizontal guides.

    `notes` stand in the plot where it is free, the last one above the axis. Several lines are named at their ends.
    `measure` is what stands behind the account of a point, as in `Column`.
    """

    lines: tuple[Line, ...]
    x_title: str
    y_title: str
    caption: str = ""
    levels: tuple[float, ...] = ()
    x_ticks: tuple[tuple[float, str], ...] = ()
    notes: tuple[str, ...] = ()
    y_kind: Kind = "number"
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of `MonthBars`: the amount of its bar and of each line, None where it is not known.

    `id` is the ISO day it ends on, `item` the one it begins on, as an explanation is asked for it.
    """

    id: str
    item: str
    label: str
    bar: float | None
    lines: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthBars:
    """Bars by month around their own zero, and above them lines on a scale of their own.

    `months` follow each other without a gap: one without data is there, its amounts None. `bar_label` and
    `line_labels` name what is drawn, `unit` is said at the axis. `measure` is what a bar shows, as in `Column`.
    """

    months: tuple[Month, ...]
    bar_label: str
    line_labels: tuple[str, ...]
    unit: str = ""
    caption: str = ""
    kind: Kind = "money"
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Words instead of numbers: an empty table, a filter without matches, an explanation."""

    lines: tuple[str, ...]
    state: State = "muted"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence under its short name. `mark` is a word beside it, `state` what the word means.

    Enter opens `account`, or goes to `screen` with the filter `narrow`, to the panel that answers `question` where one
    is named. `measure` and `item` as in `Column`. `short` is the same in few words, for where the whole has no room;
    without it the sentence is cut. `who`: the largest of those it is about by name, beside the short form.
    """

    label: str
    text: str
    mark: str = ""
    state: State = ""
    narrow: str = ""
    screen: str = ""
    question: str = ""
    account: str = ""
    measure: str = ""
    item: str = ""
    short: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences one under the other, each in as many lines as there is room for."""

    lines: tuple[Sentence, ...]
    caption: str = ""


View = Table | Sentences | Figures | Bars | Curve | MonthBars | Scatter | Waterfall | Notes
