"""The harness of random keys presses as many as it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.harness import random_use


@pytest.mark.parametrize(
    ("fails_at", "fails", "keys", "failures"),
    [(500, 0, 1300, 0), (100, 2, 1300, 2), (0, 99, 0, 20)],
    ids=["none fails", "two fail", "nothing goes"],
)
def test_a_round_that_fails_is_made_up_for(
    fails_at: int, fails: int, keys: int, failures: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not even begin ends after some failures: it would never come to its keys."""
    done: list[int] = []

    async def pressed(_: Path, steps: list[Any], __: object, most: int) -> None:
        fail = len(done) < fails
        done.append(min(fails_at, most) if fail else most)
        steps += [["press", "j"]] * done[-1]
        assert not fail, "this round fails"

    monkeypatch.setattr(random_use, "_round", pressed)
    monkeypatch.setattr(random_use, "_at_home", lambda *_: tmp_path)
    monkeypatch.setattr(random_use, "_held", lambda _: (1, 15, 0))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    outcome = random_use.play("sample", tmp_path, 1300, 1)
    assert (outcome.keys, len(outcome.failures)) == (keys, failures)
