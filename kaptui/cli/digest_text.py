"""A digest as Markdown, for a mail or a chat: text from data stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kaptui import __version__
from kaptui.cli import text
from kaptui.cli.account_text import escaped
from kaptui.digest import MARKDOWN_TITLE, Digest, Part
from kaptui.text import clean, with_mark
from kaptui.views import Kind, Table

_LEFT: tuple[Kind, ...] = ("text", "date", "flag")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown(digest: Digest) -> bytes:
    """The digest, ending in a line break."""
    head = [f"{MARKDOWN_TITLE}{_said(digest.file)}", "", f"**{_said(digest.said)}**", "", _said(digest.basis)]
    remarks = [line for one in digest.remarks for line in ("", _said(one))]
    parts = [line for part in digest.parts for line in _part(part)]
    foot = ["", f"n/a: not known, left out of sums. kaptui {__version__}"]
    return "\n".join([*head, *remarks, *parts, *foot, ""]).encode()


def _part(part: Part) -> list[str]:
    head = ["", f"## {_said(part.title)}", ""]
    if isinstance(part.view, Table):
        return [*head, *_table(part.view), "", _said(part.view.caption)]
    return [*head, *(_said(line) for line in text.drawn(part.view, None))]


def _table(view: Table) -> list[str]:
    """The rows as a Markdown table, each value with the mark of its state, each group under its line."""
    names = [_cell(one.label) for one in view.columns]
    rule = ["---" if one.kind in _LEFT else "--:" for one in view.columns]
    return [_line(names), _line(rule), *map(_line, _groups(view))]


def _groups(view: Table) -> Iterator[list[str]]:
    """The rows as they stand together, each group under its subtotal."""
    if not (view.group and view.subtotals):
        yield from _rows(view)
        return
    for subtotal in view.subtotals:
        yield [_cell(subtotal.texts.get(one.name, "")) for one in view.columns]
        yield from _rows(replace(view, frame=view.frame.filter(view.frame[view.group].eq_missing(subtotal.value))))


def _rows(view: Table) -> Iterator[list[str]]:
    for row, cells in zip(view.frame.iter_rows(named=True), text.shown(view).rows, strict=True):
        states = (one.state(row) if one.state else "" for one in view.columns)
        yield [with_mark(_cell(cell), state) for cell, state in zip(cells, states, strict=True)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(words: str) -> str:
    """Text from data in a cell, so that it stays text; what means something only at the start of a line is left."""
    marked = "".join(f"\\{letter}" if letter in "\\`*_[]<|~" else letter for letter in clean(words).strip())
    return _ENTITY.sub(r"\\&", marked)


def _said(words: str) -> str:
    """A line of its own, in which text from data stays text."""
    return _ENTITY.sub(r"\\&", escaped(words))
