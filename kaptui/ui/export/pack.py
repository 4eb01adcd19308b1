"""The pack that `p` writes: of what is on the screen, into a folder, by a thread that nobody waits for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.common.current_folder import current_folder
from kaptui.errors import KaptuiError
from kaptui.ui.error_boundary import unexpected_error

if TYPE_CHECKING:
    from kaptui.portfolio import Portfolio
    from kaptui.screen_specs.dashboard_state import DashboardState

GROUP = "pack"
"""The group of the thread: one pack is written at a time."""
TRIES = 5
"""A filter that is typed meanwhile stops every query, those of the pack too: so often it begins again."""
_NAME = re.compile(r"[^\w.-]+")


def write_pack(portfolio: Portfolio, state: DashboardState, account_id: str, ending: str) -> Path | KaptuiError:
    """Write the board pack, or with `account_id` the brief of that account, into the current folder.

    Where it stands, or why it does not.

    `ending` says as what: .html, .xlsx, .pdf or .pptx.
    """
    from kaptui.pack.write import write_beside

    what = f"account_{_NAME.sub('_', account_id)[:40]}" if account_id else "pack"
    try:
        folder = current_folder()
        content = _made(portfolio, state, account_id, ending)
        return write_beside(folder, f"{state.context.as_of.isoformat()}_{what}", content, ending)
    except KaptuiError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the worker boundary
        return unexpected_error(error)


def _made(portfolio: Portfolio, state: DashboardState, account_id: str, ending: str) -> bytes:
    from kaptui.pack import board_as, brief_as

    for left in reversed(range(TRIES)):
        try:
            if account_id:
                return brief_as(ending, portfolio, state, account_id)
            return board_as(ending, portfolio, state)
        except KaptuiError as error:
            if not left or not error.message.endswith(": stopped"):
                raise
    raise AssertionError("the last try returns or raises")
