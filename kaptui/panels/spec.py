"""A panel of a screen: the questions it asks, the ways it shows their answers, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kaptui.filters import Context, Filters
from kaptui.views import View

if TYPE_CHECKING:
    import polars as pl


class Scope(Protocol):
    """What the answers are about, as far as a panel may say so."""

    @property
    def context(self) -> Context:
        """The reader's choices, settled."""

    @property
    def filters(self) -> Filters:
        """The reader's choices as asked."""

    @property
    def accounts(self) -> int:
        """All accounts of the file."""

    @property
    def matching(self) -> int:
        """Those that the filter left."""

    @property
    def filtered(self) -> bool:
        """Whether the filter changes the answer."""


Frames = Mapping[str, "pl.DataFrame"]
"""The answers by their questions."""
Draw = Callable[[Frames, Scope], View]


@dataclass(frozen=True, slots=True)
class Mode:
    """One way a panel shows its answers.

    The first of `questions` is the panel's own: it is what `e` exports, and its view is what is shown unless
    `draw` makes another out of all the answers. `before` are questions asked once more without the moves of the
    what-if; their frames are found by `without_moves`. `rests_on` is the question whose rows say that there is
    something to draw, where that is not the panel's own. `layout` names how the reader arranges a list whose
    columns are not those of its question. `description` says in the help what stands there, where the panel of the
    question does not; `hint` is what a key does there, said on the screen only. `tab` is its name beside those of
    the other modes.
    """

    questions: tuple[str, ...]
    title: str = ""
    draw: Draw | None = None
    says_without_rows: bool = False
    before: tuple[str, ...] = ()
    rests_on: str = ""
    layout: str = ""
    description: str = ""
    hint: str = ""
    tab: str = ""

    @property
    def question(self) -> str:
        """The panel's own question."""
        return self.questions[0]

    @property
    def heading(self) -> str:
        """What stands in the top line of the panel."""
        return f"{self.title}; {self.hint}" if self.hint else self.title

    @property
    def arranged_as(self) -> str:
        """The name under which the reader's arrangement of its list is kept."""
        return self.layout or self.question


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """One panel of a screen: what is shown, and what its keys change.

    `id` is its name on the screen, `short` its name where it has one line. `m` goes through `modes`. Where there are
    `groupings`, `u` goes through them: each holds the modes of its own, the first those that stand there at start.
    """

    id: str
    modes: tuple[Mode, ...]
    groupings: tuple[tuple[Mode, ...], ...] = ()
    short: str = ""

    @property
    def first(self) -> Mode:
        """What stands there at start."""
        return self.modes[0]


def single(  # noqa: PLR0913 - the parts of a mode
    id: str, question: str, title: str, draw: Draw | None = None, *, also: tuple[str, ...] = (), short: str = ""
) -> PanelSpec:
    """The panel of one question and one mode; `also` are further questions that `draw` needs."""
    return PanelSpec(id, (Mode((question, *also), title, draw),), short=short)


def headline_of(draw: Draw, *questions: str) -> PanelSpec:
    """The panel that says the sentence of a screen out of these answers."""
    return PanelSpec("headline", (Mode(questions, "", draw, says_without_rows=True),))
