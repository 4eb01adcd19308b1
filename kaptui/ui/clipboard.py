"""The clipboard: text goes through the terminal, else a program of this machine, and a file where neither is sure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from textual.screen import Screen

from kaptui.config import state_dir
from kaptui.text import clean, count

PROGRAMS: tuple[tuple[str, ...], ...] = (
    ("pbcopy",),
    ("wl-copy",),
    ("xclip", "-selection", "clipboard"),
    ("clip.exe",),
)
_NEEDS = {"wl-copy": "WAYLAND_DISPLAY", "xclip": "DISPLAY"}
_PATIENCE = 2.0


def copy(screen: Screen[Any], what: str, text: str) -> None:
    """Copy `text` from this screen, and say so: "Row copied, 1 line: in the clipboard"."""
    app = screen.app
    app.copy_to_clipboard(text)

    def store_and_tell() -> None:
        where = store(text, state_dir() / "copied.txt")
        lines = count("line", text.count("\n") + 1)
        app.call_from_thread(app.notify, clean(f"{what} copied, {lines}: {where}"), markup=False)

    app.run_worker(store_and_tell, group="copy", thread=True, exit_on_error=False)


def program() -> tuple[str, ...] | None:
    """The clipboard program that works here. Over ssh there is none: its clipboard would be another machine's."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return None
    for words in PROGRAMS:
        needed = _NEEDS.get(words[0])
        if shutil.which(words[0]) and (needed is None or os.environ.get(needed)):
            return words
    return None


def store(text: str, fallback: Path) -> str:
    """Put `text` where a paste finds it beside what the terminal was told; in words, where that is.

    No terminal says whether it took the text. Without a program that does, the text also goes into the file
    `fallback`.
    """
    words = program()
    if words is not None and _run(words, text):
        return f"in the clipboard ({words[0]})"
    try:
        fallback.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fallback.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        return f"through the terminal (OSC 52); no file: {error.strerror}"
    return f"through the terminal (OSC 52); if a paste brings nothing, it is in {fallback}"


def _run(words: tuple[str, ...], text: str) -> bool:
    encoding = "utf-16" if words[0] == "clip.exe" or sys.platform == "win32" else "utf-8"
    try:
        # Its output goes nowhere: wl-copy and xclip live on and would hold a pipe open.
        done = subprocess.run(
            words,
            input=text.encode(encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
