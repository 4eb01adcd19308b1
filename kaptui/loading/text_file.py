"""A text file as UTF-8, where it lies or as a copy: unpacked, its encoding settled, its lines counted."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kaptui.loading.cells import Remark
from kaptui.loading.findings import Unreadable

ENDINGS = frozenset({".csv", ".txt", ".tsv"})
CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_NO_TEXT = (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0")
_BLANKS = frozenset("\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
"""Blanks beside the plain one: DuckDB would leave them at the ends of a cell."""
_ASCII_BLANKS = b"\x0b\x0c\x1c\x1d\x1e\x1f"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text in UTF-8.

    `path` is the file itself or a copy of it; `lines` counts to the last that is not empty. `plain`: DuckDB reads
    its cells as the reader of records does, if there are no `tabs`, or these separate and none can stand in `quotes`.
    `head` is its beginning.
    """

    path: Path
    encoding: str
    head: str
    lines: int
    plain: bool
    tabs: bool
    quotes: bool
    remarks: tuple[Remark, ...] = ()


def is_text(path: Path) -> bool:
    """The path has an ending of text files, or that of a packed one."""
    return _inner(path).suffix.lower() in ENDINGS


def table_stem(path: Path) -> str:
    """The name of a file without its ending, and without that of what is packed."""
    return _inner(path).stem


def _inner(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def open_text(path: Path, copy: Path, seen: Callable[[int], None] = lambda _: None) -> TextFile:
    """The text of a file; `copy` is where it may be written anew, as UTF-8 and unpacked; `seen` is told of its lines.

    Unreadable for an empty file, one that is no text, one whose bytes are broken or in no encoding that makes words.
    """
    with path.open("rb") as file:
        head = file.read(CHUNK)
    if head.startswith(_GZIP):
        path, head = _unpacked(path, copy.with_suffix(".unpacked"))
    if not head:
        raise Unreadable("is empty (0 bytes)", "delete it, or give it a header line")
    if encoding := _wide_encoding(head):
        _transcode(path, encoding, copy, seen)
        return _scanned(copy, encoding, seen)
    if head.startswith(_NO_TEXT):
        raise Unreadable("is not a text file", "save it as CSV, or give it the ending of what it is")
    try:
        return _scanned(path, "utf-8", seen)
    except UnicodeDecodeError:
        from kaptui.loading.encoding import guess

        encoding, told = guess(path)
    _transcode(path, encoding, copy, seen)
    return _scanned(copy, encoding, seen, (told,))


def _unpacked(path: Path, copy: Path) -> tuple[Path, bytes]:
    """What a gzip file holds, as a file."""
    try:
        with gzip.open(path, "rb") as packed, copy.open("wb") as plain:
            while chunk := packed.read(CHUNK):
                plain.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Unreadable("is a gzip file that is damaged or cut off", "pack it again, or unpack it first") from None
    with copy.open("rb") as plain:
        return copy, plain.read(CHUNK)


def _wide_encoding(head: bytes) -> str:
    """UTF-16 by its mark or by the zero bytes of its first letter, else nothing."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head[:2] and len(head) > 1 and head[:2] != b"\0\0":
        return "utf-16-be" if head[0] == 0 else "utf-16-le"
    return ""


def _transcode(path: Path, encoding: str, copy: Path, seen: Callable[[int], None]) -> None:
    """Write the text anew as UTF-8, line for line."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as source, copy.open("wb") as target:
        chunk = b"start"
        while chunk:
            chunk = source.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                problem = f"is {encoding.upper()} up to here, where its bytes are broken or cut off"
                raise Unreadable(problem, "export it again, as CSV UTF-8", line) from None
            line += text.count("\n")
            target.write(text.encode())
            seen(line)


def _scanned(path: Path, encoding: str, seen: Callable[[int], None], remarks: tuple[Remark, ...] = ()) -> TextFile:
    """Look through UTF-8 text once. UnicodeDecodeError where it is none, Unreadable where it holds a zero byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, tail, plain, tabs, quotes, head = 0, b"", True, False, False, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            head = head or chunk
            if b"\0" in chunk:
                line = lines + chunk[: chunk.index(b"\0")].count(b"\n") + 1
                raise Unreadable("is not a text file: it holds a zero byte", "save it as CSV", line)
            lines += chunk.count(b"\n")
            seen(lines)
            tail = (tail + chunk)[-CHUNK:]
            tabs = tabs or b"\t" in chunk
            quotes = quotes or b'"' in chunk
            plain = plain and _is_plain(chunk)
            if not chunk.isascii() or decoder.getstate()[0]:
                blanks = _BLANKS & {*decoder.decode(chunk)}
                plain = plain and not blanks
    decoder.decode(b"", final=True)
    rest = tail[len(tail.rstrip(b"\r\n")) :]
    if len(head) == CHUNK:  # no half record: a cut number would prove what it does not
        head = head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or head
    text = head.decode("utf-8", "ignore").removeprefix("\ufeff")
    return TextFile(path, encoding, text, lines - rest.count(b"\n") + 1, plain, tabs, quotes, remarks)


def _is_plain(chunk: bytes) -> bool:
    """No line ends, blanks or blanks beside quotes of which readers think differently."""
    returns = chunk.count(b"\r")
    if returns and returns - chunk.endswith(b"\r") > chunk.count(b"\r\n"):
        return False
    if b'"' in chunk and (b' "' in chunk or b'" ' in chunk):
        return False
    return not any(blank in chunk for blank in _ASCII_BLANKS)
