"""`Portfolio`: opens a file, applies the model, answers questions. Safe to ask from several threads.

More than 350 lines because each of the ways to an answer is short, and all of them share what is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from types import MappingProxyType
from typing import TYPE_CHECKING

import duckdb

from kaptui import filter_language
from kaptui.common import endings
from kaptui.errors import KaptuiError, NoRule
from kaptui.filters import Context, Filters, Move
from kaptui.portfolio import open_file
from kaptui.portfolio.account_card import account_card, rows_of
from kaptui.portfolio.answers import answers
from kaptui.portfolio.catalogue import Question, catalogue, explained_by, named, own_questions
from kaptui.portfolio.choices import AskedOver, Choices
from kaptui.portfolio.database import failed, frame_of, may_be_damage, suit
from kaptui.portfolio.model import Names, model
from kaptui.portfolio.model_build import ModelKey, build
from kaptui.portfolio.model_schema import Macros, ModelSchema
from kaptui.portfolio.prepared_copy import PreparedCopies, PreparedCopy
from kaptui.portfolio.sums import SUMS, as_summands
from kaptui.portfolio.what_if import build as build_what_if
from kaptui.resources import SAMPLE, query_text, sample_dir

if TYPE_CHECKING:
    import polars as pl

_CHOICES_KEPT = 3
_WHAT_IFS_KEPT = 8
_FILTERS_KEPT = 4
_ANSWERS_KEPT = 12
_ANSWERS_READ_KEPT = 4
_CLOSING_SECONDS = 1.0


class Portfolio:
    """The facts of one file in memory.

    Every set of choices (as-of, since, basis, window) has a schema of its own with the model built for it; every
    ask runs on its own cursor in a transaction that is rolled back, so that its `selection` is seen by nobody else.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str, queries: Path | None = None) -> None:
        self.name = name
        self.remarks: tuple[str, ...] = ()
        self.arguments: tuple[str, ...] = ()
        """Words of a command line that open the same portfolio; none where it is in no file."""
        self.questions = catalogue(queries)
        self.own_questions = own_questions(self.questions)
        self.choices_kept = _CHOICES_KEPT
        """Of how many sets of choices the model stays; what is asked of one more builds it again."""
        self._connection = connection
        self._kept: dict[ModelKey, Choices] = {}
        self._built = 0
        self._macros = Macros()
        self._unused: list[str] = []
        self._building = threading.RLock()
        self._lock = threading.Lock()
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._closing = threading.Lock()
        self._closed, self._close_by = False, 0.0
        self._copies: PreparedCopies | None = None
        self._mark: str | None = None
        self._copy: PreparedCopy | None = None
        self._counts: dict[str, int] | None = None
        self._small = suit(connection)
        connection.execute("set enable_external_access = false")

    @classmethod
    def open(cls, path: Path, queries: Path | None = None, copies: PreparedCopies | None = None) -> Portfolio:
        """The portfolio in `path`; KaptuiError if it cannot be read (see `open_file.read`).

        `copies` is where a prepared copy may be found, and `keep` puts one.
        """
        open_file.refuse(path)
        mark = copies.mark(path) if copies else None
        copy = copies.find(mark) if copies and mark else None
        connection, remarks = (copy.attached() if copy else None), copy.remarks if copy else ()
        if connection is None:
            connection, remarks = open_file.read(path)
            copy = None
        portfolio = cls(connection, path.name, queries)
        portfolio.remarks = remarks
        if copies and mark and mark == copies.mark(path):
            portfolio._copies, portfolio._mark, portfolio._copy = copies, mark, copy
        own = ("--queries", str(queries)) if queries is not None else ()
        portfolio.arguments = (f"./{path}" if str(path).startswith("-") else str(path), *own)
        return portfolio

    @classmethod
    def demo(cls, queries: Path | None = None) -> Portfolio:
        """The sample portfolio that travels with kaptui, in memory; nothing is written."""
        return cls(open_file.sample(sample_dir()), SAMPLE, queries)

    @classmethod
    def over(cls, connection: duckdb.DuckDBPyConnection, name: str, queries: Path | None = None) -> Portfolio:
        """The portfolio in an in-memory database that already holds the facts; `name` is shown on screen."""
        return cls(connection, name, queries)

    def context(self, filters: Filters) -> Context:
        """The reader's choices with every default settled; UsageError on a bad `since`."""
        with self._chosen(filters) as choices:
            return choices.context

    def card(self, filters: Filters) -> pl.DataFrame:
        """The account card: one row per account of the file, a column per filter field, `factor.CODE` per factor."""
        with self._chosen(filters) as choices:
            return self._card(choices)

    def matching(self, filters: Filters) -> pl.DataFrame:
        """The card's rows that satisfy `filters.where`; UsageError where the text is wrong."""
        with self._chosen(filters) as choices:
            return self._matching(choices, filters.where)

    def ask(self, question: str, filters: Filters) -> pl.DataFrame:
        """The answer to one question over the accounts that `filters` leaves; columns as promised, rows in order."""
        return self._answer(named(question, self.questions), filters)

    def explain(self, measure: str, filters: Filters, account_id: str = "", item: str = "") -> pl.DataFrame:
        """Why a number is what it is: rows `part` (value, rule, lift, input, note), label, value, kind, words, ...

        `measure` is a column, or `question.column`; `account_id` is empty for a number of the whole portfolio;
        `item` tells the numbers of one account apart: a factor's code, a side, a month. NoRule: nothing
        explains this measure.
        """
        column = measure.rpartition(".")[2]
        (told,) = self.explain_alike([(measure, item)], filters, account_id)
        if told.is_empty():
            raise NoRule(f"Nothing is known about '{column}' here", "It may be empty in the file.")
        return told

    def explain_alike(
        self, numbers: Sequence[tuple[str, str]], filters: Filters, account_id: str = ""
    ) -> list[pl.DataFrame]:
        """The same for several numbers, each a measure and its item, of which one question explains all.

        What it reads of other answers is asked for once. Where nothing is known the frame is empty.
        """
        explanation = explained_by(numbers[0][0], account_id)
        if explanation is None:
            column = numbers[0][0].rpartition(".")[2]
            raise NoRule(f"'{column}' has no explanation of its own", "w on an account's numbers says more.")
        about = [(measure.rpartition(".")[2], account_id, item) for measure, item in numbers]
        return self._answers(explanation, filters, about)

    def _answer(self, asked: Question, filters: Filters) -> pl.DataFrame:
        """Answer one question over the accounts chosen."""
        return self._answers(asked, filters, (None,))[0]

    def _answers(
        self, asked: Question, filters: Filters, about: Sequence[tuple[str, str, str] | None]
    ) -> list[pl.DataFrame]:
        """Answer one question over the accounts chosen, once for each that an explanation is asked `about`."""
        where = filters.where if filters.where.strip() else ""
        with self._chosen(filters) as choices, self._cursor() as cursor:
            try:
                schema = self._what_if(choices, filters.moves, cursor) if filters.moves else choices.model
                if (asked.summed or (asked.ahead and not where)) and self._small and not filters.moves:
                    return [self._summed(choices, asked, filters, where, cursor)]
                exited = self._asks_for_exited(choices, where)
                if asked.by_account and where:
                    whole = self._whole(choices, schema, asked, exited, cursor)
                    return [rows_of(whole, self._left(choices, filters, where))]
                accounts = self._left(choices, filters, where).select("account_id") if where else None
                read = self._read(choices, asked, filters) if about[0] else {}
                return self._run(schema, asked, cursor, AskedOver(accounts, exited, about), read)
            except duckdb.Error as error:
                raise failed(asked.name, error) from error

    def _whole(
        self, choices: Choices, schema: ModelSchema, asked: Question, exited: bool, cursor: duckdb.DuckDBPyConnection
    ) -> pl.DataFrame:
        """The answer over all accounts, asked for once; of many questions the latest few are kept."""
        key = (schema.name, asked.name, exited)
        with self._lock:
            whole = choices.whole.pop(key, None)
        if whole is None:
            (whole,) = self._run(schema, asked, cursor, AskedOver(None, exited))
        with self._lock:
            choices.whole[key] = whole
            while len(choices.whole) > _ANSWERS_KEPT:
                del choices.whole[next(iter(choices.whole))]
        return whole

    def _summed(
        self, choices: Choices, asked: Question, filters: Filters, where: str, cursor: duckdb.DuckDBPyConnection
    ) -> pl.DataFrame:
        """The answer over all, asked for once, or what `sums` adds up: what it rests on is asked for once, too."""
        known = choices.summands
        if asked.name not in known:
            (known[asked.name],) = self._run(choices.model, asked, cursor, AskedOver(None, exited=False))
        if not where:
            return known[asked.name]
        summed = SUMS[asked.name]
        if summed.table not in known:
            sql = query_text("runtime", summed.table)
            choices.model.require(cursor, model().named_in(Names.of(sql)))
            known[summed.table] = as_summands(frame_of(cursor, sql))
        return summed.answer(known[asked.name], rows_of(known[summed.table], self._left(choices, filters, where)))

    def _read(self, choices: Choices, asked: Question, filters: Filters) -> Mapping[str, pl.DataFrame]:
        """The answers that an explanation reads: the latest few are kept, for the next number of the same panel."""
        read = {}
        for each in asked.reads(self.questions):
            key = (each.name, filters)
            with self._lock:
                answer = choices.read.pop(key, None)
            if answer is None:
                answer = self._answer(each, filters)
            with self._lock:
                choices.read[key] = read[each.name] = answer
                while len(choices.read) > _ANSWERS_READ_KEPT:
                    del choices.read[next(iter(choices.read))]
        return read

    def _run(
        self,
        schema: ModelSchema,
        asked: Question,
        cursor: duckdb.DuckDBPyConnection,
        over: AskedOver,
        known: Mapping[str, pl.DataFrame] = MappingProxyType({}),
    ) -> list[pl.DataFrame]:
        """Run the SQL of one question, in a transaction of its own that nobody else sees.

        `known` are answers that it reads; others are asked for.
        """
        read = [each for each in asked.reads(self.questions) if each.name not in known]
        schema.require(cursor, {name for each in (*read, asked) for name in model().named_in(each.names)})
        return answers(cursor, asked, read, known, over)

    def _left(self, choices: Choices, filters: Filters, where: str) -> pl.DataFrame:
        """The accounts that the filters leave, where they are to be told by other filters, those."""
        return self.matching(filters.selected_by) if filters.selected_by else self._matching(choices, where)

    def _matching(self, choices: Choices, where: str) -> pl.DataFrame:
        """The card's rows that satisfy `where`; the latest few answers are kept, six panels ask the same."""
        card = self._card(choices)
        if not where.strip():
            return card
        with self._lock:
            found = choices.matching.get(where)
        if found is None:
            found = filter_language.apply(where, card)
            with self._lock:
                while len(choices.matching) >= _FILTERS_KEPT:
                    del choices.matching[next(iter(choices.matching))]
                choices.matching[where] = found
        return found

    def _asks_for_exited(self, choices: Choices, where: str) -> bool:
        """Whether the filter names accounts that left the programme: then every question lists them."""
        if not where:
            return False
        return filter_language.asks_for(where, filter_language.factor_columns(self._card(choices)), "status", "exited")

    def _card(self, choices: Choices) -> pl.DataFrame:
        if choices.card is None:
            with self._cursor() as cursor:
                choices.model.require(cursor, ("account_card", "factor_score"))
                choices.card = account_card(cursor)
        return choices.card

    def prepare(self, filters: Filters) -> None:
        """Build what any question may need of the model, so that its first ask is as quick as the next.

        Not where much data would keep others waiting. KaptuiError where it is stopped.
        """
        if not self._small:
            return
        with self._chosen(filters) as choices, self._cursor() as cursor:
            for each in self.questions.values():
                try:
                    choices.model.require(cursor, model().named_in(each.names))
                except duckdb.Error as error:
                    raise failed(each.name, error) from error

    def ask_ahead(self, filters: Filters) -> None:
        """Ask what takes long to plan, over all accounts: whoever asks next has it. As `prepare`, and after it."""
        if self._small:
            for each in self.questions.values():
                if each.ahead:
                    self.ask(each.name, replace(filters, where="", moves=(), selected_by=None))

    def keep(self, filters: Filters) -> bool:
        """Keep the facts, and what was built for `filters` so far, as a prepared copy; whether one is there now."""
        if self._copies is None or self._mark is None:
            return False
        chosen = ModelKey.of(filters).on(date.today())
        if self._copy is not None and self._copy.choices == chosen:
            return True
        with self._chosen(filters) as choices, self._cursor() as cursor:
            tables = choices.model.lasting()
            return self._copies.keep(self._mark, self.remarks, chosen, tables, cursor)

    def reviews(self, filters: Filters) -> list[tuple[str, date]]:
        """The review points before as-of with their days, the latest first."""
        with self._chosen(filters) as choices, self._cursor() as cursor:
            cursor.execute(f"set search_path = '{choices.model.path}'")
            return cursor.execute(query_text("runtime", "reviews")).fetchall()

    def rows(self, table: str) -> int:
        """How many rows the fact table has in this file; 0 for a table the file does not know."""
        if self._counts is None:
            with self._cursor() as cursor:
                self._counts = dict(cursor.execute(query_text("runtime", "row_counts")).fetchall())
        return self._counts.get(table, 0)

    def interrupt(self) -> None:
        """Stop every query that is running now; those who asked get a KaptuiError."""
        for cursor in list(self._cursors):
            cursor.interrupt()

    def close(self) -> None:
        """Stop what runs and release the memory. Asking afterwards is a KaptuiError."""
        self._closed = True
        self._close_by = self._close_by or monotonic() + _CLOSING_SECONDS
        with self._closing:
            while self._cursors and monotonic() < self._close_by:  # a connection with a running query refuses to close
                self.interrupt()
                sleep(0.01)
            if self._cursors:
                endings.never_ends("a question")
            else:
                self._connection.close()

    @contextmanager
    def _chosen(self, filters: Filters) -> Iterator[Choices]:
        """What stands for these choices, built if need be; it stays as long as somebody asks."""
        key, today = ModelKey.of(filters), date.today()
        with self._building:
            choices = self._kept.get(key)
            if choices is None:
                with self._cursor() as cursor:
                    self._built += 1
                    cursors = self._cursor if self._small else None  # much data keeps all processors busy as it is
                    name, ready = f"choice_{self._built}", self._ready(key, today)
                    choices = Choices(*build(cursor, name, key, today, ready, cursors, self._macros))
                    self._kept[key] = choices
                    self._drop_oldest(cursor)
            choices.asked_by += 1
        try:
            yield choices
        finally:
            with self._building:
                choices.asked_by -= 1

    def _ready(self, key: ModelKey, today: date) -> Set[str]:
        """The tables of this model that the prepared copy holds."""
        return self._copy.tables if self._copy and self._copy.choices == key.on(today) else frozenset()

    def _drop_oldest(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Keep the latest few choices, and whatever is being asked."""
        for key, choices in list(self._kept.items())[:-1]:
            if len(self._kept) > self.choices_kept and not choices.asked_by:
                del self._kept[key]
                self._unused += [schema.name for schema in (choices.model, *choices.what_ifs.values())]
        self._drop_unused(cursor)

    def _drop_unused(self, cursor: duckdb.DuckDBPyConnection) -> None:
        while self._unused:  # one whose dropping was stopped is dropped the next time
            cursor.execute(f"drop schema if exists {self._unused[-1]} cascade")
            self._unused.pop()

    def _what_if(self, choices: Choices, moves: tuple[Move, ...], cursor: duckdb.DuckDBPyConnection) -> ModelSchema:
        """The schema of a what-if, built if need be; of many tried, the latest few are kept."""
        with self._building:
            schema = choices.what_ifs.pop(moves, None)
            if schema is None:
                self._built += 1
                schema = build_what_if(cursor, f"what_if_{self._built}", choices.model, moves)
            choices.what_ifs[moves] = schema  # the latest now: the oldest goes
            while len(choices.what_ifs) > _WHAT_IFS_KEPT and choices.asked_by == 1:
                self._unused.append(choices.what_ifs.pop(next(iter(choices.what_ifs))).name)
            self._drop_unused(cursor)
        return schema

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that `interrupt` reaches; KaptuiError where it was stopped, or the portfolio is closed."""
        if self._closed:
            raise KaptuiError(f"{self.name}: already closed", "Open it again.")
        cursor = self._connection.cursor()
        self._cursors.add(cursor)
        try:
            yield cursor
        except duckdb.InterruptException as error:
            raise KaptuiError("stopped", "Ask again.") from error
        except (duckdb.Error, KaptuiError) as error:
            if self._copy is not None and may_be_damage(error) and not self._copy.is_whole():
                raise KaptuiError("the prepared copy was damaged meanwhile", "r reads the file itself.") from error
            raise
        finally:
            self._cursors.discard(cursor)
            cursor.close()
