"""The words in the bottom line of a panel: what its view says of itself, or what the cursor is on."""

from __future__ import annotations

from rich.cells import cell_len
from textual.widget import Widget

from kaptui.text import clean, listed
from kaptui.ui.text import whole_words
from kaptui.views import Sentences, Table, View


def panel_caption(view: View | None, content: Widget, room: int) -> str:
    """The name or the cut cell under the cursor of a list with the keyboard, else the caption, in `room` cells."""
    caption = clean(view.caption) if isinstance(view, (Table, Sentences)) else ""
    said = _said(content)
    return listed((said, caption)) if said else _cut_cell(content, room) or caption


def _said(content: Widget) -> str:
    """What the short name under the cursor of the list with the keyboard stands for."""
    from kaptui.ui.widgets.table.data_table_view import DataTableView

    pointed = content.pointed if isinstance(content, DataTableView) and content.has_focus else None
    return clean(pointed[1].says(pointed[0])) if pointed and pointed[1].says is not None else ""


def _cut_cell(content: Widget, room: int) -> str:
    """What the list with the keyboard shows only in part; where that is too long, from the cut on."""
    from kaptui.ui.widgets.table.data_table_view import DataTableView

    text = content.cut_text(room) if isinstance(content, DataTableView) and content.has_focus else ""
    return text if cell_len(text) <= room else whole_words(text, room - 2).removesuffix("…") + " …"
