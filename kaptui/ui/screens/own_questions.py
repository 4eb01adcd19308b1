"""The screen of a company's own questions: one plain table for each, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from kaptui.panels.spec import Frames, Mode, PanelSpec, Scope
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.text import clean, listed
from kaptui.text.accounts import NOT_FILTERED
from kaptui.ui.keys import BY_ID, OWN, Key
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.widgets.panel import Panel
from kaptui.views import Notes, Table, View

if TYPE_CHECKING:
    from kaptui.portfolio.catalogue import OwnQuestion


def table(name: str, frames: Frames, state: Scope) -> View:
    """The answer as it comes, with what it runs over; words where it has no rows."""
    from kaptui.panels import panel_of

    view = panel_of(name).view(frames[name], state.context)
    unfiltered = "" if state.filtered else NOT_FILTERED
    if isinstance(view, Table):
        return replace(view, caption=listed((view.caption, unfiltered)))
    return Notes((f"No rows, {NOT_FILTERED}.",)) if unfiltered else view


def sentence(asks: str, frames: Frames, state: Scope) -> Notes:
    """What the question on screen asks."""
    return Notes((asks,), "")


class OwnQuestionsScreen(DashboardScreen):
    """A company's own questions, one at a time, the next one with Tab; Esc goes back to where the reader was.

    An answer that does not depend on the filter says so, where the accounts stand elsewhere. `opened_from` is the
    mode of the screen that Esc leads to.
    """

    CSS_PATH: ClassVar[str] = "../styles/own_questions.tcss"
    tab = OWN
    first_panel = 0

    def __init__(self, file: str, where: str, today: date, screens: Iterable[Key]) -> None:
        super().__init__(file, where, today, screens)
        self.opened_from = ""
        self._made: tuple[OwnQuestion, ...] = ()

    def make_panels(self) -> Iterable[Panel]:
        self._made = self._own
        # the sentence is the question itself: it asks nothing that a question of the company's could spoil
        asks = dict.fromkeys(clean(one.asks) for one in self._own)
        modes = (Mode(("portfolio",), one, partial(sentence, one), says_without_rows=True) for one in asks)
        self.headline = PanelSpec("headline", tuple(modes))
        for at, one in enumerate(self._own, 1):
            hint = f"{at} of {len(self._own)}, Tab shows the next" if len(self._own) > 1 else ""
            draw = partial(table, one.name)
            mode = Mode((one.name,), clean(one.name), draw, not one.filtered, description=clean(one.asks), hint=hint)
            yield Panel(PanelSpec(f"question-{at}", (mode,)))

    @property
    def _own(self) -> tuple[OwnQuestion, ...]:
        return self.state.own_questions if self.state is not None else ()

    def state_of(self, state: DashboardState, panel: Panel) -> DashboardState:
        filtered = {one.name: one.filtered for one in self._own}
        return state if filtered.get(panel.source.question, True) else state.of_all()

    def show_own(self, name: str) -> None:
        """Go to the question of this name, if there is one."""
        places = [at for at, panel in enumerate(self.panels) if panel.source.question == name]
        self._go_to(places[0] if places else self._current)

    def _go_to(self, place: int, focus: bool = True) -> None:
        super()._go_to(place, focus)
        asks = self.current.source.description
        if self._headline is not None and self._headline.source.title != asks:
            self._headline.show_mode(asks)
        self.tell_lines()

    def watch_state(self) -> None:
        if self.is_mounted and self._own and self._own != self._made:
            self.call_next(self._make_again)
        super().watch_state()

    async def _make_again(self) -> None:
        """The file was read again, and the folder holds other questions now."""
        here = self.current.source.question
        with self.app.batch_update():
            await self.query(".panel").remove()
            self._panels, self._headline = list(self.make_panels()), Panel(self.headline)
            self._current = 0
            await self.mount(self._headline, before="#body")
            await self.query_one("#body").mount_all(self._panels)
        self.show_own(here)
        self._hand_down()

    # The way back

    @property
    def list_panel(self) -> Panel:
        return self.current

    @property
    def breadcrumb(self) -> str:
        return f"{BY_ID[OWN].label} > {clean(self.current.source.question)}"

    @property
    def can_go_back(self) -> bool:
        return True

    @property
    def _undoable(self) -> bool:
        return False  # nothing here narrows: what another screen narrowed is taken back there

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "zoom" and super().check_action(action, parameters)  # one at a time as it is

    def leave(self) -> None:
        self.app.call_next(self.app.run_action, f"app.go({self.opened_from!r})")
