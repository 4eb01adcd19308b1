"""`kaptui account FILE NAME`: one page of text, found by name, equal to what the exports say."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from kaptui import export
from kaptui import text as written
from kaptui.account_page import TABS
from kaptui.account_page.finding import find
from kaptui.cli import main
from kaptui.errors import UsageError
from kaptui.filters import Filters
from kaptui.portfolio import Portfolio
from kaptui.text.words import factor_words, side_words, status_words

Call = Callable[..., Result]
HELVIA = "account_id:KA002"


@pytest.fixture(scope="module")
def helvia(sample: Path) -> str:
    """The page of the loss-making giant, written once."""
    process = subprocess.run(
        [sys.executable, "-c", CHECKED, "account", str(sample), "helvia"], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


# The same program, and what it must not have imported when it is done.
CHECKED = """
import sys
from kaptui.cli import main
try:
    main()
finally:
    assert not {"textual", "rich", "plotext"} & set(sys.modules), sorted(sys.modules)
"""


@pytest.fixture(scope="module")
def portfolio(sample: Path) -> Iterator[Portfolio]:
    """The file, opened once."""
    portfolio = Portfolio.open(sample)
    yield portfolio
    portfolio.close()


def exported(portfolio: Portfolio, question: str) -> list[dict[str, str]]:
    """The rows of an export about Helvia: the bytes that `kaptui export` writes."""
    data = export.to_bytes(portfolio.ask(question, Filters(where=HELVIA)), "csv")
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_the_export_of_the_command_line_is_these_bytes(call: Call, sample: Path, portfolio: Portfolio) -> None:
    written = call("export", "account_profile", sample, "-o", "-", "--where", HELVIA).stdout_bytes
    assert written == export.to_bytes(portfolio.ask("account_profile", Filters(where=HELVIA)), "csv")


def section(page: str, title: str) -> list[str]:
    """The lines under a heading."""
    lines = page.splitlines()
    start = lines.index(title) + 1
    end = next((at for at in range(start, len(lines)) if not lines[at]), len(lines))
    return [line.strip() for line in lines[start:end]]


def test_the_page_says_first_what_is_needed_and_what_to_ask_for(helvia: str) -> None:
    name, needs, ask, blank, basis = helvia.splitlines()[:5]
    assert (name, blank) == ("Helvia Group", "")
    assert needs.strip().startswith("Needs a decision: loses 0.6m; ")
    # Outside nobody stands since 15 Jul; inside the last meeting was on 8 May, due again within 90 days, to 6 Aug.
    assert needs.endswith("; no live sponsor on either side since 7 Aug 2026")
    assert "no sponsor at customer" not in needs, "it takes the place of its sides' reasons"
    # Its plan ended in June, and the proposal of the whole programme names one for either side.
    assert ask.strip().startswith(
        "Ask: 1.9m more by cutting cost to serve to the programme's rate; renew the plan; "
        "appoint Grace Holloway (at customer), appoint Stefan Eklund (inside)"
    )
    assert basis.startswith("as of 30 Sep 2026, vs Q2 2026 committee (2026-06-24); 12 months to Sep 2026, contribution")


def test_every_tab_and_panel_has_its_heading(helvia: str) -> None:
    lines = helvia.splitlines()
    assert [line for line in lines if line.isupper() and not line.startswith(" ")] == [
        tab.label.upper() for tab in TABS
    ]
    for tab in TABS:
        for part in tab.parts:
            assert part.first.title in lines
    assert "\x1b" not in helvia


def test_key_figures_equal_the_export(helvia: str, portfolio: Portfolio) -> None:
    (row,) = exported(portfolio, "account_profile")
    figures = {line.split("  ")[0].partition(",")[0]: line for line in section(helvia, "Key figures")}

    def amount(name: str, *, signed: bool = False) -> str:
        return written.money(float(row[name]), signed=signed)

    assert f"EUR {amount('revenue')}" in figures["Revenue"]
    assert f"on {amount('revenue_before')} a year ago" in figures["Revenue"]
    assert f"to budget {amount('budget_revenue')}" in figures["Revenue"]
    assert f"EUR {amount('profit')}" in figures["Profit"]
    assert f"{amount('profit_change', signed=True)} worse in a year" in figures["Profit"]
    assert f"{amount('profit_to_budget', signed=True)} to budget {amount('budget_profit')}" in figures["Profit"]
    assert f"margin {written.share(float(row['margin']))}" in figures["Profit"]
    assert f"  {written.index(float(row['index']))}  " in figures["Index"]
    assert f"rank {row['index_rank']} of {row['accounts_ranked']}" in figures["Index"]
    assert f"met {row['internal_days_since_touch']} days ago" in figures["Inside"]
    assert status_words(row["external_status"]) in figures["At customer"]
    assert f"{row['actions_overdue']} of {row['actions_open']} actions overdue" in figures["Plan"]


def test_every_month_equals_the_export(helvia: str, portfolio: Portfolio) -> None:
    rows = exported(portfolio, "account_financials")
    lines = {line[:8]: line.split() for line in section(helvia, "Month by month, the last one first")}
    assert len(rows) == 36
    for row in rows:
        cells = lines[written.month(date.fromisoformat(row["month"]))]
        for name in ("revenue", "budget_revenue", "profit", "profit_to_budget", "budget_profit", "cogs"):
            assert written.money(float(row[name]) if row[name] else None) in cells


def test_lists_equal_the_exports(helvia: str, portfolio: Portfolio) -> None:
    for title, question, words in (
        ("Objectives and actions", "account_plan", ("owner",)),
        ("Open and overdue actions", "plan_actions", ("action", "owner")),
        ("Reviews", "plan_reviews", ("outcome", "chaired_by")),
        ("Scores over time", "account_assessments", ("code", "evidence")),
        ("People at the customer", "account_contacts", ("name", "role")),
        ("Touches", "account_touches", ("side", "who", "contact", "counts_as")),
        ("Timeline: all kinds", "account_timeline", ("what", "who")),
        ("Indicators: what the facts say", "factor_evidence", ("code", "source")),
        ("Changed since the review (effect: profit only)", "changes", ()),
    ):
        rows, lines = exported(portfolio, question), section(helvia, title)
        assert len(lines) == len(rows) + 2, title  # headings, what it comes to
        for row, line in zip(rows, lines[1:], strict=False):
            said = {
                **row,
                "code": factor_words(row.get("factor"), row.get("code")),
                "side": side_words(row.get("side")),
            }
            assert all(said[word] in line for word in words), (title, line)
    progress = [row["progress"] for row in exported(portfolio, "account_plan") if row["progress"]]
    assert [written.share(float(part)) for part in progress] == ["30 %"]
    assert sum("30 %" in line for line in section(helvia, "Objectives and actions")) == 1


def test_markdown_holds_the_same_figures(helvia: str, call: Call, sample: Path) -> None:
    result = call("account", sample, "KA002", "--format", "md")
    lines = result.stdout.splitlines()
    assert lines[0] == "# Helvia Group"
    assert [line[3:] for line in lines if line.startswith("## ")] == [tab.label for tab in TABS]
    for words in section(helvia, "Open and overdue actions")[1:-1]:
        cells = [cell.strip() for cell in words.split("  ") if cell.strip()]
        assert any(all(cell in line for cell in cells) and line.startswith("| ") for line in lines)
    hostile = call("account", sample, "brandt", "--format", "md").stdout
    assert hostile.startswith("# \\[EMEA\\] Brandt & Söhne\n")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("KA002", "KA002"),
        ("ka002", "KA002"),
        ("HELVIA group", "KA002"),
        ("helv", "KA002"),
        ("Brandt", "KA024"),
        ("Bloom 🌱", "KA031"),
    ],
)
def test_a_name_is_found_by_id_beginning_or_part_in_any_case(name: str, found: str, call: Call, sample: Path) -> None:
    names = {row["account_id"]: row["name"] for row in csv.DictReader(io.StringIO(_accounts(call, sample)))}
    result = call("account", sample, name)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0] == names[found]


def _accounts(call: Call, sample: Path) -> str:
    return call("export", "accounts", sample, "-o", "-").stdout_bytes.decode()


def test_a_name_of_several_lists_them(call: Call, sample: Path) -> None:
    result = call("account", sample, "s")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.split()[0] for line in result.stderr.splitlines()[2:]] == ["KA033", "KA014", "KA001"]
    assert "'s': 3 accounts of this name" in result.stderr


@pytest.mark.parametrize(
    ("name", "said"), [("helvla group", "KA002  Helvia Group"), ("zzz", "show accounts"), ("", "")]
)
def test_a_name_of_nobody_is_a_usage_error(name: str, said: str, call: Call, sample: Path) -> None:
    result = call("account", sample, name)
    assert result.exit_code == 2
    assert "no account of this name" in result.stderr
    assert said in result.stderr


def test_the_filter_says_among_which(call: Call, sample: Path) -> None:
    assert call("account", sample, "s", "--where", "region:DACH").exit_code == 2
    result = call("account", sample, "KA002", "--where", "region:UKI")
    assert result.exit_code == 2
    assert call("account", sample, "helvia", "--as-of", "2026-03-31", "--basis", "gross").exit_code == 0


def test_a_whole_name_goes_before_a_beginning_and_twins_are_told_by_their_ids() -> None:
    card = pl.DataFrame({"account_id": ["1", "2", "3", "4"], "name": ["Acme", "Acme East", "Twin", "TWIN"]})
    assert find("acme", card) == "1"
    assert find("4", card) == "4"
    with pytest.raises(UsageError) as caught:
        find("twin", card)
    assert caught.value.hint.splitlines()[1:] == ["  3  Twin", "  4  TWIN"]
    many = pl.DataFrame({"account_id": [str(n) for n in range(30)], "name": [f"A{n}\x1b[31m" for n in range(30)]})
    with pytest.raises(UsageError) as caught:
        find("a", many)
    assert caught.value.hint.endswith("... and 10 more")
    assert "\x1b" not in caught.value.hint
    with pytest.raises(UsageError):
        find("a", card.clear())


def test_the_shell_completes_accounts_of_the_file(sample: Path) -> None:
    def offered(last: str, file: Path) -> list[str]:
        complete = ShellComplete(main, {}, "kaptui", "_KAPTUI_COMPLETE")
        return [item.value for item in complete.get_completions(["account", str(file)], last)]

    assert offered("hel", sample) == ["Helvia Group"]
    assert offered("hel", sample / "nothing") == []
