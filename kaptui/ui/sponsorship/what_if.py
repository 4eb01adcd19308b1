"""What a what-if changes: its moves, and the measures now and after them, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kaptui.panels.spec import Frames, Scope
from kaptui.panels.sponsorship_summary import part_of
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.screen_specs.data_source import without_moves
from kaptui.screen_specs.sponsorship_matrix import first_word
from kaptui.text import UNKNOWN, clean, count, day, index, money, of, points, short_name
from kaptui.text.words import SIDES, status_words
from kaptui.ui.sponsorship.moves import last_names
from kaptui.ui.text import left
from kaptui.views import Column, Notes, Row, State, Table, View

if TYPE_CHECKING:
    pass

SUMMARY = "sponsorship_summary"
HOW = (
    "Nothing is moved yet, and nothing is ever saved.",
    "i on a gap, a cell or a leader offers moves: assign, replace, remove, leave.",
    "u undoes the last move, Backspace all of them, Esc shows the file again; e exports the proposal.",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of now and then: its column of the summary, the base it is counted in, whether more is better."""

    label: str
    column: str
    base: str
    more_is_better: bool


MEASURES = (
    Measure("No live sponsor", "without_accounts", "accounts", False),
    Measure("Covered inside", "internal_covered", "accounts", True),
    Measure("Covered at customer", "external_covered", "accounts", True),
    Measure("By two independent", "double_sponsored", "accounts", True),
    Measure("Revenue inside", "internal_revenue", "revenue", True),
    Measure("Revenue at customer", "external_revenue", "revenue", True),
    Measure("Sides open", "uncovered_sides", "", False),
    Measure("Sides silent", "stale_sides", "", False),
    Measure("Sides new, untouched", "new_sides", "", True),
    Measure("Leaders over the limit", "leaders_over", "leaders", False),
    Measure("Leaders near the limit", "leaders_warn", "leaders", False),
    Measure("Negotiating alone", "negotiations_exposed", "negotiations", False),
    Measure("Facts of sponsorship", "top_evidence", "index", True),
)


def view(frames: Frames, state: Scope) -> View:
    """The moves in order, each with what it does to its side, then every measure now and after them."""
    import polars as pl

    moves = frames["what_if_moves"]
    if moves.is_empty():
        return Notes(HOW, "")
    after, before = frames[SUMMARY].row(0, named=True), frames[without_moves(SUMMARY)].row(0, named=True)
    rows = [line for row in moves.iter_rows(named=True) for line in (_move(row), *_freed(row))]
    rows += [_measure(measure, before, after) for measure in MEASURES]
    rows.append(_leaver(before, after))
    lines = [{"line": place, "short": "", **row} for place, row in enumerate(rows)]
    frame = pl.DataFrame(lines, infer_schema_length=None)
    columns = (
        Column("what", "Move or measure", "text", 30, text=lambda row: row["short"] or row["what"]),
        Column("now", "Now", "text", 9),
        Column("after", "What if", "text", 9),
        Column("change", "Change", "text", 18, state=lambda row: _state(row["change"])),
    )
    return Table(frame, columns, key="line", caption="u undo  Backspace reset  e export  Esc back to the file")


def _state(change: str) -> State:
    return "good" if change.endswith("better") else "bad" if change.endswith("worse") else "muted"


def _move(row: Row) -> dict[str, str]:
    """A move in words, and in the few that fit on the screen beside its side's status now and then."""
    leader = short_name(row["leader"])
    change = f"{row['accounts_before']}, then {count('account', row['accounts_after'])}"
    short = f"{row['place']} {leader.rpartition(' ')[2]}"
    if row["move"] == "leave":
        what = f"{row['place']} {leader} leaves"
        return {"what": what, "short": f"{short} leaves", "now": "", "after": "", "change": change}
    account, way = clean(row["name"]), "from" if row["move"] == "remove" else "to"
    what = f"{row['place']} {leader} {way} {account}, {SIDES[row['side']]}"
    short = f"{short} {way} {first_word(account)}, {SIDES[row['side']]}"
    return {
        "what": what,
        "short": short,
        "now": status_words(row["status_before"]),
        "after": status_words(row["status_after"]),
        "change": change,
    }


def _freed(row: Row) -> Iterator[dict[str, str]]:
    """Under a move that replaces somebody: who it is, and how many accounts that leaves to them."""
    if row["replaces"]:
        names = [short_name(name) for name in row["replaces"].split("; ")]
        was, now = row["replaced_before"], row["replaced_after"]
        change = f"{now - was:+d} {'account' if abs(now - was) == 1 else 'accounts'}" if now != was else "unchanged"
        told = {"what": f"  for {', '.join(names)}", "short": f"  for {last_names(row['replaces'])}"}
        yield told | {"now": str(was), "after": str(now), "change": change}


def _measure(measure: Measure, before: Row, after: Row) -> dict[str, str]:
    write = _writer(measure.column, measure.base)
    was, now = before[measure.column], after[measure.column]
    change = ""
    if was is not None and now is not None:
        difference = now - was
        change = _difference(difference, measure.base, after) if difference else "unchanged"
        if difference:
            change += " better" if (difference > 0) == measure.more_is_better else " worse"
    return {"what": measure.label, "now": write(before), "after": write(after), "change": change}


def _writer(column: str, base: str) -> Callable[[Row], str]:
    match base:
        case "index":
            return lambda row: index(row[column])
        case "revenue":
            return lambda row: part_of(row, column).removesuffix(" of revenue") or UNKNOWN
        case "":
            return lambda row: str(row[column])
    return lambda row: of(row[column], row[base])


def _difference(difference: float, base: str, after: Row) -> str:
    match base:
        case "index":
            return index(difference, signed=True)
        case "revenue":
            return points(difference / after["revenue"])
    return f"{difference:+d}"


def _leaver(before: Row, after: Row) -> dict[str, str]:
    """Whose leaving would hurt most, then and now."""
    names = [short_name(row["leaver"]) if row["leaver"] else "nobody" for row in (before, after)]
    was, now = (money(row["leaver_revenue"]) if row["leaver"] else "--" for row in (before, after))
    difference = (after["leaver_revenue"] or 0) - (before["leaver_revenue"] or 0)
    change = (
        f"{money(difference, signed=True)} {'worse' if difference > 0 else 'better'}" if difference else "unchanged"
    )
    who = names[0] if names[0] == names[1] else ", then ".join(names)
    return {"what": f"Missed most: {who}", "now": was, "after": now, "change": change}


def proposal(shown: Table, state: DashboardState) -> str:
    """The what-if as a page of plain text: what is proposed, move by move, and what that changes."""
    context, where = state.context, state.filters.where
    heads = ("what", "now", "after", "change")
    rows = [heads, *(tuple(clean(text) for text in row) for row in shown.frame.select(heads).iter_rows())]
    wide = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    table = ["  ".join(left(text, cells) for text, cells in zip(row, wide, strict=True)).rstrip() for row in rows]
    accounts = count("account", state.accounts)
    base = f"{clean(state.file)}, as of {day(context.as_of)}, {state.matching} of {accounts}"
    kept = [f"Filter: {clean(where)}"] if where else []
    end = "A what-if: nothing of this is saved in the portfolio."
    return "\n".join(["Proposal: who should stand behind whom", base, *kept, "", *table, "", end, ""])
