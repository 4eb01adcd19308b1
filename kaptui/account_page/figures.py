"""Key figures of the page, and its table of months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.text import UNKNOWN, age, count, day, direction, index, listed, money, month, moved, of, share
from kaptui.text.window import compared, no_figures, not_booked, short_history, window_words
from kaptui.text.words import side_words, status_words
from kaptui.views import Figure, Row, State, Table

if TYPE_CHECKING:
    import polars as pl


def of_account(row: Row, context: Context) -> tuple[Figure, ...]:
    """Index, revenue, profit, both sides and the plan; each note says what it is compared with."""
    return (
        _index(row, context),
        _revenue(row, context),
        _profit(row, context),
        _side(row, "internal"),
        _side(row, "external"),
        _plan(row),
    )


def _index(row: Row, context: Context) -> Figure:
    known = of(row["factors_known"], row["factors"])
    if row["index"] is None:
        return Figure("Index", UNKNOWN, f"{known} factors known", "muted", measure="index")
    change = row["index_change"]
    note = listed(
        (
            f"{moved(change)} {compared(context)}" if change is not None else "",
            f"rank {of(row['index_rank'], row['accounts_ranked'])}",
            "" if row["factors_known"] == row["factors"] else f"{known} factors known",
        )
    )
    return Figure("Index", index(row["index"]), note, measure="index")


def _budget(row: Row, said: str, amount: float | None) -> str:
    """The difference to the budget, or how many months of one there are."""
    if amount is not None:
        return f"{said} to budget {money(amount)}"
    months = row["budget_months"]
    return f"budget known for only {of(months, row['window_months'])} months" if months else "no budget"


_FIGURES = {"late": "late", "new": "new", "short": "history begins later", "stopped": "stopped"}


def _not_compared(row: Row, context: Context) -> str:
    """Why there is no growth: a short history of the file, or months of the account that are not known."""
    now, before, whole = row.get("months") or 0, row.get("months_before") or 0, context.window_months
    if row["revenue"] is None:
        return ""
    if now < whole:
        return listed((f"{now} of {count('month', whole)}, {_FIGURES.get(row['figures'], '')}", short_history(context)))
    return short_history(context) or (f"{before} of {count('month', whole)} a year earlier" if before < whole else "")


def _revenue(row: Row, context: Context) -> Figure:
    growth = row["revenue_growth"]
    ago = f"{share(growth, signed=True)} on {money(row['revenue_before'])} a year ago" if growth is not None else ""
    year = ago or _not_compared(row, context)
    budget = _budget(row, share(row["revenue_to_budget"], signed=True), row["budget_revenue"])
    note = listed((year, budget, no_figures(context) or not_booked(context)))
    return Figure(f"Revenue, {window_words(context)}", money(row["revenue"], context.currency), note, measure="revenue")


def _profit(row: Row, context: Context) -> Figure:
    change = row["profit_change"]
    year = f"{money(change, signed=True)} {direction(change)} in a year" if change is not None else ""
    year = year or (short_history(context) if row["profit"] is not None else "")
    budget = _budget(row, money(row["profit_to_budget"], signed=True), row["budget_profit"])
    margin = "" if row["margin"] is None else f", margin {share(row['margin'])}"
    state: State = "muted" if row["profit"] is None else "bad" if row["profit"] < 0 else ""
    label = "Profit" if context.basis == "contribution" else "Gross profit"
    value, note = money(row["profit"], context.currency), listed((year, budget))
    return Figure(f"{label}{margin}", value, note, state, measure="profit")


_SIDES: dict[str, State] = {"covered": "good", "stale": "warn", "new": "", "uncovered": "bad"}


def _side(row: Row, side: str) -> Figure:
    status, days = row[f"{side}_status"], row[f"{side}_days_since_touch"]
    sponsor = row[f"{side}_sponsor"] or "nobody"
    never = "never met" if row[f"{side}_sponsor"] else ""
    met = f"met {age(days)} ago" if days else "met today" if days == 0 else never
    state, note = _SIDES.get(status or "", ""), listed((sponsor, met))
    return Figure(
        f"{side_words(side).capitalize()}",
        status_words(status) or UNKNOWN,
        note,
        state,
        measure="sponsorship_coverage.status",
        item=side,
    )


_HEALTH: dict[str, State] = {"none": "bad", "expired": "bad", "unreviewed": "warn", "slipping": "warn", "alive": "good"}


def _plan(row: Row) -> Figure:
    health = row["plan_status"] or UNKNOWN
    late = f"{of(row['actions_overdue'], row['actions_open'])} actions overdue"
    overdue = late if row["actions_open"] and health != "slipping" else ""
    manager = row["manager"] or "no manager"
    note, state = listed((row["plan_why"] or "", overdue)), _HEALTH.get(health, "")
    return Figure(f"Plan, {manager}", health, note, state, measure="plan_status")


def of_plan(row: Row) -> tuple[Figure, ...]:
    """Health, horizon, last review, objectives, measures, and whether the customer has seen the plan."""
    left, aims, unmeasured = row["months_left"], row["objectives"], row["objectives_unmeasured"]
    shared = row["shared_with_customer_on"]
    last = row["last_reviewed_on"]
    ends = f"ends {day(row['ends_on'])}" if row["ends_on"] else "no end given"
    reached = "open" if left is None else count("month", left) if left >= 0 else f"{-left} months over"
    return (
        Figure("Health", row["health"], row["why"] or "", _HEALTH.get(row["health"], ""), measure="health"),
        Figure("Horizon", reached, ends, "bad" if left is not None and left < 0 else "", measure="ends_on"),
        Figure(
            "Last review",
            day(last) if last else "never",
            listed((row["last_outcome"] or "", count("review", row["reviews"]))),
            measure="last_reviewed_on",
        ),
        Figure("Objectives closed", of(row["objectives_closed"], aims), f"{row['objectives_joint']} joint"),
        Figure("Without a measure", of(unmeasured, aims), "", "warn" if unmeasured else ""),
        Figure("Shared", day(shared) if shared else "never", "with the customer", "" if shared else "warn"),
    )


def month_table(frame: pl.DataFrame, context: Context) -> Table:
    """Every month that the answer holds, the last one first; Enter on one looks back from its end."""
    from kaptui.panels.columns import column, negative

    budget = frame["budget_revenue"].null_count() < frame.height
    columns = (
        column("month", "date", text=lambda row: month(row["month"]), width=9),
        column("revenue", "money"),
        column("budget_revenue", "money", label="Budget", width=9),
        column("profit", "money", state=negative("profit")),
        column("profit_to_budget", "money", label="vs budget", state=negative("profit_to_budget"), width=9),
        column("margin", "share", state=negative("margin")),
        column("budget_profit", "money", label="Profit budget", width=9),
        column("cogs", "money"),
        column("cost_to_serve", "money", label="To serve"),
    )
    shown = tuple(one for one in columns if budget or "budget" not in one.name)
    more = (column("budget_margin", "share"),)
    first, last = frame["month"].min(), frame["month"].max()
    span = f"{month(first)} to {month(last)}" if first != last else month(last)  # type: ignore[arg-type]
    caption = f"{count('month', frame.height)}, {span}"
    return Table(frame.reverse(), shown, key="month", caption=caption, more=more)
