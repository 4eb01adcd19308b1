"""`kaptui digest`: what is new since the last review, for a mail sent by cron."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaptui.cli import console, options
from kaptui.cli.ask import answered, opened
from kaptui.errors import Exit
from kaptui.filters import Filters
from kaptui.text import count

if TYPE_CHECKING:
    from kaptui.digest import Digest
    from kaptui.portfolio import Portfolio


@click.command(
    epilog=options.examples(
        "kaptui digest kap.duckdb                      Markdown on stdout",
        "kaptui digest kap.duckdb -o mail.html         to send as a mail",
        "kaptui digest kap.duckdb -o mail.html --since 'Q2 2026 committee' --where manager:'Anna Weiss'",
        "kaptui digest kap.duckdb -o mail.md --fail-if-rows   exit 4 where there is something to tell",
    )
)
@options.file
@click.option("-o", "--output", type=options.PATH, help="Write .html or .md; without it Markdown goes to stdout.")
@click.option("--fail-if-rows", is_flag=True, help="Exit with 4 when there is something to tell.")
@click.option("--force", is_flag=True, help="Replace a file that is no digest.")
@options.choices
@click.pass_context
def digest(  # noqa: PLR0913 - one per option
    ctx: click.Context,
    *,
    file: Path,
    output: Path | None,
    fail_if_rows: bool,
    force: bool,
    filters: Filters,
    queries: Path | None,
) -> None:
    """Who is new on the attention list or off it, what changed, which touches and plans are due.

    Compared with the latest review point before as-of (--since last, the default), or with any other review or day.
    """
    from kaptui import digest as writer
    from kaptui.cli.digest_text import markdown

    target = None if output is None or str(output) == "-" else output
    form = "md" if target is None else writer.form_of(target)
    if target is not None:
        writer.check_place(target, force=force)

    def ask(portfolio: Portfolio) -> Digest:
        return writer.collect(portfolio, filters)

    told = answered(partial(opened, file, queries), ask)
    content = writer.html(told) if form == "html" else markdown(told)
    if target is None:
        console.out(content)
    else:
        writer.write(target, content, force=force)
        console.say(f"wrote {target}: {count('row', told.rows)}")
    console.say(told.said, *told.remarks)
    if fail_if_rows and told.rows:
        ctx.exit(Exit.ROWS)
