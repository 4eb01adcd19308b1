"""The only writer: answers -> CSV, Parquet, JSON or a workbook, and beside the file what it is an answer to.

Nothing is rounded and no clock is read: equal answers give equal bytes, on screen and on the command line.
"""

from kaptui.export.answer import Answer, meta
from kaptui.export.content import content
from kaptui.export.files import format_of, meta_path, taken, write, write_text
from kaptui.export.formats import FORMATS, DataFormat, Format, Meta, decimal_comma, to_bytes

__all__ = [
    "FORMATS",
    "Answer",
    "DataFormat",
    "Format",
    "Meta",
    "content",
    "decimal_comma",
    "format_of",
    "meta",
    "meta_path",
    "taken",
    "to_bytes",
    "write",
    "write_text",
]
