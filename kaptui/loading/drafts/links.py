"""How an export names an account, a person or a contact: by the same id, by one with other zeros, or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from kaptui.common.sql import identifier
from kaptui.loading.drafts.exports import Column, Export

_LEAST = 0.3
"""Where fewer of the values are found, the column names something else."""
_LISTED = 100
"""So many values that nobody has are listed."""
_COMPARED = 1_000_000
"""So many different values of a column are compared."""
_TOTAL = re.compile(
    r"(grand |sub ?-?|sous-)?(totals?|totale|summe|gesamt\w*|zwischensumme|teilsumme|sum|somme|suma|razem)\b",
    re.IGNORECASE,
)
_RELATIONS = {"exact": "{0} = {1}", "id": "same_id({0}, {1})", "name": "same_name({0}, {1})"}


@dataclass(frozen=True, slots=True)
class Entity:
    """The export that a table is drafted from, the heading of its key, and that of its name."""

    table: str
    export: Export
    key: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A column of an export and the column of an entity that it names, how they are compared, and who is unknown.

    `totals` are the values that name a sum and not one of them.
    """

    entity: Entity
    column: str
    target: str
    relation: str
    known: int
    unknown: tuple[str, ...]
    totals: tuple[str, ...]

    @property
    def direct(self) -> bool:
        """The export has the very id."""
        return self.relation == "exact" and self.target == self.entity.key

    def joined(self, alias: str, row: str) -> str:
        """The join that finds the entity; nothing where the export has its id."""
        condition = _RELATIONS[self.relation].format(f"{alias}.{identifier(self.target)}", f"{row}")
        return "" if self.direct else f"left join {self.entity.export.name} as {alias} on {condition}"

    def id(self, alias: str, row: str) -> str:
        """The entity's id; what nobody has stays as it stands in the export, so that the load names it."""
        return row if self.direct else f"coalesce({alias}.{identifier(self.entity.key)}, {row})"

    def told(self) -> str:
        """How the two are compared, in words."""
        how = {"exact": "the same", "id": "the same but for zeros in front", "name": "the same name, however written"}
        return how[self.relation]


@dataclass(slots=True)
class Names:
    """The values by which exports name things, each as it stands, without zeros in front, and without spelling."""

    reader: duckdb.DuckDBPyConnection
    _read: dict[tuple[str, str], dict[str, dict[str, list[str]]]] = field(default_factory=dict)

    def of(self, export: Export, column: str) -> dict[str, dict[str, list[str]]]:
        """How they are compared -> each value so -> the values as they stand."""
        if (export.name, column) not in self._read:
            rows = self.reader.execute(
                f"select v, bare_id(v), bare_name(v) from (select distinct {identifier(column)} as v "
                f"from {export.name}) where v is not null order by v limit {_COMPARED}"
            ).fetchall()
            ways: dict[str, dict[str, list[str]]] = {relation: {} for relation in _RELATIONS}
            for row in rows:
                for relation, way in zip(_RELATIONS, row, strict=True):
                    ways[relation].setdefault(way if way is not None else row[0], []).append(row[0])
            self._read[export.name, column] = ways
        return self._read[export.name, column]

    def unknown(self, export: Export, column: str, entity: Entity, target: str, relation: str) -> list[str]:
        """The values of a column that the entity does not have."""
        here, there = self.of(export, column)[relation], self.of(entity.export, target)[relation]
        return [value for way, values in here.items() if way not in there for value in values]


def find_link(names: Names, export: Export, candidates: Iterable[str], entity: Entity | None) -> Link | None:
    """The column among the candidates by which most values are found, in the surest way; None where few are."""
    if entity is None:
        return None
    found: list[tuple[int, int, int, str, str, str]] = []
    ways = list(_RELATIONS)
    for place, candidate in enumerate(candidates):
        here = names.of(export, candidate)
        for target in _keys(entity):
            there = names.of(entity.export, target)
            for relation in ways:
                if len(there[relation]) < len(there["exact"]):
                    continue  # one value would find several
                known = len(here[relation].keys() & there[relation].keys())
                by_name = 10 * (target == entity.name)  # a name may change, a number stays
                sure = (target == entity.key) - ways.index(relation) * 2 - by_name
                found.append((known, sure, -place, candidate, target, relation))
    known, _, _, column, target, relation = max(found, default=(0, 0, 0, "", "", ""))
    if not known:
        return None
    unknown = names.unknown(export, column, entity, target, relation)
    totals = tuple(value for value in unknown if _TOTAL.match(value.strip()))
    rest = tuple(value for value in unknown if value not in totals)
    if known < _LEAST * (known + len(rest)):
        return None
    return Link(entity, column, target, relation, known, rest[:_LISTED], totals)


def _keys(entity: Entity) -> list[str]:
    """The columns that tell the rows of an entity apart."""

    def tells(column: Column) -> bool:
        return column.unique and column.filled >= 0.5 * entity.export.rows

    return [name for name, column in entity.export.columns.items() if name == entity.key or tells(column)]
