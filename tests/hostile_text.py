"""The sample portfolio with hostile text in every text column of every table, and what must not come out of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from kaptui.facts.schema import shipped_schema
from kaptui.resources import sample_dir

TEXTS = (
    "Acme [UK] Ltd",
    "[/]",
    "[@click=app.quit]press[/]",
    "[bold red]x[/bold red]",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;owned\x07 \x1b]52;c;b3duZWQ=\x1b\\",
    "\x9b31mc1 \x9d0;c1 \x85 \x90q\x9c",
    "bell\x07 back\x08\x08 del\x7f form\x0c",
    "\u202egnitaehc\u202c \u2066iso\u2069 \u200fשלום",
    "zero\u200bwidth\u200d \u2060joined\ufeff soft\xadhyphen",
    "日本製鉄株式会社 🏭🏭🏭",
    "é́́ Z\u0300\u0301\u0302\u0303algo",
    "👩\u200d👩\u200d👧 🏳️\u200d🌈",
    "W" * 200,
    "two\nlines\r\nand\ttabs \u2028 more",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1:A9)",
    "{{ 7*7 }} ${x} %s %(x)d {0}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]> --> </style></td> &amp; &#27;",
    'name:"x" or not tier:1)',
    "'; drop table account; --",
    "quote \" and ' and ` and \\",
    "| pipe | * star * _under_ # head ![x](http://x)",
    "007",
    "1e308",
    "-0",
    "2026-02-30",
    "NULL",
    "nan",
    "true",
    "../../etc/passwd",
    "C:\\con.txt",
    "شركة الواحة",
)
"""One of each kind that has ever broken a program that shows or writes text."""

_RAW = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)  # the line's end is the format's own


def controls(text: str) -> list[str]:
    """The control characters and bidi controls that stand in `text` as they are; line ends and tabs may."""
    return [f"U+{ord(letter):04X}" for letter in _RAW.findall(text)]


def free_columns() -> Mapping[str, list[str]]:
    """By table, the text columns whose values the schema leaves open."""
    found = {}
    for table in shipped_schema().values():
        closed = {check.columns[0] for check in table.checks}
        found[table.name] = [
            name for name, one in table.columns.items() if one.type == "VARCHAR" and name not in closed
        ]
    return found


def write(folder: Path) -> None:
    """Write the sample portfolio as a load reads it, hostile text in all that may hold any text.

    What names a row elsewhere (ids, kinds, a foreign currency) becomes hostile alike wherever it stands; the reporting
    currency, settings and mechanisms stay, which the rules know by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    kinds, free = count(), free_columns()
    for path in sorted(sample_dir().glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        columns = [name for name in free[path.stem] if name not in ("mechanism", "key") and path.stem != "setting"]
        texts = count(len(path.stem))
        for row in rows:
            if row.get("key") == "name":
                row["value"] = f"{TEXTS[5]} {TEXTS[2]} {TEXTS[8]}"
            row.update(_spoilt(row, columns, names, kinds, texts))
        with (folder / path.name).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]) + [name for name in columns if name not in rows[0]])
            writer.writeheader()
            writer.writerows(rows)


def _spoilt(
    row: Mapping[str, str], columns: list[str], names: dict[str, str], kinds: Iterator[int], texts: Iterator[int]
) -> dict[str, str]:
    spoilt = {}
    for name in columns:
        value = row.get(name, "")
        if name == "currency" and value == "EUR":
            continue
        if name.endswith(("_id", "_by")) or name in ("kind", "currency", "reports_to"):
            if value and value not in names:
                names[value] = f"{TEXTS[next(kinds) % len(TEXTS)]} {value}"
            spoilt[name] = names[value] if value else ""
        elif name == "name" or next(texts) % 4:  # a value like no other in a key, else any
            spoilt[name] = f"{TEXTS[next(texts) % len(TEXTS)]}{f' {value}' if name in ('name', 'code') else ''}"
    return spoilt
