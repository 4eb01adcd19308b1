"""What a digest tells equals the reference, on both days; names are text; equal digests are equal bytes."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from kaptui import digest
from kaptui.cli.digest_text import markdown
from kaptui.digest.collect import MOST, PLAN_DAYS
from kaptui.filters import Filters
from kaptui.panels.touches_due import SOON
from kaptui.portfolio import Portfolio
from kaptui.text import clean, day, money, show
from tests.digest import reading
from tests.reference.answers import ANSWERS
from tests.reference.case import Case, shift
from tests.reference.facts import Facts, Row
from tests.reference.shelf import Shelf
from tests.test_words import BANNED

FILTERS = {
    "last": Filters(since="last"),
    "region": Filters(where="region:DACH", since="2026-03-31", as_of=date(2026, 6, 30)),
}
CHOSEN = {"last": None, "region": "DACH"}


@pytest.fixture(scope="module")
def told(sample_portfolio: Portfolio) -> dict[str, digest.Digest]:
    return {name: digest.collect(sample_portfolio, filters) for name, filters in FILTERS.items()}


class Expected:
    """The rows of the reference behind each list."""

    def __init__(self, facts: Facts, name: str) -> None:
        filters = FILTERS[name]
        region = CHOSEN[name]
        chosen = {key for key, row in facts.accounts.items() if region in (None, row["region"])}
        since = None if filters.since == "last" else filters.since
        self.now = Case.of(facts, Filters(as_of=filters.as_of, since=since), chosen)
        self.then = Case.of(facts, Filters(as_of=self.now.since, basis=self.now.basis), chosen)  # type: ignore[arg-type]

    def ask(self, question: str, case: Case | None = None) -> list[Row]:
        return ANSWERS[question](case or self.now)

    def moved_on_the_list(self) -> tuple[list[Row], list[Row]]:
        """Who is new on the attention list, and who was on it and is not."""
        now, then = self.ask("attention"), self.ask("attention", self.then)
        ids = {row["account_id"] for row in now}, {row["account_id"] for row in then}
        return [row for row in now if row["account_id"] not in ids[1]], [
            row for row in then if row["account_id"] not in ids[0]
        ]


@pytest.fixture(scope="module", params=list(FILTERS))
def both(
    request: pytest.FixtureRequest, told: dict[str, digest.Digest], sample_facts: Facts
) -> tuple[reading.Lists, Expected]:
    """The lists as the HTML says them, and what the reference expects."""
    expected = Expected(sample_facts, request.param)
    return reading.page(digest.html(told[request.param])).lists, expected


def table(lists: reading.Lists, begins: str) -> list[list[str]]:
    """The rows below the headings of the list whose title begins so; the caption is left out."""
    (rows,) = (rows for title, rows in lists.items() if title.startswith(begins))
    return [row for row in rows[1:] if len(row) == len(rows[0]) and len(row) > 1]


def in_words(row: Row) -> list[str]:
    return [row["name"], money(row["revenue"]), money(row["profit"])]


def test_who_is_new_on_the_attention_list_and_who_is_off_it(both: tuple[reading.Lists, Expected]) -> None:
    lists, expected = both
    new, off = expected.moved_on_the_list()
    for title, rows in (("New on the attention list", new), ("Off the attention list", off)):
        found = [[row[0].partition(" ")[2], *row[1:3]] for row in table(lists, title)]
        assert found == [in_words(row) for row in rows], title
    assert lists, expected.now.since


def test_the_sample_is_worth_telling(told: dict[str, digest.Digest], sample_facts: Facts) -> None:
    new, off = Expected(sample_facts, "last").moved_on_the_list()
    assert new
    assert off
    assert all(digest.rows for digest in told.values())


def test_changes_are_those_of_the_reference_worst_first(both: tuple[reading.Lists, Expected]) -> None:
    lists, expected = both
    rows = [row for row in expected.ask("changes") if row["kind"] == "fact"]
    for begins, measures in (("Profit, 12 months", ["money"]), ("Scores", ["score"]), ("People", ["people", "plan"])):
        moved = [row for row in rows if row["measure"] in measures]
        found = table(lists, begins) if moved else []
        heads = {row[0]: int(row[0].partition(": ")[2]) for row in found if row[0].startswith(("Worse:", "Better:"))}
        for direction in ("Worse", "Better"):
            count = sum(row["direction"] == direction.lower() for row in moved)
            assert heads.get(f"{direction}: {count}", 0) == count, begins
        names = [row[0] for row in found if not row[0].startswith(("Worse:", "Better:", "Neither:"))]
        worse = sorted(clean(row["name"]) for row in moved if row["direction"] == "worse")[: len(names)]
        assert len(names) == min(len(moved), MOST)
        assert sorted(names[: len(worse)]) == worse or len(moved) > MOST


def test_touches_and_plans_that_are_due_soon(both: tuple[reading.Lists, Expected]) -> None:
    lists, expected = both
    due = [row for row in expected.ask("touches_due") if row["days_left"] <= SOON]
    found = [[row[0], row[2], row[3]] for row in (table(lists, "Touches due") if due else [])]
    assert found == [[clean(row["name"]), day(row["due_on"]), str(row["days_left"])] for row in due]
    as_of = expected.now.as_of
    ending = [
        row
        for row in expected.ask("plan_health")
        if row["ends_on"] is not None and as_of <= row["ends_on"] <= as_of + timedelta(days=PLAN_DAYS)
    ]
    plans = [[row[0], row[2], row[5]] for row in (table(lists, "Plans that end") if ending else [])]
    assert sorted(plans) == sorted(
        [clean(row["name"]), day(row["ends_on"]), show(row["revenue"], "money")] for row in ending
    )


def test_markdown_says_the_same_as_html(told: dict[str, digest.Digest]) -> None:
    for one in told.values():
        shown, written = reading.page(digest.html(one)).lists, reading.markdown(markdown(one))
        assert list(shown) == list(written)
        for title, rows in shown.items():
            plain = [[cell.removesuffix(" !").removesuffix(" ~") for cell in row] for row in written[title]]
            assert [row for row in rows if len(row) > 1] == [row for row in plain if len(row) > 1], title


def test_equal_digests_are_equal_bytes(told: dict[str, digest.Digest], sample_portfolio: Portfolio) -> None:
    again = digest.collect(sample_portfolio, FILTERS["last"])
    assert digest.html(again) == digest.html(told["last"])
    assert markdown(again) == markdown(told["last"])


HOSTILE = (
    "</td></section><script>alert(1)</script>",
    "<img src=http://x.example/a.png> |pipe| *b* [l](http://x.example) `c` &lt;i&gt; ~~s~~",
    "\u202egnihtemos \x1b[31m red",
    "A" * 200,
)


@pytest.fixture(scope="module")
def hostile(shelf: Shelf) -> digest.Digest:
    """Four accounts with names that try to be more than names: each began to lose money, and has a touch due."""
    quoted = ['"' + name.replace('"', '""') + '"' for name in HOSTILE]
    accounts = "\n".join(f"A{place},{name},1,active" for place, name in enumerate(quoted))
    months = [shift(date(2025, 4, 1), later) for later in range(14)]
    figures = "\n".join(
        f"A{place},{month},EUR,100,{1000 if month >= date(2026, 4, 1) else 60}"
        for place in range(len(HOSTILE))
        for month in months
    )
    sponsors = "\n".join(
        f"{place}{line}"
        for place in range(len(HOSTILE))
        for line in (
            f"1,A{place},Q,internal,2026-02-20,2026-06-01",
            f"2,A{place},P,internal,2026-06-01,",
            f"3,A{place},P,external,2026-02-20,",
        )
    )
    tables = {
        "account": f"account_id,name,tier,status\n{accounts}\n",
        "person": f"person_id,name,level,active\nP,{quoted[0]},5,true\nQ,Quinn,5,true\n",
        "financial_period": f"account_id,period_start,currency,revenue,cogs\n{figures}\n",
        "sponsorship": f"sponsorship_id,account_id,person_id,side,start_on,end_on\n{sponsors}\n",
    }
    return digest.collect(shelf.portfolio(tables), Filters(as_of=date(2026, 6, 30), since="2026-03-31"))


def test_names_are_text_in_html(hostile: digest.Digest) -> None:
    page = reading.page(digest.html(hostile))
    assert not page.tags & {"script", "img", "a", "b", "i", "link", "iframe", "form"}
    assert not page.addresses
    names = {row[0].partition(" ")[2] for row in table(page.lists, "New on the attention list")}
    assert names == {clean(name) for name in HOSTILE}
    assert {row[0] for row in table(page.lists, "Touches due")} == {clean(name) for name in HOSTILE}


def test_names_are_text_in_markdown(hostile: digest.Digest) -> None:
    written = markdown(hostile)
    assert b"\x1b" not in written
    assert "\u202e" not in written.decode()
    lists = reading.markdown(written)
    assert {row[0] for row in table(lists, "Touches due")} == {clean(name) for name in HOSTILE}
    for sign in ("<", r"\[", r"\|pipe", r"\*b", "`", "&lt;", "~~"):
        assert not re.search(rf"(?<!\\){sign}", written.decode()), sign


def test_what_cannot_be_told_is_said(shelf: Shelf) -> None:
    """A file with accounts alone: no rule could be judged, nothing is due, and that is no good news."""
    told = digest.collect(shelf.portfolio({"account": "account_id,name\nA1,Alpha\n"}), Filters(as_of=date(2026, 6, 30)))
    assert told.rows == 0
    assert told.said.startswith("Nothing to tell vs 3 months earlier")
    assert any("rules; " in remark for remark in told.remarks)
    shown = reading.page(digest.html(told)).lists
    assert any("sponsorship" in row[0] for row in shown[f"Touches due within {SOON} days"])
    assert any("plan" in row[0] for row in shown[f"Plans that end within {PLAN_DAYS} days"])


def test_a_filter_that_finds_nobody_says_so(sample_portfolio: Portfolio) -> None:
    told = digest.collect(sample_portfolio, Filters(where="name:nobody-at-all"))
    assert told.rows == 0
    assert "0 of 48 accounts match." in digest.html(told).decode()


def test_a_digest_has_the_words_of_the_screens(told: dict[str, digest.Digest]) -> None:
    for one in told.values():
        lists = reading.page(digest.html(one)).lists
        cells = {cell for rows in lists.values() for row in rows for cell in row}
        for words in (one.said, one.basis, *one.remarks, *lists, *cells):
            found = [better for banned, better in BANNED.items() if re.search(banned, words)]
            assert not found, f"{words}: {found}"
