"""The list of every key, once: bindings, footer, help and palette all read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from textual.binding import ActiveBinding, Binding, BindingType
from textual.keys import Keys, key_to_character

from kaptui.screen_specs import SCREENS
from kaptui.ui.textual_internals import key_of_character, teach_keys


@dataclass(frozen=True, slots=True)
class Key:
    """One key and what it does.

    `id` is the name a config file remaps. `keys` may hold several, separated by commas; `shown` is how the
    first reads on screen. `label` is for the footer, `help` for the help page. `rank` orders the footer: the
    smallest ranks survive on a narrow screen, None never stands there. `command` keys are offered by the palette.
    """

    id: str
    keys: str
    action: str
    shown: str
    label: str
    help: str
    rank: int | None = None
    command: bool = True


KEYS: tuple[Key, ...] = (
    *(
        Key(f"screen.{one.name}", str(at), f"app.go('{one.name}')", str(at), one.label, f"{one.label}: {one.asks}")
        for at, one in enumerate(SCREENS)
    ),
    Key("screen.questions", "7", "app.questions", "7", "Questions", "Questions: your own, from the folder --queries"),
    *(
        Key(f"tab.{name}", str(at), f"tab('{name}')", str(at), label, f"Account page: {says}")
        for at, (name, label, says) in enumerate(
            (
                ("overview", "Overview", "what needs a decision, and what to ask for"),
                ("plan", "Plan", "what the plan wants, how far it is, who looked at it"),
                ("factors", "Factors", "scores, what the facts say, evidence"),
                ("value", "Value", "revenue and profit by month, budget, prices, programmes"),
                ("sponsors", "Sponsors", "both sides, contacts, who met whom"),
                ("timeline", "Timeline", "every dated fact, by kind"),
            ),
            1,
        )
    ),
    Key("open", "enter", "open", "Enter", "Open", "Open the account under the cursor", 1, command=False),
    Key("back", "escape", "back", "Esc", "Back", "Go back one step, to the same row; never quits", 3, command=False),
    Key("filter", "slash", "filter", "/", "Filter", "Filter the accounts of every panel, live", 2),
    Key("clear", "x", "clear", "x", "Clear", "Clear the filter: all accounts", 9),
    Key("views", "v", "views", "v", "Views", "Saved views: apply, save or delete one", 10),
    Key("view.save", "ctrl+s", "save_view", "Ctrl+S", "Save view", "Save filter, sort, columns and screen as a view"),
    Key("view.delete", "delete", "delete", "Delete", "Delete", "Delete this view", command=False),
    Key("facet.toggle", "space", "pick", "Space", "Tick", "Tick this value, or untick it", 1, command=False),
    Key(
        "facet.apply",
        "enter",
        "apply",
        "Enter",
        "Apply",
        "Keep what is ticked, else this value, and close",
        2,
        command=False,
    ),
    Key(
        "facet.back",
        "escape",
        "back",
        "Esc",
        "Close",
        "Close; what is ticked stays, what is typed goes",
        3,
        command=False,
    ),
    Key("facet.next", "right,l,tab", "facet(1)", "→", "Facet", "Next facet", 4, command=False),
    Key("facet.previous", "left,h,shift+tab", "facet(-1)", "←", "Facet", "Previous facet", command=False),
    *(
        Key(f"chip.drop.{n}", f"alt+{n}", f"drop({n})", f"Alt+{n}", "Drop", f"Drop condition {n}", command=False)
        for n in range(1, 10)
    ),
    Key(
        "mode",
        "m",
        "mode",
        "m",
        "Mode",
        "Show the next view of this panel",
        4,
    ),
    Key("group", "u", "group", "u", "Group", "Group the accounts by something else", 5),
    Key(
        "what_if",
        "i",
        "what_if",
        "i",
        "What if",
        "What if a leader is assigned, removed or leaves? Nothing is saved",
        4,
    ),
    Key("what_if.undo", "u", "undo", "u", "Undo", "Undo the last move of the what-if", 4),
    Key("what_if.reset", "backspace", "reset", "Bksp", "Reset", "Undo every move of the what-if", 5),
    Key("flip", "o", "flip", "o", "Flip", "Flip the axes of the matrix: accounts or leaders down the side", 7),
    Key(
        "only",
        "enter",
        "only",
        "Enter",
        "This one",
        "Only this leader's accounts, or all again; in an account's column: open it",
        1,
        command=False,
    ),
    Key("bar.only", "enter", "only_bar", "Enter", "Only", "Only the accounts behind this bar", 1, command=False),
    Key(
        "evidence",
        "enter",
        "evidence",
        "Enter",
        "Evidence",
        "Go to the screen behind this line, with its accounts as the filter; Esc comes back",
        1,
        command=False,
    ),
    Key(
        "card",
        "enter",
        "card",
        "Enter",
        "Evidence",
        "Go to what stands behind this figure: its list, or its screen; Esc comes back",
        1,
        command=False,
    ),
    Key("narrow", "R", "narrow", "R", "Only red", "Only the accounts red on this factor; again takes it back", 5),
    Key("sort", "s", "sort", "s", "Sort", "Sort the list; the same column again turns it round", 6),
    Key("columns", "c", "columns", "c", "Columns", "Show or hide columns of the list"),
    Key("problem.next", "n", "problem(1)", "n", "Problem", "Next row with a problem"),
    Key("problem.previous", "N", "problem(-1)", "N", "Problem", "Previous row with a problem"),
    Key("zoom", "z", "zoom", "z", "Zoom", "Give the whole screen to this panel, and back", 7),
    Key("compare", "d", "compare", "d", "Compare", "Compare with another review point or day", 10),
    Key("as_of", "D", "as_of", "D", "As of", "As of... another day or month end"),
    Key("basis", "b", "setting('basis')", "b", "Basis", "Count profit as contribution or as gross margin", 10),
    Key(
        "rates",
        "F",
        "setting('rates')",
        "F",
        "Rates",
        "Exchange rates of each month, or those of a year earlier",
    ),
    Key("window", "t", "setting('window')", "t", "Window", "12 months to the last full month, or since January", 11),
    Key("account.next", "right_square_bracket", "walk(1)", "]", "Next", "Next account of the list", 4),
    Key("account.previous", "left_square_bracket", "walk(-1)", "[", "Previous", "Previous account of the list", 4),
    Key("export", "e", "export", "e", "Export", "Export this panel, this screen or the account list", 8),
    Key("pack", "p", "pack", "p", "Pack", "Write the board pack, as filtered, into this folder: HTML, Excel, ...", 10),
    Key("copy", "y", "copy", "y", "Copy", "Copy the row under the cursor as text", 9),
    Key("copy.cell", "C", "copy('cell')", "C", "Copy cell", "Copy the cell or figure under the cursor as text"),
    Key("copy.panel", "Y", "copy('panel')", "Y", "Copy panel", "Copy the whole panel as text"),
    Key("refresh", "r", "app.refresh", "r", "Refresh", "Read the file again; try a failed panel again", 12),
    Key("why", "w", "why", "w", "Why", "Why this number: rule, what lifts it, inputs and source rows", 4),
    Key("why.close", "w", "close", "w", "Close", "Close the explanation", command=False),
    Key("why.next", "right,l", "cell(1)", "→", "Next", "Explain the next number of the row", command=False),
    Key("why.previous", "left,h", "cell(-1)", "←", "Previous", "Explain the number before it", command=False),
    Key("panel.next", "tab", "panel(1)", "Tab", "Panel", "Next panel", 5, command=False),
    Key("panel.previous", "shift+tab", "panel(-1)", "Shift+Tab", "Panel", "Previous panel", command=False),
    Key("row.up", "up,k", "row(-1)", "Up k", "Up", "Row up", command=False),
    Key("row.down", "down,j", "row(1)", "Down j", "Down", "Row down", command=False),
    Key("column.left", "left,h", "column(-1)", "Left h", "Left", "Cell to the left", command=False),
    Key("column.right", "right,l", "column(1)", "Right l", "Right", "Cell to the right", command=False),
    Key("page.up", "pageup,ctrl+b", "page(-1)", "PgUp", "Page up", "Page up", command=False),
    Key("page.down", "pagedown,ctrl+f", "page(1)", "PgDn", "Page down", "Page down", command=False),
    Key("row.first", "g,home", "edge(-1)", "g", "First row", "First row", command=False),
    Key("row.last", "G,end", "edge(1)", "G", "Last row", "Last row", command=False),
    Key("accept", "tab", "accept", "Tab", "Complete", "Take the suggestion", 1, command=False),
    Key("keep", "enter", "keep", "Enter", "Keep", "Keep this filter", 2, command=False),
    Key("restore", "escape", "restore", "Esc", "Undo", "Bring back the filter as it was", 3, command=False),
    Key("choice.up", "up", "move(-1)", "Up", "Up", "Choice above", command=False),
    Key("choice.down", "down", "move(1)", "Down", "Down", "Choice below", command=False),
    Key("choose", "enter", "choose", "Enter", "Choose", "Take this one", 1, command=False),
    Key("close", "escape", "close", "Esc", "Close", "Close without a change", 2, command=False),
    Key("help", "question_mark", "help", "?", "Help", "What am I looking at, and which keys work", 0),
    Key("palette", "ctrl+p,colon", "palette", ":", "Find", "Find an account, command, theme or setting", 13, False),
    Key("quit", "q,ctrl+q", "app.quit", "q", "Quit", "Leave kaptui", 14),
    Key(
        "suspend",
        "ctrl+z",
        "app.suspend_process",
        "Ctrl+Z",
        "Suspend",
        "Back to the shell; `fg` there comes back here",
        command=False,
    ),
    Key("interrupt", "ctrl+c", "app.quit", "Ctrl+C", "Quit", "Leave kaptui, whatever is running", command=False),
)

GENERAL = ("help", "palette", "copy", "copy.cell", "copy.panel")
"""The ids of what works on every screen of panels."""
LEAVING = ("quit", "suspend", "interrupt")
"""The ids of what ends the dashboard, or puts it aside."""

OWN = "screen.questions"
"""The id of the key that goes to a company's own questions: not there where there are none."""

_SHOWN = {"escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Space", "pageup": "PgUp", "pagedown": "PgDn"}
_NAMED = {name for key in KEYS for name in key.keys.split(",")} | {"space"}
BY_ID = {key.id: key for key in KEYS}
_EVEN_WHILE_TYPING = {"interrupt", "suspend", "view.delete"}

OF_A_FILE = (
    "filter",
    "clear",
    "save_view",
    "views",
    "why",
    "sort",
    "columns",
    "problem",
    "zoom",
    "panel",
    "compare",
    "as_of",
    "setting",
    "copy",
    "pack",
)
"""Actions that are not offered where the file could not be opened."""

OF_A_ROW = ("why", "copy", "open")
"""Actions of a screen that are about what is under the cursor."""


# Most terminals send Alt+1 as escape and 1; Textual takes that for the "¡" which a Mac types.
teach_keys({f"\x1b{n}": f"alt+{n}" for n in range(1, 10)})


def bindings(*ids: str) -> list[BindingType]:
    """The bindings of these keys, in this order. KeyError: no such key."""
    return [
        Binding(
            key.keys,
            key.action,
            key.label,
            key_display=key.shown,
            tooltip=key.help,
            id=key.id,
            priority=key.id in _EVEN_WHILE_TYPING,
        )
        for key in (BY_ID[id_] for id_ in ids)
    ]


def key_name(written: str) -> str | None:
    """The one name of a key however it is written: "?" is question_mark. None: there is no such key."""
    *modifiers, last = written.split("+") if len(written) > 1 else [written]
    if len(last) == 1 and last.isprintable():
        name = key_of_character(last) if not modifiers else last
    elif last in {key.value for key in Keys} or last in _NAMED:
        name = last
    else:
        return None
    return "+".join([*modifiers, name]) if set(modifiers) <= {"ctrl", "alt", "shift", "super"} else None


def remapped(keys: Iterable[Key], keymap: Mapping[str, str]) -> list[Key]:
    """The keys as a config file has them."""
    return [_with_keys(key, keymap[key.id].split(",")) if key.id in keymap else key for key in keys]


def working(active: Iterable[ActiveBinding], ids: set[str] | None = None) -> list[Key]:
    """The keys that work now, as they are pressed now, in the order of the list; of `ids` only, if given."""
    pressed: dict[str, list[str]] = {}
    for one in active:
        if one.enabled and one.binding.id and (ids is None or one.binding.id in ids):
            pressed.setdefault(one.binding.id, []).append(one.binding.key)
    return [_with_keys(BY_ID[key.id], pressed[key.id]) for key in KEYS if key.id in pressed]


def _with_keys(key: Key, pressed: list[str]) -> Key:
    if set(pressed) <= set(key.keys.split(",")):
        return key
    names = (_SHOWN.get(one) or key_to_character(one) or one for one in pressed)
    return replace(key, shown=" ".join(names), keys=",".join(pressed))


def known(ids: set[str]) -> list[Key]:
    """The keys among `ids`, in the order of the list."""
    return [key for key in KEYS if key.id in ids]
