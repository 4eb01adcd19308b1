"""Where a database may put what does not fit into memory: a folder of its own that nobody else knows the name of."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path


def spill_folder() -> str:
    """A new name in the system's folder for temporary files; the database makes it once it needs it."""
    return str(Path(tempfile.gettempdir()) / f"kaptui-{secrets.token_hex(8)}")
