"""The widget for bars with their numbers, one line each; one single line where there is no room for more."""

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
from kaptui.ui.text import MARKS, bar, left, right, whole_parts, wrapped
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import UNCHANGED, Bar, Bars

SHORTEST_TRACK = 7
ROOMY = 44
"""Cells from which a bar is called by its whole label."""


class BarList(ViewWidget, Placed, Widget, can_focus=True):
    """Shows `Bars`. Enter on a bar narrows to the filter it stands for, or opens its account."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bars--label",
        "bars--text",
        "bars--note",
        "bars--empty",
        "bars--cursor",
        "bars--good",
        "bars--warn",
        "bars--bad",
        "bars--muted",
        "bars--plain",
        "bars--mark-good",
        "bars--mark-warn",
        "bars--mark-bad",
        "bars--mark-muted",
        "bars--mark-plain",
    }
    BINDINGS = bindings("open", "bar.only", "row.up", "row.down", "row.first", "row.last")

    cursor = reactive(0)

    def __init__(self, bars: Bars) -> None:
        super().__init__()
        self._bars = bars

    def present(self, bars: Bars) -> None:
        """Show other bars; the cursor stays on the bar of the same label."""
        label = self._bars.bars[self.cursor].label if self._bars.bars else ""
        self._bars = bars
        self.cursor = next((i for i, one in enumerate(bars.bars) if one.label == label), 0)
        self.refresh()

    @property
    def pointed(self) -> Bar | None:
        """The bar under the cursor."""
        return self._bars.bars[self.cursor] if self._bars.bars else None

    def highlight_account(self, account_id: str) -> None:
        """Move the cursor to the first bar of this account, if there is one."""
        here = self._bars.bars[self.cursor].account if self._bars.bars else ""
        if account_id != here:
            self.cursor = next((i for i, one in enumerate(self._bars.bars) if one.account == account_id), self.cursor)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._bars.bars) + bool(self._bars.caption)

    def render_line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        bars = self._bars.bars
        if height < min(len(bars), 2) or (height == 1 and bool(self._bars.caption or self._bars.summary)):
            return self._one_line(width) if y == 0 else Strip.blank(width)
        place = self._top + y
        if place < len(bars):
            return self._bar_line(place, width)
        return self._strip([("bars--note", left(self._caption_line(place - len(bars)), width))])

    @property
    def _top(self) -> int:
        """The first bar in sight."""
        height, many = self.size.height, len(self._bars.bars)
        return max(0, min(self.cursor - height + 1, many - height)) if height < many else 0

    def on_click(self, event: Click) -> None:
        where = event.get_content_offset(self)
        place = -1 if where is None else self._top + where.y
        if 0 <= place < len(self._bars.bars):
            self.action_row(place - self.cursor)
            self.enter_if_second(event)

    def _caption_line(self, below: int) -> str:
        """What stands so many lines below the last bar: the caption, after a blank line where there is room for one."""
        room = self.size.height - len(self._bars.bars)
        lines = caption_lines(clean(self._bars.caption), self.size.width, room)
        begin = int(room > len(lines))
        return lines[below - begin] if begin <= below < begin + len(lines) else ""

    def action_row(self, step: int) -> None:
        self.cursor = max(0, min(self.cursor + step, len(self._bars.bars) - 1))
        if self._bars.bars and self._bars.bars[self.cursor].account:
            self.post_message(self.RowHighlighted(self._bars.bars[self.cursor].account))

    def action_edge(self, side: int) -> None:
        self.action_row(side * len(self._bars.bars))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        leads = any(one.account for one in self._bars.bars)
        match action:
            case "open":
                return leads
            case "only_bar":
                return not leads and any(one.narrow for one in self._bars.bars)
        return True

    def action_open(self) -> None:
        here = self._bars.bars[self.cursor]
        if here.account:
            import polars as pl

            ids = pl.Series("account_id", list(dict.fromkeys(one.account for one in self._bars.bars if one.account)))
            self.post_message(self.AccountSelected(ids, ids.index_of(here.account) or 0))

    def action_only_bar(self) -> None:
        here = self._bars.bars[self.cursor]
        if here.narrow:
            self.post_message(self.FilterToggled(here.narrow))

    def _label(self, one: Bar) -> str:
        """What a bar is called in the room there is."""
        return clean(one.label if self.size.width > ROOMY else one.short or one.label)

    def _columns(self) -> tuple[int, int, int]:
        """The cells of label, number and note. Where all do not fit, a number gives up what stands after its "|"."""
        bars, width = self._bars.bars, self.size.width
        label = min(max(cell_len(self._label(one)) for one in bars), 22 if width > ROOMY else 12)
        longest = max(cell_len(_short_note(one)) for one in bars)
        number = max(cell_len(one.text) for one in bars)
        if width - label - number - 5 - SHORTEST_TRACK < longest:
            number = max(cell_len(one.text.partition(" | ")[0]) for one in bars)
        room = width - label - number - 5 - SHORTEST_TRACK
        return label, number, max(cell_len(_note(one, room)) for one in bars)

    def _bar_line(self, place: int, width: int) -> Strip:
        one = self._bars.bars[place]
        label, number, note = self._columns()
        words = one.text if cell_len(one.text) <= number else one.text.partition(" | ")[0]
        track = max(0, width - label - number - 4 - note - bool(note))
        filled, empty = self._track(one, track)
        chosen = self.has_focus and place == self.cursor
        pieces = [
            ("bars--cursor" if chosen else "bars--label", left(self._label(one), label)),
            ("bars--text", " "),
            (f"bars--{one.state or 'plain'}", filled),
            ("bars--empty", empty),
            ("bars--text", " " + right(words, number)),
            (f"bars--mark-{one.state or 'plain'}", " " + MARKS.get(one.state, " ")),
        ]
        if note:
            pieces.append(("bars--note", " " + left(_note(one, note), note)))
        return self._strip(pieces)

    def _track(self, one: Bar, width: int) -> tuple[str, str]:
        """The filled part and the rest of a track. Below a zero in mid-track a bar grows to the left."""
        if one.value is None:
            return "", left("·" * width, width)
        low, high = self._bars.low, self._bars.high
        span = (high - low) or 1.0
        if low >= 0:
            filled = bar((one.value - low) / span, width)
            return filled, " " * (width - cell_len(filled))
        zero = round(-low / span * width)
        if one.value >= 0:
            filled = bar(one.value / high if high > 0 else 0.0, width - zero)
            return left("", zero) + filled, " " * (width - zero - cell_len(filled))
        cells = min(zero, max(1, round(one.value / low * zero)))
        return " " * (zero - cells) + "█" * cells, " " * (width - zero)

    def _one_line(self, width: int) -> Strip:
        """All numbers in one line if they fit, else what they come to."""
        pieces: list[tuple[str, str]] = []
        for place, one in enumerate(self._bars.bars):
            change = f" {one.change}" if one.change and one.change != UNCHANGED else ""
            number = f"{one.text.partition(' | ')[0]}{MARKS.get(one.state, '')}{change}  "
            chosen = self.has_focus and place == self.cursor
            label = "bars--cursor" if chosen else "bars--note"
            pieces += [(label, f"{clean(one.short or one.label)} "), (f"bars--mark-{one.state or 'plain'}", number)]
        if self.has_focus:
            return self._strip(_whole(self._from_cursor(pieces, width - 1), width))
        told = self._bars.summary or self._bars.caption
        if told and sum(cell_len(text) for _, text in pieces) > width:
            return self._strip([("bars--text", whole_parts(clean(told), width))])
        return self._strip(_whole(pieces, width))

    def _from_cursor(self, pieces: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
        """The pieces, two to a bar, without those before the cursor that leave no room for its bar."""
        last = 2 * self.cursor + 2
        first = 0
        while first < last - 2 and sum(cell_len(text) for _, text in pieces[first:last]) > width:
            first += 2
        return pieces[first:]

    def _strip(self, pieces: list[tuple[str, str]]) -> Strip:
        ground = self.rich_style
        strip = Strip([Segment(text, self.get_component_rich_style(name)) for name, text in pieces])
        return strip.adjust_cell_length(self.size.width, ground)


def caption_lines(caption: str, width: int, most: int) -> list[str]:
    """The caption in as many lines as it needs, at most so many; the last leaves out whole parts that do not fit."""
    lines: list[str] = []
    rest = caption
    while len(lines) < most - 1 and cell_len(rest) > width:
        line = wrapped(rest, width, 2)[0]
        lines.append(line)
        rest = rest[len(line) :].lstrip(" ")
    return [*lines, whole_parts(rest, width)] if rest and most > 0 else lines


def _short_note(one: Bar) -> str:
    """The first part of the note without its base: "11 red" of "11 red of 43, proposed"."""
    return clean(one.note).partition(", ")[0].partition(" of ")[0]


def _note(one: Bar, width: int) -> str:
    """The parts of the note that fit whole: the first one without its base if it must be; nothing cut in a word."""
    note, short = clean(one.note), _short_note(one)
    if cell_len(note.partition(", ")[0]) <= width:
        kept = whole_parts(note, width)
        counted = note[:1].isdigit() and not kept.endswith(" more")  # counts that no longer come to the whole say so
        return f"{kept} …" if counted and kept != note and cell_len(kept) + 2 <= width else kept
    return short if cell_len(short) <= width else ""


def _whole(pieces: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The pieces, two to a bar, without the last bars that do not fit; `…` stands for those."""
    kept = list(pieces)
    while len(kept) > 2 and sum(cell_len(text) for _, text in kept) - 1 > width - 2 * (len(kept) < len(pieces)):
        del kept[-2:]
    return kept if len(kept) == len(pieces) else [*kept, ("bars--note", "…")]
