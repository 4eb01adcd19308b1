"""The Brief: ten sentences and the decisions on one page, Enter to the evidence with the filter set, Esc back."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from rich.cells import cell_len

from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text import folded_text
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.why_screen import WhyScreen
from kaptui.ui.screens.account import AccountScreen
from kaptui.ui.widgets.sentence_list import SentenceList, names_within, shared
from tests.ui.harness import (
    Driver,
    Meddler,
    dashboard,
    dashboard_screen,
    fits,
    made_of,
    press,
    running,
    screen_lines,
    screen_text,
    settled,
    until,
)

QUESTIONS = (
    *(
        "Worse since the review",
        "Revenue up, profit down",
        "Who drags profit",
        "Profit, year on year",
        "No live sponsor",
    ),
    *("Leaders", "Weakest factor", "Plans not alive", "Co-innovation, pricing", "Negotiating alone"),
)


def pointed(app: KaptuiApp) -> str:
    """The short name of the line under the cursor."""
    content = dashboard_screen(app).current.content
    assert isinstance(content, SentenceList)
    assert content.pointed is not None
    return content.pointed.label.strip()


async def test_the_page_at_every_size(sample_portfolio: Portfolio) -> None:
    """One walk: from a window where all is whole to one where the worst is read in few words."""
    app = dashboard(Meddler(sample_portfolio))
    async with running(app, (120, 36)) as pilot:
        assert "[1 Overview]" in screen_lines(app)[1], "the app starts where it did"
        await press(pilot, "0")
        for size in ((120, 36), (80, 24), (200, 50)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            text = screen_text(app)
            assert fits(app), size
            assert "[0 Brief]" in screen_lines(app)[1], size
            assert not [name for name in QUESTIONS if name not in text], size
            assert "compared with Q2 2026 committee, five got worse" in screen_lines(app)[3], size
            for name in ("Helvia Group", "Northstar Foods", "Orbis Rail", "Kestrel Foods", "Norrland Paper"):
                assert name in text.partition("Negotiating alone")[2], size
            if size[0] > 80:
                the_largest_stand_with_each(text, sample_portfolio, under=size[0] < 150)
        decided = screen_text(app).partition("Decisions asked")[2].partition("Accounts behind the lines")[0]
        assert "…" not in decided, "where there is room every sentence is whole"
        assert "(Helvia Group -0.26m, Orbis Rail -0.14m, Quercy Aciers -53k), others +0.57m: net -34k" in (
            " ".join(screen_text(app).replace("│", " ").split())
        ), "and that of the line under the cursor"
        await accounts_stand_below(pilot, app, sample_portfolio)

        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        await short_answers_are_read(pilot, app, sample_portfolio)
        await a_cut_sentence_stands_whole(pilot, app)
        await copy_takes_the_line_and_zoom_its_panel(pilot, app)


def the_largest_stand_with_each(text: str, portfolio: Portfolio, under: bool) -> None:
    """Of every line, in a line of their own or beside the short answer, under a name of their column."""
    assert re.search("# Question +Verdict +In short, and who" if under else "# Question +Verdict +In short +Who", text)
    lines = text.splitlines()
    for row in portfolio.ask("brief", Filters()).to_dicts():
        (at,) = (at for at, one in enumerate(lines) if re.search(f"\\b{row['number']} {row['question']}", one))
        assert row["short"][:40] in lines[at], "what has no room in this line is cut, or stands in the next"
        assert ", ".join(row["who"].split(", ")[:2]).partition(";")[0] in lines[at + under]
    assert "appoint Grace Holloway (at customer), Stefan Eklund (inside) — today: loses 0.6m" in (
        " ".join(text.replace("│", " ").split())
    ), "what is asked for stands whole"


async def accounts_stand_below(pilot: Driver, app: KaptuiApp, portfolio: Portfolio) -> None:
    """In the largest window the accounts behind the lines stand below them; in a smaller one they go."""
    listed = screen_text(app).partition("Accounts behind the lines")[2]
    needy = portfolio.ask("attention", Filters())["name"].to_list()
    assert [name for name in needy[:8] if name not in listed] == []
    await press(pilot, "tab", "tab", "j", "enter")
    assert isinstance(app.screen, AccountScreen)
    assert needy[1] in screen_lines(app)[1]
    await press(pilot, "escape")
    await pilot.resize_terminal(120, 36)
    await settled(pilot)
    assert "Accounts behind the lines" not in screen_text(app)
    await press(pilot, "j")
    assert pointed(app) == "2 Revenue up, profit down", "the keyboard is never in a panel that is not seen"


async def short_answers_are_read(pilot: Driver, app: KaptuiApp, portfolio: Portfolio) -> None:
    """Number, what, and the worst by name, none of them cut, without a key."""
    await press(pilot, "g")
    lines = screen_lines(app)[4:]
    for row in portfolio.ask("brief", Filters()).to_dicts():
        at = next(
            at for at, one in enumerate(lines) if one.strip("> ").startswith(f"{row['number']} {row['question']}")
        )
        assert row["short"] in " ".join(" ".join(lines[at : at + 2]).split()), "in one line, or in two"
        assert not row["short"][0].islower()
    decided = screen_text(app).rpartition("Decide")[2]
    shorts = portfolio.ask("brief_decisions", Filters())["short"].to_list()
    assert [short for short in shorts if short not in decided] == []
    assert "…" not in decided
    await pilot.resize_terminal(60, 16)
    await settled(pilot)
    assert "12 of 42 earn 0.6m less" in screen_text(app), "in few words rather than the beginning of many"
    await pilot.resize_terminal(80, 24)
    await settled(pilot)


async def a_cut_sentence_stands_whole(pilot: Driver, app: KaptuiApp) -> None:
    """The one under the cursor, below the lines."""
    await press(pilot, "j", "j", "j", "j")
    assert pointed(app) == "5 No live sponsor"
    said = " ".join(screen_text(app).split())
    who = "Helvia Group 14.1m, Northstar Foods 9.8m, Quercy Aciers 2.0m, Harlan Freight 0.8m"
    assert who in said, "all four by name, as the whole sentence has no room"
    await press(pilot, "j", "j", "j", "j", "j")
    said = " ".join(screen_text(app).split())
    assert "9.8m revenue (5.3 %), goes into a year-end negotiation without a leader of ours at customer" in said
    await press(pilot, "k", "k", "k", "k", "k")


async def copy_takes_the_line_and_zoom_its_panel(pilot: Driver, app: KaptuiApp) -> None:
    """The line under the cursor, the panel that has the keyboard."""
    await press(pilot, "k", "k", "y")
    assert app.clipboard.startswith("3 Who drags profit\tworse\t6 of 44 accounts lose 1.8m (1 exited); ")
    await press(pilot, "tab", "Y")
    copied = [line.partition("\t")[0] for line in app.clipboard.splitlines()][:2]
    assert copied == ["1 Helvia Group", "2 Northstar Foods"]
    await press(pilot, "shift+tab", "z")
    assert "would earn 5.7m more at programme margin (9.2 %); profit of 4 unknown" in " ".join(
        screen_text(app).split()
    ), "zoomed, the sentence is whole"
    assert "╮" not in screen_text(app), "a frame would take the room of two sentences"
    await press(pilot, "G")
    said = " ".join(screen_text(app).split())
    assert "1 of 8 accounts, 9.8m revenue (5.3 %), goes into a year-end negotiation" in said, "whichever is chosen"


async def test_enter_leads_to_the_evidence_and_esc_back(sample_portfolio: Portfolio) -> None:
    app = dashboard(Meddler(sample_portfolio))
    async with running(app) as pilot:
        await press(pilot, "0")
        await evidence_comes_to_the_same_sum(pilot, app)

        # a decision opens its account, and w says why
        await press(pilot, "g", "w")
        assert isinstance(app.screen, WhyScreen)
        assert "Money and points are never one number" in " ".join(screen_text(app).split())
        await press(pilot, "escape", "tab", "j", "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "Northstar Foods" in screen_lines(app)[1]
        await press(pilot, "escape", "w")
        assert isinstance(app.screen, WhyScreen)
        assert "A line of the one proposal" in " ".join(screen_text(app).split())
        await press(pilot, "escape", "shift+tab")

        # the accounts of a line, and back
        await press(pilot, "g", "j", "j", "j", "j", "enter")
        assert "[4 Sponsors]" in screen_lines(app)[1]
        assert app.filters.where == "reason:no_live_sponsor"
        # the Brief's 14 % is of the programme
        assert "4 of 48 accounts, 14 % of revenue incl. exited" in screen_lines(app)[2]
        await press(pilot, "escape")
        assert "[0 Brief]" in screen_lines(app)[1]
        assert (app.filters.where, pointed(app)) == ("", "5 No live sponsor")
        await press(pilot, "k", "k", "enter", "1", "escape")
        assert "[1 Overview]" in screen_lines(app)[1], "who went on by himself is not sent back"
        assert app.filters.where == ""

        # a filter that holds already stays when the reader comes back
        app.filters = Filters(where="profit<0")
        await press(pilot, "0", "g", "j", "j", "enter")
        assert "[3 Value]" in screen_lines(app)[1]
        assert app.filters.where == "profit<0"
        await press(pilot, "escape")
        assert "[0 Brief]" in screen_lines(app)[1]
        assert app.filters.where == "profit<0"


async def evidence_comes_to_the_same_sum(pilot: Driver, app: KaptuiApp) -> None:
    """Of a sum over all accounts."""
    assert "12 of 42 earn 0.6m less" in screen_text(app)
    steps = (("", "6 Changes", "profit -34k"), ("jjj", "3 Value", "Cost to serve"))
    last = (("jjj", "2 Factors", "11 of 43 accounts"), ("jj", "3 Value", "78 % of 2.3m"))
    for down, screen, total in (*steps, *last):
        await press(pilot, *down, "enter")
        assert f"[{screen}]" in screen_lines(app)[1]
        assert app.filters.where == ""
        assert total in screen_text(app)
        await press(pilot, "escape")
        assert "[0 Brief]" in screen_lines(app)[1]
        assert app.filters.where == ""
    await press(pilot, *"kkkkkk")
    assert "> 3 Who drags profit" in screen_text(app)
    await press(pilot, "enter")
    assert "[Curve]" in screen_text(app), "each line has its own evidence, whatever an earlier one left there"
    await press(pilot, "escape", *"jjjjjjj", "enter")
    assert "[Sponsorship in practice" in screen_text(app)
    await press(pilot, "escape", *"kkkkk", "enter")
    assert "[4 Sponsors]" in screen_lines(app)[1]
    assert "[Sponsorship in practice" not in screen_text(app), "the sides, not what line 10 left"
    await press(pilot, "escape", "x")


async def test_keys_for_a_view_that_has_still_to_come_wait_for_it(sample_portfolio: Portfolio) -> None:
    """Else the cursor stands on another line than the fingers think, and Enter opens the evidence of that one."""
    meddler = Meddler(sample_portfolio)
    meddler.held["brief"] = threading.Event()
    app = dashboard(meddler)
    async with running(app) as pilot:
        await pilot.press("0", "j", "j")
        await until(pilot, lambda: ("brief", "") in meddler.asked)
        assert "keys" in app.waiting_for
        meddler.held["brief"].set()
        await settled(pilot)
        assert pointed(app) == "3 Who drags profit"
        await press(pilot, "enter")
        assert app.filters.where == "profit<0"
        await press(pilot, "escape")


async def test_a_key_that_leads_away_takes_back_those_that_wait(sample_portfolio: Portfolio) -> None:
    meddler = Meddler(sample_portfolio)
    meddler.held["brief"] = threading.Event()
    app = dashboard(meddler)
    async with running(app) as pilot:
        for away, there in (("3", "[3 Value]"), ("escape", "[0 Brief]")):
            await pilot.press("0", "j", "j")
            await until(pilot, lambda: ("brief", "") in meddler.asked)
            await pilot.press(away)
            assert "keys" not in app.waiting_for
            assert there in screen_lines(app)[1]
        meddler.held["brief"].set()
        await press(pilot, "r")
        assert pointed(app) == "1 Worse since the review"


HOSTILE = ("W" * 200, "[@click=app.quit]x[/]", "\u202eklat\x1b[31m", "漢字" * 60, "👩‍👩‍👧 Family")


async def test_names_of_any_kind_break_nothing(tmp_path: Path) -> None:
    rows = "".join(f'A{at},"{name}",1\n' for at, name in enumerate(HOSTILE))
    months = "".join(f"A{at},2026-0{month},EUR,{100 + at},{200 + at}\n" for at in range(5) for month in range(1, 7))
    portfolio = made_of(
        tmp_path,
        {
            "account": "account_id,name,tier\n" + rows,
            "financial_period": "account_id,period_start,currency,revenue,cogs\n" + months.replace(",EUR", "-01,EUR"),
        },
    )
    app = dashboard(portfolio, Filters(as_of=None))
    async with running(app) as pilot:
        await press(pilot, "0", "j", "j")
        for size in ((120, 36), (80, 24), (60, 16)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert fits(app), size
            assert not set(screen_text(app)) & set("\x1b\u202e"), size
            assert "sponsorship.csv" in screen_text(app) or size[0] < 120, size
    portfolio.close()


def test_lines_are_shared_out_evenly() -> None:
    assert shared([1, 2, 3], 9) == ([1, 2, 3], True)
    assert shared([1, 2, 3], 6) == ([1, 2, 3], False)
    assert shared([3, 3, 3], 7) == ([3, 2, 2], False)
    assert shared([3, 3, 3], 5) == ([1, 1, 1], False), "two lines are left for the one under the cursor"
    assert shared([3, 3, 3], 2) == ([1, 1, 1], False)


def test_names_are_left_out_whole() -> None:
    assert names_within("Anna, Bob, Cleo", 15) == "Anna, Bob, Cleo"
    assert names_within("Anna, Bob, Cleo", 14) == "Anna, Bob…"
    assert names_within("Anna, Bob, Cleo", 9) == "Anna…"
    assert names_within("Annabella, Bob", 5) == "Anna…"
    assert names_within("Anna, Bob; unknown: Cleo", 20) == "Anna, Bob…"
    assert names_within("", 5) == ""


def test_a_sentence_is_cut_after_a_word() -> None:
    assert folded_text("one two three", 9) == ["one two", "three"]
    assert folded_text("one, two three", 8, 1) == ["one…"]
    assert folded_text("priced 26 % here", 9) == ["priced", "26 % here"], "a number keeps its unit"
    assert folded_text("W" * 20, 8, 1) == ["W" * 7 + "…"]
    assert all(cell_len(line) <= 7 for line in folded_text("漢字漢字 漢字漢字 漢字", 7, 2))
