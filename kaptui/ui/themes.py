"""The themes: colour tokens read from styles/themes.toml; no colour stands in Python."""

from __future__ import annotations

import tomllib
from pathlib import Path

from textual.theme import Theme

_FILE = Path(__file__).parent / "styles" / "themes.toml"


STATES = ("good", "warn", "bad")


def themes(no_color: bool = False) -> list[Theme]:
    """The themes of kaptui, the default first.

    Without colour the states are as strong as text: turned into greys they would be weaker than what is in order.
    """
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    plain = [table | dict.fromkeys(STATES, table["ink"]) if no_color else table for table in tables.values()]
    return [_theme(name, table) for name, table in zip(tables, plain, strict=True)]


def _theme(name: str, table: dict[str, str | bool]) -> Theme:
    tokens = {key: value for key, value in table.items() if isinstance(value, str)}
    return Theme(
        name=name,
        primary=tokens["accent"],
        accent=tokens["accent"],
        foreground=tokens["ink"],
        background=tokens["ground"],
        surface=tokens["sheet"],
        panel=tokens["raised"],
        success=tokens["good"],
        warning=tokens["warn"],
        error=tokens["bad"],
        dark=bool(table["dark"]),
        variables=tokens,
    )
