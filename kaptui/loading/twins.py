"""Files beside a mapping that hold what another file holds that is read: a correction in one is lost, so it is told.

A sheet of a workbook and its CSV have the same headings. Where a file that nothing reads has the headings of one that
is read, their rows are compared, numbers by their value; equal twins are no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kaptui.common.sql import literal
from kaptui.loading.findings import Finding, Unreadable
from kaptui.loading.views import Origin, TextView, Views, style_of
from kaptui.resources import query_text

_LARGEST = 20_000_000
"""Bytes of a file that is looked at though nothing reads it; a larger one would cost more than the word is worth."""


def differing_twins(views: Views, read: Collection[Origin], others: Collection[Path]) -> Iterator[Finding]:
    """A warning for each file or sheet that no mapping reads and that differs from one of its headings that is read.

    `read`: what mappings read; `others`: files that are read as tables of their own.
    """
    used = {_headings(view): view for origin in read if (view := views.made.get(origin))}
    for origin in views.origins():
        if origin in read or origin.path in others or origin.path.stat().st_size > _LARGEST:
            continue
        try:
            view = views.view(origin)
        except Unreadable:
            continue  # nobody asked for it
        twin = used.get(_headings(view))
        if twin is not None and (rows := _differing(views, view, twin)):
            problem = (
                f"is not read, though it has the columns of {twin.origin.file}, which is, and {rows:,} "
                f"row{'s differ' if rows != 1 else ' differs'}"
            )
            fix = f"correct {twin.origin.file}, or read this one instead; keep one of them"
            yield Finding("warning", "", origin.file, None, "", "", problem, fix, "twin")


def _headings(view: TextView) -> tuple[str, ...]:
    return tuple(name.casefold() for name in view.columns)


def _differing(views: Views, one: TextView, other: TextView) -> int:
    """How many rows stand in only one of the two; a row that was changed counts once."""
    for view, name in ((one, "kaptui_one"), (other, "kaptui_other")):
        views.make(view.origin, name)  # a macro takes a file's own name for the file, past its view
    views.reader.execute(query_text("load", "twin_rows"))
    told = ["kaptui_one", _style(one), "kaptui_other", _style(other)]
    found = views.reader.execute(f"from rows_differing({', '.join(map(literal, told))})").fetchone()
    return int(found[0]) if found else 0


def _style(view: TextView) -> str:
    """How the numbers of a file are written."""
    return style_of([view], "numbers") or "point"
