"""An engine reached through an ADBC driver: the extra kaptui[warehouse], and the driver's own wheel."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kaptui.common.arrow_batches import ArrowError, Batches, BatchReader
from kaptui.loading.warehouse.engine import EngineError, When
from kaptui.loading.warehouse.profile import Profile

_ROWS = 65_536
_SECONDS = 0.5
"""A piece is handed on when it has so many rows, or is so old."""

_ON_PYPI = frozenset({"postgresql", "snowflake", "bigquery", "flightsql", "sqlite"})
_BEFORE_THE_MESSAGE = re.compile(r"\[[^]]+\] |Failed to (?:connect|prepare query): |(?:ERROR|FATAL): +")
_AFTER_THE_MESSAGE = re.compile(r"\n(?=LINE \d+:|query:|Query was|Also searched|\s*Is the server)|\. SQLSTATE")


class AdbcEngine:
    """One connection by a profile, opened when first needed. `work` is a folder for what the driver manager reads."""

    def __init__(self, profile: Profile, work: Path) -> None:
        self.types: Mapping[str, str] = {}
        self._profile, self._work = profile, work
        self._database: Any = None
        self._connection: Any = None
        self._statement: Any = None

    def pieces(self, select: str) -> Iterator[Batches]:
        """See Engine."""
        import adbc_driver_manager

        if self._connection is None:
            self._connect()
        self._statement = adbc_driver_manager.AdbcStatement(self._connection)
        reader = None
        try:
            self._statement.set_sql_query(select)
            handle, _ = self._statement.execute_query()
            reader = BatchReader(handle)
            self.types = reader.types
            yield reader.together([])
            yield from _pieces(reader)
        except (adbc_driver_manager.Error, ArrowError) as error:
            raise self._error(error, "run") from None
        finally:
            reader = None  # the stream goes before its statement
            self._statement.close()
            self._statement = None
            with suppress(adbc_driver_manager.Error):
                self._connection.rollback()

    def cancel(self) -> None:
        """See Engine."""
        import adbc_driver_manager

        for each in (self._statement, self._connection):  # drivers know one or the other, some neither
            if each is not None:
                with suppress(adbc_driver_manager.Error):
                    each.cancel()

    def close(self) -> None:
        """See Engine."""
        import adbc_driver_manager

        for each in (self._connection, self._database):
            if each is not None:
                with suppress(adbc_driver_manager.Error):
                    each.close()
        self._connection = self._database = None

    def _connect(self) -> None:
        import adbc_driver_manager

        manifests = {}
        if folder := self._manifest():
            manifests["additional_manifest_search_path_list"] = str(folder)
        try:
            self._database = adbc_driver_manager.AdbcDatabase(profile=str(self._profile.path), **manifests)
            self._connection = adbc_driver_manager.AdbcConnection(self._database)
        except adbc_driver_manager.Error as error:
            raise self._error(error, "connect") from None
        with suppress(adbc_driver_manager.Error):  # what a SELECT may change is never committed
            self._connection.set_autocommit(False)

    def _manifest(self) -> Path | None:
        """A folder where the driver manager finds the driver's wheel by its name; without one it looks elsewhere."""
        wheel = find_spec(f"adbc_driver_{self._profile.driver}")
        library = f"libadbc_driver_{self._profile.driver}.so"  # so called on every system
        found = [Path(place) / library for place in (wheel.submodule_search_locations or [] if wheel else [])]
        if not found or not found[0].is_file():
            return None
        folder = self._work / "drivers"
        folder.mkdir(exist_ok=True)
        shared = str(found[0]).replace("\\", "\\\\").replace('"', '\\"')
        manifest = f'manifest_version = 1\n[Driver]\nshared = "{shared}"\n'
        (folder / f"{self._profile.driver}.toml").write_text(manifest, encoding="utf-8")
        return folder

    def _error(self, error: Exception, when: When) -> EngineError:
        """What the driver says, in one line, without what it repeats of the query."""
        whole = str(error)
        if when == "connect" and "Could not load `" in whole:
            name = f"adbc-driver-{self._profile.driver}"
            fix = f"pip install {name}" if self._profile.driver in _ON_PYPI else "install it, see its own page"
            return EngineError(f'the driver "{self._profile.driver}" is not installed', when, None, fix)
        line = re.search(r"^LINE (\d+):", whole, re.MULTILINE)
        words = " ".join(_AFTER_THE_MESSAGE.split(whole)[0].split())
        words = re.sub(r"^[A-Z_]+: (?=\S)", "", words)
        return EngineError(_BEFORE_THE_MESSAGE.sub("", words), when, int(line[1]) if line else None)


def _pieces(reader: BatchReader) -> Iterator[Batches]:
    """The rows in pieces that are worth an insert each; those of a slow query as they come."""
    batches, rows, since = [], 0, time.monotonic()
    for batch in reader:
        batches.append(batch)
        rows += batch.length
        if rows >= _ROWS or time.monotonic() - since > _SECONDS:
            yield reader.together(batches)
            batches, rows, since = [], 0, time.monotonic()
    if batches:
        yield reader.together(batches)
