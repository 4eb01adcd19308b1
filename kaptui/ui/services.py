"""What the app gives to every screen: whom to ask, the reader's config, what the screens share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kaptui.config import Config, Vocabulary, read
from kaptui.ui.choice import Choice
from kaptui.ui.first_screen import FirstScreen
from kaptui.ui.keys import KEYS, key_name
from kaptui.ui.portfolio_session import PortfolioSession
from kaptui.ui.themes import themes
from kaptui.ui.widgets.table.table_layout import Layout

ChoiceSource = Callable[[], "Iterable[Choice]"]
"""More lines for the palette, made each time it opens. What choosing one does is its `do`."""


def read_config() -> Config:
    """The reader's config file, judged by the themes and keys there are."""
    return read(Vocabulary(tuple(theme.name for theme in themes()), {key.id: key.keys for key in KEYS}, key_name))


@dataclass
class Services:
    """One for all screens.

    `layouts` is how the reader wants the list of each question; to `choice_sources` any part of the dashboard may
    add what the palette should list; `first_start` is true until the first key of a new reader;
    `open_question` shows the company's own question of a name; `first_screen` is what is kept of the screen that
    comes first, None where nothing is.
    """

    session: PortfolioSession
    config: Config = field(default_factory=Config)
    layouts: dict[str, Layout] = field(default_factory=dict)
    choice_sources: list[ChoiceSource] = field(default_factory=list)
    first_start: bool = False
    open_question: Callable[[str], object] = lambda name: None
    first_screen: FirstScreen | None = None
