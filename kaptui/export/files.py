"""Answers written to disk: the data and its `.meta.json`, each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.common.atomic_write import write_files
from kaptui.errors import KaptuiError, UsageError
from kaptui.export.formats import FORMATS, Format, Meta, to_bytes
from kaptui.export.metadata import meta_bytes

if TYPE_CHECKING:
    import polars as pl


def format_of(path: Path) -> Format:
    """The format that a file's suffix stands for; UsageError for any other."""
    for known in FORMATS:
        if path.suffix.lower() == f".{known}":
            return known
    raise UsageError(f"{path}: no format is called '{path.suffix}'", f"end the name in .{', .'.join(FORMATS)}")


def write(  # noqa: PLR0913 - the command line's options, by name
    frame: pl.DataFrame,
    target: Path,
    format: Format,
    meta: Meta,
    *,
    force: bool = False,
    raw: bool = False,
    excel: bool = False,
) -> list[Path]:
    """Write the data file and its `.meta.json`, each whole or not at all; the paths, data first.

    Raises UsageError where the folder is missing or, without `force`, another file is already there.
    """
    files = {
        target: to_bytes(frame, format, meta=meta, raw=raw, excel=excel),
        target.with_suffix(".meta.json"): meta_bytes(meta),
    }
    _check_place(target)
    for path, content in files.items():
        same_meta = path != target and path.is_file() and path.read_bytes() == content
        if path.exists() and not force and not same_meta:
            raise UsageError(f"{path}: is already there", "--force replaces it")
    _write(files, target)
    return list(files)


def write_text(text: str, target: Path) -> None:
    """Write words to be read beside the data, whole or not at all. KaptuiError: they cannot be written."""
    _write({target: text.encode("utf-8", "backslashreplace")}, target)


def _write(files: Mapping[Path, bytes], target: Path) -> None:
    try:
        write_files(files)
    except OSError as error:
        raise KaptuiError(f"{target}: cannot be written: {error.strerror}", "choose another folder") from error


def _check_place(target: Path) -> None:
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent}: no such folder", "make it first, or choose another")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target}: is no file that can be replaced", "choose another name")
