"""Which panels stand on which tab, and which questions each of them asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kaptui.account_page import other_tabs, plan_tab, render
from kaptui.account_page.render import within
from kaptui.filters import Context
from kaptui.views import View

if TYPE_CHECKING:
    import polars as pl

Frames = Mapping[str, "pl.DataFrame"]
Render = Callable[[Frames, Context], View]


@dataclass(frozen=True, slots=True)
class Part:
    """One panel of the page.

    The first of `questions` is its own: what `e` exports, what its figures come from. `id` is its name on the
    screen, `short` its name where it has one line. `modes` are further ways to show the same answer, `hint`
    is what a key does there, said on the screen only.
    """

    id: str
    questions: tuple[str, ...]
    title: str
    render: Render
    short: str = ""
    says_without_rows: bool = False
    modes: tuple[tuple[str, Render], ...] = ()
    hint: str = ""

    @property
    def question(self) -> str:
        """The panel's own question."""
        return self.questions[0]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: `first` is the place of the panel that has the keyboard when it is shown."""

    name: str
    label: str
    parts: tuple[Part, ...]
    first: int = 1


def view(part: Part, frames: Frames, context: Context, missing: Collection[str] = ()) -> View:
    """What the part shows; words where its answer has no rows, or where a table that feeds it is in `missing`."""
    from kaptui.panels import PANELS

    own, panel = frames[part.question], PANELS[part.question]
    if part.says_without_rows or (own.height and not set(panel.source_tables) & set(missing)):
        return part.render(frames, context)
    return panel.view(own, context, missing)


HEADLINE = Part("headline", ("accounts", "account_asks"), "", render.sentence, says_without_rows=True)
"""What needs deciding and what to ask for; stands above every tab."""

_OVERVIEW = Tab(
    "overview",
    "Overview",
    (
        Part("figures", ("account_profile",), "Key figures", render.figures),
        Part(
            "reasons",
            ("account_asks",),
            "What needs a decision, and what to ask for",
            within("account_asks", key="reason"),
            "Ask",
        ),
        Part("scores", ("factor_scores",), "Factors and evidence", render.factors, "Factors"),
        Part(
            "changes",
            ("changes",),
            "Changed since the review (effect: profit only)",
            render.changes,
            "Changes",
        ),
        Part(
            "actions", ("plan_actions",), "Open and overdue actions", within("plan_actions", key="action_id"), "Actions"
        ),
    ),
)

_PLAN = Tab(
    "plan",
    "Plan",
    (
        Part("figures", ("plan_profile",), "The plan", plan_tab.plan_figures),
        Part(
            "objectives", ("account_plan",), "Objectives and actions", within("account_plan", key="objective"), "Aims"
        ),
        Part("words", ("plan_profile",), "What the plan wants", plan_tab.plan_words, "Wants"),
        Part("reviews", ("plan_reviews",), "Reviews", plan_tab.reviews, "Reviews"),
    ),
)

_FACTORS = Tab(
    "factors",
    "Factors",
    (
        Part("scores", ("factor_scores",), "Scores", within("factor_scores", "code", key="code"), "Scores"),
        Part("indicators", ("factor_evidence",), "Indicators: what the facts say", other_tabs.indicators, "Facts"),
        Part(
            "assessments",
            ("account_assessments",),
            "Scores over time",
            within("account_assessments", key="assessed_on"),
            "History",
        ),
    ),
    first=0,
)

_VALUE = Tab(
    "value",
    "Value",
    (
        Part(
            "trend",
            ("account_financials",),
            "Revenue, profit and budget by month",
            other_tabs.trend,
            "Trend",
            hint="arrows and Enter choose one",
        ),
        Part(
            "months",
            ("account_financials",),
            "Month by month, the last one first",
            other_tabs.months,
            "Months",
            hint="Enter looks back from its end",
        ),
        Part("prices", ("account_price_basis",), "How prices are made", within("account_price_basis"), "Prices"),
        Part("programmes", ("co_innovation",), "Co-innovation programmes", other_tabs.programmes, "Invest"),
    ),
)

_SPONSORS = Tab(
    "sponsors",
    "Sponsors",
    (
        Part("figures", ("contact_threads",), "Threads: whom we met lately", other_tabs.threads, "Threads"),
        Part("sides", ("sponsorship_coverage",), "Both sides", other_tabs.sponsors, "Sides"),
        Part(
            "contacts",
            ("account_contacts",),
            "People at the customer",
            within("account_contacts", key="name"),
            "People",
        ),
        Part("touches", ("account_touches",), "Touches", within("account_touches", key="occurred_on"), "Touches"),
    ),
)

_TIMELINE = Tab(
    "timeline",
    "Timeline",
    (
        Part(
            "events",
            ("account_timeline",),
            "Timeline: all kinds",
            within("account_timeline", key="on"),
            "Events",
            modes=tuple((f"Timeline: {kind}", partial(other_tabs.timeline, kind=kind)) for kind in other_tabs.KINDS),
        ),
        Part("kinds", ("account_timeline",), "Kinds", other_tabs.kinds, "Kinds", hint="Enter shows one"),
    ),
    first=0,
)

TABS: tuple[Tab, ...] = (_OVERVIEW, _PLAN, _FACTORS, _VALUE, _SPONSORS, _TIMELINE)
"""The tabs in the order of their keys."""
