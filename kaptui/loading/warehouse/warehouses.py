"""The engines of one load, each connected once: what they yield, and what is told where one refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import duckdb

from kaptui.common.sql import identifier
from kaptui.facts.schema import SchemaTable
from kaptui.loading.cells import Cells, known_name
from kaptui.loading.findings import Finding
from kaptui.loading.mapping_text import MappingError
from kaptui.loading.staging import Stage
from kaptui.loading.warehouse.adbc import AdbcEngine
from kaptui.loading.warehouse.engine import Engine, EngineError, Piece
from kaptui.loading.warehouse.profile import Profile, find_profile
from kaptui.loading.warehouse.query import Query, store_piece

_FIRST_WORD = re.compile(r"(?:\s|\(|--[^\n]*(?:\n|$)|/\*.*?\*/)*(\w+)", re.DOTALL)
_AFTER_THE_SELECT = re.compile(r";(\s|--[^\n]*(\n|$))*\Z")
"""Drivers put the SELECT into brackets: a semicolon, or a comment without an end of its line, would spoil them."""
_DAY_IN_A_ZONE = {
    "bigquery": "date({column}, 'Europe/Berlin')",
    "snowflake": "convert_timezone('Europe/Berlin', {column})::date",
    "spark": "cast(convert_timezone(current_timezone(), 'Europe/Berlin', cast({column} as timestamp_ntz)) as date)",
}
"""The day of a moment in the SQL of these drivers' engines; elsewhere as in PostgreSQL."""
_ASKS = frozenset({"select", "with", "from", "table", "values"})
_LOGIN = re.compile(
    r"authentication(?! handshake)|authenticate|unauthori[sz]|password|access denied|credential|invalid_grant|"
    r"forbidden|role .* does not exist",
    re.IGNORECASE,
)
_NO_CELL = re.compile(r"BLOB|INTERVAL|BIT|STRUCT.*|MAP.*|UNION.*|.*\[\d*\]")
_MONEY = "money"
"""PostgreSQL's type of this name arrives as a whole number of its smallest unit."""
_NUMBERS_AS_TEXT = frozenset({"numeric", "decimal"})
"""Engines' own types that arrive as text, though nothing about their numbers is to be asked."""


class Told(Exception):
    """A profile that cannot be used, as an earlier mapping has told already."""


@dataclass(slots=True)
class Warehouses:
    """The engines by the names of their profiles, in the mapping's `folder`. `failed`: told, and not tried again."""

    into: Stage
    folder: Path
    engines: dict[str, tuple[Profile, Engine]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def cells(self, table: SchemaTable, file: str, select: str, name: str, raw: str) -> Cells:
        """What the SELECT of a mapping's `file` yields where profile `name` leads, as texts in the new table `raw`.

        Raises MappingError, and Told instead where an earlier mapping of this load met the same.
        """
        if name in self.failed:
            raise Told
        word = _FIRST_WORD.match(select)
        if word is None or word[1].lower() not in _ASKS:
            raise MappingError("must hold one SELECT and nothing else", "put one SELECT per table into its own file")
        profile, engine = self._engine(name)
        try:
            return self._copy(table, file, _AFTER_THE_SELECT.sub("", select) + "\n", profile, engine, raw)
        except EngineError as error:
            if error.when == "connect":
                self.failed.add(name)
            raise _refusal(profile, error) from None

    def close(self) -> None:
        """Let go of the engines."""
        for _, engine in self.engines.values():
            engine.close()
        self.engines.clear()

    def _engine(self, name: str) -> tuple[Profile, Engine]:
        if name not in self.engines:
            try:
                profile = find_profile(self.folder, name)
                if find_spec("adbc_driver_manager") is None:
                    problem = f"`-- at: {name}` needs the extra kaptui[warehouse], which is not installed"
                    raise MappingError(problem, "pip install 'kaptui[warehouse]'")
            except MappingError:
                self.failed.add(name)
                raise
            self.engines[name] = profile, AdbcEngine(profile, self.into.work)
        return self.engines[name]

    def _copy(  # noqa: PLR0913, PLR0917 - a query, where it runs and where it goes
        self, table: SchemaTable, file: str, select: str, profile: Profile, engine: Engine, raw: str
    ) -> Cells:
        connection, rows = self.into.connection, 0

        def waiting(seconds: float) -> None:
            told = f"{rows:,} rows" if rows else f"waiting {seconds:.0f} s"
            self.into.still(f"reading {table.name} at {profile.name}: {told}")

        query = Query(engine, select, waiting)
        try:
            with query:
                pieces = iter(query)
                columns, typed = _columns(connection, next(pieces), table, (profile, engine), raw)
                for piece in pieces:
                    store_piece(connection, piece, _cells(columns), f"insert into {raw}")
                    rows += piece.rows
                    waiting(0)
        finally:
            if query.left_behind:
                del self.engines[profile.name]  # its thread still holds it
        if not rows:
            problem = f"the SELECT yields no row at {profile.name}"
            self.into.findings.append(
                Finding("warning", table.name, file, None, "", "", problem, "check its tables and its where", "mapping")
            )
        return Cells(raw, columns, file, True, 1, typed=typed)


def _columns(
    connection: duckdb.DuckDBPyConnection, first: Piece, table: SchemaTable, at: tuple[Profile, Engine], raw: str
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The columns of a result, and which cells are to be asked nothing, with table `raw` made for them.

    Raises MappingError for a type that no cell of the table can hold.
    """
    connection.register("mapped", first)
    try:
        relation = connection.view("mapped")
        columns, types = tuple(relation.columns), tuple(map(str, relation.types))
    finally:
        connection.unregister("mapped")
    typed = set()
    for n, (name, kind) in enumerate(zip(columns, types, strict=True)):
        own = at[1].types.get(name, "")
        if (known := known_name(name, table.columns)) in table.columns:
            _refuse_type(known, kind, own, table.columns[known].type, at[0].driver)
        if kind != "VARCHAR" or own in _NUMBERS_AS_TEXT:
            typed.add(f"c{n}")
    store_piece(connection, first, _cells(columns), f"create or replace table {raw} as")
    return columns, frozenset(typed)


def _refuse_type(column: str, kind: str, own: str, wanted: str, driver: str) -> None:
    """Raise MappingError for a value that has no reading, or more than one."""
    if wanted in {"DATE", "TIMESTAMP"} and kind == "TIMESTAMP WITH TIME ZONE":
        problem = f"column {column} is a moment with a time zone, and its day depends on the zone"
        day = _DAY_IN_A_ZONE.get(driver, "cast({column} at time zone 'Europe/Berlin' as date)").format(column=column)
        raise MappingError(problem, f"say it in the SELECT: {day}")
    if own == _MONEY or _NO_CELL.fullmatch(kind):
        told = own or kind.lower()
        target = {"VARCHAR": "a text type", "DATE": "date"}.get(wanted, wanted.lower())
        raise MappingError(f"column {column} is of type {told}, which kaptui does not read", f"cast it to {target}")


def _cells(columns: tuple[str, ...]) -> list[str]:
    return [f"{identifier(name)}::varchar as c{n}" for n, name in enumerate(columns)]


def _refusal(profile: Profile, error: EngineError) -> MappingError:
    """What an engine says, without a secret, and what to do about it."""
    words = profile.hidden(error.words)
    if error.when == "run":
        fix = error.fix or f"correct the SELECT, it is {profile.driver}'s own SQL"
        return MappingError(f"{profile.name} says: {words}", fix, error.line)
    if error.fix:
        return MappingError(words, error.fix, None, profile.path.name)
    if _LOGIN.search(error.words):
        told = f", and the environment variable {' or '.join(profile.variables)}" if profile.variables else ""
        return MappingError(f"refused: {words}", f"check user, password or token there{told}", None, profile.path.name)
    fix = "check that the engine runs, and the address in this file"
    return MappingError(f"cannot connect: {words}", fix, None, profile.path.name)
