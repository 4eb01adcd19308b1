"""What stands on the Sponsors screen: which leader takes which account?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope, headline_of
from kaptui.panels.sponsorship_summary import view as figures_of
from kaptui.screen_specs import sponsorship_matrix
from kaptui.screen_specs.data_source import without_moves
from kaptui.screen_specs.sponsorship_matrix import alone
from kaptui.text.accounts import named
from kaptui.views import Figure, Figures, Notes

if TYPE_CHECKING:
    import polars as pl

SUMMARY = ("sponsorship_summary",)
PRACTICE = "Sponsorship in practice, 12 months: inside, then at customer"
CONTACTS = "Contacts: single, thin or broad"
SIGNS = "I inside, C at customer"
"""What the letters in the matrix mean."""


def sentence(frames: Frames, state: Scope) -> Notes:
    """The screen in one line."""
    from kaptui.headlines.sponsors import sponsors_headline

    row = frames["sponsorship_summary"].row(0, named=True)
    moves = len(state.filters.moves)
    return Notes((sponsors_headline(row, state.context, state.accounts, moves),), "warn" if moves else "")


def figures(frames: Frames, state: Scope) -> Figures:
    """The key figures; in a what-if each says what it was."""
    after = _with_names(figures_of(frames[SUMMARY[0]], state.context), frames["sponsorship_coverage"])
    if not state.filters.moves:
        return after
    before = figures_of(frames[without_moves(SUMMARY[0])], state.context)
    return Figures(tuple(_with_past(now, was) for now, was in zip(after.figures, before.figures, strict=True)))


def _with_names(shown: Figures, coverage: pl.DataFrame) -> Figures:
    """The first figure with the accounts that it counts, those with most revenue by name."""
    first, *others = shown.figures
    names = alone(coverage)["name"].to_list()
    if not (names and first.note and first.state):
        return shown
    return Figures((replace(first, note=f"{first.note}: {named(names)}"), *others))


def _with_past(now: Figure, was: Figure) -> Figure:
    if (now.label, now.value) == (was.label, was.value):
        return now
    past = was.value if now.label == was.label else f"{was.label}: {was.value}"
    note = f"was {past}, {now.note}" if now.note else f"was {past}"
    return replace(now, note=note)


STRAIGHT = Mode(
    sponsorship_matrix.QUESTIONS,
    "Accounts and leaders",
    sponsorship_matrix.by_account,
    rests_on="sponsorship_coverage",
    hint=SIGNS,
    tab="Matrix",
)
TURNED = Mode(
    sponsorship_matrix.QUESTIONS,
    "Leaders and accounts",
    sponsorship_matrix.by_leader,
    rests_on="sponsorship_coverage",
    hint=SIGNS,
    tab="Matrix",
)

HEADLINE = headline_of(sentence, *SUMMARY)
SPECS = (
    PanelSpec(
        "figures",
        (Mode((*SUMMARY, "sponsorship_coverage"), "Sponsorship figures", figures, before=SUMMARY),),
    ),
    PanelSpec(
        "matrix",
        (
            STRAIGHT,
            Mode(("sponsorship_mechanisms",), PRACTICE, tab="Practice"),
            Mode(("contact_threads",), CONTACTS, tab="Contacts"),
        ),
    ),
    PanelSpec(
        "gaps",
        (
            Mode(("sponsorship_gaps",), "Open and silent sides, by revenue", tab="Gaps"),
            Mode(("sponsorship_proposal",), "One proposal for all of them", tab="Proposal"),
            Mode(("coverage_breakdown",), "Coverage by tier, region, manager", tab="Coverage"),
        ),
    ),
    PanelSpec(
        "leaders",
        (
            Mode(("sponsor_load",), "Leaders", tab="Leaders"),
            Mode(("programme_promotion",), "Programme promotion by quarter", tab="Promotion"),
        ),
    ),
)
