"""The command line: parses, calls, prints. The engine and the dashboard are imported only when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kaptui import __version__
from kaptui.cli import console, options
from kaptui.cli.ask import answered, opened, opened_again
from kaptui.cli.digest_command import digest
from kaptui.cli.group import FILE, FIRST_RUN, FileOrCommand, Opening
from kaptui.cli.packing import board_of, brief_of, write_pack
from kaptui.cli.serve_command import serve
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.filters import Filters
from kaptui.resources import SAMPLE
from kaptui.text import clean, count

if TYPE_CHECKING:
    import polars as pl

    from kaptui.export import Answer, DataFormat, Format
    from kaptui.filters import Context
    from kaptui.loading import Report
    from kaptui.portfolio import Portfolio


@click.group(cls=FileOrCommand, invoke_without_command=True, no_args_is_help=False)
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
    opener = opened_again if console.is_interactive() and not no_cache else opened
    _show_overview(partial(opener, file, queries), file.name, filters, file)


@main.command()
@options.choices
def demo(filters: Filters, queries: Path | None) -> None:
    """The sample portfolio, opened at once; writes nothing."""

    def opener() -> Portfolio:
        from kaptui.portfolio import Portfolio

        return Portfolio.demo(queries)

    _show_overview(opener, SAMPLE, filters)


@main.command()
@click.argument("folder", metavar="DIR", type=options.PATH)
def init(folder: Path) -> None:
    """CSV templates, one per table, and a data dictionary."""
    from kaptui import loading

    written = loading.init(folder)
    console.say(f"{len(written)} files in {folder}; fill account.csv first, then:")
    console.say(f"  kaptui load {folder} -o portfolio.duckdb")


@main.command()
@click.argument("source", type=options.PATH)
@click.option(
    "-o", "--output", type=options.PATH, required=True, metavar="FILE", help="The kaptui file to make or replace."
)
@options.mapping
def load(source: Path, output: Path, mapping: Path | None) -> None:
    """SOURCE (CSV or Parquet folder, or Excel) -> a checked file; all or nothing."""
    from kaptui import loading

    with _progress() as progress:
        report = loading.load(source, output, mapping, progress)
    console.say(*map(str, report.findings))
    console.say(*(f"{rows:>9}  {table}" for table, rows in report.rows.items()), f"wrote {output}: {_counts(report)}")


@main.command()
@click.argument("path", metavar="FILE|SOURCE", type=options.PATH)
@options.mapping
@click.option("--format", type=click.Choice(["lines", "csv", "json"]), default="lines", help="How to list them.")
def check(path: Path, mapping: Path | None, format: Literal["lines", "csv", "json"]) -> None:
    """Every problem, with file, line, column, value and fix; exit 1 if there is an error."""
    from kaptui import loading

    with _progress() as progress:
        report = loading.check(path, mapping, progress)
    if format == "lines":
        console.out_lines(clean(str(finding)) for finding in report.findings)
        console.out_lines([f"{clean(str(path))}: {_counts(report)}"])
    else:
        console.out(_findings(report, format))
        console.say(f"{path}: {_counts(report)}")
    if report.errors:
        click.get_current_context().exit(Exit.DATA)


@main.command()
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


@main.command()
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


@main.command()
@options.file
@click.argument("name", type=options.AccountName())
@click.option("--format", type=click.Choice(["text", "md"]), default="text", help="Text, or Markdown for a mail.")
@click.option("-o", "--output", type=options.PATH, help="Write the page as .html, to print or to send.")
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
    """One page about one account, as text or (-o) as HTML: NAME is its name, a part of it, or its id."""
    from kaptui.account_page.finding import find
    from kaptui.cli.account_text import page

    if output is not None:
        write_pack(partial(opened, file, queries), filters, output, partial(brief_of, name), force=force)
        return

    def ask(portfolio: Portfolio) -> tuple[list[str], list[str]]:
        found = find(name, portfolio.matching(filters))
        return page(portfolio, found, filters, format), list(portfolio.remarks)

    lines, remarks = answered(partial(opened, file, queries), ask)
    console.out_lines(lines)
    console.say(*remarks)


@main.command()
@options.file
@click.option("-o", "--output", type=options.PATH, required=True, help="Where to write: board.html, board.xlsx.")
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

    A name that ends in .xlsx makes a workbook of the answers behind the pages.
    """
    make = partial(board_of, accounts, output.suffix.lower())
    write_pack(partial(opened, file, queries), filters, output, make, force=force, workbook=True)


main.add_command(digest)
main.add_command(serve)


@main.command()
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
        console.out((json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode())
        return
    for each in known:
        lines = [each.name, f"  {each.asks}", f"  {', '.join(columns[each.name])}"]
        console.out_lines(clean(line) for line in lines if line.strip())


def _show_overview(opener: Callable[[], Portfolio], name: str, filters: Filters, watch: Path | None = None) -> None:
    if console.is_interactive():
        options = click.get_current_context().params
        view = options["view"]
        told = filters.where if view else options["where"]
        if told:
            from kaptui.filter_language import chips

            chips(told)  # a filter that cannot be read is told here, not on a screen that opens and says no
        console.settle_colours()
        from kaptui.ui.process import hurry
        from kaptui.ui.startup import begun, run

        with hurry():
            opener = begun(opener, filters)
            code = run(opener, name, filters, watch, view)
        click.get_current_context().exit(code)
    from kaptui.cli import text

    def ask(portfolio: Portfolio) -> tuple[list[str], list[str]]:
        lines = text.overview(portfolio, filters, console.room())
        return lines, text.remarks(portfolio, filters)

    lines, remarks = answered(opener, ask)
    console.out_lines(lines)
    console.say(*remarks)


@contextmanager
def _progress() -> Iterator[console.Progress]:
    progress = console.Progress()
    try:
        yield progress
    finally:
        progress.end()


def _counts(report: Report) -> str:
    rows = count("row", sum(report.rows.values()))
    return f"{rows}, {count('error', len(report.errors))}, {count('warning', len(report.warnings))}"


def _findings(report: Report, form: DataFormat) -> bytes:
    import polars as pl

    from kaptui.export import to_bytes
    from kaptui.loading import Finding

    names = [each.name for each in fields(Finding)]
    schema = {name: pl.Int64 if name == "line" else pl.String for name in names}
    rows = [astuple(finding) for finding in report.findings]
    return to_bytes(pl.DataFrame(rows, schema, orient="row"), form)
