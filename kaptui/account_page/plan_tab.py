"""The Plan tab: the plan in figures and in words, and its reviews."""

from __future__ import annotations

from kaptui.account_page.render import Frames, only
from kaptui.filters import Context
from kaptui.text import UNKNOWN, clean, count, day, listed
from kaptui.views import Figures, Notes, Row, Table


def plan_figures(frames: Frames, context: Context) -> Figures | Notes:
    """Whether the plan is alive, how far it reaches, who looked at it, how much of it is measured."""
    from kaptui.account_page.figures import of_plan

    row = only(frames, "plan_profile")
    return Figures(of_plan(row)) if row["plan"] is not None else Notes(("This account has no plan.",), "warn")


def plan_words(frames: Frames, context: Context) -> Notes:
    """The plan in its own words; what is not said is n/a."""
    row = only(frames, "plan_profile")
    if row["plan"] is None:
        return Notes(("This account has no plan.", "A plan stands in plan.csv, its objectives in objective.csv."))
    rivals = row["active_plans"]
    lines = [f"{rivals} plans are active at once; the one that starts last counts."] if rivals > 1 else []
    lines += [f"{name.capitalize()}: {row[name] or UNKNOWN}" for name in ("vision", "priorities", "challenges")]
    dates = listed(
        (f"from {day(row['starts_on'])}", f"to {day(row['ends_on'])}", f"approved {day(row['approved_on'])}")
    )
    lines += [f"{row['plan']}, {dates}; owner {row['owner'] or 'nobody named'}"]
    return Notes(tuple(lines), "warn" if rivals > 1 else "")


def reviews(frames: Frames, context: Context) -> Table:
    """The reviews of the plan: when, with which outcome, with whom."""
    from kaptui.panels.columns import column

    columns = (
        column("reviewed_on", "date", label="Reviewed"),
        column("outcome", text=lambda row: clean(row["outcome"] or "no outcome noted"), width=28),
        column("chaired_by", label="Chaired by", text=lambda row: clean(row["chaired_by"] or "nobody named"), width=16),
        column("customer_present", label="Customer", text=_there, width=8),
        column("note", text=lambda row: clean(row["note"] or ""), width=20),
    )
    frame = frames["plan_reviews"]
    there = int(frame["customer_present"].fill_null(value=False).sum())
    caption = f"{count('review', frame.height)}, the customer at {there}"
    return Table(frame, columns, key="reviewed_on", caption=caption)


def _there(row: Row) -> str:
    return {True: "there", False: "not there"}.get(row["customer_present"], "not recorded")
