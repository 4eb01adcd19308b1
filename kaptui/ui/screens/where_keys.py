"""Where a key works that does nothing where the reader is: one sentence, found from the bindings themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Protocol

from kaptui.text import listed
from kaptui.ui.keys import BY_ID, KEYS, Key, remapped

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from kaptui.panels.spec import PanelSpec
    from kaptui.ui.widgets.panel import Panel

LEADING = ("open", "only", "bar.only", "evidence", "card")
"""Keys that lead on from what is under the cursor: no commands, but one expects something of them."""
ACCOUNT = "an account's page"


class PanelScreen(Protocol):
    """A screen of panels, as far as it is asked here: it imports this module, not this module it."""

    specs: ClassVar[tuple[PanelSpec, ...]]
    kinds: ClassVar[Mapping[str, type[Panel]]]

    @property
    def panels(self) -> list[Panel]:
        """The panels one can go to."""

    @property
    def current(self) -> Panel:
        """The one with the keyboard."""


def keys_of(names: Iterable[str], keymap: Mapping[str, str]) -> list[Key]:
    """What a press may mean, by the names of the pressed key; not what only moves the cursor or closes a dialog."""
    pressed = set(names)
    return [
        key
        for key in remapped(KEYS, keymap)
        if pressed & set(key.keys.split(",")) and (key.command or key.id in LEADING)
    ]


def where_it_works(keys: Sequence[Key], screen: PanelScreen) -> str:
    """Where one of `keys` has an effect: in another panel of this screen, else on other screens, else what it is for.

    Empty without any key.
    """
    for key in keys:
        panels = [one for one in screen.panels if one is not screen.current and _works_in(key, one)]
        if panels:
            return f"{_said(key)} works in {_titles(panels)}: Tab goes there."
    for key in keys:
        places = listed(_screens_with(key, screen))
        if places:
            return f"{_said(key)} works on {places}."
    return f"{_said(keys[0])} has nothing to do here. {keys[0].help}." if keys else ""


def _said(key: Key) -> str:
    return f"{key.shown} {key.label}"


def _titles(panels: Sequence[Panel]) -> str:
    return listed(dict.fromkeys(panel.source.title for panel in panels[:2]))


def _works_in(key: Key, panel: Panel) -> bool:
    """Whether the panel, or what it shows, would act upon this key."""
    action = key.action.partition("(")[0]
    nodes: tuple[DOMNode, ...] = (panel.content, panel)
    return any(key.id in _ids(type(node)) and node.check_action(action, ()) for node in nodes)


def _ids(kind: type) -> set[str]:
    """The ids of the keys that this class and those below it bind."""
    return {str(one.id) for base in kind.__mro__ for one in vars(base).get("BINDINGS", ()) if hasattr(one, "id")}


def _screens_with(key: Key, here: PanelScreen) -> Iterator[str]:
    """The other screens that have this key, of their own or in a panel."""
    everywhere = _ids(_screen("base", "DashboardScreen"))
    for one in KEYS:
        part, _, name = one.id.partition(".")
        if part != "screen" or name == "questions":
            continue
        kind = _screen(name, f"{name.capitalize()}Screen")
        own = key.id in _ids(kind) - everywhere or any(_offers(key, spec, kind) for spec in kind.specs)
        if own and not isinstance(here, kind):
            yield f"{one.shown} {BY_ID[one.id].label}"
    account = _screen("account", "AccountScreen")
    if key.id in _ids(account) - everywhere and not isinstance(here, account):
        yield ACCOUNT


def _screen(module: str, name: str) -> type[PanelScreen]:
    """A class of a screen, imported when a key asks for it: they all import this module."""
    kind: type[PanelScreen] = getattr(import_module(f"kaptui.ui.screens.{module}"), name)
    return kind


def _offers(key: Key, spec: PanelSpec, screen: type[PanelScreen]) -> bool:
    """Whether a panel of a screen acts upon this key, as far as that is known before it is made."""
    from kaptui.ui.widgets.panel import Panel

    match key.id:
        case "mode":
            return len(spec.modes) > 1
        case "group":
            return bool(spec.groupings)
    return key.id in _ids(screen.kinds.get(spec.id, Panel))
