"""Makes the receipt of a load from the staged facts and the file in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kaptui import schema_text
from kaptui.common.sql import identifier
from kaptui.facts.schema import Schema, SchemaTable
from kaptui.facts.statements import run_parsed
from kaptui.loading.receipt import Known, Receipt, TableReceipt, Year
from kaptui.loading.staging import Stage
from kaptui.loading.target import origin
from kaptui.resources import query_text

_ABOVE = {"objective": "plan", "plan_review": "plan", "action": "objective"}
"""Tables that name no account: the one that leads there, by its id."""


def make_receipt(stage: Stage, schema: Schema, *, compared: bool) -> Receipt:
    """The receipt of what is staged; `compared`: the file in place is attached as `previous`."""
    connection = stage.connection
    connection.execute("use memory.facts")
    before = _columns_before(stage) if compared else {}
    corrected = _corrected(stage) if compared else {}
    tables = tuple(
        _table(stage, schema, table, before, corrected.get(table.name, 0), compared=compared)
        for table in schema.values()
    )
    moved = run_parsed(connection, query_text("load", "receipt_gone")).fetchall() if "account" in before else []
    as_of, currency = connection.execute("from load_context select as_of, currency").fetchall()[0]
    booked = connection.execute("from load_months select first_month, last_month").fetchall()
    return Receipt(
        tables,
        tuple((key, now) for key, now, was in moved if was is None),
        tuple((key, was) for key, now, was in moved if now is None),
        tuple(Known(*row) for row in run_parsed(connection, query_text("load", "receipt_known")).fetchall()),
        tuple(Year(*row) for row in run_parsed(connection, query_text("load", "receipt_years")).fetchall()),
        currency or "",
        as_of,
        booked[0] if booked else None,
        tuple(_gaps(stage, schema)),
    )


def _columns_before(stage: Stage) -> dict[str, frozenset[str]]:
    """Table -> its columns in the file in place."""
    rows = stage.connection.execute(
        "from duckdb_columns() select table_name, list(column_name) "
        "where database_name = 'previous' and schema_name = 'main' group by table_name"
    )
    return {str(table): frozenset(columns) for table, columns in rows.fetchall()}


def _corrected(stage: Stage) -> dict[str, int]:
    """How many rows of each table say something else now: this load's part of the history."""
    rows = stage.connection.execute(
        "from target.main.history h semi join target.main.kaptui_meta m on h.loaded_at = m.loaded_at "
        "select table_name, count(distinct key) where before is not null and after is not null group by table_name"
    )
    return dict(rows.fetchall())


def _table(  # noqa: PLR0913 - what a receipt is made from
    stage: Stage,
    schema: Schema,
    table: SchemaTable,
    before: Mapping[str, frozenset[str]],
    corrected: int,
    *,
    compared: bool,
) -> TableReceipt:
    rows = stage.rows[table.name]
    file = origin(stage, table.name) if rows else stage.files.get(table.name, "")
    if not compared:
        return TableReceipt(table.name, rows, file)
    if not set(table.keys[0]) <= before.get(table.name, frozenset()):
        return TableReceipt(table.name, rows, file)  # the file in place knows nothing of this table: no 0 of it
    name, keys = identifier(table.name), ", ".join(map(identifier, table.keys[0]))
    there = f"previous.main.{name}"
    was, gone = stage.connection.execute(
        f"select (select count(*) from {there}), (select count(*) from {there} anti join {name} using ({keys}))"
    ).fetchall()[0]
    at = _gone_at(stage, table, f"(from {there} anti join {name} using ({keys}))", before) if gone else []
    lost = tuple((account, count) for account, count, _ in at)
    return TableReceipt(table.name, rows, file, was, rows - was + gone, gone, corrected, lost, at[0][2] if at else 0)


def _gone_at(
    stage: Stage, table: SchemaTable, gone: str, before: Mapping[str, frozenset[str]]
) -> list[tuple[str, int, int]]:
    """The accounts at which most rows are gone: name, how many rows, and of how many accounts they are."""
    path, at = [gone], table.name
    while at in _ABOVE and f"{_ABOVE[at]}_id" in before.get(_ABOVE[at], frozenset()):
        path.append(f"previous.main.{identifier(_ABOVE[at])}")
        at = _ABOVE[at]
    if table.name == "account" or "account_id" not in before.get(at, frozenset()):
        return []
    joins = " ".join(
        f"join {each} t{number} on t{number}.{key} = t{number - 1}.{key}"
        for number, (each, key) in enumerate(zip(path[1:], _keys_on_the_way(table.name), strict=True), start=1)
    )
    rows = stage.connection.execute(
        f"select any_value(a.name), count(*) as rows, count(*) over () from {path[0]} t0 {joins} "
        f"join previous.main.account a on a.account_id = t{len(path) - 1}.account_id "
        "group by a.account_id order by rows desc, a.account_id limit 5"
    )
    return rows.fetchall()


def _keys_on_the_way(table: str) -> Sequence[str]:
    keys = []
    while table in _ABOVE:
        table = _ABOVE[table]
        keys.append(f"{table}_id")
    return keys


def _gaps(stage: Stage, schema: Schema) -> Sequence[tuple[str, str]]:
    """What is not there, and the file or column that would bring it."""
    told = schema_text.meanings()
    found = []
    for table in schema.values():
        without = told[table.name, ""].without
        if not stage.rows[table.name]:
            if _is_gap(without) and table.name != "fx_rate":  # the load warns of each rate that is missing
                found.append((without, f"no {table.name}.csv"))
            continue
        columns = [
            one.name
            for one in table.columns.values()
            if not one.required and _is_gap(told[table.name, one.name].without)
        ]
        if not columns:
            continue
        counts = ", ".join(f"count({identifier(name)})" for name in columns)
        filled = stage.connection.execute(f"from {identifier(table.name)} select {counts}").fetchall()[0]
        found += [
            (told[table.name, name].without, f"{table.name}.csv has no {name}")
            for name, count in zip(columns, filled, strict=True)
            if not count
        ]
    return found


def _is_gap(without: str) -> bool:
    """Nothing is taken instead."""
    return bool(without) and not without.startswith("then ")
