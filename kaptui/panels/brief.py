"""The Brief: the ten questions of a board meeting, each answered in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import TOLD, Panel
from kaptui.panels.columns import column
from kaptui.text import clean
from kaptui.views import Kind, Row, Sentence, Sentences, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "number": "integer",
    "question": "text",
    "answer": "text",
    "accounts": "integer",
    "revenue": "money",
    "revenue_share": "share",
    "amount": "money",
    "direction": "text",
    "screen": "text",
    "filter": "text",
    "short": "text",
    "verdict": "text",
    "measure": "text",
    "value": "number",
    "was": "number",
    "change": "number",
    "who": "text",
}

STATES: Mapping[str | None, State] = {"worse": "bad", "better": "good", "neither": "muted"}
"""What the direction of a line means on screen."""
SAID: Mapping[str | None, str] = {"worse": "worse", "better": "better", "neither": "same"}
"""The word for the direction of a line; none where nothing tells it."""
EVIDENCE: Mapping[int, str] = {
    4: "profit_bridge",
    6: "sponsor_load",
    9: "co_innovation",
    10: "sponsorship_mechanisms",
}
"""The question that holds the evidence of a line, where that is not what its screen shows first."""


def direction_of(row: Row) -> str:
    """The word for a line: worse, better or the same since the review; none where it is not compared with it."""
    return SAID.get(row["direction"], "")


def state_of(row: Row) -> State:
    """What that word means."""
    return STATES.get(row["direction"], "")


def _question(row: Row) -> str:
    return f"{row['number'] or 0:>2} {clean(row['question'] or '')}"


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The ten lines as a table: the question, whether it got worse since the review, the answer in one sentence."""
    columns = (
        column("question", label=" # Question", text=_question, width=26, measure="answer"),
        column("direction", label="Verdict", text=direction_of, state=state_of, width=7, measure="answer"),
        column("answer", label="Answer", width=60),
    )
    more = (
        column("accounts", "integer"),
        column("revenue", "money"),
        column("revenue_share", "share"),
        column("amount", "money"),
        column("screen", width=9),
        column("filter", width=30),
        column("short", label="In short", width=44),
        column("who", label="Who", width=44),
        column("verdict", label="Right accounts", width=14),
    )
    return Table(frame, columns, key="number", caption=compared_with(context), more=more)


def compared_with(context: Context) -> str:
    """What worse and better mean."""
    return f"worse or better since {clean(context.since_label) or context.since.isoformat()}"


def lines(frame: pl.DataFrame, context: Context) -> Sentences:
    """The ten lines as sentences, each with the screen that holds its evidence and the filter that shows it."""
    return Sentences(tuple(_line(row) for row in frame.iter_rows(named=True)), compared_with(context))


def _line(row: Row) -> Sentence:
    return Sentence(
        label=f"{row['number']:>2} {row['question']}",
        text=row["answer"],
        mark=direction_of(row),
        state="muted" if row["accounts"] is None else state_of(row),
        narrow=row["filter"] or "",
        screen=row["screen"],
        question=EVIDENCE.get(row["number"], ""),
        measure="brief.answer",
        item=str(row["number"]),
        short=row["short"],
        who=row["who"] or "",
    )


PANEL = Panel(
    name="brief",
    title="The Brief",
    promise=PROMISE,
    render=view,
    source_tables=("account",),
    row_key="number",
    sentences=lines,
    description="Ten questions that a board asks, each answered in one sentence with its base.",
    comparison=TOLD,
)
