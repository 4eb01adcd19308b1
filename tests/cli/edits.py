"""The sample's CSV files in a folder of their own, to be edited as a company edits its data between two loads."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from kaptui.resources import sample_dir

Row = dict[str, str]


class Source:
    """The sample's CSV files, to be edited as a company edits its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for path in sample_dir().glob("*.csv"):
            (folder / path.name).write_bytes(path.read_bytes())

    def rows(self, table: str) -> list[Row]:
        """The rows of a table as texts."""
        with (self.folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def write(self, table: str, rows: Iterable[Row]) -> None:
        """Put these rows in the table's place."""
        columns = list(self.rows(table)[0])
        with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, table: str, which: Row, **cells: str) -> None:
        """Change cells of the one row that has the cells `which`."""
        rows = self.rows(table)
        (row,) = [row for row in rows if which.items() <= row.items()]
        row.update(cells)
        self.write(table, rows)

    def add(self, table: str, **cells: str) -> None:
        """A row more."""
        self.write(table, [*self.rows(table), cells])

    def take_out(self, account_id: str) -> None:
        """Remove an account and everything that belongs to it."""
        plans = {row["plan_id"] for row in self.rows("plan") if row["account_id"] == account_id}
        goals = {row["objective_id"] for row in self.rows("objective") if row["plan_id"] in plans}
        for path in self.folder.glob("*.csv"):
            table = path.stem
            kept = [
                row
                for row in self.rows(table)
                if row.get("account_id") != account_id
                and row.get("plan_id") not in plans
                and row.get("objective_id") not in goals
            ]
            self.write(table, kept)
