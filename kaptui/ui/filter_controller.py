"""The controller of the one filter: what typing, panels, keys, menus and saved views make of it.

It knows no screen: it is given the filters that hold, and returns those that shall hold next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from kaptui.filters import Context, Filters
    from kaptui.saved_views import SavedView

Setting = Literal["basis", "window", "rates"]
"""A choice between two ways of counting money."""
DEFAULT = "default"
"""The value of a day or a review that goes back to what kaptui does on its own."""
_WAYS: dict[Setting, tuple[str, str]] = {
    "basis": ("contribution", "gross"),
    "window": ("ttm", "ytd"),
    "rates": ("monthly", "constant"),
}


class FilterController:
    """Works out the next filters. All it remembers is which conditions panels added, so that Esc takes them back."""

    def __init__(self) -> None:
        self._narrowed: tuple[str, ...] = ()

    def typed(self, filters: Filters, where: str) -> Filters:
        """The same choices with this filter text."""
        return replace(filters, where=where)

    def toggled(self, filters: Filters, where: str) -> Filters:
        """With the condition that a panel stands for, or without it if it is there. UsageError: a text is no filter."""
        from kaptui.filter_language import holds, toggled

        text = toggled(filters.where, where)
        others = tuple(one for one in self._narrowed if one != where)
        self._narrowed = (*others, where) if holds(text, where) else others
        return replace(filters, where=text)

    def narrowed(self, filters: Filters, where: str) -> Filters:
        """With the condition that a panel stands for; the same where it is there. UsageError: a text is no filter."""
        from kaptui.filter_language import holds

        return filters if not where or holds(filters.where, where) else self.toggled(filters, where)

    def undone(self, filters: Filters) -> Filters:
        """Without the last condition that a panel added and that is still there; the same where there is none."""
        from kaptui.filter_language import toggled

        last = self.undoable(filters.where)  # remembered until filters without it hold: who stops them has it again
        return replace(filters, where=toggled(filters.where, last)) if last else filters

    def undoable(self, where: str) -> str:
        """The last condition that a panel added to `where`, a filter that holds; those gone from it are forgotten."""
        from kaptui.filter_language import holds

        self._narrowed = tuple(one for one in self._narrowed if holds(where, one))
        return self._narrowed[-1] if self._narrowed else ""


def with_setting(filters: Filters, setting: Setting, value: str) -> Filters:
    """The same filters, money counted in this way."""
    choice: dict[str, str] = {setting: value}
    return replace(filters, **choice)  # type: ignore[arg-type]


def with_other(filters: Filters, setting: Setting, context: Context | None) -> Filters:
    """The same filters, money counted in the other way; the same where nothing settles yet which one that is."""
    now: str | None
    if setting == "basis":  # its default is the file's own
        now = context.basis if context is not None else None
    else:
        now = filters.window if setting == "window" else filters.rates
    if now is None:
        return filters
    first, second = _WAYS[setting]
    return with_setting(filters, setting, second if now == first else first)


def with_since(filters: Filters, value: str) -> Filters:
    """The same filters compared with another review or day."""
    return replace(filters, since=None if value == DEFAULT else value)


def with_as_of(filters: Filters, value: str, compared: date) -> Filters:
    """The same filters of another day; a comparison that would not lie before it goes back to the default."""
    as_of = None if value == DEFAULT else date.fromisoformat(value)
    keeps = filters.since is None or as_of is None or compared < as_of
    return replace(filters, as_of=as_of, since=filters.since if keeps else None)


def view_of(
    filters: Filters, screen: str, question: str, sort: tuple[str, bool] | None, columns: tuple[str, ...]
) -> SavedView:
    """A view without a name that brings these filters back, and how the list of `question` is shown on `screen`.

    `sort` is a column and whether it falls.
    """
    from kaptui.saved_views import SavedView

    by = sort[0] + (":desc" if sort[1] else "") if sort else ""
    return SavedView(
        name="",
        where=filters.where,
        as_of=filters.as_of,
        since=filters.since,
        basis=filters.basis,
        window=filters.window,
        rates=filters.rates,
        screen=screen,
        question=question,
        sort=by,
        columns=columns,
    )
