"""`python -m tests.harness NAME ... [--tries N] [--seed N]`; without a name: which there are."""

from __future__ import annotations

import pkgutil
import signal
import sys
import time
from importlib import import_module

import click

import tests.harness
from tests.harness.tally import Tally

NAMES = sorted({each.name for each in pkgutil.iter_modules(tests.harness.__path__)} - {"__main__", "tally"})


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--tries", default=0, help="How often each kind is tried; as many as the harness needs where not said.")
@click.option("--seed", default=1, show_default=True, help="What chance begins with: the same seed, the same tries.")
def main(names: tuple[str, ...], tries: int, seed: int) -> None:
    """Run long harnesses, print what each tried and what failed; exit 1 where something did."""
    failed = False
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in names:
        harness = import_module(f"tests.harness.{name}")
        tally, start = Tally(), time.monotonic()
        try:
            harness.run(tally, tries or harness.TRIES, seed)
        except KeyboardInterrupt:  # what was tried by then is told
            failed = True
            print("\nstopped")
        print(f"\n{name}: {(harness.__doc__ or '').splitlines()[0]}  {time.monotonic() - start:.0f} s")
        print("\n".join(tally.lines()))
        failed |= bool(tally.failures)
    if not names:
        for name in NAMES:
            print(f"{name:12} {(import_module(f'tests.harness.{name}').__doc__ or '').splitlines()[0]}")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
