"""A pack as PDF: the template sets the pages, the data come as data. The extra `kaptui[pack]` brings what sets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kaptui.common import endings
from kaptui.errors import KaptuiError
from kaptui.pack.paper import Data

_HERE = Path(__file__).parent
_HINT = "write .html and print it from a browser"


def printed(pages: Data) -> bytes:
    """The pages as one PDF, without a clock in it: equal pages are equal bytes with the same fonts on the machine.

    A process of its own sets them; it ends with this one. KaptuiError: they cannot be set.
    """
    words = [sys.executable, "-P", str(_HERE / "typesetting.py"), str(_HERE / "pack.typ")]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe) as setter,
        endings.ended_with_this(setter.kill),
    ):
        content, told = setter.communicate(json.dumps(pages).encode())
    if setter.returncode:
        lines = told.decode(errors="replace").strip().splitlines() or [f"exit code {setter.returncode}"]
        raise KaptuiError(f"the pages cannot be set: {lines[-1]}", _HINT)
    return content
