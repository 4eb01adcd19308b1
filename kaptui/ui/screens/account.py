"""One account: is it in order, and what do I ask for?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kaptui.ui.asking import Draw, Frames, Source
from kaptui.ui.keys import bindings
from kaptui.ui.screens.board import Board
from kaptui.ui.situation import Situation
from kaptui.ui.text import MARKS
from kaptui.ui.widgets.lines import TabsLine
from kaptui.ui.widgets.panel_card import PanelCard
from kaptui.views import Figure, Figures, Notes, Row, State, Table, View
from kaptui.wording import UNKNOWN, direction, index, listed, money, number, of, share


def sentence(frames: Frames, situation: Situation) -> Notes:
    """The account in one line."""
    from kaptui.sentences import account_sentence

    if frames["accounts"].is_empty():
        return Notes(("This account is no longer in the file",), "warn")
    row = frames["accounts"].row(0, named=True)
    return Notes((account_sentence(row, frames["attention_reasons"].iter_rows(named=True)),), "")


def figures(frames: Frames, situation: Situation) -> Figures:
    """The account's key figures, each with its base or change."""
    row = frames["accounts"].row(0, named=True)
    currency = situation.context.currency
    growth = share(row["revenue_growth"], signed=True)
    change = money(row["profit_change"], signed=True)
    moved = f"{change} on a year ago, {direction(row['profit_change'])}" if change != UNKNOWN else "no year before"
    factors = sum(column.startswith("factor.") for column in situation.card.columns)
    known = of(row["factors_known"], factors)
    loses = row["profit"] is not None and row["profit"] < 0
    return Figures(
        (
            Figure(
                "Revenue",
                money(row["revenue"], currency),
                f"{growth} on a year ago" if growth != UNKNOWN else "",
                measure="revenue",
            ),
            Figure("Profit", money(row["profit"], currency), moved, "bad" if loses else "", measure="profit"),
            Figure("Margin", share(row["margin"]), f"tier {number(row['tier'])}, {row['status']}", measure="margin"),
            Figure(
                "Index",
                index(row["index"]),
                f"{known} factors, weakest {row['weakest_factor'] or UNKNOWN}",
                measure="index",
            ),
            Figure(
                "Sponsors",
                row["coverage"],
                f"in {row['internal_status']}, out {row['external_status']}",
                measure="coverage",
            ),
            Figure("Plan", row["plan_status"], f"manager {row['manager'] or UNKNOWN}", measure="plan_status"),
        )
    )


SAID_ABOVE = ("name", "amount")
"""Columns that the page's head says once for all rows."""


def within(question: str, *first: str) -> Draw:
    """The panel's table on the page of one account: without what its head says, the columns `first` in front.

    The first of them identifies a row.
    """

    def draw(frames: Frames, situation: Situation) -> View:
        from kaptui.panels import PANELS

        view = PANELS[question].view(frames[question], situation.context)
        if not isinstance(view, Table):
            return view
        columns = [one for one in view.columns if one.name not in (*SAID_ABOVE, *first)]
        ahead = [one for name in first for one in view.columns if one.name == name]
        return replace(view, columns=(*ahead, *columns), key=first[0])

    return draw


TREND_MONTHS = 24


def trend(frames: Frames, situation: Situation) -> View:
    """The months up to the newest full one; months booked before are left to the export."""
    import polars as pl

    from kaptui.panels import PANELS

    months = frames["account_financials"]
    recent = pl.lit(situation.context.window_end).dt.month_start().dt.offset_by(f"-{TREND_MONTHS - 1}mo")
    return PANELS["account_financials"].view(months.filter(pl.col("month") >= recent), situation.context)


def sponsors(frames: Frames, situation: Situation) -> Table:
    """Both sides of one account: who, in which state, and when they last met."""
    from kaptui.panels.tables import column

    states: dict[str, State] = {"covered": "good", "stale": "warn", "new": "", "uncovered": "bad"}

    def state(row: Row) -> State:
        return states.get(row["status"], "")

    def marked(row: Row) -> str:
        return f"{row['status']} {MARKS.get(state(row), '')}".rstrip()

    columns = (
        column("side", width=9),
        column("status", width=12, text=marked, state=state),
        column("sponsor"),
        column("last_touch_on", "date"),
        column("days_since_touch", "integer"),
        column("cadence_days", "integer"),
    )
    frame = frames["sponsorship_coverage"]
    caption = listed(f"{row['side']} {marked(row)}" for row in frame.iter_rows(named=True))
    return Table(frame, columns, key="side", caption=caption)


class AccountScreen(Board):
    """An account of a list; `[` and `]` go through the list, Esc goes back to it. `came` is where from."""

    BINDINGS = bindings("account.previous", "account.next")
    CSS_PATH = "../styles/account.tcss"

    def __init__(self, file: str, where: str, today: date, ids: Sequence[str], at: int) -> None:
        super().__init__(file, where, today, ())
        self.came = ""
        self._account = ids[at]
        self._ids = list(ids)
        self._at = at

    def headline_of(self) -> PanelCard:
        return PanelCard(Source(("accounts", "attention_reasons"), "", sentence, True), id="headline")

    def panels_of(self) -> Iterable[PanelCard]:
        scores = within("factor_scores", "code", "index", "change", "evidence_index", "claim")
        reasons = within("attention_reasons", "reason")
        yield PanelCard(Source(("accounts",), "Key figures", figures), id="figures")
        yield PanelCard(Source(("factor_scores",), "Factors and evidence", scores), id="scores", short="Factors")
        yield PanelCard(Source(("attention_reasons",), "Why it needs you", reasons), id="reasons", short="Why")
        title = f"Revenue and profit, last {TREND_MONTHS} months"
        yield PanelCard(Source(("account_financials",), title, trend), id="trend", short="Trend")
        yield PanelCard(Source(("sponsorship_coverage",), "Sponsors", sponsors), id="sponsors", short="Sponsors")

    def on_mount(self) -> None:
        super().on_mount()
        self.watch_situation()

    def for_panels(self, situation: Situation) -> Situation:
        account_id = self.account_id
        found = situation.card.filter(situation.card["account_id"] == account_id)
        self._account = found["name"][0] if found.height else account_id
        place = f"{self._at + 1} of {len(self._ids)}" if len(self._ids) > 1 else ""
        self.query_one(TabsLine).show_way((*self.came.split(" > "), self._account), place)
        return situation.of_account(account_id)

    @property
    def account_id(self) -> str:
        """The account on the page."""
        return self._ids[self._at]

    @property
    def subject(self) -> str:
        return self.account_id

    @property
    def way(self) -> str:
        return f"{self.came} > {self._account}"

    @property
    def can_go_back(self) -> bool:
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self._ids) > 1 if action == "walk" else super().check_action(action, parameters)

    def action_walk(self, step: int) -> None:
        """Another account of the list; the ends hold."""
        place = max(0, min(self._at + step, len(self._ids) - 1))
        if place != self._at:
            self._at = place
            self.watch_situation()

    def leave(self) -> None:
        self.dismiss(None)
