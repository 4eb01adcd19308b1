"""Files beside a mapping that hold what another file holds that is read: a correction in one is lost, so it is told.

A sheet of a workbook and its CSV have the same headings. Where a file that nothing reads has the headings of one that
is read, their rows are compared, numbers by their value; equal twins are no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kaptui.common.sql import identifier
from kaptui.loading.findings import Finding, Unreadable
from kaptui.loading.views import Origin, TextView, Views, style_of

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
    for view in (one, other):
        views.make(view.origin, view.origin.name)
    first, second = (_values(view) for view in (one, other))
    counts = views.reader.execute(
        f"select count(*) from ({first} except all {second}) union all "
        f"select count(*) from ({second} except all {first})"
    ).fetchall()
    return max(int(rows) for (rows,) in counts)


def _values(view: TextView) -> str:
    """The rows of a view, numbers by their value in the style of the file."""
    style = style_of([view], "numbers") or "point"
    cells = [
        f"coalesce(amount_read({name}, '{style}')::double::varchar, day_read({name}, 'dmy')::varchar, {name}) as c{at}"
        for at, name in enumerate(map(identifier, view.columns))
    ]
    return f"select {', '.join(cells)} from {identifier(view.origin.name)}"
