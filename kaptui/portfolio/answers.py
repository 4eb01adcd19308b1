"""Asking one question: over which accounts, about which numbers, in a transaction that nobody else sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kaptui.common.arrow import ArrowStream
from kaptui.portfolio.database import calendar_days, frame_of, refuse_statement, undone
from kaptui.resources import query_text

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from kaptui.portfolio.catalogue import Question
    from kaptui.portfolio.choices import AskedOver


def answers(
    cursor: duckdb.DuckDBPyConnection,
    asked: Question,
    read: Iterable[Question],
    known: Mapping[str, pl.DataFrame],
    over: AskedOver,
) -> list[pl.DataFrame]:
    """What `asked` answers over these accounts, once for each number that it is asked about.

    `read` are the questions whose answers it reads, asked once; `known` such answers by their names. duckdb.Error: its
    SQL is wrong, or it was stopped. The model must be there.
    """
    with undone(cursor):
        if over.accounts is None:
            cursor.execute(query_text("runtime", "select_all"))
        else:
            cursor.register("chosen", ArrowStream(over.accounts))
            cursor.execute(query_text("runtime", "select_chosen"))
        if over.exited:
            cursor.execute(query_text("runtime", "name_exited"))
        for each in read:
            cursor.execute(f"create temp table panel_{each.name} as {each.sql}")
        for name, answer in known.items():
            cursor.register("known", ArrowStream(answer))
            cursor.execute(f"create temp table panel_{name} as from known")
        return [_answer(cursor, asked, about) for about in over.about]


def _answer(cursor: duckdb.DuckDBPyConnection, asked: Question, about: tuple[str, str, str] | None) -> pl.DataFrame:
    """What the question answers in this transaction, asked about this number."""
    if about is not None:
        cursor.execute(query_text("runtime", "forget_about"))
        cursor.execute(query_text("runtime", "ask_about"), about)
    if not asked.own:
        return frame_of(cursor, asked.sql)
    refuse_statement(cursor, asked.sql)
    return calendar_days(frame_of(cursor, asked.sql))
