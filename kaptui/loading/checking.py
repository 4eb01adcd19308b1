"""The rules of a load: what schema.sql forbids, by one mechanism, and one file per rule in queries/checks/."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kaptui.common.did_you_mean import nearest
from kaptui.common.sql import identifier, literal
from kaptui.facts.rules import dangling, doubled
from kaptui.facts.schema import Check, Reference, Schema, SchemaTable
from kaptui.facts.statements import run_parsed
from kaptui.loading.advice import range_advice
from kaptui.loading.certain import take_certain_values
from kaptui.loading.findings import VALUES, Finding, Severity
from kaptui.loading.meant_ids import meant_ids
from kaptui.loading.staging import Stage
from kaptui.resources import queries_dir, query_text

_LISTED_TABLES = frozenset({"activity_kind"})
"""Tables so short that an error lists what stands in them."""

_MANY_ROWS = 50_000
"""Rows of a table from which it pays to look whether they stand in order already."""

Broken = tuple[Severity, str, int | None, str, str | None, str, str]
"""severity, table, line, column, value, problem, fix: the columns of every rule's answer."""


def rules() -> list[Path]:
    """The files of the rules that schema.sql cannot say."""
    return sorted((queries_dir() / "checks").glob("*.sql"))


@cache
def _settings() -> str:
    return (queries_dir() / "settings.sql").read_text(encoding="utf-8")


@cache
def _rule(path: Path) -> tuple[str, frozenset[str]]:
    """The text of one rule, and the words in it: the tables that it reads are among them."""
    text = path.read_text(encoding="utf-8").strip().removesuffix(";")
    return text, frozenset(re.findall(r"\w+", re.sub(r"--.*", "", text)))


def check_facts(stage: Stage, schema: Schema) -> frozenset[str]:
    """Add a finding for every broken rule of the staged facts; the long tables whose rows are in order already.

    A rule whose tables hold no row is not asked: it has nothing to find.
    """
    stage.connection.execute("use facts")
    run_parsed(stage.connection, query_text("load", "ids"))
    take_certain_values(stage, schema)
    ordered = set()
    for table in schema.values():
        stage.step(f"checking {table.name}")
        stage.expect(stage.rows[table.name])
        if stage.rows[table.name]:
            rises = stage.rows[table.name] >= _MANY_ROWS and _rises(stage, table)
            ordered |= {table.name} if rises else set()
            _check_table(stage, table, rises)
    _check_rules(stage, schema)
    return frozenset(ordered)


def _rises(stage: Stage, table: SchemaTable) -> bool:
    """Whether each row comes after the one before it, in the order in which they are written.

    The first has none before it; at the second such row it stops. Rows that are read in parts have one for each part,
    and count as in no order.
    """
    names = [identifier(name) for name in table.order]
    here = ", ".join(f"{name} as here_{at}, lag({name}) over () as former_{at}" for at, name in enumerate(names))
    after = "false"
    for at in reversed(range(len(names))):
        after = f"(here_{at} > former_{at} or (here_{at} = former_{at} and {after}))"
    sql = f"select 1 from (from {identifier(table.name)} select {here}) where {after} is not true limit 2"
    return len(stage.connection.execute(sql).fetchall()) == 1


def _check_rules(stage: Stage, schema: Schema) -> None:
    """The rules of queries/checks."""
    _prepare(stage)
    whole = not any(each.severity == "error" for each in stage.findings)  # every cell that must be filled is
    for path in rules():
        stage.step(f"checking {path.stem.replace('_', ' ')}")
        rule, words = _rule(path)
        reads = words & schema.keys()
        if reads and not any(stage.rows[table] for table in reads):
            continue
        told = f"({_worded(path.stem, rule, whole=whole)})"
        broken = run_parsed(stage.connection, f"from {told} limit {stage.listed + 1}").fetchall()
        total = len(broken)
        if total > stage.listed:
            total = stage.connection.execute(f"select count(*) from {told}").fetchall()[0][0]
        _tell(stage, path.stem, broken, total, f"{told} select value")


def _worded(name: str, rule: str, *, whole: bool) -> str:
    """The rows that a rule tells of, all with words.

    Where the facts are `whole`, a rule that finds something and has no words for it is at fault, and says so itself:
    left out, it would fall silent. Where they are not, its words are lost with the key of a row, which another check
    tells of.
    """
    if not whole:
        return f"from (\n{rule}\n) where problem is not null and fix is not null"
    words = literal(f"this should not happen: the rule {name} has no words for what it found")
    return (
        f"from (\n{rule}\n) select * replace (coalesce(severity, 'error') as severity, "
        f"if(fix is null, {words}, coalesce(problem, {words})) as problem, coalesce(fix, 'please report it') as fix)"
    )


def _tell(stage: Stage, rule: str, broken: list[Broken], total: int, values: str = "") -> None:
    """Turn broken rows into findings; beyond the limit only their number, and how often each value is among all.

    `values` is what to select these from, with their column named `value`.
    """
    for severity, table, line, column, value, problem, fix in broken[: stage.listed]:
        file = stage.files.get(table, table)
        stage.findings.append(Finding(severity, table, file, line, column, value or "", problem, fix, rule))
    if len(broken) > stage.listed:
        severity, table, _, column, _, problem, fix = broken[stage.listed]
        rows = total - stage.listed
        more = f"{rows:,} more like these: {problem}"
        file = stage.files.get(table, table)
        counts = _counted(stage, values) if values else ()
        stage.findings.append(Finding(severity, table, file, None, column, "", more, fix, rule, rows, counts))


def _counted(stage: Stage, values: str) -> tuple[tuple[str, int], ...]:
    """How many rows hold each value, the most frequent first."""
    sql = f"from (from {values}) select value::varchar as value, count(*) as rows where value is not null "
    sql += f"group by value order by rows desc, value limit {VALUES}"
    return tuple(stage.connection.execute(sql).fetchall())


@dataclass(frozen=True, slots=True)
class _RowRule:
    """A condition that no row may meet, the column to name, and the check it comes from (None: must be filled)."""

    condition: str
    column: str
    check: Check | None = None


def _check_table(stage: Stage, table: SchemaTable, rises: bool) -> None:
    """What schema.sql forbids: all of it counted in one statement, and listed where it is broken.

    Where the rows rise by a key, none of them has that of another.
    """
    row_rules = [
        _RowRule(f"{identifier(column.name)} is null", column.name)
        for column in table.columns.values()
        if column.needed and (table.name, column.name) not in stage.absent
    ]
    row_rules += [_RowRule(f"not {check.expression}", check.columns[0], check) for check in table.checks]
    references = [each for each in table.references if each.table not in stage.broken]
    counted = [f"count(*) filter (where {rule.condition})" for rule in row_rules]
    keys = [key for key in table.keys if not rises or set(key) != set(table.order)]
    counted += [f"(select count(*) from ({doubled(table, key)}))" for key in keys]
    counted += [f"(select count(*) from ({dangling(table, each)}))" for each in references]
    counts = iter(stage.connection.execute(f"from {identifier(table.name)} select {', '.join(counted)}").fetchall()[0])
    for rule in row_rules:
        if count := next(counts):
            _tell_rows(stage, table, rule, count)
    for key in keys:
        if next(counts):
            _tell_doubled(stage, table, key)
    for reference in references:
        if count := next(counts):
            _tell_dangling(stage, table, reference, count)


def _tell_rows(stage: Stage, table: SchemaTable, rule: _RowRule, count: int) -> None:
    """List the rows that have an empty required cell, or break a check."""
    told = {(finding.line, finding.column) for finding in stage.findings if finding.table == table.name}
    rows = stage.connection.execute(
        f"from {identifier(table.name)} select source_row, {identifier(rule.column)}::varchar where {rule.condition} "
        f"order by source_row limit {stage.listed + 1 + len(told)}"
    ).fetchall()
    broken: list[Broken] = []
    for line, value in rows:
        words = _words(rule.check, value) if rule.check else ("is empty", f"give every row its {rule.column}")
        if (line, rule.column) not in told:  # a cell that could not be read is empty now, and was told already
            broken.append(("error", table.name, line, rule.column, value, *words))
    values = f"{identifier(table.name)} select {identifier(rule.column)} as value where {rule.condition}"
    _tell(stage, "check" if rule.check else "not_null", broken, count, values)


def _words(check: Check, value: str) -> tuple[str, str]:
    """A check constraint in words: what is wrong with the value, and what may stand there."""
    expression = check.expression
    if " IN (" in expression:
        allowed = re.findall(r"'([^']*)'", expression)
        guess = nearest(value.lower(), allowed)
        fix = f"write {guess}" if guess else "write one of them"
        return f"is not one of: {', '.join(allowed)}", fix
    if between := re.search(r"BETWEEN (\S+) AND ([^\s)]+)", expression):
        low, high = between.groups()
        return range_advice(value, low, high)
    if order := re.search(r"(\w+) >= ([a-z_]+)\)", expression):
        late, early = order.groups()
        return f"is before {early}", f"write {late} on or after {early}, or leave it empty"
    if bound := re.search(r"(>=?) (\S+?)\)", expression):
        least = "at least" if bound[1] == ">=" else "more than"
        return f"is not {least} {bound[2]}", f"write a number of {least} {bound[2]}"
    return f"breaks the rule {expression}", "correct the row"


def _tell_doubled(stage: Stage, table: SchemaTable, key: tuple[str, ...]) -> None:
    """List the rows with a key that an earlier row has; in a file that no load wrote two may have the same line."""
    names = ", ".join(map(identifier, key))
    rows = stage.connection.execute(
        f"from {identifier(table.name)} semi join ({doubled(table, key)}) using ({names}) "
        f"select source_row, concat_ws(', ', {names}), min(source_row) over (partition by {names}) as first_row "
        f"qualify row_number() over (partition by {names} order by source_row) > 1 order by source_row"
    )
    same, fix = f"the same {' and '.join(key)} as", "keep one of the rows, or correct the key"
    listed = rows.fetchall()
    broken: list[Broken] = [
        ("error", table.name, line, ", ".join(key), value, f"{same} {_former(first, line)}", fix)
        for line, value, first in listed[: stage.listed + 1]
    ]
    _tell(stage, "key", broken, len(listed))


def _former(first: int | None, line: int | None) -> str:
    """The row that had a key first, in words."""
    return "in another row" if first is None or first == line else f"in line {first}"


def _tell_dangling(stage: Stage, table: SchemaTable, reference: Reference, count: int) -> None:
    rows_of = dangling(table, reference)
    rows = stage.connection.execute(f"{rows_of} order by source_row limit {stage.listed + 1}").fetchall()
    problem = f"no {reference.table} has this {reference.key}"
    file = stage.files.get(reference.table, f"{reference.table}.csv")
    known: list[str] = []
    if reference.table in _LISTED_TABLES:
        there = stage.connection.execute(
            f"from {identifier(reference.table)} select {identifier(reference.key)} order by 1"
        )
        known = [str(key) for (key,) in there.fetchall()]
        problem = f"is not one of: {', '.join(known)}"
        meant = {value: nearest(value.lower(), known) for value in dict.fromkeys(value for _, value in rows)}
    else:
        meant = meant_ids(stage, reference, (value for _, value in rows))
    broken: list[Broken] = []
    for line, value in rows:
        guess = meant.get(value)
        fix = f"add it to {file}, or correct it"
        if guess:
            fix = f"write {guess}, or add it to {file}" if known else f"did you mean {guess}?"
        broken.append(("error", table.name, line, reference.column, value, problem, fix))
    _tell(stage, "reference", broken, count, f"({rows_of}) select value")


def _prepare(stage: Stage) -> None:
    """What the rules ask beside the facts: the settings, the load's day, currency and months, and what was not read."""
    connection = stage.connection
    run_parsed(connection, _settings())
    run_parsed(connection, query_text("load", "context"))
    for table in sorted(stage.broken):
        connection.execute("insert into unread_table values (?)", [table])
