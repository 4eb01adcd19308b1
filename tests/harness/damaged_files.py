"""DuckDB files with damaged bytes: 200 with a bit flipped, 100 cut, 20 with a block zeroed, 3 with a log that is none.

Read and judged as `duckdb_files` does; a run of their own, which ends in minutes.
"""

from __future__ import annotations

from tests.harness import duckdb_files
from tests.harness.tally import Tally

TRIES = 323
_KINDS = frozenset({"bit flipped", "cut", "block zeroed", "log beside it"})


def run(tally: Tally, tries: int, seed: int) -> None:
    """Damage as many files and read each in three ways."""
    duckdb_files.read_all(tally, min(tries / TRIES, 1.0), seed, _KINDS)
