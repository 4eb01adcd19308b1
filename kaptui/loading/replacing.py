"""What a load may replace, and whose the file stays: nobody's data are overwritten, nobody's rights widened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import duckdb

from kaptui.common.database_errors import is_held
from kaptui.common.sql import literal
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.loading import cells, parquet, text_file
from kaptui.resources import query_text

_READ_AS_DATA = cells.WORKBOOKS | text_file.ENDINGS | parquet.ENDINGS | {".gz", ".sql"}
"""Endings of what a load reads: no file of that name is made among the sources."""


def refuse_harm(target: Path, sources: Iterable[Path | None], *, force: bool) -> None:
    """UsageError where writing `target` would cost somebody a file; a kaptui file, or an empty one, is replaced.

    `sources` are the paths the load reads from: what lies there is never overwritten. Anything else needs `force`.
    """
    if not target.exists():
        _refuse_name_among(sources, target)
        return
    if not target.is_file():
        if target.is_dir():
            return  # told better by what makes the work folder
        raise UsageError(f"{target} is no file that can be replaced", "give the name of a file")
    if not target.stat().st_size or is_kaptui_file(target):
        return
    if any(_belongs(target, source) for source in sources if source is not None):
        raise UsageError(f"{target} belongs to the source, it is never overwritten", "give -o another name: kap.duckdb")
    if not force:
        hint = "give -o another name; --force replaces it all the same"
        raise UsageError(f"{target} is there already and is not a kaptui file", hint)


def is_kaptui_file(path: Path) -> bool:
    """Whether a load made this file. KaptuiError: another program is writing it, so it cannot be seen."""
    with closing(duckdb.connect()) as connection:
        try:
            connection.execute(f"attach {literal(str(path))} as source (read_only)")
            found = {str(name) for (name,) in connection.execute(query_text("runtime", "file_tables")).fetchall()}
        except duckdb.Error as error:
            if is_held(error, path):
                problem = f"{path} is being written by another program"
                raise KaptuiError(problem, "close it there and try again", Exit.BUSY) from None
            return False
    return {"kaptui_meta", "account"} <= found


def _refuse_name_among(sources: Iterable[Path | None], target: Path) -> None:
    """A kaptui file called account.csv among the sources would be read as one by the next load."""
    if target.suffix.lower() in _READ_AS_DATA and any(_belongs(target, each) for each in sources if each is not None):
        raise UsageError(f"{target} would lie among the sources under a name of theirs", "end it in .duckdb")


def _belongs(target: Path, source: Path) -> bool:
    """The target is the source, lies in its folder, or is what an entry of that folder links to."""
    source = source.resolve()
    if target == source or source in target.parents:
        return True
    if not source.is_dir():
        return False
    return any(entry.is_symlink() and entry.resolve() == target for entry in source.iterdir())


def take_rights(new: Path, target: Path) -> str:
    """Give `new` the mode and owner of the file it is to replace; without one it is its owner's alone.

    Returns what could not be kept, empty where all was. A group that cannot be kept gets no rights.
    """
    if os.name == "nt":
        return ""
    try:
        old = target.stat()
    except FileNotFoundError:
        new.chmod(stat.S_IRUSR | stat.S_IWUSR)
        return ""
    mode, lost = stat.S_IMODE(old.st_mode), ""
    mine = new.stat()
    if (mine.st_uid, mine.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.chown(new, old.st_uid, old.st_gid)
        except OSError:
            lost = "its owner cannot be kept: the new file is yours"
            try:
                os.chown(new, -1, old.st_gid)
            except OSError:
                mode &= ~stat.S_IRWXG
    new.chmod(mode)
    return lost
