"""The panel: a frame with a title around a view; it asks, waits, shows an answer, or says what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from kaptui.errors import KaptuiError
from kaptui.panels.spec import Mode, PanelSpec
from kaptui.screen_specs.dashboard_state import DashboardState
from kaptui.screen_specs.data_source import Answer, Reply
from kaptui.text import clean
from kaptui.ui.error_boundary import ErrorBoundary, unexpected_error
from kaptui.ui.keys import bindings
from kaptui.ui.widgets.notes_box import WORKING, NotesBox
from kaptui.ui.widgets.panel_caption import panel_caption
from kaptui.ui.widgets.panel_frame import PanelFrame
from kaptui.ui.widgets.table.table_layout import Layout
from kaptui.ui.widgets.view_factory import redisplayed, widget_for
from kaptui.views import Notes, Table, View

if TYPE_CHECKING:
    from kaptui.ui.widgets.table.data_table_view import DataTableView
    from kaptui.ui.widgets.view_factory import Widgets

SLOW = 0.3
"""Seconds after which a panel says that it is still waiting."""


class Panel(PanelFrame):
    """One panel: asks whenever the state changes, shows the answer, or says what went wrong.

    `m` steps through the modes of `spec`, `u` through its groupings; they are tabs in the title, behind them those of
    the `neighbours` that share its place, in their order with itself. `layouts` is how the reader wants the list of
    each question; screens share it.
    """

    @dataclass
    class DataRequested(Message):
        """A panel asks its questions; the reply goes to `panel`."""

        panel: Panel
        source: Mode
        state: DashboardState

    @dataclass
    class Chosen(Message):
        """The reader chose a mode of `panel` with the mouse: it is to come to the front of its place."""

        panel: Panel

    BINDINGS = bindings("mode", "group")
    expects_focus = False
    eager = False
    """Whether it asks while it is out of sight, too."""

    state: reactive[DashboardState | None] = reactive(None, init=False, repaint=False)

    def __init__(self, spec: PanelSpec) -> None:
        super().__init__(id=spec.id, classes="panel")
        self._spec = spec
        self._sources = spec.modes
        self._grouping = 0
        self._mode = 0
        self._short = spec.short
        self.neighbours: tuple[Panel, ...] = (self,)
        self.layouts: dict[str, Layout] = {}
        self._asked: tuple[DashboardState, Mode] | None = None
        self._answer: Answer | None = None
        self._failed = False
        self._turned = False
        self._highlighted = ""
        self._shown: tuple[DashboardState, Mode] | None = None

    def compose(self) -> ComposeResult:
        if self._short:
            yield Static(Content(self._short), classes="short")
        opened = getattr(self.screen, "state", None) is not None
        yield NotesBox(Notes((WORKING.capitalize() if opened else "Reading the file ...",)))

    def on_mount(self) -> None:
        self._update_title()

    @property
    def source(self) -> Mode:
        """What the panel shows now."""
        return self._sources[self._mode]

    @property
    def answer(self) -> Answer | None:
        """The answer on screen; None while there is none."""
        return self._answer

    @property
    def content(self) -> Widgets:
        """The widget that shows the view."""
        return next(child for child in self.children if not child.has_class("short"))  # type: ignore[return-value]

    def take_focus(self) -> None:
        """Put the keyboard into this panel. It comes later; till then the view may be another."""
        self.expects_focus = True
        self.content.focus()

    def highlight_account(self, account_id: str) -> None:
        """Another panel reached this account."""
        self._highlighted = account_id
        self.content.highlight_account(account_id)

    def watch_state(self) -> None:
        self._ask()

    def on_show(self) -> None:
        self.ask_if_visible()

    def ask_if_visible(self) -> None:
        """Ask, if it is seen now and has not asked yet."""
        self._ask()

    def fail(self, error_lines: tuple[str, ...]) -> None:
        """Show why there is no answer."""
        self._failed = True
        self._answer = None
        self.call_next(self._draw, Notes(error_lines, "bad"))

    def stop(self) -> None:
        """Wait no longer: an answer that still comes is dropped."""
        if self.waiting:
            self.fail(("stopped, r retries",))
            self._show_waiting()

    def on_error_boundary_failed(self, event: ErrorBoundary.Failed) -> None:
        """Say so instead of the view; the other panels go on."""
        event.stop()
        error = unexpected_error(event.error)
        self.fail((error.message, error.hint))

    def on_data_table_view_layout_changed(self, event: DataTableView.LayoutChanged) -> None:
        event.stop()
        self.layouts[self.source.arranged_as] = event.layout

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "mode":
                return self._turnable and not (self._failed and self.state is None)
            case "group":
                return bool(self._spec.groupings) and not self.has_no_data
            case "flip":
                return not self.has_no_data
        return True

    @property
    def _turnable(self) -> bool:
        return len(self._sources) > 1

    @property
    def has_no_data(self) -> bool:
        """Whether words stand where numbers should: there is nothing to group, to flip or to narrow."""
        words = any(isinstance(child, NotesBox) for child in self.children)
        return words and (self._failed or self._answer is not None)

    def action_mode(self) -> None:
        self.show_mode_number((self._mode + 1) % len(self._sources))

    def action_group(self) -> None:
        """Group by something else; the mode stays."""
        self._grouping = (self._grouping + 1) % len(self._spec.groupings)
        self._sources = self._spec.groupings[self._grouping]
        self._update_title()
        self._ask()

    def show_mode(self, title: str) -> None:
        """Show the mode of this title; where it is shown already, the first one."""
        titles = [source.title for source in self._sources]
        self._mode = titles.index(title) if title in titles and self.source.title != title else 0
        self._update_title()
        self._ask()

    def show_question(self, question: str) -> None:
        """Show this question, if it is one of the panel's modes, in the layout that is kept for it."""
        modes = [mode for mode, source in enumerate(self._sources) if source.question == question]
        if modes:
            self._mode, self._asked = self._mode if self._mode in modes else modes[0], None
            self._update_title()
            self._ask()

    def show_first(self) -> None:
        """Show the first mode, if another one is shown."""
        if self._mode:
            self.show_mode(self.source.title)

    def shows(self, question: str) -> bool:
        """Whether this question is one of the panel's modes."""
        return any(source.question == question for source in self._sources)

    def arranged_as(self, question: str) -> str:
        """The name under which the arrangement of this question's list is kept here."""
        return next((source.arranged_as for source in self._sources if source.question == question), question)

    def _ask(self) -> None:
        wanted = (self.state, self.source) if self.state is not None else None
        if wanted is None or wanted == self._asked:
            return
        if not (self.display or self.eager):
            self._asked = None if self.waiting else self._asked  # what it asked is of a state that is gone
            return
        self._asked = wanted
        self._failed = False
        self.set_timer(SLOW, self._show_waiting)
        # said by the panel itself: a message that its screen began goes no further than the screen
        self.post_message(self.DataRequested(self, self.source, wanted[0]).set_sender(self))

    def _show_waiting(self) -> None:
        if self.waiting != self.has_class("-waiting"):
            self.set_class(self.waiting, "-waiting", update=False)
            self.app.stylesheet.update_nodes([self])  # its frame says so, and nothing in it
            if self.waiting and self._answer is None and isinstance(self.content, NotesBox):
                self.content.present(Notes((WORKING.capitalize(),)))
            self.screen.refresh_bindings()
        self._update_caption()

    def _update_caption(self) -> None:
        """In the bottom line: that an answer is awaited, else what is said of it; nothing once its view is gone."""
        if all(child.has_class("short") for child in self.children):
            return  # the dashboard is closing, and the keyboard leaves a panel after what had it
        view = self._answer.view if self._answer is not None else None
        words = WORKING if self.waiting else panel_caption(view, self.content, self.caption_room)
        if words != self._caption:
            self.set_caption(words)

    def on_data_table_view_table_resized(self, event: DataTableView.TableResized) -> None:
        event.stop()
        self._update_caption()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.expects_focus = False
        self._update_caption()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        self._update_caption()

    def on_resize(self) -> None:
        self.call_after_refresh(self._update_caption)

    @property
    def waiting(self) -> bool:
        """Whether the panel asked and nothing came back yet."""
        return self._asked is not None and not self._failed and self._shown != self._asked

    def _awaits(self, asked: object) -> bool:
        """Whether this reply is the one that is waited for, and there is still a screen to show it on."""
        return asked == self._asked and not self._failed and self.is_attached

    async def take(self, reply: Reply) -> None:
        """Show what came of a question, if it is the one that is waited for."""
        if not self._awaits((reply.state, reply.source)):
            return
        self._shown = self._asked
        if isinstance(reply.outcome, KaptuiError):
            self.fail((reply.outcome.message, reply.outcome.hint, "r tries again; the other panels go on."))
            self._show_waiting()
            return
        first, self._answer = self._answer is None, reply.outcome
        self._show_waiting()
        self._update_title(reply.outcome.view.title if isinstance(reply.outcome.view, Table) else "")
        await self._draw(reply.outcome.view)
        if (self._turned or (first and self.has_class("-current"))) and self.is_attached:
            self._turned = False
            self.screen.refresh_bindings()  # another list, other keys

    async def _draw(self, view: View) -> None:
        """Show `view`, in the widget that is there if it is of the right kind; the keyboard stays in the panel."""
        from kaptui.ui.widgets.table.data_table_view import DataTableView

        old = self.content
        layout = self.layouts.get(self.source.arranged_as, Layout())
        if isinstance(old, DataTableView):
            old.arrangement = layout
        if redisplayed(old, view):
            self._update_caption()
            return
        new = widget_for(view)
        if isinstance(new, DataTableView):
            new.arrangement = layout
            for name in ("cursor", "column", "virtual_size", "has_focus"):
                self.watch(new, name, self._update_caption, init=False)
        with self.app.batch_update():
            await self.mount(new)
            self._hand_focus(old, new)
            await old.remove()
            self._hand_focus(old, new)  # it may have come meanwhile
        if self._highlighted:
            new.highlight_account(self._highlighted)  # only now: another panel may have reached an account meanwhile

    def _hand_focus(self, old: Widgets, new: Widgets) -> None:
        focused = self.screen.focused if self.is_attached else None
        if focused is old or (self.is_attached and self.expects_focus and not isinstance(focused, Input)):
            self.screen.set_focus(new, scroll_visible=False)

    def _update_title(self, answer_title: str = "") -> None:
        """In the top line: what the answer says that it is, else the title of the mode; and the other modes."""
        title = clean(answer_title) or self.source.title
        tabs = self._all_tabs()
        if len(tabs) > 1:
            at = next(place for place, (panel, mode, _) in enumerate(tabs) if panel is self and mode == self._mode)
            self.set_tabs([name for _, _, name in tabs], at, title, self.source.hint, self.compared)
        else:
            self.set_title(clean(answer_title) or self.source.heading, self.compared)

    @property
    def compared(self) -> str:
        """What the title says of the day that the answer is compared with."""
        told = self._answer is not None and self._shown is not None and self._shown[1] == self.source
        return clean(self._answer.compared) if self._answer is not None and told else ""

    def _all_tabs(self) -> list[tuple[Panel, int, str]]:
        """What `m` goes through here: each panel of the place, the number of its mode, and what that is called."""
        return [(panel, mode, name) for panel in self.neighbours for mode, name in enumerate(panel.tab_names)]

    @property
    def tab_names(self) -> list[str]:
        """What its modes are called as tabs."""
        alone = self._short if len(self._sources) == 1 else ""
        return [mode.tab or alone or mode.title for mode in self._sources]

    def on_panel_frame_tab_clicked(self, event: PanelFrame.TabClicked) -> None:
        """Show that mode, in the panel that has it."""
        event.stop()
        panel, mode, _ = self._all_tabs()[event.at]
        panel.call_later(panel.show_mode_number, mode)  # what it asks is to come from the panel
        self.post_message(self.Chosen(panel))

    def show_mode_number(self, mode: int) -> None:
        """Show this mode."""
        self._mode, self._turned = mode, True
        self._update_title()
        self._ask()

    def stand_with(self, neighbours: Sequence[Panel]) -> None:
        """Say which panels share its place at this size, in their order, itself among them."""
        if tuple(neighbours) != self.neighbours:
            self.neighbours = tuple(neighbours)
            self._update_title()
