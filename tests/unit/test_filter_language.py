"""The filter language: what matches, what is refused and where, and what is offered while typing."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaptui.errors import Exit, UsageError
from kaptui.filter_language import apply, chips, complete, expression, meant, parse, rescue, without

FACTORS = ("TOP", "KAM", "TIER")


@pytest.fixture(scope="module")
def card() -> pl.DataFrame:
    """Six accounts; `f` knows almost nothing."""
    return pl.DataFrame(
        {
            "account_id": ["a", "b", "c", "d", "e", "f"],
            "name": [
                "Helvia AG",
                "Acme [UK] Ltd",
                "Müller (Süd): Bau",
                "شركة النور",
                'Ｔｏｋｙｏ 🚀 5"',
                "No\nFigures",
            ],
            "tier": [1, 2, 3, 1, 2, 3],
            "status": ["active", "exited", "active", "exiting", "exited", None],
            "region": ["DACH", "UK & I", "dach", "MEA", "APAC", None],
            "manager": ["Anna Weiss", "Ben O'Neil", "Anna Weiss", "Cid", "Cid", None],
            "sponsor": [["R. Lind", "M. Osei"], ["M. Osei"], [], ["R. Lind"], None, None],
            "revenue": [14e6, 4.5e6, 5e6, 900.0, 2e9, None],
            "profit": [-6e5, 1e5, 0.0, 10.0, 1e8, None],
            "margin": [-0.04, 0.05, 0.0, 0.01, 0.06, None],
            "index": [20.0, 34.0, 50.0, 67.0, None, None],
            "factor.TOP": [10.0, 34.0, None, 80.0, 33.9, None],
            "factor.TIER": [None, None, None, None, None, 5.0],
        },
        schema_overrides={"sponsor": pl.List(pl.String), "tier": pl.Int64},
    )


def ids(text: str, card: pl.DataFrame) -> str:
    """The matching accounts' ids in one word."""
    return "".join(apply(text, card).get_column("account_id"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "abcdef"),
        ("   ", "abcdef"),
        ("helvia", "a"),
        ("HELV ag", "a"),
        ("helvia acme", ""),
        ("-helvia", "bcdef"),
        ('"acme [uk]"', "b"),
        ("[uk]", "b"),
        ("müller", "c"),
        ("MÜLLER", "c"),
        ('"(süd): bau"', "c"),
        ("النور", "d"),
        ("🚀", "e"),
        ("ｔｏｋｙｏ", "e"),
        ('"5"""', "e"),
        ("no*figures", "f"),
        ("region:DACH", "ac"),
        ("region:dac", ""),
        ("region:da*", "ac"),
        ('region:"uk & i"', "b"),
        ("Region:*", "abcde"),
        ("-region:*", "f"),
        ('name:"Acme [UK]*"', "b"),
        ("name:acme", ""),
        ("name=acme*", "b"),
        ("manager:ben*o'neil", "b"),
        ("-status:exited", "acdf"),
        ("-status:exited -status:active", "df"),
        ("status:exited status:active", "abce"),
        ("status:exited region:apac", "e"),
        ("region:dach region:mea tier:1", "ad"),
        ('sponsor:"r. lind"', "ad"),
        ('-sponsor:"r. lind"', "bcef"),
        ("sponsor:*osei", "ab"),
        ("tier:1", "ad"),
        ("tier=1 tier:2", "abde"),
        ("revenue>5m", "ae"),
        ("revenue>=5M", "ace"),
        ("revenue>=2BN", "e"),
        ("revenue<1k", "d"),
        ("-revenue>5m", "bcdf"),
        ("revenue>=1m -revenue>5m", "bc"),
        ("revenue<1k revenue>1bn", "de"),
        ("-revenue:*", "f"),
        ("profit<-0.5m", "a"),
        ("profit<=0", "ac"),
        ("profit:0", "c"),
        ("margin<5%", "acd"),
        ("margin<=5%", "abcd"),
        ("margin>0.05", "e"),
        ("margin<-3.5%", "a"),
        ("top<34", "ae"),
        ("Top<34", "ae"),
        ("factor.top<34", "ae"),
        ("FACTOR.TOP>=34", "bd"),
        ("-top<34", "bcdf"),
        ("tier:3 factor.tier:5", "f"),
        ("top<34 top>67", "ade"),
        ("top<34 factor.TOP>67", "ade"),
        ('region:DACH top<34 tier:1 manager:"Anna Weiss" -status:exited revenue>5m helvia', "a"),
    ],
)
def test_what_matches(text: str, expected: str, card: pl.DataFrame) -> None:
    assert ids(text, card) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("regoin:x", "unknown field 'regoin' at 1 — did you mean region?"),
        ("helvia -regoin:x", "unknown field 'regoin' at 9 — did you mean region?"),
        ("kma<3", "unknown field 'kma' at 1 — did you mean kam?"),
        ("qqqqqq:3", "unknown field 'qqqqqq' at 1"),
        ("tier:1 foo(bar", "cannot read 'foo(bar' at 8"),
        ("tier:1 (", "cannot read '(' at 8"),
        ("a<b<c", "cannot read 'a<b<c' at 1"),
        ("tier:1:2", "cannot read 'tier:1:2' at 1"),
        ('"a"b', "cannot read '\"a\"b' at 1"),
        ("region:", "no value after 'region:' at 1"),
        ("x revenue>=", "no value after 'revenue>=' at 3"),
        ("region: DACH", "no value after 'region:' at 1"),
        ('region:""', "empty value at 8"),
        ('""', "empty value at 1"),
        ('manager:"Anna', "the quote at 9 is never closed"),
        ("name<3", "'name' is text: '<' at 5 compares numbers"),
        ("sponsor>=3", "'sponsor' is text: '>=' at 8 compares numbers"),
        ("tier:gold", "'tier' is a number: cannot read 'gold' at 6"),
        ("revenue>2,5m", "'revenue' is a number: cannot read '2,5m' at 9"),
        ("revenue>nan", "'revenue' is a number: cannot read 'nan' at 9"),
        ("index<50%", "'index' is no share: per cent at 7 has no meaning for it"),
        ("x \udcff", "the filter holds a broken letter at 3"),
        ("a" * 4001, "the filter has 4001 letters; 4000 is the most"),
    ],
)
def test_what_is_refused_and_where(text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(text, FACTORS)
    assert refused.value.message == message
    assert refused.value.hint
    assert refused.value.exit_code is Exit.USAGE


def test_ids_are_exact(card: pl.DataFrame) -> None:
    """Systems number in letters of both cases: an id finds its account and none that differs in a case."""
    cases = card.with_columns(account_id=pl.Series(["00AbC", "00ABC", "c", "d", "e", "f"]))
    assert [ids(f"account_id:{value}", cases) for value in ("00AbC", "00ABC", "00abc", "00*C")] == [
        "00AbC",
        "00ABC",
        "",
        "00AbC00ABC",
    ]


def test_a_column_the_card_lacks_is_named(card: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="industry"):
        expression(parse("industry:steel"), card.columns)


def test_chips_and_dropping_one() -> None:
    text = '  region:DACH   -status:exited "a b"  '
    assert [chip.text for chip in chips(text)] == ["region:DACH", "-status:exited", '"a b"']
    assert [text[chip.start : chip.end] for chip in chips(text)] == [chip.text for chip in chips(text)]
    assert without(text, 1) == 'region:DACH "a b"'
    assert chips("") == ()


def test_a_word_that_names_nobody_may_have_meant_a_value(card: pl.DataFrame) -> None:
    for text in ("dach", '"dac"', "DACH tier:1"):
        found = meant(text, card)
        assert found[0][0] == "region:DACH"
        assert found[0][1] == apply(text.replace(text.split()[0], "region:DACH"), card).height > 0
    assert meant("-dach", card) == meant("tier:7", card) == meant("xyzzy", card) == []


def test_rescue_names_the_condition_to_drop(card: pl.DataFrame) -> None:
    assert apply("region:dach tier:2 helvia", card).is_empty()
    assert rescue("region:dach tier:2 helvia", card) == [("tier:2", 1), ("region:dach", 0), ("helvia", 0)]


def completed(text: str, card: pl.DataFrame, cursor: int | None = None) -> list[tuple[str, int | None]]:
    """The texts after each completion is put in place, with their counts."""
    found = complete(text, len(text) if cursor is None else cursor, card)
    return [(text[: one.start] + one.text + text[one.end :], one.accounts) for one in found]


def test_completion_offers_fields_then_real_values(card: pl.DataFrame) -> None:
    assert completed("helvia reg", card)[0] == ("helvia region:", None)
    assert ("helvia region:DACH", 1) in completed("helvia reg", card)
    assert completed("status:", card)[:2] == [("status:active", 2), ("status:exited", 2)]
    assert completed("-status:exi", card) == [("-status:exited", 2), ("-status:exiting", 1)]
    assert completed('manager:"ann', card) == [('manager:"Anna Weiss"', 2)]
    assert completed("sponsor:", card) == [('sponsor:"M. Osei"', 2), ('sponsor:"R. Lind"', 2)]
    assert completed("tier:", card) == [("tier:1", 2), ("tier:2", 2), ("tier:3", 2)]
    assert completed("to", card)[0] == ("TOP<", None)
    assert ("factor.TIER<", None) in completed("factor", card)
    assert completed("regx tier:1", card, 3)[0] == ("region: tier:1", None)
    assert completed("nothing:x", card) == []
    assert completed("revenue:", card) == []


def test_a_completed_name_finds_its_account(card: pl.DataFrame) -> None:
    offers = [text for text, count in completed("name:", card) if count]
    assert len(offers) == card.height
    assert sorted(ids(text, card) for text in offers) == list("abcdef")


SIGNS = st.text(alphabet='ab:<>=()-"*. %5mTOP\n', max_size=20)
CLAUSE = st.sampled_from(
    [
        "helvia",
        "-x",
        "region:DACH",
        '-status:"on hold"',
        "top<34",
        "revenue>=5m",
        '"a ""b"""',
        "margin<-5%",
        "النور",
        "🚀",
    ]
)


@given(st.one_of(st.text(max_size=60), SIGNS))
def test_any_text_parses_or_is_a_usage_error(text: str) -> None:
    try:
        conditions = parse(text, FACTORS)
    except UsageError:
        return
    assert len(chips(text)) == len(conditions)
    assert parse(" ".join(chip.text for chip in chips(text)), FACTORS) == conditions


@given(st.lists(CLAUSE, min_size=1, max_size=6), st.data())
def test_without_drops_exactly_one_condition(written: list[str], data: st.DataObject) -> None:
    text = "  ".join(written)
    index = data.draw(st.integers(0, len(written) - 1))
    conditions = parse(text, FACTORS)
    assert parse(without(text, index), FACTORS) == conditions[:index] + conditions[index + 1 :]


@given(st.text(max_size=20), st.integers(0, 20))
def test_completion_never_raises(card: pl.DataFrame, text: str, cursor: int) -> None:
    for found in complete(text, min(cursor, len(text)), card):
        assert 0 <= found.start <= found.end <= len(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_every_name_is_found_by_its_quoted_self(name: str) -> None:
    card = pl.DataFrame({"account_id": ["a"], "name": [name]})
    quoted = '"' + name.replace('"', '""') + '"'
    assert apply(f"name:{quoted} {quoted}", card).height == 1


def test_ids_compare_exactly_and_everything_else_in_any_case() -> None:
    card = pl.DataFrame(
        {"account_id": ["0015g0AbCdE", "0015g0ABcDE"], "name": ["Acme", "Beta"], "region": ["DACH"] * 2}
    )
    for text, found in [
        ("account_id:0015g0AbCdE", ["Acme"]),
        ("account_id=0015g0ABc*", ["Beta"]),
        ("account_id:0015g0abcde", []),
        ("-account_id:0015g0AbCdE", ["Beta"]),
        ("region:dach", ["Acme", "Beta"]),
    ]:
        assert apply(text, card)["name"].to_list() == found, text


def test_a_hundred_thousand_accounts_filter_while_typing() -> None:
    many = pl.DataFrame(
        {"name": [f"Account {i}" for i in range(100_000)], "revenue": [float(i) for i in range(100_000)]}
    )
    apply("9 revenue>5k", many)
    best = min(_seconds(many) for _ in range(5))
    assert best < 0.1  # about 0.01 on a free machine


def _seconds(many: pl.DataFrame) -> float:
    started = time.perf_counter()
    assert apply("99 revenue>5k", many).height > 0
    return time.perf_counter() - started
