"""The ids that were probably meant by ids that nobody has: other case, other signs, zeros in front, or a name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from kaptui.common.sql import identifier
from kaptui.facts.schema import Reference, shipped_schema
from kaptui.loading.staging import Stage

_ASKED = 200
"""So many different ids are looked up: who has more has a cause that shows in the first ones."""


def meant_ids(stage: Stage, reference: Reference, values: Iterable[str]) -> dict[str, str]:
    """Unknown id -> the one id of the referenced table that it may stand for; none where there are several.

    A number that differs in a digit is another id, not a misspelt one, so nothing is guessed by likeness.
    """
    asked = list(islice(dict.fromkeys(values), _ASKED))
    key, table = identifier(reference.key), identifier(reference.table)
    name = "name" if "name" in shipped_schema()[reference.table].columns else reference.key
    rows = stage.connection.execute(
        "with asked as (select unnest(?::varchar[]) as value), "
        f"same as (select a.value, t.{key}::varchar as id from asked a join {table} t "
        f"on core_of(a.value) = core_of(t.{key}::varchar) "
        "where core_of(a.value) <> '' union "
        f"select a.value, t.{key}::varchar from asked a join {table} t "
        f"on lower(trim(t.{identifier(name)}::varchar)) = lower(a.value)) "
        "from same select value, any_value(id) group by value having count(distinct id) = 1",
        [asked],
    )
    return {str(value): str(meant) for value, meant in rows.fetchall()}
