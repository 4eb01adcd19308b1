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
    """The board pack with the pages of these accounts, as the ending of its name says; how many is told before."""
    from kaptui import pack
    from kaptui.pack.formats import SLIDES, WORKBOOK, pages_told

    if ending not in (WORKBOOK, SLIDES):
        number = len(pack.chosen_accounts(portfolio, state, accounts))
        told = pages_told(number, "--where leaves fewer.", needing=tuple(accounts) == (pack.ATTENTION,))
        console.say(*filter(None, [told]))
    return pack.board_as(ending, portfolio, state, accounts)


def brief_of(name: str, ending: str, portfolio: Portfolio, state: DashboardState) -> bytes:
    """The page of the account that `name` means, as the ending of its file says."""
    from kaptui import pack
    from kaptui.account_page.finding import find

    return pack.brief_as(ending, portfolio, state, find(name, portfolio.matching(state.filters)))


def write_pack(  # noqa: PLR0913 - what is packed and where it goes
    opener: Callable[[], Portfolio],
    filters: Filters,
    output: Path,
    make: Callable[[Portfolio, DashboardState], bytes],
    *,
    force: bool,
    more: Sequence[str] = (),
) -> None:
    """Make a pack and write it; that it cannot be written there is told before anything is asked.

    `more` are the endings that its name may have besides that of HTML.
    """
    from kaptui.cli import text
    from kaptui.pack import write
    from kaptui.screen_specs.dashboard_state import apply_filters

    write.check_ending(output, more)
    write.check_place(output, force=force)

    def ask(portfolio: Portfolio) -> tuple[bytes, list[str]]:
        return make(portfolio, apply_filters(portfolio, filters)), text.remarks(portfolio, filters)

    content, remarks = answered(opener, ask)
    write.write(output, content, force=force)
    console.say(f"wrote {output}: {_size(content)}", *remarks)


def _size(content: bytes) -> str:
    """How large a file is: "640 KB", "135 MB"."""
    return f"{len(content) / 1e3:,.0f} KB" if len(content) < 1e7 else f"{len(content) / 1e6:,.0f} MB"
