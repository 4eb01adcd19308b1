"""The modes of the heatmap: what a cell, a subtotal and the lines pinned below say in each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kaptui.panels.columns import FACTOR_STATES
from kaptui.panels.factor_gaps import CLAIMS
from kaptui.text import STATE_MARKS, index
from kaptui.views import Row, State

MISSING, EXPIRED, FELL, ROSE = "--", "x", "▼", "▲"


@dataclass(frozen=True, slots=True)
class Mode:
    """What the cells show: `sorts` is the part of a cell by which a column is sorted, `legend` explains the marks.

    `text` and `state` are of one cell, `group` says what a factor comes to in several accounts, and `foot` are the
    lines below: their words, and what a factor comes to in all accounts.
    """

    name: str
    legend: str
    sorts: str
    text: Callable[[Row], str]
    state: Callable[[Row], State]
    group: Callable[[Row], str]
    foot: Sequence[tuple[str, Callable[[Row], str]]]
    measure: str = "factor_index"


def _cell(before: str, text: str, sign: str = "") -> str:
    """Text of one cell: what is before the number, the number flush right in three places, and the mark behind it."""
    return f"{before or ' '}{text:>3}{sign}"


def _before(cell: Row) -> str:
    if cell["freshness"] == "expired":
        return EXPIRED
    return {"fell": FELL, "rose": ROSE}.get(cell["move"] or "", "")


def _aged(cell: Row, state: State) -> State:
    """An expired or missing score is dimmed, whatever it says."""
    return "muted" if cell["freshness"] in {"expired", "missing", None} else state


def _light(cell: Row) -> State:
    return _aged(cell, FACTOR_STATES.get(cell["state"], ""))


def _index(cell: Row) -> str:
    if cell["index"] is None:
        return _cell("", MISSING)
    return _cell(_before(cell), index(cell["index"]), STATE_MARKS.get(_light(cell), ""))


RED, AMBER, GOOD, UNSCORED = "■", "▪", "·", "?"
"""A score where no numbers stand: what is weak or not known is seen, what is good is a quiet dot."""
_WEAK: Mapping[State, str] = {"bad": RED, "warn": AMBER, "good": GOOD}


def _weak(cell: Row) -> str:
    if cell["index"] is None:
        return f"  {UNSCORED}"
    before = _before(cell)
    return f"  {before}" if before == EXPIRED else f"{before or ' '} {_WEAK.get(_light(cell), GOOD)}"


def _weak_state(cell: Row) -> State:
    """An unknown score is as loud as text: only what is good is dimmed."""
    state = _light(cell)
    known = cell["freshness"] in {"fresh", "ageing"}
    return ("muted" if state == "good" else state) if known else ""


def _moved(cell: Row) -> State:
    return _aged(cell, {"fell": "bad", "rose": "good"}.get(cell["move"] or "", "muted"))  # type: ignore[arg-type]


def _change(cell: Row) -> str:
    if cell["change"] is None:
        return _cell(EXPIRED if cell["freshness"] == "expired" else "", MISSING)
    return _cell("", index(cell["change"], signed=True), STATE_MARKS.get(_moved(cell), ""))


def _ageing(cell: Row) -> State:
    return _aged(cell, "warn" if cell["freshness"] == "ageing" else "good")


def _age(cell: Row) -> str:
    if cell["age_days"] is None:
        return _cell("", MISSING)
    return _cell(
        EXPIRED if cell["freshness"] == "expired" else "", str(cell["age_days"]), STATE_MARKS.get(_ageing(cell), "")
    )


def _sureness(cell: Row) -> State:
    return _aged(cell, {"high": "good", "medium": "warn", "low": "bad"}.get(cell["confidence"] or "", ""))  # type: ignore[arg-type]


def _confidence(cell: Row) -> str:
    if cell["confidence"] is None:
        return _cell("", MISSING)
    words = {"high": "high", "medium": "med", "low": "low"}[cell["confidence"]]
    return _cell(EXPIRED if cell["freshness"] == "expired" else "", words, STATE_MARKS.get(_sureness(cell), ""))


def _claim_state(cell: Row) -> State:
    return _aged(cell, CLAIMS.get(cell["claim"], "muted" if cell["gap"] is None else ""))


def _claim(cell: Row) -> str:
    if cell["gap"] is None:
        return _cell(EXPIRED if cell["freshness"] == "expired" else "", MISSING)
    return _cell("", index(cell["gap"], signed=True), STATE_MARKS.get(_claim_state(cell), ""))


def mean(group: Row) -> str:
    state = FACTOR_STATES.get(group["state"], "")
    return _cell("", MISSING if group["mean"] is None else index(group["mean"]), STATE_MARKS.get(state, ""))


def weighted_mean(group: Row) -> str:
    return _cell("", MISSING if group["weighted_mean"] is None else index(group["weighted_mean"]))


def _mean_change(group: Row) -> str:
    return _cell("", MISSING if group["change"] is None else index(group["change"], signed=True))


def _counted(name: str, base: str) -> Callable[[Row], str]:
    """So many of so many."""
    return lambda group: f"{group[name]}/{group[base]}".rjust(5) if group[base] else _cell("", MISSING)


def _red(group: Row) -> str:
    """Red accounts of those scored; "!" where that makes it the programme's problem."""
    return _counted("red", "accounts_known")(group) + ("!" if group.get("programme_problem") else "")


def _unknown(group: Row) -> str:
    """Accounts without a valid score, of all."""
    return f"{group['missing'] + group['expired']}/{group['accounts']}".rjust(5) if group["accounts"] else _cell("", "")


MODES: tuple[Mode, ...] = (
    Mode(
        "weak",
        f"{RED} red  {AMBER} amber  {GOOD} good  {UNSCORED} not scored  {EXPIRED} expired  {FELL}{ROSE} moved",
        "valid",
        _weak,
        _weak_state,
        _red,
        (("Red of scored", _red), ("Not scored", _unknown), ("Mean", mean)),
    ),
    Mode(
        "index",
        "! red  ~ amber  x expired  -- not scored  ▼▲ moved",
        "valid",
        _index,
        _light,
        mean,
        (("Mean", mean), ("Weighted mean", weighted_mean), ("Red of scored", _red)),
    ),
    Mode(
        "change",
        "points; ! fell  -- not valid at both dates",
        "change",
        _change,
        _moved,
        _mean_change,
        (
            ("Mean change", _mean_change),
            ("Fell of pairs", _counted("fell", "pairs")),
            ("Rose of pairs", _counted("rose", "pairs")),
        ),
    ),
    Mode(
        "age",
        "days since assessed; ~ ageing  x expired  -- never",
        "age_days",
        _age,
        _ageing,
        _counted("fresh", "accounts"),
        (
            ("Fresh", _counted("fresh", "accounts")),
            ("Expired", _counted("expired", "accounts")),
            ("Never assessed", _counted("missing", "accounts")),
        ),
    ),
    Mode(
        "confidence",
        "! no evidence and no independent assessor  ~ one of the two",
        "sure",
        _confidence,
        _sureness,
        _counted("high", "accounts_known"),
        (
            ("High of scored", _counted("high", "accounts_known")),
            ("Medium", _counted("medium", "accounts_known")),
            ("Low", _counted("low", "accounts_known")),
        ),
    ),
    Mode(
        "claim",
        "score minus evidence; ! overclaimed  ~ underclaimed  -- unknown",
        "gap",
        _claim,
        _claim_state,
        _counted("overclaimed", "claims_checked"),
        (
            ("Overclaimed", _counted("overclaimed", "claims_checked")),
            ("Underclaimed", _counted("underclaimed", "claims_checked")),
        ),
        "claim",
    ),
)
