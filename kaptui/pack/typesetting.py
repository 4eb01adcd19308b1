"""Sets pages as PDF: the program of a process of its own, which `pdf` starts. Imports nothing of kaptui.

What sets pages keeps what it has worked out for good, 300 MB for each pack: it goes with the process.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

NOT_SET = 3
"""The exit code where the pages cannot be set; stderr says why."""


def main(template: str) -> int:
    """Read data from stdin, write the PDF of the template with them to stdout."""
    data = sys.stdin.buffer.read().decode()
    try:
        content = typst.compile(Path(template).read_bytes(), sys_inputs={"data": data}, format="pdf")
    except typst.TypstError as error:
        sys.stderr.buffer.write(error.message.encode())
        return NOT_SET
    if not isinstance(content, bytes):
        sys.stderr.write("they are more than one file")
        return NOT_SET
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
