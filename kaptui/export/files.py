"""Answers written to disk: the data and the meta data of each file, together whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kaptui.common.atomic_write import write_files
from kaptui.common.json_text import json_escaped
from kaptui.errors import KaptuiError, UsageError
from kaptui.export.formats import FORMATS, Format, Meta


def format_of(path: Path) -> Format:
    """The format that a file's suffix stands for; UsageError for any other."""
    for known in FORMATS:
        if path.suffix.lower() == f".{known}":
            return known
    raise UsageError(f"{path}: no format is called '{path.suffix}'", f"end the name in .{', .'.join(FORMATS)}")


def meta_path(target: Path) -> Path:
    """Where the meta data of a file lie: `x.csv.meta.json` beside `x.csv`, so that two formats never share one."""
    return target.parent / f"{target.name}.meta.json"  # also of a path that is no file's, to be refused later


def write(target: Path, content: bytes, meta: Meta, *, force: bool = False) -> list[Path]:
    """Write the file and its meta data, both or none; the paths, the file first.

    Raises UsageError where the folder is missing or, without `force`, something is already there, KaptuiError where
    it cannot be written.
    """
    files = {target: content, meta_path(target): _meta_bytes(meta)}
    _check_place(target)
    if not force and (there := taken(files)):
        raise UsageError(f"{there[0]}: is already there", "--force replaces it")
    _write(files, target)
    return list(files)


def taken(paths: Mapping[Path, object] | list[Path]) -> list[Path]:
    """Those of the paths where something is already. KaptuiError: it cannot be seen whether."""
    found = []
    for path in paths:
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:
            raise _refused(path, error) from error
        found.append(path)
    return found


def write_text(text: str, target: Path) -> None:
    """Write words to be read beside the data, whole or not at all. KaptuiError: they cannot be written."""
    _write({target: text.encode("utf-8", "backslashreplace")}, target)


def _meta_bytes(meta: Meta) -> bytes:
    text = json_escaped(json.dumps(meta, ensure_ascii=False, indent=2)) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _write(files: Mapping[Path, bytes], target: Path) -> None:
    try:
        write_files(files)
    except OSError as error:
        raise _refused(target, error) from error


def _refused(target: Path, error: OSError | ValueError) -> KaptuiError:
    said = error.strerror if isinstance(error, OSError) else str(error)
    return KaptuiError(f"{target}: cannot be written: {said}", "choose another folder or a shorter name")


def _check_place(target: Path) -> None:
    """Refuse whatever would be found out only after the first of the two files is in its place."""
    try:
        if not target.parent.is_dir():
            raise UsageError(f"{target.parent}: no such folder", "make it first, or choose another")
        for path in (target, meta_path(target)):  # a name may be too long with the ending only
            if path.exists() and not path.is_file():
                raise UsageError(f"{path}: is no file that can be replaced", "choose another name")
    except OSError as error:
        raise _refused(target, error) from error
