"""What the export dialog says: its choices in a sentence, and what would be written, in lines that cut nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len

from kaptui import export
from kaptui.errors import KaptuiError
from kaptui.text import clean, count
from kaptui.ui.export.items import ExportItem, ExportOptions, words_path
from kaptui.ui.widgets.option_row import LABEL

SAID: Mapping[str, str] = {
    "panel": "The answer of the panel you came from.",
    "screen": "Every panel: a file each, in Excel a sheet of one file.",
    "accounts": "The list of accounts with all their numbers.",
    "kept": "The accounts that the filter leaves.",
    "rows.all": "Every account of the file, whatever the filter.",
    "shown": "Those on screen, and what tells the rows apart.",
    "columns.all": "Everything that the answer holds.",
    "csv": "Plain data, for spreadsheets and programs.",
    "parquet": "Data for analysts, with exact types.",
    "json": "Data for programs.",
    "xlsx": "A workbook to read: headings, formats, colours.",
    "guarded": "A ' stands before a name like =1+1, so that none runs.",
    "raw": "Names as they are, for programs that run nothing.",
    "plain": "Commas between cells, a point in numbers.",
    "excel": "Opens with a double click: with the comma used here.",
    "path": "Type another place; its folder must be there.",
}
"""What the row under the cursor says in a sentence: by its chosen option, by row and option where two share one."""


def preview(targets: Mapping[Path, ExportItem], options: ExportOptions, room: int) -> str:
    """What would be written, as lines of `room` cells: answers and columns, the first row, what lies beside, how else.

    There is at least one target.
    """
    target, item = next(iter(targets.items()))
    rows, room = item.first.rows, max(20, room - LABEL - 2)
    answers = [answer for one in targets.values() for answer in one.answers]
    inside = [f"{clean(answer.question)} {count('row', answer.rows.height)}" for answer in answers]
    lines = [("Writes", fitting(inside, room)), ("Columns", f"{rows.width}: {fitting(rows.columns, room - 4)}")]
    if rows.height and options.format in ("csv", "json"):
        try:
            data = export.to_bytes(rows.head(1), "csv", raw=options.raw, excel=options.excel)
        except KaptuiError as error:
            lines.append(("But", f"{error.message}; {error.hint}"))
        else:
            lines.append(("First", clean(data.decode("utf-8-sig").splitlines()[1])))
    beside = [*([words_path(target).name] if item.text else []), *(export.meta_path(each).name for each in targets)]
    lines.append(("Beside", fitting(beside, room)))
    if command := item.command(target, options):
        lines.append(("Same as", clean(command) + (" (the first file)" if len(targets) > 1 else "")))
    folded = [
        ("" if at else label, part)
        for label, text in lines
        for at, part in enumerate(wrap(text, room, break_on_hyphens=False, max_lines=2 if label == "First" else 9))
    ]
    return "\n".join(f"  {label:<{LABEL}}{part}" for label, part in folded)


def fitting(parts: Sequence[str], room: int) -> str:
    """As many of the parts as one line holds, and how many more there are; none is cut but a first that is too long."""
    kept: list[str] = []
    for at, part in enumerate(map(clean, parts)):
        rest = len(parts) - at - 1
        more = f" and {rest} more" if rest else ""
        if kept and cell_len(", ".join([*kept, part]) + more) > room:
            return f"{', '.join(kept)} and {len(parts) - at} more"
        kept.append(part)
    return ", ".join(kept)
