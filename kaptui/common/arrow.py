"""A frame or a relation reduced to its Arrow stream."""

from __future__ import annotations

from typing import Any, Protocol


class HasArrowStream(Protocol):
    """Whatever hands out an Arrow stream: a Polars frame, a relation of DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The stream as a capsule."""


class ArrowStream:
    """The stream of a frame or a relation, and nothing else of it.

    DuckDB scans that without pyarrow, which it would ask for where it knows the class, and also where the relation
    belongs to another connection.
    """

    def __init__(self, source: HasArrowStream) -> None:
        self._source = source

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self._source.__arrow_c_stream__(requested_schema)
