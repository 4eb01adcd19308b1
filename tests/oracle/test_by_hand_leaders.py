"""Leaders and where they stand, worked out by hand over the accounts of test_by_hand_coverage.py."""

from __future__ import annotations

from datetime import date

from kaptui.filters import Filters
from tests.oracle.test_by_hand_coverage import FACTS, NOW
from tests.reference.answers import Ask

EMPTY_HANDED = {
    **FACTS,
    "account": FACTS["account"].rstrip() + "\n        A7,Blank,KIM,1,active,North\n",
    "person": FACTS["person"].rstrip() + "\n        NEL,Nel Null,Finance,2,true,\n",
    "sponsorship": FACTS["sponsorship"].rstrip() + "\n        13,A7,NEL,internal,2024-01-01,,,\n",
    "activity": FACTS["activity"].rstrip() + "\n        18,A7,NEL,,internal,exec_meeting,2026-06-01,done\n",
}
"""With a seventh account, without figures, whose only sponsor Nel is of level 2 and carries nothing else."""


def test_who_is_or_could_be_a_leader(answer: Ask) -> None:
    rows = answer(EMPTY_HANDED, "leaders", NOW)
    assert {key: (row["accounts"], row["load"], row["free"], row["active"]) for key, row in rows.items()} == {
        "LEA": (3, "over", False, True),  # A2, A3, A4; the limits are 1 and 2
        "MAX": (2, "warn", False, True),  # A3 and A4, twice on one side; A1 ended today
        "BOB": (1, "ok", False, True),  # one is not fewer than load_warn
        "IDA": (0, "ok", True, True),  # of level 5, nowhere yet
        "NEL": (1, "ok", False, True),  # a sponsor, whatever her level
        "OUT": (0, "ok", False, False),  # gone, A1 still in his name
    }  # not Kim, who is of level 3 and stands nowhere
    assert {key: (row["revenue"], row["lost_revenue"]) for key, row in rows.items()} == {
        "LEA": (120, 80),  # A2 inside, and A4 inside, where Max alone has touched nobody
        "MAX": (70, 0),
        "BOB": (10, 10),
        "IDA": (0, 0),  # nothing carried is 0
        "NEL": (None, None),  # carried, and worth nobody knows what
        "OUT": (0, 0),
    }


def test_load_is_that_of_the_chosen_accounts_and_room_that_of_all(answer: Ask) -> None:
    rows = answer(FACTS, "leaders", Filters(as_of=date(2026, 6, 28)))
    assert (rows["MAX"]["accounts"], rows["MAX"]["accounts_in_file"]) == (2, 2)  # A1 and A4; A3 begins on the 30th
    assert (rows["LEA"]["accounts"], rows["LEA"]["load"]) == (3, "over")


def test_each_stands_as_he_alone_keeps_the_side(answer: Ask) -> None:
    rows = answer(EMPTY_HANDED, "sponsorship_matrix", NOW)
    assert {key: (row["status"], row["days_since_touch"], row["moved"]) for key, row in rows.items()} == {
        "A1/internal/OUT": ("left", None, False),
        "A2/internal/LEA": ("covered", 90, False),
        "A2/external/LEA": ("stale", 91, False),
        "A3/internal/MAX": ("new", None, False),
        "A3/external/LEA": ("new", None, False),
        "A4/internal/LEA": ("covered", 25, False),
        "A4/internal/MAX": ("stale", None, False),  # one line for two sponsorships; the first began long ago
        "A4/external/LEA": ("stale", None, False),
        "A6/external/BOB": ("covered", 0, False),
        "A7/internal/NEL": ("covered", 29, False),
    }
