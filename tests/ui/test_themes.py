"""The two themes: readable by everybody, and no state said by colour alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet

from kaptui.config import Config, Vocabulary, read
from kaptui.portfolio import Portfolio
from kaptui.ui.app import KaptuiApp
from kaptui.ui.text import MARKS
from kaptui.ui.themes import themes
from kaptui.ui.widgets.table.table_layout import cell
from kaptui.views import Column, State
from tests.ui.harness import Meddler, dashboard, press, running, screen_text

THEMES: Mapping[str, Mapping[str, str]] = {theme.name: theme.variables for theme in themes()}
EACH = pytest.mark.parametrize("name", list(THEMES))
TEXT = ("ink", "soft", "accent", "good", "warn", "bad")
GROUNDS = ("ground", "sheet", "raised", "cursor")
STATES = ("good", "warn", "bad")

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB; and Rec. 709 luminance for greyscale.
SIGHTS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
}
LEAST = {"protanopia": 12.0, "deuteranopia": 12.0, "greyscale": 5.0}


def linear(colour: str) -> tuple[float, ...]:
    """The colour's light, 0..1 each."""
    parts = (part / 255 for part in Color.parse(colour).rgb)
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(light: tuple[float, ...]) -> tuple[float, ...]:
    """CIE L*a*b* (D65)."""
    red, green, blue = (min(max(part, 0.0), 1.0) for part in light)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, sight: str) -> tuple[float, ...]:
    """The colour in L*a*b* as somebody with this sight sees it."""
    light = linear(colour)
    return lab(tuple(sum(m * part for m, part in zip(row, light, strict=True)) for row in SIGHTS[sight]))


def far(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The distance of two colours in L*a*b*."""
    return math.dist(one, other)


def test_one_is_dark_and_one_is_light() -> None:
    assert [(theme.name, theme.dark) for theme in themes()] == [("calm", True), ("paper", False)]
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@EACH
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    colours = THEMES[name]
    weak = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for text in TEXT
        for ground in GROUNDS
        if contrast(colours[text], colours[ground]) < 4.5
    }
    assert weak == {}


@EACH
def test_bars_stand_out_from_their_track(name: str) -> None:
    colours = THEMES[name]
    assert all(contrast(colours[one], colours["unfilled"]) >= 3 for one in (*STATES, "accent", "soft"))


@EACH
@pytest.mark.parametrize("sight", list(SIGHTS))
def test_states_look_different_to_everybody(name: str, sight: str) -> None:
    colours = {state: seen(THEMES[name][state], sight) for state in STATES}
    near = {
        pair: round(far(colours[pair[0]], colours[pair[1]]), 1)
        for pair in combinations(STATES, 2)
        if far(colours[pair[0]], colours[pair[1]]) < LEAST[sight]
    }
    assert near == {}


def test_no_two_states_that_call_for_something_read_the_same_without_colour() -> None:
    states: tuple[State, ...] = ("", "warn", "bad")
    said = [cell(Column("a", "A", "integer", state=lambda row, s=state: s), {"a": 5}, 6).text for state in states]  # type: ignore[misc]
    assert len(set(said)) == len(states)
    assert len(set(MARKS.values())) == len(MARKS)


async def test_without_colour_every_mark_is_on_screen(
    sample_portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app):
        colourful = screen_text(app)
    monkeypatch.setenv("NO_COLOR", "1")
    app = dashboard(Meddler(sample_portfolio))
    async with running(app):
        assert app.no_color
        tokens = app.get_css_variables()
        assert {tokens[state] for state in STATES} == {tokens["ink"]}, "as greys they would be weaker than what is fine"
        assert screen_text(app) == colourful
        assert "-0.6m!" in screen_text(app)
        assert " ~ " in screen_text(app)


async def test_the_theme_is_chosen_with_the_palette_and_kept(
    sample_portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAPTUI_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("KAPTUI_STATE_DIR", str(tmp_path / "state"))
    words = Vocabulary(tuple(THEMES), {}, lambda key: key)
    app = dashboard(Meddler(sample_portfolio))
    app.apply_config(read(words))
    async with running(app) as pilot:
        assert app.theme == "calm"
        parts_are_styled_as_textual_does(app)
        await press(pilot, "colon", *"theme paper", "enter")
        assert app.theme == "paper"
        parts_are_styled_as_textual_does(app)
    assert read(words).chosen == "paper"
    assert not (tmp_path / "config.toml").exists()
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0, "nobody else may look into it"
    (tmp_path / "config.toml").write_text('theme = "calm"\n')
    assert (read(words).theme, read(words).chosen) == ("calm", "")
    (tmp_path / "state" / "state.json").write_text("[")
    assert read(words).chosen == ""
    Config(state=tmp_path / "config.toml" / "x").keep_theme("paper")  # a folder that cannot be is no error


def parts_are_styled_as_textual_does(app: KaptuiApp) -> None:
    """What is found once for all lists is what Textual finds for each."""
    seen: set[str] = set()
    for widget in app.screen.walk_children():
        once = {name: styles.get_rules() for name, styles in widget._component_styles.items()}
        Stylesheet._process_component_classes(app.stylesheet, widget)
        assert once == {name: styles.get_rules() for name, styles in widget._component_styles.items()}, widget
        seen |= once.keys()
    assert {"table--cursor", "bars--bad", "input--cursor"} <= seen
