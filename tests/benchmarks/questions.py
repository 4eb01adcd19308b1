"""Opening a file and asking every question, against one bare rollup by account of the same months."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .figures import Figure, once, timed
from .portfolios import Portfolios, apart

ROLLUP = """
select account_id, sum(revenue)::double as revenue, sum(cogs)::double as cogs, sum(cost_to_serve)::double as served
from financial_period where scenario = 'actual' and period_start between $start and $end group by account_id
"""


def measure(portfolios: Portfolios) -> Iterator[Figure]:
    """The small portfolio, then the large one; a question about one account is asked about one."""
    for accounts in portfolios.sizes:
        yield from apart(_ask_all, portfolios.file(accounts), f"{accounts:,}")


def _ask_all(file: Path, size: str) -> list[Figure]:
    from kaptui.filters import Filters
    from kaptui.portfolio import Portfolio

    copied = once(lambda: _copy(file).close())
    opened: list[Portfolio] = []
    figures = [Figure(f"{size}: open", once(lambda: opened.append(Portfolio.open(file))), copied, note="floor: copy")]
    portfolio = opened[0]
    everyone = Filters()
    built = once(lambda: portfolio.card(everyone))
    context = portfolio.context(everyone)
    floor = rollup(file, context.window_start, context.window_end)
    again = once(lambda: portfolio.card(Filters(window="ytd")))
    figures.append(Figure(f"{size}: build the model, with imports", built, floor))
    figures.append(Figure(f"{size}: build the model for other choices", again, floor))
    one = Filters(where=f'account_id:"{portfolio.card(everyone)["account_id"][0]}"')
    for name in portfolio.questions:
        about = one if name.startswith("account_") else everyone
        first = once(lambda name=name, about=about: portfolio.ask(name, about))  # type: ignore[misc]
        again = timed(lambda name=name, about=about: portfolio.ask(name, about))  # type: ignore[misc]
        rows = portfolio.ask(name, about).height
        figures.append(Figure(f"{size}: {name}", again, floor, note=f"{rows:,} rows, first time {first * 1000:,.0f}"))
    portfolio.close()
    return figures


def rollup(file: Path, start: object, end: object) -> float:
    """How long bare DuckDB takes to add up these days by account, in memory, to a Polars frame."""
    import polars as pl

    connection = _copy(file)
    try:
        return timed(lambda: pl.DataFrame(connection.sql(ROLLUP, params={"start": start, "end": end})))
    finally:
        connection.close()


def _copy(file: Path):  # type: ignore[no-untyped-def]
    """Every table of the file in memory, by hand."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.execute(f"attach '{file}' as source (read_only)")
    tables = connection.execute("select table_name from duckdb_tables() where database_name = 'source'").fetchall()
    for (table,) in tables:
        connection.execute(f'create table "{table}" as from source."{table}"')
    connection.execute("detach source")
    return connection
