"""Excel workbooks, a sheet per table, by python-calamine (imported only for one)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from kaptui.errors import KaptuiError
from kaptui.loading.findings import Unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


def opened(path: Path) -> CalamineWorkbook:
    """The workbook; a KaptuiError where the file is cut off or is none."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise KaptuiError(f"{path} is protected by a password", "save it without one") from None
    except (CalamineError, ValueError, OSError) as error:
        raise KaptuiError(
            f"{path} cannot be read as a workbook: {error}",
            "open it in Excel and save it again, or save CSV files",
        ) from None


def rows(book: CalamineWorkbook, sheet: str) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The header and the numbered rows of a sheet as text. Unreadable: a sheet without a single cell."""
    cells = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    numbered = [(line, [_text(cell) for cell in row]) for line, row in enumerate(cells, start=1)]
    filled = [(line, row) for line, row in numbered if any(cell.strip() for cell in row)]
    if not filled:
        raise Unreadable("is an empty sheet", "delete it, or give it a header line")
    return tuple(filled[0][1]), filled[1:]


def _text(cell: object) -> str:
    """A cell as CSV would write it: whole numbers without a point, days without midnight."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
