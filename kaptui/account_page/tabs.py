"""Which panels stand on which tab, and which questions each of them asks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from kaptui.account_page import other_tabs, plan_tab, render
from kaptui.account_page.render import within
from kaptui.filters import Context, Filters
from kaptui.panels.spec import Draw, Frames, Mode, PanelSpec, Scope
from kaptui.views import View

Render = Callable[[Frames, Context], View]


@dataclass(frozen=True, slots=True)
class OneAccount:
    """What the page of one account is about, where no screen says so."""

    context: Context
    filters: Filters
    accounts: int = 1
    matching: int = 1
    filtered: bool = True


def _of_context(render: Render) -> Draw:
    def draw(frames: Frames, scope: Scope) -> View:
        return render(frames, scope.context)

    return draw


def _part(  # noqa: PLR0913 - what differs between the panels of the page
    id: str,
    questions: tuple[str, ...],
    title: str,
    render: Render,
    short: str = "",
    *,
    says_without_rows: bool = False,
    modes: tuple[tuple[str, Render], ...] = (),
    hint: str = "",
) -> PanelSpec:
    """A panel of the page; `modes` are further ways to show the same answer."""
    first = Mode(questions, title, _of_context(render), says_without_rows, hint=hint, tab="All")
    more = (
        Mode(questions, name, _of_context(other), says_without_rows, tab=name.rpartition(": ")[2].capitalize())
        for name, other in modes
    )
    return PanelSpec(id, (first, *more), short=short)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: `first` is the place of the panel that has the keyboard when it is shown."""

    name: str
    label: str
    parts: tuple[PanelSpec, ...]
    first: int = 1


def view(mode: Mode, frames: Frames, scope: Scope, missing: Collection[str] = ()) -> View:
    """What the mode shows; words where its answer has no rows, or where a table that feeds it is in `missing`."""
    from kaptui.panels import PANELS

    own, panel = frames[mode.question], PANELS[mode.question]
    filled = own.height and not set(panel.source_tables) & set(missing)
    if mode.draw is not None and (mode.says_without_rows or filled):
        return mode.draw(frames, scope)
    return panel.view(own, scope.context, missing)


HEADLINE = _part("headline", ("accounts", "account_asks"), "", render.sentence, says_without_rows=True)
"""What needs deciding and what to ask for; stands above every tab."""

_OVERVIEW = Tab(
    "overview",
    "Overview",
    (
        _part("figures", ("account_profile",), "Key figures", render.figures),
        _part(
            "reasons",
            ("account_asks",),
            "What needs a decision, and what to ask for",
            within("account_asks", key="reason"),
            "Ask",
        ),
        _part("scores", ("factor_scores",), "Factors and evidence", render.factors, "Factors"),
        _part(
            "changes",
            ("changes",),
            "Changed since the review (effect: profit only)",
            render.changes,
            "Changes",
        ),
        _part(
            "actions", ("plan_actions",), "Open and overdue actions", within("plan_actions", key="action_id"), "Actions"
        ),
    ),
)

_PLAN = Tab(
    "plan",
    "Plan",
    (
        _part("figures", ("plan_profile",), "The plan", plan_tab.plan_figures),
        _part(
            "objectives", ("account_plan",), "Objectives and actions", within("account_plan", key="objective"), "Aims"
        ),
        _part("words", ("plan_profile",), "What the plan wants", plan_tab.plan_words, "Wants"),
        _part("reviews", ("plan_reviews",), "Reviews", plan_tab.reviews, "Reviews"),
    ),
)

_FACTORS = Tab(
    "factors",
    "Factors",
    (
        _part("scores", ("factor_scores",), "Scores", within("factor_scores", "code", key="code"), "Scores"),
        _part("indicators", ("factor_evidence",), "Indicators: what the facts say", other_tabs.indicators, "Facts"),
        _part(
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
        _part(
            "trend",
            ("account_financials",),
            "Revenue, profit and budget by month",
            other_tabs.trend,
            "Trend",
            hint="arrows and Enter choose one",
        ),
        _part(
            "months",
            ("account_financials",),
            "Month by month, the last one first",
            other_tabs.months,
            "Months",
            hint="Enter looks back from its end",
        ),
        _part("prices", ("account_price_basis",), "How prices are made", within("account_price_basis"), "Prices"),
        _part("programmes", ("co_innovation",), "Co-innovation programmes", other_tabs.programmes, "Invest"),
    ),
)

_SPONSORS = Tab(
    "sponsors",
    "Sponsors",
    (
        _part("figures", ("contact_threads",), "Threads: whom we met lately", other_tabs.threads, "Threads"),
        _part("sides", ("sponsorship_coverage",), "Both sides", other_tabs.sponsors, "Sides"),
        _part(
            "contacts",
            ("account_contacts",),
            "People at the customer",
            within("account_contacts", key="name"),
            "People",
        ),
        _part("touches", ("account_touches",), "Touches", within("account_touches", key="occurred_on"), "Touches"),
    ),
)

_TIMELINE = Tab(
    "timeline",
    "Timeline",
    (
        _part(
            "events",
            ("account_timeline",),
            "Timeline: all kinds",
            within("account_timeline", key="on"),
            "Events",
            modes=tuple((f"Timeline: {kind}", partial(other_tabs.timeline, kind=kind)) for kind in other_tabs.KINDS),
        ),
        _part("kinds", ("account_timeline",), "Kinds", other_tabs.kinds, "Kinds", hint="Enter shows one"),
    ),
    first=0,
)

TABS: tuple[Tab, ...] = (_OVERVIEW, _PLAN, _FACTORS, _VALUE, _SPONSORS, _TIMELINE)
"""The tabs in the order of their keys."""
