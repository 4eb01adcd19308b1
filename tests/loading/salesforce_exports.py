"""A made-up folder as Salesforce's Data Loader writes it, with the company's own files beside: small enough to count.

Upper-case headers, every cell in quotes, line breaks inside some, times in UTC; ids of 18 letters, in a few places of
15; deleted, archived, repeated and called-off records. The day it is true for is 2026-06-30.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def id18(short: str) -> str:
    """An id of 15 letters with the three that say which of them are capitals; written from Salesforce's description."""
    letters = ""
    for start in (0, 5, 10):
        bits = ["1" if "A" <= letter <= "Z" else "0" for letter in short[start : start + 5]]
        letters += ALPHABET[int("".join(reversed(bits)), 2)]
    return short + letters


ACME, BETA, GAMMA, DELTA, EPSILON, ZETA = (f"0015g00000aBc{n}X" for n in "DEFGHI")
ANNA, BO, ROSA, GONE = (f"0055g000004zY{n}q" for n in "AbCd")
IRENE, FORMER, OTTO, STRANGER = (f"0035g00000QrS{n}t" for n in "TuVw")
PLAN_ACME, PLAN_BETA, PLAN_NEXT, PLAN_DELETED, PLAN_OLD, PLAN_ZETA = (f"1Aw5g0000004pP{n}" for n in "ABCDEF")
GROW, SHARED, LATE, MARGIN, DROPPED = (f"1Ax5g0000004oO{n}" for n in "ABCDE")
ACTION_DONE, ACTION_LATE = "00T5g00000tTtTA", "00T5g00000tTtTB"

Rows = Sequence[Sequence[str]]


def _ids(*short: str) -> list[str]:
    return [id18(one) if one else "" for one in short]


def _account(
    short: str, name: str, owner: str, number: str, country: str, tier: str, deleted: str = "false"
) -> list[str]:
    street = "1 Main Street\nBuilding 7"
    return [*_ids(short), name, *_ids(owner), "Chemicals", country, "", number, deleted, tier, "x", street]


def _event(
    number: int,
    account: str,
    who: str,
    owner: str,
    day: str,
    *,
    kind: str = "Meeting",
    subject: str = "Talk",
    deleted: str = "false",
    archived: str = "false",
    repeats: str = "false",
    what: str = "",
) -> list[str]:
    times = f"{day}T09:30:00.000Z"
    ids = [f"00U5g00000eEeE{chr(64 + number)}", account, what or account, who, owner]
    flags = [archived, deleted, repeats]
    return [*_ids(*ids), subject, kind, day, times, times, "0", *flags, f'First line,\nsecond "{subject}" line']


def _task(
    short: str,
    account: str,
    what: str,
    who: str,
    owner: str,
    due: str,
    *,
    closed: str = "",
    subtype: str = "Task",
    subject: str = "To do",
    deleted: str = "false",
) -> list[str]:
    status = "Completed" if closed else "Not Started"
    done = f"{closed}T16:00:00.000+0000" if closed else ""
    flags = ["true" if closed else "false", "false", deleted]
    return [*_ids(short, account, what, who, owner), subject, "", subtype, status, due, done, *flags]


OBJECTS: Mapping[str, tuple[str, Rows]] = {
    "Account": (
        "ID NAME OWNERID INDUSTRY BILLINGCOUNTRY PARENTID ACCOUNTNUMBER ISDELETED TIER__C FANCY__C BILLINGSTREET",
        [
            _account(ACME, 'Acme "Steel", Inc.', ANNA, "00001037", "Germany", "1"),
            _account(BETA, "Beta [/] AG", BO, "1038", "Austria", "2"),
            _account(GAMMA, "Gamma\nLtd", ANNA, "", "France", "1"),
            _account(DELTA, "Delta", ANNA, "1040", "France", "1", "true"),
            _account(EPSILON, "Epsilon SA", "00G5g000001queu", "", "France", "3"),
            _account(ZETA, "Zeta BV", BO, "", "Germany", "1"),
        ],
    ),
    "Contact": (
        "ID ACCOUNTID NAME TITLE DEPARTMENT REPORTSTOID ISDELETED EMAIL",
        [
            [*_ids(IRENE, ACME), "Irene Marsh", "Chief procurement officer", "", "", "false", "irene@acme.example"],
            [*_ids(FORMER, ACME), "Former Contact", "Buyer", "", "", "true", "f@acme.example"],
            [*_ids(OTTO, ZETA), "Otto Rad", "", "Purchasing", "", "false", "o@zeta.example"],
            [*_ids(STRANGER, "0015g00000zZz99"), "Somebody Else", "CEO", "", "", "false", "s@else.example"],
        ],
    ),
    "User": (
        "ID NAME DEPARTMENT ISACTIVE MANAGERID",
        [
            [*_ids(ANNA), "Anna Weiss", "Sales", "true", *_ids(ROSA)],
            [*_ids(BO), "Bo Kern", "Service", "true", *_ids(ROSA)],
            [*_ids(ROSA), "Rosa Lind", "Board", "true", ""],
            [*_ids(GONE), "Gone Long", "Sales", "false", ""],
        ],
    ),
    "Event": (
        "ID ACCOUNTID WHATID WHOID OWNERID SUBJECT TYPE ACTIVITYDATE ACTIVITYDATETIME STARTDATETIME GROUPEVENTTYPE "
        "ISARCHIVED ISDELETED ISRECURRENCE DESCRIPTION",
        [
            _event(1, ACME, IRENE, ROSA, "2026-06-01"),
            _event(2, BETA, "", ROSA, "2025-10-01"),
            _event(3, BETA, "", ROSA, "2026-06-15", deleted="true"),
            _event(4, ACME, IRENE, ANNA, "2025-02-01", archived="true"),
            _event(5, BETA, "", ROSA, "2026-06-20", repeats="true"),
            _event(6, "", "", ROSA, "2026-06-21", subject="With a lead"),
            _event(7, BETA, "", ROSA, "2026-06-10", subject="Canceled: steering"),
            _event(8, ZETA, OTTO, BO, "2026-05-05", kind="QBR"),
            _event(9, ACME, IRENE, ROSA, "2099-01-01", subject="Next century"),
        ],
    ),
    "Task": (
        "ID ACCOUNTID WHATID WHOID OWNERID SUBJECT TYPE TASKSUBTYPE STATUS ACTIVITYDATE COMPLETEDDATETIME ISCLOSED "
        "ISRECURRENCE ISDELETED",
        [
            _task(ACTION_DONE, ACME, GROW, "", ANNA, "2026-04-30", closed="2026-03-10", subject="Offer new grade"),
            _task(ACTION_LATE, ACME, GROW, "", BO, "2026-06-01", subject="Test it"),
            _task("00T5g00000tTtTC", ACME, ACME, IRENE, ANNA, "2026-06-20", closed="2026-06-20", subtype="Call"),
            _task("00T5g00000tTtTD", "", PLAN_ZETA, "", BO, "2026-04-04", closed="2026-04-03"),
            _task("00T5g00000tTtTE", "", "", OTTO, BO, "2026-04-05", closed="2026-04-05", subtype="Email"),
            _task("00T5g00000tTtTF", ACME, ACME, "", ANNA, "", subject="Some day"),
        ],
    ),
    "AccountPlan": (
        "ID ACCOUNTID NAME STATUS STARTDATE ENDDATE OWNERID ACCOUNTVISION ISDELETED",
        [
            [*_ids(PLAN_ACME, ACME), "Acme 25-27", "Active", "2025-01-01", "2027-12-31", *_ids(ANNA), "First\nchoice",
             "false"],
            [*_ids(PLAN_BETA, BETA), "Beta 24-26", "Active", "2024-01-01", "2026-03-31", *_ids(BO), "", "false"],
            [*_ids(PLAN_NEXT, BETA), "Beta next", "Not Started", "2026-07-01", "2028-06-30", *_ids(BO), "", "false"],
            [*_ids(PLAN_DELETED, GAMMA), "Gamma", "Active", "2025-01-01", "2027-12-31", *_ids(ANNA), "", "true"],
            [*_ids(PLAN_OLD, EPSILON), "Epsilon", "Archived", "2023-01-01", "2027-12-31", *_ids(ANNA), "", "false"],
            [*_ids(PLAN_ZETA, ZETA), "Zeta 26", "Active", "2026-01-01", "2027-06-30", *_ids(BO), "", "false"],
        ],
    ),
    "AccountPlanObjective": (
        "ID ACCOUNTPLANID NAME STATUS STARTDATE ENDDATE OBJECTIVEOWNERID OWNERID ISDELETED",
        [
            [*_ids(GROW, PLAN_ACME), "Grow", "In Progress", "2025-01-01", "2026-12-31", *_ids(ANNA, ANNA), "false"],
            [*_ids(SHARED, PLAN_ACME), "Share", "Closed", "2025-01-01", "2025-12-31", *_ids(ANNA, ANNA), "false"],
            [*_ids(LATE, PLAN_ACME), "Late", "New", "2025-01-01", "2026-05-31", "", *_ids(BO), "false"],
            [*_ids(MARGIN, PLAN_BETA), "Margin", "In Progress", "2024-01-01", "2026-09-30", *_ids(BO, BO), "false"],
            [*_ids(DROPPED, PLAN_BETA), "Dropped", "New", "2024-01-01", "2025-01-01", *_ids(BO, BO), "true"],
        ],
    ),
    "AccountPlanObjectiveMeasure": (
        "ID ACCOUNTPLANOBJECTIVEID NAME VALUETYPE CURRENTVALUE CURRENTCURRENCYVALUE CURRENTPERCENTVALUE "
        "CURRENTVALUETIMESTAMP TARGETVALUE TARGETCURRENCYVALUE TARGETPERCENTVALUE ISDELETED BASELINE_VALUE__C",
        [
            [
                *_ids("1Ay5g0000004mMA", GROW), "Revenue", "Currency", "EUR 0.5m", "500000.0", "",
                "2026-06-02T07:00:00.000Z", "EUR 1m", "1000000.0", "", "false", "",
            ],
            [
                *_ids("1Ay5g0000004mMB", MARGIN), "Margin", "Percent", "25", "", "25.0",
                "2026-05-01T07:00:00.000Z", "40", "", "40.0", "false", "10",
            ],
            [
                *_ids("1Ay5g0000004mMC", MARGIN), "Second", "Number", "1", "", "", "", "9", "", "", "false", "0",
            ],
        ],
    ),
}  # fmt: skip

MONTHS = [f"{2025 + (6 + n) // 12}-{(6 + n) % 12 + 1:02}-01" for n in range(12)]
"""July 2025 to June 2026."""
REVENUE = {"1037": 100, "1038": 50, GAMMA: 20, id18(EPSILON): 10, id18(ZETA).upper(): 20}
"""Monthly, by what the company's ledger calls a customer: its number, an id of 15 letters, one without capitals."""

OWN: Mapping[str, tuple[str, Rows]] = {
    "setting": ("key,value", [["as_of", "2026-06-30"], ["currency", "EUR"]]),
    "financial_period": (
        "account_id,period_start,currency,revenue",
        [[who, month, "EUR", str(amount)] for who, amount in REVENUE.items() for month in MONTHS],
    ),
    "person": ("person_id,level", [[ROSA, "5"]]),
    "sponsorship": (
        "sponsorship_id,account_id,person_id,side,start_on",
        [["S1", ACME, ROSA, "external", "2025-01-01"], ["S2", id18(BETA), ROSA, "internal", "2025-01-01"]],
    ),
    "plan_review": (
        "review_id,plan_id,reviewed_on,chaired_by,customer_present",
        [["R1", PLAN_ACME, "2026-05-01", ROSA, "true"], ["R2", id18(PLAN_ZETA), "2026-06-01", "", ""]],
    ),
    "assessment": (
        "account_id,factor_id,assessed_on,score,assessor_id,evidence",
        [[ACME, "3", "2026-05-02", "3", ROSA, "seen"], ["1038", "3", "2026-05-02", "1", "", ""]],
    ),
}


def write_csv(path: Path, header: Sequence[str], rows: Rows) -> None:
    """A file as Data Loader writes it: every cell in quotes, lines that end in a line feed."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_salesforce(folder: Path, *, without: Sequence[str] = (), own: bool = True) -> Path:
    """The folder, without the objects that are named, or without the company's own files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (header, rows) in OBJECTS.items():
        if name not in without:
            write_csv(folder / f"{name}.csv", header.split(), rows)
    for name, (header, rows) in OWN.items() if own else ():
        text = "\n".join([header, *(",".join(row) for row in rows)])
        (folder / f"{name}.csv").write_text(f"{text}\n", encoding="utf-8")
    return folder
