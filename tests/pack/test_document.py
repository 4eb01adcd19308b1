"""The file around the figures: where links lead, what every page says, what is text and what is markup."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kaptui.errors import UsageError
from kaptui.filter_language import chips
from kaptui.filters import Filters
from kaptui.guide import rule_of
from kaptui.pack import asked_together, board, brief
from kaptui.portfolio import Portfolio
from kaptui.portfolio.catalogue import measures
from kaptui.screen_specs import SCREENS
from kaptui.screen_specs.dashboard_state import apply_filters
from tests.pack.parsing import Element, pages, panels, parsed
from tests.reference.shelf import Shelf

FILTERS = Filters(where="region:DACH")
EVIL = '</script></style><img src=x onerror="alert(1)"><!-- & [@click=app.quit]x[/] \u202eklat \x1b[31m {{x}} '


@pytest.fixture(scope="module")
def content(remembered_sample: Portfolio) -> bytes:
    """The pack of one region."""
    return board(remembered_sample, apply_filters(remembered_sample, FILTERS))


@pytest.fixture(scope="module")
def packed(content: bytes) -> dict[str, Element]:
    """Its pages."""
    return pages(content)


def test_the_brief_comes_first_then_contents_screens_and_accounts(packed: dict[str, Element]) -> None:
    names = [one.name for one in SCREENS]
    assert list(packed)[: len(names) + 1] == [names[0], "contents", *names[1:]]
    assert all(one.startswith("account-") for one in list(packed)[len(names) + 1 : -1])
    assert list(packed)[-1] == "why"


def test_every_link_leads_to_a_page(content: bytes, packed: dict[str, Element]) -> None:
    anchors = {one.attributes["id"] for one in parsed(content).all("*") if "id" in one.attributes}
    targets = {one.attributes["href"] for one in parsed(content).all("a")}
    assert targets <= {f"#{anchor}" for anchor in anchors}
    listed = {one.attributes["href"] for one in packed["contents"].all("a")}
    assert listed == {f"#{anchor}" for anchor in packed if anchor != "contents"}


def test_every_page_says_what_it_stands_on(packed: dict[str, Element]) -> None:
    for page in packed.values():
        (basis,) = page.texts("p", "basis")
        assert "As of 30 Sep 2026" in basis
        assert "12 months to " in basis
        assert "filter: region:DACH" in basis
        assert re.search(r"\d+ of 48 accounts", basis)
    assert all("Sources: " in page.text for anchor, page in packed.items() if anchor not in ("contents", "why"))


def test_key_figures_say_their_rule_and_lead_to_it(remembered_sample: Portfolio, packed: dict[str, Element]) -> None:
    """What stands in the appendix is what `w` says of the same number."""
    told = remembered_sample.explain("portfolio.revenue", FILTERS)
    (rule,) = told.filter(told["part"] == "rule")["words"]
    linked = next(packed["overview"].all("a", "why"))
    assert linked.attributes["title"].startswith(rule)
    entry = next(one for one in packed["why"].all("div") if f"#{one.attributes.get('id')}" == linked.attributes["href"])
    assert rule in entry.texts("p")
    assert len(list(packed["why"].all("div", "panel"))) > 10


def test_numbers_explained_together_are_explained_as_alone(sample_portfolio: Portfolio) -> None:
    """One question explains them all in one transaction: none is told what belongs to another."""
    numbers = [("plan_overview.alive", ""), ("plan_overview.no_plan", ""), ("plan_overview.never_shared", "")]
    together = sample_portfolio.explain_alike(numbers, FILTERS)
    alone = [sample_portfolio.explain(measure, FILTERS, item=item) for measure, item in numbers]
    assert [one.to_dicts() for one in together] == [one.to_dicts() for one in alone]
    assert len({one["label"][0] for one in together}) == len(numbers)


def test_headings_say_the_rule_of_their_column_and_lead_to_it(packed: dict[str, Element]) -> None:
    """What stands in the appendix is what the guide tells of the same measure; pages of accounts only lead there."""
    table = next(one for one in panels(packed["value"]) if one.attributes["data-question"] == "value_mix")
    (margin,) = (one for one in table.all("a", "why") if one.text == "Margin")
    rule = rule_of(measures()["margin"].sql, "margin")
    assert margin.attributes["title"] == rule
    entries = {f"#{one.attributes['id']}": one for one in packed["why"].all("div", "panel")}
    assert entries[margin.attributes["href"]].texts("p") == [rule]
    linked = [one for key, page in packed.items() if key.startswith("account-") for one in page.all("a", "why")]
    assert linked
    assert not any("title" in one.attributes for one in linked)
    explained = sum(len(list(panel.all("a", "why"))) for page in packed.values() for panel in panels(page))
    assert explained > 300


def test_the_brief_names_all_that_it_rests_on(packed: dict[str, Element]) -> None:
    (foot,) = packed["brief"].texts("footer")
    assert all(table in foot for table in ("financial_period", "assessment", "sponsorship", "plan"))


def test_the_file_asks_nobody_and_runs_nothing(content: bytes) -> None:
    text = content.decode()
    tags = set(re.findall(r"<([a-z0-9]+)", text))
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not re.search(r"https?:|url\(|@import|\son[a-z]+=", text)
    assert "default-src 'none'" in text


def test_equal_packs_are_equal_bytes(sample_portfolio: Portfolio, content: bytes) -> None:
    assert board(sample_portfolio, apply_filters(sample_portfolio, FILTERS)) == content


def test_a_filter_that_leaves_nobody_says_so(remembered_sample: Portfolio) -> None:
    state = apply_filters(remembered_sample, Filters(where="region:DACH name:nobody"))
    found = pages(board(remembered_sample, state))
    assert list(found) == [SCREENS[0].name, "contents", *(one.name for one in SCREENS[1:])]
    assert not any(panels(page) for page in found.values())
    assert "None of 48 accounts matches the filter" in found["overview"].text


def test_accounts_are_asked_about_together_as_far_as_a_filter_holds_them() -> None:
    accounts = [f'A "{number}"' for number in range(500)]
    batches = list(asked_together._batches(accounts))
    assert [one for batch in batches for one in batch] == accounts
    assert 1 < len(batches) < 10
    for batch in batches:
        chips(" ".join(map(asked_together._condition, batch)))
    assert list(asked_together._batches(["x" * 5000, "y"])) == [["x" * 5000], ["y"]]


def test_a_name_that_fits_nobody_is_refused(remembered_sample: Portfolio) -> None:
    with pytest.raises(UsageError, match="no account of this name"):
        board(remembered_sample, apply_filters(remembered_sample, FILTERS), ("xyz",))


@pytest.fixture(scope="module")
def hostile(shelf: Shelf) -> Portfolio:
    """Facts whose every text is hostile."""
    name = EVIL.replace("\x1b", "").replace('"', "'")
    quoted = f'"{name}"'
    return shelf.portfolio(
        {
            "account": f"account_id,name,tier,region,industry\nA1,{quoted},1,{quoted},{quoted}\nB2,{'W' * 200},2,x,y\n",
            "person": f"person_id,name,function,level\nP1,{quoted},{quoted},3\n",
            "sponsorship": "account_id,person_id,side,start_on\nA1,P1,internal,2026-01-01\n",
            "success_factor": f"factor_id,code,name\n1,{quoted},{quoted}\n",
            "assessment": "account_id,factor_id,assessed_on,score\nA1,1,2026-06-01,1\n",
            "plan": "plan_id,account_id,name,status,start_on,end_on,vision\n"
            f"1,A1,{quoted},active,2026-01-01,2026-06-01,{quoted}\n",
        }
    )


@pytest.mark.parametrize("make", ["board", "brief"])
def test_hostile_text_is_text_in_every_place(hostile: Portfolio, make: str) -> None:
    state = apply_filters(hostile, Filters(as_of=date(2026, 9, 30)))
    content = board(hostile, state, ("all",)) if make == "board" else brief(hostile, state, "A1")
    text = content.decode()
    root = parsed(content)
    assert not {"script", "img"} & set(re.findall(r"<([a-z]+)", text))
    assert "\u202e" not in text
    assert "\x1b" not in text
    said = [one for one in root.texts("h1") + root.texts("td") + root.texts("th") if "onerror=" in one]
    assert said
    assert all("</script></style><img src=x" in one for one in said), "as written, not as markup"
    assert not any(name.startswith("on") for one in root.all("*") for name in one.attributes)
    titles = [one for page in root.all("article") for one in page.texts("h1")]
    assert make == "brief" or any("W" * 200 in one for one in titles)
