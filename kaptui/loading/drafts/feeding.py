"""Which export feeds which table: by its shape, its headings, and the words of its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kaptui.facts.schema import SchemaTable, shipped_schema
from kaptui.loading.cells import column_name
from kaptui.loading.drafts.exports import Export
from kaptui.loading.drafts.questions import Questions, shown
from kaptui.loading.drafts.tables import ACCOUNT_HEADINGS
from kaptui.loading.drafts.wide import factors_of, measure_of, sponsors_of
from kaptui.loading.drafts.words import Words, plain
from kaptui.loading.text_file import table_stem

_MUST: Mapping[str, tuple[str, ...]] = {
    "account": ("name",),
    "person": ("name",),
    "stakeholder": ("name",),
    "activity": ("occurred_on",),
    "plan": ("name",),
    "objective": ("name",),
    "action": ("name",),
    "programme": ("name", "start_on"),
    "financial_period": ("period_start", "revenue"),
    "fx_rate": ("currency", "period_start", "rate"),
    "assessment": ("factor_id", "score"),
    "sponsorship": ("person_id", "side"),
    "plan_review": ("reviewed_on",),
    "review_point": ("name", "held_on"),
}
"""The columns without which an export is no such table."""
_OF_ACCOUNTS = frozenset(
    {"stakeholder", "activity", "financial_period", "assessment", "sponsorship", "programme", "plan"}
)
FITS = "fits as it is and needs no draft"
"""Said of a file that `load` reads without a mapping."""
_BY_NAME = 4
"""So many columns a fitting word in the file's name is worth."""
_LEAST = 4
"""With less an export is no such table."""
_FEW = 5
"""So few rows prove nothing."""

Feeds = dict[str, list[Export]]


def feeds(words: Words, exports: Iterable[Export], questions: Questions) -> tuple[Feeds, Feeds]:
    """Table -> the exports it is drafted from; and the files that fit as they are, which need no draft."""
    found: Feeds = defaultdict(list)
    fitting: Feeds = {}
    for export in _without_twins(exports, questions):
        if (table := _fits(export)) is not None:
            fitting[table.name] = [export]
            questions.ask("", "told", f"{shown(export.origin.file)} {FITS}", "")
        elif name := _best(words, export):
            found[name].append(export)
        else:
            asks = f"{shown(export.origin.file)} is not used: no table is known by its headings"
            questions.ask("", "told", asks, "`kaptui guide data` lists the tables, `kaptui guide mapping` how to map")
    for name in fitting:
        found.pop(name, None)
    for name, some in list(found.items()):
        found[name] = _same_kind(words, name, some, questions)
    return dict(found), fitting


def keys_of(words: Words, table: str, export: Export) -> tuple[str | None, str | None]:
    """The headings of a table's key (by name, where it has none) and of its name."""
    columns = words.columns(shipped_schema()[table], list(export.columns))
    found = [
        columns[column][0] if column in columns and export.columns[columns[column][0]].filled else None
        for column in (f"{table}_id", "name")
    ]
    return found[0] or found[1], found[1]


def _fits(export: Export) -> SchemaTable | None:
    """The table that a file on the first level of the source is named for, where it has all that is needed."""
    if "/" in export.origin.name and export.origin.sheet is None:
        return None
    name = column_name(export.origin.sheet or table_stem(export.origin.path))
    table = shipped_schema().get(name)
    headings = {column_name(heading) for heading in export.columns}
    needed = {column.name for column in table.columns.values() if column.needed} if table else set()
    return table if table and needed <= headings else None


def _best(words: Words, export: Export) -> str | None:
    """The table that most of the headings, and the name, speak for."""
    if export.months:
        return "financial_period" if measure_of(words, export) else None
    if len(factors_of(words, export)) >= 3:
        return "assessment"
    if len(sponsors_of(words, export)) >= 2 or (sponsors_of(words, export) and words.says("sponsorship", export.words)):
        return "sponsorship"
    by_plain = {plain(heading) for heading in export.columns}
    names_account = not by_plain.isdisjoint(ACCOUNT_HEADINGS)
    scores: list[tuple[int, int, str]] = []
    for place, (name, must) in enumerate(_MUST.items()):
        columns = words.columns(shipped_schema()[name], list(export.columns))
        if not {*must} <= {*columns} or (name in _OF_ACCOUNTS and not names_account):
            continue
        score = len(columns) + _BY_NAME * words.says(name, export.words) + (name in _OF_ACCOUNTS)
        scores.append((score, -place, name))
    best, _, name = max(scores, default=(0, 0, ""))
    return name if best >= _LEAST else None


def _without_twins(exports: Iterable[Export], questions: Questions) -> list[Export]:
    """Of exports that hold the same the one that was read without a guess; the other is told."""
    kept: dict[tuple[object, ...], Export] = {}
    for export in sorted(exports, key=lambda each: (each.lossy, each.origin.name)):
        first = [(column.filled, column.distinct) for column in export.columns.values()]
        what = (export.shape, export.rows, *first, _name_if_alike(export), export.total)
        if what in kept:
            asks = f"{shown(export.origin.file)} holds the same as {shown(kept[what].origin.file)}, which is used"
            questions.ask("", "told", asks, "")
        else:
            kept[what] = export
    return sorted(kept.values(), key=lambda each: each.origin.name)


def _name_if_alike(export: Export) -> str:
    """The name of one whose columns say little, so that files with a row or two are not taken for each other."""
    return "" if export.months or export.rows > _FEW else export.words


def _same_kind(words: Words, table: str, exports: list[Export], questions: Questions) -> list[Export]:
    """The exports that feed a table together: of one shape; ledgers one for each amount. Others are told."""
    if table == "financial_period" and any(export.months for export in exports):
        by_measure: dict[str, Export] = {}
        for export in exports:
            measure = measure_of(words, export) if export.months else None
            if measure and measure not in by_measure:
                by_measure[measure] = export
        kept = list(by_measure.values())
    else:
        known = {id(each): len(words.columns(shipped_schema()[table], list(each.columns))) for each in exports}
        first = max(exports, key=lambda each: known[id(each)] + _BY_NAME * words.says(table, each.words))
        alike = [each for each in exports if {*each.columns} == {*first.columns}]
        kept = alike if table not in ("account", "person") else [first]
    for export in exports:
        if export not in kept:
            asks = f"{shown(export.origin.file)} is not used: {shown(kept[0].origin.file)} feeds {table}"
            questions.ask("", "told", asks, f"its rows into {table}.sql, where they belong there")
    return kept
