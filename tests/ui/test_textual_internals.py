"""What is not public in Textual stands in one module, and the dashboard also goes on where a later Textual lacks it."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import string
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import RenderableType
from rich.segment import Segment
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.css.stylesheet import Stylesheet
from textual.events import Key
from textual.widgets import Static

from kaptui.ui import keys, textual_internals
from kaptui.ui.textual_internals import CachedStylesheet, GuardedApp, active_widget, key_of_character, teach_keys

UI = Path(textual_internals.__file__).parent
ALLOWED = {"textual_internals.py", "browser_driver.py"}
"""What private names of Textual are for: the driver of a page rests on Textual's, whose app is private."""
MODULES = sorted(path for path in UI.rglob("*.py") if path.name not in ALLOWED)


def private_names(kind: type) -> set[str]:
    """The private names that Textual's part of a class defines or sets."""
    return {name for base in kind.__mro__ for name in private_names_of(base)}


@cache  # two hundred classes of ours stand on thirty of Textual's, and finding the source of one takes long
def private_names_of(base: type) -> set[str]:
    """Those of one class; none where it is not Textual's."""
    if not base.__module__.startswith("textual"):
        return set()
    found = {name for name in vars(base) if name.startswith("_") and not name.startswith("__")}
    return found | set(re.findall(r"self\.(_[a-z]\w*)(?: *:[^=\n]*)? = ", inspect.getsource(base)))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(UI)))
def test_no_other_module_uses_a_private_name_of_textual(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            parts = [*(node.module or "").split("."), *(one.name for one in node.names)]
            assert not [part for part in parts if part.startswith("_")], f"line {node.lineno}"
    dotted = ".".join(path.relative_to(UI.parent.parent).with_suffix("").parts).removesuffix(".__init__")
    module = import_module(dotted)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            private = private_names(getattr(module, node.name))
            used = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
            made = {one.name for one in ast.walk(node) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
            assert not (used | made) & private, node.name


def test_a_key_is_named_as_textual_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = [*string.ascii_letters, *string.digits, *string.punctuation, "é", "§", "€", "ß", "…"]
    named = [key_of_character(sign) for sign in signs]
    monkeypatch.setattr(textual_internals, "_textual_key_of", None)
    assert [key_of_character(sign) for sign in signs] == named
    assert keys.key_name("?") == "question_mark"


def test_a_terminal_that_sends_escape_for_alt_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    (event,) = [one for one in XTermParser().feed("\x1b3") if isinstance(one, Key)]
    assert event.key == "alt+3"
    monkeypatch.setattr(textual_internals, "ANSI_SEQUENCES_KEYS", {})
    teach_keys({"\x1b3": "alt+3"})


def test_a_style_sheet_without_the_private_name_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []
    sheet = CachedStylesheet(variables={"ink": "red"})
    monkeypatch.setattr("textual.css.stylesheet.Stylesheet.set_variables", lambda _, variables: told.append(variables))
    sheet.set_variables({"ink": "red"})
    assert told == []
    del sheet._variables
    sheet.set_variables({"ink": "red"})
    assert told == [{"ink": "red"}]


class Styled(App[None]):
    """Two widgets within each other, styled by the sheet given."""

    CSS = """
    #under { background: red; padding: 1; }
    #under.-dark { background: blue; }
    #under.-dark .text { text-style: bold; }
    .text { color: white; width: auto; }
    .text.-low { height: 1; color: initial; }
    .text.-slow { offset-x: 4; transition: offset 30ms; }
    """

    def __init__(self, sheet: type[Stylesheet]) -> None:
        super().__init__()
        self.stylesheet = sheet(variables=self.get_css_variables())

    def compose(self) -> ComposeResult:
        with Vertical(id="under"):
            yield Static("text", classes="text")


def look_of(app: Styled) -> list[object]:
    """What the rules are, and what comes of them."""
    under, text = app.query_one("#under"), app.query_one(".text")
    rules = [{name: str(rule) for name, rule in one.styles.base.get_rules().items()} for one in (under, text)]
    return [*rules, under.region, text.region, text.rich_style, text.get_visual_style()]


async def test_what_is_styled_again_looks_as_textual_styles_it() -> None:
    """Rules that come, go and change; what shines through a widget that keeps its own; a transition."""
    changes = ["-dark", "-low", "-dark", "-slow", "-low", "-dark", "-slow", "-dark"]
    ways = []
    for sheet in (Stylesheet, CachedStylesheet):
        app = Styled(sheet)
        async with app.run_test() as pilot:
            looks = [look_of(app)]
            for name in changes:
                node = app.query_one("#under" if name == "-dark" else ".text").toggle_class(name)
                moves = app.animator.is_being_animated(node.styles.base, "offset")
                await app.animator.wait_until_complete()
                await pilot.pause()
                looks.append([*look_of(app), moves])
            ways.append(looks)
    assert ways[0] == ways[1]
    assert all(one != other for one, other in pairwise(ways[1])), "each change is seen"


class Broken(Static):
    """A widget that fails when it is told to."""

    active: object = None

    def fail(self) -> None:
        self.active = active_widget()
        raise ZeroDivisionError("nothing to divide by")


class Guard:
    """Lets the app go on after an error, or end."""

    def __init__(self, forgiving: bool) -> None:
        self.forgiving = forgiving
        self.met: list[Exception] = []

    def deals_with(self, error: Exception) -> bool:
        self.met.append(error)
        return self.forgiving

    def last_words(self) -> str:
        return "It ended in a line."


class Guarded(GuardedApp):
    """Goes on after an error, or ends."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(guard)
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        yield Broken()

    def panic(self, *renderables: RenderableType) -> None:
        self.told = [str(one) for one in renderables]
        super().panic(*renderables)


async def broken_in(app: Guarded) -> Broken:
    """The widget, after it failed."""
    async with app.run_test():
        broken = app.query_one(Broken)
        broken.call_later(broken.fail)
        await asyncio.sleep(0.05)
        return broken


async def test_an_error_that_nobody_caught_is_told_to_the_app_which_goes_on() -> None:
    guard = Guard(forgiving=True)
    app = Guarded(guard)
    broken = await broken_in(app)
    assert broken.active is broken
    assert app.return_code in (None, 0)
    assert [type(error) for error in guard.met] == [ZeroDivisionError]


async def test_an_app_that_cannot_go_on_ends_with_its_own_words() -> None:
    app = Guarded(Guard(forgiving=False))
    with pytest.raises(ZeroDivisionError):
        await broken_in(app)
    assert (app.told, app.return_code) == (["It ended in a line."], 1)


def test_without_the_private_context_nobody_is_active(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textual_internals, "active_message_pump", None)
    assert active_widget() is None


def test_the_hooks_are_those_that_textual_calls() -> None:
    for name in ("_handle_exception", "_fatal_error"):
        assert name in vars(App), "else an error ends the dashboard with a traceback"


@pytest.mark.parametrize(
    "text", ["have 👩\u200d👩\u200d👧 🏳️\u200d🌈 Hen…", "한글 e\u0301 日本", "👍🏽👍🏽", "🇩🇪 and 🇫🇷", "plain"]
)
def test_a_text_is_cut_after_as_many_cells_as_are_asked_for(text: str) -> None:
    """A dialog over a line of joined emoji made it a cell shorter or longer than the screen."""
    for cut in range(cell_len(text) + 3):
        before, after = Segment(text).split_cells(cut)
        assert before.cell_length == min(cut, cell_len(text)), cut
        assert before.cell_length + after.cell_length == cell_len(text), cut
