"""The SELECT of each table that exports feed with a row for each of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from kaptui.common.sql import identifier
from kaptui.facts.schema import SchemaTable, shipped_schema
from kaptui.loading.drafts.cells import Cell, CellWriter, joined_columns
from kaptui.loading.drafts.exports import Export
from kaptui.loading.drafts.links import Entity, Link, Names, find_link
from kaptui.loading.drafts.questions import Questions, named, note, quoted, shown
from kaptui.loading.drafts.words import Words

ACCOUNT_HEADINGS = (
    *("account id", "account", "account name", "customer id", "customer no", "customer number", "account no"),
    *("customer", "customer name", "kd nr", "kdnr", "kundennummer", "kunden nr", "kundennr", "debitor", "kunnr"),
    *("kunde", "kundenname", "client", "firma"),
)
"""Headings by which exports name an account, as `plain` reads them."""
_PEOPLE = {"manager_id", "person_id", "owner_id", "line_manager_id", "chaired_by", "assessor_id"}
_CONTACTS = {"stakeholder_id", "counterpart_id", "reports_to"}


@dataclass(slots=True)
class Draft:
    """One SELECT over rows `s` of an export: columns, joins, conditions, and what is said above it."""

    rows: str
    cells: dict[str, Cell] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    distinct: bool = False

    def text(self) -> str:
        """The SELECT."""
        lines = [f"select{' distinct' if self.distinct else ''}", joined_columns(self.cells), f"from {self.rows} as s"]
        lines += self.joins
        lines += [f"{'where' if not place else '    and'} {each}" for place, each in enumerate(self.where)]
        return "\n".join(lines)


@dataclass(slots=True)
class Drafting:
    """What is known while drafts are made: the exports by the table they feed, and whom their columns can name."""

    reader: duckdb.DuckDBPyConnection
    words: Words
    questions: Questions
    feeds: Mapping[str, list[Export]]
    names: Names
    entities: dict[str, Entity] = field(default_factory=dict)

    def rows_of(self, table: str) -> str:
        """The rows of the exports that feed a table, as FROM has them."""
        names = [export.name for export in self.feeds[table]]
        return names[0] if len(names) == 1 else f"({' union all by name '.join(f'from {name}' for name in names)})"

    def account(self, draft: Draft, table: str, export: Export, row: str = "s") -> str | None:
        """The account of a row: its join goes into the draft, and sums are left out. None where no column names one."""
        by_plain = {heading: None for word in ACCOUNT_HEADINGS for heading in [self._heading(export, word)] if heading}
        link = find_link(self.names, export, by_plain, self.entities.get("account"))
        if link is None:
            return None
        cell = f"{row}.{identifier(link.column)}"
        self.leave_out_totals(draft, table, export, link, cell)
        if join := link.joined("account", cell):
            draft.joins.append(join)
        return self._with_unknown(table, export, link, "account", cell, "account_id", rows_go=True)

    def _with_unknown(  # noqa: PLR0913, PLR0917 - what is asked about them
        self, table: str, export: Export, link: Link, alias: str, cell: str, column: str, *, rows_go: bool
    ) -> str:
        """The id; a line with `?` for each name that nobody has, which the load would refuse."""
        found = link.id(alias, cell)
        if not link.unknown:
            return found
        leave = f"or leave the rows out: where {cell} not in (...)" if rows_go else "or null"
        asked = self.questions.ask(
            table,
            "open",
            f"{len(link.unknown):,} of {len(link.unknown) + link.known:,} are not known by {note(link.target)} in "
            f"{note(link.entity.export.origin.file)}: {named(list(link.unknown))}",
            f"the {column} instead of each '?', as it stands in column {shown(link.entity.key)} there, {leave}",
            export=export,
            column=link.column,
            values=link.unknown,
        )
        lines = [f"        when {quoted(value)} then '?'" for value in link.unknown]
        return "\n".join([f"case {cell}  -- {asked}", *lines, f"        else {found}", "    end"])

    def leave_out_totals(self, draft: Draft, table: str, export: Export, link: Link, cell: str) -> None:
        """Rows that name a sum go, and are told."""
        if not link.totals:
            return
        asked = self.questions.ask(
            table,
            "told",
            f"left out as sums: {named(list(link.totals))}",
            "",
            export=export,
            column=link.column,
            values=link.totals,
        )
        listed = ", ".join(map(quoted, link.totals))
        draft.where.append(f"coalesce({cell} not in ({listed}), true) -- sums, {asked}")

    def link(self, draft: Draft, table: str, export: Export, column: str, heading: str) -> Cell | None:
        """A column that names a person or contact; None where nobody knows who is meant."""
        entity = self.entities.get("person" if column in _PEOPLE else "stakeholder")
        found = find_link(self.names, export, [heading], entity)
        alias = column.removesuffix("_id")
        cell = f"s.{identifier(heading)}"
        if found is None:
            self.questions.ask(
                table,
                "told",
                f"no export has the ids or names in this column, so {column} is not filled",
                f"a column at `as {column}`",
                export=export,
                column=heading,
            )
            return None
        if join := found.joined(alias, cell):
            draft.joins.append(join)
        told = "" if found.direct else f"{found.told()} as {note(found.target)}"
        checked = any(each.column == column for each in shipped_schema()[table].references)
        needed = shipped_schema()[table].columns[column].needed
        if found.unknown and checked:
            made = self._with_unknown(table, export, found, alias, cell, column, rows_go=needed)
            return Cell(made, told)
        if found.unknown:
            asks = (
                f"{len(found.unknown):,} who are not in {found.entity.export.origin.file}: {named(list(found.unknown))}"
            )
            write = "correct them in the export; the load names them"
            asked = self.questions.ask(table, "told", asks, write, export=export, column=heading, values=found.unknown)
            told += f"{', ' if told else ''}{asked}"
        return Cell(found.id(alias, cell), told)

    def table(self, name: str) -> Draft | None:
        """The draft of a table, by the headings of its export; None where what it needs is not there."""
        table, export = shipped_schema()[name], self.feeds[name][0]
        found = self.words.columns(table, list(export.columns))
        writer = CellWriter(table, export, self.words, self.questions)
        draft = Draft(self.rows_of(name))
        for column in table.columns.values():
            heading, sure = found.get(column.name, ("", True))
            if heading and not export.columns[heading].filled and not column.needed:
                continue
            made: Cell | None = None
            if column.name == "account_id" and name != "account":
                account = self.account(draft, name, export)
                made = Cell(account) if account else None
            elif heading and column.name in _PEOPLE | _CONTACTS and not self._own_key(name, column.name):
                made = self.link(draft, name, export, column.name, heading)
            elif heading and column.name == "period_start" and export.columns[heading].months:
                made = Cell(f"month_of(s.{identifier(heading)})")
            elif heading and not (column.name in {"plan_id", "objective_id"} and column.name != f"{name}_id"):
                made = writer.cell(column, heading, sure=sure)
            if made is not None:
                draft.cells[column.name] = made
        _add_rest(self, table, export, draft, writer)
        self.tell_unused(draft, name, export, {heading for heading, _ in found.values()})
        order = list(table.columns)
        draft.cells = dict(sorted(draft.cells.items(), key=lambda each: order.index(each[0])))
        return draft

    def tell_unused(self, draft: Draft, table: str, export: Export, known: set[str]) -> None:
        """Columns of the export that the draft does not read, and that are not asked about."""
        text = draft.text()
        unused = [
            heading
            for heading, column in export.columns.items()
            if column.filled and heading not in known and identifier(heading) not in text
        ]
        if unused:
            asks = f"columns that are not used: {named(unused)}"
            write = f"those you need; `kaptui guide data {table}` lists what the table takes"
            self.questions.ask(table, "told", asks, write, export=export)

    def _own_key(self, table: str, column: str) -> bool:
        return column == shipped_schema()[table].keys[0][0]

    def _heading(self, export: Export, word: str) -> str | None:
        return self.words.find("", word, export.columns)


def _add_rest(drafting: Drafting, table: SchemaTable, export: Export, draft: Draft, writer: CellWriter) -> None:
    """The columns that a table needs and the export does not have by that name."""
    ask = drafting.questions.ask
    _link_to_plans(drafting, table, export, draft)
    if table.name == "activity" and "side" not in draft.cells:
        asked = ask(
            "activity",
            "guess",
            "the side of an activity: external where a contact is named, else internal",
            "'internal' or 'external' by another column at `as side`",
            export=export,
        )
        contact = drafting.words.find("activity", "stakeholder_id", export.columns)
        if contact:
            side = f"case when s.{identifier(contact)} is null then 'internal' else 'external' end"
            draft.cells["side"] = Cell(side, f"guess: {asked}")
    if table.name == "plan" and "status" not in draft.cells:
        asked = ask("plan", "guess", "every plan is taken as active", "'not_started' or 'inactive' where that is right")
        draft.cells["status"] = Cell("'active'", f"guess: {asked}")
    key = table.keys[0][0]
    if len(table.keys[0]) == 1 and key not in draft.cells:
        parts = [
            draft.cells[name].sql for name in ("account_id", "plan_id", "objective_id", "name") if name in draft.cells
        ]
        if parts and "name" in draft.cells:
            kept = (
                [part for part in parts if part != draft.cells.get("account_id", Cell("")).sql]
                if _nested(draft)
                else parts
            )
            draft.cells[key] = Cell(f"concat_ws(' / ', {', '.join(kept)})", "made of the names")
        else:
            asked = ask(
                table.name,
                "guess",
                f"no column holds {key}: rows are numbered",
                "a column that stays the same",
                export=export,
            )
            draft.cells[key] = Cell("row_number() over ()::varchar", f"guess: {asked}")
    for column in table.columns.values():
        if column.needed and column.name not in draft.cells:
            draft.cells[column.name] = writer.missing(column)


def _nested(draft: Draft) -> bool:
    return "plan_id" in draft.cells or "objective_id" in draft.cells


def _link_to_plans(drafting: Drafting, table: SchemaTable, export: Export, draft: Draft) -> None:
    """Objectives name their plan, and actions their objective, with the account: the id is made as theirs is."""
    if table.name == "objective" and "plan_id" not in draft.cells:
        account = drafting.account(draft, "objective", export)
        plan = drafting.words.find("objective", "plan_id", export.columns)
        if account and plan:
            draft.cells["plan_id"] = Cell(f"concat_ws(' / ', {account}, s.{identifier(plan)})", "as plan.sql makes it")
    if table.name == "action" and "objective_id" not in draft.cells and drafting.feeds.get("objective"):
        objectives = drafting.feeds["objective"][0]
        theirs = drafting.words.find("objective", "name", objectives.columns)
        plan = drafting.words.find("objective", "plan_id", objectives.columns)
        ours = drafting.words.find("action", "objective_id", export.columns)
        account = drafting.account(draft, "action", export)
        if not (theirs and plan and ours and account):
            return
        above = Draft(objectives.name)
        own = len(drafting.questions.asked)
        their_account = drafting.account(above, "action", objectives) or "null"
        del drafting.questions.asked[own:]  # asked under objective.sql
        inner = "\n    ".join(
            [
                f"select {their_account} as account_id,",
                f"    s.{identifier(plan)} as plan, s.{identifier(theirs)} as objective",
                f"from {objectives.name} as s",
                *above.joins,
            ]
        )
        draft.joins.append(
            f"left join (\n    {inner}\n) as objective on objective.account_id = {account} "
            f"and same_name(objective.objective, s.{identifier(ours)})"
        )
        made = "concat_ws(' / ', objective.account_id, objective.plan, objective.objective)"
        draft.cells["objective_id"] = Cell(made, "as objective.sql makes it")


def plans_of_objectives(drafting: Drafting) -> Draft | None:
    """The plans that are named beside objectives; None where they are not."""
    export = drafting.feeds["objective"][0]
    plan = drafting.words.find("objective", "plan_id", export.columns)
    draft = Draft(export.name, distinct=True)
    account = drafting.account(draft, "plan", export)
    if not (plan and account):
        return None
    name = f"s.{identifier(plan)}"
    draft.cells = {
        "plan_id": Cell(f"concat_ws(' / ', {account}, {name})", "made of the names"),
        "account_id": Cell(account),
        "name": Cell(name),
    }
    asks = "every plan is taken as active"
    asked = drafting.questions.ask(
        "plan", "guess", asks, "'not_started' or 'inactive' where that is right", export=export
    )
    draft.cells["status"] = Cell("'active'", f"guess: {asked}")
    return draft
