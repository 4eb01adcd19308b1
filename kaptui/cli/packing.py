"""Packs from the command line: made of a file, written in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.cli import console
from kaptui.cli.ask import answered
from kaptui.filters import Filters

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState


def board_of(accounts: Sequence[str], ending: str, portfolio: Portfolio, state: DashboardState) -> bytes:
    """The board pack with the pages of these accounts; a workbook where the name of its file ends so."""
    from kaptui.pack import board, workbook
    from kaptui.pack.write import WORKBOOK

    return workbook(portfolio, state) if ending == WORKBOOK else board(portfolio, state, accounts)


def brief_of(name: str, portfolio: Portfolio, state: DashboardState) -> bytes:
    """The page of the account that `name` means."""
    from kaptui.account_page.finding import find
    from kaptui.pack import brief

    return brief(portfolio, state, find(name, portfolio.matching(state.filters)))


def write_pack(  # noqa: PLR0913 - what is packed and where it goes
    opener: Callable[[], Portfolio],
    filters: Filters,
    output: Path,
    make: Callable[[Portfolio, DashboardState], bytes],
    *,
    force: bool,
    workbook: bool = False,
) -> None:
    """Make a pack and write it; that it cannot be written there is told before anything is asked.

    `workbook`: it may be one of Excel.
    """
    from kaptui.cli import text
    from kaptui.pack import write
    from kaptui.screen_specs.dashboard_state import apply_filters

    write.check_ending(output, workbook=workbook)
    write.check_place(output, force=force)

    def ask(portfolio: Portfolio) -> tuple[bytes, list[str]]:
        return make(portfolio, apply_filters(portfolio, filters)), text.remarks(portfolio, filters)

    content, remarks = answered(opener, ask)
    write.write(output, content, force=force)
    console.say(f"wrote {output}: {len(content) / 1024:.0f} KiB", *remarks)
