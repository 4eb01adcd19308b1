"""Hostile text in every text column through every place: no control of it comes out, nothing breaks, no value is lost.

Commands, files, explanations, filters, the dashboard in memory and in a real terminal. What people look at (text,
Markdown, HTML, JSON, the terminal) holds no control and no bidi control of the data; what programs read (CSV, Parquet,
Excel) gives each text back as it was.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import tempfile
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from kaptui.cli import main
from kaptui.errors import KaptuiError
from kaptui.filter_language import complete, condition
from kaptui.filters import Filters
from kaptui.panels import PANELS
from kaptui.portfolio import Portfolio
from kaptui.ui import clipboard
from kaptui.ui.app import KaptuiApp
from kaptui.ui.explain.render import as_text, explained
from tests import hostile_text
from tests.harness.kills import surroundings
from tests.harness.tally import Tally
from tests.pseudo_terminal import PseudoTerminal
from tests.ui.harness import TODAY, Driver, Frames, press, screen_lines, settled, sound

TRIES = 48
"""Accounts whose page is read, and values by which is filtered."""
_FIELDS = ("name", "account_id", "region", "industry", "manager")
_SIZES = ((60, 16), (120, 36), (200, 50))
_PANELS = 12
"""More than any screen has."""
_HERE = (
    "m",
    "w",
    "right",
    "escape",
    "u",
    "y",
    "C",
    "Y",
    "s",
    "escape",
    "c",
    "escape",
    "e",
    "tab",
    "escape",
    "down",
    "d",
)
_EVERYWHERE = ("escape", "D", "escape", "v", "escape", "question_mark", "escape", "z", "escape")
_TYPED = (b"/name:", b"\x1b", b"w", b"\x1b", b":a", b"\x1b", b"e", b"\x1b")
_TAGS = re.compile(r"(?<!\\)<(?:script>alert|img src=x)")
"""Tags of the data that a page would obey; a backslash before one takes its meaning in Markdown."""
_OWN = re.compile(rb"\x1b\]22;[a-z-]*(?:\x07|\x1b\\)")
"""What Textual writes itself: the shape of the mouse pointer."""
_OBEYED = re.compile(
    rb"\x07|\x08|\x7f|\x1b\]|\x1bP|\xc2[\x80-\x9f]|\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xa9]"
)
"""In what is written to a terminal: a bell, a title, what C1 and bidi controls are in UTF-8."""


def run(tally: Tally, tries: int, seed: int) -> None:
    """Load the hostile portfolio and bring it through every place."""
    del seed
    with tempfile.TemporaryDirectory(prefix="kaptui-hostile-") as made, pytest.MonkeyPatch.context() as patch:
        work = Path(made)
        patch.chdir(work)
        for folder in ("CONFIG", "STATE", "CACHE"):
            patch.setenv(f"KAPTUI_{folder}_DIR", str(work / "own"))
        patch.setattr(clipboard, "PROGRAMS", ())
        patch.setenv("COLUMNS", "200")
        hostile_text.write(work / "source")
        file = work / "kap.duckdb"
        for words in (("load", "source", "-o", file), *(("check", at) for at in ("source", file))):
            _seen(tally, "load and check", *words)
        _seen(tally, "load and check", "check", "source", "--format", "json")
        portfolio = Portfolio.open(file)
        names = portfolio.card(Filters())["account_id"].to_list()[:tries]
        _questions(tally, portfolio, file)
        _pages(tally, file, names)
        _explanations(tally, portfolio)
        _filters(tally, portfolio, tries)
        portfolio.close()
        Frames.hold(patch)
        for size in _SIZES:
            with tally.tried("dashboard", str(size)):
                asyncio.run(_dashboard(tally, file, size))
        _terminal(tally, work, file)


def _called(*words: object) -> Result:
    told = CliRunner().invoke(main, [str(word) for word in words])
    if told.exit_code == 130:  # it was the long run that was to stop
        raise KeyboardInterrupt
    return told


def _seen(tally: Tally, kind: str, *words: object) -> Result:
    """What a command says may be looked at."""
    told = _called(*words)
    with tally.tried(kind, " ".join(map(str, words))):
        assert told.exception is None or isinstance(told.exception, SystemExit), repr(told.exception)
        assert told.exit_code == 0, told.stderr
        _harmless(told.stdout_bytes.decode())
        _harmless(told.stderr)
    return told


def _harmless(text: str) -> None:
    assert "Traceback" not in text
    assert "mistake in kaptui" not in text
    assert not (found := hostile_text.controls(text.replace("\r\n", "\n"))), f"{len(found)} controls: {found[:5]}"


def _questions(tally: Tally, portfolio: Portfolio, file: Path) -> None:
    """Every answer in every format; what is read back is what the engine answers."""
    for question in PANELS:
        for form in ("table", "markdown", "json"):
            told = _seen(tally, f"show, {form}", "show", question, file, "--format", form)
        frame = portfolio.ask(question, Filters())
        texts = [name for name, kind in frame.schema.items() if kind == pl.String]
        with tally.tried("json, csv, Parquet and Excel give texts back", question):
            there = [[row[name] for name in texts] for row in frame.to_dicts()]
            assert [[row[name] for name in texts] for row in json.loads(told.stdout)] == there, "json"
            for form in ("csv", "parquet", "xlsx"):
                done = _called(
                    "export", question, file, "-o", f"{question}.{form}", *(["--raw"] if form == "csv" else [])
                )
                assert done.exit_code == 0, done.output[-200:]
            content = Path(f"{question}.csv").read_bytes().decode()
            written = list(csv.DictReader(io.StringIO(content, newline="")))
            assert [[row[name] or None for name in texts] for row in written] == [
                [text or None for text in row] for row in there
            ], "csv"
            assert pl.read_parquet(f"{question}.parquet").equals(frame), "Parquet"
            sheets = CalamineWorkbook.from_path(f"{question}.xlsx")
            assert sum(len(sheets.get_sheet_by_name(name).to_python()) for name in sheets.sheet_names) > frame.height
            _harmless(Path(f"{question}.csv.meta.json").read_text(encoding="utf-8"))


def _pages(tally: Tally, file: Path, names: list[str]) -> None:
    """Pages of accounts, the digest, the pack."""
    for name in names:
        _seen(tally, "account", "account", file, "--", name)
    for form, name in zip(("md", "text"), names, strict=False):
        _seen(tally, "account", "account", file, "--format", form, "--", name)
    _seen(tally, "digest", "digest", file)
    for words in (("digest", file, "-o", "x.html"), ("digest", file, "-o", "x.md"), ("pack", file, "-o", "b.html")):
        _seen(tally, "written pages", *words)
        with tally.tried("written pages", str(words[-1])):
            page = Path(words[-1]).read_text(encoding="utf-8")
            _harmless(page)
            assert not (found := _TAGS.search(page)), page[found.start() - 40 : found.end() + 40]
    _seen(tally, "written pages", "pack", file, "-o", "b.xlsx")


def _explanations(tally: Tally, portfolio: Portfolio) -> None:
    """`w` on every column of the first rows of every answer."""
    for question in PANELS:
        frame = portfolio.ask(question, Filters())
        for row in frame.head(3).to_dicts():
            for column in frame.columns:
                with tally.tried("explanation", f"{question}.{column} of {row.get('account_id')!r}"):
                    try:
                        told = portfolio.explain(f"{question}.{column}", Filters(), str(row.get("account_id") or ""))
                    except KaptuiError:
                        continue
                    for width in (30, 100):
                        _harmless("\n".join(as_text(line) for line in explained(told, width)))


def _filters(tally: Tally, portfolio: Portfolio, tries: int) -> None:
    """A filter by each value finds its accounts, and completing it offers it."""
    card = portfolio.card(Filters())
    for field in _FIELDS:
        for value in card[field].drop_nulls().unique(maintain_order=True).to_list()[:tries]:
            with tally.tried(f"filter by {field}", repr(value)):
                text = condition(field, value)
                found = portfolio.matching(Filters(text))[field].to_list()
                assert value in found, f"{text} does not find it"
                assert complete(f"{field}:{value[:1]}", len(field) + 2, card) is not None


async def _dashboard(tally: Tally, file: Path, size: tuple[int, int]) -> None:
    """Every key that opens or says something, on every panel of every screen and of a page."""
    app = KaptuiApp(lambda: Portfolio.open(file), "kap.duckdb", Filters(), TODAY)
    try:
        async with app.run_test(size=size):
            pilot = Driver(app)
            await settled(pilot)
            for mode in "0123456":
                await _walk(tally, pilot, app, f"screen {mode}", mode)
            await press(pilot, "1", "g", "enter")
            for tab in "123456":
                await _walk(tally, pilot, app, f"page {tab}", tab)
            await press(pilot, "escape", "1")
            for field in _FIELDS:
                await press(pilot, "slash", *field, "colon", "down", "down")
                _look(tally, app, f"completing {field}")
                await press(pilot, "enter")
                _look(tally, app, f"chip of {field}")
                await press(pilot, "colon", "a", "down")
                _look(tally, app, "palette")
                await press(pilot, "escape", "x")
            assert not app.error_boundary.mistakes, repr(app.error_boundary.mistakes[0])
    finally:
        app.close_portfolios()


async def _walk(tally: Tally, pilot: Driver, app: KaptuiApp, place: str, key: str) -> None:
    await press(pilot, key)
    seen: set[str] = set()
    for _ in range(_PANELS):
        for each in (*_HERE, *(_EVERYWHERE if not seen else ())):
            await press(pilot, each)
            _look(tally, app, f"{place}, {each}")
        await press(pilot, "escape", "tab")
        focused = str(app.focused and app.focused.parent and app.focused.parent.id)
        if focused in seen:
            break
        seen.add(focused)


def _look(tally: Tally, app: KaptuiApp, after: str) -> None:
    with tally.tried(f"screen of {app.size.width} x {app.size.height}", after):
        sound(app, after)
        _harmless("\n".join(screen_lines(app)))


def _terminal(tally: Tally, work: Path, file: Path) -> None:
    """What reaches a real terminal, byte for byte."""
    (work / "tmp").mkdir(exist_ok=True)
    environment = {name: value for name, value in surroundings(work).items() if name != "COLUMNS"}
    with (
        PseudoTerminal(environment, str(file)) as terminal,
        tally.tried("bytes of a terminal", "screens 0 to 6"),
    ):
        terminal.read_until(b"Overview")
        terminal.read_until_quiet()
        for keys in (*b"01\r123456", b"\x1b", *b"123456", *_TYPED):
            terminal.press(keys if isinstance(keys, bytes) else bytes([keys]))
            terminal.read_for(1.0)
        terminal.press(b"q")
        terminal.end(None)
        assert terminal.code == 0, terminal.code
        told = _OWN.sub(b"", terminal.written)
        assert not (found := [told[at.start() : at.end() + 20] for at in _OBEYED.finditer(told)]), found[:5]
