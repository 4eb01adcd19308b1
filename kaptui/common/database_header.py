"""How often a DuckDB file was written to, from its first bytes: tells whether it is as a load left it."""

from __future__ import annotations

import struct
from pathlib import Path

_BLOCK = 4096
_HEADERS = (_BLOCK, 2 * _BLOCK)
"""Where the two headers stand, of which the one written last holds: a checksum, then a number that grows."""


def checkpoints(path: Path) -> int | None:
    """So often the file took in what was written; None where it cannot tell, or a log beside it holds more."""
    try:
        if Path(f"{path.resolve()}.wal").exists():
            return None
        with path.open("rb") as file:
            data = file.read(3 * _BLOCK)
        return max(int(struct.unpack_from("<QQ", data, at)[1]) for at in _HEADERS)
    except (OSError, struct.error):
        return None
