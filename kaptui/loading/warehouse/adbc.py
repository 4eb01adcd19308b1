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

_ON_PYPI = frozenset({"postgresql", "snowflake", "bigquery", "flightsql", "spark", "sqlite"})
_BEFORE_THE_MESSAGE = re.compile(
    r"\[[^]]+\] |Failed to (?:connect|prepare query): |(?:ERROR|FATAL): +|connection error: desc = \"(?:transport: )?"
)
_AFTER_THE_MESSAGE = re.compile(
    r"\n(?=LINE \d+:|query:|Query was|Also searched|\s*Is the server)|"
    r"\.? SQLSTATE: |\. SQLSTATE|\"?\. Vendor code: \d+$"
)
_LINE = re.compile(r"^LINE (\d+):|SQLSTATE: \w+(?:;| \() ?line (\d+),? pos ", re.MULTILINE)

_OVER_GRPC = frozenset({"spark", "flightsql"})
_UNAVAILABLE = 14
"""These drivers connect with the first query, and have gRPC's codes: by this one nobody answers there."""

_SPARK_TOKEN = re.compile(r";\s*token\s*=", re.IGNORECASE)
_SPARK_TLS = re.compile(r"^(?:grpcs|sc\+tls):|;\s*(?:use_?)?(?:ssl|tls)\s*=", re.IGNORECASE)


class AdbcEngine:
    """One connection by a profile, opened when first needed. `work` is a folder for what the driver manager reads."""

    def __init__(self, profile: Profile, work: Path) -> None:
        self.types: Mapping[str, str] = {}
        self._profile, self._work = profile, work
        self._database: Any = None
        self._connection: Any = None
        self._statement: Any = None
        self._commits = self._cancelled = False

    def pieces(self, select: str) -> Iterator[Batches]:
        """See Engine."""
        import adbc_driver_manager

        if self._connection is None:
            self._connect()
        self._cancelled = ended = False
        self._statement = adbc_driver_manager.AdbcStatement(self._connection)
        reader = None
        try:
            self._statement.set_sql_query(f"select * from ({select}) mapped" if self._commits else select)
            handle, _ = self._statement.execute_query()
            reader = BatchReader(handle)
            self.types = reader.types
            yield reader.together([])
            yield from _pieces(reader)
            ended = True
        except (adbc_driver_manager.Error, ArrowError) as error:
            ended = not self._cancelled
            raise self._error(error, "connect" if self._is_unreached(error) else "run") from None
        finally:
            reader = None  # the stream goes before its statement
            self._statement.close()
            self._statement = None
            if ended:
                with suppress(adbc_driver_manager.Error):
                    self._connection.rollback()
            else:  # a driver may only stop listening, as Spark's does: the query ends with its session
                self.close()

    def cancel(self) -> None:
        """See Engine."""
        import adbc_driver_manager

        self._cancelled = True
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

        options = _implied(self._profile)
        if folder := self._manifest():
            options["additional_manifest_search_path_list"] = str(folder)
        try:
            self._database = adbc_driver_manager.AdbcDatabase(profile=str(self._profile.path), **options)
            self._connection = adbc_driver_manager.AdbcConnection(self._database)
        except adbc_driver_manager.Error as error:
            raise self._error(error, "connect") from None
        try:  # what a SELECT may change is never committed
            self._connection.set_autocommit(False)
        except adbc_driver_manager.Error:  # an engine without transactions: inside brackets nothing can be changed
            self._commits = True

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

    def _is_unreached(self, error: Exception) -> bool:
        """Whether a query met nobody, or nobody who let it in."""
        import adbc_driver_manager

        if not isinstance(error, adbc_driver_manager.Error):
            return False
        code, status = error.vendor_code, error.status_code
        down = self._profile.driver in _OVER_GRPC and code == _UNAVAILABLE
        return down or status == adbc_driver_manager.AdbcStatusCode.UNAUTHENTICATED

    def _error(self, error: Exception, when: When) -> EngineError:
        """What the driver says, in one line, without what it repeats of the query."""
        whole = str(error)
        if when == "connect" and "Could not load `" in whole:
            name = f"adbc-driver-{self._profile.driver}"
            fix = f"pip install {name}" if self._profile.driver in _ON_PYPI else "install it, see its own page"
            return EngineError(f'the driver "{self._profile.driver}" is not installed', when, None, fix)
        line = _LINE.search(whole)
        words = " ".join(_AFTER_THE_MESSAGE.split(whole)[0].split())
        words = re.sub(r"^[A-Z_]+: (?=\S)", "", words)
        return EngineError(_BEFORE_THE_MESSAGE.sub("", words), when, int(line[1] or line[2]) if line else None)


def _implied(profile: Profile) -> dict[str, str]:
    """What a profile means without saying it: Spark Connect sends a token only encrypted unless it says otherwise."""
    has_token = "adbc.spark.token" in profile.options or _SPARK_TOKEN.search(profile.uri)
    says_tls = "adbc.spark.tls.enabled" in profile.options or _SPARK_TLS.search(profile.uri)
    return {"adbc.spark.tls.enabled": "true"} if profile.driver == "spark" and has_token and not says_tls else {}


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
