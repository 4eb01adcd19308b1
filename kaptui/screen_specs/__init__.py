"""Which panels stand on which screen and what they show, for whoever shows them: no widget, no renderer."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from kaptui.panels.spec import PanelSpec

__all__ = ["SCREENS", "ScreenSpec"]


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen: its name in the program, what it is called, and the decision it supports.

    `headline` is the panel of its sentence, `panels` are those below it; both are imported when they are first wanted.
    """

    name: str
    label: str
    asks: str

    @property
    def headline(self) -> PanelSpec:
        """The panel of the sentence that the screen opens with."""
        spec: PanelSpec = import_module(f"kaptui.screen_specs.{self.name}").HEADLINE
        return spec

    @property
    def panels(self) -> tuple[PanelSpec, ...]:
        """The panels below the sentence, in the order of decision."""
        specs: tuple[PanelSpec, ...] = import_module(f"kaptui.screen_specs.{self.name}").SPECS
        return specs


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("brief", "Brief", "what do I say to the board, and ask for?"),
    ScreenSpec("overview", "Overview", "whom do I call this week?"),
    ScreenSpec("factors", "Factors", "a programme problem, or one account's?"),
    ScreenSpec("value", "Value", "re-price, fix, protect or invest?"),
    ScreenSpec("sponsors", "Sponsors", "which leader takes which account?"),
    ScreenSpec("plans", "Plans", "which are not alive, and who is behind?"),
    ScreenSpec("changes", "Changes", "what moved, and who explains it?"),
)
"""The screens in the order of their keys; the first one has the key 0."""
