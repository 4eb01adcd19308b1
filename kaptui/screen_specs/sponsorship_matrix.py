"""The matrix of accounts and leaders: who stands where, on which side, and how long ago they met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kaptui.panels.spec import Frames, Scope
from kaptui.panels.sponsor_load import LOADS, accounts_text
from kaptui.text import clean, count, money
from kaptui.text.accounts import named
from kaptui.text.words import status_words
from kaptui.views import Column, Row, State, Table

if TYPE_CHECKING:
    import polars as pl

MOST = 60
"""Columns at most: of so many leaders, those with most accounts; of so many accounts, those with most revenue."""

SHORT = 9
_STATES: tuple[State, ...] = ("bad", "warn", "muted", "good")
_OF_STATUS: Mapping[str, State] = {
    "covered": "good",
    "stale": "warn",
    "new": "muted",
    "left": "bad",
    "removed": "muted",
    "uncovered": "bad",
}
_NOT_LIVE = ("uncovered", "stale")
QUESTIONS = ("sponsorship_matrix", "sponsorship_coverage", "leaders")


def short_names(names: Sequence[str], most: int = SHORT) -> list[str]:
    """Names as column headings: the last word of each, with the first letter where several share it."""
    words = [clean(name).split() or ["?"] for name in names]
    shared = Counter(parts[-1] for parts in words)
    heads = [f"{parts[0][0]}.{parts[-1]}" if shared[parts[-1]] > 1 and len(parts) > 1 else parts[-1] for parts in words]
    return [head if len(head) <= most else head[: most - 1] + "…" for head in heads]


def by_account(frames: Frames, state: Scope) -> Table:
    """A row per account, those with no live sponsor first, then by revenue; a column per leader.

    Pinned below stands what each of them carries.
    """

    leaders = frames["leaders"].head(MOST).to_dicts()
    names = {leader["person_id"]: f"p{place}" for place, leader in enumerate(leaders)}
    heads = short_names([leader["name"] for leader in leaders])
    heads = [head + " over" * (one["load"] == "over") for head, one in zip(heads, leaders, strict=True)]
    placed = _cells(frames["sponsorship_matrix"], "account_id", "person_id", names)
    sides = _worst_first(_sides(frames["sponsorship_coverage"]))
    frame = sides.join(placed, on="account_id", how="left", maintain_order="left") if placed.width > 1 else sides
    columns = (
        Column("name", "Account", "text", 18),
        Column("revenue", "Revenue", "money", 7),
        _side("internal", "Inside"),
        _side("external", "At customer"),
        *(
            _cell(names[one["person_id"]], head, one["person_id"], frame)
            for one, head in zip(leaders, heads, strict=True)
        ),
    )
    without = alone(frames["sponsorship_coverage"])["name"].to_list()
    more = frames["leaders"].height - len(leaders)
    caption = "days since a touch/allowed"
    if without:
        caption += f"; {len(without)} with no live sponsor: {named(without)}"
    return Table(
        frame, columns, caption=f"{caption}; {more} more leaders" if more > 0 else caption, foot=_foot(leaders, names)
    )


def by_leader(frames: Frames, state: Scope) -> Table:
    """The same turned round: a row per leader, a column per account, the largest first."""
    sides = _sides(frames["sponsorship_coverage"])
    accounts = sides.head(MOST).to_dicts()
    names = {account["account_id"]: f"a{place}" for place, account in enumerate(accounts)}
    heads = short_names([first_word(account["name"]) for account in accounts])
    placed = _cells(frames["sponsorship_matrix"], "person_id", "account_id", names)
    frame = frames["leaders"]
    if placed.width > 1:
        frame = frame.join(placed, on="person_id", how="left", maintain_order="left")
    columns = (
        Column("name", "Leader", "text", 22),
        Column("accounts", "Accounts", "integer", 8, text=_load, state=_load_state, measure="load"),
        Column("revenue", "Revenue", "money", 7),
        Column("lost_revenue", "At risk", "money", 9),
        *(
            _cell(names[one["account_id"]], head, one["account_id"], frame)
            for one, head in zip(accounts, heads, strict=True)
        ),
    )
    foot = tuple(
        {"name": label, **{names[one["account_id"]]: _status_text(one, side) for one in accounts}}
        for side, label in (("internal", "Inside"), ("external", "At customer"))
    )
    more = sides.height - len(accounts)
    caption = f"{count('leader', frame.height)}; load {LOADS_SAID}" + (
        f"; {more} more accounts, by revenue" if more else ""
    )
    return Table(frame, columns, key="person_id", caption=caption, foot=foot)


LOADS_SAID = "near or over the limit"


def first_word(name: str) -> str:
    """An account is known by its first word that says something."""
    words = [word for word in clean(name).split() if not word.startswith("[")]
    return words[0] if words else name


def _sides(coverage: pl.DataFrame) -> pl.DataFrame:
    """A row per account in the order of the answer, with the status and the age of the last touch of both sides."""
    import polars as pl

    keep = ("account_id", "name", "revenue")
    accounts = coverage.select(keep).unique("account_id", keep="first", maintain_order=True)
    for side in ("internal", "external"):
        one = coverage.filter(pl.col("side") == side)
        one = one.select(
            "account_id",
            pl.col("status").alias(side),
            pl.col("days_since_touch").alias(f"{side}_days"),
            pl.col("cadence_days").alias(f"{side}_allowed"),
        )
        accounts = accounts.join(one, on="account_id", how="left", maintain_order="left")
    return accounts


def alone(coverage: pl.DataFrame) -> pl.DataFrame:
    """The accounts with no live sponsor: neither side covered or new; in the order of the answer."""
    import polars as pl

    sides = _sides(coverage)
    return sides.filter(*(pl.col(side).is_in(_NOT_LIVE) for side in ("internal", "external")))


def _worst_first(sides: pl.DataFrame) -> pl.DataFrame:
    """No live sponsor first, then one side alone, then the others; each in the order of the answer, by revenue."""
    import polars as pl

    dead = pl.sum_horizontal(pl.col(side).is_in(_NOT_LIVE).fill_null(value=False) for side in ("internal", "external"))
    return sides.sort(dead, descending=True, maintain_order=True)


def _cells(placed: pl.DataFrame, row: str, across: str, names: Mapping[str, str]) -> pl.DataFrame:
    """Per `row` and name: days since the last touch, the words of the cell and its state, one column each.

    Where somebody stands on both sides the worse of them speaks: the state that is worse, the touch that is older.
    """
    import polars as pl

    rank = {status: _STATES.index(state) for status, state in _OF_STATUS.items()}
    age = pl.col("days_since_touch")
    met = pl.when(age.is_null()).then(pl.lit("never")).otherwise(age.cast(pl.String))
    standing = pl.col("status").is_in(["left", "removed", "new"])
    met = pl.when(pl.col("status").is_null()).then(pl.lit("?")).otherwise(met)  # cannot be judged: no touch is known
    word = pl.when(standing).then(pl.col("status").replace("removed", "out")).otherwise(met)
    ordered = placed.filter(pl.col(across).is_in(list(names))).with_columns(
        rank=pl.col("status").replace_strict(rank, default=3),
        word=word,
        letter=pl.when(pl.col("side") == "internal").then(pl.lit("I")).otherwise(pl.lit("C")),
    )
    ordered = ordered.sort("rank", age, descending=[False, True], nulls_last=False, maintain_order=True)
    cells = ordered.group_by(row, across, maintain_order=True).agg(
        days=age.max(),
        words=pl.col("letter").unique().sort(descending=True).str.join("") + " " + pl.col("word").first(),
        state=pl.col("rank").first(),
        moved=pl.col("moved").any(),
    )
    cells = cells.with_columns(
        pl.col(across).replace_strict(dict(names), default=None),
        words=pl.when("moved").then(pl.lit("*") + pl.col("words")).otherwise("words"),
    )
    if cells.is_empty():
        return pl.DataFrame({row: []}, schema={row: pl.String})
    wide = cells.pivot(on=across, index=row, values=["days", "words", "state"], aggregate_function="first")
    renamed = {f"days_{name}": name for name in names.values()}
    return wide.rename({old: new for old, new in renamed.items() if old in wide.columns})


def _cell(name: str, head: str, item: str, frame: pl.DataFrame) -> Column:
    """A column of cells; one that nobody stands in is all dots."""
    words, state = f"words_{name}", f"state_{name}"

    def text(row: Row) -> str:
        return row.get(words) or "·"

    def judged(row: Row) -> State:
        rank = row.get(state)
        return "muted" if rank is None else _quiet(_STATES[rank], "")

    return Column(name, head, "integer", SHORT, text=text, state=judged, measure="standing", item=item)


def _quiet(state: State, instead: State) -> State:
    """What is in order has no colour of its own: the eye is to meet what is not."""
    return instead if state == "good" else state


def _side(side: str, label: str) -> Column:
    def text(row: Row) -> str:
        return _status_text(row, side)

    def judged(row: Row) -> State:
        return _quiet(_OF_STATUS.get(row[side], ""), "muted")

    return Column(side, label, "text", 15, text=text, state=judged, measure="status", item=side)


def _status_text(row: Mapping[str, Any], side: str) -> str:
    """covered 34/90, silent 145/90, new, open: the days since the last touch and those allowed.

    `?` where it cannot be judged, because no touch of any sponsor is known.
    """
    status, days = row[side], row[f"{side}_days"]
    since = "never" if days is None else f"{days}/{row[f'{side}_allowed']}"
    match status:
        case None:
            return "?"
        case "uncovered":
            return status_words(status)
        case "stale" | "covered":
            return f"{status_words(status)} {since}"
    return str(status)


def _foot(leaders: Sequence[Row], names: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    """Load and revenue under each leader, and what loses cover without him."""

    def line(label: str, text: Callable[[Row], str]) -> Mapping[str, str]:
        return {"name": label, **{names[one["person_id"]]: text(one) for one in leaders}}

    return (
        line("Carries", _load),
        line("Their revenue", lambda one: money(one["revenue"]) if one["accounts"] else "--"),
        line("At risk if gone", lambda one: "--" if one["lost_revenue"] == 0 else money(one["lost_revenue"])),
    )


def _load(row: Row) -> str:
    return accounts_text(row) if row.get("active", True) else "left"


def _load_state(row: Row) -> State:
    return LOADS.get(row["load"], "") if row.get("active", True) else "bad"
