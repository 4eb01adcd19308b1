"""The grammar of a filter: text -> clauses with their places, not yet knowing which fields exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from kaptui.errors import UsageError

if TYPE_CHECKING:
    from lark import Lark, Token

# A token ends at a blank: the lookaheads refuse `foo(bar)`, `"a"b` and `region: DACH`, never split them.
_GRAMMAR = r"""
start: clause*
clause: MINUS? (FIELD OPERATOR (QUOTED | VALUE) | QUOTED | WORD)
MINUS.3: /-(?=\S)/
FIELD.2: /[^\s"():<>=]+(?=[:<>=])/
OPERATOR: /([<>]=|[<>](?!=)|[:=])(?=\S)/
QUOTED: /"([^"]|"")*"(?!\S)/
VALUE: /[^\s"():<>]+(?!\S)/
WORD: /[^\s"():<>]+(?!\S)/
%ignore /\s+/
"""

# Longer text is no filter, and its pattern would outgrow the matcher.
_LONGEST = 4000

_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition as written: a word has no `field` nor `operator`; `at` is the column of its value."""

    negated: bool
    field: str
    operator: str
    value: str
    start: int
    end: int
    at: int


class Chip(NamedTuple):
    """One condition as shown on screen: its text, and where it stands in the filter."""

    text: str
    start: int
    end: int


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr")


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a filter in order; a token that cannot be read is a `UsageError` with its column."""
    from lark import Tree, UnexpectedInput

    if len(text) > _LONGEST:
        raise UsageError(f"the filter has {len(text)} letters; {_LONGEST} is the most", "filter by a field instead")
    if lone := re.search("[\ud800-\udfff]", text):
        raise UsageError(f"the filter holds a broken letter at {lone.start() + 1}", "write it in UTF-8")
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _unreadable(text, error.pos_in_stream or 0) from None
    return tuple(_clause(cast("list[Token]", node.children)) for node in tree.children if isinstance(node, Tree))


def chips(text: str) -> tuple[Chip, ...]:
    """One chip per condition; joined with blanks they mean the same as the text."""
    return tuple(Chip(text[clause.start : clause.end], clause.start, clause.end) for clause in clauses(text))


def without(text: str, index: int) -> str:
    """The filter without its `index`-th condition (0 is the first)."""
    kept = [chip.text for chip in chips(text)]
    del kept[index]
    return " ".join(kept)


def token_at(text: str, place: int) -> tuple[int, int]:
    """Start and end of the token that `place` stands in or just behind; an empty one between blanks."""
    for token in _TOKEN.finditer(text):
        if token.start() <= place <= token.end():
            return token.span()
    return place, place


def quote(value: str) -> str:
    """The value in quotes, quotes inside it doubled."""
    return '"' + value.replace('"', '""') + '"'


def written(value: str) -> str:
    """The value as one types it: in quotes where needed; `*` for control characters, which none can type."""
    typed = re.sub(r"[\x00-\x1f\x7f-\x9f]+", "*", value)
    return quote(typed) if re.search(r'[\s"():<>]', typed) else typed


def _clause(tokens: list[Token]) -> Clause:
    by_type = {token.type: token for token in tokens}
    value = tokens[-1]
    read = str(value)
    if value.type == "QUOTED":
        read = read[1:-1].replace('""', '"')
    at = (value.start_pos or 0) + 1
    if not read:
        raise UsageError(f"empty value at {at}", "write a value between the quotes, or * for any")
    return Clause(
        negated="MINUS" in by_type,
        field=str(by_type.get("FIELD", "")),
        operator=str(by_type.get("OPERATOR", "")),
        value=read,
        start=tokens[0].start_pos or 0,
        end=value.end_pos or 0,
        at=at,
    )


def _unreadable(text: str, place: int) -> UsageError:
    start, end = token_at(text, place)
    token = text[start:end]
    shown = token if len(token) <= 60 else token[:59] + "…"
    if token.count('"') % 2:
        opened = start + token.rindex('"') + 1
        return UsageError(f"the quote at {opened} is never closed", 'end it with "')
    if re.search(r"[:<>=]$", token):
        return UsageError(
            f"no value after '{shown}' at {start + 1}",
            'write field:value without blanks, as in manager:"Anna Weiss"',
        )
    plain = token.replace('"', "")
    return UsageError(
        f"cannot read '{shown}' at {start + 1}", f"to look for it in names, put it in quotes: {quote(plain)}"
    )
