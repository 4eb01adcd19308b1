"""The commands that make a kaptui file: templates to fill in, the load, the check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

import click

from kaptui.cli import console, options, receipt_text
from kaptui.errors import Exit, KaptuiError, UsageError
from kaptui.guide import TOPICS
from kaptui.text import clean, count

if TYPE_CHECKING:
    from kaptui.export import DataFormat
    from kaptui.loading import Report

_COLUMNS = 110
"""Lines of the guide are no longer than that, nor than the terminal is wide."""
_OF_MORE = ("rows", "values")
"""What only a finding that stands for others says; where all are listed there is none."""


@click.command(
    epilog=options.examples(
        "kaptui init portfolio/ --sample      example rows, to see what is meant",
        "kaptui init portfolio/               empty files to fill in",
        "kaptui init sql/ --from exports/     mapping drafts for exports as they are, and what is open about them",
    )
)
@click.argument("folder", metavar="DIR", type=options.PATH)
@click.option("--sample", is_flag=True, help="With example rows: three accounts and all that hangs on them.")
@click.option("--from", "exports", type=options.PATH, metavar="EXPORTS", help="Mapping drafts for these exports.")
def init(folder: Path, sample: bool, exports: Path | None) -> None:
    """CSV templates, one per table, and a data dictionary; or drafts of a mapping."""
    from kaptui import loading

    if exports is not None:
        if sample:
            raise UsageError("--sample and --from are two ways to begin", "leave one out")
        drafts = loading.draft(folder, exports)
        console.say(f"{count('draft', len(drafts.written) - 1)} in {folder}: {_names(drafts.written)}")
        asked = f"{drafts.open} open, {drafts.guessed} guessed, {drafts.told} to know"
        stops = "; the open ones stop the load until they are answered" if drafts.open else ""
        console.say(f"{folder / 'QUESTIONS.md'}: {asked}{stops}; then:")
        console.say(f"  kaptui load {exports} --mapping {folder} -o portfolio.duckdb")
        return
    written = loading.init(folder, sample=sample)
    first = "replace the example rows by your own" if sample else "fill account.csv first"
    console.say(f"{len(written)} files in {folder}; {first}, then:")
    console.say(f"  kaptui load {folder} -o portfolio.duckdb")


@click.command(
    epilog=options.examples(
        "kaptui load portfolio/ -o kap.duckdb",
        "kaptui load book.xlsx -o kap.duckdb",
        "kaptui load exports/ --mapping sql/ -o kap.duckdb",
        "kaptui load crm/ --mapping salesforce -o kap.duckdb    exports of Salesforce's Data Loader",
        "kaptui load exports/ -o kap.duckdb --quiet --strict    in cron: silent, or exit 1 with the reason",
    )
)
@click.argument("source", type=options.PATH)
@click.option(
    "-o", "--output", type=options.PATH, required=True, metavar="FILE", help="The kaptui file to make or replace."
)
@options.mapping
@click.option("--force", is_flag=True, help="Replace a file that is no kaptui file.")
@click.option("--strict", is_flag=True, help="Warnings stop the load as errors do.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors and warnings, for cron.")
def load(  # noqa: PLR0913 - one per option
    *, source: Path, output: Path, mapping: tuple[Path, ...], force: bool, strict: bool, quiet: bool
) -> None:
    """SOURCE (CSV or Parquet folder, or Excel) -> a checked file; all or nothing."""
    from kaptui import loading

    try:
        with _progress(quiet=quiet) as progress:
            report = loading.load(source, output, mapping, progress, force=force, strict=strict)
    except loading.LoadRefused as error:
        listed = "\n".join(map(clean, loading.grouped(error.report.findings)))
        hint = f"{error.hint}; `kaptui check {source} --all` lists every row"
        raise KaptuiError(f"{error.headline}\n{listed}", hint) from None
    console.say(*loading.grouped(report.warnings if quiet else report.findings))
    if quiet:
        return
    told = receipt_text.lines(report.receipt) if report.receipt else ()
    console.say(*told, f"wrote {output}: {_counts(report)}")


@click.command(
    epilog=options.examples(
        "kaptui check portfolio/",
        "kaptui check portfolio/ --all | less",
        "kaptui check portfolio/ --format csv > to_do.csv",
        "kaptui check kap.duckdb",
    )
)
@click.argument("path", metavar="FILE|SOURCE", type=options.PATH)
@options.mapping
@click.option("--all", "every", is_flag=True, help="Every row in a line of its own, instead of a line for each cause.")
@click.option("--format", type=click.Choice(["lines", "csv", "json"]), default="lines", help="csv and json list all.")
def check(*, path: Path, mapping: tuple[Path, ...], every: bool, format: Literal["lines", "csv", "json"]) -> None:
    """Every problem, with file, line, column, value and fix; exit 1 if there is an error."""
    from kaptui import loading

    with _progress() as progress:
        report = loading.check(path, mapping, progress, every=every or format != "lines")
    if format == "lines":
        lines = map(str, report.findings) if every else loading.grouped(report.findings)
        console.out_lines(map(clean, lines))
        console.out_lines([f"{clean(str(path))}: {_counts(report)}"])
        if not every and sum(report.counts) > len(list(loading.grouped(report.findings))):
            console.say("--all lists every row; --format csv, too")
    else:
        console.out(_findings(report, format))
        console.say(f"{path}: {_counts(report)}")
    if report.errors:
        click.get_current_context().exit(Exit.DATA)


@click.command(
    epilog=options.examples(
        "kaptui guide data",
        "kaptui guide data tier        lines about tiers",
        "kaptui guide settings cadence",
        "kaptui guide filter",
    )
)
@click.argument("topic", required=False, type=click.Choice(list(TOPICS)))
@click.argument("words", nargs=-1)
def guide(topic: str | None, words: tuple[str, ...]) -> None:
    """What kaptui reads, measures and can be told, offline; WORDS keep the lines that hold them."""
    if topic is None:
        widest = max(map(len, TOPICS))
        console.out_lines(f"kaptui guide {name:<{widest}}  {what}" for name, what in TOPICS.items())
        return
    from kaptui.guide import lines

    keys: list[tuple[str, str, str]] = []
    if topic == "config":
        from kaptui.ui.keys import KEYS

        keys = [(key.id, key.keys, key.help) for key in KEYS]
    found = lines(topic, words, keys=keys)
    if not found:
        raise KaptuiError(f"nothing about '{' '.join(words)}' in the guide to {topic}", "leave a word out")
    room = min(console.room() or _COLUMNS, _COLUMNS)
    console.out_lines(part for line in found for part in folded(clean(line), room))


def folded(line: str, room: int) -> list[str]:
    """The line in as many as it needs, the further ones indented below it."""
    indent = " " * (len(line) - len(line.lstrip()))
    return wrap(line, room, subsequent_indent=f"{indent}    ", break_on_hyphens=False) or [""]


@contextmanager
def _progress(*, quiet: bool = False) -> Iterator[console.Progress]:
    progress = console.Progress(shown=not quiet)
    try:
        yield progress
    finally:
        progress.end()


def _names(written: Sequence[Path]) -> str:
    return ", ".join(path.name for path in written if path.suffix == ".sql")


def _counts(report: Report) -> str:
    rows = count("row", sum(report.rows.values()))
    errors, warnings = report.counts
    return f"{rows}, {count('error', errors)}, {count('warning', warnings)}"


def _findings(report: Report, form: DataFormat) -> bytes:
    import polars as pl

    from kaptui.export import to_bytes
    from kaptui.loading import Finding

    names = [each.name for each in fields(Finding) if each.name not in _OF_MORE]
    schema = {name: pl.Int64 if name == "line" else pl.String for name in names}
    rows = [[getattr(finding, name) for name in names] for finding in report.findings]
    return to_bytes(pl.DataFrame(rows, schema, orient="row"), form)
