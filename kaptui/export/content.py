"""What a file of answers holds, in every format: the same bytes for the dashboard and for the command line."""

from __future__ import annotations

from collections.abc import Sequence

from kaptui.errors import UsageError
from kaptui.export.answer import Answer
from kaptui.export.formats import Format, to_bytes


def content(answers: Sequence[Answer], format: Format, *, raw: bool = False, excel: bool = False) -> bytes:
    """What a file of these answers holds: a workbook with a sheet of each, or the data of one.

    KaptuiError where a value does not fit the format, UsageError for several answers in one file of data.
    """
    if format == "xlsx":
        from kaptui.export.sheets import about, sheets
        from kaptui.export.workbook import workbook

        return workbook(sheets(answers), about(answers))
    if len(answers) > 1:
        raise UsageError(f"{len(answers)} questions: a file of {format} holds one", "write .xlsx, or one file each")
    return to_bytes(answers[0].rows, format, raw=raw, excel=excel)
