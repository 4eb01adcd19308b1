"""Files written whole or not at all: under another name beside their place, then renamed into it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kaptui.common.endings import is_running


def write_files(contents: Mapping[Path, bytes], *, private: bool = False, durable: bool = False) -> None:
    """Write the files, all of them or none; a link stays a link to the file that is replaced.

    `private` files are for their owner only, `durable` ones are on the disk before they count. OSError: one cannot be
    written; nothing is left beside the targets. What is replaced keeps its mode.
    """
    parts = {path.resolve(): _part(path.resolve()) for path in contents}
    for path in parts:
        _clear(path)
    try:
        for (path, part), content in zip(parts.items(), contents.values(), strict=True):
            if private:
                part.touch(mode=0o600)
            part.write_bytes(content)
            if not private and path.exists():
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            if durable:
                sync(part)
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def put_in_place(new: Path, target: Path) -> None:
    """Put the finished file `new` in the target's place, on the disk before it counts."""
    sync(new)
    new.replace(target)
    if os.name != "nt":
        sync(target.parent)


def sync(path: Path) -> None:
    """Have the system write a file or folder to the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(target: Path) -> None:
    """Remove what writers of this target left behind that were killed."""
    name = re.compile(re.escape(f".{target.name[:80]}.") + r"(\d+)\.part")
    with suppress(OSError):  # a folder that cannot be looked through is no reason not to write
        for left in target.parent.iterdir():
            match = name.fullmatch(left.name)
            if match and int(match[1]) != os.getpid() and not is_running(int(match[1])):
                left.unlink(missing_ok=True)


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name[:80]}.{os.getpid()}.part")
