"""The widget for sentences under short names, each in as many lines as there is room for, cut after whole words."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kaptui.text import clean, folded_text
from kaptui.ui.keys import bindings
from kaptui.ui.text import left
from kaptui.ui.widgets.placed import Placed
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Sentence, Sentences

VERDICT = "Verdict"
"""The name of the column of marks."""
LABEL = 26
"""The most cells of a short name."""
GAP = 2
CURSOR = "sentences--cursor"
"""The style of the short name under the cursor."""
TEXT = 34
"""Cells that a sentence gets before its short name has all it needs."""
SHORT, WHO = 45, 24
"""Cells of a short form beside which the largest stand by name, and the fewest cells for these."""
DETAIL, DETAIL_AT_MOST = 2, 3
"""Lines that are left under sentences of one line to show the whole of the one under the cursor."""

Spot = tuple[int, int]
"""A line of the list: the sentence, and which of its lines; -1 where nothing of a sentence stands."""


class SentenceList(ViewWidget, Placed, Widget, can_focus=True):
    """Shows `Sentences`. Enter opens the account of the one under the cursor, or goes to what it rests on.

    Where there is room every sentence is whole. Else those that have a short form stand in it: with the largest by name
    in a line of their own where there are enough lines, beside it where the window is wide. Others are cut. The
    sentence under the cursor stands whole below them. Whole sentences beside which there was room for names have a
    blank line between them, unless the panel is zoomed.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sentences--label",
        CURSOR,
        "sentences--text",
        "sentences--text-muted",
        "sentences--who",
        "sentences--head",
        "sentences--here",
        "sentences--good",
        "sentences--warn",
        "sentences--bad",
        "sentences--muted",
        "sentences--plain",
        "sentences--detail",
    }
    BINDINGS = bindings("open", "evidence", "row.up", "row.down", "row.first", "row.last")

    cursor = reactive(0)

    def __init__(self, sentences: Sentences) -> None:
        super().__init__()
        self._lines = sentences.lines
        self._spots: tuple[Size, list[Spot], list[list[str]]] | None = None
        self._who: list[str] = []
        """The largest by name beside the short form of each; none where there is no room for them."""
        self._under = False
        """Whether they stand in a line of their own under the short form."""

    def present(self, sentences: Sentences) -> None:
        """Show other sentences; the cursor stays where it is."""
        self._lines, self._spots = sentences.lines, None
        self.cursor = min(self.cursor, max(len(self._lines) - 1, 0))
        self.refresh()

    @property
    def pointed(self) -> Sentence | None:
        """The sentence under the cursor."""
        return self._lines[self.cursor] if self._lines else None

    def highlight_account(self, account_id: str) -> None:
        """Move the cursor to the first sentence about this account, if there is one."""
        here = self.pointed
        if here is not None and here.account != account_id:
            self.cursor = next((at for at, one in enumerate(self._lines) if one.account == account_id), self.cursor)

    # Keys and clicks

    def action_row(self, step: int) -> None:
        self.cursor = max(0, min(self.cursor + step, len(self._lines) - 1))
        if self.pointed is not None and self.pointed.account:
            self.post_message(self.RowHighlighted(self.pointed.account))

    def action_edge(self, side: int) -> None:
        self.action_row(side * len(self._lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "open":
                return any(one.account for one in self._lines)
            case "evidence":
                return any(one.screen for one in self._lines)
        return True

    def action_open(self) -> None:
        here = self.pointed
        if here is not None and here.account:
            ids = list(dict.fromkeys(one.account for one in self._lines if one.account))
            self.post_message(self.AccountSelected(ids, ids.index(here.account)))

    def action_evidence(self) -> None:
        here = self.pointed
        if here is not None and here.screen:
            self.post_message(self.FilterToggled(here.narrow, here.screen, here.question))

    def on_click(self, event: Click) -> None:
        where = event.get_content_offset(self)
        spots = self._layout()[0]
        at = -1 if where is None else self._top + where.y - self._headed
        place = spots[at][0] if 0 <= at < len(spots) else -1
        if place >= 0:
            self.action_row(place - self.cursor)
            self.enter_if_second(event)

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        spots, texts = self._layout()
        if self._headed:
            if not y:
                return self._strip(self._head())
            y -= 1
        if self._top + y < len(spots):
            place, nth = spots[self._top + y]
            here = self.has_focus and place == self.cursor
            return self._strip(self._pieces(place, nth, texts), here) if place >= 0 else self._strip([])
        room = self.size.height - len(spots) - self._headed
        # a blank line between the list and the sentence
        apart = int(bool(self._who or self._under) and room > DETAIL_AT_MOST)
        if apart and y == len(spots):
            return self._strip([])
        detail = self._detail(room - apart)
        below = y - len(spots) - apart
        if below >= len(detail):
            return self._strip([])
        return self._strip([("sentences--detail", left(f" {detail[below]}", self.size.width))])

    @property
    def _headed(self) -> bool:
        """Whether the columns have names: where they are told apart, and nothing has to give way."""
        free = self.size.height - len(self._layout()[0])
        return free > 0 if self._under else bool(self._who) and free > DETAIL_AT_MOST + 1

    def _head(self) -> list[tuple[str, str]]:
        label, mark = self._columns()
        answer = ("In short, and who",) if self._under else (left("In short", SHORT + GAP), "Who")
        cells = (left("  # Question", label + 1), left(VERDICT, mark), *answer)
        return [("sentences--head", text) for text in cells]

    def _detail(self, room: int) -> list[str]:
        """What the list does not show of the sentence under the cursor: the whole of it, or if that does not fit, who.

        The short form and the largest by name say in fewer words what the sentence says.
        """
        texts = self._layout()[1]
        if room < DETAIL or not self._lines:
            return []
        one, width = self._lines[self.cursor], self.size.width - 2
        whole = clean(one.text)
        if " ".join(texts[self.cursor]) == whole:
            return []
        told = folded_text(whole, width)
        if len(told) > room and one.who and not self._who:
            told = folded_text(clean(one.who), width, room)
        return folded_text(whole, width, room) if len(told) > room else told

    @property
    def _top(self) -> int:
        """The first line in sight."""
        spots, height = self._layout()[0], self.size.height
        if len(spots) <= height:
            return 0
        last = max(at for at, (place, _) in enumerate(spots) if place == self.cursor)
        return max(0, min(last - height + 1, len(spots) - height))

    def _columns(self) -> tuple[int, int]:
        """The cells of short names and of marks, each with the gap after it."""
        label = max((cell_len(clean(one.label)) for one in self._lines), default=0)
        mark = max((cell_len(one.mark) for one in self._lines), default=0)
        gap = 1 if mark else GAP
        mark = mark + 1 if mark else 0
        if mark and self.size.width > LABEL + len(VERDICT) + SHORT + GAP + WHO:  # wide enough for the names of columns
            mark = max(mark, len(VERDICT) + 1)
        return min(label, LABEL, max(self.size.width - TEXT - mark, 12)) + gap, mark

    def _layout(self) -> tuple[list[Spot], list[list[str]]]:
        """Which line of which sentence stands where, and the lines of each sentence."""
        if self._spots is None or self._spots[0] != self.size:
            texts, gap = self._fitted()
            spots: list[Spot] = []
            for place, lines in enumerate(texts):
                spots += [(-1, 0)] if gap and place else []
                spots += [(place, nth) for nth in range(len(lines))]
            self._spots = (self.size, spots, texts)
        return self._spots[1], self._spots[2]

    def _fitted(self) -> tuple[list[list[str]], bool]:
        """The lines of each sentence as they fit, and whether a blank line stands between the sentences."""
        label, mark = self._columns()
        width, height = max(self.size.width - 1 - label - mark, 8), self.size.height
        whole = [folded_text(clean(one.text), width) for one in self._lines]
        self._who, self._under = [], False
        who = width - SHORT - GAP
        beside = who >= WHO and any(one.who for one in self._lines)
        wall = beside and not self.screen.has_class("-zoom")  # without blank lines between: short forms read better
        if sum(map(len, whole)) + wall * (len(whole) - 1) <= height or not all(one.short for one in self._lines):
            rows, gap = shared([len(one) for one in whole], height)
            return [
                lines if len(lines) <= most else folded_text(clean(one.text), width, most)
                for one, lines, most in zip(self._lines, whole, rows, strict=True)
            ], gap
        if wall and (under := self._names_under(width)):
            self._under = True
            return under, False
        room = SHORT if beside else width
        brief = [folded_text(clean(one.short), room) for one in self._lines]
        below = max(len(folded_text(clean(one.text), self.size.width - 2)) for one in self._lines)
        if height - sum(map(len, brief)) < min(below, DETAIL):  # it gives way to the whole below
            brief = [folded_text(clean(one.short), room, 1) for one in self._lines]
        if beside:
            self._who = [names_within(clean(one.who), who) for one in self._lines]
        return brief, False

    def _names_under(self, width: int) -> list[list[str]]:
        """Each short form in one line and the largest by name in the next; none where there are not enough lines."""
        texts = []
        for one in self._lines:
            texts.append([names_within(clean(text), width) for text in (one.short, one.who) if text])
        return texts if sum(map(len, texts)) <= self.size.height else []

    def _pieces(self, place: int, nth: int, texts: list[list[str]]) -> list[tuple[str, str]]:
        one, here = self._lines[place], self.has_focus and place == self.cursor
        label, mark = self._columns()
        gap = 1 if mark else GAP
        name = left(folded_text(clean(one.label), label - gap, 1)[0] if not nth else "", label - gap)
        said = left(one.mark, mark) if not nth else " " * mark
        plain = "sentences--text-muted" if one.state == "muted" and not one.mark else "sentences--text"
        plain = "sentences--who" if self._under and nth else plain
        return [
            (CURSOR if here else "sentences--label", f"{'>' if here and not nth else ' '}{name}"),
            ("sentences--text", " " * gap),
            (f"sentences--{one.state or 'plain'}", said),
            (plain, left(texts[place][nth], SHORT + GAP if self._who else self.size.width)),
            ("sentences--who", left(self._who[place] if not nth else "", self.size.width) if self._who else ""),
        ]

    def _strip(self, pieces: list[tuple[str, str]], here: bool = False) -> Strip:
        """The pieces in their styles; on the ground of the line under the cursor where it is that (`here`)."""
        ground = Style(bgcolor=self.get_component_rich_style("sentences--here").bgcolor) if here else Style.null()
        styled = ((name, text, self.get_component_rich_style(name)) for name, text in pieces)
        strip = Strip([Segment(text, style if name == CURSOR else style + ground) for name, text, style in styled])
        return strip.adjust_cell_length(self.size.width, self.get_component_rich_style("sentences--text"))


def names_within(names: str, width: int) -> str:
    """As many of these names or parts as there is room for, and a sign that there are more; of the first a part."""
    said = names
    while cell_len(said) + (said != names) > width and (end := max(said.rfind(", "), said.rfind("; "))) > 0:
        said = said[:end]
    said += "…" * (said != names)
    return folded_text(said, width, 1)[0] if cell_len(said) > width else said


def shared(needs: list[int], height: int) -> tuple[list[int], bool]:
    """How many of `height` lines each sentence gets that needs so many, and whether a blank line stands between.

    All get the same number of lines at most; what is left goes to the first that need more, but for the lines that
    show the one under the cursor where all have one.
    """
    if sum(needs) <= height:
        return list(needs), sum(needs) + len(needs) - 1 <= height
    most = 1
    while sum(min(need, most + 1) for need in needs) <= height:
        most += 1
    rows = [min(need, most) for need in needs]
    left_over = height - sum(rows)
    if most == 1 and left_over >= DETAIL:
        left_over = max(left_over - DETAIL_AT_MOST, 0)
    for place, need in enumerate(needs):
        if left_over > 0 and need > rows[place]:
            rows[place] += 1
            left_over -= 1
    return rows, False
