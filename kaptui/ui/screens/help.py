"""The help screen: what am I looking at, and which keys work; collected from the keys and the panels themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kaptui.common.did_you_mean import like
from kaptui.guide import TOPICS
from kaptui.panels.base import Panel
from kaptui.settings_text import Setting, default_number, settings
from kaptui.text import clean, number
from kaptui.ui.keys import KEYS, Key, bindings
from kaptui.ui.screens.finder import LONGEST
from kaptui.ui.text import HARMLESS, left
from kaptui.ui.widgets.first_start import first_lines

KEY = 10
"""Cells for the name of a key."""

LIGHTS = "Index 0-100 of a factor or an account: ! below {red} is red, ~ below {green} is amber, from {green} green."
GUIDED = ("data", "mapping", "measures", "questions", "filter")
"""The topics of the guide that are found by typing; settings and keys stand on the page."""
READING = (
    "Mark !: bad. Mark ~: to be watched. They say what colour says.",
    "A side is covered, silent (not met in time), new (just assigned) or open (nobody).",
    "Coverage: full, partial or none: whether a live sponsor stands on our side (inside) and on theirs (at customer).",
    "Profit curve: accounts from the most to the least profitable; above 100 % the rest gives profit back.",
    "n/a is unknown: never counted as 0, left out of every average.",
    "A number carries its base: 9 of 24, 41 % of revenue.",
    "Changes are compared with the review named on line 1; it also names basis and window.",
    "Effect of a change: of profit the money, of a score what it does to the index (/100) times a year's revenue.",
    "Mouse: a click points, two are Enter; a click on the name of a screen or of a key, on a heading or a chip, acts.",
)


class HelpScreen(ModalScreen[None]):
    """A page to search by typing."""

    BINDINGS = bindings("close", "choice.up", "choice.down", "page.up", "page.down")

    def __init__(  # noqa: PLR0913, PLR0917 - one argument for each part of the page
        self,
        keys: Sequence[Key],
        questions: Mapping[str, str],
        everywhere: Sequence[Key] = KEYS,
        problems: Sequence[str] = (),
        lacks: Sequence[str] = (),
        legend: Sequence[str] = (),
        lights: tuple[float, float] | None = None,
    ) -> None:
        super().__init__()
        self._keys = keys
        self._questions = questions
        self._everywhere = everywhere
        self._problems = [clean(line) for line in problems]
        self._lacks = [clean(line) for line in lacks]
        self._legend = list(legend)
        self._guide: Mapping[str, Sequence[str]] = {}
        red, green = map(number, lights or (default_number("red_below"), default_number("green_from")))
        self._reading = [LIGHTS.format(red=red, green=green), *READING]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("Help")
            dialog.border_subtitle = Content("Esc closes")
            yield Input(placeholder="type to search", compact=True, highlighter=HARMLESS, max_length=LONGEST)
            with VerticalScroll(can_focus=False):
                yield Static(id="help-text")

    def on_mount(self) -> None:
        self.call_after_refresh(self._write, "")
        self.run_worker(self._read_guide, thread=True)

    def _read_guide(self) -> None:
        """The lines of `kaptui guide`, in a thread: they are read from many files."""
        from kaptui import guide

        told = {topic: guide.lines(topic) for topic in GUIDED}
        self.app.call_from_thread(self._take_guide, told)

    def _take_guide(self, told: Mapping[str, Sequence[str]]) -> None:
        self._guide = told
        if self.is_mounted and (text := self.query_one(Input).value):
            self._write(text)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._write(self.query_one(Input).value))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._write(event.value)

    def _write(self, text: str) -> None:
        parts: list[Content] = []
        room = self.query_one(VerticalScroll).scrollable_content_region.width
        for title, lines in (*self._sections(), *(self._guided() if text else ())):
            found = [line for line in lines if _spaced(text) in _spaced(line)]
            if found:
                parts += [
                    Content.styled(title, "bold"),
                    *(Content(_indented(line, room)) for line in found),
                    Content(""),
                ]
        nothing = [Content(line) for line in self._nearest(text)] if not parts else []
        self.query_one("#help-text", Static).update(Content("\n").join(parts or nothing))

    def _nearest(self, text: str) -> list[str]:
        """That nothing here holds this text, and the lines with words spelt like it."""
        lines = like(text, {line: line for _, some in (*self._sections(), *self._guided()) for line in some})
        said = f"Nothing about '{clean(text)}' here.{' The nearest:' if lines else ''}"
        return [said, *(f"  {line}" for line in lines)]

    def _sections(self) -> Iterator[tuple[str, list[str]]]:
        from kaptui.panels import panel_of

        working = {key.id for key in self._keys}
        yield "YOUR CONFIG FILE", self._problems
        yield "TO BEGIN WITH", list(first_lines(self._everywhere))[:2]
        yield "KEYS THAT WORK HERE", [_line(key) for key in self._keys]
        panels = ((panel_of(name), title) for name, title in self._questions.items())
        yield "WHAT THE PANELS SHOW", [line for panel, title in panels for line in _panel(panel, clean(title))]
        yield "SHORT NAMES ON THIS SCREEN", self._legend
        yield "HOW TO READ IT", self._reading
        yield "WHAT THIS FILE LACKS", self._lacks
        yield "GUIDE", [f"kaptui guide {topic}: {TOPICS[topic]}; type to search it" for topic in GUIDED]
        yield "SETTINGS OF A FILE", [_setting(each) for each in settings()]
        yield "KEYS ELSEWHERE", [_line(key) for key in self._everywhere if key.id not in working]

    def _guided(self) -> Iterator[tuple[str, list[str]]]:
        """What only a search finds: all of it would bury the keys."""
        for topic, lines in self._guide.items():
            yield f"KAPTUI GUIDE {topic.upper()}", [clean(line.strip()) for line in lines]

    def action_move(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step * 3, animate=False)

    def action_page(self, step: int) -> None:
        text = self.query_one(VerticalScroll)
        text.scroll_relative(y=step * max(1, text.size.height - 1), animate=False)

    def action_close(self) -> None:
        self.dismiss(None)


def _spaced(text: str) -> str:
    """As one searches it: a column's name is found by its words."""
    return text.lower().replace("_", " ")


def _panel(panel: Panel, title: str) -> Iterator[str]:
    """What stands there, under the name it has on screen."""
    yield f"{title}: {panel.description}" if panel.description else title
    if panel.when_empty and panel.description:
        yield f"{title}, if empty: {panel.when_empty}"


def _setting(setting: Setting) -> str:
    default = f"default {setting.default}" if setting.default else "no default"
    return f"{setting.key}: {setting.meaning} ({setting.unit}; {default})"


def _line(key: Key) -> str:
    return f"{left(key.shown, KEY)} {key.help}"


def _indented(line: str, room: int) -> str:
    """The line below its heading; what goes over into the next lines is indented further, below the help of a key."""
    further = " " * (KEY + 3 if line[KEY - 1 : KEY + 1] == "  " else 4)
    return "\n".join(wrap(line, max(room, 20), initial_indent="  ", subsequent_indent=further)) if room else f"  {line}"
