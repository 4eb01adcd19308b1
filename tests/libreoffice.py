"""Exports of hostile names opened by LibreOffice: what comes back is counted, what is lost is shown.

`python -m tests.libreoffice` wants `soffice` (Debian package libreoffice-calc) and is run by hand: pytest must not
depend on an office suite. Exit code 1 where a cell differs or something ran.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

from kaptui.loading import load

NAMES = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "=cmd|' /C touch ran'!A0",
    "+49 30",
    "-x",
    "@sum(1)",
    "Acme [UK] Ltd",
    "[/]",
    'Say "hi"; now, please',
    "Größe & Söhne",
    "النور",
    "東京電機",
    "🚀" * 40,
    "x" * 200,
    "TRUE",
    "1e5",
]
LIKE_A_NUMBER = "1e5"
"""A CSV knows no types: a spreadsheet takes such text for a number, as the README says. Excel files keep it."""

CONVERT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
"""Out of LibreOffice: comma, quotes, UTF-8, cells as they are shown."""


def exported(folder: Path, suffix: str) -> Path:
    """The account list of the hostile portfolio as a file."""
    target = folder / f"accounts.{suffix}"
    words = ["export", "accounts", str(folder / "kap.duckdb"), "-o", str(target), "--columns", "account_id,name"]
    subprocess.run([sys.executable, "-m", "kaptui", *words], check=True, capture_output=True)
    return target


def reopened(source: Path, folder: Path) -> list[list[str]]:
    """The cells as LibreOffice shows them."""
    command = ["soffice", "--headless", "--convert-to", CONVERT, "--outdir", str(folder), str(source)]
    if source.suffix == ".csv":
        command[2:2] = ["--infilter=CSV:44,34,76,1"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=folder)
    return list(csv.reader((folder / f"{source.stem}.csv").open(encoding="utf-8", newline="")))


def run() -> int:
    """Export, reopen, compare; the number of cells that are not what was exported."""
    lost = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [("account_id", "name"), *((f"A{at:02}", text) for at, text in enumerate(NAMES))]
        with (folder / "account.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        load(folder, folder / "kap.duckdb")
        for suffix in ("csv", "xlsx"):
            out = folder / f"from_{suffix}"
            out.mkdir()
            cells = dict(row[:2] for row in reopened(exported(folder, suffix), out)[1:])
            # The guard that keeps a spreadsheet from running a name is part of a CSV.
            told = [(key, text) for key, text in rows[1:] if suffix != "csv" or text != LIKE_A_NUMBER]
            wrong = {key: cells.get(key) for key, text in told if cells.get(key) not in (text, f"'{text}")}
            lost += len(wrong)
            print(f"{suffix}: {len(cells)}/{len(NAMES)} rows back, {len(wrong)}/{len(told)} cells differ {wrong or ''}")
            lost += len(NAMES) - len(cells)
        ran = [path.name for path in folder.rglob("ran")]
        print(f"ran: {ran or 'nothing'}")
    return lost + len(ran)


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
