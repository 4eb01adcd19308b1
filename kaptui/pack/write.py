"""A pack in its place on disk: whole or not at all, and never over a file that is no pack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kaptui.common.atomic_write import write_files
from kaptui.errors import KaptuiError, UsageError
from kaptui.pack.document import MARK
from kaptui.pack.formats import ENDINGS, HTML, MISSING, is_installed

_HEAD_BYTES = 200
_PDF_HEAD, _PDF_MARK = b"%PDF-", b"<pdf:Keywords>kaptui pack</pdf:Keywords>"


def check_ending(target: Path, more: Sequence[str] = ()) -> None:
    """UsageError: nothing is written under such a name, or what writes it is not installed.

    `more` are the endings that are written besides those of HTML.
    """
    ending = target.suffix.lower()
    if ending not in (*ENDINGS, *more):
        known = f"{', '.join((ENDINGS[0], *more[:-1]))} or {more[-1]}" if more else ENDINGS[0]
        raise UsageError(f"{target}: no pack ends in '{ending}'", f"end the name in {known}")
    if not is_installed(ending):
        raise UsageError(f"{target}: {ending} needs what is not installed", MISSING)


def check_place(target: Path, *, force: bool) -> None:
    """UsageError: the folder is missing, or something else than a pack is there and `force` is not given."""
    try:
        if not target.parent.is_dir():
            raise UsageError(f"{target.parent}: no such folder", "make it first, or choose another")
        if target.exists() and not target.is_file():
            raise UsageError(f"{target}: is no file that can be replaced", "choose another name")
        if target.exists() and not force and not is_pack(target):
            raise UsageError(f"{target}: is already there, and no pack", "--force replaces it")
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error


def is_pack(path: Path) -> bool:
    """Whether a file was written by kaptui as a pack that nobody edits: HTML or PDF. OSError: it cannot be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        return MARK.encode() in head or (head.startswith(_PDF_HEAD) and _PDF_MARK in head + file.read())


def write(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write the pack, whole or not at all. UsageError as `check_place`; KaptuiError: it cannot be written."""
    check_place(target, force=force)
    try:
        write_files({target: content})
    except (OSError, ValueError) as error:
        raise _refused(target, error) from error


def write_beside(folder: Path, name: str, content: bytes, ending: str = HTML) -> Path:
    """Write the pack into a folder under a name that no other file has: with a number behind it, if need be.

    A pack of the same bytes that is there already is left as it is. KaptuiError: it cannot be written.
    """
    try:
        for end in ("", *(f"_{number}" for number in range(2, 1000))):
            target = folder / f"{name}{end}{ending}"
            if not target.exists():
                write(target, content)
                return target
            if target.is_file() and target.read_bytes() == content:
                return target
    except OSError as error:
        raise _refused(target, error) from error
    raise KaptuiError(f"{folder}: holds too many packs called {name}", "remove some")


def _refused(target: Path, error: OSError | ValueError) -> KaptuiError:
    said = error.strerror if isinstance(error, OSError) else str(error)
    return KaptuiError(f"{target}: cannot be written: {said}", "choose another folder or a shorter name")
