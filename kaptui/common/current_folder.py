"""The folder one is in: it may have been deleted meanwhile, by another window or a job that cleans up."""

from __future__ import annotations

import os
from pathlib import Path

from kaptui.errors import KaptuiError

GONE = "the folder you are in was deleted"
_HINT = "Change to a folder that is there (`cd`), or write the whole path: /... works from anywhere."


def current_folder(wanted: str = "") -> Path:
    """Where the process is; KaptuiError, which names the `wanted` path that begins there, where that is gone."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise KaptuiError(f"{wanted}: {GONE}" if wanted else GONE, _HINT) from None


def folder_if_any() -> Path | None:
    """Where the process is; None where that was deleted."""
    try:
        return current_folder()
    except KaptuiError:
        return None


def go_back(folder: Path | None) -> None:
    """Be in the folder again that one came from; where it was none, in that of the whole disk."""
    os.chdir(folder if folder is not None else os.sep)
