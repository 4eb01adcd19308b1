"""The model: the tables, views and macros of queries/model, each found by its name, and what each needs before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kaptui.errors import KaptuiError
from kaptui.resources import queries_dir

_TOKEN = re.compile(
    r"""--[^\n]* | '(?P<quoted>(?:[^']|'')*)' | (?<![\w."])"?(?P<name>[a-z_]\w*)"?\s*(?P<follows>[.(]?) | (?P<end>;)""",
    re.VERBOSE | re.IGNORECASE,
)
_MAKES = re.compile(
    r"""(?:\s|--[^\n]*\n)*
    (?: create\s+(?P<again>or\s+replace\s+)?(?P<kind>table|view|macro)(?:\s+if\s+not\s+exists)?
    | create\s+(?:unique\s+)?index\s+(?:if\s+not\s+exists\s+)?\w+\s+on
    | insert\s+into
    | (?P<comment>comment)\s+on\s+\w+)
    \s+(?:main\.)?"?(?P<name>\w+)""",
    re.VERBOSE | re.IGNORECASE,
)

_MACRO = re.compile(r"\bmacro\s+(?:main\.)?(\w+)", re.IGNORECASE)
_SHARED = r"macro main.\1"
"""A macro finds what it names where it is called: one in the database does for every model there."""
_VIEW = re.compile(r"(\bview\s+(?:main\.)?\w+(?:\s*\([^)]*\))?)\s+as\b", re.IGNORECASE)
_UNBOUND = r"\1 with (defer_binding) as"
"""A view is bound wherever it is read; to bind it when it is made, too, was a third of the time of a model."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a text of SQL holds, comments left out.

    `relations` may be tables, views or columns, `calls` are functions, `quoted` whole texts between quotes: a macro
    is told the table that it reads by such a text.
    """

    relations: frozenset[str]
    calls: frozenset[str]
    quoted: frozenset[str]

    @classmethod
    def of(cls, sql: str) -> Names:
        """The names of one text, of one statement or many; in lower case, as DuckDB compares them."""
        return cls.together(names for _, names in _statements(sql))

    @classmethod
    def together(cls, texts: Iterable[Names]) -> Names:
        """The names that any of these holds."""
        several = list(texts)
        return cls(*(frozenset().union(*(getattr(each, kind) for each in several)) for kind in cls.__slots__))


@dataclass(frozen=True, slots=True)
class ModelObject:
    """One table, view or macro: the statements that make and fill it, and the names of those that must be there.

    `reads` are all names that it holds, so also those of fact tables.
    """

    name: str
    kind: str
    statements: tuple[str, ...]
    needs: frozenset[str]
    reads: frozenset[str]

    def needing(self, more: Set[str]) -> ModelObject:
        """The same, which needs these too."""
        return replace(self, needs=self.needs | more - {self.name})


class Model:
    """Objects by name. A name of the model names nothing else: no column, no alias, no part of a query.

    A text needs whatever of the model it names: what is named without need costs time, never a wrong number.
    """

    def __init__(self, files: Iterable[Path], beneath: Model | None = None) -> None:
        """Read the objects of these files; `beneath` is a model whose objects they may rest on.

        Raises KaptuiError where a statement does not begin with what it makes, or a name is made twice.
        """
        made: dict[str, tuple[str, list[str], list[Names]]] = {}
        for path in files:
            for text, names in _statements(path.read_text(encoding="utf-8")):
                begins = _MAKES.match(text)
                if begins is None:
                    raise KaptuiError(
                        f"{path.name}: '{text.strip()[:60]}' does not begin with what it makes",
                        "A file of the model creates tables, views, macros and indexes, and inserts into them.",
                    )
                if begins["comment"]:
                    continue  # for whoever explores the model in a shell
                name, kind = begins["name"].lower(), (begins["kind"] or "").lower()
                if begins["again"]:
                    made.pop(name, None)
                if kind and name in made:
                    raise KaptuiError(f"{path.name}: '{name}' is made twice", "Give one of them another name.")
                _, texts, named = made.setdefault(name, (kind, [], []))
                texts.append(_as_made(kind, text))
                named.append(names)
        macros = {name for name, (kind, *_) in made.items() if kind == "macro"}
        relations = made.keys() - macros
        self._macros: Set[str] = macros | (beneath._macros if beneath else set())
        self._relations: Set[str] = relations | (beneath._relations if beneath else set())
        self.objects: Mapping[str, ModelObject] = {
            name: self._object(name, kind, tuple(texts), Names.together(named))
            for name, (kind, texts, named) in made.items()
        }

    def _object(self, name: str, kind: str, texts: tuple[str, ...], names: Names) -> ModelObject:
        needs = self.named_in(names) - {name}
        return ModelObject(name, kind, texts, needs, names.relations)

    def hidden_by(self, other: Model) -> Model:
        """This model where the objects of `other` stand in place of those of the same name, and of facts.

        What reads such a fact needs it from then on.
        """
        hidden = other.objects.keys()
        both = Model(())
        both._macros, both._relations = self._macros, self._relations | other._relations
        reading = {name: each.needing(each.reads & hidden) for name, each in self.objects.items()}
        both.objects = {**reading, **other.objects}
        return both

    def named_in(self, names: Names) -> frozenset[str]:
        """The objects that are meant by these names."""
        return (names.relations | names.quoted) & self._relations | names.calls & self._macros

    def settled(self, names: Iterable[str], unsettled: Set[str]) -> frozenset[str]:
        """Those of these tables that rest on nothing in `unsettled`, however far down."""
        return frozenset(
            name
            for name in names
            if self.objects[name].kind == "table" and not unsettled & {each.name for each in self.needed([name])}
        )

    def needed(self, wanted: Iterable[str]) -> list[ModelObject]:
        """The objects called so and whatever they rest on, each after what it needs.

        Raises KaptuiError where one rests on itself.
        """
        order: dict[str, ModelObject] = {}
        under_way: list[str] = []

        def visit(name: str) -> None:
            if name in order or name not in self.objects:
                return
            if name in under_way:
                circle = " -> ".join([*under_way, name])
                raise KaptuiError(f"queries/model: rests on itself: {circle}", "Let one of them do without the other.")
            under_way.append(name)
            for need in sorted(self.objects[name].needs):
                visit(need)
            under_way.pop()
            order[name] = self.objects[name]

        for name in sorted(wanted):
            visit(name)
        return list(order.values())


def _as_made(kind: str, text: str) -> str:
    """The statement as the program runs it."""
    if kind == "view":
        return _VIEW.sub(_UNBOUND, text, 1)
    return _MACRO.sub(_SHARED, text, 1) if kind == "macro" else text


def _statements(text: str) -> Iterator[tuple[str, Names]]:
    """The statements of one text, each with the comments before it, and the names that it holds."""
    begin = 0
    found: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    for token in _TOKEN.finditer(text):
        quoted, name, follows, end = token.groups()
        if name:
            found[follows == "("].add(name.lower())
        elif quoted:
            found[2].add(quoted.lower())
        elif end:
            yield text[begin : token.start()], Names(*map(frozenset, found))
            begin, found = token.end(), (set(), set(), set())
    if any(found):
        yield text[begin:], Names(*map(frozenset, found))


@cache
def model() -> Model:
    """The model as shipped, read once."""
    queries = queries_dir()
    return Model([queries / "settings.sql", *sorted((queries / "model").glob("*.sql"))])
