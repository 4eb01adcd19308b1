"""Why a database file could not be opened, told by the kind of error: a name of a file never decides."""

from __future__ import annotations

import re
from pathlib import Path

_HELD = re.compile(
    r"IO Error: (?:Could not set lock on file \"|Cannot open file \"[^\"]*\":.*being used by another process)"
)
"""How DuckDB begins where another program holds the file; the second is Windows' way."""

_DAMAGE = frozenset({"Error", "SerializationException", "InternalException", "FatalException"})
"""The kinds of error of a file whose insides do not fit together; a wrong checksum has no kind but `Error`."""


def is_held(error: Exception, path: Path) -> bool:
    """Whether another program is writing the file: an input error that begins so, whatever its name."""
    told = str(error).replace(str(path), "")
    return type(error).__name__ == "IOException" and _HELD.match(told) is not None


def is_damage(error: Exception) -> bool:
    """Whether the file opens, but what it holds cannot be read."""
    return type(error).__name__ in _DAMAGE
