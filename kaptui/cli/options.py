"""The options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from kaptui.common.current_folder import current_folder
from kaptui.common.days import read_day
from kaptui.errors import KaptuiError, UsageError
from kaptui.filters import Basis, Filters, Rates, Window
from kaptui.resources import SHIPPED_MAPPINGS, mapping_dir
from kaptui.text import clean

if TYPE_CHECKING:
    from kaptui.arrangement import Arrangement
    from kaptui.saved_views import SavedView


def examples(*calls: str) -> str:
    """The end of a command's help: calls to copy."""
    return "\b\nExamples:\n" + "\n".join(f"  {call}" for call in calls)


class _FromHere(click.Path):
    """A path that begins, where it is not a whole one, in the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; KaptuiError where it begins in a folder that was deleted."""
        if str(value) != "-" and not Path(value).is_absolute():
            current_folder(str(value))
        return super().convert(value, param, ctx)


PATH = _FromHere(path_type=Path)


class Day(click.ParamType[date]):
    """A day as people write it, see `read_day`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; UsageError for one the calendar does not have, or that may mean two days."""
        if isinstance(value, date):
            return value
        option = param.opts[0] if param else "date"
        try:
            return read_day(value, date.today())
        except UsageError as error:
            said = error.message.removeprefix(f"{value.strip()}: ").removeprefix("there is ")
            raise UsageError(f"{option} '{value}': {said}", error.hint) from None


class MappingFolder(click.ParamType[Path]):
    """A shipped mapping by its name, else a folder; `./salesforce` for a folder that is called so."""

    name = "mapping"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder; UsageError for a name that is neither, which says which are shipped."""
        if isinstance(value, Path):
            return value
        if value in SHIPPED_MAPPINGS:
            return mapping_dir(value)
        if not Path(value).exists() and not {"/", "\\", "."} & set(value):
            hint = f"give a folder with account.sql in it, or one of the shipped: {', '.join(SHIPPED_MAPPINGS)}"
            raise UsageError(f"--mapping {value}: no mapping of that name is shipped, and no folder is called so", hint)
        return Path(PATH.convert(value, param, ctx))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names of shipped mappings that begin so, then folders."""
        names = [CompletionItem(name, help=what) for name, what in SHIPPED_MAPPINGS.items()]
        return [*(item for item in names if item.value.startswith(incomplete)), CompletionItem(incomplete, type="dir")]


class QuestionName(click.ParamType[str]):
    """The name of a question; the shell completes it."""

    name = "question"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin so, with what they ask."""
        from kaptui.portfolio.catalogue import catalogue

        known = catalogue().values()
        return [CompletionItem(each.name, help=each.asks) for each in known if each.name.startswith(incomplete)]


class QuestionNames(QuestionName):
    """The names of one or several questions, with commas between them; the shell completes the last."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # type: ignore[override]
        """The names, each once."""
        return value if isinstance(value, tuple) else tuple(dict.fromkeys(one.strip() for one in value.split(",")))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin as the last one does."""
        before, comma, last = incomplete.rpartition(",")
        found = super().shell_complete(ctx, param, last)
        return [CompletionItem(f"{before}{comma}{one.value}", help=one.help) for one in found]


def arrangements(questions: Sequence[str], sort: Sequence[str], columns: Sequence[str]) -> dict[str, Arrangement]:
    """How each answer is arranged; of several questions, each option names the one it is for: `accounts:revenue`.

    UsageError: an option names none of them, or is given twice for one.
    """
    from kaptui.arrangement import Arrangement

    sorts, kept = _by_question("--sort", questions, sort), _by_question("--columns", questions, columns)
    return {question: Arrangement.parse(sorts.get(question), kept.get(question)) for question in questions}


def _by_question(option: str, questions: Sequence[str], given: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        question, colon, rest = (questions[0], ":", text) if len(questions) == 1 else text.partition(":")
        if not colon or question not in questions:
            raise UsageError(f"{option} '{text}': for which question?", f"write {questions[0]}:{text}")
        if question in found:
            raise UsageError(f"{option} is given twice for {question}", "leave one out")
        found[question] = rest
    return found


class AccountName(click.ParamType[str]):
    """The name of an account in the file that was given before it; the shell completes it."""

    name = "account"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin so; none while the file cannot be read."""
        from contextlib import closing

        from kaptui.cli.ask import opened

        try:
            with closing(opened(Path(ctx.params["file"]), None)) as portfolio:
                names = portfolio.card(Filters())["name"].to_list()
        except (KaptuiError, KeyError, TypeError):
            return []
        wanted = incomplete.casefold()
        return [CompletionItem(clean(name)) for name in names if name.casefold().startswith(wanted)]


class ViewName(click.ParamType["SavedView"]):
    """A saved view by its name; the shell completes it."""

    name = "view"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> SavedView:
        """The view; UsageError where there is none of this name, KaptuiError where views.toml is broken."""
        from kaptui import saved_views

        known = isinstance(value, saved_views.SavedView)
        return value if known else saved_views.find(value, saved_views.read(saved_views.path()))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin so; none while views.toml is broken."""
        from kaptui import saved_views

        try:
            names = [view.name for view in saved_views.read(saved_views.path())]
        except KaptuiError:
            return []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def choices(command: Callable[..., None]) -> Callable[..., None]:
    """The reader's choices as options; the command gets them as `filters`. An option goes before what a view says."""

    @wraps(command)
    def settled(  # noqa: PLR0913, PLR0917 - one per option
        where: str | None,
        as_of: date | None,
        since: str | None,
        basis: Basis | None,
        window: Window | None,
        rates: Rates | None,
        view: SavedView | None,
        **rest: Any,
    ) -> None:
        saved = view.filters if view else Filters()
        filters = Filters(
            saved.where if where is None else where,
            as_of or saved.as_of,
            since or saved.since,
            basis or saved.basis,
            window or saved.window,
            rates or saved.rates,
        )
        command(filters=filters, **rest)

    options = (
        click.option("--where", metavar="TEXT", help="Which accounts: 'region:DACH top<34 -tier:3'."),
        click.option(
            "--as-of",
            type=Day(),
            metavar="DATE",
            help="The day the numbers are true for: 30.6.2026, last quarter.",
        ),
        click.option("--since", metavar="DATE|REVIEW", help="Compare with this review point or day."),
        click.option("--basis", type=click.Choice(["contribution", "gross"]), help="How profit is meant."),
        click.option(
            "--window",
            type=click.Choice(["ttm", "ytd"]),
            help="12 months to the last full one (ttm, the default), or since January (ytd).",
        ),
        click.option("--rates", type=click.Choice(["monthly", "constant"]), help="Rates of other currencies."),
        click.option("--view", type=ViewName(), metavar="NAME", help="A saved view; other options go before it."),
        click.option("--queries", type=PATH, metavar="DIR", help="A folder with questions of your own."),
    )
    for option in reversed(options):
        settled = option(settled)
    return settled


file = click.argument("file", type=PATH)
question = click.argument("question", type=QuestionName())
questions = click.argument("questions", metavar="QUESTION[,QUESTION...]", type=QuestionNames())
mapping = click.option(
    "--mapping",
    type=MappingFolder(),
    multiple=True,
    metavar="DIR|NAME",
    help="One SELECT per table over SOURCE's files; or a shipped mapping: "
    f"{', '.join(SHIPPED_MAPPINGS)}. Again: a later one goes first.",
)
queries = click.option("--queries", type=PATH, metavar="DIR", help="A folder with questions of your own.")
