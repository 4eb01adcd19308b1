"""`python -m tests.sample_generator DIR`: write the sample portfolio, or one of any size, as CSV files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kaptui.errors import KaptuiError
from tests.sample_generator import MONTHS, SEED, STORY_ACCOUNTS, write_portfolio


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--accounts", default=STORY_ACCOUNTS, show_default=True, help="48 is the sample with its story.")
@click.option("--seed", default=SEED, show_default=True, help="Other dice, another portfolio.")
@click.option("--months", default=MONTHS, show_default=True, help="Months of figures, up to September 2026.")
def main(folder: Path, accounts: int, seed: int, months: int) -> None:
    """Write a made-up portfolio into DIR, one CSV file per table, replacing files of the same names."""
    try:
        write_portfolio(folder, accounts, seed, months)
    except KaptuiError as error:
        click.echo(error.message, err=True)
        click.echo(error.hint, err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main(prog_name="python -m tests.sample_generator")
