"""The widget for a waterfall: each bar hangs where the one before it ended, its number beside it."""

from __future__ import annotations

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
from kaptui.ui.text import EIGHTHS, MARKS, left, right, whole_parts
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Step, Waterfall

SHORTEST_TRACK = 10
ROOM_FOR_NOTES = 96
BROKEN = "≈"
"""Where a bar from zero leaves out a part, because all else happens far above it."""


def span(steps: tuple[Step, ...]) -> tuple[float, float]:
    """The levels at the left and the right edge: from zero, unless the steps are small beside the whole."""
    levels = [level for step in steps for level in (step.start, step.end)]
    between = [level for level in levels if level]
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    inner_low, inner_high = min(between, default=0.0), max(between, default=0.0)
    reach = inner_high - inner_low
    if inner_low > 0 and 2 * reach < inner_low:
        return inner_low - max(reach, inner_low * 1e-6) * 0.25, high
    if inner_high < 0 and 2 * reach < -inner_high:
        return low, inner_high + max(reach, -inner_high * 1e-6) * 0.25
    return low, high


def hanging(start: float, end: float, low: float, high: float, width: int) -> str:
    """A bar between two levels in `width` cells; its left edge is a half cell, its right one an eighth."""
    scale = width / ((high - low) or 1.0)
    first, last = sorted((max(0.0, min(width, (level - low) * scale))) for level in (start, end))
    if last - first < 1 / 8:
        at = min(int(first), width - 1)
        return (" " * at + ("▏" if start != end else "·")).ljust(width)
    cells = []
    for cell in range(width):
        inside, before = min(last, cell + 1) - max(first, cell), first - cell
        if inside <= 0:
            cells.append(" ")
        elif last >= cell + 1:
            cells.append("█" if before <= 0.25 else "▐" if before < 0.75 else "▕")
        elif before > 0.25:
            cells.append("▌")
        else:
            cells.append(EIGHTHS[max(1, round(inside * 8))])
    return "".join(cells)


class WaterfallPlot(ViewWidget, Placed, Widget, can_focus=True):
    """Shows a `Waterfall`; below it stands what weighs most in the step under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "waterfall--label",
        "waterfall--cursor",
        "waterfall--text",
        "waterfall--note",
        "waterfall--caption",
        "waterfall--good",
        "waterfall--bad",
        "waterfall--plain",
        "waterfall--muted",
        "waterfall--warn",
    }
    BINDINGS = bindings("row.up", "row.down", "row.first", "row.last")

    cursor = reactive(1)

    def __init__(self, waterfall: Waterfall) -> None:
        super().__init__()
        self._waterfall = waterfall

    def present(self, waterfall: Waterfall) -> None:
        """Show other steps; the cursor stays on its step."""
        self._waterfall = waterfall
        self.cursor = max(0, min(self.cursor, len(waterfall.steps) - 1))
        self.refresh()

    def highlight_account(self, account_id: str) -> None:
        """The steps say nothing about a single account."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._waterfall.steps) + 2

    def action_row(self, step: int) -> None:
        self.cursor = max(0, min(self.cursor + step, len(self._waterfall.steps) - 1))

    def action_edge(self, side: int) -> None:
        self.action_row(side * len(self._waterfall.steps))

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        return self._waterfall.steps[self.cursor] if self.cursor < len(self._waterfall.steps) else None

    def render_line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        if y == 0:
            return self._strip([("caption", whole_parts(clean(self._waterfall.caption), width))])
        places = self._places(height - 2)
        if y == height - 1 and len(places) <= height - 2 and self.step is not None:
            return self._strip(self._detail(self.step, width))
        at = self._top(places) + y - 1
        return self._line(places[at], width) if at < len(places) else Strip.blank(width, self.rich_style)

    def _top(self, places: list[int]) -> int:
        """The first line in sight."""
        room = self.size.height - 1
        here = next((at for at, place in enumerate(places) if place >= self.cursor), 0)
        return max(0, min(here - room + 1, len(places) - room)) if room < len(places) else 0

    def on_click(self, event: Click) -> None:
        where = event.get_content_offset(self)
        places = self._places(self.size.height - 2)
        at = 0 if where is None else self._top(places) + where.y
        if 0 < at <= len(places):
            self.cursor = places[at - 1]

    def _places(self, room: int) -> list[int]:
        """The steps to show: all, or where there is no room for all only those that moved something."""
        steps = self._waterfall.steps
        if len(steps) <= room:
            return list(range(len(steps)))
        return [at for at, one in enumerate(steps) if one.start != one.end or at in (0, len(steps) - 1, self.cursor)]

    def _detail(self, step: Step, width: int) -> list[tuple[str, str]]:
        """What weighs most in a step, where it does not stand beside its bar."""
        if width >= ROOM_FOR_NOTES:
            return []
        words = f"{clean(step.label)}: {clean(step.note)}" if step.note else ""
        return [("note", whole_parts(words, width))]

    def _line(self, place: int, width: int) -> Strip:
        one = self._waterfall.steps[place]
        label = max(cell_len(clean(step.label)) for step in self._waterfall.steps)
        number = max(cell_len(step.text) for step in self._waterfall.steps)
        note = width // 2 - 8 if width >= ROOM_FOR_NOTES else 0
        track = max(SHORTEST_TRACK, width - label - number - note - 5)
        low, high = span(self._waterfall.steps)
        bar = hanging(one.start, one.end, low, high, track)
        if one.start == 0 and one.end and (low > 0 or high < 0):
            bar = BROKEN + bar[1:] if low > 0 else bar[:-1] + BROKEN
        chosen = self.has_focus and place == self.cursor
        lead = "> " if chosen else "  "
        state = one.state or "plain"
        pieces = [
            ("cursor" if chosen else "label", lead + left(clean(one.label), label) + " "),
            (state, bar),
            (state, " " + right(one.text, number) + (MARKS.get(one.state, "") or " ")),
        ]
        if note:
            pieces.append(("note", "  " + left(whole_parts(clean(one.note), note - 2), note - 2)))
        return self._strip(pieces)

    def _strip(self, pieces: list[tuple[str, str]]) -> Strip:
        strip = Strip([Segment(text, self.get_component_rich_style(f"waterfall--{part}")) for part, text in pieces])
        return strip.adjust_cell_length(self.size.width, self.rich_style)
