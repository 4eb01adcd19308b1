"""Stands in for the dashboard's process: speaks its packets, echoes keys, gives a file, leaves when it is told to.

Run as a script: `dashboard.py NAME` delivers a file of this name on the key `e`; on `deaf` it no longer leaves.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from textual._binary_encode import dump

CONTENT = b"a,b\r\n1,2\r\n"


def packet(kind: bytes, payload: bytes) -> None:
    sys.stdout.buffer.write(kind + len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()


def meta(**told: Any) -> None:
    packet(b"M", json.dumps(told).encode())


def main() -> None:
    sys.stdout.buffer.write(b"__GANGLION__\n")
    packet(b"D", b"ready")
    chunks, deaf = [CONTENT, b""], False
    while head := sys.stdin.buffer.read(5):
        payload = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
        told = json.loads(payload) if head[:1] == b"M" else {}
        if payload == b"e":
            meta(
                type="deliver_file_start",
                key="k1",
                path=sys.argv[1],
                open_method="browser",
                mime_type="text/html",
                encoding="",
            )
        elif payload == b"deaf":
            deaf = True
        elif told.get("type") == "deliver_chunk_request":
            packet(b"P", dump(("deliver_chunk", "k1", chunks.pop(0))))
        elif told.get("type") == "resize":
            packet(b"D", f"{told['width']}x{told['height']}".encode())
        elif told.get("type") == "quit" and not deaf:
            return
        elif head[:1] == b"D":
            packet(b"D", payload)


if __name__ == "__main__":
    main()
