"""The panel "Claims against facts": where a score says more, or less, than the facts of the file do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kaptui.filters import Context
from kaptui.panels.base import Panel
from kaptui.panels.columns import FACTOR_STATES, column, factor_of, factor_said
from kaptui.text import clean, index, listed
from kaptui.text.indicators import indicators_in_words
from kaptui.views import Kind, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

PROMISE: Mapping[str, Kind] = {
    "account_id": "text",
    "name": "text",
    "factor_id": "integer",
    "code": "text",
    "index": "index",
    "evidence_index": "index",
    "gap": "number",
    "claim": "text",
    "met": "integer",
    "not_met": "integer",
    "unknown": "integer",
    "met_indicators": "text",
    "not_met_indicators": "text",
    "unknown_indicators": "text",
    "confidence": "text",
    "assessed_on": "date",
}

CLAIMS: Mapping[str | None, State] = {"overclaimed": "bad", "underclaimed": "warn"}
"""What a claim means on screen; a supported one needs no attention."""

WORDS: Mapping[str | None, str] = {"overclaimed": "over", "underclaimed": "under", "supported": "supported"}
"""A claim in a narrow column."""


def claim_words(row: Row) -> str:
    """The claim in short words."""
    return WORDS.get(row["claim"], "unknown")


def claim_state(row: Row) -> State:
    """What the claim says."""
    return CLAIMS.get(row["claim"], "muted")


def _gap(row: Row) -> str:
    return index(row["gap"], signed=True)


def _met(row: Row) -> str:
    if row["met"] is None:
        return "--"
    return f"{row['met']}/{row['met'] + row['not_met']}"


def _facts(row: Row) -> str:
    """The indicators that speak against the score first, then the rest."""
    parts = {
        "not met": indicators_in_words(row["not_met_indicators"]),
        "met": indicators_in_words(row["met_indicators"]),
        "unknown": indicators_in_words(row["unknown_indicators"]),
    }
    order = ("met", "not met", "unknown") if (row["gap"] or 0) < 0 else ("not met", "met", "unknown")
    return clean("; ".join(f"{name}: {parts[name]}" for name in order if parts[name]))


def _score_state(row: Row) -> State:
    return FACTOR_STATES.get(row.get("state"), "")


def view(frame: pl.DataFrame, context: Context) -> Table:
    """The claims that facts contradict, the widest gap first; where there is none, the widest gaps."""
    import polars as pl

    columns = (
        column("name", width=16),
        column("code", label="Factor", text=factor_of, width=21, says=factor_said),
        column("gap", "number", label="Gap", text=_gap, state=claim_state, measure="claim"),
        column("index", "index", label="Score", state=_score_state, measure="factor_index"),
        column("evidence_index", "index", label="Facts say"),
        column("met", label="Met", text=_met, width=6, measure="evidence_index"),
        column("claim", text=claim_words, state=claim_state, width=9),
        column("not_met_indicators", label="Which facts", text=_facts, width=60, measure="evidence_index"),
    )
    claims = frame["claim"].to_list()
    told = listed(f"{claims.count(claim)} {claim}" for claim in CLAIMS if claim in claims)
    shown = frame.filter(pl.col("claim").is_in(list(CLAIMS))) if told else frame
    caption = f"{told or 'none contradicted'} of {frame.height} that facts judge; gap: score minus facts"
    return Table(shown, columns, caption=caption)


PANEL = Panel(
    name="factor_gaps",
    title="Claims against facts",
    promise=PROMISE,
    render=view,
    source_tables=("assessment",),
    row_key="code",
    description="Where a score says more, or less, than the facts of the file do.",
    when_empty="No score that the facts of this file could judge.",
)
