"""Made-up portfolios, seeded: the 48 accounts that ship as the sample, and any number to try speed on."""

from __future__ import annotations

from pathlib import Path

from kaptui.errors import UsageError

STORY_ACCOUNTS = 48
MONTHS = 36
SEED = 7
MOST_ACCOUNTS = 1_000_000  # their ids have six digits
MOST_MONTHS = 600


def write_portfolio(folder: Path, accounts: int = STORY_ACCOUNTS, seed: int = SEED, months: int = MONTHS) -> None:
    """Write one CSV file per table into `folder`, made if missing; files of the same names are replaced.

    48 accounts are the story of the shipped sample; any other number is drawn at random in realistic
    proportions, without a story. The same arguments give the same bytes. The `months` of figures end with
    September 2026. Raises KaptuiError where the folder cannot be written, UsageError for an impossible size.
    """
    from tests.sample_generator import scale, story, tables  # duckdb only for whoever writes

    if not (1 <= accounts <= MOST_ACCOUNTS and 1 <= months <= MOST_MONTHS):
        message = f"{accounts} accounts with {months} months cannot be written"
        raise UsageError(message, f"ask for 1 to {MOST_ACCOUNTS} accounts and 1 to {MOST_MONTHS} months")
    tables.prepare(folder)
    if accounts == STORY_ACCOUNTS:
        story.write(folder, seed, months)
    else:
        name = f"{accounts} made-up accounts"
        scale.write(folder, accounts, seed, months, story.frame(name, seed, months))
