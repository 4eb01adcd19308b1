"""Two loads of the sample, the second with known edits: `kaptui export changes` tells just these, each of its kind.

Over 300 lines because one list of edits serves every test here.
"""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from kaptui import loading
from kaptui.cli import main
from kaptui.loading import target as writer
from tests.cli.edits import Row, Source, edit
from tests.reference.case import shift

Call = Callable[..., Result]
Told = tuple[str, str, str, str, str, str]

BETWEEN = ("--since", "2026-09-23", "--as-of", "2026-09-29")
"""In these days the sample tells nothing (see the first test), and no month is closed."""


def set_clock(patch: pytest.MonkeyPatch, day: int) -> None:
    """Loads run on this day of September 2026."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Clock:
            return cls(2026, 9, day, 12, tzinfo=UTC)

    patch.setattr(writer, "datetime", Clock)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the day of September 2026 on which loads run."""
    return lambda day: set_clock(monkeypatch, day)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """The sample as it is."""
    return Source(tmp_path / "crm")


class Loaded(NamedTuple):
    """Two files that tests only read, or copy: the sample loaded on the 20th, and again with the edits on the 28th."""

    once: Path
    twice: Path
    edited: Source


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Both files, and the source as it was edited."""
    folder = tmp_path_factory.mktemp("changes")
    found = Loaded(folder / "once.duckdb", folder / "twice.duckdb", Source(folder / "crm"))
    with pytest.MonkeyPatch.context() as patch:
        set_clock(patch, 20)
        loading.load(found.edited.folder, found.once)
        shutil.copyfile(found.once, found.twice)
        edit(found.edited)
        set_clock(patch, 28)
        loading.load(found.edited.folder, found.twice)
    return found


@pytest.fixture
def edited(loaded: Loaded) -> Path:
    """The sample loaded on the 20th, and again with the edits on the 28th; to be read."""
    return loaded.twice


@pytest.fixture
def again(loaded: Loaded, tmp_path: Path) -> Path:
    """The same in a file of its own, to be loaded into once more."""
    return Path(shutil.copyfile(loaded.twice, tmp_path / "again.duckdb"))


@pytest.fixture
def edited_source(loaded: Loaded, tmp_path: Path) -> Source:
    """The source as it was edited, to be edited further."""
    return Source(tmp_path / "edited", loaded.edited.folder)


def load(call: Call, source: Source, file: Path) -> None:
    """Load through the command line."""
    result = call("load", source.folder, "-o", file)
    assert result.exit_code == 0, result.output


def told(call: Call, file: Path, *options: str) -> list[Row]:
    """What `kaptui export changes` writes."""
    result = call("export", "changes", file, "-o", "-", *(options or BETWEEN))
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def plain(rows: Iterable[Row]) -> set[Told]:
    """Rows without effect and name."""
    columns = ("account_id", "kind", "what", "before", "after", "changed_on")
    return {tuple(row[name] for name in columns) for row in rows}  # type: ignore[misc]


def test_without_facts_in_between_nothing_is_told(call: Call, loaded: Loaded) -> None:
    assert told(call, loaded.once) == []


LOADED = "2026-09-28"
EXPECTED: set[Told] = {
    ("KA001", "fact", "TOP score", "4", "3", "2026-09-25"),
    ("KA003", "fact", "QUA score", "3", "4", "2026-09-26"),
    ("KA006", "fact", "TEA score", "3", "2.5", "2026-09-29"),
    ("KA010", "correction", "LON score of 2026-09-07", "3", "2", LOADED),
    ("KA011", "correction", "SEL score of 2026-09-01", "", "2", LOADED),
    # One edit, two facts: the sponsor is gone, and nobody is left on that side.
    ("KA009", "fact", "external sponsor", "Yuki Nakamura", "", "2026-09-25"),
    ("KA009", "fact", "external side", "covered", "uncovered", "2026-09-25"),
    ("KA021", "fact", "internal sponsor", "", "Renate Lind", "2026-09-24"),
    ("KA003", "correction", "revenue 2026-03", "1149555.47", "1100000.00", LOADED),
    ("KA004", "correction", "cogs 2026-05", "783133.01", "793133.01", LOADED),
    ("KA022", "correction", "cost_to_serve 2026-06", "5356.50", "4356.50", LOADED),
    ("KA040", "left", "programme", "in", "out", LOADED),
    ("KA099", "joined", "programme", "", "in", LOADED),
    ("KA003", "fact", "plan end", "2027-12-31", "2028-06-30", LOADED),
    ("KA006", "fact", "plan reviewed", "2026-08-30", "2026-09-26", "2026-09-26"),
    ("KA001", "fact", "objective: Raise the contribution margin", "in_progress", "closed", LOADED),
    ("KA001", "fact", "objective due: Win the second plant", "2026-12-17", "2027-03-31", LOADED),
    ("KA001", "fact", "action: Bundle deliveries by week", "open", "done", "2026-09-24"),
    ("KA003", "fact", "action due: Set up a shared forecast", "2026-11-13", "2026-12-31", LOADED),
    ("KA015", "fact", "manager", "Priya O'Neill", "Anna Weiss", LOADED),
    ("KA044", "left", "status", "active", "exited", LOADED),
}


def test_twenty_edits_are_told_each_of_its_kind(call: Call, loaded: Loaded, edited: Path) -> None:
    rows = told(call, edited)
    assert plain(rows) == EXPECTED
    assert len(rows) == len(EXPECTED)
    names = {row["account_id"]: row["name"] for row in rows}
    assert (names["KA040"], names["KA099"]) == ("Kellner Antriebe", "[New] Account")
    effects = {(row["account_id"], row["what"]): Decimal(row["effect"]) for row in rows if row["effect"]}
    assert effects == {key: pytest.approx(value, abs=Decimal("0.005")) for key, value in EFFECTS.items()}
    points = {(row["account_id"], row["what"]): float(row["points"]) for row in rows if row["points"]}
    assert points == POINTS
    touched = {row["account_id"]: Decimal(row["revenue_touched"]) for row in rows if row["revenue_touched"]}
    assert touched == {
        account_id: pytest.approx(year_revenue(loaded.edited, account_id), abs=Decimal("0.005"))
        for account_id in ("KA001", "KA003", "KA006", "KA010", "KA011")
    }


EFFECTS = {
    ("KA003", "revenue 2026-03"): Decimal("-49555.47") * Decimal("0.866253"),
    ("KA004", "cogs 2026-05"): Decimal(-10000),
    ("KA022", "cost_to_serve 2026-06"): Decimal(1000) * Decimal("0.858384"),
}
"""Corrected months: what they do to profit, at the month's rate. Nothing else is money."""

POINTS = {
    ("KA001", "TOP score"): -25.0,
    ("KA003", "QUA score"): 25.0,
    ("KA006", "TEA score"): -12.5,
    ("KA010", "LON score of 2026-09-07"): -25.0,
}
"""One level of four is 25 points."""


def year_revenue(source: Source, account_id: str) -> Decimal:
    """Revenue of the twelve months to August 2026 in euros."""
    rates = {(row["currency"], row["period_start"]): Decimal(row["rate"]) for row in source.rows("fx_rate")}
    months = {shift(date(2026, 8, 1), -back).isoformat() for back in range(12)}
    return sum(
        (
            Decimal(row["revenue"]) * rates.get((row["currency"], row["period_start"]), Decimal(1))
            for row in source.rows("financial_period")
            if row["account_id"] == account_id and row["scenario"] == "actual" and row["period_start"] in months
        ),
        Decimal(0),
    )


def test_what_was_told_before_the_review_is_no_correction(call: Call, edited: Path) -> None:
    kinds = {row["kind"] for row in told(call, edited, "--since", "2026-09-28", "--as-of", "2026-09-29")}
    assert kinds == {"fact"}  # the score of the 29th; the second load was on the 28th


def test_loads_after_as_of_tell_nothing(call: Call, edited: Path) -> None:
    """The second load was on the 28th: a day before, nothing was corrected and nobody had joined or left."""
    early = told(call, edited, "--since", "2026-09-23", "--as-of", "2026-09-27")
    assert {row["kind"] for row in early} == {"fact"}
    same_day = told(call, edited, "--since", "2026-09-23", "--as-of", "2026-09-28")
    assert {row["kind"] for row in same_day} == {"fact", "correction", "joined", "left"}


def test_a_recent_value_that_was_corrected_appears_once_as_correction(
    call: Call, edited_source: Source, again: Path, clock: Callable[[int], None]
) -> None:
    """TOP of KA001 was scored 3 on the 25th and loaded so on the 28th; the load of the 29th says 2."""
    scored = {"account_id": "KA001", "factor_id": "1", "assessed_on": "2026-09-25"}
    edited_source.change("assessment", scored, score="2")
    clock(29)
    load(call, edited_source, again)
    mine = [row for row in told(call, again) if row["account_id"] == "KA001" and row["about"] == "score"]
    assert plain(mine) == {("KA001", "correction", "TOP score of 2026-09-25", "3", "2", "2026-09-29")}
    assert [(row["points"], row["direction"], row["effect"]) for row in mine] == [("-25", "worse", "")]


def test_the_same_source_again_tells_nothing_more(
    call: Call, loaded: Loaded, edited: Path, again: Path, clock: Callable[[int], None]
) -> None:
    clock(29)
    load(call, loaded.edited, again)
    assert told(call, again) == told(call, edited)


def test_what_is_put_back_is_told_no_more(
    call: Call, source: Source, again: Path, clock: Callable[[int], None]
) -> None:
    clock(29)
    load(call, source, again)
    # Only that the load of the 28th brought three new scores which the one of the 29th withdrew.
    assert plain(told(call, again)) == {
        ("KA001", "correction", "TOP score of 2026-09-25", "3", "", "2026-09-29"),
        ("KA003", "correction", "QUA score of 2026-09-26", "4", "", "2026-09-29"),
        ("KA006", "correction", "TEA score of 2026-09-29", "2.5", "", "2026-09-29"),
    }


def test_an_account_that_left_shows_unless_the_filter_leaves_others_out(call: Call, edited: Path) -> None:
    left = {row["account_id"] for row in told(call, edited) if row["kind"] == "left"}
    assert left == {"KA040", "KA044"}
    present = told(call, edited, *BETWEEN, "--where", "-status:exited")
    assert [row["account_id"] for row in present if row["kind"] == "left"] == ["KA040"]
    narrow = told(call, edited, *BETWEEN, "--where", "region:DACH")
    assert not [row for row in narrow if row["kind"] == "left"]
    assert {row["account_id"] for row in told(call, edited, *BETWEEN, "--where", "account_id:KA001")} == {"KA001"}


def test_the_basis_decides_what_a_corrected_cost_does(call: Call, edited: Path) -> None:
    gross = {row["what"]: row["effect"] for row in told(call, edited, *BETWEEN, "--basis", "gross")}
    assert (float(gross["cost_to_serve 2026-06"]), float(gross["cogs 2026-05"])) == (0, -10000)


class Corrected(NamedTuple):
    """The sample loaded on the 20th, and on the 28th without some records, with others that come late, and one rate
    that says something else; what is told of it, and the row of a month and the rate that were there."""

    source: Source
    told: list[Row]
    february: Row
    rate: str


@pytest.fixture(scope="module")
def corrected(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    folder = tmp_path_factory.mktemp("corrected")
    source, file = Source(folder / "crm"), Path(shutil.copyfile(loaded.once, folder / "kap.duckdb"))
    month = {"account_id": "KA001", "period_start": "2026-02-01", "scenario": "actual"}
    rows = source.rows("financial_period")
    february = next(row for row in rows if month.items() <= row.items())
    source.write("financial_period", [row for row in rows if row is not february])
    for table, key in (("plan_review", "KA001-P1-R3"), ("action", "KA001-P1-A6"), ("sponsorship", "KA006-INT")):
        source.write(table, [row for row in source.rows(table) if key not in row.values()])
    source.add(
        "sponsorship", sponsorship_id="S2", account_id="KA006", person_id="OSE", side="external", start_on="2025-05-01"
    )
    source.change("person", {"person_id": "MOR"}, active="false")
    (rate,) = [
        row["rate"] for row in source.rows("fx_rate") if (row["currency"], row["period_start"]) == ("USD", "2026-03-01")
    ]
    source.change("fx_rate", {"currency": "USD", "period_start": "2026-03-01"}, rate="0.9")
    source.add("fx_rate", currency="USD", period_start="2026-10-01", rate="0.8")  # a month further: no correction
    with pytest.MonkeyPatch.context() as patch:
        set_clock(patch, 28)
        loading.load(source.folder, file)
    return Corrected(source, told(lambda *words: CliRunner().invoke(main, [*map(str, words)]), file), february, rate)


def test_records_that_vanish_or_come_late_are_corrections(corrected: Corrected) -> None:
    february = corrected.february
    rows_told = [row for row in corrected.told if not row["what"].startswith("rate ")]
    expected = {
        ("KA001", "correction", "revenue 2026-02", february["revenue"], ""),
        ("KA001", "correction", "cogs 2026-02", february["cogs"], ""),
        ("KA001", "correction", "cost_to_serve 2026-02", february["cost_to_serve"], ""),
        ("KA001", "correction", "plan reviewed", "2026-07-07", ""),
        ("KA001", "correction", "action", "Send the price letter", ""),
        ("KA006", "correction", "internal sponsor", "Isabel Romero", ""),
        ("KA006", "correction", "external sponsor", "", "Marcus Osei"),
        ("KA001", "fact", "external sponsor", "Paulo Moreira", ""),  # he left the company: only the load can tell
    }
    found = {each[:5] for each in plain(rows_told)}
    assert expected <= found
    assert {each[1:3] for each in found - expected} <= {("fact", "external sponsor"), ("fact", "internal sponsor")}
    profit = sum(float(row["effect"]) for row in rows_told if row["what"].endswith("2026-02"))
    (rate,) = [
        row["rate"]
        for row in corrected.source.rows("fx_rate")
        if row["currency"] == "USD" and row["period_start"] == "2026-02-01"
    ]
    gone = Decimal(february["revenue"]) - Decimal(february["cogs"]) - Decimal(february["cost_to_serve"])
    assert profit == pytest.approx(-float(gone * Decimal(rate)))


def test_a_corrected_rate_is_told_of_every_account_it_moves(corrected: Corrected) -> None:
    booked = {
        row["account_id"]: row
        for row in corrected.source.rows("financial_period")
        if (row["currency"], row["period_start"], row["scenario"]) == ("USD", "2026-03-01", "actual")
    }
    rows, old = [row for row in corrected.told if row["what"].startswith("rate ")], Decimal(corrected.rate)
    assert len(booked) > 5
    assert plain(rows) == {
        (account, "correction", "rate USD 2026-03", f"{old:.8f}", "0.90000000", LOADED) for account in booked
    }
    for row in rows:
        month = booked[row["account_id"]]
        if not month["cogs"] or not month["cost_to_serve"]:
            assert not row["effect"]  # the profit was unknown at any rate
            continue
        profit = Decimal(month["revenue"]) - Decimal(month["cogs"]) - Decimal(month["cost_to_serve"])
        assert float(row["effect"]) == pytest.approx(float(profit * (Decimal("0.9") - old)), abs=0.005)


def test_the_order_of_the_rows_of_a_load_never_matters(
    call: Call, edited_source: Source, edited: Path, tmp_path: Path, clock: Callable[[int], None]
) -> None:
    straight = [{**row, "source": ""} for row in told(call, edited)]
    dice = random.Random(11)
    mixed = Source(tmp_path / "mixed")
    for shuffled in (mixed, edited_source):
        for path in shuffled.folder.glob("*.csv"):
            rows = shuffled.rows(path.stem)
            dice.shuffle(rows)
            shuffled.write(path.stem, rows)
    clock(20)
    load(call, mixed, tmp_path / "again.duckdb")
    clock(28)
    load(call, edited_source, tmp_path / "again.duckdb")
    assert [{**row, "source": ""} for row in told(call, tmp_path / "again.duckdb")] == straight
