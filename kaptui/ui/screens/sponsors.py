"""The Sponsors screen: which leader takes which account?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from textual.events import Resize

from kaptui.errors import KaptuiError
from kaptui.filters import Filters, Move
from kaptui.panels.spec import Mode, PanelSpec
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.screen_specs.sponsors import HEADLINE, SPECS, STRAIGHT, SUMMARY, TURNED
from kaptui.ui.choice import Choice
from kaptui.ui.keys import Key, bindings
from kaptui.ui.screens.base import DashboardScreen
from kaptui.ui.screens.breakpoints import BREAKPOINTS
from kaptui.ui.screens.places import places
from kaptui.ui.sponsorship import what_if
from kaptui.ui.sponsorship.moves import QUESTIONS, Standing, Subject, offers
from kaptui.ui.widgets.panel import Panel
from kaptui.ui.widgets.shared_panel import SharedPanel
from kaptui.ui.widgets.table.data_table_view import DataTableView
from kaptui.ui.widgets.table.table_layout import Layout
from kaptui.ui.widgets.view_widget import ViewWidget
from kaptui.views import Column, Row


class MatrixPanel(Panel):
    """The matrix in two ways, accounts or leaders down the side, and further lists of accounts."""

    BINDINGS = bindings("flip")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return (action != "flip" or self._mode == 0) and super().check_action(action, parameters)

    def action_flip(self) -> None:
        self._sources = (TURNED if self.source == STRAIGHT else STRAIGHT, *self._sources[1:])
        self.layouts.pop(self.source.question, None)
        if isinstance(self.content, DataTableView):
            self.content.arrangement = Layout()
        self._turned = True
        self._update_title()
        self._ask()


WHAT_IF = PanelSpec(
    "what_if",
    (Mode(("what_if_moves", *SUMMARY), "What if: not saved", what_if.view, True, SUMMARY, tab="What if"),),
)


class SponsorsScreen(DashboardScreen):
    """The matrix, the gaps, the leaders; and a what-if, which is tried here and saved nowhere.

    `moves` are those of the what-if, kept while the reader looks at the file again.
    """

    CSS_PATH = "../styles/sponsors.tcss"
    BINDINGS = bindings("what_if", "what_if.undo", "what_if.reset", "only")
    tab = "screen.sponsors"
    compares = False

    def __init__(self, file: str, where: str, today: date, screens: Iterable[Key]) -> None:
        super().__init__(file, where, today, screens)
        self.moves: tuple[Move, ...] = ()
        self.trying = False
        self._front = "gaps"

    headline = HEADLINE
    specs = (*SPECS, WHAT_IF)
    kinds: ClassVar[Mapping[str, type[Panel]]] = {
        "matrix": MatrixPanel,
        **dict.fromkeys(("gaps", "leaders", "what_if"), SharedPanel),
    }

    def scoped_state(self, state: DashboardState) -> DashboardState:
        if not (self.trying and self.moves):
            return state
        return replace(state, filters=replace(state.filters, moves=self.moves), unscoped=state)

    # Panels that share a place

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._bring_forward(self._front)

    @property
    def _place(self) -> list[str]:
        """The panels that share the one place at this size and can be shown now, in order."""
        shape = next((one for one in BREAKPOINTS if self.has_class(one)), "")
        names = next(iter(places(self.tab, shape, self.size.height)), ())
        return [name for name in names if name != "what_if" or self.trying]

    def restack(self) -> None:
        self._bring_forward("gaps")

    def _bring_forward(self, name: str) -> None:
        """Put one panel in front of those whose place it shares."""
        place = self._place
        if name in place:
            self._front = name
        front = self._front if self._front in place else next(iter(place), "")
        for shared in self.query(SharedPanel):
            together = place if shared.id in place else [str(shared.id)]
            shared.share_with([self.query_one(f"#{one}", Panel) for one in together], len(together) > 1)
        for panel in self.panels:
            behind = (panel.id in place and panel.id != front) or (panel.id == "what_if" and not self.trying)
            if behind != panel.has_class("-behind"):
                panel.set_class(behind, "-behind")
                self.call_after_refresh(panel.ask_if_visible)

    def _go_to(self, place: int, focus: bool = True) -> None:
        super()._go_to(place, focus)
        self._bring_forward(str(self.current.id))

    def action_panel(self, step: int) -> None:
        place = (self._current + step) % len(self.panels)
        if self.panels[place].id == "what_if" and not self.trying:
            place += step
        self._go_to(place)

    def on_shared_panel_next_panel_requested(self, event: SharedPanel.NextPanelRequested) -> None:
        event.stop()
        place, here = self._place, event.panel_id
        after = place[(place.index(here) + 1) % len(place)] if here in place else here
        panel = self.query_one(f"#{after}", SharedPanel)
        panel.first_mode()
        panel.ask_if_visible()
        self._go_to(self.panels.index(panel))

    # The what-if

    @property
    def exported_panel(self) -> Panel:
        return self.query_one("#what_if", Panel) if self.trying and self.moves else self.current

    def action_what_if(self) -> None:
        """Begin, or come back to the moves that are kept; then offer moves for what is under the cursor."""
        subject = self._subject()
        if not self.trying:
            self._try(True)
            if self.moves:
                return
        if self.state is not None and subject is not None:
            filters = replace(self.state.filters, moves=self.moves)
            find = partial(self._find_moves, filters, subject)
            self.run_worker(find, group="moves", thread=True, exclusive=True, exit_on_error=False)

    def _find_moves(self, filters: Filters, subject: Subject) -> None:
        """Ask what the moves are made of; in a thread."""
        try:
            standing = Standing(*(self.services.session.ask(question, filters) for question in QUESTIONS))
            found = offers(subject, standing)
        except KaptuiError as error:
            self.app.call_from_thread(self.dialogs.show_error, error)
        else:
            self.app.call_from_thread(self._offer_moves, found)

    def _offer_moves(self, found: Sequence[tuple[Choice, Move]]) -> None:
        from kaptui.ui.screens.finder import Finder

        if not found:
            self.notify("No move to offer here: nobody to assign, remove or let go.", markup=False)
            return

        def take(choice: Choice | None) -> None:
            if choice is not None:
                self._add(found[int(choice.value)][1])

        self.app.push_screen(Finder("What if ...", [choice for choice, _ in found]), take)

    def _subject(self) -> Subject | None:
        """What the cursor points at."""
        content = self.current.content
        pointed = content.pointed if isinstance(content, DataTableView) else None
        if pointed is None:
            return None
        row, column = pointed
        account, person = str(row.get("account_id") or ""), str(row.get("person_id") or "")
        if self.current.id == "matrix" and column.name[:1] in "pa" and column.name[1:].isdigit():
            return Subject(account or column.item, person or column.item)
        return Subject(account, person, row.get("side") or column.item) if account or person else None

    def _add(self, move: Move) -> None:
        self._move((*self.moves, move))
        self.notify("u undoes, Backspace resets, Esc shows the file again.", timeout=3, markup=False)

    def action_undo(self) -> None:
        self._move(self.moves[:-1])

    def action_reset(self) -> None:
        self._move(())

    def _move(self, moves: tuple[Move, ...]) -> None:
        if moves != self.moves:
            self.moves = moves
            self.watch_state()
            self.refresh_bindings()

    def _try(self, on: bool) -> None:
        """Open or close the what-if; its panel comes and goes with it."""
        self.trying = on
        self.set_class(on, "-trying")
        self.query_one("#what_if", Panel).eager = on  # `e` takes it from anywhere
        if on and self.current.id in self._place:
            self._go_to([panel.id for panel in self.panels].index("what_if"))  # its own panel goes behind this one
        elif on:
            self._bring_forward("what_if")
        elif self.current.id == "what_if":
            self._go_to(1)
        self._bring_forward(self._front)
        if self.moves:
            self.watch_state()
        self.refresh_bindings()

    def action_back(self) -> None:
        if self.trying and not self.slow and not self.has_class("-zoom"):
            self._try(False)
        else:
            super().action_back()

    @property
    def can_go_back(self) -> bool:
        return self.trying or super().can_go_back

    # One sponsor

    def action_only(self) -> None:
        """Open the account whose column the cursor is in; else keep only the accounts of the leader."""
        pointed = self._pointed_leader()
        if pointed is None:
            return
        row, column = pointed
        if column.measure == "standing":
            self.post_message(ViewWidget.AccountSelected([column.item], 0))
        else:
            quoted = str(row["name"]).replace('"', '""')
            self.post_message(ViewWidget.FilterToggled(f'sponsor:"{quoted}"'))

    def _pointed_leader(self) -> tuple[Row, Column] | None:
        content = self.current.content
        return content.pointed if isinstance(content, DataTableView) and content.table.key == "person_id" else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "undo" | "reset":
                return self.trying and bool(self.moves)
            case "what_if":
                return self.trying or not self.query_one("#matrix", Panel).has_no_data
            case "only":
                return self._pointed_leader() is not None
        return super().check_action(action, parameters)
