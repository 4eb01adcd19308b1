"""Footer, help and palette read one list of keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.binding import Binding
from textual.events import Key as Pressed
from textual.widgets import OptionList, Static

from kaptui.portfolio import Portfolio
from kaptui.text.words import MARKS
from kaptui.ui.choice import Choice
from kaptui.ui.keys import BY_ID, KEYS, bindings
from kaptui.ui.screens.finder import Finder
from kaptui.ui.widgets.footer import KeyBar
from tests.ui.harness import Meddler, dashboard, dashboard_screen, press, running, screen_lines, screen_text, settled


def test_every_key_has_one_id_and_help() -> None:
    assert len(BY_ID) == len(KEYS)
    assert all(key.help and key.label and key.shown for key in KEYS)


def test_bindings_carry_the_id_of_their_key() -> None:
    for binding in bindings(*BY_ID):
        assert isinstance(binding, Binding)
        assert binding.id in BY_ID
        assert binding.description == BY_ID[binding.id].label


def test_alt_with_a_digit_is_that_key_in_a_terminal_without_key_codes_of_its_own() -> None:
    sent = [event for n in range(1, 10) for event in XTermParser().feed(f"\x1b{n}")]
    assert [event.key for event in sent if isinstance(event, Pressed)] == [f"alt+{n}" for n in range(1, 10)]
    assert {f"chip.drop.{n}" for n in range(1, 10)} <= set(BY_ID)
    typed = [event.character for event in XTermParser().feed("¡§£") if isinstance(event, Pressed)]
    assert typed == list("¡§£"), "what is typed stays text"


async def test_the_footer_shows_keys_that_work_named_after_what_they_do_and_never_overflows(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (80, 24)) as pilot:
        for width in (20, 48, 60, 80, 100, 120, 200):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            shown = app.screen.query_one(KeyBar).chosen()
            line = screen_lines(app)[-1]
            assert all(f"{key.shown} {key.label}" in line for key in shown)
            assert all(replace(key, rank=BY_ID[key.id].rank) in KEYS for key in shown)
            assert ("Tab Panel" in line) is (width >= 48), (
                "the other panels are found by it, above all where one is seen"
            )
            assert len(shown) <= 7 or width >= 100
            assert shown[-1].id == "help"

        # No dead key.
        assert "Esc Back" not in screen_lines(app)[-1]
        await press(pilot, "z")
        assert "Esc Back" in screen_lines(app)[-1]
        await press(pilot, "escape", "slash")
        keys = screen_lines(app)[-1].removesuffix(f"{MARKS} ")
        assert keys.split() == [
            "Tab",
            "Complete",
            "Enter",
            "Keep",
            "Esc",
            "Undo",
        ]

        # Enter is named after what it does in a list of bars.
        await press(pilot, "escape")
        await pilot.resize_terminal(120, 36)
        await settled(pilot)
        assert "Enter Open" in screen_lines(app)[-1], "accounts are opened"
        await press(pilot, "tab")
        assert "Enter Only" in screen_lines(app)[-1]
        assert "Enter Open" not in screen_lines(app)[-1]
        await pilot.resize_terminal(48, 14)
        await settled(pilot)
        assert "Tab Panel" in screen_lines(app)[-1], "one panel is seen: the others are found by it"
        await press(pilot, "enter")
        assert app.filters.where == "LON<34"


async def test_help_lists_the_keys_that_work_and_the_palette_finds_accounts_commands_and_themes(
    sample_portfolio: Portfolio,
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (120, 60)) as pilot:
        working = dashboard_screen(app).keys.working()
        await press(pilot, "question_mark")
        text = str(app.screen.query_one("#help-text", Static).content)
        for key in working:
            assert key.help in text
        await press(pilot, *"give back")
        assert "give back" in screen_text(app)
        assert "Trailing twelve" not in screen_text(app)

        # The palette.
        await press(pilot, "escape", "escape")
        await pilot.resize_terminal(120, 36)
        await settled(pilot)
        await press(pilot, "ctrl+p", *"paper")
        assert "Norrland Paper" in screen_text(app)
        assert "for paper" in screen_text(app)
        await press(pilot, "escape")
        assert app.theme != "paper"
        await press(pilot, "colon", *"theme paper", "enter")
        assert app.theme == "paper"
        await press(pilot, "colon", *"gross", "enter")
        assert "EUR gross" in screen_lines(app)[0]
        await press(pilot, "colon", *"helvia", "enter")
        assert "> Helvia Group" in screen_lines(app)[1]

        # The name of a view is asked over the screen.
        await press(pilot, "escape")
        app.clear_notifications()
        await press(pilot, "ctrl+s")
        lines = screen_lines(app)
        assert "Overview" in lines[1], "the screen is still seen behind the question"
        assert next(at for at, line in enumerate(lines) if "Save this view" in line) > 10


async def test_enter_takes_the_first_choice_even_before_the_choices_stand() -> None:
    class Menu(App[None]):
        chosen: Choice | None = None

        def on_mount(self) -> None:
            self.push_screen(menu, lambda choice: setattr(self, "chosen", choice))

    menu = Finder("What if ...", [Choice("Assign", "Grace Holloway", "carries 2 accounts", "HOL")])
    app = Menu()
    async with app.run_test(size=(48, 14)) as pilot:
        menu._listed = False
        menu.query_one(OptionList).highlighted = None
        await pilot.press("enter")
        await pilot.pause()
        assert app.chosen is not None
        assert app.chosen.value == "HOL"


async def test_choices_can_be_told_apart_beside_long_notes() -> None:
    choices = [
        Choice("Assign", f"{name} to Sunfold Energy, at customer", "carries 3 accounts, no room", name)
        for name in ("Paulo Moreira", "Henrik Adler")
    ]
    app: App[None] = App()
    async with app.run_test(size=(48, 14)) as pilot:
        await app.push_screen(Finder("What if ...", choices))
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "Paulo" in text
        assert "Henrik" in text


async def test_a_file_that_cannot_be_opened_is_not_said_to_be_read(tmp_path: Path) -> None:
    def opener() -> Portfolio:
        return Portfolio.open(tmp_path / "gone.duckdb")

    app = dashboard(opener)
    async with running(app) as pilot:
        for screen in ("1", "4", "1", "4"):  # a screen that comes later says so as well, and again
            await press(pilot, screen)
            assert "gone.duckdb: no such file" in screen_text(app)
            assert "reading" not in screen_text(app).lower()
