"""The sample's CSV files in a folder of their own, to be edited as a company edits its data between two loads."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from kaptui.resources import sample_dir

Row = dict[str, str]


class Source:
    """The sample's CSV files, to be edited as a company edits its own."""

    def __init__(self, folder: Path, like: Path | None = None) -> None:
        """A copy of the sample's files in a new folder, or of those in the folder `like`."""
        self.folder = folder
        folder.mkdir()
        for path in (like or sample_dir()).glob("*.csv"):
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


def edit(source: Source) -> None:
    """Twenty edits, as they come between two committees."""
    score = {"assessor_id": "CTL", "evidence": "", "note": ""}
    source.add("assessment", account_id="KA001", factor_id="1", assessed_on="2026-09-25", score="3", **score)  # 1
    source.add("assessment", account_id="KA003", factor_id="2", assessed_on="2026-09-26", score="4", **score)  # 2
    source.add("assessment", account_id="KA006", factor_id="4", assessed_on="2026-09-29", score="2.5", **score)  # 3
    source.change("assessment", {"account_id": "KA010", "factor_id": "3", "assessed_on": "2026-09-07"}, score="2")  # 4
    source.add("assessment", account_id="KA011", factor_id="6", assessed_on="2026-09-01", score="2", **score)  # 5
    source.change("sponsorship", {"sponsorship_id": "KA009-EXT"}, end_on="2026-09-25")  # 6
    source.add(  # 7
        "sponsorship",
        sponsorship_id="S1",
        account_id="KA021",
        person_id="LIN",
        side="internal",
        start_on="2026-09-24",
    )
    month = {"scenario": "actual"}
    source.change(  # 8: was 1149555.47
        "financial_period", month | {"account_id": "KA003", "period_start": "2026-03-01"}, revenue="1100000.00"
    )
    source.change(  # 9: was 783133.01
        "financial_period", month | {"account_id": "KA004", "period_start": "2026-05-01"}, cogs="793133.01"
    )
    source.change(  # 10: was 5356.50
        "financial_period", month | {"account_id": "KA022", "period_start": "2026-06-01"}, cost_to_serve="4356.50"
    )
    source.take_out("KA040")  # 11
    source.add("account", account_id="KA099", name="[New] Account", tier="2", status="onboarding")  # 12
    source.change("plan", {"plan_id": "KA003-P1"}, end_on="2028-06-30")  # 13
    source.add("plan_review", review_id="R9", plan_id="KA006-P1", reviewed_on="2026-09-26", outcome="on track")  # 14
    source.change("objective", {"objective_id": "KA001-P1-O1"}, status="closed")  # 15
    source.change("objective", {"objective_id": "KA001-P1-O3"}, due_on="2027-03-31")  # 16
    source.change("action", {"action_id": "KA001-P1-A2"}, done_on="2026-09-24")  # 17
    source.change("action", {"action_id": "KA003-P1-A2"}, due_on="2026-12-31")  # 18
    source.change("account", {"account_id": "KA015"}, manager_id="AW")  # 19
    source.change("account", {"account_id": "KA044"}, status="exited")  # 20
