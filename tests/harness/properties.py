"""The properties that the suite tries with a few made-up examples, each with many.

`tries` are the examples of a property that is quick; one that builds a portfolio for each takes a few in a hundred.
Every failure is told with the words of the test; Hypothesis keeps it in `.hypothesis`, so that the test meets it
again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests import examples
from tests.harness.tally import Tally

TRIES = 200
_TESTS = Path(__file__).parents[1]
READER = _TESTS / "loading" / "test_reader_fuzz.py"


def run(tally: Tally, tries: int, seed: int) -> None:
    """Try every property but those of the readers, which have a harness of their own."""
    drawn = [path for path in sorted(_TESTS.rglob("test_*.py")) if "\nfrom hypothesis import" in path.read_text()]
    run_tests(tally, [path for path in drawn if path != READER], tries, seed)


def run_tests(tally: Tally, files: Sequence[Path], tries: int, seed: int) -> None:
    """Run the tests of these files with so many examples; each test is one try of its file."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        options = ("--hypothesis-profile", examples.MANY, f"--hypothesis-seed={seed}", f"--junit-xml={told}", "-q")
        subprocess.run(
            [sys.executable, "-m", "pytest", *options, *map(str, files)],
            cwd=_TESTS.parent,
            env=os.environ | {examples.TRIES: str(tries)},
            check=False,
        )
        if not told.exists():
            tally.failed("tests", "pytest did not come to its end")
            return
        for case in ElementTree.parse(told).iter("testcase"):
            wrong = [each for each in case if each.tag in ("failure", "error")]
            kind, name = case.get("classname", "").removeprefix("tests."), case.get("name", "")
            if wrong:
                tally.failed(kind, f"{name}: {wrong[0].get('message', '').splitlines()[:1]}")
            else:
                tally.ok(kind)
