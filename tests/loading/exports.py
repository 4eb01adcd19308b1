"""A made-up folder of exports as an analyst gets them: wide ledgers in thousands, three encodings, ids that differ."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter

NAMES = [
    "Müller Maschinen GmbH",
    "Söhne & Brücken AG",
    "Nordic Energi",
    "Straße 7 KG",
    "Łódź Tekstyl",
    "Graz Systems",
]
SPELT = ["MUELLER MASCHINEN", "Soehne & Bruecken", "Nordic Energi", "Strasse 7", "Lodz Tekstyl", "Graz Systems"]
"""The same customers as the lists of other people spell them."""
MONTHS = [f"{name} {year}" for year in (25, 26) for name in ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul")]
KINDS = ["Call", "Site Visit", "QBR", "Year-End Negotiation"]


def german(amount: Decimal) -> str:
    return f"{amount:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def lines(*rows: Sequence[object]) -> str:
    return "".join(";".join(map(str, row)) + "\r\n" for row in rows)


def ledger(title: str, amounts: Sequence[Sequence[Decimal | None]]) -> list[list[object]]:
    """A ledger as controllers send it: a title, sums between the rows, a dash for no revenue."""
    rows: list[list[object]] = [[title], [], ["Kd-Nr.", "Kunde", *MONTHS, "Gesamt"]]
    for number, (name, some) in enumerate(zip(NAMES, amounts, strict=True)):
        known = [each for each in some if each is not None]
        rows.append(
            [
                str(1000 + number) if number % 2 else f"{1000 + number:08}",
                name,
                *some,
                sum(known, Decimal()),
            ]
        )
        if number == 2:
            rows.append(["Summe Nord", "", *(["9"] * len(MONTHS)), None])
    return [*rows, ["Gesamtsumme"]]


def written(cell: object) -> str:
    return "-" if cell is None else german(cell) if isinstance(cell, Decimal) else str(cell)


def amounts_of_ledgers() -> list[list[Decimal | None]]:
    dice = random.Random(7)
    made: list[list[Decimal | None]] = [[Decimal(dice.randint(500, 25_000)) / 10 for _ in MONTHS] for _ in NAMES]
    made[4][0] = None
    return made


def write_exports(folder: Path, amounts: list[list[Decimal | None]]) -> None:
    """Ledgers, lists of CRM and HR, and what people keep in spreadsheets, each with ids or names of its own."""
    folder.mkdir()
    made = ledger("Umsatz Key Accounts, in TEUR", amounts)
    text = lines(
        *([written(cell) if row > 2 and cell != "" else cell or "" for cell in cells] for row, cells in enumerate(made))
    )
    text = text.replace("Gesamtsumme", "Gesamtsumme" + ";" * (len(MONTHS) + 2))
    (folder / "Umsatz.csv").write_bytes(text.encode("cp1252", "replace"))
    costs = [[each and each / 2 for each in some] for some in amounts]
    with xlsxwriter.Workbook(str(folder / "Finanzen_TEUR.xlsx")) as book:
        for name, some in (("Umsatz", amounts), ("Wareneinsatz", costs)):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(ledger(f"{name} Key Accounts, in TEUR", some)):
                for place, cell in enumerate(cells):
                    sheet.write(row, place, float(cell) if isinstance(cell, Decimal) else "-" if cell is None else cell)
    accounts = lines(
        ["Account ID", "Account Name", "Customer No.", "Owner E-Mail", "Segment", "Type", "Liked by"],
        *(
            [f"0015{n}AAA", name, f"{1000 + n:08}", f"{'ab'[n % 2]}@firma.example", "ABC"[n % 3], "Customer", "x"]
            for n, name in enumerate(NAMES)
        ),
    )
    (folder / "crm_accounts.csv").write_text(accounts, encoding="utf-8-sig", newline="")
    people = lines(
        ["Personal-Nr.", "Name", "E-Mail", "Abteilung", "Band", "Vorgesetzter", "Austritt"],
        ["P1", "Änne Berg", "a@firma.example", "Sales", "B1", "P2", ""],
        ["P2", "Bo Kern", "b@firma.example", "Vorstand", "E1", "", "31.10.2020"],
    )
    (folder / "HR_Liste.csv").write_bytes(people.encode("cp1252"))
    contacts = lines(
        ["Contact ID", "Account ID", "Name", "Title", "Active"],
        *([f"C{n}", f"0015{n}AAA", f"Contact {n}", "Buyer" if n else "", "Ja"] for n in range(6)),
    )
    (folder / "crm_contacts.csv").write_text(contacts, newline="")
    activities = lines(
        ["Activity ID", "Account ID", "Contact ID", "Assigned To", "Type", "Date", "Status", "Subject"],
        *(
            [
                f"T{n}",
                f"0015{n % 6}AAA",
                f"C{n % 6}" if n % 4 else "",
                "a@firma.example",
                KINDS[n % 4],
                f"{n + 1:02}.05.2026",
                "Completed" if n else "Planned",
                "",
            ]
            for n in range(12)
        ),
    )
    (folder / "crm_activities.csv").write_text(activities, newline="")
    sponsors = lines(
        ["Kunde", "Interner Sponsor", "seit", "Sponsor beim Kunden", "seit (ext.)", "Ansprechpartner"],
        *(
            [name, "Bo Kern", "01.01.2024", "Anne Berg" if n else "", "2025", f"Contact {n}"]
            for n, name in enumerate(SPELT)
        ),
    )
    (folder / "Sponsoren.csv").write_text(sponsors, newline="")
    scores = lines(
        ["Account", "TOP", "Quality", "Long-term", "Team", "KAM", "Selection"],
        *([name, 1, "2,5", "n/a", 3, 4, 0] for name in NAMES),
    )
    (folder / "SteerCo_2026-06.csv").write_text(scores, newline="")
    aims = lines(
        ["Customer", "Plan", "Objective", "Owner", "Status", "Due", "Baseline", "Target", "Actual", "Unit"],
        *(
            [
                name,
                "Plan 2026",
                f"Aim {n}",
                "Änne Berg",
                "done" if n else "On hold",
                "20.12.2026",
                "10,0",
                "20,0",
                "12,5",
                "%",
            ]
            for name in NAMES
            for n in range(2)
        ),
    )
    (folder / "Objectives.csv").write_text(aims, newline="")
    steps = lines(
        ["Customer", "Objective", "Action", "Who", "Due", "Done?"],
        *(
            [name, f"Aim {n}", "Step", "Bo Kern", "KW 40" if n else "01.03.2026", ""]
            for name in SPELT
            for n in range(2)
        ),
    )
    (folder / "Actions.csv").write_text(steps, newline="")
    (folder / "notes.csv").write_text("What;Ever\nx;y\nz;1\n")
