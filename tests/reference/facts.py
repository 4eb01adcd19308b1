"""The facts of a folder of CSV files: typed rows with the defaults of the schema, and nothing derived."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

Row = dict[str, Any]

# name[:type][=default], in the order of the schema; without a type it is text.
TABLES = {
    "setting": "key value",
    "person": "person_id name function level:int active:bool=true line_manager_id trained_on:date "
    "variable_profit_share:float",
    "account": "account_id name manager_id tier:int=1 status=active region industry parent_id "
    "selected_on:date selection_score:float kept_on:date manager_since:date external_id",
    "success_factor": "factor_id:int code name asks weight:float=1 scale_max:float=4 fresh_days:int=183 "
    "expire_days:int=366 provenance=proposed",
    "assessment": "account_id factor_id:int assessed_on:date score:float assessor_id evidence note",
    "financial_period": "account_id period_start:date scenario=actual currency revenue:money cogs:money "
    "cost_to_serve:money revenue_value_priced:money revenue_cost_plus:money revenue_market_priced:money",
    "fx_rate": "currency period_start:date rate:decimal",
    "programme": "programme_id account_id name kind status start_on:date end_on:date currency "
    "own_commitment:money customer_commitment:money spent:money expected_profit:money realised_profit:money "
    "committee_on:date",
    "stakeholder": "stakeholder_id account_id name role level:int active:bool=true stance:int "
    "reports_to advisory_board:bool=false external_id",
    "sponsorship": "sponsorship_id account_id person_id side start_on:date end_on:date counterpart_id cadence_days:int",
    "activity_kind": "kind label side touch:bool mechanism",
    "activity": "activity_id account_id person_id stakeholder_id side kind occurred_on:date status=done note",
    "plan": "plan_id account_id name status start_on:date end_on:date approved_on:date "
    "shared_with_customer_on:date owner_id vision priorities challenges external_id",
    "objective": "objective_id plan_id name status start_on:date due_on:date owner_id joint:bool value_type "
    "baseline_value:float current_value:float target_value:float value_at external_id",
    "action": "action_id objective_id name owner_id due_on:date done_on:date",
    "plan_review": "review_id plan_id reviewed_on:date outcome chaired_by customer_present:bool note",
    "review_point": "name held_on:date",
}

SIX_FACTORS = (
    ("TOP", "Anchored at the top", "article"),
    ("QUA", "Quality over quantity", "article"),
    ("LON", "Long horizon, living plan", "proposed"),
    ("TEA", "Team and customer in the plan", "proposed"),
    ("KAM", "Real account managers", "proposed"),
    ("SEL", "Rigorous selection", "proposed"),
)

SHIPPED_KINDS = """
kind,label,side,touch,mechanism
exec_meeting,executive meeting,,true,
visit,visit,,true,
call,call,,false,
newsletter,newsletter,,false,
convention,convention,,false,recognition
award,award,,false,recognition
success_evidence,proof of success,,false,success_evidence
investment_committee,investment committee,,true,investment_committee
year_end_negotiation,year-end negotiation,external,true,year_end_negotiation
advisory_board,advisory board,external,true,advisory_board
"""
"""What is done and whether it is a touch, until the company says otherwise; no rule reads the label."""


def _money(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _flag(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text.lower()]


PARSERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "int": int,
    "float": float,
    "money": _money,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "bool": _flag,
}


@cache
def _columns(table: str) -> tuple[tuple[str, Callable[[str], Any], str], ...]:
    """(column, parser, default as text or "") of a table."""
    found = []
    for spec in TABLES[table].split():
        declared, _, default = spec.partition("=")
        column, _, kind = declared.partition(":")
        found.append((column, PARSERS[kind or "text"], default))
    return tuple(found)


def typed(table: str, raw: Mapping[str, str | None]) -> Row:
    """One row of `table` from texts; an absent column or an empty cell takes the default, else is None."""
    row: Row = {}
    for column, parse, default in _columns(table):
        text = raw.get(column) or default
        row[column] = parse(text) if text else None
    return row


def _kinds(own: list[Row]) -> list[Row]:
    """The shipped kinds, each overridden or added to by the company's row of that kind.

    An empty cell of an overriding row keeps the default; a kind of the company's own is a touch unless it says no.
    """
    shipped = [typed("activity_kind", raw) for raw in csv.DictReader(SHIPPED_KINDS.strip().splitlines())]
    merged = {row["kind"]: row for row in shipped}
    for row in own:
        before = merged.get(row["kind"], {"label": row["kind"], "touch": True})
        merged[row["kind"]] = before | {column: cell for column, cell in row.items() if cell is not None}
    return [typed("activity_kind", {}) | row for row in merged.values()]


@dataclass(frozen=True, eq=False)
class Facts:
    """The tables, each a list of typed rows. Compared by identity, so that results can be cached."""

    tables: Mapping[str, list[Row]]

    @classmethod
    def of(cls, tables: Mapping[str, list[Row]]) -> Facts:
        """Facts from typed rows; an absent table is empty, absent factors are the default six.

        `history` is what earlier loads said (loaded_at as a date); no folder holds it, whoever needs it gives it.
        """
        full = {name: list(tables.get(name, [])) for name in TABLES}
        full["success_factor"] = full["success_factor"] or [
            typed("success_factor", {"factor_id": str(number), "code": code, "name": name, "provenance": source})
            for number, (code, name, source) in enumerate(SIX_FACTORS, 1)
        ]
        full["history"] = list(tables.get("history", []))
        full["activity_kind"] = _kinds(full["activity_kind"])
        full["success_factor"].sort(key=lambda factor: int(factor["factor_id"]))
        full["account"].sort(key=lambda account: str(account["account_id"]))
        return cls(full)

    @classmethod
    def read(cls, folder: Path) -> Facts:
        """Facts of a folder of `<table>.csv` files, each with its line; only `account.csv` must be there."""
        tables = {}
        for name in TABLES:
            path = folder / f"{name}.csv"
            if name == "account" or path.exists():
                with path.open(encoding="utf-8-sig", newline="") as lines:
                    rows = enumerate(csv.DictReader(lines), 2)  # line 1 is the heading
                    tables[name] = [typed(name, raw) | {"source_row": line} for line, raw in rows]
        return cls.of(tables)

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]

    def empty(self, table: str) -> bool:
        """Whether the whole file has no row of this table."""
        return not self.tables[table]

    @cached_property
    def accounts(self) -> dict[str, Row]:
        """Accounts by id, in the order of ids."""
        return {row["account_id"]: row for row in self["account"]}

    @cached_property
    def people(self) -> dict[str, Row]:
        """People by id."""
        return {row["person_id"]: row for row in self["person"]}

    @cached_property
    def kinds(self) -> dict[str, Row]:
        """Kinds of activity by name: the shipped ones and the company's."""
        return {row["kind"]: row for row in self["activity_kind"]}

    @cached_property
    def settings(self) -> dict[str, str]:
        """The rows of `setting` as a mapping."""
        return {row["key"]: row["value"] for row in self["setting"] if row["value"]}

    @cached_property
    def _grouped(self) -> dict[tuple[str, str], dict[Any, list[Row]]]:
        return {}

    def where(self, table: str, column: str, value: Any) -> list[Row]:
        """Rows of `table` whose `column` equals `value`."""
        key = (table, column)
        if key not in self._grouped:
            groups: dict[Any, list[Row]] = defaultdict(list)
            for row in self[table]:
                groups[row[column]].append(row)
            self._grouped[key] = groups
        return self._grouped[key].get(value, [])
