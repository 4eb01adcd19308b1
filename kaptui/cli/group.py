"""What click does not know: a first word that is a file or a command, and errors in kaptui's own words."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from kaptui.cli.console import flush, say, say_error, silence
from kaptui.common import endings
from kaptui.common.did_you_mean import nearest
from kaptui.common.threads import ENGINE, OPENER
from kaptui.errors import Exit, KaptuiError, UsageError

FILE = "FILE"
"""Put before a first word that is no command; it names the command that opens a file."""

FIRST_RUN = (
    "kaptui FILE      open a portfolio made by `kaptui load`",
    "kaptui demo      the sample portfolio, to try everything",
    "kaptui init DIR  template files to fill in",
)


class Opening(click.Command):
    """The command without a name: `kaptui FILE`."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The way one types it."""
        formatter.write_usage("kaptui", "FILE [OPTIONS]")


class FileOrCommand(click.Group):
    """`kaptui FILE` beside `kaptui COMMAND`; errors go to stderr in two lines and become exit codes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `FILE` before a first word that is neither a command nor an option of kaptui itself."""
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if args and args[0] not in own and args[0] not in self.list_commands(ctx):
            if not ctx.resilient_parsing:
                self._refuse_misspelt(ctx, args[0])
            args = [FILE, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands with a name, as they were written down."""
        return [name for name in self.commands if name != FILE]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both ways to call kaptui."""
        formatter.write_usage("kaptui", "FILE [OPTIONS]")
        formatter.write_usage("kaptui", "COMMAND [ARGS]...", prefix="       ")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, options and files."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        """Run, and exit with a code of the contract; never a traceback."""
        code = self._run(args)
        if endings.is_at_once() or any(thread.name in {ENGINE, OPENER} for thread in threading.enumerate()):
            flush()
            endings.leave(code)  # Python cannot end a thread that is inside a database: it would end with a crash
        flush()
        sys.exit(code)

    def _run(self, args: Sequence[str] | None) -> int:
        try:
            code = super().main(args, "kaptui", standalone_mode=False)
        except (click.Abort, KeyboardInterrupt):
            return _interrupted()
        except click.UsageError as error:
            called = error.ctx.command_path.removesuffix(f" {FILE}") if error.ctx else "kaptui"
            say_error(UsageError(error.format_message(), f"`{called} --help` says what is possible"))
            return Exit.USAGE
        except KaptuiError as error:
            say_error(error)
            return error.exit_code
        except SystemExit:  # click's way where the reader of what it prints itself has seen enough
            silence(sys.stdout)
            return Exit.OK
        except Exception as error:  # noqa: BLE001 - the last boundary: a line to report, not a traceback
            return _unexpected(error)
        return code if isinstance(code, int) else Exit.OK

    def _refuse_misspelt(self, ctx: click.Context, word: str) -> None:
        near = nearest(word, self.list_commands(ctx))
        if near and not Path(word).exists():
            raise UsageError(f"{word}: no such file, and no command either", f"did you mean `kaptui {near}`?")


def _interrupted() -> int:
    say(f"kaptui: {endings.word()}")
    return endings.code(Exit.INTERRUPTED)


def _unexpected(error: Exception) -> int:
    if endings.is_told() or (isinstance(error, RuntimeError) and str(error) == "Query interrupted"):
        return _interrupted()  # what a library or the database made of the interrupt
    if isinstance(error, OSError):
        say_error(KaptuiError(f"{error.filename or 'the system'}: {error.strerror or error}"))
        return Exit.DATA
    say_error(KaptuiError(f"this should not happen: {type(error).__name__}: {error}", "please report it"))
    return Exit.DATA
