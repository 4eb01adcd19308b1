"""SOURCE itself as an engine: DuckDB computes what a mapping asks of files and lakes, and is stopped as others are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from kaptui.common.arrow import ArrowStream
from kaptui.common.arrow_batches import Batches, BatchReader


class LocalEngine:
    """The database in which mappings run. Errors are DuckDB's own, and ArrowError once the first rows are there."""

    def __init__(self, reader: duckdb.DuckDBPyConnection) -> None:
        self.types: Mapping[str, str] = {}
        self._reader = reader

    def pieces(self, select: str) -> Iterator[Batches]:
        """See Engine."""
        reader = BatchReader(ArrowStream(self._reader.sql(select)))
        yield reader.together([])
        for batch in reader:
            yield reader.together([batch])

    def cancel(self) -> None:
        """See Engine."""
        self._reader.interrupt()

    def close(self) -> None:
        """See Engine; the database stays with who opened it."""
