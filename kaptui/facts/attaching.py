"""A DuckDB file attached to be read, with everything else on the disk out of reach; why it cannot be, in words."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from kaptui.common.database_errors import is_damage, is_held
from kaptui.common.sql import literal
from kaptui.errors import Exit, KaptuiError

_AGAIN = "Restore it from a copy, or make it anew with `kaptui load SOURCE -o FILE`."


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a file to read it. What it holds, a view or a macro, reaches no other file from then on.

    Raises KaptuiError: not a DuckDB file, damaged, may not be read, or busy.
    """
    place = str(path.resolve())
    allowed = ", ".join(map(literal, (place, f"{place}.wal")))
    try:
        connection.execute(f"set allowed_paths = [{allowed}]; set enable_external_access = false")
        connection.execute(f"attach {literal(place)} as {name} (read_only)")
    except duckdb.Error as error:
        raise explained(path, error) from error


def explained(path: Path, error: duckdb.Error) -> KaptuiError:
    """Why a file cannot be read, and what to do; an interrupt is none of it."""
    place = path.resolve()
    if is_held(error, place):
        return KaptuiError(f"{path}: is being written by another program", "Try again in a moment.", Exit.BUSY)
    told = str(error).splitlines()[0]
    if is_damage(error):
        return KaptuiError(f"{path}: is damaged: {told}", _AGAIN)
    if isinstance(error, duckdb.IOException):
        if not os.access(path, os.R_OK):
            return KaptuiError(f"{path}: may not be read", "Ask for the right to read this file.")
        return KaptuiError(
            f"{path}: is not a kaptui file: not a DuckDB file, or one that was only half copied",
            "Copy it again, or make it anew with `kaptui load SOURCE -o FILE`.",
        )
    return KaptuiError(f"{path}: cannot be read: {told}", _AGAIN)
