"""The command line: parses, calls, prints. The engine and the dashboard are imported only when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kaptui import __version__
from kaptui.cli import console, data_commands, options
from kaptui.cli.ask import answered, opened, opened_again
from kaptui.cli.digest_command import digest
from kaptui.cli.group import FILE, FIRST_RUN, FileOrCommand, Opening
from kaptui.cli.packing import board_of, brief_of, write_pack
from kaptui.cli.serve_command import serve
from kaptui.common.json_text import json_escaped
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.filters import Filters
from kaptui.resources import SAMPLE
from kaptui.text import clean, count

if TYPE_CHECKING:
    import polars as pl

    from kaptui.export import Answer, Format
    from kaptui.filters import Context
    from kaptui.portfolio import Portfolio
    from kaptui.ui.first_screen import FirstScreen


@click.group(
    cls=FileOrCommand,
    invoke_without_command=True,
    no_args_is_help=False,
    epilog=options.examples(
        "kaptui demo                            the sample portfolio",
        "kaptui init portfolio/ --sample        files with example rows to fill in",
        "kaptui load portfolio/ -o kap.duckdb   checked, all or nothing",
        "kaptui kap.duckdb                      the dashboard; ? is its help",
        "kaptui guide                           what is read, measured and can be set",
    ),
)
@click.version_option(__version__, prog_name="kaptui", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Which key accounts need you, and why? FILE opens the dashboard."""
    if ctx.invoked_subcommand is None:
        console.say(*FIRST_RUN)
        ctx.exit(Exit.USAGE)


@main.command(FILE, cls=Opening)
@options.file
@options.choices
@click.option("--no-cache", is_flag=True, help="Neither use nor keep a prepared copy.")
def open_file(file: Path, filters: Filters, queries: Path | None, no_cache: bool) -> None:
    """The dashboard of FILE; without a terminal, its overview as text."""
    if not file.exists():
        raise KaptuiError(f"{file}: no such file", "`kaptui load SOURCE -o FILE` makes one; `kaptui demo` needs none")
    if file.exists() and not file.is_file() and not file.is_dir():
        raise KaptuiError(f"{file}: is no file on a disk", "Write what it brings into a file, and open that.")
    copies = console.is_interactive() and not no_cache
    opener = partial(opened_again if copies else opened, file, queries)
    _show_overview(opener, file.name, filters, file, kept=copies and queries is None)


@main.command()
@options.choices
def demo(filters: Filters, queries: Path | None) -> None:
    """The sample portfolio, opened at once; writes nothing."""

    def opener() -> Portfolio:
        from kaptui.portfolio import Portfolio

        return Portfolio.demo(queries)

    _show_overview(opener, SAMPLE, filters)


for _command in (data_commands.init, data_commands.load, data_commands.check, data_commands.guide):
    main.add_command(_command)


@main.command(
    epilog=options.examples(
        "kaptui show brief kap.duckdb",
        "kaptui show whale_curve kap.duckdb --where 'region:DACH top<34'",
        "kaptui show accounts kap.duckdb --format csv > accounts.csv",
        "kaptui show changes kap.duckdb --since 'Q2 2026 committee'",
    )
)
@options.question
@options.file
@click.option("--format", type=click.Choice(["table", "csv", "json", "markdown"]), default="table")
@options.choices
def show(question: str, file: Path, format: str, filters: Filters, queries: Path | None) -> None:
    """The answer to QUESTION on stdout."""
    from kaptui.cli import text
    from kaptui.export import to_bytes

    def ask(portfolio: Portfolio) -> tuple[pl.DataFrame, Context, list[str]]:
        return portfolio.ask(question, filters), portfolio.context(filters), text.remarks(portfolio, filters)

    frame, context, remarks = answered(partial(opened, file, queries), ask)
    match format:
        case "csv" | "json":
            console.out(to_bytes(frame, format))
        case "markdown":
            console.out_lines(text.markdown(text.grid(frame, question)))
        case _:
            lines, left_out = text.written(frame, question, context, console.room())
            console.out_lines(lines)
            if left_out:
                console.say(f"left out to fit: {', '.join(left_out)}; --format csv shows all")
    console.say(*remarks)


@main.command(
    epilog=options.examples(
        "kaptui export accounts kap.duckdb -o accounts.csv --as-of 2026-06-30",
        "kaptui export accounts,attention kap.duckdb -o board.xlsx",
        "kaptui export accounts kap.duckdb -o - --columns name,revenue --sort revenue:desc",
    )
)
@options.questions
@options.file
@click.option("-o", "--output", type=options.PATH, required=True, help="Where to write; - writes the data to stdout.")
@click.option("--format", type=click.Choice(["csv", "parquet", "json", "xlsx"]), help="Default: what OUTPUT ends in.")
@click.option("--force", is_flag=True, help="Replace a file that is already there.")
@click.option("--raw", is_flag=True, help="Leave text as it is that a spreadsheet would run.")
@click.option("--excel", is_flag=True, help="CSV for a spreadsheet: BOM and the locale's separator.")
@click.option(
    "--sort", multiple=True, metavar="COLUMN[:desc]", help="Order the rows by this column, as a table on screen does."
)
@click.option("--columns", multiple=True, metavar="A,B,...", help="Keep only these columns, in this order.")
@options.choices
def export(  # noqa: PLR0913 - one per option
    *,
    questions: tuple[str, ...],
    file: Path,
    output: Path,
    format: Format | None,
    force: bool,
    raw: bool,
    excel: bool,
    sort: tuple[str, ...],
    columns: tuple[str, ...],
    filters: Filters,
    queries: Path | None,
) -> None:
    """The answer to QUESTION as a file, with what it is an answer to beside it.

    Several with commas between them are the sheets of one workbook; --sort and --columns then begin with the question
    they are for, as in --sort accounts:revenue:desc.
    """
    from kaptui import export as writer
    from kaptui.cli import text

    arranged = options.arrangements(questions, sort, columns)
    to_stdout = str(output) == "-"
    form = format or ("csv" if to_stdout else writer.format_of(output))
    if excel and form != "csv":
        raise UsageError(f"--excel is a kind of CSV, not of {form}", "leave it out, or write .csv")

    def ask(portfolio: Portfolio) -> tuple[list[Answer], list[str]]:
        context, name = portfolio.context(filters), portfolio.name
        answers = [
            writer.Answer(question, filters, context, name, portfolio.ask(question, filters), arrangement)
            for question, arrangement in arranged.items()
        ]
        return answers, text.remarks(portfolio, filters)

    answers, remarks = answered(partial(opened, file, queries), ask)
    content = writer.content(answers, form, raw=raw, excel=excel)
    if to_stdout:
        console.out(content)
    else:
        data, about = writer.write(output, content, writer.meta(answers), force=force)
        console.say(f"wrote {data} and {about.name}: {count('row', sum(one.rows.height for one in answers))}")
    console.say(*remarks)


@main.command(
    epilog=options.examples(
        "kaptui account kap.duckdb helvia",
        "kaptui account kap.duckdb 00001037 --format md",
        "kaptui account kap.duckdb helvia -o helvia.pdf",
    )
)
@options.file
@click.argument("name", type=options.AccountName())
@click.option("--format", type=click.Choice(["text", "md"]), default="text", help="Text, or Markdown for a mail.")
@click.option("-o", "--output", type=options.PATH, help="Write the page as .html or .pdf, to print or to send.")
@click.option("--force", is_flag=True, help="Replace a file that is no pack.")
@options.choices
def account(  # noqa: PLR0913 - one per option
    *,
    file: Path,
    name: str,
    format: Literal["text", "md"],
    output: Path | None,
    force: bool,
    filters: Filters,
    queries: Path | None,
) -> None:
    """One page about one account, as text or (-o) as HTML or PDF: NAME is its name, a part of it, or its id."""
    from kaptui.account_page.finding import find
    from kaptui.cli.account_text import page

    if output is not None:
        make = partial(brief_of, name, output.suffix.lower())
        write_pack(partial(opened, file, queries), filters, output, make, force=force, more=(".pdf",))
        return

    def ask(portfolio: Portfolio) -> tuple[list[str], list[str]]:
        found = find(name, portfolio.matching(filters))
        return page(portfolio, found, filters, format), list(portfolio.remarks)

    lines, remarks = answered(partial(opened, file, queries), ask)
    console.out_lines(lines)
    console.say(*remarks)


@main.command(
    epilog=options.examples(
        "kaptui pack kap.duckdb -o board.html",
        "kaptui pack kap.duckdb -o board.pdf --where region:DACH --accounts all",
    )
)
@options.file
@click.option(
    "-o", "--output", type=options.PATH, required=True, help="Where to write: board.html, .xlsx, .pdf, .pptx."
)
@click.option(
    "--accounts",
    multiple=True,
    default=("attention",),
    metavar="attention|all|NAME",
    help="Whose pages are in it: who needs you, all, or by name (may be given several times).",
)
@click.option("--force", is_flag=True, help="Replace a file that is no pack.")
@options.choices
def pack(  # noqa: PLR0913 - one per option
    *, file: Path, output: Path, accounts: tuple[str, ...], force: bool, filters: Filters, queries: Path | None
) -> None:
    """The board pack: the Brief, a page per screen and per account, as one HTML file that prints to A4.

    A name that ends in .xlsx makes a workbook of the screens and of the answers behind them, one in .pdf the same pages
    on A4, one in .pptx ten slides with charts and tables that can be edited. The last two need the extra kaptui[pack].
    """
    make = partial(board_of, accounts, output.suffix.lower())
    write_pack(partial(opened, file, queries), filters, output, make, force=force, more=(".xlsx", ".pdf", ".pptx"))


main.add_command(digest)
main.add_command(serve)


@main.command(
    epilog=options.examples(
        "kaptui questions",
        "kaptui questions --format json",
        "kaptui questions --queries our_questions/",
    )
)
@click.option("--format", type=click.Choice(["text", "json"]), default="text")
@options.queries
def questions(format: str, queries: Path | None) -> None:
    """What can be asked: name, question, columns."""
    from kaptui.panels import PANELS
    from kaptui.portfolio.catalogue import catalogue

    known = catalogue(queries).values()
    columns = {each.name: list(PANELS[each.name].promise) if each.name in PANELS else [] for each in known}
    if format == "json":
        import json

        rows = [{"name": each.name, "question": each.asks, "columns": columns[each.name]} for each in known]
        console.out((json_escaped(json.dumps(rows, ensure_ascii=False, indent=2)) + "\n").encode())
        return
    for each in known:
        lines = [each.name, f"  {each.asks}", f"  {', '.join(columns[each.name])}"]
        console.out_lines(clean(line) for line in lines if line.strip())


def _show_overview(
    opener: Callable[[], Portfolio], name: str, filters: Filters, watch: Path | None = None, kept: bool = False
) -> None:
    if console.is_interactive():
        options = click.get_current_context().params
        view = options["view"]
        told = filters.where if view else options["where"]
        if told:
            from kaptui.filter_language import chips

            chips(told)  # a filter that cannot be read is told here, not on a screen that opens and says no
        console.settle_colours()
        from kaptui.ui.process import hurry
        from kaptui.ui.startup import run

        with hurry():
            first = _first_screen(watch, filters) if watch is not None and kept and view is None else None
            code = run(opener, name, filters, watch, view, first)
        click.get_current_context().exit(code)
    from kaptui.cli import text

    def ask(portfolio: Portfolio) -> tuple[list[str], list[str]]:
        lines = text.overview(portfolio, filters, console.room())
        return lines, text.remarks(portfolio, filters)

    lines, remarks = answered(opener, ask)
    console.out_lines(lines)
    console.say(*remarks)


def _first_screen(file: Path, filters: Filters) -> FirstScreen | None:
    """What is kept of the first screen; None where the reader wants nothing kept."""
    from kaptui.config import cache_dir
    from kaptui.ui.first_screen import FirstScreen

    folder = cache_dir()
    return FirstScreen(folder, file, filters) if folder is not None else None
