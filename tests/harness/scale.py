"""What the dashboard, an export and a pack take of 300 to 100,000 accounts: seconds, peak memory, growth.

Made-up portfolios of 36 months, each size in a process of its own, every step on top of those before it: opening, the
first visit of each screen, a filter, a sort, a page, the accounts as CSV, the pack as HTML. Size 4 of `--tries` is
100,000 accounts. A step that takes a tenth of a second at least must not grow faster than the accounts, but for a third
more per tenfold; nor must the memory that it takes beyond that of the fewest accounts, which is the program itself.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

from tests.benchmarks.portfolios import Portfolios, apart
from tests.harness.tally import Tally

TRIES = 3
SIZES = (300, 1_000, 10_000, 100_000)
_MOST = 1.12
"""Ten times the accounts may take 10 ** this, a third more than ten times: sorting does."""
_SMALL = 0.1
_SMALL_MEMORY = 100.0
"""MiB that a process holds more or less by chance."""
_PATIENCE = 900.0
_PAGES = 100
"""Accounts with a page in the pack: of 10,000 made-up ones 6,770 need somebody, each page is 20 kB."""
_RESET_PEAK = "5"

Figures = dict[str, tuple[float, float, float]]
"""By step: processor seconds of all threads, seconds on the clock, and the most MiB held meanwhile."""


def run(tally: Tally, tries: int, seed: int) -> None:
    """Measure the first `tries` sizes, print them in one table, and judge the growth of each step."""
    del seed
    sizes, measured = SIZES[:tries], {}
    with tempfile.TemporaryDirectory(prefix="kaptui-scale-") as scratch:
        portfolios = Portfolios(Path(scratch), sizes[-1])
        for size in sizes:
            measured[size] = apart(_measured, portfolios.file(size))
            print(f"{size:,} accounts measured", flush=True)
    print("\n| seconds of processor / on the clock, peak MiB | " + " | ".join(f"{size:,}" for size in sizes) + " |")
    print("|---|" + "--:|" * len(sizes))
    for step in measured[sizes[0]]:
        cells = ("{:.2f} / {:.2f}, {:.0f}".format(*measured[size][step]) for size in sizes)
        print(f"| {step} | " + " | ".join(cells) + " |")
    for few, many in pairwise(sizes):
        for step, (seconds, _, held) in measured[many].items():
            with tally.tried(f"{few:,} to {many:,}: no more memory than the accounts", step):
                program = measured[sizes[0]][step][2]
                more = (held - program) / max(measured[few][step][2] - program, _SMALL_MEMORY)
                assert more <= (many / few) ** _MOST, f"{more:.1f} times, {held:,.0f} MiB"
            with tally.tried(f"{few:,} to {many:,}: no faster than the accounts", step):
                grown = seconds / max(measured[few][step][0], _SMALL)
                assert grown <= (many / few) ** _MOST, f"{grown:.1f} times"


def _measured(file: Path) -> Figures:
    return asyncio.run(_steps(file))


@contextmanager
def _step(figures: Figures, name: str) -> Iterator[None]:
    Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
    begun, since = process_time(), perf_counter()
    yield
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    figures[name] = (process_time() - begun, perf_counter() - since, int(told["VmHWM"].split()[0]) / 1024)


async def _steps(file: Path) -> Figures:
    """Every step, one after the other, in one dashboard."""
    from kaptui import export
    from kaptui.filters import Filters
    from kaptui.pack import board
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs import SCREENS
    from kaptui.screen_specs.dashboard_state import apply_filters
    from kaptui.ui.app import KaptuiApp
    from tests.ui.harness import TODAY, Driver, settled

    figures: Figures = {}
    everyone = Filters()
    with _step(figures, "open"):
        portfolio = Portfolio.open(file)
    with _step(figures, "build the model"):
        portfolio.card(everyone)
    app = KaptuiApp(lambda: portfolio, "kap.duckdb", everyone, TODAY)
    async with app.run_test(size=(120, 36)):
        pilot = Driver(app)

        async def pressed(*keys: str) -> None:
            await pilot.press(*keys)
            await settled(pilot, _PATIENCE)

        await _timed(figures, "overview, first screen", lambda: settled(pilot, _PATIENCE))
        for place, screen in enumerate(SCREENS):
            if screen.name != "overview":
                await _timed(figures, f"{screen.name}, first visit", lambda place=place: pressed(str(place)))  # type: ignore[misc]
        await pressed("1")
        await _timed(figures, "filter", lambda: pressed("slash", *"tier", "colon", "1", "enter"))
        await pressed("x")
        await _timed(figures, "sort", lambda: pressed("s", "down", "down", "enter"))
        await _timed(figures, "last row", lambda: pressed("G"))
        await _timed(figures, "page of an account", lambda: pressed("enter"))
    with _step(figures, "accounts as CSV"):
        export.to_bytes(portfolio.ask("accounts", everyone), "csv")
    needy = portfolio.ask("attention", everyone)["account_id"].to_list()
    with _step(figures, f"pack as HTML, {_PAGES} pages"):
        board(portfolio, apply_filters(portfolio, everyone), needy[:_PAGES])
    portfolio.close()
    return figures


async def _timed(figures: Figures, name: str, work: Callable[[], Awaitable[None]]) -> None:
    with _step(figures, name):
        await work()
