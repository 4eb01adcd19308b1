"""Numbers, days and text from data, as a terminal shows them."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaptui import text as words
from kaptui.text import Value
from kaptui.views import Kind

VISIBLE_FORMATS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
JOINERS = set("\u200c\u200d")
FILLERS = set("\u115f\u1160\u3164\uffa0")
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
UNITS = {"": 1, "k": 10**3, "m": 10**6, "bn": 10**9}

hostile = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\r\n\t\u2028\ud800[]a é" + "".join(BIDI | JOINERS | FILLERS)),
    )
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Acme [UK] Ltd", "Acme [UK] Ltd"),
        ("[@click=quit]x[/]", "[@click=quit]x[/]"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x07", "a␀b␇"),
        ("del\x7f csi\x9b", "del␡ csi\ufffd"),
        ("two\r\nlines\tand a tab\u2028", "two lines and a tab "),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("zero\u200bwidth\ufeff", "zero\ufffdwidth\ufffd"),
        ("lone \ud83d end", "lone \ufffd end"),
        ("Ac\u200dme", "Ac\ufffdme"),
        ("👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"),
        ("שלום é 株式会社 葛\U000e0100", "שלום é 株式会社 葛\U000e0100"),
        ("=1+1", "=1+1"),
        ("", ""),
    ],
)
def test_clean_shows_what_is_there(raw: str, shown: str) -> None:
    assert words.clean(raw) == shown


def test_clean_knows_every_control_and_format_character() -> None:
    kept = VISIBLE_FORMATS | set("\U000110bd\U000110cd") - JOINERS
    unsafe = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    bad = [char for char in every if unicodedata.category(char) in unsafe and char not in VISIBLE_FORMATS]
    left = {char for char in bad if words.clean(char) == char}
    assert left <= kept
    harmless = "".join(char for char in every if unicodedata.category(char)[0] in "LMNPS" and char not in FILLERS)
    assert words.clean(harmless) == harmless


@given(hostile)
def test_clean_leaves_nothing_a_terminal_obeys_and_is_idempotent(text: str) -> None:
    shown = words.clean(text)
    assert not {char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}}
    assert not BIDI & set(shown)
    assert words.clean(shown) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1_200_000, "1.2m"),
        (-800_000, "-0.8m"),
        (18_300_000.0, "18.3m"),
        (Decimal("124000000.00"), "124.0m"),
        (620_000, "0.62m"),
        (84_000, "84k"),
        (-8_400, "-8.4k"),
        (843, "843"),
        (0, "0"),
        (-0.4, "0"),
        (-0.0, "0"),
        (999.5, "1.0k"),
        (99_950, "0.1m"),
        (999_999, "1.0m"),
        (999_950_000, "1.0bn"),
        (12_340_000_000, "12.3bn"),
        (Decimal("14250000"), "14.3m"),
        (None, "n/a"),
        (float("nan"), "n/a"),
        (float("-inf"), "n/a"),
        (Decimal("NaN"), "n/a"),
    ],
)
def test_money(value: Value | None, shown: str) -> None:
    assert words.money(value) == shown


def test_two_amounts_that_look_alike_get_the_digits_that_tell_them_apart() -> None:
    assert words.money_apart(1762100, 1762531) == ("1.762m", "1.763m")
    assert words.money_apart(-8400, -8449) == ("-8.40k", "-8.45k")
    assert words.money_apart(1, Decimal("1.2")) == ("1.0", "1.2")
    assert words.money_apart(5, 5)[0] == words.money_apart(5, 5)[1]


def test_no_amount_is_too_large_to_write() -> None:
    assert words.money(1e300).endswith("0.0bn")
    assert words.share(1e300).endswith("0 %")


def test_money_with_currency_and_sign() -> None:
    assert words.money(14_100_000, "EUR") == "EUR 14.1m"
    assert words.money(3_100_000, signed=True) == "+3.1m"
    assert words.money(-3_100_000, signed=True) == "-3.1m"
    assert words.money(0, signed=True) == "0"
    assert words.money(None, "EUR") == "n/a"


@given(st.decimals(-(10**12) + 10**9, 10**12 - 10**9, places=2))
def test_money_stays_within_its_rounding(value: Decimal) -> None:
    text = words.money(value)
    digits = text.rstrip("kmbn")
    unit = UNITS[text[len(digits) :]]
    assert digits.lstrip("-").strip("0.") or "-" not in digits, "a zero has no sign"
    assert len(digits.lstrip("-").replace(".", "")) <= 4
    assert abs(Decimal(digits) * unit - value) <= max(Decimal("0.5"), abs(value) / 18)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.41, "41 %"),
        (0.074, "7.4 %"),
        (-0.065, "-6.5 %"),
        (0.0996, "10 %"),
        (0.05, "5.0 %"),
        (1.13, "113 %"),
        (1, "100 %"),
        (1 - 1e-12, "100 %"),
        (0.996, "99.6 %"),
        (0.99999, "99.9 %"),
        (1.00001, "100.1 %"),
        (0.994, "99 %"),
        (0, "0 %"),
        (-0.0001, "0.0 %"),
        (None, "n/a"),
        (float("inf"), "n/a"),
    ],
)
def test_share(value: Value | None, shown: str) -> None:
    assert words.share(value) == shown


@given(st.floats(-3, 3))
def test_share_is_100_only_where_it_is_whole(value: float) -> None:
    if words.share(value).lstrip("-") == "100 %":
        assert abs(abs(value) - 1) < 1e-8


@pytest.mark.parametrize(
    ("value", "signed", "shown"),
    [
        (33.6, False, "34"),
        (99.7, False, "99.7"),
        (100, False, "100"),
        (0.4, False, "0.4"),
        (0, True, "0"),
        (5.5, True, "+6"),
        (-5.5, True, "-6"),
        (-0.04, True, "0"),
        (None, True, "n/a"),
    ],
)
def test_index(value: Value | None, signed: bool, shown: str) -> None:
    assert words.index(value, signed) == shown


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, "text", "n/a"),
        (None, "flag", "n/a"),
        (True, "flag", "yes"),
        (False, "flag", "no"),
        (1_200_000.0, "money", "EUR 1.2m"),
        (0.074, "share", "7.4 %"),
        (52.4, "index", "52"),
        (0.8349, "number", "0.83"),
        (2.0, "number", "2"),
        (float("nan"), "number", "n/a"),
        (0, "integer", "0"),
        (date(2026, 10, 2), "date", "2 Oct 2026"),
        (datetime(2026, 10, 2, 9), "date", "2 Oct 2026"),
        ("Acme\x1b[2J\n[b]", "text", "Acme␛[2J [b]"),
        (["A. Osei", "R. Lind\u202e"], "text", "A. Osei, R. Lind\ufffd"),
    ],
)
def test_show_by_kind(value: Any, kind: Kind, shown: str) -> None:
    assert words.show(value, kind, "EUR") == shown


def test_counts_ages_and_directions() -> None:
    assert [words.count("account", n) for n in (0, 1, 24)] == ["0 accounts", "1 account", "24 accounts"]
    assert words.count("company", 2, "companies") == "2 companies"
    assert [words.age(n) for n in (0, 1, 3, -2, None)] == ["today", "1 day", "3 days", "in 2 days", "n/a"]
    assert [words.of(9, 24), words.of(None, 24), words.of(0, 0)] == ["9 of 24", "n/a", "0 of 0"]
    assert [words.direction(x) for x in (1, -0.1, 0, None)] == ["better", "worse", "unchanged", ""]
    assert [words.moved(x) for x in (-4.2, 0.3, 0.0, None)] == ["-4 worse", "+0.3 better", "unchanged", ""]
    assert [words.points(x) for x in (-0.179, 0.05, 0, None)] == ["-17.9 points", "+5.0 points", "0.0 points", "n/a"]
    assert words.day(None) == "n/a"
    assert words.listed(["a", "", "b"]) == "a, b"
