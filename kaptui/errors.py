"""The only error a user ever sees, and the exit codes of the command line."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes: the contract with scripts that call kaptui. ROWS: a digest asked to say so has something to tell."""

    OK = 0
    DATA = 1
    USAGE = 2
    BUSY = 3
    ROWS = 4
    INTERRUPTED = 130


class KaptuiError(Exception):
    """Something the user can mend.

    `message` names the thing that is wrong (file, line, column, value), `hint` the next step.
    """

    def __init__(self, message: str, hint: str = "", exit_code: Exit = Exit.DATA) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class UsageError(KaptuiError):
    """The call itself is wrong: an unknown field, an impossible date, an option that does not exist."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, Exit.USAGE)


class NoRule(KaptuiError):
    """Asked why a number is what it is, of something that no rule makes."""
