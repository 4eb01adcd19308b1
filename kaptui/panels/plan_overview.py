"""Plans at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Comparison, Panel
from kaptui.text import listed, of, share
from kaptui.views import Figure, Figures, Kind, Notes, Row, State

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "accounts": "integer",
    "plans": "integer",
    "alive": "integer",
    "slipping": "integer",
    "unreviewed": "integer",
    "expired": "integer",
    "no_plan": "integer",
    "neglected": "integer",
    "neglected_revenue_share": "share",
    "objectives": "integer",
    "objectives_unmeasured": "integer",
    "short_horizon": "integer",
    "never_shared": "integer",
    "actions_open": "integer",
    "actions_overdue": "integer",
    "review_days": "integer",
    "horizon_months": "integer",
    "plans_fed": "flag",
    "reviews_fed": "flag",
    "not_alive_revenue_share": "share",
    "no_living_plan": "integer",
}


def view(frame: pl.DataFrame, context: Context) -> Figures | Notes:
    """How many plans are in order, and each way in which the others are not; always with the base."""
    row = frame.row(0, named=True)
    if not row["accounts"]:
        return Notes(("No account to sum up.",))
    reviews = row["reviews_fed"]
    neglect = _neglect(row) if reviews else "expired; reviews cannot be judged: none in the file"
    neglected = "plan:expired plan:unreviewed"
    lifeless = f"plan:none {neglected} plan:slipping"
    months = row["horizon_months"]
    return Figures(
        (
            _figure(row, "No living plan", "no_living_plan", "accounts", _of_revenue(row), "bad", lifeless),
            _figure(row, "Neglected", "neglected", "plans", neglect, "bad", neglected),
            _figure(row, "No plan", "no_plan", "accounts", "of accounts", "warn", "plan:none"),
            _figure(row, "Actions overdue", "actions_overdue", "actions_open", "of open ones", "bad"),
            _figure(row, "No measure", "objectives_unmeasured", "objectives", "of objectives", "warn"),
            _figure(row, f"Under {months} months", "short_horizon", "plans", "end soon, not yet expired", "warn"),
            _figure(row, "Never shared", "never_shared", "plans", "the customer has not seen it", "warn"),
        )
    )


def _neglect(row: Row) -> str:
    """How many of either kind: an expired plan is not counted as unreviewed, too."""
    unreviewed = (row["neglected"] or 0) - (row["expired"] or 0)
    kinds = (f"{unreviewed} unreviewed" if unreviewed else "", f"{row['expired']} expired" if row["expired"] else "")
    return listed(kinds) or "none expired or unreviewed"


def _of_revenue(row: Row) -> str:
    part = row["not_alive_revenue_share"]
    return "of all accounts" if part is None else f"{share(part)} of revenue"


def _figure(  # noqa: PLR0913, PLR0917 - the parts of a figure
    row: Row, label: str, part: str, whole: str, note: str, state: State, narrow: str = ""
) -> Figure:
    """A count with its base; what is wrong with none of them says so by its zero and has no state."""
    lists = "plans:plan_actions" if part == "actions_overdue" else "plans"
    return Figure(
        label,
        of(row[part], row[whole]),
        note,
        state if row[part] else "",
        part,
        narrow=narrow if row[part] else "",
        panel=lists,
    )


PANEL = Panel(
    name="plan_overview",
    title="Plans at a glance",
    promise=PROMISE,
    render=view,
    source_tables=("plan",),
    description="How many plans are alive, and what is wrong with the others.",
    comparison=Comparison(
        {
            "no_living_plan": "accounts",
            "neglected": "",
            "no_plan": "accounts",
            "actions_overdue": "",
            "objectives_unmeasured": "",
            "short_horizon": "",
            "never_shared": "",
        }
    ),
)
