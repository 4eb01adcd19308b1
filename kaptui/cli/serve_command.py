"""`kaptui serve`: the dashboard in a browser of this machine."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from kaptui.cli import console, options
from kaptui.errors import KaptuiError
from kaptui.filters import Filters

_HANDED_ON = ("where", "as_of", "since", "basis", "window", "rates", "view", "queries")
"""Options that the dashboard in the browser gets as they are given here."""


@click.command(
    epilog=options.examples(
        "kaptui serve kap.duckdb                        prints an address to open",
        "kaptui serve kap.duckdb --where region:DACH",
        "kaptui serve kap.duckdb --port 8765            a port for ssh -L 8765:127.0.0.1:8765",
    )
)
@options.file
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; without it any that is free.")
@options.choices
@click.pass_context
def serve(ctx: click.Context, *, file: Path, port: int, filters: Filters, queries: Path | None) -> None:
    """The dashboard of FILE in a browser, on this machine only.

    Prints an address with a key in it: whoever knows it sees the dashboard, nobody else. It ends with Ctrl+C, or soon
    after its page is closed. There is no option to open it to other machines: from there use an ssh
    tunnel with the same port on both ends.
    """
    from kaptui.filter_language import chips
    from kaptui.web import serve as served

    if not file.is_file() and not file.is_dir():
        raise KaptuiError(f"{file}: no such file", "`kaptui load SOURCE -o FILE` makes one")
    chips(filters.where)  # what cannot be read is told here, not by a page that ends at once
    words = [sys.executable, "-P", "-m", "kaptui", str(file.resolve()), *_options(ctx.params)]

    def say(address: str) -> None:
        console.out_lines([address])
        console.say("open this address in a browser of this machine; Ctrl+C ends it, and so does closing the page")

    served(words, port, say)


def _options(given: Mapping[str, Any]) -> list[str]:
    """The reader's choices as options again."""
    words = []
    for name in _HANDED_ON:
        value = given.get(name)
        if value is None:
            continue
        text = value.isoformat() if isinstance(value, date) else getattr(value, "name", value)
        text = str(value.resolve()) if isinstance(value, Path) else str(text)
        words.append(f"--{name.replace('_', '-')}={text}")
    return words
