"""What a long run counts: for each kind of thing tried, how often and what failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_FAILURES_TOLD = 5


@dataclass
class Tally:
    """Tries and failures by kind, in the order they were first met."""

    tries: dict[str, int] = field(default_factory=dict)
    failures: dict[str, list[str]] = field(default_factory=dict)

    def ok(self, kind: str) -> None:
        """One more try of this kind; it held."""
        self.tries[kind] = self.tries.get(kind, 0) + 1

    def failed(self, kind: str, what: str) -> None:
        """One more try of this kind; it did not hold, and `what` says how to meet it again."""
        self.ok(kind)
        self.failures.setdefault(kind, []).append(what)

    @contextmanager
    def tried(self, kind: str, what: str) -> Iterator[None]:
        """One try; whatever is raised within is its failure, `what` names it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - every kind of failure is counted
            first = str(error).strip().splitlines()[:1]
            self.failed(kind, f"{what}: {type(error).__name__} {first[0] if first else ''}")
        else:
            self.ok(kind)

    def lines(self) -> Iterator[str]:
        """A table: kind, tries, failures; below it the first failures of each kind."""
        width = max((len(kind) for kind in self.tries), default=4)
        yield f"{'kind':{width}}  tries  failures"
        for kind, tries in self.tries.items():
            yield f"{kind:{width}}  {tries:5}  {len(self.failures.get(kind, [])):8}"
        for kind, failures in self.failures.items():
            yield ""
            yield f"{kind}: {len(failures)} of {self.tries[kind]} failed"
            yield from (f"  {each}" for each in failures[:_FAILURES_TOLD])
