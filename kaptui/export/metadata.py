"""What an exported answer is an answer to: the file that lies beside it."""

from __future__ import annotations

import json

from kaptui import __version__
from kaptui.arrangement import Arrangement
from kaptui.export.formats import Meta
from kaptui.filters import Context, Filters


def meta(  # noqa: PLR0913, PLR0917 - what an answer depends on
    question: str, filters: Filters, context: Context, file_name: str, rows: int, arrangement: Arrangement | None = None
) -> dict[str, object]:
    """What an export answers: the content of `x.meta.json`. `file_name` is the portfolio's name.

    `sort` and `columns` stand in it only where the answer was arranged otherwise than the question does, `what_if`
    only where it holds after some moves.
    """
    arranged = arrangement or Arrangement()
    said: dict[str, object] = {
        "question": question,
        "filter": filters.where,
        "as_of": context.as_of.isoformat(),
        "since": context.since.isoformat(),
        "window": context.window,
        "window_start": context.window_start.isoformat(),
        "window_end": context.window_end.isoformat(),
        "basis": context.basis,
        "currency": context.currency,
        "rates": context.rates,
        "rows": rows,
        "file": file_name,
        "kaptui_version": __version__,
    }
    if filters.moves:
        said["what_if"] = "; ".join(
            " ".join((m.kind, m.person_id, m.account_id, m.side)).rstrip() for m in filters.moves
        )
    if arranged.sort is not None:
        said["sort"] = ":".join((arranged.sort[0], "desc" if arranged.sort[1] else "asc"))
    if arranged.columns:
        said["columns"] = ", ".join(arranged.columns)
    return said


def meta_bytes(meta: Meta) -> bytes:
    """The content of `x.meta.json`."""
    text = json.dumps(meta, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")
