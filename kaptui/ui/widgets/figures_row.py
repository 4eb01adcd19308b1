"""The widget for key figures side by side: label, value, and the base or change beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.events import Click
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.text import clean
from kaptui.ui.keys import bindings
from kaptui.ui.text import MARKS, left, whole_parts, whole_words, wrapped
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import UNCHANGED, Figure, Figures

STEPS = "▁▂▃▄▅▆▇█"
HANGING = "▔▀"
"""What is below zero: a little, and more than half of the most."""
ZERO = "─"
NARROWEST = 12
SHORT = 28
"""The least cells of one figure where they stand in two lines."""
VALUES = ("good", "warn", "bad")
"""The states that colour a value."""
LABEL = 18
"""The most cells of a label where it stands before its value."""


class FiguresRow(ViewWidget, Placed, Widget, can_focus=True):
    """Shows `Figures`: as many as fit, in their order; where it is low, each as a label with its value behind it.

    Left and right choose one; ">" marks it while the row has the keyboard. Enter or a click goes to what stands behind
    it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "figures--label",
        "figures--value",
        "figures--value-good",
        "figures--value-warn",
        "figures--value-bad",
        "figures--note",
        "figures--gap",
        "figures--text",
        "figures--cursor",
        "figures--good",
        "figures--warn",
        "figures--bad",
        "figures--muted",
    }
    BINDINGS = bindings("card", "column.left", "column.right")

    cursor = reactive(0)

    def __init__(self, figures: Figures) -> None:
        super().__init__()
        self._figures = figures.figures

    @property
    def pointed(self) -> Figure | None:
        """The figure under the cursor."""
        return self._figures[self._place] if self._figures else None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, also those that there is no room for."""
        return self._figures

    @property
    def _place(self) -> int:
        """Where the cursor is among the figures on screen."""
        return min(self.cursor, self._seen - 1)

    @property
    def _seen(self) -> int:
        """How many figures are on screen."""
        if self.size.height >= 3 or not self.size.width:
            return len(self._shown(self.size.width)) or 1
        return sum(map(len, self._low(self.size.width))) or 1

    def action_column(self, step: int) -> None:
        """Choose another figure; the ends hold."""
        self.cursor = max(0, min(self._place + step, self._seen - 1))

    def on_click(self, event: Click) -> None:
        """Go to what stands behind a card; a second click in a row is one too many, not a step back."""
        where = event.get_content_offset(self)
        if where is None or event.chain > 1:
            return
        edge = 0
        for place, cells in self._along(where.y):
            if edge <= where.x < edge + cells:
                self.cursor = place
                self.action_card()
            edge += cells

    def action_card(self) -> None:
        """Go to what stands behind the figure under the cursor."""
        one = self.pointed
        if one is None:
            return
        if one.narrow or one.screen:
            self.post_message(self.FilterToggled(one.narrow, one.screen))
        panel, _, question = one.panel.partition(":")
        if question or (panel and not one.narrow):
            self.post_message(self.PanelRequested(panel, question))
        elif not (one.narrow or one.screen):
            self.post_message(self.WhyRequested())

    def _along(self, y: int) -> list[tuple[int, int]]:
        """The figures in this line, each with its cells."""
        if self.size.height < 3:
            lines = self._low(self.size.width)
            return lines[y] if y < len(lines) else []
        shown = self._shown(self.size.width)
        return [(place, cells + 1) for place, cells in enumerate(self._widths(shown, self.size.width))] if shown else []

    def present(self, figures: Figures) -> None:
        """Show other figures."""
        self._figures = figures.figures
        self.refresh()

    def highlight_account(self, account_id: str) -> None:
        """Figures say nothing about a single account."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 3

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self.size.height < 3:
            return self._short_line(y, width)
        shown = self._shown(width)
        if not shown:
            return Strip.blank(width, self.rich_style)
        segments: list[Segment] = []
        for place, (figure, cells) in enumerate(zip(shown, self._widths(shown, width), strict=True)):
            chosen = self.has_focus and place == self._place
            segments += [*self._cell(figure, y, cells, chosen), self._segment("gap", " ")]
        return Strip(segments[:-1]).adjust_cell_length(width, self.rich_style)

    def _shown(self, width: int) -> tuple[Figure, ...]:
        """The figures whose labels and values fit side by side, from the first on."""
        count = len(self._figures)
        while count > 1 and sum(_least(one) + 1 for one in self._figures[:count]) - 1 > width:
            count -= 1
        return self._figures[:count]

    def _widths(self, shown: tuple[Figure, ...], width: int) -> list[int]:
        """Cards of one width; where one of them needs more, the others give way alike."""
        room = width - len(shown) + 1
        least = [min(_least(one), room) for one in shown]  # a single one may need more than there is
        each = room // len(shown)
        while sum(max(each, cells) for cells in least) > room:
            each -= 1
        cells = [max(each, one) for one in least]
        rest = room - sum(cells)
        return [one + (place < rest) for place, one in enumerate(cells)]

    def _cell(self, figure: Figure, y: int, width: int, chosen: bool) -> list[Segment]:
        if y == 0:
            lead = ">" if chosen else " "
            part = "cursor" if chosen else "label"
            run = sparkline(figure.trend, figure.around_zero)
            label = whole_parts(clean(figure.label), width - 1)
            room = width - len(run) - 1
            if run and cell_len(label.partition(",")[0]) + 2 <= room:
                name = self._segment(part, left(lead + whole_parts(label, room - 2), room))
                return [name, *self._run(run, part), self._segment(part, " ")]
            return [self._segment(part, left(f"{lead}{label}", width))]
        if y == 1:
            mark = MARKS.get(figure.state, "")
            words = f"{clean(figure.value)} {mark}".rstrip()
            value = left(f" {words}", width)
            if figure.worse:
                return self._coloured(figure, "value", value, words)
            return [self._segment(f"value-{figure.state}" if figure.state in VALUES else "value", value)]
        lines = self.size.height - 2
        notes = _note(figure, width - 1, lines)
        words = notes[y - 2] if y - 2 < len(notes) else ""
        return self._coloured(figure, "note", left(f" {words}", width), clean(figure.note))

    def _run(self, run: str, part: str) -> list[Segment]:
        """The last months; what hangs below zero in the colour of a loss."""
        pieces = re.findall(f"[{HANGING}]+|[^{HANGING}]+", run)
        return [self._segment("bad" if piece[0] in HANGING else part, piece) for piece in pieces]

    def _coloured(self, figure: Figure, part: str, line: str, text: str) -> list[Segment]:
        """A line of `text`, those parts of it in the colour of the state that say what is worse."""
        shown = line.strip().rstrip("…")
        begin, at = text.find(shown), line.find(shown)
        worse = f"value-{figure.state}" if part == "value" else figure.state
        if not shown or begin < 0 or f"figures--{worse}" not in self.COMPONENT_CLASSES:
            return [self._segment(part, line)]
        bad = {
            at + place - begin
            for words in figure.worse
            if (start := text.find(words)) >= 0
            for place in range(max(start, begin), min(start + len(words), begin + len(shown)))
        }
        runs = groupby(range(len(line)), key=bad.__contains__)
        return [self._segment(worse if is_bad else part, "".join(line[one] for one in run)) for is_bad, run in runs]

    def _low(self, width: int) -> list[list[tuple[int, int]]]:
        """Which figures stand in which line, each with its cells: as many as fit in one line, columns in two."""
        if self.size.height > 1:
            each = max(1, width // SHORT)
            places = range(min(len(self._figures), each * self.size.height))
            return [[(place, width // each) for place in places[at : at + each]] for at in range(0, len(places), each)]
        line: list[tuple[int, int]] = []
        room = width
        for place, figure in enumerate(self._figures):
            label, value = self._pair(figure, width)
            needed = cell_len(label) + cell_len(value) + 1
            if line and needed > room:
                break
            line.append((place, min(needed + 2, width)))
            room -= needed + 2
        return [line]

    def _pair(self, figure: Figure, width: int) -> tuple[str, str]:
        """Label and value for a screen without room."""
        label = whole_parts(clean(figure.label), min(LABEL, width // 2))
        change = f" {figure.change}" if figure.change and figure.change != UNCHANGED else ""
        return f"{label} ", f"{clean(figure.value)}{MARKS.get(figure.state, '')}{change}"

    def _short_line(self, y: int, width: int) -> Strip:
        """Several "label value" pairs, for a screen without room."""
        lines = self._low(width)
        segments: list[Segment] = []
        for place, cells in lines[y] if y < len(lines) else ():
            chosen = self.has_focus and place == self._place
            label, value = self._pair(self._figures[place], cells if self.size.height > 1 else width)
            segments.append(self._segment("cursor" if chosen else "label", f"{'>' if chosen else ' '}{label}"))
            state = self._figures[place].state
            part = f"value-{state}" if state in VALUES and not self._figures[place].worse else "value"
            segments.append(self._segment(part, left(value, max(0, cells - cell_len(label) - 1))))
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _segment(self, part: str, text: str) -> Segment:
        return Segment(text, self.get_component_rich_style(f"figures--{part}"))


def sparkline(values: Sequence[float | None], around_zero: bool = False) -> str:
    """A cell for each value, the lowest the least; a blank where one is not known. Empty without two values.

    `around_zero`: a cell stands for the distance from zero, and hangs where the value is below it.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    if around_zero:
        most = max(map(abs, known))
        return "".join(" " if value is None else _from_zero(value, most) for value in values)
    low, high = min(known), max(known)
    last = len(STEPS) - 1
    span = (high - low) or 1.0
    return "".join(" " if value is None else STEPS[round((value - low) / span * last)] for value in values)


def _from_zero(value: float, most: float) -> str:
    if value < 0:
        return HANGING[-value > most / 2]
    return STEPS[max(0, round(value / most * len(STEPS)) - 1)] if value else ZERO


def _least(figure: Figure) -> int:
    """The cells that label and value need."""
    label = figure.label.partition(", ")[0]
    mark = 2 if figure.state in MARKS else 0
    return max(NARROWEST, cell_len(label) + 2, cell_len(figure.value) + mark + 2)


def _short(figure: Figure) -> str:
    """The first part of the note, its direction left to the sign: "+8.6m in a year" of "+8.6m better in a year"."""
    return re.sub(" (better|worse)(?= in a )", "", clean(figure.note).partition(", ")[0])


def _note(figure: Figure, width: int, lines: int) -> list[str]:
    """The note in so many lines; in a single one its whole parts, the first in short if it must be."""
    note, short = clean(figure.note), _short(figure)
    if lines > 1:
        return wrapped(note, width, lines)
    if figure.change and cell_len(note.partition(", ")[0]) > width:
        return [whole_words(figure.change, width)]  # line 1 of the screen names the day
    return [short if cell_len(short) <= width < cell_len(note.partition(", ")[0]) else whole_words(note, width)]
