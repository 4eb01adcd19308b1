"""The only writer: a frame -> CSV, Parquet, JSON or Excel, and beside the file what it is an answer to.

Nothing is rounded and no clock is read: equal frames give equal bytes, on screen and on the command line.
"""

from kaptui.export.files import format_of, write, write_text
from kaptui.export.formats import FORMATS, Format, Meta, decimal_comma, to_bytes
from kaptui.export.metadata import meta, meta_bytes

__all__ = [
    "FORMATS",
    "Format",
    "Meta",
    "decimal_comma",
    "format_of",
    "meta",
    "meta_bytes",
    "to_bytes",
    "write",
    "write_text",
]
