"""Everything of Textual that is not public and that the dashboard uses, in this one place.

Each says what happens where a later Textual has it no more: the dashboard then does without, more slowly or less
finely, and does not fail. A test holds that no other module uses a private name of Textual.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from rich.cells import split_text
from rich.segment import Segment
from textual.app import App
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.events import ScreenResume
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

try:
    from textual._context import active_message_pump
except ImportError:
    active_message_pump = None  # type: ignore[assignment]
try:
    from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
except ImportError:
    ANSI_SEQUENCES_KEYS = {}
try:
    from textual.keys import _character_to_key as _textual_key_of
except ImportError:
    _textual_key_of = None  # type: ignore[assignment]


# Styling one widget looks each of the 240 rules up in a set. Textual hashes a rule by its identity as well, but in
# Python; without its own hash a rule is still hashed as Textual does.
RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]


@lru_cache(16_384)
def _split_segment(segment: Segment, cut: int) -> tuple[Segment, Segment]:
    """Both parts of a text with wide letters in it, cut after so many cells."""
    text, style, control = segment
    before, after = split_text(text, cut) if cut < segment.cell_length else (text, "")
    return Segment(before, style, control), Segment(after, style, control)


# Rich splits letter by letter, and so tears emoji apart that are joined to one: where a dialog covers part of a line,
# that lost a cell or won one. Private: what `split_cells` calls; were it called no more, Rich would do as it does.
Segment._split_cells = staticmethod(_split_segment)  # type: ignore[assignment]


class CachedStylesheet(Stylesheet):
    """Parses anew only what is new, or everything where the theme's variables are others; styles parts once.

    Textual parses every source again whenever it refreshes, which at start is four times: a fifth of the time to
    the first frame. Rules that were parsed with the same variables stay in its cache. Private: `_variables`, those
    it has now; without it everything is parsed again, as Textual itself does.

    A list has twenty component classes (its cells, its cursor), and Textual finds the rules of each again whenever
    the list is styled: when the keyboard comes and when it goes. Where no rule of a class looks at what is around,
    they are found once. Private: `_process_component_classes`, which Textual calls, and what it keeps on a widget;
    were it called no more, Textual would find them each time.

    Of three widgets that Textual styles, two have the rules they had: a class came or went above them, or the keyboard.
    Textual sets each rule all the same, forty a widget; here those that differ. Each widget is told that it was styled,
    since what shines through it may be another. Rules with transitions are left to Textual, which animates them.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._applied: WeakKeyDictionary[DOMNode, RulesMap] = WeakKeyDictionary()
        self._found_in: object = None
        self._found: dict[str, RulesMap] = {}
        self._styled: WeakKeyDictionary[DOMNode, object] = WeakKeyDictionary()

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != getattr(self, "_variables", None):
            super().set_variables(variables)

    def reparse(self) -> None:
        self.parse()

    def replace_rules(self, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:  # type: ignore[override]
        had: RulesMap | None = self._applied.get(node)
        if had is None or "transitions" in had or "transitions" in rules:
            super().replace_rules(node, rules, animate)
        else:
            for name in had.keys() | rules.keys():
                if had.get(name) != rules.get(name):
                    setattr(node.styles.base, name, rules.get(name))
            node.notify_style_update()
        self._applied[node] = rules

    def _process_component_classes(self, node: DOMNode) -> None:
        rules, names = self.rules, sorted(node._get_component_classes())
        if rules is not self._found_in:
            self._found_in, self._found = rules, {}
        if not all(map(self._stands_alone, names)):
            super()._process_component_classes(node)
        elif names and self._styled.get(node) is not rules:
            for name in names:
                part = DOMNode(classes=name)
                part._attach(node)
                if name not in self._found:
                    self.apply(part)
                    self._found[name] = part.styles.base.get_rules()
                else:
                    part.styles.base.merge_rules(self._found[name])
                node._component_styles[name] = part.styles
            self._styled[node] = rules
            node.refresh()

    def _stands_alone(self, name: str) -> bool:
        """Whether the rules of a component class look at nothing but its name."""
        sets = (one for rule in self.rules_map.get(f".{name}", ()) for one in rule.selector_set)
        return name in self._found or not any(one.selectors[1:] or one.selectors[0].pseudo_classes for one in sets)


class SteadyScreen(Screen[None]):
    """A screen that is styled when it is made, and not once more whenever it comes to the front.

    Textual styles a new screen widget by widget, then all of it at its first frame, and whatever is in front before
    it twice more: for new rules, and because a new screen counts as one with rules of an earlier theme. Half the time
    of a first visit. Private: `_css_update_count`; without it the screen in front is styled again.
    """

    def ready_for(self, app: App[None]) -> None:
        """Have this screen's style sheets read before it is put in front."""
        unread = [path for path in self.css_path if not app.stylesheet.has_source(str(path), "")]
        for path in unread:
            app.stylesheet.read(path)
        if unread:
            app.stylesheet.parse()
        self._css_update_count = getattr(app, "_css_update_count", -1)

    def post_message(self, message: Message) -> bool:
        if isinstance(message, ScreenResume):
            message.refresh_styles = False
        return super().post_message(message)


def resize_content(view: ScrollView, size: Size) -> None:
    """Give a scrolled view another size of what it shows; where the same scroll bars stay, nothing else moves.

    Textual lays the whole screen out again for one row more or less. Private: `_scroll_update`, which tells the scroll
    bars; without it the screen is laid out again.
    """
    room, bars = view.scrollable_content_region.size, getattr(view, "_scroll_update", None)
    fitted = (view.virtual_size.width <= room.width, view.virtual_size.height <= room.height)
    if not room or bars is None or fitted != (size.width <= room.width, size.height <= room.height):
        view.virtual_size = size
    elif size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        bars(size)
        view.refresh()


def drawn_lines(screen: Screen[Any]) -> list[Strip]:
    """The lines of a screen as they are drawn now. Private: `_compositor`; without it there are none."""
    compositor = getattr(screen, "_compositor", None)
    return [] if compositor is None else [line.discard_meta() for line in compositor.render_strips()]


class UncaughtErrors(Protocol):
    """Who is told about an error that nobody caught."""

    def deals_with(self, error: Exception) -> bool:
        """Whether the app can go on after this error."""

    def last_words(self) -> str:
        """What stands in the terminal when the app has ended because of an error."""


class GuardedApp(App[None]):
    """An app that asks its `error_boundary` about an error which nobody caught, before it ends.

    Private: `_handle_exception` and `_fatal_error`, which Textual calls; were they called no more, it would end the
    app with its own traceback.
    """

    def __init__(self, error_boundary: UncaughtErrors) -> None:
        super().__init__()
        self._error_boundary = error_boundary

    def _handle_exception(self, error: Exception) -> None:
        if not self._error_boundary.deals_with(error):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        from rich.text import Text

        self.panic(Text(self._error_boundary.last_words()))


def active_widget() -> object | None:
    """Whoever handles a message now: a widget, a screen or the app. Without Textual's private `_context`, None."""
    return None if active_message_pump is None else active_message_pump.get(None)


class _Key(NamedTuple):
    value: str


def teach_keys(sequences: Mapping[str, str]) -> None:
    """Let these sequences of a terminal be these keys. Without Textual's private table they stay what they were."""
    table: dict[str, Any] = ANSI_SEQUENCES_KEYS  # type: ignore[assignment]
    table.update({sequence: (_Key(key),) for sequence, key in sequences.items()})


_KEYS = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def key_of_character(character: str) -> str:
    """The name of the key that types this printable character: "?" is question_mark."""
    return _own_key_of(character) if _textual_key_of is None else _textual_key_of(character)


def _own_key_of(character: str) -> str:
    """As Textual names it, without its private function."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _KEYS.get(name, name)
