"""Accounts x factors in one table: what a cell, a subtotal and the lines pinned below say in each mode.

More than 350 lines because each of the six modes says all of them, and they are read side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaptui.filters import Context
from kaptui.panels.columns import FACTOR_STATES, column, factor_said
from kaptui.panels.factor_accounts import index_state, red, red_state
from kaptui.panels.factor_gaps import CLAIMS
from kaptui.panels.factor_groups import narrowing, value_words
from kaptui.text import STATE_MARKS, clean, count, index, listed, moved, share
from kaptui.text.accounts import named
from kaptui.text.window import compared
from kaptui.text.words import factor_words
from kaptui.views import Column, Row, State, Subtotal, Table

if TYPE_CHECKING:
    import polars as pl

MISSING, EXPIRED, FELL, ROSE = "--", "x", "▼", "▲"
GROUPINGS = ("", "region", "tier", "manager", "industry")
_PARTS = ("index", "state", "freshness", "move", "change", "age_days", "confidence", "gap", "claim")
_WIDEST = 9
_SPARE = 24
HEADING = 12
"""Letters of a factor's name over its column."""


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


def _mean(group: Row) -> str:
    state = FACTOR_STATES.get(group["state"], "")
    return _cell("", MISSING if group["mean"] is None else index(group["mean"]), STATE_MARKS.get(state, ""))


def _weighted(group: Row) -> str:
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
        (("Red of scored", _red), ("Not scored", _unknown), ("Mean", _mean)),
    ),
    Mode(
        "index",
        "! red  ~ amber  x expired  -- not scored  ▼▲ moved",
        "valid",
        _index,
        _light,
        _mean,
        (("Mean", _mean), ("Weighted mean", _weighted), ("Red of scored", _red)),
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


def heatmap(  # noqa: PLR0913, PLR0917 - three answers and three choices
    scores: pl.DataFrame, accounts: pl.DataFrame, groups: pl.DataFrame, context: Context, mode: Mode, grouping: str = ""
) -> Table:
    """The accounts in their order, the worst first, with a column for every factor that the file names, the weakest
    first.
    """
    codes = _weakest_first(scores, groups)
    named = groups.unique("code", keep="first").to_dicts()
    said = {row["code"]: factor_said(row) for row in named}
    names = {row["code"]: clean(factor_words(row.get("factor"), row["code"], HEADING)) for row in named}
    whole_index = column("index", "index", state=index_state, measure="accounts.index", if_room=_SPARE)
    quiet = mode.name == "weak"
    columns = (
        column("name", width=16),
        column("red", text=red, state=red_state, width=7, measure="accounts.index"),
        *(() if quiet else (whole_index,)),
        *(_factor(code, mode, said.get(code, ""), names.get(code, "")) for code in codes),
        column("revenue", "money", measure="accounts.revenue"),
    )
    more = (
        *((whole_index,) if quiet else ()),
        *(column(name) for name in ("region", "manager", "industry")),
        column("tier", "integer"),
    )
    whole = _by_code(groups, "all")
    return Table(
        _wide(scores, accounts, mode, grouping),
        columns,
        caption=_caption(accounts, context, mode),
        more=more,
        foot=tuple(_line(words, write, whole.get(None, {}), mode) for words, write in mode.foot),
        group="group" if grouping else "",
        subtotals=tuple(
            Subtotal(value, _subtotal(grouping, value, found, mode), narrowing(grouping, value))
            for value, found in (_by_code(groups, grouping).items() if grouping else ())
        ),
    )


def _weakest_first(scores: pl.DataFrame, groups: pl.DataFrame) -> list[str]:
    """The factors as the reader should meet them: a problem of the programme first, then the lowest mean."""
    import polars as pl

    known = groups.filter(pl.col("grouping") == "all")
    order = known.sort(pl.col("programme_problem").fill_null(value=False).not_(), "mean", "factor_id", nulls_last=True)
    codes = scores.sort("factor_id", maintain_order=True)["code"].unique(maintain_order=True).to_list()
    first = [code for code in order["code"] if code in codes]
    return [*first, *(code for code in codes if code not in first)]


def _factor(code: str, mode: Mode, said: str, name: str) -> Column:
    def cell(row: Row) -> dict[str, Any]:
        return {part: row[f"{part}.{code}"] for part in _PARTS}

    return Column(
        f"factor.{code}",
        name or code,
        "text",
        _WIDEST,
        lambda row: mode.text(cell(row)),
        lambda row: mode.state(cell(row)),
        mode.measure,
        code,
        lambda row: cell_words(said.partition(": ")[2] or code, cell(row), row["red_below"]),
        f" {code}",
    )


def cell_words(factor: str, cell: Row, red_below: float | None) -> str:
    """One score with what it means: "Long horizon: 0 of 100, red (below 34), -25 worse, assessed 44 days ago"."""
    name = factor_words(factor, factor)
    if cell["index"] is None:
        return f"{name}: not scored"
    limit = f" (below {red_below:g})" if red_below is not None else ""
    state = {"red": f"red{limit}", "amber": "amber", "green": "good"}.get(cell["state"] or "", "")
    score, days = f"{name}: {index(cell['index'])} of 100", f"assessed {count('day', cell['age_days'])} ago"
    if cell["freshness"] == "expired":
        return listed((score, "expired: counts no more", days))
    change = moved(cell["change"]) if cell["change"] else ""
    return listed((score, state, change, days, cell["claim"] if cell["claim"] in CLAIMS else ""))


def _wide(scores: pl.DataFrame, accounts: pl.DataFrame, mode: Mode, grouping: str) -> pl.DataFrame:
    """One row per account with PART.CODE for every part of a cell, and factor.CODE to sort a column by."""
    import polars as pl

    sure = pl.col("confidence").replace_strict({"low": 1, "medium": 2, "high": 3}, default=None, return_dtype=pl.Int64)
    valid = pl.when(pl.col("freshness").is_in(["fresh", "ageing"]))
    parts = scores.with_columns(valid=valid.then("index"), sure=valid.then(sure)).select(
        "account_id", "code", *_PARTS, pl.col(mode.sorts).alias("factor")
    )
    wide = parts.pivot(on="code", index="account_id", values=["factor", *_PARTS], separator=".")
    limit = pl.lit(scores["red_below"].first(), pl.Float64)
    group = pl.col(grouping).cast(pl.String) if grouping else pl.lit(None, pl.String)
    return accounts.with_columns(group=group, red_below=limit).join(
        wide, on="account_id", how="left", maintain_order="left"
    )


def _by_code(groups: pl.DataFrame, grouping: str) -> dict[str | None, dict[str, Row]]:
    """Group -> factor -> what it comes to there; the weakest group first, as the answer has them."""
    found: dict[str | None, dict[str, Row]] = {}
    for row in groups.iter_rows(named=True):
        if row["grouping"] == grouping:
            found.setdefault(row["value"], {})[row["code"]] = row
    return found


def _line(words: str, write: Callable[[Row], str], found: Mapping[str, Row], mode: Mode) -> dict[str, str]:
    line = {"name": words, **{f"factor.{code}": write(row) for code, row in found.items()}}
    anyone = next(iter(found.values()), None)
    if anyone is None or mode.name != "index":
        return line
    means = {_mean: "index_mean", _weighted: "index_weighted"}
    if write in means and anyone[means[write]] is not None:
        line["index"] = index(anyone[means[write]])
    return line


def _subtotal(grouping: str, value: str | None, found: Mapping[str, Row], mode: Mode) -> dict[str, str]:
    anyone = next(iter(found.values()))
    texts = {
        "name": f"{value_words(grouping, value)} ({anyone['accounts']})",
        "revenue": share(anyone["revenue_share"]),
    }
    if anyone["index_mean"] is not None:
        texts["index"] = index(anyone["index_mean"])
    return texts | {f"factor.{code}": mode.group(row) for code, row in found.items()}


def _caption(accounts: pl.DataFrame, context: Context, mode: Mode) -> str:
    since = compared(context) if mode.name in {"index", "change"} else ""
    legend, base = f"{mode.legend} {since}".strip(), f"{count('account', accounts.height)}, worst first"
    if mode.name != "weak":
        return listed((legend, base))
    unknown = accounts.filter(accounts["factors_known"] < accounts["factors"])["name"].to_list()
    return "; ".join((legend, f"{len(unknown)} not all scored: {named(unknown)}" if unknown else base))
