"""Spoilt files: both readers say the same of each, and what is not read is told.

`tries` are files that both readers read; six in ten as many are checked as a whole source.
"""

from __future__ import annotations

from tests.harness.properties import READER, run_tests
from tests.harness.tally import Tally

TRIES = 5000


def run(tally: Tally, tries: int, seed: int) -> None:
    """Write so many files, each spoilt by chance, and read them."""
    run_tests(tally, [READER], tries, seed)
