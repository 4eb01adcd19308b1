"""Changes to a filter's text, and facets that count what choosing would give."""

from __future__ import annotations

import polars as pl
import pytest

from kaptui.errors import UsageError
from kaptui.filter_language import apply, facets, holds, settled, toggled
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("", "region:DACH", "region:DACH"),
        ("helvia  tier:1", "region:DACH", "helvia tier:1 region:DACH"),
        ("a REGION=dach b", "region:DACH", "a b"),
        ("region:UKI", "region:DACH", "region:UKI region:DACH"),
        ("-region:UKI a", "region:UKI", "a region:UKI"),
        ("-region:* a", "region:UKI", "a region:UKI"),
        ("region:UKI region:DACH a", "-region:*", "a -region:*"),
        ("region:UKI", "-region:UKI", "-region:UKI"),
        ("top<34 tier:1", "TOP<34", "tier:1"),
        ("top<34", "TOP<34 tier:1", "top<34 tier:1"),
        ('manager:"Anna Weiss"', 'manager:"anna weiss"', ""),
        ("-a", "a", "a"),
    ],
)
def test_toggled(text: str, wanted: str, expected: str) -> None:
    assert toggled(text, wanted) == expected
    assert holds(expected, wanted) is bool(expected and not holds(text, wanted))


def test_what_cannot_be_read_is_refused() -> None:
    for text, wanted in (("a(", "b"), ("b", 'x:"')):
        with pytest.raises(UsageError):
            toggled(text, wanted)


@pytest.mark.parametrize(
    "begun", ["reg", "region:", "region:DA", "top", "top<", "top<=-", "-", 'manager:"An', "revenue>", "tier:"]
)
def test_what_is_only_begun_waits(sample_portfolio: Portfolio, begun: str) -> None:
    card = sample_portfolio.card(Filters())
    assert settled(begun, card) == ""
    assert settled(f"-status:exited {begun}", card) == "-status:exited"


@pytest.mark.parametrize(
    "whole", ["", "zzz", "reg ", "helv", "region:DACH", "top<3", "regio:DACH", "zz<", "region:XX", "a(", "tier:9"]
)
def test_what_is_whole_or_wrong_is_applied(sample_portfolio: Portfolio, whole: str) -> None:
    assert settled(whole, sample_portfolio.card(Filters())) == whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-status:exited",
        "region:DACH",
        "-region:UKI tier:1",
        "-region:D* coverage:full",
        "-region:*",
        "tier:1 -tier>2",
        "helvia",
    ],
)
def test_a_count_is_what_choosing_adds(sample_portfolio: Portfolio, text: str) -> None:
    card = sample_portfolio.card(Filters()).with_columns(
        pl.when(pl.col("name").str.contains("a")).then("region").alias("region")
    )
    now = set(apply(text, card)["account_id"])
    for facet in facets(text, card):
        for choice in facet.choices:
            after = set(apply(toggled(text, choice.condition), card)["account_id"])
            same = card.filter(pl.col(facet.field).cast(pl.String).eq_missing(pl.lit(choice.value, pl.String)))
            here = set(same["account_id"])
            assert choice.chosen is holds(text, choice.condition)
            assert len((now if choice.chosen else after) & here) == choice.accounts


def test_facets_of_an_empty_portfolio_have_no_choices(sample_portfolio: Portfolio) -> None:
    assert {len(facet.choices) for facet in facets("tier:1", sample_portfolio.card(Filters()).clear())} == {0}
