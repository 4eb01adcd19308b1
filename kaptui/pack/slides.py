"""Ten slides from the Brief to the proposal: which panels stand on which, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaptui import __version__
from kaptui.pack.pages import Page, Section, basis, ways_out
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.views import Notes

Place = tuple[float, float, float, float]
"""Where a panel stands, as fractions of what lies below the title: left, top, width, height."""
WHOLE: Place = (0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class SlideSpec:
    """One slide: the screen whose sentence it says, and what it shows, as `screen.panel.question`, with its place.

    `title` stands instead of the sentence, where another slide of the screen says that.
    """

    screen: str
    panels: tuple[tuple[str, Place], ...]
    title: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Slide:
    """A slide as it is drawn: its title, what is above and below, its panels in their places, notes for who speaks."""

    title: str
    kicker: str
    basis: str
    panels: tuple[tuple[Section, Place], ...]
    notes: tuple[str, ...]


SPECS: tuple[SlideSpec, ...] = (
    SlideSpec("brief", (("brief.totals.portfolio", (0, 0, 1, 0.26)), ("brief.lines.brief", (0, 0.28, 1, 0.72)))),
    SlideSpec(
        "overview",
        (
            ("brief.decisions.brief_decisions", (0, 0, 1, 0.47)),
            ("overview.coverage.sponsorship_coverage", (0, 0.5, 0.49, 0.5)),
            ("overview.factors.factor_summary", (0.51, 0.5, 0.49, 0.5)),
        ),
    ),
    SlideSpec("overview", (("overview.attention.attention", WHOLE),), "Who needs you"),
    SlideSpec(
        "factors",
        (
            ("factors.bases.factor_trend", (0, 0, 1, 0.48)),
            ("factors.claims.factor_gaps", (0, 0.52, 1, 0.48)),
        ),
    ),
    SlideSpec(
        "value",
        (("value.whale.whale_curve", (0, 0, 0.49, 1)), ("value.quadrant.value_mix", (0.51, 0, 0.49, 1))),
    ),
    SlideSpec(
        "value",
        (("value.bridge.profit_bridge", (0, 0, 0.49, 1)), ("value.months.revenue_trend", (0.51, 0, 0.49, 1))),
        "What moved profit",
    ),
    SlideSpec(
        "sponsors",
        (
            ("sponsors.figures.sponsorship_summary", (0, 0, 1, 0.4)),
            ("sponsors.leaders.sponsor_load", (0, 0.42, 1, 0.58)),
        ),
    ),
    SlideSpec(
        "plans",
        (
            ("plans.figures.plan_overview", (0, 0, 1, 0.4)),
            ("plans.managers.plans_by_manager", (0, 0.42, 0.49, 0.58)),
            ("plans.functions.actions_by_function", (0.51, 0.42, 0.49, 0.58)),
        ),
    ),
    SlideSpec(
        "changes",
        (
            ("changes.figures.changes", (0, 0, 1, 0.4)),
            ("changes.movers.changes", (0, 0.42, 0.49, 0.58)),
            ("changes.scores.changes", (0.51, 0.42, 0.49, 0.58)),
        ),
    ),
    SlideSpec(
        "sponsors",
        (("sponsors.gaps.sponsorship_proposal", WHOLE),),
        "Who takes which account",
    ),
)


def planned(state: DashboardState, screens: Sequence[Page]) -> Iterator[Slide]:
    """The slides in their order. Where the filter leaves no account, each says how to get some."""
    pages = {one.anchor: one for one in screens}
    found = {f"{page.anchor}.{one.id}.{one.question}": one for page in screens for one in page.sections}
    nothing = Section("nothing", "", "", Notes(tuple(ways_out(state))))
    for spec in SPECS:
        page = pages[spec.screen]
        said = " ".join(page.headline.lines)
        panels = [(found[name], place) for name, place in spec.panels if name in found]
        yield Slide(
            spec.title or said or page.title,
            f"{state.file} · {page.title} · {page.asks}",
            basis(state, of_account=False),
            tuple(panels or [(nothing, WHOLE)]),
            tuple(_notes(page, said if spec.title else "", panels)),
        )


def _notes(page: Page, said: str, panels: Sequence[tuple[Section, Place]]) -> Iterator[str]:
    """What who speaks may want to read: the sentence of the screen, what stands below each panel, the sources."""
    if said:
        yield said
    for one, _ in panels:
        caption = getattr(one.view, "caption", "")
        if caption:
            yield f"{one.title}: {caption}"
    if page.sources:
        yield f"Sources: {', '.join(page.sources)}."
    yield f"n/a: not known, left out of sums and averages. kaptui {__version__}"
