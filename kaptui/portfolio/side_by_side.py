"""Statements that make one thing after another, run side by side where none needs what the other makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from threading import Condition, Thread

import duckdb

_MAKES = re.compile(r"(?:\s|--[^\n]*\n)*(?:create (table|view|macro)|(insert) into|(comment) on (?:macro )?\w+) (\w+)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Script:
    """Statements, and for the place of each the places of those that must have run before."""

    statements: Sequence[duckdb.Statement]
    waits_for: Sequence[frozenset[int]]


def script(texts: Iterable[str], beside: Iterable[str] = ()) -> Script:
    """The statements of `texts`, each waiting for what it names and for what the macros that it names name.

    The macros of `beside` are there already; they too may name what these statements make. Raises ValueError where a
    statement does not begin with what it makes: nobody could wait for it.
    """
    statements = _statements(texts)
    made: dict[str, set[int]] = {}
    macros: dict[str, set[str]] = {}
    for each in _statements(beside):
        _remember(each.query, macros)
    waits_for = []
    for place, each in enumerate(statements):
        named = _reach(_words(each.query), macros)
        waits_for.append(frozenset(before for name in named for before in made.get(name, ())))
        made.setdefault(_remember(each.query, macros), set()).add(place)
    return Script(statements, waits_for)


def _statements(texts: Iterable[str]) -> list[duckdb.Statement]:
    return [each for text in texts for each in duckdb.extract_statements(text)]


def _remember(sql: str, macros: dict[str, set[str]]) -> str:
    """The name of what a statement makes; the words of a macro are kept."""
    begins = _MAKES.match(sql)
    if begins is None:
        raise ValueError(f"what does this make? {sql}")
    if begins[1] == "macro":
        macros.setdefault(begins[4], set()).update(_words(sql))
    return begins[4]


def _words(sql: str) -> set[str]:
    return set(_WORD.findall(sql))


def _reach(words: set[str], macros: dict[str, set[str]]) -> set[str]:
    """`words` with those of the macros among them, theirs, and so on."""
    reached, ahead = set(words), [word for word in words if word in macros]
    while ahead:
        fresh = macros[ahead.pop()] - reached
        reached |= fresh
        ahead += [word for word in fresh if word in macros]
    return reached


def run(given: Script, cursors: Sequence[duckdb.DuckDBPyConnection]) -> None:
    """Run every statement once, as many at a time as there are cursors; what one makes the others must see at once.

    The first error stops all and is raised, Ctrl+C too.
    """
    turns = _Turns(given, cursors)
    others = [Thread(target=turns.work, args=(cursor,), name="build", daemon=True) for cursor in cursors[1:]]
    for other in others:
        other.start()
    turns.work(cursors[0])
    try:
        for other in others:
            other.join()
    except KeyboardInterrupt as error:
        turns.stop(error)
        for other in others:
            other.join()
    if turns.error is not None:
        raise turns.error


class _Turns:
    """Gives each who asks the next statement that need not wait any more."""

    def __init__(self, given: Script, cursors: Sequence[duckdb.DuckDBPyConnection]) -> None:
        self.error: BaseException | None = None
        self._statements, self._cursors = given.statements, cursors
        self._order: TopologicalSorter[int] = TopologicalSorter(dict(enumerate(given.waits_for)))
        self._order.prepare()
        self._ready: list[int] = []
        self._changed = Condition()

    def work(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Run what is ready until all is done or somebody fails."""
        try:
            place = self._next()
            while place is not None:
                cursor.execute(self._statements[place])
                place = self._next(place)
        except BaseException as error:  # noqa: BLE001 - raised again by the one who waits for all
            self.stop(error)

    def stop(self, error: BaseException) -> None:
        """Let nobody begin another statement, and interrupt those that run."""
        with self._changed:
            self.error = self.error or error
            self._changed.notify_all()
        for each in self._cursors:
            each.interrupt()

    def _next(self, done: int | None = None) -> int | None:
        with self._changed:
            if done is not None:
                self._order.done(done)
                self._changed.notify_all()
            while True:
                self._ready += self._order.get_ready()
                if self.error is not None or not self._order.is_active():
                    return None
                if self._ready:
                    self._ready.sort(reverse=True)  # the earliest first: much waits for it
                    return self._ready.pop()
                self._changed.wait()
