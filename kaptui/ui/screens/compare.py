"""The menus of dates: which day the numbers are of, and which day they are compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kaptui.common.days import month_end, months_before, read_day
from kaptui.errors import UsageError
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import clean, day
from kaptui.ui.choice import Choice
from kaptui.ui.filter_controller import DEFAULT
from kaptui.ui.screens.finder import Finder

MONTH_ENDS = 12


class DayMenu(Finder):
    """Proposed days, and any other that is typed; a day that cannot be is said in place.

    `read` makes a day of what is typed, UsageError where it is none.
    """

    offers_nearest = False  # what is typed is a day
    prompt = "choose, or type 30.6.2026, end of June, last year"

    def __init__(self, title: str, choices: Sequence[Choice], read: Callable[[str], date]) -> None:
        self._read = read
        super().__init__(title, choices, self._matching)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(".dialog", Vertical).mount(Static(id="day-problem"))

    def allow(self, typed: date) -> str:
        """Why this day is not possible; empty where it is."""
        return ""

    def _matching(self, text: str) -> list[Choice]:
        found, problem = self._by_label(text), ""
        try:
            typed = self._read(text)
        except UsageError as error:
            problem = f"{error.message}; {error.hint}" if text.strip() and not found else ""
        else:
            problem = self.allow(typed)
            found = [choice for choice in found if choice.value != typed.isoformat()]
            found = [] if problem else [Choice("", day(typed), "the day typed", typed.isoformat()), *found]
        self.query_one("#day-problem", Static).update(Content(f"! {clean(problem)}" if problem else ""))
        return found

    def take(self, choice: Choice | None) -> None:
        if choice is not None:
            self.dismiss(choice)


class CompareMenu(DayMenu):
    """The review points before as-of, or another day before it. The value is a review's name or an ISO day."""

    def __init__(self, state: DashboardState) -> None:
        as_of, now = state.context.as_of, state.filters.since
        self._as_of = as_of
        earlier = months_before(as_of, 3)
        latest = state.reviews[0][0] if state.reviews else "3 months earlier"
        days = [(name, held_on, name) for name, held_on in state.reviews]
        days.append(("3 months earlier", earlier, earlier.isoformat()))
        choices = [Choice(_mark(now is None), f"default: {clean(latest)}", "", DEFAULT)]
        if now is not None and now not in {value for _, _, value in days}:
            days.insert(0, (day(state.context.since), state.context.since, now))
        choices += [Choice(_mark(now == value), clean(name), day(held_on), value) for name, held_on, value in days]
        super().__init__("Compare with", choices, partial(read_day, today=as_of, before=True))
        self.start = next((place for place, one in enumerate(choices) if one.kind == ">"), 0)

    def allow(self, typed: date) -> str:
        return "" if typed < self._as_of else f"{day(typed)} is not before as-of {day(self._as_of)}"


class AsOfMenu(DayMenu):
    """The last month ends with figures, or another day. The value is an ISO day."""

    def __init__(self, state: DashboardState, today: date) -> None:
        context, now = state.context, state.filters.as_of
        last = context.last_figures or month_end(today, -1)
        ends = [month_end(last, -back) for back in range(MONTH_ENDS)]
        if now is not None and now not in ends:
            ends.insert(0, now)
        choices = [Choice(_mark(now is None), "default: the file's own day, else today", "", DEFAULT)]
        choices += [
            Choice(_mark(now == end), day(end), "last figures" if end == context.last_figures else "", end.isoformat())
            for end in ends
        ]
        super().__init__("As of", choices, partial(read_day, today=today))
        self.start = next((place for place, one in enumerate(choices) if one.kind == ">"), 0)


def _mark(present: bool) -> str:
    return ">" if present else " "
