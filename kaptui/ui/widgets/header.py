"""The header: line 1 says what is shown (file, date, accounts, money), line 2 names the screens (tabs)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from kaptui.filters import Context
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import age, clean, day, month
from kaptui.text.accounts import NOT_FILTERED, base_in_words
from kaptui.text.window import not_booked, window_words
from kaptui.ui.keys import Key
from kaptui.ui.text import cut, fitting
from kaptui.ui.widgets.placed import Placed

ROOMY = 100
SHORT_NAME = 10
SHORT_TAB = 4
SHOWN_STEP = " > "
MORE_STEPS = "… > "
TIGHT = 56
SHORT_REVIEW = 6
EXITED = " exited"
ROOM_FOR_YEAR = 66
YEAR_NEEDED = 300
"""Days from which the age of as-of is no longer enough to tell its year."""


def money_words(context: Context) -> str:
    """The basis of every amount: currency, profit, window and, where they are not each month's, the rates."""
    constant = ", constant FX" if context.rates == "constant" else ""
    return f"{clean(context.currency)} {context.basis}, {window_words(context)}{constant}"


def short_money(context: Context) -> str:
    """The same in fewer letters: "EUR contr. 12 months", "EUR gross since Jan const. FX"."""
    basis = context.basis.replace("contribution", "contr.")
    window = window_words(context).partition(" to ")[0]
    if window.startswith("since "):
        window = f"since {window.removeprefix('since ')[:3]}"
    constant = " const. FX" if context.rates == "constant" else ""
    return f"{clean(context.currency)} {basis} {window}{constant}"


def _ago(days: int, short: bool = False) -> str:
    """How long before today the as-of date is: "61 days ago"; what was planned after it may have passed by now."""
    told = age(days)
    told = told if days <= 0 else f"{told} ago"
    return told.replace(" days", " d").replace(" day", " d") if short else told


class StatusLine(Placed, Widget):
    """Line 1: file, as-of date and its age, what is compared with, accounts, currency, basis and window.

    `compares`: whether something below is compared with the review of its own accord; else it is named only where the
    reader chose what to compare with.
    Where the file changed and cannot be read, the app's `file_problem` says so instead of the money and its basis.
    """

    state: reactive[DashboardState | None] = reactive(None)
    file_problem: reactive[str] = reactive("")
    failed: reactive[bool] = reactive(False)

    def __init__(self, file: str, today: date, compares: bool = True) -> None:
        super().__init__(id="status")
        self._file = file
        self._today = today
        self._compares = compares

    def on_mount(self) -> None:
        self.watch(self.app, "file_problem", self._take_problem)

    def _take_problem(self, file_problem: str) -> None:
        self.file_problem = file_problem

    def render(self) -> RenderResult:
        state = self.state
        file = clean(state.file if state else self._file)
        wide = self.size.width >= ROOMY
        brand = " kaptui  " if wide else " "
        if state is None:
            return Content(cut(f"{brand}{file}{'' if self.failed else '   reading ...'}", self.size.width))
        room = self.size.width - cell_len(brand) - 2
        short = min(cell_len(file), SHORT_NAME if room > TIGHT else SHORT_NAME // 2)
        parts = self._narrow(state, room - short - (0 if wide else len(self.file_problem)))
        if wide:
            whole = (self._wide(state, *shorter) for shorter in ((False, False), (False, True), (True, True)))
            parts = next(
                (one for one in whole if sum(cell_len(text) + 3 for _, text in one) - 3 <= room - short), parts
            )
        if self.file_problem:
            parts = [parts[0], (0, self.file_problem), parts[2]]
        end = ("   " if wide else "  ").join(fitting(parts, room - short, 3 if wide else 2))
        name = cut(file, max(short, room - cell_len(end)))
        gap = " " * max(1, self.size.width - cell_len(brand) - cell_len(name) - cell_len(end) - 1)
        return Content.assemble((brand, "bold"), name, gap, end)

    def _wide(self, state: DashboardState, few: bool = False, contr: bool = False) -> list[tuple[int, str]]:
        """Whole words; accounts (`few`) or money (`contr`) in fewer letters, so that the date keeps its "as of"."""
        context = state.context
        return [
            (2, f"as of {day(context.as_of)}, {_ago(self._old(state))}"),
            (4, f"vs {review}" if (review := self._review(state)) else ""),
            (1, self._base(state, few)),
            (3, short_money(context) if contr else money_words(context)),
            (2, f"figures end {month(context.window_end)}" if not_booked(context) else ""),
        ]

    def _narrow(self, state: DashboardState, room: int) -> list[tuple[int, str]]:
        """The same in fewer letters: the review's name is shortened before anything is left out."""
        context, old = state.context, self._old(state)
        as_of = day(context.as_of)
        if room < ROOM_FOR_YEAR and abs(old) < YEAR_NEEDED:
            as_of = as_of.rpartition(" ")[0]
        base = self._base(state, short=True)
        review = self._review(state)
        parts = [
            (2, f"{as_of} ({old} d)" if room < ROOM_FOR_YEAR else f"{as_of}, {_ago(old, short=True)}"),
            (1, base),
            (3, short_money(context)),
            (2, f"to {month(context.window_end)}" if not_booked(context) else ""),
        ]
        rest = room - sum(cell_len(text) + 2 for _, text in parts) - len("vs ")
        year = f" {context.as_of.year}"
        if rest < cell_len(review) and as_of.endswith(year) and abs(old) < YEAR_NEEDED:
            parts[0] = (2, parts[0][1].replace(year, "", 1))
            rest += len(year)
        if rest < cell_len(review) and base.endswith(EXITED):  # line 3 says the word as well
            parts[1] = (1, base.removesuffix(EXITED))
            rest += len(EXITED)
        if rest < cell_len(review):
            shorter = parts[2][1].replace(" months", " mo")
            rest += len(parts[2][1]) - len(shorter)
            parts[2] = (3, shorter)
        review = cut(review, rest) if rest >= SHORT_REVIEW else ""
        return [parts[0], (4, f"vs {review}" if review else ""), *parts[1:]]

    def _review(self, state: DashboardState) -> str:
        """What is compared with; empty where nothing on screen is, and the reader chose no day."""
        return clean(state.context.since_label) if self._compares or state.earlier is not None else ""

    def _base(self, state: DashboardState, short: bool) -> str:
        """What the answer on screen runs over."""
        return base_in_words(state.matching, state.exited, state.accounts, short) if state.filtered else NOT_FILTERED

    def _old(self, state: DashboardState) -> int:
        return (self._today - state.context.as_of).days


class TabsLine(Placed, Widget):
    """Line 2: the screens by number, the present one marked by brackets; on an account page the way there."""

    @dataclass
    class TabClicked(Message):
        """Go to the screen or tab that this key goes to."""

        key_id: str

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--here", "tabs--other"}

    here: reactive[str] = reactive("")
    screens: reactive[tuple[Key, ...]] = reactive(())

    def __init__(self, screens: Sequence[Key], here: str, way: str = "") -> None:
        super().__init__(id="tabs")
        self.set_reactive(TabsLine.screens, tuple(screens))
        self._breadcrumb = way
        self._place = ""
        self.set_reactive(TabsLine.here, here)

    def show_breadcrumb(self, way: Sequence[str], place: str = "") -> None:
        """Say where in the dashboard this is, step by step, and which row of how many (`place`)."""
        self._breadcrumb = SHOWN_STEP.join(clean(step) for step in way if step)
        self._place = f"   {place}" if place else ""
        self.refresh()

    def render(self) -> RenderResult:
        here = self.get_visual_style("tabs--here")
        other = self.get_visual_style("tabs--other")
        parts: list[Content] = [Content(" ")]
        for _, chosen, text in self._named():
            parts.append(Content.styled(text, here if chosen else other))
        if self._breadcrumb:
            room = self.size.width - sum(part.cell_length for part in parts) - 1 - cell_len(self._place)
            parts.append(Content.styled(" " + last_steps(self._breadcrumb, room), here))
            parts.append(Content.styled(self._place, other))
        return Content("").join(parts)

    def on_click(self, event: Click) -> None:
        edge = 1
        for key, _, text in self._named():
            if edge <= event.x < edge + cell_len(text):
                self.post_message(self.TabClicked(key.id))
            edge += cell_len(text)

    def _named(self) -> list[tuple[Key, bool, str]]:
        """Each tab, and whether it is the present one. Where the way there needs the room, labels are shortened:
        to a few letters, then to their number; the present one keeps its name."""
        least = (
            cell_len(self._breadcrumb.rpartition(SHOWN_STEP)[2]) + cell_len(self._place) + 6 if self._breadcrumb else 0
        )
        for letters in (99, SHORT_TAB, 0):
            named = []
            for key in self.screens:
                chosen = key.id == self.here
                whole = chosen or bool(letters and len(key.label) <= letters + 1)
                name = key.label if whole else key.label[:letters]
                text = f"{key.shown} {name}".strip()
                named.append((key, chosen, f"[{text}]" if chosen else f" {text} "))
            if sum(cell_len(text) for *_, text in named) + least < self.size.width:
                break
        return named


def last_steps(way: str, room: int) -> str:
    """As many of the last steps of a way as fit; the last one is cut if it must be."""
    while cell_len(way) > room and SHOWN_STEP in way.removeprefix(MORE_STEPS):
        way = MORE_STEPS + way.removeprefix(MORE_STEPS).partition(SHOWN_STEP)[2]
    return cut(way if cell_len(way) <= room else way.removeprefix(MORE_STEPS), room)
